"""Which entries speak of a medicine: its own, those of a class of it, and those of a medicine that names it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from calcinosis.library.entries import MedicineSafety, Treatment
from calcinosis.library.interactions import medicines_of, with_kinds
from calcinosis.library.library import Library
from calcinosis.rules.syntax import Rule

Speaks = TypeVar("Speaks", Treatment, MedicineSafety)


class Speaking(Struct, frozen=True):
    """The entries that speak of one medicine; ``named`` are those of other medicines that name it."""

    treatments: tuple[Treatment, ...] = ()
    safeties: tuple[MedicineSafety, ...] = ()
    named: tuple[MedicineSafety, ...] = ()

    @property
    def entries(self) -> tuple[Treatment | MedicineSafety, ...]:
        """All of them."""
        return (*self.treatments, *self.safeties, *self.named)

    @property
    def is_judged(self) -> bool:
        """Whether the medicine has rules of its own or of its class: to be named by another alone is not enough."""
        return bool(self.treatments or self.safeties)


NOTHING = Speaking()


@lru_cache(maxsize=8)
def speaking(library: Library) -> dict[str, Speaking]:
    """Return, for each medicine of which an entry speaks, the entries that do."""
    treatments = _by_medicine(library.treatments, library)
    safeties = _by_medicine(library.medicine_safety, library)
    named = _by_medicine(library.other_sides, library)
    return {
        name: Speaking(tuple(treatments.get(name, ())), tuple(safeties.get(name, ())), tuple(named.get(name, ())))
        for name in sorted({*treatments, *safeties, *named})
    }


def _by_medicine(entries: dict[str, Speaks], library: Library) -> dict[str, list[Speaks]]:
    found: dict[str, list[Speaks]] = {}
    for entry in entries.values():
        for name in sorted(with_kinds(medicines_of(entry), library.facts)):
            found.setdefault(name, []).append(entry)
    return found


@lru_cache(maxsize=1024)
def safety_rules(treatment: Treatment, library: Library) -> tuple[tuple[Rule, bool], ...]:
    """Return every rule that can speak against giving a treatment, with whether it forbids it: the gravest first."""
    spoken = speaking(library).get(treatment.medicine, NOTHING)
    return tuple(_rules((treatment, *(entry for entry in spoken.entries if entry is not treatment))))


def forbidding_rules(spoken: Speaking) -> tuple[Rule, ...]:
    """Return the rules by which a medicine that is taken is to be avoided."""
    return tuple(rule for rule, forbids in _rules(spoken.entries) if forbids)


def _rules(entries: tuple[Treatment | MedicineSafety, ...]) -> Iterator[tuple[Rule, bool]]:
    for entry in entries:
        if entry.do_not_use_when is not None:
            yield entry.do_not_use_when, True
    for entry in entries:
        not_known = entry.not_known_when if isinstance(entry, MedicineSafety) else None
        for rule in (entry.caution_when, not_known):
            if rule is not None:
                yield rule, False
