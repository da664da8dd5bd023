"""Small inputs that once broke the program, and what was made of them longer."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.errors import InputError, Problem
from calcinosis.person.record import Record
from calcinosis.readers.json_text import JsonError, decoded
from calcinosis.readers.recognise import parse_record
from calcinosis.truth import TRUE
from tests.pace import loops

INPUTS = Path(__file__).parent / "inputs"
LENGTH = 100_000
LIMIT = 250
"""Loops of a million steps for 100 kB; what is quadratic takes thousands."""


def read(data: bytes) -> Record:
    """Return the record that bytes hold."""
    return parse_record(data, knowledge().terms, "record")


def read_or_refused(data: bytes) -> None:
    """Read bytes, or have them refused as bad input."""
    with suppress(InputError):
        read(data)


def problems(data: bytes) -> tuple[Problem, ...]:
    """Return what is wrong with a record."""
    with pytest.raises(InputError) as caught:
        read(data)
    return caught.value.problems


def observation(**more: str) -> bytes:
    """Return an Observation of calcium with these texts."""
    code = f'{{"text": "{more.get("label", "calcium")}"}}'
    value, site = more.get("value", "high"), more.get("site", "")
    body = f'"bodySite": {{"text": "{site}"}}, ' if site else ""
    return (
        f'{{"resourceType": "Observation", "id": "o", "status": "final", {body}"code": {code}, '
        f'"valueString": "{value}", "referenceRange": [{{"text": "{more.get("limits", "")}"}}], '
        f'"note": [{{"text": "{more.get("note", "")}"}}]}}'
    ).encode()


def long(beginning: str, repeated: str, end: str = "") -> str:
    """Return a text of 100 kB."""
    return beginning + repeated * (LENGTH // len(repeated)) + end


REPEATED = [" ", "(", "[", "{", "1", "1,", "1.", "a", "a ", "<", "no ", "in serum ", "- ", "'", "to ", "é"]
LONG: dict[str, bytes] = {
    "a value above": long("calcium: >1", " ", '"').encode(),
    "a value above, a comment": long("calcium: >1", " #").encode(),
    "a limit": f'calcium: "{long("5 mg/dL, upper_limit", " ")}"'.encode(),
    "a unit": f'calcium: "{long("5 mg", " ", "x")}"'.encode(),
    "a number of digits": f'calcium: "{long("", "1")} mg/dL"'.encode(),
    "a number of commas": f'calcium: "{long("1", ",123")} mg/dL"'.encode(),
    "an id": long("id: ", "x").encode() + b"\nage: 54\n",
    **{f"a key of {part!r}": long("a", part, ": yes").encode() for part in (" ", "-", "_", "a ", "(")},
    **{f"a label of {part!r}": observation(label=long("calcium ", part)) for part in REPEATED},
    **{f"a value of {part!r}": observation(value=long("", part, "x")) for part in REPEATED},
    **{f"a number and {part!r}": observation(value=long("5 mg/dL ", part, "x")) for part in (" ", "(", "- ", "to ")},
    **{f"limits of {part!r}": observation(limits=long("2.2", part, "x")) for part in REPEATED},
    **{f"a site of {part!r}": observation(site=long("left ", part)) for part in (" ", "(", "leg ")},
}


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Compile the knowledge and load what reads YAML before anything is timed."""
    read(b"age: 54\n")


@pytest.mark.parametrize("name", LONG)
def test_long_texts_take_milliseconds(name: str) -> None:
    """A text of 100 kB in any place of a form or a resource is read or refused at once."""
    assert loops(lambda: read_or_refused(LONG[name])) < LIMIT


@pytest.mark.parametrize("path", sorted(INPUTS.glob("redos-*")), ids=lambda path: str(path.stem))
def test_what_was_slow(path: Path) -> None:
    """What took seconds for 20 kB is read or refused at once."""
    assert loops(lambda: read_or_refused(path.read_bytes())) < LIMIT


def test_null_means_absent() -> None:
    """A condition with an end that is null has not ended: the emergency stands, as without the key."""
    data = (INPUTS / "null-abatement.json").read_bytes()
    with_null = read(data)
    without = read(data.replace(b'"abatementDateTime": null, ', b""))
    assert with_null == without
    flags = {flag.id for flag in assess_record(with_null, knowledge().library).red_flags}
    assert "skin-necrosis" in "".join(flags) or flags
    assert read(data.replace(b'"code": {', b'"code": {"coding": [null], ')) == without
    assert calcinosis.read([*decoded(data), {"resourceType": "Encounter", "id": None}]).said == without.said


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ('{"resourceType": "Patient",\n "id": "a",\n "id": "b"}', 3, 'the key "id" a second time'),
        ('{"resourceType": "Patient", "i\\u0064": "a", "id": "b"}', 1, 'the key "id" a second time'),
        ('{"resourceType": "Patient", "id" : "a", "id":"\\u003a"}', 1, 'the key "id" a second time'),
        ('{"resourceType": "Patient", "id": "a", "meta": {"x": 1, "x": {"y": 1, "y": 2}}}', 1, 'the key "x"'),
        ('{"resourceType": "Patient"}\n{"resourceType": "Condition", "id": "a", "id": "b"}', 2, 'the key "id"'),
        ('{"resourceType": "Patient", "id": "a",}', 1, "trailing comma"),
        ('{"resourceType": "Observation", "valueInteger": NaN}', 1, "broken JSON"),
        ('{"resourceType": "Observation", "valueInteger": -Infinity}', 1, "broken JSON"),
        ('{"resourceType": "Observation", "valueInteger": 007}', 1, "leading zero"),
        ('{"resourceType": "Observation", "valueInteger": 1_0}', 1, "broken JSON"),
        ('{"resourceType": "Patient", "id": "\\ud800"}', 1, "surrogate"),
    ],
)
def test_json_that_has_two_readings(text: str, line: int, found: str) -> None:
    """What readers of JSON take differently is refused, with its line and its key."""
    problem, *_ = problems(text.encode())
    assert problem.line == line
    assert found in problem.found


