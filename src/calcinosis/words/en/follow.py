"""What is said of the course of one person: series, courses, lesions, responses, what is due, what is new."""

from __future__ import annotations

from collections.abc import Sequence

from calcinosis.words.en.quantities import number_words
from calcinosis.words.en.report import day_words


def target(name: str, says: str) -> str:
    """Return whose limits a series is held against."""
    return f"Target: {says}"


def worked_out(parts: Sequence[str]) -> str:
    """Return from which results of the same day a number is worked out."""
    return f"Worked out from {_listed(parts)} of the same day."


def never_measured(name: str) -> str:
    """Return that the measure that would decide is not in the record."""
    return f"{name} is not in this record; it would decide."


_STANDS = {"above": "above its limit", "below": "below its limit", "within": "within its limits"}


def disagree(day: str, name: str, one: str, other: str, two: str) -> str:
    """Return that two measures of the same stand otherwise to their limits on a day."""
    return f"On {day_words(day)} {name.lower()} is {_STANDS[one]} and {other.lower()} {_STANDS[two]}: they disagree."


def supply_ended(day: str) -> str:
    """Return that the last recorded supply has run out, which does not say that it was stopped."""
    until = f"The last supply in this record lasts to {day_words(day)}; none is recorded after it."
    return f"{until} Ask whether it is still taken."


SOURCES = {"question": "The form", "line": "The note"}


def conflict(one: str, since: str, other: str, day: str) -> str:
    """Return what two sources say against each other of one medicine."""
    return f"{one} says that it is taken from {day_words(since)}; {other} of {day_words(day)} says that it is not."


def ended_elsewhere(one: str, since: str) -> str:
    """Return that an order is open while the record as a whole says that it is not taken."""
    return f"{one} of {day_words(since)} has no end; by the rest of the record it is not taken now."


def goes_on_elsewhere(one: str, stop: str) -> str:
    """Return that an order ended while the record as a whole says that it is taken."""
    return f"{one} ended on {day_words(stop)}; by the rest of the record it is taken now."


def not_comparable(methods: Sequence[str]) -> str:
    """Return that sizes by several methods are not compared."""
    return f"Measured by {_listed(methods)}: sizes by different methods are not compared."


PLACE_NOT_STATED = (
    "The place is not stated: whether it is the same one at each visit is not known, so nothing is compared."
)
SEVERAL_ON_ONE_DAY = "Several sizes are recorded there on one day: which is which is not known, so nothing is compared."


def removed(day: str) -> str:
    """Return that a lesion was taken out."""
    return f"Removed on {day_words(day)}."


def comes_back(day: str) -> str:
    """Return that a lesion was found again at its place."""
    return f"A recurrence: found again on {day_words(day)} where one had gone."


CAME_FROM = {"split": "A part of one that split.", "merged": "Made of several that merged."}
BECAME = {
    "split": "Split on {day}: its series ends there, and its parts are followed apart.",
    "merged": "Merged with another on {day}: its series ends there.",
}


def of_kind(name: str, kind: str) -> str:
    """Return the name of a lesion with its kind, where a deposit and a wound share the words of their place."""
    return f"{name} ({kind})"


def which_side(side: str, days: Sequence[str], other: str) -> str:
    """Return the question whether another side is meant, where one is measured only when the other is not."""
    when = _listed([day_words(day) for day in days])
    return (
        f"Recorded on the {side} on {when}, when nothing was recorded on the {other}: ask whether it is the same one."
    )


def not_for_population(definition: str) -> str:
    """Return that a definition is for other people."""
    return (
        f"{_not_applied(definition)} It was defined in other patients, or it is not recorded that this is one of them."
    )


def not_for_treatment(definition: str, treatments: Sequence[str]) -> str:
    """Return that a definition is for another treatment."""
    return f"{_not_applied(definition)} It was defined for {_listed(treatments)}."


def not_by_method(definition: str, method: str) -> str:
    """Return that a definition asks for another method."""
    return f"{_not_applied(definition)} It asks for a {method}."


def not_in_span(definition: str, days: int, least: int, most: int) -> str:
    """Return that a change lies over another span of time than a definition asks for."""
    return f"{_not_applied(definition)} It covers {least} to {most} days; these are {days} days apart."


def _not_applied(definition: str) -> str:
    return f"Not applied: “{definition.removesuffix('.')}”."


def change(start: str, stop: str, before: float, after: float, percent: float | None) -> str:
    """Return a change in numbers."""
    by = "" if percent is None else f" ({signed(percent)}%)"
    return f"{number_words(before)} to {number_words(after)}{by}, {day_words(start)} to {day_words(stop)}"


def signed(number: float) -> str:
    """Return a change with its sign, in whole numbers."""
    return f"{number:+.0f}".replace("-", "−")


