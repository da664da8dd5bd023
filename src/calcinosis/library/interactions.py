"""What is said of two medicines, in the entry of either, holds for both: the other side of every interaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, assert_never

from msgspec.structs import replace

from calcinosis.library.entries import MedicineSafety, Treatment
from calcinosis.rules.syntax import All, AnyOf, AtLeast, Criterion, Present, Rule, criteria
from calcinosis.rules.vocabulary import Fact

RULES = ("do_not_use_when", "caution_when", "not_known_when")
"""The rules of an entry that may name another medicine."""


def medicines_of(entry: Treatment | MedicineSafety) -> tuple[str, ...]:
    """Return the facts of the medicines that an entry speaks for, without their kinds."""
    if isinstance(entry, MedicineSafety):
        return entry.medicines
    return (entry.medicine,) if entry.medicine else ()


def other_sides(
    treatments: Mapping[str, Treatment], safeties: Mapping[str, MedicineSafety], facts: Mapping[str, Fact]
) -> dict[str, MedicineSafety]:
    """Return, for every medicine that a rule of another names, an entry that says the same of it."""
    found = {}
    entries: list[Treatment | MedicineSafety] = [*treatments.values(), *safeties.values()]
    for entry in entries:
        mine = medicines_of(entry)
        for other, names in _named(entry, mine, facts).items() if mine else ():
            side = _side(entry, other, frozenset(names), mine)
            found[side.id] = side
    return found


def with_kinds(names: Iterable[str], facts: Mapping[str, Fact]) -> set[str]:
    """Return these facts and their kinds at any depth."""
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name in facts and name not in found:
            found.add(name)
            waiting += facts[name].includes
    return found


def _named(entry: Any, mine: Sequence[str], facts: Mapping[str, Fact]) -> dict[str, set[str]]:
    """Return the medicines that the rules of an entry name beside its own, each with the facts that mean it.

    A kind or a whole of its own medicines is no other; an exposure to a medicine, such as a vaccination, means it.
    """
    own = with_kinds(mine, facts)
    tests = (criterion.test for key in RULES for criterion in criteria(getattr(entry, key, None)))
    found: dict[str, set[str]] = {}
    for name in {test.fact: None for test in tests if type(test) is Present and test.fact in facts}:
        kinds = with_kinds([name], facts)
        if own.isdisjoint(kinds) and facts[name].kind in {"medicine", "exposure"}:
            named = [name] if facts[name].kind == "medicine" else sorted(kinds)
            for medicine in (one for one in named if facts[one].kind == "medicine"):
                found.setdefault(medicine, set()).add(name)
    return found


def _side(
    entry: Treatment | MedicineSafety, other: str, names: frozenset[str], mine: tuple[str, ...]
) -> MedicineSafety:
    do_not_use, caution, not_known = (_turned(getattr(entry, key, None), names, mine) for key in RULES)
    side = MedicineSafety(
        id=f"{entry.id}-with-{other}",
        name=entry.name,
        subject="interactions",
        medicines=(other,),
        do_not_use_when=do_not_use,
        caution_when=caution,
        not_known_when=not_known,
        checked=entry.checked,
    )
    if isinstance(entry, Treatment):
        return side
    return replace(side, says=entry.says, cite=entry.cite, if_taken=entry.if_taken)


def _turned(rule: Rule | None, names: frozenset[str], mine: tuple[str, ...]) -> Rule | None:
    """Return what of a rule turns on these facts, as a rule about one's own medicines; None if nothing does."""
    if rule is None or names.isdisjoint(rule.facts):
        return None
    parts = tuple(_turned_parts(rule, names, mine))
    return parts[0] if len(parts) == 1 else AnyOf(parts) if parts else None


def _turned_parts(rule: Rule, names: frozenset[str], mine: tuple[str, ...]) -> Iterator[Rule]:
    if type(rule) is Criterion:
        if type(rule.test) is Present:
            yield from (Criterion(Present(name), rule.cite, name, rule.line) for name in mine)
    elif type(rule) is AnyOf:
        for part in rule.parts:
            turned = _turned(part, names, mine)
            if turned is not None:
                yield turned
    elif type(rule) is All or type(rule) is AtLeast:
        yield replace(rule, parts=tuple(_turned(part, names, mine) or part for part in rule.parts))
    else:
        assert_never(rule)