@pytest.mark.parametrize("depth", [300, 900, 5000])
@pytest.mark.parametrize("kind", ['{"resourceType":"Patient","extension":%s}', "%s"])
def test_deep_nesting(depth: int, kind: str) -> None:
    """Lists in lists are refused with what was found, with an id or without, as text or decoded."""
    (problem,) = problems((kind % ("[" * depth + "]" * depth)).encode())
    assert "nested more than 254 deep" in problem.found
    nested: list[Any] = []
    for _ in range(depth):
        nested = [nested]
    with pytest.raises(InputError, match="nested more than"):
        calcinosis.read({"resourceType": "Patient", "extension": nested})


def test_the_deep_patient() -> None:
    """A Patient without an id, nested over a thousand deep, is a clear error."""
    with pytest.raises(InputError, match="nested more than 254 deep"):
        calcinosis.read(INPUTS / "deep-patient.json")


def test_decoded_objects_that_no_text_holds() -> None:
    """An object that was not read from JSON obeys the same grammar."""
    with pytest.raises(InputError, match="broken JSON"):
        calcinosis.read({"resourceType": "Patient", "id": "\ud800"})
    with pytest.raises(InputError, match="broken JSON"):
        calcinosis.read({"resourceType": "Patient", 1: "a"})  # type: ignore[dict-item]


def test_colons_and_nulls_in_texts() -> None:
    """Colons, quotes, brackets and the word null within texts are no keys and no nulls."""
    told = {"resourceType": "Patient", "id": 'a:"b":{}[null]', "x": {"id": "a"}, "y": [{"id": "a"}, {"id": "b"}]}
    text = b'{"resourceType":"Patient","id":"a:\\"b\\":{}[null]","x":{"id":"a"},"y":[{"id":"a"},{"id":"\\u0062"}]}'
    assert decoded(text) == told
    with pytest.raises(JsonError):
        decoded(text.replace(b'"x"', b'"id"'))


def test_what_a_form_says_twice() -> None:
    """Two days are named and refused, and an id by two spellings; each line has its place."""
    (problem,) = problems((INPUTS / "two-dates.yaml").read_bytes())
    assert (problem.line, problem.found) == (2, 'the question "date" a second time, after "as_of"')
    (problem,) = problems(b"id: 1\nID: 2\nage: 54\n")
    assert (problem.line, problem.found) == (2, 'the question "ID" a second time, after "id"')
    (problem,) = problems(b"age: 54\nas_of: [2020-01-01]\n")
    assert problem.line == 2


@pytest.mark.parametrize(
    "written", ["0012345", "007", "1e5", "0x1F", "1_000", "12.50", "true", ".inf", "0o17", "+5", "2020-01-01"]
)
def test_an_id_is_kept_as_written(written: str) -> None:
    """The id of a form is a text, whatever YAML takes it for."""
    assert read(f"id: {written}\nage: 54\n".encode()).id == written


def test_the_id_with_zeros() -> None:
    """The id that lost its zeros has them."""
    assert calcinosis.read(INPUTS / "id-zeros.yaml").id == "0012345"


@pytest.mark.parametrize("line", [b'id: "\\ud800"\n', b'warfarin: "\\udfff"\n', b'"\\ud83d": yes\n'])
def test_half_characters_in_a_form(line: bytes) -> None:
    """Half a character is refused with its line and its key, before anything writes it."""
    (problem,) = problems(b"age: 54\nsex: female\n" + line)
    assert problem.line == 3
    assert "half a character (a lone surrogate) in `" in problem.found
    str(problem).encode()


