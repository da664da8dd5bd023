"""Forest plots: one row a study with its interval, hollow where it does not count, the pooled mean below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from calcinosis.errors import ExtraMissingError
from calcinosis.evidence.pool import Pooled, pooled, wilson
from calcinosis.evidence.rows import Row
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library
from calcinosis.words.en import evidence as words

INK, SOFT = "#15181c", "#797f85"


def forest_rows(rows: tuple[Row, ...], summary: Pooled | str) -> list[dict[str, Any]]:
    """Return what the plot shows of each study that has numbers, and of the pooled mean."""
    shown = []
    for row in rows:
        improved, patients = row.study.improved, row.study.patients
        if improved is None or not patients:
            continue
        interval = wilson(improved, patients)
        note = words.PLOT_NOTE.format(improved=improved, patients=patients) + (
            "" if row.counts else f" ({row.not_counted})"
        )
        label = words.PLOT_LABEL.format(name=row.name, about=row.study.disease or row.study.design)
        shown.append(_point(label, interval.value, interval.low, interval.high, patients, row.counts, note))
    if isinstance(summary, Pooled):
        note = words.PLOT_POOLED_NOTE.format(
            improved=summary.improved, patients=summary.patients, i_squared=summary.i_squared
        )
        label = words.PLOT_POOLED.format(end_point=summary.end_point)
        mean = summary.mean
        shown.append(
            {**_point(label, mean.value, mean.low, mean.high, summary.patients, True, note), "shape": "diamond"}
        )
    return shown


def _point(label: str, value: float, low: float, high: float, size: int, counts: bool, note: str) -> dict[str, Any]:
    return {
        "label": label,
        "value": value,
        "low": low,
        "high": high,
        "size": size,
        "counted": "counted" if counts else "not counted",
        "note": note,
        "shape": "square",
    }


def save_forest(points: list[dict[str, Any]], title: str, subtitle: str, path: Path) -> None:
    """Draw the points as a forest plot and write it as SVG or PNG, by the ending of the path. Raises ValueError."""
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise ExtraMissingError from error
    if path.suffix not in {".svg", ".png"}:
        raise ValueError(words.PLOT_ENDINGS.format(file=path.name))
    specification = _forest(altair, points, title, subtitle).to_dict()
    if path.suffix == ".svg":
        path.write_text(vl_convert.vegalite_to_svg(specification), encoding="utf-8")
    else:
        path.write_bytes(vl_convert.vegalite_to_png(specification, scale=2))


def _forest(altair: Any, points: list[dict[str, Any]], title: str, subtitle: str) -> Any:
    base = altair.Chart(altair.Data(values=points)).encode(
        y=altair.Y("label:N", sort=[point["label"] for point in points], title=None, axis=altair.Axis(labelLimit=0))
    )
    share = altair.Scale(domain=[0, 1])
    percent = altair.Axis(format="%", title=words.PLOT_AXIS, grid=True, tickCount=5)
    dash = altair.condition("datum.counted == 'counted'", altair.value([1, 0]), altair.value([3, 3]))
    line = base.mark_rule(color=INK).encode(
        x=altair.X("low:Q", scale=share, axis=percent), x2="high:Q", strokeDash=dash
    )
    filled = altair.condition("datum.counted == 'counted'", altair.value(INK), altair.value("white"))
    mark = base.mark_point(stroke=INK, opacity=1).encode(
        x=altair.X("value:Q", scale=share),
        fill=filled,
        shape=altair.Shape("shape:N", scale=None, legend=None),
        size=altair.Size("size:Q", scale=altair.Scale(range=[40, 320]), legend=None),
    )
    note = base.mark_text(align="left", dx=6, color=SOFT).encode(x=altair.value(430), text="note:N")
    heading = altair.TitleParams(title, subtitle=subtitle, anchor="start")
    return (line + mark + note).properties(
        width=420, height=altair.Step(26), title=heading, padding={"left": 12, "top": 12, "bottom": 12, "right": 220}
    )


def treatment_forest(treatment: Treatment, rows: tuple[Row, ...], path: Path) -> None:
    """Draw the studies of one treatment."""
    summary = pooled(rows)
    subtitle = summary if isinstance(summary, str) else words.MEAN_OF.format(studies=summary.studies)
    save_forest(forest_rows(rows, summary), treatment.name, subtitle, path)


def comparison_points(library: Library, found: dict[str, tuple[Row, ...]]) -> list[dict[str, Any]]:
    """Return one point a treatment of a type: all patients of the rows that count."""
    points = []
    for name, rows in found.items():
        counted = [row.study for row in rows if row.counts]
        patients = sum(study.patients or 0 for study in counted)
        if not patients:
            continue
        improved = sum(study.improved or 0 for study in counted)
        interval = wilson(improved, patients)
        note = words.PLOT_COMPARED.format(improved=improved, patients=patients, studies=words.studies(len(counted)))
        label = library.treatments[name].name
        points.append(_point(label, interval.value, interval.low, interval.high, patients, True, note))
    return sorted(points, key=lambda point: -point["size"])
