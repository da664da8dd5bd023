"""Resources of one type to what they say: split by the engine, each distinct meaning read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from calcinosis.patient.terms import Terms
from calcinosis.population.backends import Backend
from calcinosis.population.meanings import Saying, Sight, read_meaning, table_of
from calcinosis.population.rows import meaning_columns, rows_of, with_numbers
from calcinosis.population.sayings import last_days, said_rows
from calcinosis.population.wanted import PATIENT, REFERRED, Wanted


@dataclass(slots=True)
class Told:
    """What the resources of one type tell: tables of what is said and of last days, and what was not used."""

    said: list[ir.Table] = field(default_factory=list)
    last_days: list[ir.Table] = field(default_factory=list)
    lines: int = 0
    used: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ResourceReader:
    """Reads resources with one engine and one knowledge; ``people`` holds the known patients by their ids."""

    backend: Backend
    terms: Terms
    people: ir.Table
    referred: dict[str, ir.Table]

    def read(self, wanted: Wanted, raw: ir.Table) -> Told:
        """Return what resources of one type tell; ``raw`` has their elements as JSON texts.

        The tables it returns stand until the next call.
        """
        whole = self.backend.keep("rows", _hashed(rows_of(wanted, self._owned(wanted, raw))))
        rows = whole.filter(whole.person.notnull())
        told = Told(lines=self.backend.count(whole))
        needing = self._read_rows(wanted, rows, told, "known")
        if needing is not None:
            numbered = self.backend.keep("numbered", _hashed(with_numbers(rows.semi_join(needing, "meaning"))))
            self._read_rows(wanted, numbered.mutate(number=ibis.null("float64")), told, "numbered")
        return told

    def _read_rows(self, wanted: Wanted, rows: ir.Table, told: Told, name: str) -> ir.Table | None:
        """Add what rows tell; return the meanings that have to be read number by number."""
        columns = meaning_columns(rows)
        distinct = self.backend.fetch(rows.group_by("meaning", *columns).aggregate(count=lambda t: t.count()))
        if len(set(distinct["meaning"].to_pylist())) < distinct.num_rows:
            raise RuntimeError("two meanings have one hash: nothing was written")  # once in some hundred million runs
        sights: list[Sight] = []
        sayings: list[Saying] = []
        for one in _by_meaning(distinct, columns):
            sight, said = read_meaning(wanted.kind, one.meaning, one.elements, self.terms)
            sights.append(sight)
            sayings.extend(said)
            _count(told, sight, one.count)
        kind = distinct.schema.field("meaning").type
        seen = self.backend.keep(f"{name}_sights", table_of(sights, Sight, kind))
        says = self.backend.keep(f"{name}_sayings", table_of(sayings, Saying, kind))
        told.said.append(said_rows(wanted.kind, rows, says))
        told.last_days.append(last_days(rows, seen))
        return seen.filter(seen.needs_number) if any(sight.needs_number for sight in sights) else None

    def _owned(self, wanted: Wanted, raw: ir.Table) -> ir.Table:
        """Return the resources with the number of their patient: NULL where there is none, and what they refer to."""
        reference = ibis.coalesce(raw.subject, raw.patient)
        is_whole = (raw.resourceType == wanted.kind) & raw.id.notnull() & (raw.id != "")
        person_id = ibis.ifelse(is_whole, reference.re_extract(PATIENT, 1), ibis.null("string"))
        owned = raw.mutate(person_id=person_id).left_join(self.people, "person_id").drop("person_id_right")
        if not wanted.refers:
            return owned
        other = self.referred.get(wanted.refers)
        if other is None:
            return owned.mutate(referred=ibis.null("string"))
        return owned.mutate(address=_address(wanted, owned)).left_join(other, "address")


def _hashed(rows: ir.Table) -> ir.Table:
    return rows.mutate(meaning=ibis.struct({name: rows[name] for name in meaning_columns(rows)}).hash())


def _address(wanted: Wanted, owned: ir.Table) -> ir.StringValue:
    """Return what a resource refers to as ``Type/id``."""
    if wanted.kind == "DeviceUseStatement":
        return owned.device.cast("json")["reference"].str
    newer = owned.medication.cast("json")["reference"]["reference"].str
    reference = ibis.coalesce(owned.medicationReference.cast("json")["reference"].str, newer)
    return reference.re_extract(r"(?:^|/)(Medication/[^/]+)(?:/_history/.*)?$", 1)


def referred_table(kind: str, raw: ir.Table) -> ir.Table:
    """Return the resources that others refer to, as JSON by their address."""
    parts: list[ir.StringValue] = [ibis.literal(f'{{"resourceType":"{kind}","id":"') + raw.id + '"']
    parts += [
        ibis.ifelse(raw[name].notnull(), ibis.literal(f',"{name}":') + raw[name], "").fill_null("")
        for name in REFERRED[kind]
    ]
    written = parts[0]
    for part in parts[1:]:
        written = written + part
    known = raw.filter((raw.resourceType == kind) & raw.id.notnull())
    return known.select(address=ibis.literal(f"{kind}/") + known.id, referred=written + "}").distinct()


@dataclass(frozen=True, slots=True)
class _Distinct:
    meaning: int
    elements: dict[str, str | None]
    count: int


def _by_meaning(distinct: pa.Table, columns: list[str]) -> Iterable[_Distinct]:
    names = [name.removeprefix("m_") for name in columns]
    texts = [distinct[name].to_pylist() for name in columns]
    hashes, counts = distinct["meaning"].to_pylist(), distinct["count"].to_pylist()
    for meaning, count, *written in zip(hashes, counts, *texts, strict=True):
        yield _Distinct(meaning, dict(zip(names, written, strict=True)), count)


def _count(told: Told, sight: Sight, count: int) -> None:
    if not sight.unread and not sight.needs_number:
        told.used += count
    if sight.unknown:
        told.unknown[sight.unknown] += count
    if sight.problem:
        told.problems[sight.problem] += count
