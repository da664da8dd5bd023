"""What was measured over time: points, series of results, lesions, scores, and changes between two days."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.rules.vocabulary import Origin

Direction = Literal["better", "worse", "same", ""]


class Point(Struct, frozen=True, kw_only=True):
    """One value on one day, in the unit of its series.

    ``value`` is None where only a bound is known, or where results of one day differ; ``low`` and ``high`` are then the
    bounds. ``is_none`` says that nothing was found.
    """

    date: str
    value: float | None
    low: float | None = None
    high: float | None = None
    says: str = ""
    method: str = ""
    is_none: bool = False
    from_: tuple[Origin, ...] = ()


class LimitResult(Struct, frozen=True, kw_only=True):
    """Limits that a series is held against: the usual ones of that age, or what a source asks for."""

    kind: Literal["usual", "printed", "target"]
    lower: float | None
    upper: float | None
    says: str = ""
    since: str = ""
    cite: tuple[str, ...] = ()


class Crossing(Struct, frozen=True, kw_only=True):
    """That a value passed a limit between two results, and how it stands to it since."""

    date: str
    before: str
    from_value: float
    to_value: float
    limit: float
    kind: Literal["usual", "printed", "target"]
    now: Literal["above", "below", "within"]
    cite: tuple[str, ...] = ()


class Series(Struct, frozen=True, kw_only=True):
    """The results of one quantity over time, in one unit; ``parts`` are the quantities that it is worked out from.

    ``now`` says how the last result stands to its limits.
    ``recorded_unit`` is the one unit in which the record writes them, as it is written, and ``recorded_scale`` what one
    of it is in ``unit``; empty and 1 where they are written in several, or worked out.
    """

    test: str
    name: str
    unit: str
    points: tuple[Point, ...]
    limits: tuple[LimitResult, ...]
    crossings: tuple[Crossing, ...]
    parts: tuple[str, ...] = ()
    in_range: bool | None = None
    now: Literal["above", "below", "within", ""] = ""
    change: float | None = None
    percent: float | None = None
    longest_gap: int = 0
    recorded_unit: str = ""
    recorded_scale: float = 1.0
    says: tuple[str, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """How one measure changed between two days, with the label of a published definition where its conditions hold.

    ``definition`` is the one that gives the label; ``not_applied`` are others, with the reason why they give none.
    """

    start: str
    stop: str
    from_value: float
    to_value: float
    days: int
    change: float
    percent: float | None
    direction: Direction
    label: str = ""
    definition: str = ""
    says: str = ""
    not_applied: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()


class Sign(Struct, frozen=True, kw_only=True):
    """A finding at the place of a lesion, on one day."""

    date: str
    fact: str
    name: str
    present: bool
    from_: tuple[Origin, ...] = ()


class Lesion(Struct, frozen=True, kw_only=True):
    """One lesion, measured in one way or more; ``changes`` never compare two methods.

    ``of`` are the lesions that it came after or from, ``how`` in which way. ``ended`` is the day on which it was no
    more, ``first`` that of its first size; an earlier point says that it was not found.
    """

    id: str
    measure: str
    site: str
    side: str
    kind: Literal["deposit", "wound"]
    name: str
    method: str
    methods: tuple[str, ...]
    unit: str
    points: tuple[Point, ...]
    changes: tuple[Change, ...] = ()
    ended: str = ""
    ended_how: str = ""
    none_is: str = ""
    first: str = ""
    of: tuple[str, ...] = ()
    how: Literal["", "recurrence", "split", "merged"] = ""
    signs: tuple[Sign, ...] = ()
    says: tuple[str, ...] = ()


class Score(Struct, frozen=True, kw_only=True):
    """The totals of one score over time; ``best`` and ``worst`` are the ends of its scale, where it has them."""

    measure: str
    test: str
    name: str
    tells_of: str
    better: Literal["lower", "higher"]
    best: float | None
    worst: float | None
    unit: str
    points: tuple[Point, ...]
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
