"""The studies of a treatment as the rows of a forest plot; every figure is that of the evidence itself."""

from __future__ import annotations

import math
from functools import lru_cache

from msgspec.structs import replace

from calcinosis.errors import ExtraMissingError
from calcinosis.evidence.pool import Interval, Pooled, pooled, wilson
from calcinosis.evidence.rows import Row, rows_of
from calcinosis.interfaces.web.catalogue import catalogue
from calcinosis.interfaces.web.entry_parts import Forest, ForestRow
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Treatment
from calcinosis.report.lines import by_line, clean, whole
from calcinosis.words.en.report import counted

SMALLEST_SQUARE, LARGEST_SQUARE = 8.0, 24.0
"""Sides in pixels; a square grows slowly with its study, so that the largest leaves its interval in sight."""


@lru_cache(maxsize=256)
def forest_of(treatment: Treatment) -> Forest | None:
    """Return the plot of a treatment; None where no study is known."""
    rows = rows_of(treatment, catalogue().library)
    if not rows:
        return None
    shown = [_row(row) for row in rows]
    without = tuple(told for told in shown if not told.numbers)
    not_counted = tuple(told for told in shown if told.numbers and told.not_counted)
    try:
        summary = pooled(rows)
        pairs = [(row, told) for row, told in zip(rows, shown, strict=True) if told.numbers and row.counts]
        drawn = tuple(_drawn(told, _interval(row)) for row, told in pairs)
    except ExtraMissingError:
        counted_rows = tuple(told for told in shown if told.numbers and not told.not_counted)
        told = words()["look_up"]["evidence"]["no_libraries"]
        return Forest((), not_counted, (*counted_rows, *without), summary_of(treatment), told)
    mean = [_pooled(summary)] if isinstance(summary, Pooled) else []
    return Forest((*drawn, *mean), not_counted, without, summary_of(treatment), _pooling(summary))


def summary_of(treatment: Treatment) -> str:
    """Return how many improved in the studies that count."""
    studies = [row.study for row in rows_of(treatment, catalogue().library) if row.counts]
    texts = words()["look_up"]["evidence"]
    patients, improved = sum(one.patients or 0 for one in studies), sum(one.improved or 0 for one in studies)
    if not patients:
        return str(texts["none_counts"])
    number = counted(len(studies), *texts["studies"])
    return str(texts["summary"]).format(improved=improved, patients=patients, studies=number)


def square(patients: int) -> float:
    """Return the side of the square of a study."""
    return round(min(LARGEST_SQUARE, max(SMALLEST_SQUARE, 8.3 * math.pow(patients, 0.22))), 1)


def _interval(row: Row) -> Interval:
    return wilson(row.study.improved or 0, row.study.patients or 1)


def _row(row: Row) -> ForestRow:
    study, texts = row.study, words()["look_up"]["evidence"]
    about = "; ".join(clean(part) for part in (study.disease, study.design, study.end_point) if part)
    told = ForestRow(
        source=study.source,
        name=by_line(catalogue().library.sources[study.source]),
        about=about,
        not_counted=texts["not_counted"].format(reason=row.not_counted) if row.not_counted else "",
        says=" ".join(whole(part) for part in (study.says, study.duration, study.harms, study.note) if part),
    )
    if study.improved is None or not study.patients:
        return told
    numbers = texts["numbers"].format(improved=study.improved, patients=study.patients)
    return replace(told, numbers=numbers, size=square(study.patients))


def _pooled(found: Pooled) -> ForestRow:
    texts = words()["look_up"]["evidence"]
    numbers = texts["numbers"].format(improved=found.improved, patients=found.patients)
    about = texts["pooled_about"].format(
        studies=found.studies, end_point=found.end_point, i_squared=f"{found.i_squared:.0%}"
    )
    return _drawn(ForestRow("", texts["pooled"], about, numbers=numbers, is_pooled=True), found.mean)


def _drawn(told: ForestRow, interval: Interval) -> ForestRow:
    """Return a row with its interval in words and, in percent with one digit, as geometry."""
    value, low, high = (round(100 * share, 1) for share in (interval.value, interval.low, interval.high))
    shown = {"value": f"{100 * interval.value:.0f}", "low": f"{low:.0f}", "high": f"{high:.0f}"}
    texts = words()["look_up"]["evidence"]
    share, label = texts["share"].format(**shown), texts["label"].format(numbers=told.numbers, **shown)
    return replace(told, share=share, label=label, value=value, low=low, high=high)


def _pooling(summary: Pooled | str) -> str:
    if isinstance(summary, str):
        return whole(summary.capitalize())
    text: str = words()["look_up"]["evidence"]["is_pooled"]
    return text.format(studies=summary.studies, end_point=summary.end_point)
