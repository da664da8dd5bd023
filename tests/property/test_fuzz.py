"""Broken records: whatever happens to a record, the answer is an assessment or a named problem."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import pytest

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.errors import InputError
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.readers.recognise import parse_record
from calcinosis.report.renderers.json import as_json
from calcinosis.report.renderers.markdown import as_markdown
from calcinosis.report.renderers.text import as_text

CASES = Path(__file__).parent.parent / "cases" / "published"
SEED = 20261122
MUTATIONS = 1000
"""`benchmarks/fuzz.py` tries a hundred thousand."""
SECONDS = 60
"""Of the processor."""

Place = tuple[Any, Any]
"""A container and the key or index of one of its values."""

ODD: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1e308,
    -0.0,
    2**63,
    "",
    " ",
    "\x00",
    "\u202eabc\ud7ff",
    "é" * 3,
    "🦴",
    "null",
    "x" * 100_000,
    "no " * 5000,
    "9999-12-31",
    "0001-01-01",
    "2024-02-30",
    "2024-13",
    "T",
    "Patient/nobody",
    "urn:uuid:",
    "#",
    "entered-in-error",
    "no-such-status",
    [],
    {},
    [[]],
    [None],
    [{}],
    {"": {}},
    {"coding": [None]},
    {"coding": [{"system": {}, "code": []}]},
    {"reference": 5},
    {"value": "5", "unit": 5},
    {"value": 1e300, "unit": "mg/dL", "comparator": "~"},
    {"value": 5, "unit": "(((((", "code": "10*-99999999/L"},
    {"start": "later", "end": {}},
    {"low": {"value": 1}, "high": {"value": "2"}},
]


@lru_cache(maxsize=1)
def bundles() -> list[Any]:
    """Return the published cases, decoded."""
    return [orjson.loads(path.read_bytes()) for path in sorted(CASES.glob("*/bundle.json"))]


def places(data: Any) -> Iterator[Place]:
    """Yield every place of a decoded JSON text."""
    waiting = [data]
    while waiting:
        here = waiting.pop()
        keys: Any = list(here) if isinstance(here, dict) else range(len(here))
        for key in keys:
            yield here, key
            if isinstance(here[key], dict | list):
                waiting.append(here[key])


def delete(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Take an element away."""
    del here[key]


