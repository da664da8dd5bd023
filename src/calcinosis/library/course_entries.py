"""What the course of one person is held against: targets, outcome measures with their definitions, what is due."""

from __future__ import annotations

from typing import Literal

from calcinosis.data import FromFile
from calcinosis.library.statement import Statement
from calcinosis.rules.syntax import Citation, Rule

_ROUNDING = 1e-9


class Target(FromFile, frozen=True, kw_only=True):
    """Between which limits a source asks a quantity to be, in whom; the limits are written with their unit."""

    id: str
    fact: str
    applies_when: Rule
    lower: str = ""
    upper: str = ""
    says: str
    cite: tuple[Citation, ...]
    lower_value: float | None = None
    upper_value: float | None = None
    checked: str


class HoldRule(FromFile, frozen=True, kw_only=True):
    """A change of a result during a course for which a source asks that the treatment be held or looked at anew.

    It is the change from the last result before the course, else from the first during it, to the last one. All that is
    given has to hold: the ``way``, at least so many ``percent``, at least ``by`` (with its unit), and the last one
    beyond ``beyond``. ``medicines`` are those of the treatment for which it holds, none for all.
    """

    fact: str
    way: Literal["rise", "fall"]
    medicines: tuple[str, ...] = ()
    percent: float | None = None
    by: str = ""
    beyond: str = ""
    says: str
    plain: str = ""
    cite: tuple[Citation, ...]
    by_value: float | None = None
    beyond_value: float | None = None

    def is_met(self, first: float, last: float) -> bool:
        """Whether a change from one number to another, both in the unit of the fact, is such a one."""
        sign = 1 if self.way == "rise" else -1
        change = sign * (last - first)
        return (
            (change > 0 or (self.percent is None and self.by_value is None))
            and (self.percent is None or (first > 0 and 100 * change / first >= self.percent))
            and (self.by_value is None or change >= self.by_value - _ROUNDING)
            and (self.beyond_value is None or sign * last > sign * self.beyond_value)
        )


class ChangeLabel(FromFile, frozen=True, kw_only=True):
    """What a change is called by a definition; the first label that fits counts, one without limits fits all."""

    label: str
    above: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    below: float | None = None

    def fits(self, change: float) -> bool:
        """Whether a change lies within the limits of this label."""
        return (
            (self.above is None or change > self.above)
            and (self.at_least is None or change >= self.at_least)
            and (self.at_most is None or change <= self.at_most)
            and (self.below is None or change < self.below)
        )


class ChangeRule(FromFile, frozen=True, kw_only=True):
    """A published definition of a change: in whom, on which treatment, by which method, over which span of days.

    ``none_new`` asks that no new lesion appeared meanwhile; ``by`` says whether the change is in percent or points.
    """

    id: str
    says: str
    applies_when: Rule
    treatments: tuple[str, ...] = ()
    method: str = ""
    from_days: int = 0
    to_days: int = 36_525
    none_new: bool = False
    by: Literal["percent", "points"]
    labels: tuple[ChangeLabel, ...]
    note: str = ""
    cite: tuple[Citation, ...]


class OutcomeMeasure(FromFile, frozen=True, kw_only=True):
    """Something by which it is judged how a person fares: a total of a score, or the size of one lesion.

    ``none_at`` is the number that says that a lesion is no more, ``none_is`` what is said then, ``seen_as`` the
    findings of which the absence at its place says the same, ``ended_by`` the
    procedures that take it out. Of a score ``seen_as`` are the findings that it
    measures. ``is_change`` marks a score that is itself a change.
    """

    id: str
    fact: str
    of: Literal["person", "deposit", "wound"]
    tells_of: Literal["deposits", "wounds", "ulcers", "pain", "function", "disease activity", "damage"]
    better: Literal["lower", "higher"]
    best: float | None = None
    worst: float | None = None
    none_at: float | None = None
    none_is: str = ""
    seen_as: tuple[str, ...] = ()
    ended_by: tuple[str, ...] = ()
    is_change: bool = False
    changes: tuple[ChangeRule, ...] = ()
    notes: tuple[Statement, ...] = ()
    checked: str


class DueItem(FromFile, frozen=True, kw_only=True):
    """What is due by an interval: from when it may be done again, when it is overdue, and what counts as done.

    It is done by a result of one of the ``facts``, by a finding or size by one of the ``methods``, or by a ``visit``.
    ``after`` are medicines after whose first day (``once``), or last day (``after_end``), the interval runs;
    otherwise it runs from the last time it was done. Both intervals are in days.
    """

    what: str
    from_days: int
    to_days: int
    facts: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    visit: bool = False
    once: tuple[str, ...] = ()
    after_end: tuple[str, ...] = ()
    cite: tuple[Citation, ...]
