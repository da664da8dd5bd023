"""A folder of cases against what their authors concluded: accuracy, confusions, and what differed in each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calcinosis.compiled import Knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.errors import InputError, Problem
from calcinosis.interfaces.given_answers import VERDICTS, Answer, answer_of, given_answer, json_file
from calcinosis.readers.recognise import read_record
from calcinosis.words.en import evaluation as words

INPUTS = {"bundle": "bundle.json", "note": "note.txt"}
"""The files of a case that can be read."""
NOT_CALCINOSIS, UNCERTAIN = "not-calcinosis", "uncertain"


def evaluate_folder(
    folder: Path, knowledge: Knowledge, kind: str = "bundle", assessments: Path | None = None
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the evaluation of every case below a folder (JSON of the contract), and the problems met.

    With a folder of assessments (JSON of the contract, each named as its case) those are scored and none is made.
    """
    per_case, problems = [], []
    cases = sorted(path.parent for path in folder.rglob("expected.json"))
    if not cases:
        problems.append(Problem(str(folder), 0, words.NO_EXPECTED, words.CASE_FOLDERS))
    for case in cases:
        try:
            expected = _expected(case / "expected.json")
            if assessments is not None:
                answer = given_answer(assessments / f"{case.name}.json")
            else:
                record = read_record(case / INPUTS[kind], knowledge.terms)
                answer = answer_of(assess_record(record, knowledge.library))
        except InputError as error:
            problems.extend(error.problems)
            continue
        per_case.append(_outcome(case.name, expected, answer))
    return _summary(per_case), problems


def _expected(path: Path) -> dict[str, Any]:
    expected = json_file(path, words.AN_EXPECTED)
    if not isinstance(expected, dict) or not isinstance(expected.get("type"), str):
        raise InputError([Problem(str(path), 0, words.NO_TYPE_GIVEN, words.OBJECT_WITH_TYPE)])
    acceptable = expected.get("acceptable_types") or []
    if not (isinstance(acceptable, list) and all(isinstance(one, str) for one in acceptable)):
        raise InputError([Problem(str(path), 0, words.NO_LIST_OF_TYPES, words.LIST_OF_TYPES)])
    return expected


def _outcome(name: str, expected: dict[str, Any], answer: Answer) -> dict[str, Any]:
    acceptable = expected.get("acceptable_types") or [expected["type"]]
    return {
        "case": name,
        "expected": expected["type"],
        "acceptable": acceptable,
        "presentation": answer.presentation,
        "leading_type": answer.leading_type,
        "status": answer.status,
        "correct": _correct(expected["type"], acceptable, answer),
        "derivable": expected.get("derivable", True),
        "because": list(answer.because),
        "causes_confirmed_or_suspected": list(answer.causes),
        "look_alikes": list(answer.look_alikes),
        **{verdict.replace("-", "_"): list(answer.treatments.get(verdict, ())) for verdict in VERDICTS},
        "red_flags": list(answer.red_flags),
    }


def _correct(expected: str, acceptable: list[str], answer: Answer) -> bool | None:
    """Whether the leading type is one that is defensible; None for a case that is not scored."""
    if expected == UNCERTAIN:
        return None
    if NOT_CALCINOSIS in acceptable and answer.presentation in {"look-alike", "none"}:
        return True
    return answer.leading_type in acceptable


def _summary(per_case: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cases": len(per_case),
        "type": _score(per_case),
        "derivable": _score([case for case in per_case if case["derivable"]]),
        "per_case": per_case,
    }


def _score(per_case: list[dict[str, Any]]) -> dict[str, Any]:
    scored = [case for case in per_case if case["correct"] is not None]
    correct = sum(case["correct"] for case in scored)
    confusion: dict[str, dict[str, int]] = {}
    for case in scored:
        found = case["leading_type"] or (NOT_CALCINOSIS if case["presentation"] in {"look-alike", "none"} else "none")
        row = confusion.setdefault(case["expected"], {})
        row[found] = row.get(found, 0) + 1
    accuracy = round(correct / len(scored), 3) if scored else None
    return {"scored": len(scored), "correct": correct, "accuracy": accuracy, "confusion": confusion}


def evaluation_lines(evaluation: dict[str, Any]) -> Iterator[str]:
    """Yield the evaluation as lines for a terminal: the score, the confusions, and every case that differed."""
    for name, cases in (("type", words.ALL_CASES), ("derivable", words.DERIVABLE_CASES)):
        score = evaluation[name]
        share = f"{score['accuracy']:.1%}" if score["accuracy"] is not None else words.NOTHING_SCORED
        yield words.SCORE.format(cases=cases, correct=score["correct"], scored=score["scored"], share=share)
    yield ""
    yield words.CONFUSIONS
    for expected, found in sorted(evaluation["type"]["confusion"].items()):
        yield f"  {expected}: " + ", ".join(f"{kind} {count}" for kind, count in sorted(found.items()))
    differing = [case for case in evaluation["per_case"] if case["correct"] is False]
    yield ""
    yield words.NO_DIFFERENCE if not differing else words.DIFFERENCES
    for case in differing:
        found = (
            words.FOUND.format(type=case["leading_type"], status=case["status"])
            if case["leading_type"]
            else words.NO_TYPE.format(presentation=case["presentation"])
        )
        note = "" if case["derivable"] else words.NOT_DERIVABLE
        expected_types = words.OR.join(case["acceptable"])
        yield f"  {words.CASE.format(case=case['case'], expected=expected_types, found=found, note=note)}"
        for reason in case["because"][:4]:
            yield f"      {reason}"
