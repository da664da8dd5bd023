"""What the results of the people of a group show by staying below a limit, worked out by the code for one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calcinosis.person.lasting_results import beside, shown_by
from calcinosis.person.sayings import Said
from calcinosis.population.resources.outline import NO_DAY, day_text
from calcinosis.population.settle_each import Group, Sayings, each_said, row_of
from calcinosis.population.settled import SETTLED
from calcinosis.rules.order import lasting_facts
from calcinosis.rules.vocabulary import Fact, LastingResult, Value
from calcinosis.truth import FALSE

Shown = dict[str, dict[int, Value]]
"""The values of each fact that results show, by the number of the person in the group."""
_TRUE, _FALSE = 1, 0
"""How truths stand in the rows of what is told."""


def lasting_values(said: Sayings, places: Any, group: Group, facts: Mapping[str, Fact]) -> Shown:
    """Return what is shown by the sayings at some places, old ones too."""
    return {fact.id: _of_result(said, places, group, asked, facts[asked.fact]) for fact, asked in lasting_facts(facts)}


def with_lasting(told: pa.Table, shown: Shown) -> pa.Table:
    """Return the rows of what is told with what is shown: what is denied is in dispute, and nobody has two rows."""
    for name, values in shown.items():
        if not values:
            continue
        people = pc.is_in(told["person"], pa.array(list(values), pa.int32()))
        mine = pc.and_(people, pc.equal(told["fact"].cast(pa.string()), name))
        known = told.filter(mine)
        truths = dict(zip(known["person"].to_pylist(), known["truth"].to_pylist(), strict=True))
        changed = {who: _beside(truths.get(who), value) for who, value in values.items() if truths.get(who) != _TRUE}
        gone = pc.and_(mine, pc.is_in(told["person"], pa.array(list(changed), pa.int32())))
        rows = [row_of(who, name, value) for who, value in changed.items()]
        told = pa.concat_tables([told.filter(pc.invert(gone)), pa.Table.from_pylist(rows, schema=SETTLED)])
    return told


def _beside(truth: int | None, shown: Value) -> Value:
    """Return what counts beside what is told, of which only the truth matters."""
    return beside(Value(truth=FALSE, date=shown.date), shown) if truth == _FALSE else shown


def _of_result(said: Sayings, places: Any, group: Group, asked: LastingResult, result: Fact) -> dict[int, Value]:
    """Return what is shown of each person, of those whose low results lie far enough apart."""
    column = said.columns
    is_mine = np.array([constant[0] == result.id for constant in said.constants], dtype=bool)
    mine = places[is_mine[column["saying"][places]]]
    low = mine[(column["high"][mine] <= asked.below) & (column["latest"][mine] != NO_DAY)]
    first, last = (np.full(len(group.ids), fill, dtype=np.int64) for fill in (2**40, -(2**40)))
    person = column["person"][low] - group.first
    np.minimum.at(first, person, column["earliest"][low].astype(np.int64))
    np.maximum.at(last, person, column["latest"][low].astype(np.int64))
    people = np.flatnonzero(last - first >= asked.for_days) + group.first
    by_person: dict[int, list[Said]] = {}
    for number, one in each_said(said.taken(mine[np.isin(column["person"][mine], people)])):
        by_person.setdefault(number - group.first, []).append(one)
    found = {}
    for number, sayings in by_person.items():
        value = shown_by(sayings, day_text(int(group.as_of[number])), asked, result)
        if value is not None:
            found[number] = value
    return found
