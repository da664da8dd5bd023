"""Resources of one type to what they say: split by the engine, each distinct meaning read once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import orjson

from calcinosis.patient.terms import Terms
from calcinosis.population.backends import Backend
from calcinosis.population.known import Known
from calcinosis.population.meanings import Sight, read_meaning
from calcinosis.population.rows import rows_of, with_numbers, with_texts
from calcinosis.population.sayings import said_rows, seen_days, stamps
from calcinosis.population.wanted import PATIENT, REFERRED, Wanted

_USUAL = "Patient/"
_LEARNED_FROM = 20_000
"""Resources of a type from which its common meanings are learned before the first part is read."""
_MOST_KNOWN = 500_000
"""Meanings of a type that are remembered; what goes beyond is read anew."""


@dataclass(slots=True)
class Told:
    """What the resources of one type tell: tables of what is said, of days and of updates, and what was not used."""

    said: list[ir.Table] = field(default_factory=list)
    days: list[ir.Table] = field(default_factory=list)
    stamps: list[ir.Table] = field(default_factory=list)
    lines: int = 0
    used: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ResourceReader:
    """Reads resources with one engine and one knowledge, and tells what they say of ``facts``.

    ``people`` holds the known patients by their ids. Meanings are remembered from one part of a type to the next, so
    that the engine hands over the texts of new ones alone.
    """

    backend: Backend
    terms: Terms
    people: ir.Table
    referred: dict[str, ir.Table]
    facts: frozenset[str]
    known: dict[str, Known] = field(default_factory=dict)

    def read(self, wanted: Wanted, raw: ir.Table) -> Told:
        """Return what resources of one type tell; ``raw`` has their elements as JSON texts.

        The tables it returns stand until the next call.
        """
        if wanted.kind not in self.known:
            self._read_new(wanted, self._keep_rows(wanted, raw.limit(_LEARNED_FROM)))
        elif len(self.known[wanted.kind].sights) > _MOST_KNOWN:
            del self.known[wanted.kind]
        rows = self._keep_rows(wanted, raw)
        self._read_new(wanted, rows)
        known = self.known[wanted.kind]
        mine = rows.filter(rows.person.notnull())
        told = Told(lines=self.backend.count(rows))
        self._tell(wanted, mine, known, told, "known")
        if known.needs_numbers:
            seen = self.backend.table("known_sights")
            needing = mine.semi_join(seen.filter(seen.needs_number), "meaning")
            single = self.backend.keep("numbered", with_numbers(needing))
            read = Known()
            self._read_texts(wanted, single, read)
            self._tell(wanted, single.mutate(number=ibis.null("float64")), read, told, "numbered")
        return told

    def _keep_rows(self, wanted: Wanted, raw: ir.Table) -> ir.Table:
        """Return the rows of resources, with the texts of a meaning only where it is new or depends on numbers."""
        rows = rows_of(wanted, self._owned(wanted, raw))
        if wanted.kind in self.known:
            sights = self.backend.keep("known", self.known[wanted.kind].sights_table())
            rows = rows.left_join(sights.select(read="meaning", needs_number="needs_number"), [("meaning", "read")])
        else:
            rows = rows.mutate(read=ibis.null("int64"), needs_number=False)
        is_open = rows.person.notnull() & (rows.read.isnull() | rows.needs_number)
        return self.backend.keep("rows", with_texts(rows, is_open).drop("read", "needs_number"))

    def _read_new(self, wanted: Wanted, rows: ir.Table) -> None:
        """Read the meanings that are not known yet."""
        self._read_texts(wanted, rows, self.known.setdefault(wanted.kind, Known()))

    def _read_texts(self, wanted: Wanted, rows: ir.Table, known: Known) -> None:
        texts = rows.filter(rows.texts.notnull()).select("meaning", "texts").distinct()
        found = self.backend.fetch(texts)
        known.hash_type = found.schema.field("meaning").type
        meanings = found["meaning"].to_pylist()
        if len(set(meanings)) < len(meanings):
            raise RuntimeError("two meanings have one hash: nothing was written")  # once in some hundred million runs
        for meaning, text in zip(meanings, found["texts"].to_pylist(), strict=True):
            if meaning not in known.sights:
                known.add(*read_meaning(wanted.kind, meaning, orjson.loads(text), self.terms, self.facts))

    def _tell(self, wanted: Wanted, rows: ir.Table, known: Known, told: Told, name: str) -> None:
        """Add what rows of known meanings tell."""
        seen = self.backend.keep(f"{name}_sights", known.sights_table())
        says = self.backend.keep(f"{name}_sayings", known.sayings_table())
        dated = self.backend.keep(f"{name}_days", known.days_table())
        told.said.append(said_rows(wanted.kind, rows, says))
        told.days.append(seen_days(rows, seen, dated))
        told.stamps.append(stamps(rows, seen))
        counts = self.backend.fetch(rows.group_by("meaning").aggregate(count=rows.count()))
        for meaning, count in zip(counts["meaning"].to_pylist(), counts["count"].to_pylist(), strict=True):
            _count(told, known.sights[meaning], count)

    def _owned(self, wanted: Wanted, raw: ir.Table) -> ir.Table:
        """Return the resources with the number of their patient: NULL where there is none, and what they refer to."""
        reference = ibis.coalesce(raw.subject, raw.patient)
        is_whole = (raw.resourceType == wanted.kind) & raw.id.notnull() & (raw.id != "")
        person_id = ibis.ifelse(is_whole, _id_in(reference), ibis.null("string"))
        owned = raw.mutate(person_id=person_id).left_join(self.people, "person_id").drop("person_id_right")
        if not wanted.refers:
            return owned
        other = self.referred.get(wanted.refers)
        if other is None:
            return owned.mutate(referred=ibis.null("string"))
        return owned.mutate(address=_address(wanted, owned)).left_join(other, "address")


def _id_in(reference: ir.StringValue) -> ir.StringValue:
    """Return the id of a patient in a reference; the usual form needs no pattern."""
    rest = reference.substr(len(_USUAL))
    is_usual = reference.startswith(_USUAL) & ~rest.contains("/") & (rest != "")
    return ibis.ifelse(is_usual, rest, reference.re_extract(PATIENT, 1))


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


def _count(told: Told, sight: Sight, count: int) -> None:
    if not sight.unread and not sight.needs_number:
        told.used += count
    if sight.unknown:
        told.unknown[sight.unknown] += count
    if sight.problem:
        told.problems[sight.problem] += count
