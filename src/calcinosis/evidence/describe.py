"""The evidence of a treatment, or of all treatments of a type, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from calcinosis.evidence.pool import Pooled, pooled, wilson
from calcinosis.evidence.recommend import recommendations_of
from calcinosis.evidence.rows import Row, rows_of
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library


def evidence_object(treatment: Treatment, library: Library) -> dict[str, Any]:
    """Return the study rows of a treatment and their pooled mean as plain data."""
    rows = rows_of(treatment, library)
    summary = pooled(rows)
    return {
        "treatment": treatment.id,
        "name": treatment.name,
        "rows": [_row_object(row) for row in rows],
        "counted": {
            "studies": sum(row.counts for row in rows),
            "patients": sum(row.study.patients or 0 for row in rows if row.counts),
            "improved": sum(row.study.improved or 0 for row in rows if row.counts),
        },
        "pooled": asdict(summary) if isinstance(summary, Pooled) else None,
        "why_not_pooled": summary if isinstance(summary, str) else None,
        "level_stated": treatment.level_stated.says if treatment.level_stated else None,
        "recommendations": [*_recommendations(treatment, library)],
    }


def _recommendations(treatment: Treatment, library: Library) -> Iterator[dict[str, Any]]:
    """Yield what the rule of recommendations makes of each indication, and each objection, which outranks them."""
    for objection in treatment.against:
        yield {
            "type": objection.type,
            "outcome": "avoid",
            "conditional": objection.when is not None,
            "says": objection.says,
        }
    for indication, found in zip(treatment.for_, recommendations_of(treatment, library), strict=True):
        yield {
            "type": indication.type,
            "outcome": "consider" if found.consider else "no-statement",
            "grade": found.grade,
            "level": indication.level,
            "directness": indication.directness,
            "few": found.few,
            "inconclusive": found.inconclusive,
            "says": indication.says,
        }


def _row_object(row: Row) -> dict[str, Any]:
    study = row.study
    has_numbers = study.improved is not None and study.patients
    return {
        "source": study.source,
        "study": row.name,
        "design": study.design,
        "disease": study.disease,
        "end_point": study.end_point,
        "patients": study.patients,
        "complete": study.complete,
        "partial": study.partial,
        "none": study.none,
        "worse": study.worse,
        "improved": study.improved,
        "interval": asdict(wilson(study.improved or 0, study.patients or 1)) if has_numbers else None,
        "says": study.says,
        "duration": study.duration,
        "harms": study.harms,
        "not_counted": row.not_counted or None,
    }


def evidence_lines(treatment: Treatment, library: Library) -> Iterator[str]:
    """Yield the evidence of a treatment as lines for a terminal."""
    found = evidence_object(treatment, library)
    counted = found["counted"]
    yield treatment.name
    count = "counts" if counted["studies"] == 1 else "count"
    yield f"{counted['improved']} of {counted['patients']} improved in {_studies(counted['studies'])} that {count}."
    if isinstance(found["pooled"], dict):
        mean = found["pooled"]["mean"]
        yield (
            f"Random-effects mean ({found['pooled']['end_point']}): {mean['value']:.1%} ({mean['low']:.1%} to "
            f"{mean['high']:.1%}), {found['pooled']['studies']} studies, I² {found['pooled']['i_squared']:.0%}."
        )
    else:
        yield f"{str(found['why_not_pooled']).capitalize()}."
    if found["level_stated"]:
        yield f"Level as stated: {found['level_stated']}"
    if found["recommendations"]:
        yield "What follows, by the rule of recommendation.yaml:"
    for one in found["recommendations"]:
        yield f"  {one['type']}: {_outcome(one)}. {one['says']}"
    for row in found["rows"]:
        yield ""
        yield from _row_lines(row)


_DIRECTNESS = {1: "studied in it", 2: "studied in the disease behind it", 3: "by analogy"}


def _outcome(found: dict[str, Any]) -> str:
    """Return what follows for one type, and from what."""
    if found["outcome"] == "avoid":
        return "avoid in some people, whatever speaks for it" if found["conditional"] else "avoid"
    words = {"consider": "may be considered", "no-statement": "no statement"}[found["outcome"]]
    basis = f"grade {found['grade']}: level {found['level']}, {_DIRECTNESS[found['directness']]}"
    notes = [basis, *(["few or no patients counted"] if found["few"] else [])]
    return f"{words} ({', '.join(notes)}{', too few improved' if found['inconclusive'] else ''})"


def _row_lines(row: dict[str, Any]) -> Iterator[str]:
    mark = "-" if row["not_counted"] else "+"
    yield f"{mark} {row['study']} [{row['source']}]: {row['design']}" + (
        f"; {row['disease']}" if row["disease"] else ""
    )
    if row["interval"]:
        interval = row["interval"]
        point = f" ({row['end_point']})" if row["end_point"] else ""
        share = f"{interval['value']:.0%} ({interval['low']:.0%} to {interval['high']:.0%})"
        yield f"    {row['improved']} of {row['patients']} improved{point}: {share}"
    for key in ("says", "duration", "harms"):
        if row[key]:
            yield f"    {row[key]}" if key == "says" else f"    {key}: {row[key]}"
    if row["not_counted"]:
        yield f"    not counted: {row['not_counted']}"


def _studies(count: int) -> str:
    return f"{count} {'study' if count == 1 else 'studies'}"


def treatments_of(library: Library, type_id: str) -> dict[str, tuple[Row, ...]]:
    """Return the study rows of every treatment that is for a type."""
    return {
        name: rows_of(treatment, library)
        for name, treatment in sorted(library.treatments.items())
        if any(one.type == type_id for one in treatment.for_)
    }


def comparison_lines(library: Library, type_id: str) -> Iterator[str]:
    """Yield one line a treatment of a type: patients and how many improved in the studies that count."""
    yield f"{library.types[type_id].name}: its treatments, by number of patients"
    found = []
    for name, rows in treatments_of(library, type_id).items():
        studies = [row.study for row in rows if row.counts]
        found.append(
            (sum(one.patients or 0 for one in studies), sum(one.improved or 0 for one in studies), len(studies), name)
        )
    for patients, improved, studies_count, name in sorted(found, key=lambda one: (-one[0], one[3])):
        label = library.treatments[name].name
        if patients:
            interval = wilson(improved, patients)
            share = f"{interval.value:.0%} ({interval.low:.0%} to {interval.high:.0%})"
            yield f"  {label} [{name}]: {improved} of {patients} in {_studies(studies_count)}, {share}"
        else:
            yield f"  {label} [{name}]: no study that counts"
