"""The page for a patient: easy to read, urgent things first, nothing that the assessment does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import Assessment
from calcinosis.report.patient_page import PatientPage, patient_page
from calcinosis.report.renderers.json import as_json
from calcinosis.report.renderers.patient import as_patient_page
from calcinosis.words.en import drawings
from calcinosis.words.en import patient as words
from tests.reading_grade import reading_grade

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "tests" / "cases").glob("published*/*/bundle.json"))
GRADE = 6.0
SETS = sorted({case.parent.parent for case in CASES})


def assessed(path: Path) -> Assessment:
    """Return the assessment of a record."""
    return calcinosis.assess(calcinosis.read(path))


def pages(folder: Path) -> list[tuple[str, Assessment, PatientPage]]:
    """Return the page of each case of a set."""
    found = [(path.parent.name, assessed(path)) for path in CASES if path.parent.parent == folder]
    return [(name, one, patient_page(one)) for name, one in found]


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_published_cases(folder: Path) -> None:
    """Each is written for the sixth school grade at most, and says only what the assessment or the fixed words say."""
    fixed = {value for value in vars(words).values() if isinstance(value, str)} | set(words.SURE.values())
    for name, assessment, page in pages(folder):
        assert reading_grade(page.sentences) <= GRADE, name
        held = as_json(assessment).casefold()
        for says in page.sentences:
            told = says.removeprefix(words.AFTER.partition("{")[0])
            known = says in fixed or told.casefold() in held or says.startswith(_starts(words.CALLED, words.LOOK_ALIKE))
            assert known, f"{name}: {says}"
        assert bool(page.alarm) == any(flag.urgency == "emergency" for flag in assessment.red_flags), name


def _starts(*patterns: str) -> tuple[str, ...]:
    return tuple(pattern.partition("{")[0] for pattern in patterns)


def test_a_harder_text_has_a_higher_grade() -> None:
    """The measure tells a patient's sentence from one of a textbook."""
    easy = ["Keep your hands warm.", "Do not smoke."]
    hard = ["Dystrophic calcification characteristically accompanies autoimmune connective tissue disease without "
            "abnormality of mineral metabolism."]  # fmt: skip
    assert reading_grade(easy) < 3 < 12 < reading_grade(hard)


def test_an_emergency_comes_first() -> None:
    """Someone who has to go to hospital reads what to do, not what can wait."""
    page = patient_page(assessed(ROOT / "examples" / "dialysis-breast.json"))
    assert page.title == words.EMERGENCY_TITLE
    assert page.steps
    assert not page.soon
    assert not page.next
    assert page.do == (words.PATIENT_STOP,)
    assert {group.urgency for group in page.call} <= {"emergency"}


def test_who_is_at_risk_reads_when_to_call() -> None:
    """The signs to look out for are those of this person's diseases, most urgent first, and none that is there."""
    assessment = assessed(ROOT / "examples" / "scleroderma-thumb.json")
    page = patient_page(assessment)
    assert [group.urgency for group in page.call] == ["emergency", "urgent", "soon"]
    present = {flag.id for flag in assessment.red_flags}
    assert present.isdisjoint(sign.id for sign in assessment.watch)
    ids = {sign.id for sign in assessment.watch}
    assert "gangrene-or-digital-ischaemia" in ids
    assert "painful-skin-necrosis" not in ids
    assert not page.alarm


def test_a_record_without_calcium_reassures_of_nothing() -> None:
    """Where nothing was read, the page says that this rules nothing out."""
    assessment = assessed(ROOT / "examples" / "scleroderma-thumb.json")
    page = patient_page(replace(assessment, presentation="none", leading_type=None))
    assert page.intro == (words.NONE,)


def test_the_document() -> None:
    """It stands alone, names no level, id or citation, and says that no clinician has reviewed it."""
    html = as_patient_page(assessed(ROOT / "examples" / "scleroderma-thumb.json"))
    assert "<script" not in html
    assert "http" not in html.replace('http-equiv="', "")
    assert words.REVIEW in html
    assert drawings.DRAWINGS["dystrophic"] in html
    for source in knowledge().library.sources:
        assert source not in html


def test_no_heading_grants_more_time_than_its_line() -> None:
    """What has to be seen today stands under no heading that names a later day."""
    for urgency in ("emergency", "urgent"):
        assert not any(word in words.WHEN[urgency] for word in ("two", "week", "tomorrow"))


def test_a_heading_claims_no_more_than_is_shown() -> None:
    """Where calcium is only suspected, the title says so."""
    assessment = replace(assessed(ROOT / "examples" / "scleroderma-thumb.json"), presentation="suspected", red_flags=())
    assert patient_page(assessment).title == words.TITLES["suspected"] != words.TITLE


def test_what_speaks_against_a_treatment_here_is_no_first_question(tmp_path: Path) -> None:
    """Who takes nifedipine is not sent to ask for diltiazem before what nothing known speaks against."""
    file = tmp_path / "form.yaml"
    file.write_text("hard_nodule: yes\nlimited_cutaneous_systemic_sclerosis: yes\nnifedipine: yes\n", encoding="utf-8")
    assessment = calcinosis.assess(calcinosis.read(file))
    asked = [one.about for one in patient_page(assessment).ask]
    assert len(asked) > 2
    assert "Diltiazem by mouth" in {one.name for one in assessment.treatments if one.verdict == "check-first"}
    assert "Diltiazem by mouth" not in asked
