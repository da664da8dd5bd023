"""Bundles made up of the codes and names of the knowledge, with everything that makes reading hard."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Any

from calcinosis.compiled import knowledge
from calcinosis.rules.vocabulary import Fact
from tests.property.people import real

Json = dict[str, Any]
ADDRESSES = {short: address for address, short in reversed(list(knowledge().terms.systems.read.items()))}
DAYS = ("2023", "2023-11", "2024-01-10", "2024-01-10T08:00:00Z", "2024-01-10T20:15:00+02:00", "2024-02-29", "2024-03")
PREFIXES = ("", "", "", "No ", "possible ", "previous ", "family history of ", "risk of ", "bilateral ")
UNITS = ("mg/dL", "mmol/L", "g/dL", "umol/L", "nonsense")


@lru_cache(maxsize=1)
def told() -> tuple[Fact, ...]:
    """Return the facts that a record can speak of by name, in a fixed order."""
    return tuple(fact for _, fact in sorted(real().facts.items()) if fact.names)


def random_bundle(chance: Random) -> Json:
    """Return a bundle of one person with up to forty resources; some lack an id, some days are the same."""
    few = chance.sample(told(), chance.choice((3, 8, 20)))  # few facts, so that resources speak of the same
    resources = [_resource(number, chance.choice(few), chance) for number in range(chance.choice((5, 15, 40)))]
    resources += [_twin(one, chance) for one in resources if chance.random() < 0.3]
    if chance.random() < 0.8:
        proof = {"resourceType": "Condition", "recordedDate": "2024-01-10", "code": {"text": "calcinosis cutis"}}
        resources.append({**proof, "subject": {"reference": "Patient/p"}})
    patient = {"resourceType": "Patient", "id": "p", "gender": chance.choice(("female", "male", "other"))}
    if chance.random() < 0.7:
        patient["birthDate"] = chance.choice(("1950", "1980-05", "2015-02-28"))
    entries = [{"fullUrl": f"urn:uuid:{number}", "resource": one} for number, one in enumerate((patient, *resources))]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _resource(number: int, fact: Fact, chance: Random) -> Json:
    made = {
        "quantity": _measurement,
        "medicine": _medicine,
        "procedure": _procedure,
        "result": _result,
        "allergy": _allergy,
    }.get(fact.kind, chance.choice((_condition, _result)))(fact, chance)
    made["subject" if made["resourceType"] != "AllergyIntolerance" else "patient"] = {"reference": "Patient/p"}
    if chance.random() < 0.8:
        made["id"] = f"r{number}"
    return made


def _twin(resource: Json, chance: Random) -> Json:
    """Return the same said once more, at the same moment, with another id or none, and a little of it changed."""
    twin = {key: value for key, value in resource.items() if key != "id"}
    if chance.random() < 0.5:
        twin["id"] = f"twin-{chance.randrange(1000)}"
    if "valueQuantity" in twin:
        unit = twin["valueQuantity"]["unit"]
        twin["referenceRange"] = [{"high": {"value": chance.choice((1.0, 100.0)), "unit": unit}}]
        if chance.random() < 0.5:
            twin["valueQuantity"] = {**twin["valueQuantity"], "value": chance.choice((2.0, 20.0))}
    for key in ("status", "valueBoolean", "bodySite"):
        if key in twin and chance.random() < 0.3:
            del twin[key]
    return twin


def _concept(fact: Fact, chance: Random) -> Json:
    """Return a concept with a code, with words, or with both."""
    codes = [(system, code, display) for system, table in fact.codes.items() for code, display in table.items()]
    concept: Json = {}
    if codes and chance.random() < 0.6:
        system, code, display = chance.choice(sorted(codes))
        coding = {"system": ADDRESSES.get(system, "urn:other"), "code": code}
        concept["coding"] = [{**coding, "display": display} if chance.random() < 0.7 else coding]
    if not concept or chance.random() < 0.4:
        concept["text"] = chance.choice(PREFIXES) + chance.choice(fact.names)
    return concept


def _coded(word: str) -> Json:
    return {"coding": [{"code": word}]}


def _condition(fact: Fact, chance: Random) -> Json:
    made: Json = {"resourceType": "Condition", "code": _concept(fact, chance)}
    if chance.random() < 0.6:
        made["recordedDate"] = chance.choice(DAYS)
    if chance.random() < 0.5:
        made["clinicalStatus"] = _coded(chance.choice(("active", "resolved", "inactive", "remission", "recurrence")))
    if chance.random() < 0.5:
        made["verificationStatus"] = _coded(chance.choice(("confirmed", "refuted", "provisional", "entered-in-error")))
    if chance.random() < 0.2:
        made["abatementDateTime"] = chance.choice(DAYS)
    if chance.random() < 0.4:
        made["bodySite"] = [{"text": chance.choice(("left leg", "hand", "Buttock"))}]
    return made


def _observation(fact: Fact, chance: Random) -> Json:
    made: Json = {"resourceType": "Observation", "status": "final", "code": _concept(fact, chance)}
    if chance.random() < 0.8:
        made["effectiveDateTime"] = chance.choice(DAYS)
    return made


def _measurement(fact: Fact, chance: Random) -> Json:
    made = _observation(fact, chance)
    least, most = fact.plausible or (0.0, 100.0)
    unit = fact.unit if chance.random() < 0.7 else chance.choice(UNITS)
    if chance.random() < 0.85:
        number = round(chance.uniform(least, most), 2)
        made["valueQuantity"] = {"value": number, "unit": unit, "code": unit}
        if chance.random() < 0.1:
            made["valueQuantity"]["comparator"] = chance.choice(("<", "<=", ">", ">="))
    if chance.random() < 0.3:
        made["interpretation"] = [_coded(chance.choice(("H", "L", "N")))]
    if chance.random() < 0.3:
        low, high = sorted(round(chance.uniform(least, most), 2) for _ in range(2))
        made["referenceRange"] = [{"low": {"value": low, "unit": unit}, "high": {"value": high, "unit": unit}}]
    return made


def _result(fact: Fact, chance: Random) -> Json:
    made = _observation(fact, chance)
    form = chance.random()
    if form < 0.3:
        made["valueBoolean"] = chance.random() < 0.5
    elif form < 0.6:
        made["valueCodeableConcept"] = {"text": chance.choice(("positive", "negative", "equivocal", "absent"))}
    else:
        made["valueString"] = f"{chance.choice(PREFIXES)}{chance.choice(chance.choice(told()).names)}"
    if chance.random() < 0.4:
        made["bodySite"] = {"text": chance.choice(("left leg", "hand", "Buttock"))}
    return made


def _medicine(fact: Fact, chance: Random) -> Json:
    kind = chance.choice(("MedicationRequest", "MedicationStatement", "MedicationAdministration"))
    status = chance.choice(("active", "completed", "stopped", "on-hold", "unknown", "entered-in-error"))
    made: Json = {"resourceType": kind, "status": status, "medicationCodeableConcept": _concept(fact, chance)}
    key = "authoredOn" if kind == "MedicationRequest" else "effectiveDateTime"
    if chance.random() < 0.7:
        made[key] = chance.choice(DAYS)
    if chance.random() < 0.4:
        dosage = {"route": {"text": chance.choice(("oral", "intravenous", "topical"))}}
        made["dosageInstruction" if kind == "MedicationRequest" else "dosage"] = (
            dosage if kind == "MedicationAdministration" else [dosage]
        )
    return made


def _procedure(fact: Fact, chance: Random) -> Json:
    status = chance.choice(("completed", "not-done", "preparation", "in-progress"))
    made: Json = {"resourceType": "Procedure", "status": status, "code": _concept(fact, chance)}
    if chance.random() < 0.7:
        made["performedDateTime"] = chance.choice(DAYS)
    return made


def _allergy(fact: Fact, chance: Random) -> Json:
    made: Json = {"resourceType": "AllergyIntolerance", "code": _concept(fact, chance)}
    if chance.random() < 0.5:
        made["verificationStatus"] = _coded(chance.choice(("confirmed", "refuted", "unconfirmed")))
    if chance.random() < 0.5:
        made["recordedDate"] = chance.choice(DAYS)
    return made