def replace(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Put something odd in place of an element."""
    here[key] = copy.deepcopy(chance.choice(ODD))


def swap_type(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Turn an element into another type of JSON."""
    old = here[key]
    here[key] = chance.choice([[old], {"value": old}, str(old), [[old]], len(str(old))])


def nest(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Wrap an element in many lists or objects."""
    for _ in range(chance.choice([2, 50, 200])):
        here[key] = [here[key]] if chance.random() < 0.5 else {"x": here[key]}


def exchange(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Put an element of elsewhere in this place."""
    there, other = chance.choice(list(places(data)))
    here[key] = copy.deepcopy(there[other])


def double(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Repeat an entry of the bundle."""
    if isinstance(entries := data.get("entry"), list) and entries:
        entries.append(copy.deepcopy(chance.choice(entries)))


def shuffle(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Give the entries another order."""
    if isinstance(entries := data.get("entry"), list):
        chance.shuffle(entries)


def rename(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Put an element under another key."""
    if isinstance(here, dict):
        here[chance.choice(["value", "code", "subject", "resourceType", "valueQuantity", "coding", "id", ""])] = (
            here.pop(key)
        )


def scramble(chance: random.Random, here: Any, key: Any, data: Any) -> None:
    """Change letters of a text."""
    if isinstance(here[key], str) and here[key]:
        letters = list(here[key])
        for _ in range(3):
            letters[chance.randrange(len(letters))] = chr(
                chance.choice([0, 34, 45, 58, 123, 233, 0x202E, 0x1F9B4, 0x661])
            )
        here[key] = "".join(letters)


Change = Callable[[random.Random, Any, Any, Any], None]
CHANGES: list[Change] = [delete, replace, replace, swap_type, nest, exchange, double, shuffle, rename, scramble]


def mutated(chance: random.Random) -> tuple[Any, list[str]]:
    """Return a published bundle with one to four changes, and what was changed."""
    data = copy.deepcopy(chance.choice(bundles()))
    done = []
    for _ in range(chance.choice([1, 1, 2, 4])):
        found = list(places(data))
        if not found or not isinstance(data, dict):
            break
        here, key = chance.choice(found)
        change = chance.choice(CHANGES)
        change(chance, here, key, data)
        done.append(f"{change.__name__} {key}")
    return data, done


def answer(data: Any) -> Assessment | InputError:
    """Return the assessment of a record, or the error that refuses it."""
    try:
        return assess_record(fhir_record(data, knowledge().terms, "record.json"), knowledge().library)
    except InputError as error:
        return error


def test_broken_records_are_assessed_or_refused() -> None:
    """Of thousands of broken records each is assessed or refused with a problem; nothing else is raised."""
    chance = random.Random(SEED)
    start, refused, tried = time.process_time(), 0, 0
    for number in range(MUTATIONS):
        if time.process_time() - start > SECONDS:
            break
        data, done = mutated(chance)
        tried += 1
        try:
            found = answer(data)
        except Exception as error:
            pytest.fail(f"mutation {number} ({', '.join(done)}) raised {type(error).__name__}: {error}")
        if isinstance(found, InputError):
            refused += 1
            assert found.problems
            assert all(problem.found and problem.expected for problem in found.problems)
        elif number % 20 == 0:
            assert as_json(found)
            assert as_text(found)
            assert as_markdown(found)
    assert tried > 500, "the machine is too slow for this test to mean anything"
    assert 0 < refused < tried / 2


BREAKAGES: list[tuple[str, str, Any]] = [
    ("Condition", "code", 5),
    ("Condition", "code", {"coding": {}}),
    ("Condition", "clinicalStatus", 7),
    ("Condition", "recordedDate", "yesterday"),
    ("Condition", "recordedDate", []),
    ("Condition", "subject", {"reference": "Patient/somebody-else"}),
    ("Observation", "code", []),
    ("Observation", "valueQuantity", 7),
    ("Observation", "valueQuantity", {"value": []}),
    ("Observation", "valueBoolean", "yes"),
    ("Observation", "component", {}),
    ("Observation", "interpretation", {}),
    ("Observation", "referenceRange", "2-4"),
    ("Observation", "effectiveDateTime", "2024-02-30"),
    ("Procedure", "status", 1),
    ("Procedure", "code", "dialysis"),
    ("MedicationStatement", "medicationCodeableConcept", "warfarin"),
    ("MedicationStatement", "medicationReference", []),
    ("MedicationStatement", "effectivePeriod", "2024"),
    ("MedicationRequest", "dosageInstruction", {}),
    ("MedicationRequest", "contained", {}),
    ("AllergyIntolerance", "reaction", {}),
    ("DiagnosticReport", "conclusion", {}),
    ("DiagnosticReport", "conclusionCode", {}),
    ("FamilyMemberHistory", "condition", "gout"),
    ("Encounter", "period", "2024"),
    ("Device", "type", 7),
    ("Patient", "birthDate", "1970-02-31"),
    ("Patient", "gender", {}),
]
READABLE: dict[str, Any] = {
    "valueBoolean": {"code": {"coding": [{"system": "http://loinc.org", "code": "16137-2"}]}},
    "interpretation": {"code": {"coding": [{"system": "http://loinc.org", "code": "16137-2"}]}},
}
PHOSPHATE = {"coding": [{"system": "http://loinc.org", "code": "2777-1"}]}


@pytest.mark.parametrize(("kind", "element", "broken"), BREAKAGES)
def test_what_is_broken_is_told(kind: str, element: str, broken: Any) -> None:
    """A broken element that would have been read is named in what was not understood, with its resource."""
    one: dict[str, Any] = {"resourceType": kind, "id": "broken", "subject": {"reference": "Patient/p"}}
    if kind == "Observation":
        one |= {"code": PHOSPHATE, "valueQuantity": {"value": 5, "unit": "mg/dL"}} | READABLE.get(element, {})
        if element in READABLE:
            del one["valueQuantity"]
    one[element] = broken
    others = [] if kind == "Patient" else [{"resourceType": "Patient", "id": "p", "birthDate": "1970-01-01"}]
    found = answer([*others, one])
    assert isinstance(found, Assessment)
    assert [item.origin.name for item in found.not_understood] == [f"{kind}/broken"]


@pytest.mark.parametrize("part", ["truncated", "bit flipped", "doubled", "lines lost"])
def test_broken_bytes(part: str) -> None:
    """The bytes of a file cut, flipped, doubled or with lines missing are refused or read, nothing else."""
    chance = random.Random(SEED)
    whole = (CASES / "ssc-62f-thumb-tip" / "bundle.json").read_bytes()
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        place = chance.randrange(len(data))
        if part == "truncated":
            del data[place:]
        elif part == "bit flipped":
            data[place] ^= 1 << chance.randrange(8)
        elif part == "doubled":
            data += whole[place:]
        else:
            del data[place : data.find(b"\n", place + 200)]
        try:
            assess_record(parse_record(bytes(data), knowledge().terms, "record.json"), knowledge().library)
        except InputError:
            refused += 1
    assert refused > 10
