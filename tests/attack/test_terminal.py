"""Signs that a terminal obeys never reach it from a record, a name of a file or an error, in any format."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from calcinosis.report.renderers.harmless import harmless, harmless_json

OBEYED = "\x1b]0;title\x07\x1b[2J\x1b[8mhidden\x9b31m\x7f\u202eturned\u2028\u2066"
BARE = set("\x1b\x07\x9b\x7f\u202e\u2028\u2066")


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a person does."""
    return subprocess.run([sys.executable, "-m", "calcinosis", *arguments], capture_output=True, check=False)


def record() -> bytes:
    """Return a record with such signs wherever a text stands."""
    site = {"text": f"{OBEYED} knee"}
    patient = {"resourceType": "Patient", "id": f"p{OBEYED}", "birthDate": f"1960{OBEYED}"}
    condition = {
        "resourceType": "Condition", "id": f"c{OBEYED}", "code": {"text": f"calcinosis cutis {OBEYED}"},
        "bodySite": [site], "recordedDate": "2020-01-01",
    }  # fmt: skip
    code = {"coding": [{"system": "http://loinc.org", "code": "2777-1", "display": OBEYED}]}
    value = {"value": 5, "unit": f"mg/dL{OBEYED}"}
    observation = {"resourceType": "Observation", "id": OBEYED, "status": "final", "code": code, "valueQuantity": value}
    entries = [{"resource": one} for one in (patient, condition, observation)]
    return orjson.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


@pytest.mark.parametrize(
    "arguments", [["--format", form] for form in ("text", "json", "html", "markdown")] + [["--verbose"]]
)
def test_no_format_holds_a_sign(arguments: list[str], tmp_path: Path) -> None:
    """Each format is free of them, on the terminal and in a file."""
    file = tmp_path / "record.json"
    file.write_bytes(record())
    shown = run("assess", str(file), *arguments)
    assert shown.returncode == 0, shown.stderr
    told = (shown.stdout + shown.stderr).decode()
    assert not BARE & set(told)
    run("assess", str(file), *arguments, "--output", str(tmp_path / "written"))
    assert not BARE & set((tmp_path / "written").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("form.yaml", f'age: 54\n"{OBEYED}": yes\nsex: female\nwarfarin: no\n'.encode()),
        ("key.json", f'{{"resourceType": "Patient", "{OBEYED[:6]}": 1, "{OBEYED[:6]}": 2}}'.encode()),
        (f"name{OBEYED[:4]}.json", b"{"),
        ("kind.json", orjson.dumps({"resourceType": f"Org{OBEYED}"})),
    ],
)
def test_no_error_holds_a_sign(name: str, data: bytes, tmp_path: Path) -> None:
    """What is wrong with a file is told without obeying what stands in it, or in its name."""
    file = tmp_path / name
    file.write_bytes(data)
    shown = run("assess", str(file))
    assert shown.returncode == 1
    assert shown.stderr
    assert not BARE & set((shown.stdout + shown.stderr).decode())


def test_what_is_replaced() -> None:
    """Lines, colours where they are wanted, and the value of JSON stay."""
    assert harmless("a\nb\tc é\u00a0½") == "a\nb\tc é\u00a0½"
    assert harmless("\x1b[1;31mred\x1b[0m\x1b[2J", colour=True) == "\x1b[1;31mred\x1b[0m\ufffd[2J"
    assert harmless("\x1b[1;31mred") == "\ufffd[1;31mred"
    text = json.dumps({"a": OBEYED}, ensure_ascii=False)
    assert json.loads(harmless_json(text)) == {"a": OBEYED}
    assert not BARE & set(harmless_json(text))
