"""What a record says about facts, and how several sayings about one fact become one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.person.dates import Day, days_before, instant
from calcinosis.person.ends import companions, has_companions, is_old
from calcinosis.rules.vocabulary import EVER as EVER
from calcinosis.rules.vocabulary import PAST, Fact, Origin, Value
from calcinosis.terminology.context import Sense
from calcinosis.terminology.places import Began
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.remarks import (
    both_said,
    different_results,
    different_words,
    either,
    order_not_known,
    too_old,
    which_holds,
)

SaidSense = Literal[
    "", "present", "absent", "suspected", "unlikely", "past", "family", "asked", "not-stated", "planned"
]
"""How something is said; empty where its truth says it: present if true, absent if false."""
SENSE_SAID: dict[Sense, SaidSense] = {
    "uncertain": "suspected",
    "unlikely": "unlikely",
    "past": "past",
    "family": "family",
    "asked": "asked",
    "not-stated": "not-stated",
    "hypothetical": "planned",
    "planned": "planned",
}
"""How something is said whose sense is not simply present or absent."""
_NOT_ENDING = frozenset({"quantity", "choice", *EVER})


class Said(Struct, frozen=True):
    """One saying of the record about one fact: its value, when it held, and until when; made once, never changed.

    ``weak`` says that something has ended; it speaks only when nothing else does. ``site`` tells findings of
    different places of the body apart. ``once`` says that one dose was given, and not whether more followed.
    ``sense`` is how it is said where the truth does not tell: suspected, unlikely, past, of the family, planned.
    ``began`` says, where a rule asks for it, that it began before or after a finding, or that the day does not tell.
    ``method`` is how a result was found, in words, and ``lesion`` the reference of the lesion that it is of.
    ``was_there`` says that a status tells what was there before and is over; it is shown so and decides nothing.
    """

    fact: str
    value: Value
    day: Day | None = None
    time: str = ""
    until: Day | None = None
    weak: bool = False
    site: str = ""
    once: bool = False
    sense: SaidSense = ""
    began: Began = ""
    method: str = ""
    lesion: str = ""
    was_there: bool = False


class Remark(Struct, frozen=True, order=True):
    """Something in the record that could not be used, and why; ``ask`` is the question that settles it."""

    origin: Origin
    says: str
    ask: str = ""


def settle(said: Iterable[Said], as_of: str, facts: Mapping[str, Fact]) -> tuple[dict[str, Value], list[Remark]]:
    """Return the value of every fact that the record speaks of at the day ``as_of``, and what was left aside."""
    by_fact: dict[str, list[Said]] = {}
    ending: dict[str, list[Said]] = {}
    for saying in said:
        day = saying.day
        if day is None or not as_of or day.earliest <= as_of:
            fact = facts[saying.fact]
            if has_companions(saying.fact, facts):
                ending.setdefault(saying.fact, []).append(saying)
            may_end = as_of and fact.kind not in _NOT_ENDING and saying.value.truth is TRUE
            at_day = _at(saying, as_of, fact) if may_end else saying
            by_fact.setdefault(saying.fact, []).append(at_day)
    values: dict[str, Value] = {}
    remarks: list[Remark] = []
    for name in sorted(by_fact):
        fact, sayings = facts[name], by_fact[name]
        if fact.kind == "quantity":
            value = _number(fact, sayings, as_of, remarks)
        elif fact.kind == "choice":
            value = _latest_word(fact, sayings, remarks)
        else:
            value = _presence(fact, sayings, as_of, remarks)
        if value is not None:
            values[name] = value
    for name, told in ending.items():
        _settle_ends(facts[name], told, values, as_of, facts)
    return values, remarks


def _settle_ends(fact: Fact, told: list[Said], values: dict[str, Value], as_of: str, facts: Mapping[str, Fact]) -> None:
    """Settle whether a fact is over, or recent; what is there again is not over."""
    sayings = [(one.value, one.day, one.until, one.weak) for one in told]
    for name, value in companions(fact, sayings, values.get(fact.id), as_of, facts):
        values.setdefault(name, value)
    present = values.get(fact.id)
    if present is not None and present.truth is TRUE and fact.kind not in EVER:
        values.pop(PAST + fact.id, None)


def _at(saying: Said, as_of: str, fact: Fact) -> Said:
    """Return a saying as it stands at a day: what may not have begun, or may have ended, is unknown."""
    if saying.day is not None and saying.day.latest > as_of:
        return replace(saying, value=replace(saying.value, truth=UNKNOWN))
    if saying.until is None or saying.until.earliest >= as_of:
        return saying
    if fact.kind == "medicine" and saying.until.latest < as_of:
        return replace(saying, value=replace(saying.value, truth=UNKNOWN if saying.once else FALSE), weak=True)
    return replace(saying, value=replace(saying.value, truth=UNKNOWN))


def _when(saying: Said) -> tuple[str, str]:
    """Return what sayings are ordered by; one without a date is taken as said at the end."""
    if saying.day is None:
        return "9999", "9999"
    return (instant(saying.time) if saying.time else saying.day.latest, saying.day.earliest)


def _date(saying: Said) -> str:
    return "" if saying.day is None else (saying.day.latest if saying.day.is_exact else saying.day.earliest[:4])


def _latest(sayings: list[Said]) -> list[Said]:
    if len(sayings) == 1:
        return sayings
    times = list(map(_when, sayings))
    last = max(times)
    return [saying for saying, time in zip(sayings, times, strict=True) if time == last]


_ZONES = 2
"""Days by which two days as written can be apart that are one day of the earth."""


def _not_outdated(sayings: list[Said]) -> list[Said]:
    """Return the sayings that none is known to be later than: those of the last moment, and those of unknown order.

    Times are compared by their instants; a day or a year as written with all that it can mean; what has no date may
    be of any.
    """
    if len(sayings) == 1:
        return sayings
    newest = max((saying.day.earliest for saying in sayings if saying.day is not None), default="")
    if not newest:
        return sayings
    since = days_before(newest, _ZONES)
    near = [saying for saying in sayings if saying.day is None or saying.day.latest >= since]
    last = max((instant(saying.time) for saying in near if saying.time), default="")
    last_day = max((one.day.earliest for one in near if one.day is not None and not one.time), default="")
    found = []
    for saying in near:
        if saying.day is None:
            found.append(saying)
        elif saying.time:
            if instant(saying.time) == last and saying.day.latest >= last_day:
                found.append(saying)
        elif saying.day.latest >= newest:
            found.append(saying)
    return found


def _first(sayings: list[Said]) -> Value:
    """Return the value of the first of sayings by their origins, whatever the order in which they were read."""
    values = [saying.value.dated(_date(saying)) for saying in sayings]
    return values[0] if len(values) == 1 else min(values, key=lambda value: (value.origins, repr(value)))


def _number(fact: Fact, sayings: list[Said], as_of: str, remarks: list[Remark]) -> Value | None:
    latest = _not_outdated(sayings)
    if fact.valid_for and as_of:
        old = [one for one in latest if is_old(one.day, fact.valid_for, as_of)]
        remarks.extend(
            Remark(saying.value.origins[0], too_old(fact.name, _date(saying), fact.valid_for)) for saying in old
        )
        latest = [saying for saying in latest if saying not in old] if old else latest
        if not latest:
            return None
    numbers = [saying for saying in latest if saying.value.is_number] or latest
    first = _first(numbers)
    bounds = {(saying.value.low, saying.value.high) for saying in numbers}
    if len(bounds) == 1:
        return first
    if fact.greatest_counts and all(saying.value.high is not None for saying in numbers):
        greatest = max(saying.value.high or 0.0 for saying in numbers)
        return _first([saying for saying in numbers if saying.value.high == greatest])
    # Results of one moment, or of an unknown order, that differ: the value lies somewhere between.
    lows = [saying.value.low for saying in numbers]
    highs = [saying.value.high for saying in numbers]
    origins = tuple(sorted({origin for saying in numbers for origin in saying.value.origins}))
    is_one_moment = len({_when(saying) for saying in numbers}) == 1
    says = different_results if is_one_moment else order_not_known
    remarks.append(Remark(origins[0], says(fact.name, len(bounds)), which_holds(fact.name)))
    return replace(
        first,
        low=None if None in lows else min(low for low in lows if low is not None),
        high=None if None in highs else max(high for high in highs if high is not None),
        open_low=False,
        open_high=False,
        flag="",
        is_disputed=True,
        origins=origins,
        said=either(sorted({saying.value.said for saying in numbers})),
    )


def _latest_word(fact: Fact, sayings: list[Said], remarks: list[Remark]) -> Value | None:
    latest = _not_outdated(sayings)
    words = {saying.value.word for saying in latest if saying.value.word}
    if len(words) > 1:
        first = _first(latest)
        remarks.append(Remark(first.origins[0], different_words(fact.name, sorted(words))))
        return replace(first, word="", truth=UNKNOWN)
    told = [saying for saying in latest if saying.value.word]
    present = [saying for saying in latest if saying.value.truth is TRUE]
    return _first(told or present or latest)


def _presence(fact: Fact, sayings: list[Said], as_of: str, remarks: list[Remark]) -> Value | None:
    if len(sayings) == 1:
        return _joined(sayings[0].value.truth, sayings)
    if fact.kind in EVER:
        present = [saying for saying in sayings if saying.value.truth is TRUE]
        if present:
            return _joined(TRUE, present)
    strong = [saying for saying in sayings if not saying.weak or _was_stopped_later(fact, saying, sayings)] or sayings
    firm = [saying for saying in strong if saying.value.truth is not UNKNOWN]
    if not firm:
        return _joined(UNKNOWN, strong)
    latest = _latest(firm)
    truths = {saying.value.truth for saying in latest}
    if truths == {FALSE} and (dated := _dated_presence(latest, firm)):
        return _both(fact, [*latest, *dated], remarks)
    if len(truths) > 1:
        return _both(fact, latest, remarks)
    truth = truths.pop()
    later = [saying for saying in strong if saying.value.truth is UNKNOWN and _when(saying) > _when(latest[0])]
    if truth is FALSE and later:
        return _joined(UNKNOWN, later)
    return _joined(truth, [saying for saying in firm if saying.value.truth is truth])


def _was_stopped_later(fact: Fact, saying: Said, sayings: list[Said]) -> bool:
    """Whether a note of a later day than all else that is said tells that a medicine is over."""
    is_over = fact.kind == "medicine" and saying.sense == "past" and saying.value.truth is FALSE
    if not is_over or saying.day is None or not saying.day.is_exact:
        return False
    others = [one.day for one in sayings if not one.weak]
    return all(day is not None and day.latest < saying.day.earliest for day in others)


def _dated_presence(latest: list[Said], firm: list[Said]) -> list[Said]:
    """Return what last said, with a date, that a fact is present, where a denial without one counts as the latest."""
    if latest[0].day is not None:
        return []
    dated = [saying for saying in firm if saying.day is not None]
    return [saying for saying in _latest(dated) if saying.value.truth is TRUE] if dated else []


def _both(fact: Fact, latest: list[Said], remarks: list[Remark]) -> Value:
    """Sayings of one moment, or of an unknown one, that disagree: present if of different places, else unknown."""
    present = [saying for saying in latest if saying.value.truth is TRUE]
    absent = [saying for saying in latest if saying.value.truth is FALSE]
    if {saying.site for saying in present}.isdisjoint({saying.site for saying in absent}):
        return _joined(TRUE, present)
    origin = min(origin for saying in latest for origin in saying.value.origins)
    remarks.append(Remark(origin, both_said(fact.name)))
    return _joined(UNKNOWN, latest)


def _joined(truth: Truth, sayings: list[Said]) -> Value:
    newest, origins = sayings[0], sayings[0].value.origins
    if len(sayings) > 1:
        newest = max(sayings, key=lambda saying: (_when(saying), saying.value.origins, saying.value.said))
        origins = tuple(sorted({origin for saying in sayings for origin in saying.value.origins}))
    days = [saying.day.earliest for saying in sayings if saying.day is not None and saying.day.is_exact]
    first = min(days) if truth is TRUE and len(days) == len(sayings) else ""
    value = newest.value
    return Value(truth=truth, word=value.word, said=value.said, date=_date(newest), first=first, origins=origins)
