"""What a record says of the course of things: medicines as ordered, visits, what is planned, named lesions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from calcinosis.person.dates import Day
from calcinosis.rules.vocabulary import Origin

PrescriptionKind = Literal["order", "statement", "dose", "supply"]
PrescriptionState = Literal["active", "ended", "paused", "not-taken", "unknown"]


class Prescription(Struct, frozen=True, kw_only=True):
    """One order, statement, administration or supply of a medicine.

    ``medicines`` are the facts that it means, empty for one that no fact knows, which ``name`` then tells. ``start``
    and ``stop`` are the days between which it is or was taken, as far as they are written; ``seen`` is the day of the
    resource itself. ``supply`` are the days for which a supply lasts; one
    that is not ``dated`` was only told on a day, and began before it. ``stopped_for`` are facts that the reason names.
    """

    kind: PrescriptionKind
    medicines: tuple[str, ...]
    name: str
    state: PrescriptionState
    start: Day | None = None
    stop: Day | None = None
    seen: Day | None = None
    dose: str = ""
    stopped_because: str = ""
    stopped_for: tuple[str, ...] = ()
    is_pause: bool = False
    supply: int = 0
    dated: bool = True
    origin: Origin


class Visit(Struct, frozen=True, kw_only=True):
    """An encounter: its day, its kind (the class as written) and why it took place."""

    day: Day
    kind: str
    says: str
    origin: Origin


class Plan(Struct, frozen=True, kw_only=True):
    """Something that is asked for or arranged and has not happened: a test, an appointment, a medicine."""

    says: str
    facts: tuple[str, ...]
    day: Day | None
    origin: Origin


class NamedLesion(Struct, frozen=True, kw_only=True):
    """A lesion that the record itself keeps apart, by the reference of its resource.

    ``place`` are the words of its place, ``says`` those that describe it.
    """

    reference: str
    place: str
    says: str = ""


class LesionEvent(Struct, frozen=True, kw_only=True):
    """That one lesion became several, or several became one, as the record tells it of a lesion or a place.

    ``of`` are the places that it names as those it came from; without a ``day`` it is that of its first size.
    """

    how: Literal["split", "merged"]
    reference: str
    place: str
    of: tuple[str, ...] = ()
    day: Day | None = None
    says: str = ""
    origin: Origin


class History(Struct, frozen=True, kw_only=True):
    """What a record says of the course of things; ``provisional`` are the results that were not yet final."""

    prescriptions: tuple[Prescription, ...] = ()
    visits: tuple[Visit, ...] = ()
    plans: tuple[Plan, ...] = ()
    lesions: tuple[NamedLesion, ...] = ()
    lesion_events: tuple[LesionEvent, ...] = ()
    provisional: frozenset[Origin] = frozenset()


def histories_joined(histories: Iterable[History]) -> History:
    """Return one history that says what all of them say; what two of them say alike is said once."""
    listed = list(histories)
    return History(
        prescriptions=tuple(dict.fromkeys(one for history in listed for one in history.prescriptions)),
        visits=tuple(dict.fromkeys(one for history in listed for one in history.visits)),
        plans=tuple(dict.fromkeys(one for history in listed for one in history.plans)),
        lesions=tuple(dict.fromkeys(one for history in listed for one in history.lesions)),
        lesion_events=tuple(dict.fromkeys(one for history in listed for one in history.lesion_events)),
        provisional=frozenset().union(*(history.provisional for history in listed)),
    )
