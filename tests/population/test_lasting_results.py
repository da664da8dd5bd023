"""What results show by lasting, the same in a row of a screen as in an assessment."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from tests.fhir.build import Json, coded, concept, condition, observation, quantity
from tests.population.rows import rows_as_assessed

RATES = (
    (),
    (("2024-06-03", 48.0),),
    (("2024-01-03", 48.0), ("2024-06-03", 51.0)),
    (("2024-01-03", 48.0), ("2024-03-03", 75.0), ("2024-06-03", 51.0)),
    (("2024", 48.0), ("2024-06-03", 51.0)),
    (("2023-01-03", 48.0), ("2023-06-03", 51.0)),
)
SAID = ("", "confirmed", "refuted", "provisional")


def rate(name: str, day: str, value: float, **elements: Json) -> Json:
    """Return a filtration rate of a day."""
    told = quantity(value, "mL/min/{1.73_m2}")
    return observation(coded("loinc", "98979-8"), id=name, effectiveDateTime=day, valueQuantity=told, **elements)


def person(name: str, rates: tuple[tuple[str, float], ...], said: str) -> list[Json]:
    """Return the resources of somebody with phosphate above its limit, calcium in the skin and some rates."""
    me: Json = {"reference": f"Patient/{name}"}
    found: list[Json] = [
        {"resourceType": "Patient", "id": name, "gender": "female", "birthDate": "1970-01-01"},
        condition(concept("Calcinosis cutis"), "active", id=f"{name}.c", recordedDate="2024-06-03", subject=me),
        condition(concept("Hyperphosphataemia"), "active", id=f"{name}.h", recordedDate="2024-06-03", subject=me),
        *(rate(f"{name}.{number}", *one, subject=me) for number, one in enumerate(rates)),
    ]
    if said:
        ckd = concept("Chronic kidney disease")
        found.append(condition(ckd, "active", said, id=f"{name}.k", recordedDate="2024-05-01", subject=me))
    return found


def test_rows_are_what_assess_says(tmp_path: Path) -> None:
    """One rate, two, one above between them, a year alone, old ones; beside what is said, denied and suspected."""
    people = {f"p{number:02}": person(f"p{number:02}", *one) for number, one in enumerate(product(RATES, SAID))}
    seen = {"chronic-kidney-disease" in row["causes"] for row in rows_as_assessed(people, tmp_path)}
    assert seen == {True, False}
