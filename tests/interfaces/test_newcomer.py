"""What a dermatologist stumbled on who had never seen the application, each held as a kind here or as FAULTS says."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.workup import INVASIVE
from calcinosis.interfaces.web.names import GROUPS, names_of
from calcinosis.readers.recognise import parse_record
from calcinosis.report.renderers.html import as_html
from calcinosis.report.report import report_of
from calcinosis.words.en.report import NO_DANGER, WITHIN_WEEKS

TESTS = Path(__file__).parents[1]
FAULTS = {
    "a wrong unit": "interfaces/test_web_form.py::test_a_number_that_fits_the_other_unit_is_asked_about",
    "biopsy comes first": "test_no_wound_before_a_harmless_test",
    "what a treatment does with one that is taken": "test_what_is_taken_stands_first_among_the_checks",
    "reassurance": "judgement/test_no_reassurance.py::test_nothing_is_reassured_beside_what_contradicts_it",
    "a draining lump is no danger": "test_a_draining_lump_is_looked_at_soon",
    "what is hidden on paper loses its status": "test_what_is_hidden_on_paper_keeps_its_status",
    "no word of the review": "interfaces/test_web.py::test_every_page_says_who_has_not_reviewed_it",
    "the patient reads the page of the clinician": "unit/report/test_patient_page.py::test_published_cases",
    "a form fails without a word": "browser/test_assess.py::test_what_is_wrong_takes_the_focus",
    "a usual name is refused": "test_a_form_reads_every_name_that_a_page_shows",
    "a pregnancy that cannot be": "test_what_cannot_be_is_asked_about",
    "a dead end": "unit/report/test_report.py::test_no_dead_end",
    "going back empties the form": "browser/test_assess.py::test_back_and_enter_lose_nothing",
    "a button without a name where no script runs": "interfaces/test_web_form.py::test_every_button_has_a_name",
    "what decided is not shown": "test_what_decided_is_shown",
}
"""Each of the fifteen faults with the test that holds it, of this file where no other is named."""
RECORDS = sorted((TESTS / "cases" / "published").glob("*/bundle.json"))
PERSON = "age: 62\nsex: female\n"
OPENED = re.compile(r'<details class="rest no-print"><summary>(\d+) ([^<]*)</summary>(.*?)</details>\n', re.DOTALL)
DEPOSIT = f"{PERSON}systemic_sclerosis: yes\ncalcinosis_cutis: yes\n"


def test_each_fault_has_its_test() -> None:
    """None of them is forgotten when tests are moved."""
    assert len(FAULTS) == 15
    for fault, where in FAULTS.items():
        file, _, name = where.rpartition("::")
        assert f"def {name}(" in (TESTS / (file or Path(__file__))).read_text(encoding="utf-8"), fault


@pytest.fixture(scope="module")
def assessments() -> list[Assessment]:
    """The assessments of every third published case."""
    return [calcinosis.assess(calcinosis.read(path)) for path in RECORDS[::3]]


def assessed(text: str) -> Assessment:
    """Return the assessment of a form."""
    known = knowledge()
    return assess_record(parse_record(text.encode(), known.terms, "form.yaml"), known.library)


def words_of(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<(style|svg).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)).split())


@pytest.mark.parametrize(
    "form",
    [
        "systemic_sclerosis: yes\nwhite_chalky_discharge: yes\nsite_finger: yes\nhard_nodule: yes\n",
        "skin_ulcer: yes\nwhite_chalky_discharge: yes\nhard_nodule: yes\n",
        "dermatomyositis: yes\nskin_calcification: yes\n",
        "dialysis: yes\nskin_necrosis: yes\npainful_skin_lesion: yes\nretiform_purpura: yes\n",
        "hard_nodule: yes\nscar: yes\n",
    ],
)
def test_no_wound_before_a_harmless_test(form: str) -> None:
    """Neither the next step nor the first five tests cut, where a harmless test is asked for."""
    assessment = assessed(PERSON + form)
    assert [test.id for test in assessment.workup[:5] if test.burden >= INVASIVE] == []
    assert "biopsy" not in report_of(assessment).head.next.label.lower()


def test_the_next_step_is_the_first_of_the_list(assessments: list[Assessment]) -> None:
    """Where a test is the next step, no test that settles something stands before it."""
    tested = 0
    for assessment in assessments:
        step = report_of(assessment).head.next.entry
        ids = [test.id for test in assessment.workup]
        settling = [test.id for test in assessment.workup if test.would_settle]
        if step in ids:
            assert step == (settling or ids)[0]
            tested += 1
    assert tested > 5


@pytest.mark.parametrize("medicine", ["nifedipine", "metoprolol", "ciclosporin", "digoxin", "simvastatin", "lithium"])
def test_what_is_taken_stands_first_among_the_checks(medicine: str) -> None:
    """A medicine that is taken and does not go with a treatment is the first check, marked as known."""
    row = next(
        row
        for row in report_of(assessed(f"{DEPOSIT}{medicine}: yes\n")).section("treatments").rows
        if row.id == "diltiazem"
    )
    assert row.check[0] in row.known
    assert row.check[0] == f"Takes {medicine}" or "beta blocker" in row.check[0].lower()
    page = as_html(assessed(f"{DEPOSIT}{medicine}: yes\n"))
    assert re.search(rf'<li class="hit">.*?#i-danger.*?Known here: </span>{re.escape(row.check[0])}<', page)


@pytest.mark.parametrize(
    "form",
    [
        "white_chalky_discharge: yes\n",
        "white_chalky_discharge: yes\nhard_nodule: yes\n",
        "white_chalky_discharge: yes\nsystemic_sclerosis: yes\nhard_nodule: yes\n",
        "skin_calcification: yes\nskin_ulcer: yes\n",
    ],
)
def test_a_draining_lump_is_looked_at_soon(form: str) -> None:
    """What drains chalk, or is open over calcium, is a danger with a time and a step that stands in the head."""
    assessment = assessed(PERSON + form)
    assert "open-deposit" in {flag.id for flag in assessment.red_flags}
    page = words_of(as_html(assessment))
    assert NO_DANGER[0] not in page
    assert f"{WITHIN_WEEKS} Ulcerated or draining deposit. Look for pain, redness, swelling and pus" in page


def test_what_is_hidden_on_paper_keeps_its_status(assessments: list[Assessment]) -> None:
    """Causes and treatments that a sheet does not show are named there with what is said of them."""
    excluded = 0
    for assessment in assessments:
        report, page = report_of(assessment), as_html(assessment)
        printed = " ".join(re.findall(r'<p class="hint print-only">(.*?)</p>', page, re.DOTALL))
        printed = " ".join(html.unescape(printed).split())
        for line in report.section("causes").rest:
            assert f"{line.label} ({line.word})" in printed
            excluded += line.word == "excluded"
        for row in report.section("treatments").rows:
            if not row.brief and row.verdict != "not-for-this-type":
                assert row.name in printed
        assert 'class="entered"' in page
    assert excluded


@pytest.mark.parametrize("group", GROUPS)
def test_a_form_reads_every_name_that_a_page_shows(group: str) -> None:
    """What the pages call a disease, a medicine or a value is read in a form of the command line as the same."""
    known = knowledge()
    facts = [fact for fact in names_of(group).facts.values() if fact.true_when is None and not fact.formula]
    names = [fact.name for fact in facts]
    unread = []
    for fact in facts:
        if ":" in fact.name or names.count(fact.name) > 1:
            continue
        answer = "high" if fact.kind == "quantity" else "yes"
        said = parse_record(f"sex: female\n{fact.name}: {answer}\n".encode(), known.terms, "form.yaml").said
        if fact.id not in {one.fact for one in said}:
            unread.append(fact.name)
    assert unread == []


@pytest.mark.parametrize(
    ("born", "sex", "since", "told"),
    [
        ("1926-03-01", "female", "1972-05-01", "cannot last longer"),
        ("1954-03-01", "male", "2024-03-01", "does not fit the age or the sex"),
    ],
)
def test_what_cannot_be_is_asked_about(born: str, sex: str, since: str, told: str) -> None:
    """A pregnancy of 1972 that is still active, and one of a man, are doubted in words, on the page too."""
    condition = {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in (
        {"resourceType": "Patient", "id": "p", "gender": sex, "birthDate": born},
        {**condition, "code": {"text": "Pregnancy"}, "onsetDateTime": since,
         "clinicalStatus": {"coding": [{"code": "active"}]}},
        {**condition, "id": "d", "code": {"text": "Calcinosis cutis"}, "recordedDate": "2024-05-01"},
    )]}  # fmt: skip
    known = knowledge()
    assessment = assess_record(parse_record(json.dumps(bundle).encode(), known.terms, "record.json"), known.library)
    assert any(told in one.says for one in assessment.not_understood)
    assert told in words_of(as_html(assessment))
    if sex == "female":
        assert [one.sense for one in assessment.entered if one.fact == "pregnancy"] == ["not-stated"]


def test_no_count_stands_over_nothing(assessments: list[Assessment]) -> None:
    """Every count that opens, opens to as many lines; every section says something."""
    for assessment in assessments:
        page = as_html(assessment)
        opened = OPENED.findall(page)
        for count, words, body in opened:
            if "source" not in words and "more-of" not in body:
                assert len(re.findall(r'<tr role="row"><th role="rowheader|<dt>|<li>', body)) >= int(count), words
        for section in report_of(assessment).sections:
            assert section.has_something, section.id


@pytest.mark.parametrize(
    "form",
    [
        "white_chalky_discharge: yes\nhard_nodule: yes\nsystemic_sclerosis: yes\n",
        "hard_nodule: yes\nlocal_trauma: yes\n",
        "suspected_skin_calcification: yes\nsystemic_sclerosis: yes\n",
    ],
)
def test_what_decided_is_shown(form: str) -> None:
    """Each finding that points to calcium stands under *Why*, or is what speaks for the type there."""
    assessment = assessed(PERSON + form)
    assert assessment.presentation == "suspected"
    told = {line.says.rstrip(".").lower() for line in report_of(assessment).section("why").lines}
    points = {one.says.lower() for one in assessment.presentation_because if one.truth == "true" and one.from_}
    assert points
    assert points <= told
