"""The commands of the contract: what they print, where, and with which exit status."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click import Context
from click.testing import CliRunner, Result

from calcinosis import __version__, stored
from calcinosis.compiled import COMPILED, knowledge
from calcinosis.interfaces.cli.main import app
from calcinosis.interfaces.documents import document_names

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT / "tests" / "cases" / "published"
WARFARIN = str(CASES / "warfarin-calf-80f" / "bundle.json")
THUMB = str(CASES / "ssc-62f-thumb-tip" / "bundle.json")
SECRET = "Wilhelmina"

STATUS = {"established", "provisional", "undetermined", "not-supported", "excluded", "conflicting"}
VERDICT = {"consider", "check-first", "avoid", "not-for-this-type"}
TYPES = {"dystrophic", "metastatic", "iatrogenic", "idiopathic", "calciphylaxis"}


def run(*arguments: str, text: str | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, list(arguments), input=text)


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as people do, in a shell; `calcinosis` is the package of this checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1"}
    line = command.replace("calcinosis ", f"{shlex.quote(sys.executable)} -m calcinosis ", 1)
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, env=environment, timeout=60, check=False
    )


def form(tmp_path: Path, text: str) -> str:
    """Write a form and return its path."""
    file = tmp_path / "form.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_version() -> None:
    """The version is printed alone."""
    assert run("--version").stdout == f"{__version__}\n"


COMMANDS = ["assess", "follow", "evaluate", "claims", "evidence", "sources", "knowledge check", "knowledge show"]


def test_no_message_speaks_of_a_command_that_is_not_there() -> None:
    """A `calcinosis ...` in the text of the program is one that can be run."""
    there = set(app.list_commands(Context(app)))
    for path in (ROOT / "src").rglob("*.py"):
        named = set(re.findall(r"`calcinosis ([a-z]+)", path.read_text(encoding="utf-8")))
        assert named <= there, path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """Help is a sentence and the options."""
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Options:" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["asess", WARFARIN],
        ["assess"],
        ["assess", WARFARIN, "--format", "xml"],
        ["assess", WARFARIN, "--as-of", "yesterday"],
        ["assess", WARFARIN, "--as-of", "2024-02-30"],
        ["assess", WARFARIN, "--no-such-option"],
        ["evaluate"],
        ["evaluate", str(CASES), "--input", "guess"],
        ["knowledge", "show"],
        ["evidence"],
        ["evidence", "diltiazem", "--compare", "dystrophic"],
        ["assess", "-", "-"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    """Wrong usage is status 2, told on standard error, with nothing on standard output."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage:" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("format_", "beginning"),
    [("text", "Confirmed calciphylaxis"), ("json", "{"), ("html", "<!DOCTYPE html>"), ("markdown", "#")],
)
def test_formats(format_: str, beginning: str) -> None:
    """Each format begins as such, and says what is established."""
    result = run("assess", WARFARIN, "--format", format_)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.lstrip().lower().startswith(beginning.lower())
    assert "calciphylaxis" in result.stdout.lower()


def test_text_is_the_default() -> None:
    """Without a format, text is written, without colours where nobody looks at a terminal."""
    assert run("assess", WARFARIN).stdout == run("assess", WARFARIN, "--format", "text").stdout
    assert "\x1b[" not in run("assess", WARFARIN).stdout


def test_verbose_shows_more() -> None:
    """With --verbose every reason and source is shown."""
    assert len(run("assess", WARFARIN, "--verbose").stdout) > 2 * len(run("assess", WARFARIN).stdout)


def test_one_file_is_one_object() -> None:
    """JSON of one record is one object, over several lines."""
    result = run("assess", WARFARIN, "--format", "json")
    assert json.loads(result.stdout)["schema"] == "calcinosis-assessment/1"
    assert result.stdout.count("\n") > 10


