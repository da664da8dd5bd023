"""How what the records of a group say lies in place and time, worked out by the code for one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from calcinosis.person.relations import related
from calcinosis.person.sayings import Said, settle
from calcinosis.population.resources.outline import day_text
from calcinosis.population.settle_each import Group, Sayings, each_said, row_of
from calcinosis.population.settled import SETTLED
from calcinosis.rules.relations import relations_among
from calcinosis.rules.vocabulary import Fact


def relation_rows(said: Sayings, group: Group, facts: Mapping[str, Fact]) -> pa.Table:
    """Return the rows of relations of those of whom a cause is told that a rule asks the place or the time of."""
    relations = relations_among(facts)
    causes = {name for fact in relations if fact.relation for name in fact.relation.of}
    read = causes | {name for one in relations if one.relation for name in (*one.relation.to, *one.relation.by)}
    is_cause, is_read = (np.array([one[0] in names for one in said.constants], dtype=bool) for names in (causes, read))
    is_true = np.array([one[1] == 1 for one in said.constants], dtype=bool)
    saying, person = said.columns["saying"], said.columns["person"]
    if not len(saying) or not relations:
        return pa.Table.from_pylist([], schema=SETTLED)
    people = np.unique(person[(is_cause & is_true)[saying]])
    by_person: dict[int, list[Said]] = {}
    for number, one in each_said(said.taken(np.isin(person, people) & is_read[saying])):
        by_person.setdefault(number, []).append(one)
    found: list[dict[str, Any]] = []
    for number, sayings in by_person.items():
        as_of = day_text(int(group.as_of[number - group.first]))
        values, _ = settle(sayings, as_of, facts)
        lying = related(sayings, as_of, values, facts, relations)
        found += (row_of(number - group.first, name, value) for name, value in lying.items())
    return pa.Table.from_pylist(found, schema=SETTLED)
