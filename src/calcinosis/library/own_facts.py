"""Facts that no file lists: a known cause of a type, a type pointed to; a fact suspected, over, recent or planned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from calcinosis.library.entries import TYPE_IDS, Cause, Type, rules_of
from calcinosis.rules.relations import relations_named
from calcinosis.rules.syntax import AnyOf, Rule, criteria
from calcinosis.rules.vocabulary import PAST, PLANNED, RECENT, SUSPECTED, Fact
from calcinosis.words.en import knowledge as words
from calcinosis.words.en.judgement import over, planned, recently, suspicion

_COMPANIONS: dict[str, Callable[[str, str], str]] = {
    SUSPECTED: lambda name, _: suspicion(name),
    PAST: lambda name, _: over(name),
    RECENT: recently,
    PLANNED: lambda name, _: planned(name),
}
"""How the id of a companion begins, and how it is called."""


def companions_read(groups: Iterable[Mapping[str, Any]], facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the facts that another is suspected, over, recent or planned, for each one that a rule reads."""
    entries = (entry for group in groups for entry in group.values())
    read = {criterion.test.fact for entry in entries for _, rule in rules_of(entry) for criterion in criteria(rule)}
    for name in sorted(read - facts.keys()):
        for prefix in _COMPANIONS:
            base = facts.get(name.removeprefix(prefix)) if name.startswith(prefix) else None
            if base is not None and (prefix != RECENT or base.recent_for):
                yield from _companions(prefix, base, base.recent_for, facts)


def _companions(prefix: str, base: Fact, days: str, facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the companion of a fact; of all but a suspicion also those of its kinds, which it then includes."""
    kinds = [facts[kind] for kind in base.includes if kind in facts] if prefix != SUSPECTED else []
    yield Fact(
        id=prefix + base.id,
        name=_COMPANIONS[prefix](base.name, days),
        kind="condition",
        learned_by="history",
        includes=tuple(prefix + kind.id for kind in kinds),
        recent_for=days if prefix == RECENT else "",
        suspicion_of=base.id if prefix == SUSPECTED else "",
        past_of=base.id if prefix == PAST else "",
        recent_of=base.id if prefix == RECENT else "",
        planned_of=base.id if prefix == PLANNED else "",
        checked=base.checked,
    )
    for kind in kinds:
        yield from _companions(prefix, kind, days, facts)


def relations_read(groups: Iterable[Mapping[str, Any]], facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the facts that one lies to another in place or time, for each that a rule reads."""
    entries = (entry for group in groups for entry in group.values())
    yield from relations_named(
        {criterion.test.fact for entry in entries for _, rule in rules_of(entry) for criterion in criteria(rule)}, facts
    )


def rule_facts(causes: dict[str, Cause], types: dict[str, Type]) -> Iterator[Fact]:
    """Yield the facts that exist by themselves: a cause of a type is known or suspected, a type is pointed to."""
    for type_id in TYPE_IDS[:-1]:
        behind = [cause for cause in causes.values() if type_id in cause.leads_to and cause.strength == "cause"]
        known = [cause.present_when for cause in behind if cause.present_when is not None]
        suspected = [cause.suspect_when for cause in behind if cause.suspect_when is not None]
        yield _rule_fact(f"cause_of_{type_id}", words.KNOWN_CAUSE.format(type=type_id), known)
        wide = [cause.present_when for cause in behind if cause.present_when is not None and not cause.local]
        yield _rule_fact(f"wide_cause_of_{type_id}", words.WIDE_CAUSE.format(type=type_id), wide)
        yield _rule_fact(f"suspected_cause_of_{type_id}", words.SUSPECTED_CAUSE.format(type=type_id), suspected)
    for type_id in TYPE_IDS:
        rule = types[type_id].suspect_when if type_id in types else None
        yield _rule_fact(f"pointing_to_{type_id}", words.POINTING_SIGNS.format(type=type_id), [rule] if rule else [])


def _rule_fact(name: str, title: str, rules: list[Rule]) -> Fact:
    rule = AnyOf(tuple(rules)) if rules else None
    return Fact(id=name, name=title, kind="condition", learned_by="history", true_when=rule, checked="")
