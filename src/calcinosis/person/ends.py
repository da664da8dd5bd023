"""What is over, and what is recent: what a record says of the end of a fact, as facts of their own.

A fact that was there and was said to have ended, or was denied later, is over. One that was last said to hold within
the days of its ``recent_for`` is recent; without a day it is taken as said now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from calcinosis.person.dates import Day, days_before, days_between
from calcinosis.rules.vocabulary import PAST, RECENT, Fact, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

Dated = tuple[Value, Day | None, Day | None, bool]
"""A saying as far as its end matters: value, day, until when, and whether it is said to be over."""


def end_by_nature(fact: Fact, day: Day | None) -> Day | None:
    """Return the last day on which something that ends by itself, such as a pregnancy, can still be there."""
    if day is None or fact.kind == "quantity":
        return None
    longest = int(fact.valid_for.split()[0])
    return Day(days_before(day.earliest, -longest), days_before(day.latest, -longest))


def has_companions(fact: str, facts: Mapping[str, Fact]) -> bool:
    """Whether a rule asks if a fact is over or recent."""
    return PAST + fact in facts or RECENT + fact in facts


def companions(
    fact: Fact, sayings: Sequence[Dated], settled: Value | None, as_of: str, facts: Mapping[str, Fact]
) -> Iterator[tuple[str, Value]]:
    """Yield that a fact is over, and that it is recent or is not, as far as its sayings tell at a day."""
    present = [one for one in sayings if one[0].truth is TRUE]
    if PAST + fact.id in facts:
        over = [one for one in present if _has_ended(fact, one, as_of)]
        if not over and settled is not None and settled.truth is FALSE:
            over = present
        if over:
            yield PAST + fact.id, _value(TRUE, over)
    recent = facts.get(RECENT + fact.id)
    if recent is not None and settled is not None:
        fresh = [one for one in present if not one[3] and not is_old(one[1], recent.recent_for, as_of)]
        if settled.truth is FALSE:
            yield recent.id, settled
        elif settled.truth is TRUE and present:
            yield recent.id, _value(TRUE if fresh else UNKNOWN, fresh or present)


def _has_ended(fact: Fact, saying: Dated, as_of: str) -> bool:
    """Whether a saying tells an end before a day, other than the one by which what ends by itself has ended."""
    _, day, until, over = saying
    if over:
        return True
    if until is None or not as_of or until.latest > as_of:
        return False
    return not fact.valid_for or until != end_by_nature(fact, day)


def is_old(day: Day | None, longest: str, as_of: str) -> bool:
    """Whether a day is longer ago than so many days, such as ``90 days``."""
    return day is not None and bool(as_of) and days_between(day.latest, as_of) > int(longest.split()[0])


def _value(truth: Truth, sayings: Sequence[Dated]) -> Value:
    newest = max(sayings, key=lambda one: ("" if one[1] is None else one[1].latest, one[0].origins))
    value, day = newest[0], newest[1]
    origins = tuple(sorted({origin for one in sayings for origin in one[0].origins}))
    date = "" if day is None else day.latest if day.is_exact else day.earliest[:4]
    return Value(truth=truth, said=value.said, date=date, origins=origins)
