"""`calcinosis evaluate --assessments`: any program that writes the JSON of an assessment is scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.interfaces.test_cli import run

CASES = Path(__file__).parents[1] / "cases" / "published-third"
CHOSEN = ("hd-27m-shoulder-wrist", "ear-hand-61m-chalky", "scrotum-57m-two-thirds")


def some_cases(folder: Path) -> Path:
    """Return a folder with the answers of three cases, and no record: nothing can be read but what is given."""
    for name in CHOSEN:
        (folder / "cases" / name).mkdir(parents=True)
        answer = (CASES / name / "expected.json").read_text(encoding="utf-8")
        (folder / "cases" / name / "expected.json").write_text(answer, encoding="utf-8")
    return folder / "cases"


def stub(folder: Path, **answers: Any) -> Path:
    """Write what a stub of another program answers."""
    (folder / "given").mkdir()
    for name, answer in answers.items():
        text = answer if isinstance(answer, str) else json.dumps(answer)
        (folder / "given" / f"{name.replace('_', '-')}.json").write_text(text, encoding="utf-8")
    return folder / "given"


def test_the_answers_of_another_program_are_scored(tmp_path: Path) -> None:
    """A stub that knows two of three cases gets two of three, whatever else it writes."""
    given = stub(
        tmp_path,
        hd_27m_shoulder_wrist={
            "presentation": "calcinosis", "leading_type": "metastatic", "extra": [1],
            "types": [{"id": "metastatic", "status": "established", "because": [{"says": "phosphate is high"}]}],
            "causes": [{"id": "chronic-kidney-disease", "status": "confirmed"}, {"id": "acne", "status": "excluded"}],
            "treatments": [{"id": "sevelamer", "verdict": "consider"}, {"id": "warfarin", "verdict": "avoid"}],
            "red_flags": [{"id": "high-product"}],
        },
        ear_hand_61m_chalky={"presentation": "look-alike", "leading_type": None},
        scrotum_57m_two_thirds={"presentation": "calcinosis", "leading_type": "dystrophic"},
    )  # fmt: skip
    found = run("evaluate", str(some_cases(tmp_path)), "--assessments", str(given), "--format", "json")
    assert found.exit_code == 0, found.stderr
    evaluation = json.loads(found.stdout)
    assert (evaluation["cases"], evaluation["type"]["scored"], evaluation["type"]["correct"]) == (3, 3, 2)
    first = next(case for case in evaluation["per_case"] if case["case"] == "hd-27m-shoulder-wrist")
    assert first["causes_confirmed_or_suspected"] == ["chronic-kidney-disease"]
    assert (first["status"], first["because"]) == ("established", ["phosphate is high"])
    assert (first["consider"], first["avoid"], first["red_flags"]) == (["sevelamer"], ["warfarin"], ["high-product"])


def test_what_cannot_be_scored_is_named(tmp_path: Path) -> None:
    """A missing answer, no JSON, and JSON that is no assessment are problems of their files; the rest is scored."""
    given = stub(
        tmp_path, hd_27m_shoulder_wrist="{", ear_hand_61m_chalky={"presentation": "maybe", "leading_type": None}
    )
    found = run("evaluate", str(some_cases(tmp_path)), "--assessments", str(given))
    assert found.exit_code == 1
    for name in CHOSEN:
        assert f"{name}.json" in found.stderr
    assert "`presentation` is maybe" in found.stderr


def test_its_own_json_scores_as_it_does(tmp_path: Path) -> None:
    """What `assess` writes, given back, is scored as the records themselves are."""
    given = tmp_path / "given"
    given.mkdir()
    folder = tmp_path / "cases"
    for name in CHOSEN:
        (folder / name).mkdir(parents=True)
        for file in ("bundle.json", "expected.json"):
            (folder / name / file).write_bytes((CASES / name / file).read_bytes())
        written = run("assess", str(CASES / name / "bundle.json"), "--format", "json").stdout
        (given / f"{name}.json").write_text(written, encoding="utf-8")
    own = run("evaluate", str(folder), "--format", "json").stdout
    assert json.loads(
        run("evaluate", str(folder), "--assessments", str(given), "--format", "json").stdout
    ) == json.loads(own)
