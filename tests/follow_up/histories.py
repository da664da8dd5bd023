"""Made-up histories of one person, and what must hold of the follow-up of each, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.follow_up.results import FollowUp
from calcinosis.report.renderers.follow_json import follow_json
from calcinosis.truth import TRUE

Json = dict[str, Any]
_CONDITIONS = ("End stage renal disease", "Dependence on renal dialysis", "Limited cutaneous systemic sclerosis",
               "Juvenile dermatomyositis", "Calcinosis cutis", "Calciphylaxis", "Tumoral calcinosis")  # fmt: skip
_MEDICINES = ("warfarin", "apixaban", "sevelamer", "tofacitinib", "diltiazem", "calcium acetate", "minocycline",
              "sodium thiosulfate", "cinacalcet", "methotrexate", "prednisolone")  # fmt: skip
_RESULTS = (("Calcium", "mg/dL", 7.5, 11.5), ("Phosphate", "mg/dL", 2.0, 9.0), ("Albumin", "g/dL", 2.0, 4.5),
            ("Lymphocytes", "10*3/uL", 0.3, 3.0), ("Creatinine", "mg/dL", 0.5, 8.0))  # fmt: skip
_SCORES = (("Number of digital ulcers", "{count}", 0, 5), ("BWAT-CUA total", "{score}", 8, 40),
           ("SCTC hand calcinosis score", "{score}", 0, 120))  # fmt: skip
_SITES = ("right elbow", "left thumb tip", "left thumb", "right thigh", "upper right thigh", "lower right thigh",
          "left calf", "left shin", "right calf", "right shoulder")  # fmt: skip
_METHODS = ("radiograph", "palpation", "computed tomography", "")
_REASONS = ("", "", "shingles: paused", "low blood pressure", "deposits growing", "nausea and vomiting")
_FIRST = date(2022, 1, 10)


def history(random: Random) -> Json:
    """Return a bundle of one made-up person: conditions, visits, results, scores, sizes and medicines."""
    person: Json = {"resourceType": "Patient", "id": "p", "gender": random.choice(["female", "male"]),
                    "birthDate": str(random.choice([1957, 1979, 2016]))}  # fmt: skip
    found = [person, *_conditions(random)]
    days = sorted({_FIRST + timedelta(days=random.randrange(1000)) for _ in range(random.randint(1, 6))})
    for day in days:
        found += _visit(random, day)
    found += _medicines(random)
    for number, resource in enumerate(found):
        resource.setdefault("id", f"r{number}")
        if resource["resourceType"] != "Patient":
            resource["subject"] = {"reference": "Patient/p"}
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in found]}


def _conditions(random: Random) -> Iterator[Json]:
    for name in random.sample(_CONDITIONS, random.randint(0, 4)):
        yield {"resourceType": "Condition", "code": {"text": name}, "recordedDate": "2022-01-05",
               "clinicalStatus": {"coding": [{"code": "active"}]},
               "verificationStatus": {"coding": [{"code": "confirmed"}]}}  # fmt: skip


def _visit(random: Random, day: date) -> Iterator[Json]:
    yield {"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"}, "period": {"start": str(day)}}
    for name, unit, low, high in random.sample([*_RESULTS, *_SCORES], random.randint(0, 5)):
        value = random.randint(int(low), int(high)) if unit[0] == "{" else round(random.uniform(low, high), 2)
        yield _observation(name, day, value, unit)
    for site in random.sample(_SITES, random.randint(0, 3)):
        size = _observation(
            random.choice(["Calcification size", "Wound length"]), day, random.choice([0, 5, 12, 30]), "mm"
        )
        method = random.choice(_METHODS)
        yield {**size, "bodySite": {"text": site}, **({"method": {"text": method}} if method else {})}
    if random.random() < 0.15:
        words = random.choice(["has split into two parts", "have merged into one", "not found"])
        yield {"resourceType": "Observation", "status": random.choice(["final", "final", "entered-in-error"]),
               "code": {"text": "Radiograph"}, "effectiveDateTime": str(day), "method": {"text": "radiograph"},
               "valueString": f"The deposits {words}", "bodySite": {"text": random.choice(_SITES)}}  # fmt: skip
    if random.random() < 0.3:
        yield {"resourceType": "Observation", "status": "final", "code": {"text": "Skin necrosis"},
               "effectiveDateTime": str(day), "valueBoolean": random.random() < 0.5}  # fmt: skip


def _observation(name: str, day: date, value: float, unit: str) -> Json:
    return {"resourceType": "Observation", "status": "final", "code": {"text": name}, "effectiveDateTime": str(day),
            "valueQuantity": {"value": value, "unit": unit, "code": unit}}  # fmt: skip


def _medicines(random: Random) -> Iterator[Json]:
    for name in random.sample(_MEDICINES, random.randint(0, 5)):
        start = _FIRST + timedelta(days=random.randrange(800))
        for _ in range(random.randint(1, 3)):
            stop = start + timedelta(days=random.randint(10, 200))
            status = random.choice(["active", "stopped", "completed", "on-hold"])
            one: Json = {"resourceType": "MedicationRequest", "status": status, "intent": "order",
                         "medicationCodeableConcept": {"text": name}, "authoredOn": str(start),
                         "dosageInstruction": [{"text": random.choice(["once daily", "twice daily"])}]}  # fmt: skip
            if status != "active":
                one["dispenseRequest"] = {"validityPeriod": {"start": str(start), "end": str(stop)}}
            if reason := random.choice(_REASONS):
                one["statusReason"] = {"text": reason}
            yield one
            start = stop + timedelta(days=random.randint(0, 90))
        if random.random() < 0.2:
            yield {"resourceType": "MedicationStatement", "status": random.choice(["active", "not-taken"]),
                   "medicationCodeableConcept": {"text": name}, "effectiveDateTime": str(start)}  # fmt: skip


def contradictions(bundle: Json, random: Random) -> Iterator[str]:
    """Yield what is wrong with the follow-up of a history, by its kind.

    Shuffled, with entries that stand twice, and split in two at once; which of the three it was is looked for only
    where the answer is another.
    """
    as_of = str(_FIRST + timedelta(days=random.randrange(200, 1500)))
    found = _followed([bundle], as_of)
    told = follow_json(found)
    entries = list(bundle["entry"])
    random.shuffle(entries)
    twice = [*entries, *random.sample(entries, len(entries) // 2)]
    person = [one for one in entries if one["resource"]["resourceType"] == "Patient"]
    rest = [one for one in twice if one["resource"]["resourceType"] != "Patient"]
    cut = random.randint(0, len(rest))
    halves = [{**bundle, "entry": [*person, *rest[:cut]]}, {**bundle, "entry": [*person, *rest[cut:]]}]
    if follow_json(_followed(halves, as_of)) != told:
        yield "shuffled, doubled and split it gives another answer"
        if follow_json(_followed([{**bundle, "entry": entries}], as_of)) != told:
            yield "shuffled entries give another answer"
        if follow_json(_followed([{**bundle, "entry": twice}], as_of)) != told:
            yield "entries that stand twice give another answer"
    yield from _against_assess(found, bundle, as_of)
    yield from _within(found, as_of)


def _followed(bundles: list[Json], as_of: str) -> FollowUp:
    return calcinosis.follow(*map(calcinosis.read, bundles), as_of=as_of)


def _against_assess(found: FollowUp, bundle: Json, as_of: str) -> Iterator[str]:
    assessment = calcinosis.assess(calcinosis.read(bundle), as_of)
    if [one.id for one in assessment.red_flags] != [one.id for one in found.assessment.red_flags]:
        yield "other dangers than those of the assessment"
    facts = assessment.account.facts
    taken = {name for name, value in facts.stated.items() if value.truth is TRUE}
    for course in found.courses:
        is_medicine = course.medicine and knowledge().library.facts[course.medicine].kind == "medicine"
        if course.ongoing and is_medicine and course.medicine not in taken:
            yield "a course goes on that the assessment does not have"
    ongoing = {course.medicine for course in found.courses if course.ongoing}
    if {one.medicine for one in assessment.taken} & {course.medicine for course in found.courses} - ongoing:
        yield "a medicine is taken of which no course goes on"


def _within(found: FollowUp, as_of: str) -> Iterator[str]:
    told = [one.points for one in found.series] + [one.points for one in found.scores]
    told += [one.points for one in found.lesions]
    if any(point.date > as_of for points in told for point in points):
        yield "a value after the day"
    for course in found.courses:
        if course.stop and course.start and course.stop < course.start:
            yield "a course ends before it begins"
        if course.ongoing and course.stop:
            yield "a course goes on and has an end"
    for lesion in found.lesions:
        for change in lesion.changes:
            methods = {
                one.method for one in lesion.points if one.date in {change.start, change.stop} and not one.is_none
            }
            if (
                len(methods) > 1
                and len(lesion.methods) > 1
                and not _same_method(lesion.points, change.start, change.stop)
            ):
                yield "sizes by different methods are compared"
    for one in found.responses:
        if one.label.startswith("response") and not one.definitions and not one.cite:
            yield "a label without a definition"
    if any(one.state == "overdue" and one.due > as_of for one in found.due):
        yield "overdue before it is due"


def _same_method(points: tuple[Any, ...], start: str, stop: str) -> bool:
    before = {one.method for one in points if one.date == start}
    after = {one.method for one in points if one.date == stop}
    return bool(before & after)