@pytest.mark.parametrize("number", ["1_0", ".inf", ".nan", "NaN", "0x1F", "1e999"])
def test_numbers_that_only_yaml_knows(number: str) -> None:
    """A form has no underscores, infinities or other bases in its numbers."""
    assert problems(f"age: {number}\n".encode())


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"interpretation": [{"coding": [{"code": "QQ"}]}]}, 'the interpretation "QQ"'),
        ({"interpretation": [{"text": "remarkable"}]}, 'the interpretation "remarkable"'),
        ({"interpretation": [{"coding": [{"code": "H"}]}]}, ""),
        ({"interpretation": [{"coding": [{"code": "QQ"}], "text": "high"}]}, ""),
        ({"component": [{"code": {"text": "x"}, "interpretation": [{"text": "odd"}]}]}, 'the interpretation "odd"'),
    ],
)
def test_an_interpretation_that_is_not_known_is_told(part: dict[str, Any], told: str) -> None:
    """A result keeps its number, and what was not understood of it is remarked."""
    code = {"coding": [{"system": "http://loinc.org", "code": "2777-1"}]}
    value = {"value": 5, "unit": "mg/dL"}
    record = calcinosis.read(
        {"resourceType": "Observation", "id": "o", "status": "final", "code": code, "valueQuantity": value, **part}
    )
    assert [one.value.low for one in record.said] == [5]
    remarks = [remark.says for remark in record.remarks if "was not understood: not used" in remark.says]
    assert remarks == ([f"{told} was not understood: not used"] if told else [])


@pytest.mark.parametrize(
    ("site", "told"),
    [
        ({"text": "left thigh"}, ""),
        ({"text": "zygomatic hinterland"}, 'the place "zygomatic hinterland"'),
        ({"coding": [{"system": "http://snomed.info/sct", "code": "000"}]}, 'the place "000"'),
    ],
)
@pytest.mark.parametrize("kind", ["Condition", "Observation"])
def test_a_place_that_is_not_known_is_told(kind: str, site: dict[str, Any], told: str) -> None:
    """A deposit at a place that nobody here knows is a deposit, and the place is remarked."""
    concept = {"text": "calcinosis cutis"}
    resource: dict[str, Any] = {
        "resourceType": kind,
        "id": "c",
        "code": concept,
        "bodySite": [site] if kind == "Condition" else site,
    }
    if kind == "Observation":
        resource |= {"status": "final", "valueBoolean": True}
    record = calcinosis.read(resource)
    assert any(one.fact == "calcinosis_cutis" for one in record.said)
    remarks = [remark.says for remark in record.remarks if "was not understood: not used" in remark.says]
    assert remarks == ([f"{told} was not understood: not used"] if told else [])


CONDITION = {"resourceType": "Condition", "id": "c", "code": {"text": "gout"}}
OBSERVATION = {"resourceType": "Observation", "id": "o", "code": {"text": "gout"}, "valueBoolean": True}


@pytest.mark.parametrize(
    ("resource", "told"),
    [
        (OBSERVATION | {"status": "zzqx"}, 'the status "zzqx"'),
        (OBSERVATION | {"status": "Final"}, ""),
        (CONDITION | {"verificationStatus": {"coding": [{"code": "zzqx"}]}}, 'the status "zzqx"'),
        (CONDITION | {"clinicalStatus": {"text": "smouldering"}}, 'the status "smouldering"'),
        (CONDITION | {"clinicalStatus": {"coding": [{"code": "55561003", "display": "Active"}]}}, ""),
        (CONDITION | {"clinicalStatus": {"coding": [{"code": "zzqx"}, {"code": "active"}]}}, ""),
        (CONDITION | {"clinicalStatus": "Active"}, ""),
    ],
)
def test_a_status_that_is_not_known_is_told(resource: dict[str, Any], told: str) -> None:
    """What is said is read, and a status that no version of FHIR has is remarked; one spelled otherwise is known."""
    record = calcinosis.read(resource)
    assert [one.fact for one in record.said if one.value.truth is TRUE] == ["gout"]
    remarks = [remark.says for remark in record.remarks if "was not understood: not used" in remark.says]
    assert remarks == ([f"{told} was not understood: not used"] if told else [])


@pytest.mark.parametrize(
    "resource",
    [
        OBSERVATION | {"status": "Entered in Error"},
        OBSERVATION | {"status": "ENTERED-IN-ERROR"},
        CONDITION | {"verificationStatus": {"coding": [{"code": "723510000", "display": "Entered in error"}]}},
        CONDITION | {"verificationStatus": {"coding": [{"code": "Refuted"}]}},
        CONDITION | {"verificationStatus": {"coding": [{"code": "zzqx"}], "text": "refuted"}},
    ],
)
def test_a_status_spelled_otherwise_counts(resource: dict[str, Any]) -> None:
    """What is void or refuted is so in whatever letters, and in the words beside a code that is not known."""
    assert not [one for one in calcinosis.read(resource).said if one.value.truth is TRUE]


NOTE = (
    "A 54-year-old woman on haemodialysis has a painful plaque of 3 by 4 cm on the left thigh. Ca 9.3 mg/dL on 1 March "
    "2024, 14.6 today; ANA, ANCA and rheumatoid factor are negative. No injury, gout or warfarin is mentioned.\n"
    "BP 160/95.\nMedications: warfarin 5 mg, zorblaxin 10 mg daily.\n\n"
)


def test_a_long_note_takes_time_in_proportion() -> None:
    """Four times the text takes about four times as long, not sixteen times."""
    taken = []
    for length in (60_000, 240_000):
        text = (NOTE * (length // len(NOTE))).encode()
        knowledge().terms.forget()
        taken.append(loops(partial(read, text)))
    assert taken[1] < 8 * taken[0], taken