def test_several_files_are_an_object_a_line() -> None:
    """JSON of several records is one object a line, in the order of the files."""
    result = run("assess", WARFARIN, THUMB, "--format", "json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["leading_type"] for line in lines] == ["calciphylaxis", "dystrophic"]


def test_one_bad_file_among_several(tmp_path: Path) -> None:
    """Those that can be read are assessed, the bad one is reported, the status is 1."""
    bad = tmp_path / "bad.json"
    bad.write_text('{"resourceType": "Bundle",', encoding="utf-8")
    result = run("assess", WARFARIN, str(bad), str(tmp_path / "missing.json"), THUMB, "--format", "json")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "bad.json:1\n  found     broken JSON" in result.stderr
    assert "missing.json\n  found     No such file" in result.stderr
    assert "  expected  " in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_on_standard_output_but_what_succeeded(tmp_path: Path) -> None:
    """Where nothing can be read, standard output is empty."""
    result = run("assess", str(tmp_path), str(tmp_path / "none"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "give the files in it" in result.stderr


def test_standard_input() -> None:
    """`-` is standard input, for records and forms."""
    bundle = Path(WARFARIN).read_text(encoding="utf-8")
    assert run("assess", "-", text=bundle).stdout == run("assess", WARFARIN).stdout
    assert run("assess", "-", text="age: 54\nsex: female\n").exit_code == 0
    empty = run("assess", "-", text="")
    assert empty.exit_code == 1
    assert "standard input\n  found     an empty file" in empty.stderr


@pytest.mark.parametrize("day", ["2030-01-01", "2030-06", "2030"])
def test_as_of(day: str) -> None:
    """The day of the assessment is the one that was asked for; a month or year is its last day."""
    found = json.loads(run("assess", WARFARIN, "--format", "json", "--as-of", day).stdout)
    assert found["record"]["as_of"].startswith(day)
    assert found["record"]["as_of"] in {"2030-01-01", "2030-06-30", "2030-12-31"}


def test_as_of_before_the_record() -> None:
    """Nothing is known of somebody before the record begins."""
    found = json.loads(run("assess", WARFARIN, "--format", "json", "--as-of", "1990-01-01").stdout)
    assert found["presentation"] == "none"
    assert found["leading_type"] is None


def test_output_to_a_file(tmp_path: Path) -> None:
    """With --output the file holds what would have been printed, and nothing is printed."""
    file = tmp_path / "assessment.md"
    result = run("assess", WARFARIN, "--format", "markdown", "--output", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == run("assess", WARFARIN, "--format", "markdown").stdout


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    """A place that cannot be written is reported, with status 1."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    for place in (str(tmp_path / "no" / "such" / "folder.txt"), f"{blocked}/"):
        result = run("assess", WARFARIN, "--output", place)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "that can be written" in result.stderr
        assert "Traceback" not in result.stderr


def test_output_never_replaces_the_record(tmp_path: Path) -> None:
    """The file that is read is not written over."""
    file = tmp_path / "record.json"
    file.write_bytes(Path(THUMB).read_bytes())
    result = run("assess", str(file), "--format", "json", "--output", str(file))
    assert result.exit_code == 1
    assert "the record itself" in result.stderr
    assert run("assess", str(file), "--format", "json", "--output", str(tmp_path)).exit_code == 1
    assert file.read_bytes() == Path(THUMB).read_bytes()


@pytest.mark.parametrize(
    ("format_", "ending"), [("text", "txt"), ("json", "json"), ("html", "html"), ("markdown", "md")]
)
def test_output_to_a_folder(format_: str, ending: str, tmp_path: Path) -> None:
    """A folder gets the document of each record, named after it and, where names are the same, after its folder."""
    result = run("assess", WARFARIN, THUMB, "--format", format_, "--output", f"{tmp_path}/new/")
    assert (result.exit_code, result.stdout) == (0, "")
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert names == {f"warfarin-calf-80f-bundle.{ending}", f"ssc-62f-thumb-tip-bundle.{ending}"}
    alone = run("assess", THUMB, "--format", format_).stdout
    assert (tmp_path / "new" / f"ssc-62f-thumb-tip-bundle.{ending}").read_text(encoding="utf-8") == alone


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a/x.json", "b/y.json"], ["x", "y"]),
        (["a/x.json", "b/x.json"], ["a-x", "b-x"]),
        (["../1/a/x.json", "../2/a/x.json", "x.yaml"], ["1-a-x", "2-a-x", "x"]),
        (["x.json", "x.yaml"], ["x-1", "x-2"]),
        (["-", "/x"], ["standard-input", "x"]),
        (["x.json", "x.json"], ["x"]),
    ],
)
def test_names_of_documents(files: list[str], names: list[str]) -> None:
    """As few folders as tell the files apart; files of one name get numbers."""
    assert list(document_names(files).values()) == names


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_each_of_several_says_which_file_it_is(format_: str) -> None:
    """A heading above each document names its file; a single one needs none."""
    several = run("assess", WARFARIN, THUMB, "--format", format_).stdout
    shown = [line for line in several.splitlines() if "File: " in line]
    assert [name in line.replace("\\", "") for name, line in zip((WARFARIN, THUMB), shown, strict=True)] == [True, True]
    assert "File: " not in run("assess", WARFARIN, "--format", format_).stdout


def test_several_pages_need_a_folder() -> None:
    """Pages are not glued together: it is wrong usage, and told what to do."""
    result = run("assess", WARFARIN, THUMB, "--format", "html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--output FOLDER/" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        f"assess {WARFARIN}",
        f"assess {WARFARIN} --format json",
        f"assess {WARFARIN} {THUMB} --verbose",
        f"evaluate {CASES}",
        "claims",
        "sources",
        "evidence --compare dystrophic",
        "knowledge show warfarin",
    ],
)
def test_piping_to_head(command: str) -> None:
    """A reader that has seen enough is no error."""
    result = shell(f"calcinosis {command} | head -n 1")
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.count("\n") == 1


def test_as_a_module(tmp_path: Path) -> None:
    """`python -m calcinosis` is the program: its output, its messages and its status."""
    result = shell(f"calcinosis assess {THUMB} {tmp_path}/none.json")
    assert result.returncode == 1
    assert result.stdout.startswith("File: ")
    assert "dystrophic" in result.stdout
    assert "none.json" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_record_is_written_to_no_other_place(tmp_path: Path) -> None:
    """Assessing leaves no file behind."""
    result = shell(f"cd {tmp_path} && calcinosis assess {THUMB} > /dev/null")
    assert result.returncode == 0
    assert list(tmp_path.iterdir()) == []


ASSESSMENT_KEYS = {
    "": "schema knowledge record presentation leading_type types look_alikes causes red_flags workup treatments "
    "follow_up not_understood sources",
    "knowledge": "version checked",
    "record": "id as_of age sex",
    "types": "id name status because assumes_absent settled_by",
    "look_alikes": "id status because",
    "causes": "id name status leads_to because",
    "red_flags": "id says urgency because cite",
    "workup": "id name why would_settle cite",
    "treatments": "id name verdict why check dose monitor evidence",
    "follow_up": "says when cite",
}
REASON_KEYS = {"says", "truth", "from", "cite"}


@pytest.fixture(scope="module")
def assessments() -> list[dict[str, Any]]:
    """The assessments of every published case, as JSON."""
    files = [str(path) for path in sorted(CASES.glob("*/bundle.json"))]
    return [json.loads(line) for line in run("assess", *files, "--format", "json").stdout.splitlines()]


@pytest.mark.parametrize("place", ASSESSMENT_KEYS)
def test_keys_of_an_assessment(place: str, assessments: list[dict[str, Any]]) -> None:
    """Every key of the contract is there; new ones may be added."""
    seen = 0
    for assessment in assessments:
        found = assessment[place] if place else assessment
        for one in found if isinstance(found, list) else [found]:
            assert set(ASSESSMENT_KEYS[place].split()) <= set(one)
            seen += 1
    assert seen > 10


def test_words_of_an_assessment(assessments: list[dict[str, Any]]) -> None:
    """Statuses, verdicts, urgencies and truths are the words of the contract."""
    for found in assessments:
        assert found["schema"] == "calcinosis-assessment/1"
        assert found["presentation"] in {"calcinosis", "suspected", "look-alike", "none"}
        assert found["leading_type"] in TYPES | {None}
        assert {result["id"] for result in found["types"]} == TYPES
        assert {result["status"] for result in found["types"]} <= STATUS
        assert {result["verdict"] for result in found["treatments"]} <= VERDICT
        assert {flag["urgency"] for flag in found["red_flags"]} <= {"emergency", "urgent", "soon"}
        causes = {"confirmed", "suspected", "excluded", "not-supported", "undetermined"}
        assert {cause["status"] for cause in found["causes"]} <= causes
        leading = found["types"][0]
        if found["leading_type"] is not None:
            assert leading["id"] == found["leading_type"]
            assert leading["status"] in {"established", "provisional", "undetermined", "conflicting"}


def test_reasons_and_sources(assessments: list[dict[str, Any]]) -> None:
    """Each reason has its words, truth, origin and sources; each source cited is listed with what was read of it."""
    for found in assessments:
        parts = [*found["types"], *found["causes"], *found["red_flags"], *found["look_alikes"]]
        reasons = [reason for part in parts for reason in part["because"]]
        for reason in reasons:
            assert set(reason) >= REASON_KEYS
            assert reason["truth"] in {"true", "false", "unknown"}
            assert set(reason["cite"]) <= set(found["sources"])
            assert all(set(origin) <= {"resource", "line", "question", "formula"} for origin in reason["from"])
        for source in found["sources"].values():
            assert set(source) >= {"citation", "url", "kind", "read"}


def test_ids_of_an_assessment_are_in_the_knowledge(assessments: list[dict[str, Any]]) -> None:
    """Treatments, investigations and causes of an assessment can be looked up."""
    library = knowledge().library
    for found in assessments:
        assert {result["id"] for result in found["treatments"]} <= set(library.treatments)
        assert {result["id"] for result in found["workup"]} <= set(library.investigations)
        assert {result["id"] for result in found["causes"]} <= set(library.causes)
        assert {name for result in found["types"] for name in result["assumes_absent"]} <= set(library.facts)
        assert {name for result in found["treatments"] for name in result["check"]} <= set(library.facts)


def test_not_understood_names_the_resource(tmp_path: Path) -> None:
    """What could not be used is in the JSON with its resource."""
    quantity = {"value": 7.4, "unit": "bananas", "code": "bananas"}
    code = {"coding": [{"system": "http://loinc.org", "code": "2777-1"}]}
    record = {"resourceType": "Observation", "id": "obs-9", "status": "final", "code": code, "valueQuantity": quantity}
    file = tmp_path / "record.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    (found,) = json.loads(run("assess", str(file), "--format", "json").stdout)["not_understood"]
    assert found["resource"] == "Observation/obs-9"
    assert "bananas" in found["says"]


def test_evaluate_text() -> None:
    """The evaluation in words: the score, what was found for what was expected, what differed."""
    result = run("evaluate", str(CASES))
    assert result.exit_code == 0
    assert "right" in result.stdout
    assert "Expected → found" in result.stdout


def test_evaluate_json() -> None:
    """The evaluation in JSON has the keys of the contract, and counts what it says it counts."""
    found = json.loads(run("evaluate", str(CASES), "--format", "json").stdout)
    score = found["type"]
    assert set(score) >= {"scored", "correct", "accuracy", "confusion"}
    assert found["cases"] == len(found["per_case"]) == len(list(CASES.glob("*/expected.json")))
    keys = (
        "case expected acceptable leading_type status correct causes_confirmed_or_suspected consider check_first avoid"
    )
    for case in found["per_case"]:
        assert set(case) >= {*keys.split(), "red_flags"}
    judged = [case["correct"] for case in found["per_case"] if case["correct"] is not None]
    assert (score["scored"], score["correct"]) == (len(judged), sum(judged))
    assert sum(count for row in score["confusion"].values() for count in row.values()) == score["scored"]
    assert score["accuracy"] == round(score["correct"] / score["scored"], 3)


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        ("{", "expected.json"),
        ("[]", "no `type`"),
        ('{"type": 5}', "no `type`"),
        ('{"type": "dystrophic", "acceptable_types": 5}', "acceptable_types"),
    ],
)
def test_evaluate_names_a_bad_case(expected: str, says: str, tmp_path: Path) -> None:
    """A case that cannot be read is reported, the others are evaluated, the status is 1."""
    for name, text in (("good", '{"type": "dystrophic"}'), ("bad", expected)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bundle.json").write_text(Path(THUMB).read_text(encoding="utf-8"), encoding="utf-8")
        (tmp_path / name / "expected.json").write_text(text, encoding="utf-8")
    result = run("evaluate", str(tmp_path), "--format", "json")
    assert result.exit_code == 1
    assert [case["case"] for case in json.loads(result.stdout)["per_case"]] == ["good"]
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_evaluate_without_cases(tmp_path: Path) -> None:
    """A folder without cases, or one that is not there, is reported."""
    for folder in (tmp_path, tmp_path / "none"):
        result = run("evaluate", str(folder))
        assert (result.exit_code, result.stdout) == (1, "")
        assert "expected.json" in result.stderr


def test_evaluate_a_case_without_a_record(tmp_path: Path) -> None:
    """A case whose bundle is missing is reported with the file that is missing."""
    (tmp_path / "expected.json").write_text('{"type": "dystrophic"}', encoding="utf-8")
    result = run("evaluate", str(tmp_path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "bundle.json" in result.stderr


def test_knowledge_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge has no problem, the check says how much there is, and keeps what it compiled."""
    kept: list[Path] = []
    monkeypatch.setattr(stored, "write", lambda path, *_: kept.append(path))
    result = run("knowledge", "check")
    assert result.exit_code == 0, result.stderr
    assert "facts" in result.stdout
    assert "no problem" in result.stdout
    assert kept == [COMPILED]


def test_knowledge_check_of_a_folder_without_knowledge(tmp_path: Path) -> None:
    """Another folder can be checked; an empty one is a problem, not a crash."""
    result = shell(f"calcinosis knowledge check {tmp_path}")
    assert (result.returncode, result.stdout) == (1, "")
    assert "release.yaml" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("entry", ["diltiazem", "metastatic", "systemic-sclerosis", "serum-phosphate", "phosphate"])
def test_knowledge_show(entry: str) -> None:
    """An entry is shown with its name and its sources."""
    result = run("knowledge", "show", entry)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert entry in result.stdout
    assert "http" in result.stdout or "checked" in result.stdout


def test_knowledge_show_every_entry() -> None:
    """No entry is too odd to be shown."""
    library = knowledge().library
    for name in sorted(library.ids())[::7]:
        result = run("knowledge", "show", name)
        assert result.exit_code == 0, name
        assert result.stdout.strip(), name


def test_knowledge_show_unknown() -> None:
    """An id that is none is reported with the nearest one."""
    result = run("knowledge", "show", "diltiazm")
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'did you mean "diltiazem"?' in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["evidence", "diltiazm"], 'did you mean "diltiazem"?'),
        (["evidence", "DILTIAZEM"], 'did you mean "diltiazem"?'),
        (["evidence", "thiosulfate"], '"sts-topical"'),
        (["evidence", "by mouth"], ", or another of"),
        (["evidence", "--compare", "xy"], "one of acute-calcium-leak, calciphylaxis, "),
        (["knowledge", "show", "gouty tophus"], '"gouty-tophus"'),
        (["knowledge", "show", ""], '""\n  found     no entry of this name'),
        (["knowledge", "check", "/no/such/folder"], "no such folder"),
        (["evaluate", "/no/such/folder"], "no such folder"),
        (["assess", ""], "an empty name"),
    ],
)
def test_what_may_be_meant(arguments: list[str], says: str) -> None:
    """A name that is none gets the ids whose names hold its words, the nearest, or the few that there are."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_one_study_is_one_study() -> None:
    """Counts agree with their nouns."""
    assert " 1 studies" not in run("evidence", "--compare", "dystrophic").stdout


GOOD_FORM = """\
# what a clinician might write
as_of: 2024-05-01
age: 54
sex: female
skin_calcification: yes
systemic_sclerosis: no
phosphate: 7.4 mg/dL, upper_limit 4.5 mg/dL
calcium: < 10 mg/dL
albumin: > 4 g/dL
inr: 2.5
av_block: second degree
warfarin: not known
dialysis: suspected
"""


def test_a_good_form(tmp_path: Path) -> None:
    """A form is one line a fact; each origin is the question."""
    result = run("assess", form(tmp_path, GOOD_FORM), "--format", "json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    record = found["record"]
    assert (record["as_of"], record["age"], record["sex"]) == ("2024-05-01", 54, "female")
    assert not record["id"]
    assert found["not_understood"] == []
    origins = [origin for kind in found["types"] for reason in kind["because"] for origin in reason["from"]]
    assert {"question": "phosphate"} in origins


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ("phosphat: 7.4 mg/dL", 'did you mean "phosphate"?'),
        ("phosphate: 7.4", "mg/dL"),
        ("phosphate: 7.4 kg", 'unit "kg" does not measure the same as "mg/dL"'),
        ("phosphate: 7.4 bananas", '"bananas" is not a UCUM unit'),
        ("phosphate: 40000 mg/dL", "0.2 to 30 mg/dL"),
        ("phosphate: 7.4 mg/dL, limit 5 mg/dL", "upper_limit"),
        ("warfarin: sometimes", "yes, no, suspected or not known"),
        ("av_block: second", "did you mean"),
        ("sex: unclear", "female, male"),
        ("warfarin: no\nwarfarin: no", 'the key "warfarin" a second time'),
        ("pointing_to_metastatic: yes", "a fact of the knowledge"),
        ("as_of: yesterday", "a day such as"),
    ],
)
def test_a_bad_form(answer: str, says: str, tmp_path: Path) -> None:
    """Each mistake is named with file, line, what was found, what was expected and, where there is one, the nearest."""
    result = run("assess", form(tmp_path, f"age: 54\n{answer}\n"))
    assert (result.exit_code, result.stdout) == (1, "")
    line = 3 if "\n" in answer else 2
    assert f"form.yaml:{line}\n  found     " in result.stderr
    assert "\n  expected  " in result.stderr
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_several_mistakes_at_once(tmp_path: Path) -> None:
    """All problems of a form are told at once, each on its line."""
    result = run("assess", form(tmp_path, "warfrin: no\nphosphate: 7.4 kg\nage: 54\nsex: 7\nas_of: never\n"))
    assert [line for line in range(1, 6) if f"form.yaml:{line}\n" in result.stderr] == [1, 2, 4, 5]


def test_a_suggestion_is_never_a_fact_that_cannot_be_asked(tmp_path: Path) -> None:
    """Facts that are worked out are not suggested as answers."""
    result = run("assess", form(tmp_path, "pointing_to_metastati: yes\n"))
    assert '"pointing_to_metastatic"?' not in result.stderr


def test_the_age_of_an_infant(tmp_path: Path) -> None:
    """Six months are six months."""
    assert "6 months" in run("assess", form(tmp_path, "age: 6 months\nsex: male\n")).stdout


def test_messages_hold_nothing_of_the_person(tmp_path: Path) -> None:
    """Neither names nor answers stand in error messages."""
    bad = tmp_path / "bad.json"
    bad.write_text(f'{{"resourceType": "Patient", "name": [{{"family": "{SECRET}"}}],}}', encoding="utf-8")
    answers = form(tmp_path, f"warfarin: {SECRET}\nage: {SECRET}\nav_block: {SECRET}\nphosphate: 5 mg/dL, {SECRET}\n")
    result = run("assess", str(bad), answers)
    assert result.exit_code == 1
    assert result.stderr.count("  found     ") == 5
    assert SECRET not in result.stderr + result.stdout
