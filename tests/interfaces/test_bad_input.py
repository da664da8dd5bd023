"""Bad input gets a clear error that names the file, what was found, what was expected and what to do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import calcinosis
from calcinosis.errors import InputError

PERSON = '{"resourceType":"Patient","id":"a"}'
OTHER = '{"resourceType":"Patient","id":"b"}'

BAD: dict[str, bytes] = {
    "empty": b"",
    "only spaces": b"  \n\t ",
    "broken JSON": b'{"resourceType": "Bundle", "entry": [',
    "trailing comma": b'{"resourceType": "Patient", "id": "a",}',
    "NaN": b'{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Observation",'
    b'"valueQuantity":{"value":NaN}}}]}',
    "no resource": b'{"hello": "world"}',
    "wrong resource": b'{"resourceType": "Organization", "id": "x"}',
    "empty bundle": b'{"resourceType": "Bundle", "type": "collection"}',
    "entry is a number": b'{"resourceType": "Bundle", "entry": 3}',
    "list of numbers": b"[1, 2, 3]",
    "two persons": f'{{"resourceType":"Bundle","entry":[{{"resource":{PERSON}}},{{"resource":{OTHER}}}]}}'.encode(),
    "a text": b"A 64-year-old woman on dialysis with painful plaques.",
    "a zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "UTF-16": PERSON.encode("utf-16"),
    "null bytes": b"abc\x00def",
    "FHIR XML": b'<Bundle xmlns="http://hl7.org/fhir"><entry/></Bundle>',
    "HL7 v2": b"MSH|^~\\&|LAB|HOSP|||20240101||ORU^R01|1|P|2.5\rPID|1||123",
    "CSV": b"patient,phosphate\n1,7.4\n",
    "a YAML list": b"- warfarin\n- phosphate\n",
    "YAML aliases": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "deep nesting": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "form, unknown keys": b"age: 54\nphosphat: 7.4 mg/dL\nwarfarine: yes\n",
    "form, wrong units": b"phosphate: 7.4 banana\ncalcium: 9\nage: many\n",
    "form, twice the same": b"warfarin: yes\nwarfarin: no\n",
    "form, impossible": b"phosphate: 1e9 mg/dL\n",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named(name: str, tmp_path: Path) -> None:
    """Each kind of bad input is an InputError with a useful problem, in good time."""
    file = tmp_path / "record"
    file.write_bytes(BAD[name])
    start = time.monotonic()
    with pytest.raises(InputError) as caught:
        calcinosis.read(file)
    assert time.monotonic() - start < 2
    for problem in caught.value.problems:
        assert str(file) in problem.file
        assert problem.found
        assert problem.expected


def test_all_problems_of_a_form_at_once(tmp_path: Path) -> None:
    """Every wrong line of a form is named, with its line and the nearest known fact."""
    file = tmp_path / "form.yaml"
    file.write_text("age: 54\nphosphat: 7.4 mg/dL\nwarfarin: perhaps\ncalcium: 9 lightyears\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        calcinosis.read(file)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]
    assert 'did you mean "phosphate"?' in caught.value.problems[0].remedy


def test_a_very_large_file_is_refused_unread(tmp_path: Path) -> None:
    """A file of 200 MB is refused at once."""
    file = tmp_path / "large.json"
    with file.open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    start = time.monotonic()
    with pytest.raises(InputError, match="100 MB"):
        calcinosis.read(file)
    assert time.monotonic() - start < 1


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A missing file and a folder are named."""
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError):
            calcinosis.read(path)


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    """A byte order mark and CRLF are no mistakes."""
    record = tmp_path / "record.json"
    record.write_bytes(b"\xef\xbb\xbf" + PERSON.encode())
    form = tmp_path / "form"
    form.write_bytes(b"age: 54\r\nwarfarin: yes\r\n")
    assert calcinosis.read(record).id == "a"
    assert {said.fact for said in calcinosis.read(form).said} == {"age", "warfarin"}
