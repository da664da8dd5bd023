"""The published cases as knowledge: complete, tied to known entries, and what the records of the tests say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from runpy import run_path

import pytest

from calcinosis.compiled import CASES, KNOWLEDGE, knowledge
from calcinosis.errors import KnowledgeError
from calcinosis.library.load_cases import load_cases
from calcinosis.published import published_cases

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "tests" / "cases"
DOUBLES = {"burn-66f-abdomen-thigh"}
"""Records of a report that another record tells already."""


def test_every_published_record_is_a_case() -> None:
    """Each record of tests/cases is a case of the knowledge, but for doubles, and names its set."""
    records = {path.parent.name: path.parents[1].name for path in RECORDS.glob("published*/*/expected.json")}
    found = {one.case.id: one.case.collection for one in published_cases().cases}
    assert found == {name: folder for name, folder in records.items() if name not in DOUBLES}


def test_type_and_source_are_those_of_the_record() -> None:
    """Type, DOI and cause in words are what expected.json of the record gives."""
    import orjson

    for one in published_cases().cases:
        expected = orjson.loads((RECORDS / one.case.collection / one.case.id / "expected.json").read_bytes())
        assert one.case.type == expected["type"], one.case.id
        assert (one.case.source.doi or None) == expected["source"].get("doi"), one.case.id
        assert one.case.cause_words == expected["underlying_cause"], one.case.id


def test_what_was_tried_and_what_came_of_it_go_together() -> None:
    """What is said to have helped or failed says how; who healed, died or did not is told in a sentence."""
    for one in published_cases().cases:
        for tried in one.case.tried:
            assert (tried.result == "not-told") or tried.outcome, (one.case.id, tried.says)
        if one.case.result != "not-told":
            assert one.case.outcome.endswith("."), one.case.id
        if one.case.follow_up:
            assert one.case.outcome, one.case.id


def test_a_type_of_the_five_names_no_look_alike() -> None:
    """Only what is no calcinosis names a look-alike."""
    assert not [one.case.id for one in published_cases().cases
                if one.case.look_alike and one.case.type != "not-calcinosis"]  # fmt: skip


def test_facts_are_those_of_the_records() -> None:
    """What is compared of the cases is what is read of their records today, but for one finding in fifty."""
    measure = run_path(str(ROOT / "benchmarks" / "cases.py"))
    *differing, counted = measure["differing_facts"](published_cases())
    same, of = map(int, re.findall(r"\d+", counted)[:2])
    assert same / of >= 0.98, "\n".join(differing)


def test_the_bars_of_the_benchmark() -> None:
    """Of those shown at least 0.80 are of the same type, and the same cause is found for 0.70.

    For sets that the library does not hold, 0.80 was reached too, by little: a change of a reader may cost a card.
    """
    measure = run_path(str(ROOT / "benchmarks" / "cases.py"))
    library = published_cases()
    everyone = {one.case.id for one in library.cases}
    apart = {one.case.id for one in library.cases if one.case.collection in measure["APART"][0]}
    rest = measure["case_library"](one for one in library.cases if one.case.id not in apart)
    for asked, shown, share in ((everyone, library, measure["SHARE"]), (apart, rest, 0.78)):
        found = measure["score"](measure["by_program"], shown, asked)
        assert sum(found.shares) / len(found.shares) >= share
        assert sum(found.causes) / len(found.causes) >= measure["CAUSE"]
        assert len(found.none) < len(asked) / 5


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("causes: [systemic-sclerosis]", "causes: [sclerosis]", "the id sclerosis"),
        ("  pain: yes", "  pains: yes", "the id pains"),
        ("result: not-told", "result: fine", "result: fine"),
        ("type: dystrophic", "type: dystropic", "type: dystropic"),
        ("id: ssc-62f-thumb-tip", "id: another", "the id another"),
    ],
)
def test_a_wrong_case_is_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    """An id that names nothing, and a word that is none of those allowed, is a problem with its file."""
    (tmp_path / CASES).mkdir()
    (tmp_path / "terminology").mkdir()
    shutil.copy(KNOWLEDGE / "terminology" / "copies.yaml", tmp_path / "terminology")
    text = (KNOWLEDGE / CASES / "ssc-62f-thumb-tip.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / CASES / "ssc-62f-thumb-tip.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_cases(tmp_path / CASES, knowledge().library)
    assert any(told in problem.found for problem in raised.value.problems)
