"""How one fact lies to another in place and time: `scar at skin_calcification`, `calcium_infusion before …`.

Such a sentence of a rule speaks of a fact of its own, which exists because the rule reads it. Its values are worked out
where sayings become values (``person.relations``): they need the places and days of single sayings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from calcinosis.rules.syntax import Absent, AnyOf, Criterion
from calcinosis.rules.vocabulary import Fact, Relation
from calcinosis.rules.words import short_name
from calcinosis.words.en import relations as words

SENTENCE = re.compile(r"(\w++)\s++(perhaps\s++)?(at|before)\s++(\w++)")
"""How a rule is written that speaks of a relation."""
_NAME = re.compile(r"(\w+?)__(perhaps_)?(at|before)__(\w+)")


def relation_name(of: str, perhaps: bool, kind: str, to: str) -> str:
    """Return the id of the fact that one fact lies so to another."""
    return f"{of}__{'perhaps_' if perhaps else ''}{kind}__{to}"


def relations_named(names: set[str], facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the facts of relations among some names; what may lie so comes with what is known to."""
    matches = (match for name in names if (match := _NAME.fullmatch(name)) and {match[1], match[4]} <= facts.keys())
    for of, kind, to in sorted({(match[1], match[3], match[4]) for match in matches}):
        for perhaps in (False, True):
            yield _relation(of, perhaps, "at" if kind == "at" else "before", to, facts)


def relations_among(facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """Return the facts that are relations of others, what is known before what may be."""
    found = (fact for fact in facts.values() if fact.relation is not None)
    return tuple(sorted(found, key=lambda fact: (fact.relation is not None and fact.relation.perhaps, fact.id)))


def called(fact: Fact) -> str:
    """Return how a fact is called where its place is spoken of."""
    return fact.short or short_name(fact)


def _relation(of: str, perhaps: bool, kind: words.RelationKind, to: str, facts: Mapping[str, Fact]) -> Fact:
    cause, finding = facts[of], called(facts[to])
    absent: list[Criterion] = [Criterion(Absent(of))]
    if perhaps:
        absent.append(Criterion(Absent(relation_name(of, False, kind, to))))
    return Fact(
        id=relation_name(of, perhaps, kind, to),
        name=words.name_of(kind, cause.name, finding, perhaps),
        kind="finding",
        learned_by="history",
        question="" if perhaps else words.question(kind, short_name(cause), finding),
        absent_when=AnyOf(tuple(absent)),
        relation=Relation(
            kind=kind,
            perhaps=perhaps,
            of=_with_kinds(of, facts),
            to=_with_kinds(to, facts),
            by=tuple(dict.fromkeys(name for by in facts[to].placed_by for name in _with_kinds(by, facts))),
        ),
        checked=cause.checked,
    )


def _with_kinds(name: str, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    found, waiting = [name], [name]
    while waiting:
        below = [kind for kind in facts[waiting.pop()].includes if kind in facts and kind not in found]
        found += below
        waiting += below
    return tuple(found)
