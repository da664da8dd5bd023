"""The evidence of a treatment, or of all treatments of a type, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict

from calcinosis.evidence.pool import Pooled, pooled, wilson
from calcinosis.evidence.recommend import recommendations_of
from calcinosis.evidence.rows import Row, rows_of
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library
from calcinosis.words.en import evidence as words


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
    yield words.improved(counted["improved"], counted["patients"], counted["studies"])
    if isinstance(found["pooled"], dict):
        yield words.MEAN.format(**found["pooled"], **found["pooled"]["mean"])
    else:
        yield f"{str(found['why_not_pooled']).capitalize()}."
    if found["level_stated"]:
        yield words.LEVEL_STATED.format(level=found["level_stated"])
    if found["recommendations"]:
        yield words.FOLLOWS
    for one in found["recommendations"]:
        yield f"  {one['type']}: {_outcome(one)}. {one['says']}"
    for row in found["rows"]:
        yield ""
        yield from _row_lines(row)


def _outcome(found: dict[str, Any]) -> str:
    """Return what follows for one type, and from what."""
    if found["outcome"] == "avoid":
        return words.AVOID_SOME if found["conditional"] else words.AVOID
    says = words.CONSIDER if found["outcome"] == "consider" else words.NO_STATEMENT
    directness = words.DIRECTNESS[found["directness"]]
    notes = [words.BASIS.format(grade=found["grade"], level=found["level"], directness=directness)]
    notes += [note for key, note in (("few", words.FEW), ("inconclusive", words.INCONCLUSIVE)) if found[key]]
    return f"{says} ({', '.join(notes)})"


def _row_lines(row: dict[str, Any]) -> Iterator[str]:
    mark = "-" if row["not_counted"] else "+"
    yield f"{mark} {row['study']} [{row['source']}]: {row['design']}" + (
        f"; {row['disease']}" if row["disease"] else ""
    )
    if row["interval"]:
        interval = row["interval"]
        point = f" ({row['end_point']})" if row["end_point"] else ""
        share = words.SHARE.format(**interval)
        told = words.ROW.format(improved=row["improved"], patients=row["patients"], point=point, share=share)
        yield f"    {told}"
    for key in ("says", "duration", "harms"):
        if row[key]:
            yield f"    {words.LABELS.get(key, '{text}').format(text=row[key])}"
    if row["not_counted"]:
        yield f"    {words.NOT_COUNTED_BECAUSE.format(why=row['not_counted'])}"


def treatments_of(library: Library, type_id: str) -> dict[str, tuple[Row, ...]]:
    """Return the study rows of every treatment that is for a type."""
    return {
        name: rows_of(treatment, library)
        for name, treatment in sorted(library.treatments.items())
        if any(one.type == type_id for one in treatment.for_)
    }


def comparison_lines(library: Library, type_id: str) -> Iterator[str]:
    """Yield one line a treatment of a type: patients and how many improved in the studies that count."""
    yield words.COMPARISON.format(type=library.types[type_id].name)
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
            share = words.SHARE.format(value=interval.value, low=interval.low, high=interval.high)
            studied = words.studies(studies_count)
            told = words.COMPARED.format(improved=improved, patients=patients, studies=studied, share=share)
            yield f"  {label} [{name}]: {told}"
        else:
            yield f"  {label} [{name}]: {words.NO_STUDY}"
