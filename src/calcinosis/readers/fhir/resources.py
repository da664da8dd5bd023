"""Each kind of FHIR resource to what it says about the person."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from calcinosis.person.dates import Day, days_between
from calcinosis.person.ends import end_by_nature
from calcinosis.person.history import Prescription
from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.annotations import read_annotations, read_text, say_told_sites
from calcinosis.readers.fhir.attachments import Attached, read_attachment
from calcinosis.readers.fhir.concepts import Reading, read_concept
from calcinosis.readers.fhir.diagnoses import read_allergy, read_condition
from calcinosis.readers.fhir.events import read_diagnoses
from calcinosis.readers.fhir.gate import doubt, doubted, is_void
from calcinosis.readers.fhir.gathering import (
    SKIN,
    Reader,
    body_sites,
    day_of,
    end_of,
    is_of_skin,
    note_missing,
    note_reading,
    remark_unknown_sites,
    saw,
    say,
    say_sites,
    sites_said,
    words_of_concept,
)
from calcinosis.readers.fhir.medication_resources import read_medication
from calcinosis.readers.fhir.medicines import RESOURCES, medicine_said, use_of
from calcinosis.readers.fhir.observations import observation_results
from calcinosis.readers.fhir.others import HANDLERS as OTHERS
from calcinosis.readers.fhir.plans import lesion_of, read_plan, tell_lineage, visit
from calcinosis.readers.fhir.specimens import without_other_specimen
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, items, obj, text
from calcinosis.terminology.results import interpretations_not_known, words_of
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from calcinosis.words.en.account import WITHOUT_CODE
from calcinosis.words.en.remarks import interpretation_not_known


def _observation(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    results, reading = observation_results(resource, reader.terms, origin)
    if "hasMember" in resource:
        note_missing(reader, items(resource, "hasMember"), origin)
    if "valueString" in resource or "note" in resource:
        tell_lineage(reader, resource, sites_said(resource), day, origin)
    if not results:
        _nothing_observed(reader, reading, resource, origin)
        return
    if "specimen" in resource:
        results = list(without_other_specimen(reader, resource, results))
    sites = body_sites(resource) if "bodySite" in resource else []
    site, of_skin, is_found = sites_said(resource), False, False
    title = reading.label if "valueString" in resource or "bodySite" in resource else ""
    method = "; ".join(words_of_concept(obj(resource, "method"))) if "method" in resource else ""
    lesion = lesion_of(resource) if "focus" in resource else ""
    if resource.get("status") == "preliminary":
        reader.provisional.append(origin)
    for result in results:
        if result.problem or result.remark:
            reader.remark(origin, result.problem or result.remark, result.ask)
        if result.problem:
            continue
        fact = reader.terms.facts[result.fact]
        until = end_by_nature(fact, day) if fact.valid_for and fact.kind != "quantity" else None
        reader.said.append(
            Said(
                result.fact,
                result.value,
                day,
                time,
                until,
                site=site,
                method=method or title,
                lesion=lesion,
                was_there=result.was_there,
            )
        )
        if fact.kind != "quantity" and result.value.truth is TRUE:  # a blood pressure at the arm is no deposit there
            is_found, of_skin = True, of_skin or fact.learned_by in SKIN
    if of_skin:
        say_sites(reader, sites or [reading.label], day, origin)
        if told := text(resource, "valueString"):
            say_told_sites(reader, told, reading.label, day, origin)
    if is_found:
        remark_unknown_sites(reader, resource, origin)
    for part in (resource, *items(resource, "component")) if "component" in resource else (resource,):
        for told in interpretations_not_known(part, reader.terms.results) if "interpretation" in part else ():
            reader.remark(origin, interpretation_not_known(told[:60]))


def _nothing_observed(reader: Reader, reading: Reading, resource: Json, origin: Origin) -> None:
    """Count an Observation of which nothing was read, by what it has: a number, a code, a name."""
    label = reading.label[:120]
    if label and "dataAbsentReason" in resource:
        reader.not_read.add("not-stated", label, origin)
    elif label and "valueQuantity" in resource:
        reader.not_read.add("number", label, origin)
    elif label and ("valueString" in resource or (reading.meant and "valueCodeableConcept" in resource)):
        reader.not_read.add("words", f"{label}: {words_of(resource)}"[:120], origin)
    elif not reading.meant:
        note_reading(reader, reading, origin, relevant=True)
    elif label and _PARTS_APART.isdisjoint(resource):
        has_value = any(key.startswith("value") for key in resource)
        reader.not_read.add("words" if has_value else "not-stated", label, origin)


_PARTS_APART = frozenset({"component", "hasMember", "related"})
"""Elements of an Observation that only holds others together."""


def _procedure(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    status = text(resource, "status")
    if status == "entered-in-error":
        return
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    truth = (
        FALSE
        if status == "not-done"
        else TRUE
        if status in {"completed", "in-progress", "stopped", "aborted"}
        else UNKNOWN
    )
    reading = read_concept(obj(resource, "code"), reader.terms, sites_said(resource))
    note_reading(reader, reading, origin, relevant=True)
    until = _end_of_course(resource, day)
    for meant in reading.meant:
        if reader.terms.facts[meant.fact].kind != "medicine":
            said, site = reading.label, sites_said(resource)
            say(reader, meant, truth, day, origin, until, weak=truth is FALSE, time=time, said=said, site=site)
    _note_period(reader, resource, reading, day, origin)
    use = use_of({"status": "completed" if truth is TRUE else "not-done"}, kind, day, None)
    if use is not None and truth is not UNKNOWN:
        medicines = tuple(one for one in reading.meant if reader.terms.facts[one.fact].kind == "medicine")
        only_medicines = replace(reading, meant=medicines)
        for saying in medicine_said(only_medicines, use, {}, origin, reader.terms):
            if reader.terms.facts[saying.fact].kind != "medicine":
                reader.said.append(saying)


def _end_of_course(resource: Json, start: Day | None) -> Day | None:
    """Return the day on which a course of treatment ended, such as dialysis; a session within two days is no course."""
    stop = end_of(resource, "performedPeriod", "occurrencePeriod")
    if stop is None or start is None or days_between(start.latest, stop.earliest) < _COURSE:
        return None
    return stop


_COURSE = 2
"""Days from which on a procedure is a course of several: one of a night ends on the next day."""


def _note_period(reader: Reader, resource: Json, reading: Reading, day: Day | None, origin: Origin) -> None:
    """Note from when to when something was given that a Procedure tells of, such as an infusion."""
    stop = end_of(resource, "performedPeriod", "occurrencePeriod")
    named = {one.fact for one in reading.meant if one.sense in {"present", "past"}}
    given = tuple(sorted(name for name in named if reader.terms.facts[name].kind == "exposure"))
    if stop is not None and day is not None and given and text(resource, "status") in {"completed", "stopped"}:
        reader.prescriptions.append(
            Prescription(kind="order", medicines=given, name=reading.label[:120], state="ended", start=day, stop=stop,
                         seen=day, origin=origin)
        )  # fmt: skip


def _report(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    readings = [read_concept(concept, reader.terms) for concept in items(resource, "conclusionCode")]
    title = _title_of(resource, reader) if not _TOLD_IN_REPORTS.isdisjoint(resource) else ""
    if conclusion := text(resource, "conclusion"):
        read_text(reader, kind, resource, conclusion, title, origin)
    for reading in readings:
        note_reading(reader, reading, origin, relevant=True)
        for meant in reading.meant:
            if reader.terms.facts[meant.fact].kind not in {"medicine", "allergy"}:
                say(reader, meant, TRUE, day, origin, time=time, said=reading.label)
        if is_of_skin(reader, reading.meant):
            say_sites(reader, [reading.label], day, origin)
    if "contained" in resource:
        _results_within(reader, resource)
    if "result" in resource:
        note_missing(reader, items(resource, "result"), origin)
    if "presentedForm" in resource:
        for attachment in items(resource, "presentedForm"):
            read_attachment(reader, attachment, Attached(origin, day, time, title))
    if _RESULTS_OF_REPORTS.isdisjoint(resource):
        told = [text(one, key) for part, key in _BESIDE_REPORTS for one in items(resource, part)]
        label = "; ".join(filter(None, (_title_of(resource, reader), *told)))
        reader.not_read.add("words", label[:120] or WITHOUT_CODE.format(kind=kind), origin)


_TOLD_IN_REPORTS = frozenset({"conclusion", "presentedForm"})
_RESULTS_OF_REPORTS = _TOLD_IN_REPORTS | {"conclusionCode", "result", "note", "extension"}
"""What a report says itself; one without all of it is named."""
_BESIDE_REPORTS = (("media", "comment"), ("imagingStudy", "display"), ("study", "display"))


def _title_of(resource: Json, reader: Reader) -> str:
    return read_concept(obj(resource, "code"), reader.terms).label


def _results_within(reader: Reader, report: Json) -> None:
    """Read the Observations within a report that are its results; the day is that of the report."""
    inner = {f"#{one.get('id')}": one for one in items(report, "contained")}
    shared: Json = {key: report[key] for key in ("effectiveDateTime", "effectivePeriod", "issued") if key in report}
    for result in items(report, "result"):
        found = inner.get(text(result, "reference"))
        if found is None or found.get("resourceType") != "Observation" or is_void("Observation", found):
            continue
        whole: Json = {**shared, "contained": report["contained"], **found}
        if "specimen" not in whole and len(specimens := items(report, "specimen")) == 1:
            whole["specimen"] = specimens[0]
        place = Origin("resource", f"DiagnosticReport/{report.get('id', '')}#{found.get('id')}")
        before, why = len(reader.said), doubt("Observation", found)
        _observation(reader, "Observation", whole, place)
        read_annotations(reader, "Observation", whole, place)
        if why:
            reader.remark(place, why)
            reader.said[before:] = list(doubted(reader.said[before:], dict(reader.terms.facts)))


def _encounter(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    status = text(resource, "status")
    if status == "planned":
        read_plan(reader, kind, resource, origin)
    if status in {"planned", "cancelled", "entered-in-error"}:
        return
    day, _ = day_of(resource, kind)
    saw(reader, day, origin)
    if "diagnosis" in resource:
        read_diagnoses(reader, resource, day, origin)
    if day is not None:
        reader.visits.append(visit(resource, day, origin))


Handler = Callable[[Reader, str, Json, Origin], None]
HANDLERS: dict[str, Handler] = {
    "Condition": read_condition,
    "Observation": _observation,
    "Procedure": _procedure,
    "AllergyIntolerance": read_allergy,
    "DiagnosticReport": _report,
    "Encounter": _encounter,
    "MedicationOrder": read_medication,
    "MedicationUsage": read_medication,
    **dict.fromkeys(RESOURCES, read_medication),
    **OTHERS,
}
