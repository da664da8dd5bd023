"""What stands on the page of one person over time: headings, the chart, and how its lines are put."""

from __future__ import annotations

from calcinosis.words.en.quantities import number_words
from calcinosis.words.en.report import day_words

TITLE = "One person over time"
SECTIONS = {
    "danger": "Danger",
    "stop": "Medicines to review",
    "since": "Since the visit before",
    "over": "Over",
    "due": "Due",
    "lesions": "Deposits and wounds",
    "scores": "Scores",
    "results": "Results",
    "courses": "Treatments",
    "responses": "During treatments",
    "sources": "Sources",
}
"""The headings, in the order in which they stand."""
GROUPS = {
    "new": "New",
    "worse": "Worse",
    "better": "Better",
    "gone": "Gone",
    "started": "Begun",
    "stopped": "Stopped",
    "planned": "Planned",
}
DUE_STATES = {
    "overdue": "Overdue",
    "due": "Due",
    "not-due": "Not due yet",
    "no-interval-tested": "No interval tested",
    "complete": "Complete",
}
LIMIT_KINDS = {"usual": "usual limits", "printed": "limits of the laboratory", "target": "target range"}
NOW = {"above": "The last one is above its limit.", "below": "The last one is below its limit."}
ONE_VISIT = "One visit is recorded; changes can be shown from the second visit on."


def between(before: str, last: str) -> str:
    """Return between which visits something is new."""
    return f"Between {day_words(before)} and {day_words(last)}, and after it."


def headline(smaller: int, larger: int, new: int, gone: int) -> str:
    """Return in one line how deposits and wounds went."""
    told = [(smaller, "smaller"), (larger, "larger"), (new, "new"), (gone, "gone")]
    found = [f"{count} {word}" for count, word in told if count]
    return f"Deposits and wounds: {', '.join(found)}" if found else TITLE


def lede(signals: int, overdue: int, since: str, until: str) -> str:
    """Return what stands below the headline: the span, what speaks against what is taken, what is overdue."""
    told = [f"From {day_words(since)} to {day_words(until)}." if since else ""]
    told.append(f"{_count(signals, 'finding speaks', 'findings speak')} against what is taken." if signals else "")
    told.append(f"{_count(overdue, 'thing is', 'things are')} overdue in this record." if overdue else "")
    return " ".join(filter(None, told))


def from_to(start: str, stop: str, ongoing: bool | None) -> str:
    """Return from when to when a course went."""
    begin = day_words(start) if start else "a day that is not known"
    if ongoing:
        return f"since {begin}, goes on"
    if start and start == stop:
        return f"on {begin}"
    end = f"to {day_words(stop)}" if stop else "its end is not recorded"
    return f"{begin} {end}" if stop else f"from {begin}; {end}"


FIRST_RECORDED = "first recorded that day"
FIRST_DENIED = "the end is the first day on which it was recorded as not taken"
ON_DAYS = "given on {count} days"
PAUSED = "paused {start} to {stop}"
PAUSED_FOR = "paused {start} to {stop} ({because})"
DOSES = "dose: {doses}"
STOPPED_FOR = "stopped: {because}"
SAME_METHOD = "by {method}"
ENDED = "{how} on {day}"
REMOVED = "removed"
BY = "{size} by {method}"
NONE_BY = "{size}, {method}"


def point_words(says: str, day: str) -> str:
    """Return a value with its day."""
    return f"{says} ({day_words(day)})"


def crossed(before: float, after: float, limit: float, now: str, kind: str, day: str) -> str:
    """Return that a result passed a limit."""
    stands = {"above": "above", "below": "below", "within": "back within"}[now]
    of = f"{stands} {number_words(limit)}" if now != "within" else f"{stands} the limit of {number_words(limit)}"
    shown = f"{number_words(before)} to {number_words(after)}"
    return f"On {day_words(day)} {of} ({shown}; {LIMIT_KINDS[kind]})."


def in_other_unit(first: str, last: str, unit: str) -> str:
    """Return the first and the last value in the other unit in use."""
    return f"First {first}, last {last} {unit}."


def labelled(label: str, says: str) -> str:
    """Return a change with what a definition calls it."""
    return f"{label}: {says}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


CHART = "Over time"
CHART_NOTE = "Band: its limits. Hollow dot: outside them, or no longer found. Dashed line: the day of this page."
BARS_NOTE = "dark: taken now; pale: stopped"
TABLE = "As a table"
ALL_VALUES = "All values"
DAY = "Day"
SOURCE = "Source {number}"
READ = "{kind}, read: {read}."


def limits_note(unit: str, lower: float | None, upper: float | None, kind: str) -> str:
    """Return the unit of a lane and its limits."""
    if lower is not None and upper is not None:
        told = f"{number_words(lower)} to {number_words(upper)}"
    elif upper is not None:
        told = f"up to {number_words(upper)}"
    else:
        told = f"from {number_words(lower)}" if lower is not None else ""
    whose = LIMIT_KINDS.get(kind, "")
    return ", ".join(filter(None, (unit, f"{told} ({whose})" if told else "")))


def scale_note(best: float | None, worst: float | None) -> str:
    """Return the ends of a scale, the best one first."""
    if best is None or worst is None:
        return f"best {number_words(best)}" if best is not None else ""
    return f"best {number_words(best)}, worst {number_words(worst)}"


def lane_says(title: str, first: str, start: str, last: str, stop: str, unit: str) -> str:
    """Return in words what a lane of the chart shows."""
    if start == stop:
        return f"{title}: {last} {unit}".rstrip() + f" on {day_words(start)}."
    return f"{title}: {first} on {day_words(start)}, {last} {unit}".rstrip() + f" on {day_words(stop)}."


def course_says(name: str, start: str, stop: str, ongoing: bool | None) -> str:
    """Return in words what a bar of the chart shows."""
    return f"{name}: {from_to(start, stop, ongoing)}"


def month(day: str) -> str:
    """Return the month of a day as it stands at the time axis, where four must fit side by side on a phone."""
    _, name, year = day_words(day).split(" ")
    return f"{name[:3]} {year}"
