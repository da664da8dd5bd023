"""Every query of a screen as an Ibis expression over tables by their names.

===============  ======================================================================================
table            what it holds
===============  ======================================================================================
``raw``          resources of one type as they are read: their elements as JSON texts
``people``       the number of each patient by id
``referred``     resources that others refer to, by their address
``known``        meanings that were read before: ``sights``, ``sayings`` and ``days`` say what they mean
``rows``         resources with the number of their patient, their dates and numbers, and their meaning
``kept_said``    what was said in all parts; ``kept_days`` and ``kept_stamps`` likewise
``chosen``       the patients of one group, and the day at which they are looked at
``said``         what was said of these patients
``facts``        the facts table of these patients
===============  ======================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from calcinosis.library.library import Library
from calcinosis.population import calendar_plans, sayings, tables
from calcinosis.population.assess import screened
from calcinosis.population.conclusions import parts_read, schema_of
from calcinosis.population.known import Known
from calcinosis.population.meanings import GivenDay, Saying, Sight, meaning_type
from calcinosis.population.owners import referred_resources
from calcinosis.population.rows import known_patients, numbered, rows_of, with_texts
from calcinosis.population.settle import settled
from calcinosis.population.wanted import OWNERS, REFERRED, WANTED


def plans(library: Library) -> Iterator[tuple[str, ir.Table]]:
    """Yield each query of a screen with its name."""
    raw = _raw(("birthDate", "gender"))
    yield "patients", known_patients(raw)
    yield "count raw", raw.aggregate(count=raw.count())
    for kind, elements in REFERRED.items():
        yield f"referred {kind}", referred_resources(kind, elements, _raw(elements))
    yield from _of_resources()
    yield from _of_days()
    yield from _of_groups(library)


def _raw(elements: tuple[str, ...]) -> ir.Table:
    names = ("resourceType", "id", *OWNERS, *elements)
    return ibis.table(dict.fromkeys(names, "string"), name="raw")


def _table(columns: pa.Schema, name: str) -> ir.Table:
    return ibis.table(ibis.Schema.from_pyarrow(columns), name=name)


def _of_resources() -> Iterator[tuple[str, ir.Table]]:
    people, referred = _table(tables.PEOPLE, "people"), _table(tables.REFERRED, "referred")
    known = _table(Known().needing_table().schema, "known")
    read = ((Sight, "sights"), (Saying, "sayings"), (GivenDay, "days"))
    sights, says, days = (_table(meaning_type(kind), name) for kind, name in read)
    for wanted in WANTED.values():
        made = with_texts(rows_of(wanted, _raw(wanted.elements), people, referred), known)
        yield f"rows {wanted.kind}", made
        rows = ibis.table(made.schema(), name="rows")
        yield f"said {wanted.kind}", sayings.said_rows(wanted.kind, rows, says)
        if wanted.kind == "Observation":
            yield "numbered", numbered(rows, known)
    mine = rows.filter(rows.person.notnull())
    yield "count rows", rows.aggregate(count=rows.count())
    yield "texts", rows.filter(rows.texts.notnull()).select("meaning", "texts").distinct()
    yield "counts", mine.group_by("meaning").aggregate(count=mine.count())
    yield "days", sayings.seen_days(mine, sights, days)
    yield "stamps", sayings.stamps(mine, sights)


def _of_days() -> Iterator[tuple[str, ir.Table]]:
    days, stamps = _table(tables.DAYS, "kept_days"), _table(tables.STAMPS, "kept_stamps")
    yield "spans", calendar_plans.spans(days)
    yield "updates", calendar_plans.updates(stamps)
    yield "odd days", days.semi_join(_table(tables.ODD, "odd"), "person").distinct()


def _of_groups(library: Library) -> Iterator[tuple[str, ir.Table]]:
    kept, sexes = (_table(tables.SAID, name) for name in ("kept_said", "sexes"))
    chosen, wrong = _table(tables.CHOSEN, "chosen"), _table(tables.DAYS, "wrong")
    told = ibis.union(kept, sexes).join(chosen, "person")
    yield "said", told
    yield "said without wrong days", calendar_plans.without_wrong(told, wrong, library.facts)
    said = ibis.table(told.schema(), name="said")
    yield from zip(tables.SETTLED, settled(said, library.facts), strict=True)
    facts = _table(schema_of(parts_read(library)), "facts")
    yield "conclusions", screened(library, facts)
