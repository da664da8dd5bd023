"""The invented timelines, followed up to the day at which they are read."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import calcinosis
from calcinosis.follow_up.measured import Lesion, Score, Series
from calcinosis.follow_up.results import Course, FollowUp, Response

TIMELINES = Path(__file__).parent.parent / "timelines"
AS_OF = {
    "calciphylaxis-healing": "2024-12-01",
    "jdm-tofacitinib": "2025-06-15",
    "ssc-hands-three-years": "2025-06-30",
    "tumoral-phosphate": "2025-07-01",
}
NOW_TAKEN, NOT_TAKEN = True, False


def bundle(name: str) -> dict[str, Any]:
    """Return a timeline as it is written."""
    found: dict[str, Any] = json.loads((TIMELINES / f"{name}.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=16)
def followed(name: str) -> FollowUp:
    """Return the follow-up of a timeline at its day."""
    return calcinosis.follow(calcinosis.read(bundle(name)), as_of=AS_OF[name])


def lesion(found: FollowUp, name: str) -> Lesion:
    """Return the one lesion of a name."""
    (one,) = [one for one in found.lesions if one.name == name]
    return one


def score(found: FollowUp, test: str) -> Score:
    """Return the one score of a fact."""
    (one,) = [one for one in found.scores if one.test == test]
    return one


def series(found: FollowUp, test: str) -> Series:
    """Return the one series of a fact."""
    (one,) = [one for one in found.series if one.test == test]
    return one


def courses(found: FollowUp, medicine: str) -> list[tuple[str, str, bool | None]]:
    """Return first day, last day and whether it goes on, of each course of a medicine."""
    return [(one.start, one.stop, one.ongoing) for one in found.courses if one.medicine == medicine]


def course(found: FollowUp, medicine: str) -> Course:
    """Return the one course of a medicine."""
    (one,) = [one for one in found.courses if one.medicine == medicine]
    return one


def response(found: FollowUp, medicine: str) -> Response:
    """Return what happened during the one course of a medicine."""
    (one,) = [one for one in found.responses if one.medicine == medicine]
    return one


def sizes(one: Lesion) -> list[float | None]:
    """Return the sizes of a lesion in order; None where it was found no more."""
    return [None if point.is_none else point.value for point in one.points]


def rounded(one: Series | Score, digits: int = 1) -> list[float]:
    """Return the values of a series in order."""
    return [round(point.value, digits) for point in one.points if point.value is not None]


def due(found: FollowUp) -> dict[str, tuple[str, str, int | None]]:
    """Return state, last day and days since of what is due by an interval."""
    return {one.what: (one.state, one.last, one.days) for one in found.due if one.state != "no-interval-tested"}


def news(found: FollowUp, group: str) -> set[str]:
    """Return what is in one group of what is new since the visit before."""
    return {one.what for one in getattr(found.since_last_visit, group)}


def everything(found: FollowUp) -> str:
    """Return all that a reader sees but for the titles of sources, in one text."""
    from calcinosis.report.renderers.follow_json import follow_object
    from calcinosis.report.renderers.follow_text import follow_text

    return follow_text(found) + json.dumps({**follow_object(found), "sources": {}})
