"""The rules of a library that are asked of every record, and the types and treatments that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from calcinosis.conclusions.decisions import PROVEN, SUSPECTED
from calcinosis.library.entries import Treatment, Type
from calcinosis.library.library import Library
from calcinosis.library.speaking import forbidding_rules, speaking
from calcinosis.rules.syntax import Rule


def main_types(library: Library) -> tuple[Type, ...]:
    """Return the types that are no form of another."""
    return tuple(kind for kind in library.types.values() if kind.part_of is None)


def rules_on_record(library: Library) -> Iterator[Rule]:
    """Yield the rules from which types, look-alikes, causes, dangers and what to stop follow."""
    facts = library.facts
    found: list[Rule | None] = [facts[name].true_when for name in (PROVEN, SUSPECTED) if name in facts]
    found += [rule for kind in main_types(library) for rule in (kind.suspect_when, kind.excluded_when)]
    for look_alike in library.look_alikes.values():
        found += [look_alike.suspect_when, look_alike.outweighs_when]
    for cause in library.causes.values():
        found += [cause.present_when, cause.suspect_when, cause.excluded_when]
    found += [flag.when for flag in library.red_flags.values()]
    for treatment in takeable(library):
        found += [objection.when for objection in treatment.against]
    for spoken in speaking(library).values():
        found += forbidding_rules(spoken)
    yield from (rule for rule in found if rule is not None)
    yield from rules_on_assumed(library)


def rules_on_assumed(library: Library) -> Iterator[Rule]:
    """Yield those of the rules that are also looked at with the unmentioned taken as absent."""
    found: list[Rule | None] = []
    for kind in main_types(library):
        found += [kind.established_when, kind.excluded_when]
    found += [look_alike.established_when for look_alike in library.look_alikes.values()]
    found += [indication.consider_when for treatment in takeable(library) for indication in treatment.for_]
    yield from (rule for rule in found if rule is not None)


@lru_cache(maxsize=8)
def takeable(library: Library) -> tuple[Treatment, ...]:
    """Return the treatments of which a record can say that they are taken."""
    return tuple(treatment for treatment in library.treatments.values() if treatment.medicine)
