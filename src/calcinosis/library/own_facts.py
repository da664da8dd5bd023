"""Facts that no file lists: a cause of a type is known, a type is pointed to, somebody suspects something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from calcinosis.library.entries import TYPE_IDS, Cause, Type, rules_of
from calcinosis.rules.syntax import AnyOf, Rule, criteria
from calcinosis.rules.vocabulary import SUSPECTED, Fact
from calcinosis.words.en import knowledge as words
from calcinosis.words.en.judgement import suspicion


def suspicions_read(groups: Iterable[Mapping[str, Any]], facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the facts that somebody suspects another, for each one that a rule reads."""
    entries = (entry for group in groups for entry in group.values())
    read = {criterion.test.fact for entry in entries for _, rule in rules_of(entry) for criterion in criteria(rule)}
    for name in sorted(name for name in read if name.startswith(SUSPECTED) and name not in facts):
        base = facts.get(name.removeprefix(SUSPECTED))
        if base is not None:
            yield Fact(
                id=name,
                name=suspicion(base.name),
                kind="condition",
                learned_by="history",
                suspicion_of=base.id,
                checked=base.checked,
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