NO_MEASURE = "No size or score of the deposits or wounds was recorded both before it and at its end."
NO_MEASURE_BEFORE = "No size or score of the deposits or wounds was recorded before it."
NO_MEASURE_AFTER = "No size or score of the deposits or wounds was recorded at its end, or since it was begun."
ONE_PERSON = "What happens to one person during a treatment does not show what the treatment did."
NOTHING_AFTER = "Nothing is recorded after its end."


def also_changed(said: Sequence[str]) -> str:
    """Return what else changed, so that it cannot be told what helped."""
    return f"In the same time also: {_listed(said)}. Their effects cannot be told apart."


def begun(name: str, day: str) -> str:
    """Return that a course was begun."""
    return f"{name} begun {day_words(day)}"


def ended(name: str, day: str) -> str:
    """Return that a course ended."""
    return f"{name} stopped {day_words(day)}"


def dose_changed(name: str, day: str) -> str:
    """Return that the dose of a course was changed."""
    return f"{name} at another dose since {day_words(day)}"


def during(what: str, before: str, after: str, start: str, stop: str, percent: float | None) -> str:
    """Return what one measure was before and at the end of a course."""
    by = "" if percent is None else f" ({signed(percent)}%)"
    return f"{what}: {before} on {day_words(start)}, {after} on {day_words(stop)}{by}."


def new_during(name: str, day: str) -> str:
    """Return that a lesion was first recorded during a course."""
    return f"First recorded during it: {name}, {day_words(day)}."


def would_not_be(definition: str, label: str, why: str) -> str:
    """Return what a definition would call it that was made for others."""
    return f"By “{definition}” it would be {label.replace('-', ' ')}; {why}"


def made_for(names: Sequence[str]) -> str:
    """Return for which treatments a definition was made."""
    return f"that definition was made for {_listed(names)}."


def never_done(what: str) -> str:
    """Return that nothing of what is due is in the record."""
    return f"{what}: none in this record. It may be recorded elsewhere."


def days_ago(what: str, last: str, days: int) -> str:
    """Return when something was last done."""
    ago = f"{days} days ago" if days > 1 else "the day before" if days else "the same day"
    return f"{what}: last on {day_words(last)}, {ago}."


def gap(days: int, start: str, stop: str) -> str:
    """Return the longest time without what is due."""
    return f"The longest time without was {days} days, from {day_words(start)} to {day_words(stop)}."


ELSEWHERE = "A later one may be recorded elsewhere."


def course_over(what: str, name: str, stop: str, count: int) -> str:
    """Return that what was due during a course is over, and on how many days it was done."""
    when = f" on {day_words(stop)}" if stop else ""
    times = "once" if count == 1 else f"on {count} days"
    done = f"; in this record it was done {times} during it" if count else ""
    return f"{what}: {name} ended{when}{done}."


def seen_last(says: str, day: str) -> str:
    """Return what is to be watched without an interval, with the last day on which the person was seen."""
    return f"{says} Last seen on {day_words(day)}."


def gone_since(says: str, day: str) -> str:
    """Return that what was to be watched is found no more."""
    return f"{says} Not found again since {day_words(day)}."


def over(day: str, since: str) -> str:
    """Return that an event is over: what it left is gone."""
    return (
        f"On {day_words(day)}. Everything recorded at that place since then has gone, the last by {day_words(since)}."
    )


def came_up(findings: Sequence[str], day: str) -> str:
    """Return what asks for caution with a medicine and was first said while it was taken."""
    return f"First recorded while it is taken, on {day_words(day)}: {_listed(findings)}. It asks for caution."


def changed_during(name: str, before: str, start: str, after: str, stop: str) -> str:
    """Return how a result changed during a course."""
    if start == stop:
        return f"{name} {after} on {day_words(stop)}"
    return f"{name} {before} on {day_words(start)}, {after} on {day_words(stop)}"


def if_done(plan: str, says: str) -> str:
    """Return what speaks against something once a plan is carried out."""
    return f"Planned: {plan}. If it is done: {says}"


def old_finding(day: str) -> str:
    """Return that a finding is of an earlier day and that no later one is known."""
    return f"On {day_words(day)}; no later value."


NEW_LESION = "{name}, {size}"
NEW_HOW = {
    "": "",
    "recurrence": ", a recurrence",
    "split": ", a part of one that split",
    "merged": ", made of several that merged",
}
LESION_CHANGED = "{name}: {before} to {after}"
LESION_GONE = "{name}: {how}"
RESULT_CHANGED = "{name}: {before} to {after} {unit} ({percent}%), {now}"
PLAN_PAST = "{what}: planned for {day}; nothing later is recorded"
PLAN_OPEN = "{what}: planned for {day}"
PLAN_NO_DAY = "{what}: planned, no day given"
COURSE_STARTED = "{name} since {day}"
COURSE_STOPPED = "{name} until {day}"
STOPPED_BECAUSE = "{stopped}, because: {why}"
STANDS = {"above": "now above its limit", "below": "now below its limit", "within": "now within its limits"}


def _listed(names: Sequence[str]) -> str:
    found = list(dict.fromkeys(names))
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""
