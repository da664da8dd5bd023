"""Bad input gets a clear error that names the file, what was found, what was expected and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.errors import InputError, Problem
from tests.pace import loops

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
    "a text": b"The quick brown fox.",
    "a zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "UTF-16": PERSON.encode("utf-16"),
    "null bytes": b"abc\x00def",
    "FHIR XML": b'<Bundle xmlns="http://hl7.org/fhir"><entry/></Bundle>',
    "HL7 v2": b"MSH|^~\\&|LAB|HOSP|||20240101||ORU^R01|1|P|2.5\rPID|1||123",
    "CSV": b"patient,phosphate\n1,7.4\n",
    "YAML aliases": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "deep nesting": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "form, unknown keys": b"age: 54\nphosphat: 7.4 mg/dL\nwarfarine: yes\n",
    "form, wrong units": b"phosphate: 7.4 banana\ncalcium: 9\nage: many\n",
    "form, twice the same": b"warfarin: yes\nwarfarin: no\n",
    "form, impossible": b"phosphate: 1e9 mg/dL\n",
    "a JSON string": b'"hello"',
    "JSON null": b"null",
    "JSON NaN": b"NaN",
    "JSON list of lists": b"[[[]]]",
    "JSON with a number too large": b'{"resourceType":"Observation","valueQuantity":{"value":1e999}}',
    "JSON with half a surrogate": b'{"resourceType":"Patient","id":"\\ud800"}',
    "JSON that is not UTF-8": b'{"resourceType":"Patient","id":"\xff"}',
    "resourceType is a number": b'{"resourceType": 5}',
    "two documents": b'{"resourceType":"Patient"}\n}',
    "NDJSON with a broken line": PERSON.encode() + b'\n{"resourceType":"Condition"\n',
    "UTF-16 without a mark": PERSON.encode("utf-16-le"),
    "Latin-1": "größe: 5 cm\n".encode("latin-1"),
    "gzip": b"\x1f\x8b\x08" + bytes(30),
    "RTF": b"{\\rtf1\\ansi hello}",
    "HTML": b"<!DOCTYPE html><html></html>",
    "a C-CDA document": b'<?xml version="1.0"?>\n<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
    "HL7 v2 batch": b"FHS|^~\\&|LAB|\rBHS|^~\\&|LAB|\r",
    "X12": b"ISA*00*          *00*          *ZZ*",
    "a table with tabs": b"age\tsex\n54\tF\n",
    "a table with semicolons": b'"age";"sex"\n"54";"F"\n"60";"M"\n',
    "only comments": b"# what is known\n\n# nothing\n",
    "an old word processor file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
    "Parquet": b"PAR1\x15\x04\x15",
    "DICOM": bytes(128) + b"DICM",
    "FHIR as YAML": b"resourceType: Bundle\ntype: collection\n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "YAML bomb": b"a: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(12)),
    "YAML that holds itself": b"warfarin: &a [*a]\n",
    "YAML that runs a program": b'warfarin: !!python/object/apply:os.system ["touch /tmp/calcinosis-was-run"]\n',
    "YAML of 200,000 lines": b"".join(b"key%d: yes\n" % n for n in range(200_000)),
    "YAML of one line of 10 MB": b"warfarin: " + b"x" * 10_000_000,
    "YAML, 2,000 unknown keys": b"".join(b"key%d: yes\n" % n for n in range(2000)),
    "YAML, deep lists": b"warfarin: " + b"[" * 100_000,
    "YAML, two documents": b"warfarin: no\n---\nheparin: yes\n",
    "YAML, tabs": b"warfarin: no\nheparin:\n\tyes\n",
    "YAML, a control character": b"warfarin: n\x07o\n",
    "form, a day that is none": b"as_of: tomorrow\nwarfarin: no\n",
    "form, infinite": b"age: .inf\nphosphate: 1e400 mg/dL\n",
    "form, lists": b"warfarin: [yes, no]\nphosphate: {a: b}\n",
    "form, a picture": "warfarin: 👍\n".encode(),
}


@pytest.fixture(scope="module", autouse=True)
def compiled_knowledge() -> None:
    """Compile the knowledge before anything is timed."""
    knowledge()


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named(name: str, tmp_path: Path) -> None:
    """Each kind of bad input is an InputError with a useful problem, in good time."""
    file = tmp_path / "record"
    file.write_bytes(BAD[name])

    def refused() -> None:
        with pytest.raises(InputError) as told:
            calcinosis.read(file)
        problems.extend(told.value.problems)

    problems: list[Problem] = []
    assert loops(refused) < 250  # what is quadratic takes thousands
    assert problems
    for problem in problems:
        assert str(file) in problem.file
        assert problem.found
        assert problem.expected
        assert len(problem.found) < 200
    assert not Path("/tmp/calcinosis-was-run").exists()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a zip", "unpack"),
        ("gzip", "unpack"),
        ("a PDF", "FHIR"),
        ("UTF-16", "UTF-8"),
        ("FHIR XML", "JSON"),
        ("HL7 v2", "FHIR"),
        ("two persons", "split it by person"),
        ("a text", "form"),
        ("a C-CDA document", "FHIR export"),
        ("HL7 v2 batch", "FHIR export"),
        ("X12", "FHIR export"),
        ("CSV", "one form per person"),
        ("a table with tabs", "one form per person"),
        ("a table with semicolons", "one form per person"),
        ("only comments", "one line per fact"),
        ("Parquet", "one person per file"),
        ("DICOM", "form"),
        ("a picture", "form"),
        ("an old word processor file", "form"),
        ("FHIR as YAML", "FHIR is read as JSON"),
    ],
)
def test_the_remedy_fits(name: str, remedy: str, tmp_path: Path) -> None:
    """A file of another kind is told what it is and what to do with it."""
    file = tmp_path / "record"
    file.write_bytes(BAD[name])
    with pytest.raises(InputError) as caught:
        calcinosis.read(file)
    assert remedy in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a C-CDA document", "a C-CDA document (XML)"),
        ("FHIR XML", "FHIR as XML"),
        ("HTML", "XML or HTML"),
        ("CSV", "a table (CSV)"),
        ("a text", "a text of which nothing could be read"),
    ],
)
def test_what_it_is(name: str, found: str, tmp_path: Path) -> None:
    """Files that look alike are told apart."""
    file = tmp_path / "record"
    file.write_bytes(BAD[name])
    with pytest.raises(InputError) as caught:
        calcinosis.read(file)
    assert caught.value.problems[0].found == found


def test_sentences_are_no_table(tmp_path: Path) -> None:
    """Two lines with a comma each are a note."""
    file = tmp_path / "note"
    file.write_text("Seen today, well.\nOn warfarin, no pain.\n", encoding="utf-8")
    assert calcinosis.read(file).source == "note"


def test_lines_are_counted_from_the_first_of_the_file(tmp_path: Path) -> None:
    """Empty lines at the beginning are lines."""
    file = tmp_path / "form"
    for text in ("\n\nage: 54\nwarfrin: no\n", f'\n\n{PERSON}\n{{"resourceType": 5,}}\n'):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            calcinosis.read(file)
        assert [problem.line for problem in caught.value.problems] == [4]


def test_lines_of_broken_json_are_counted(tmp_path: Path) -> None:
    """The line is the one on which the mistake stands."""
    file = tmp_path / "record.json"
    file.write_bytes(b'{"resourceType": "Bundle",\n "entry": [\n}\n')
    with pytest.raises(InputError) as caught:
        calcinosis.read(file)
    assert caught.value.problems[0].line == 3


SECRET = "Wilhelmina"


@pytest.mark.parametrize(
    "data",
    [
        f'{{"resourceType":"Patient","name":[{{"family":"{SECRET}"}}],}}',
        f'{{"resourceType":"Bundle","entry":"{SECRET}"}}',
        f'{{"resourceType":"Bundle","entry":["{SECRET}"]}}',
        f'["{SECRET}"]',
        f'{{"name":"{SECRET}"}}',
        f'[{PERSON},{{"resourceType":"Patient","id":"{SECRET}"}}]',
        f'{{"resourceType":"Organization","name":"{SECRET}"}}',
        f"warfarin: {SECRET}\nsex: {SECRET}\nphosphate: {SECRET}\nage: 54, {SECRET}\n",
        f"PID|1||{SECRET}",
        f"{SECRET} likes to read.",
        f"<Patient><name>{SECRET}</name></Patient>",
    ],
)
def test_messages_hold_nothing_of_the_person(data: str, tmp_path: Path) -> None:
    """What is wrong is told without repeating what the record says of somebody."""
    file = tmp_path / "record"
    file.write_text(data, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        calcinosis.read(file)
    assert SECRET not in str(caught.value)


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is an InputError with the reason of the system."""
    file = tmp_path / "record.json"
    file.write_text(PERSON, encoding="utf-8")

    def refused(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(InputError, match="Permission denied"):
        calcinosis.read(file)


def test_a_name_that_no_file_can_have() -> None:
    """A path with a null byte, or one too long, is an InputError as well."""
    for name in ("a\x00b", "x" * 5000):
        with pytest.raises(InputError):
            calcinosis.read(name)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_a_file_without_an_end() -> None:
    """A device that never ends is refused once it is too long."""
    with pytest.raises(InputError, match="100 MB"):
        calcinosis.read("/dev/zero")


def test_a_long_text_full_of_names_is_read_in_time() -> None:
    """The time to read a text grows with its length, not with its square."""
    said = "no warfarin, possible gout without dialysis " * 8000
    report = {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "Report"}, "conclusion": said}
    assert calcinosis.read(report).said
    assert loops(lambda: calcinosis.read(report)) < 250


def test_decoded_objects_of_any_kind() -> None:
    """What Python hands over in place of FHIR is an InputError too."""
    everything: list[Any] = [[], {}, [1], [None], [[]], {"resourceType": None}, {"resourceType": "Bundle", "entry": {}}]
    for wrong in everything:
        with pytest.raises(InputError):
            calcinosis.read(wrong)


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

    def refused() -> None:
        with pytest.raises(InputError, match="100 MB"):
            calcinosis.read(file)

    assert loops(refused) < 1  # to read it takes many


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
