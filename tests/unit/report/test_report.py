"""What goes into a report: headings, the next step, dangers, citations, what is short and what is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import (
    Assessment,
    Cited,
    EvidenceSummary,
    Reason,
    RedFlagResult,
    StopResult,
    TreatmentResult,
    TypeResult,
)
from calcinosis.conclusions.reasons import cited
from calcinosis.report.case_lines import sources_of_cases
from calcinosis.report.document import Line, Report
from calcinosis.report.head import type_sure
from calcinosis.report.lines import clean, joined, open_reasons, short_citation, to_ask, whole
from calcinosis.report.renderers.json import INTENDED_USE
from calcinosis.report.report import cited_in, report_of
from calcinosis.rules.vocabulary import Origin
from calcinosis.words.en.judgement import CERTAINTY
from calcinosis.words.en.report import URGENCY, VERDICT, age_words, day_words

ORDER = ["why", "types", "causes", "change", "tests", "treatments", "stop", "follow-up", "cases", "record", "sources"]


def test_fixed_words() -> None:
    """The words of verdicts and urgencies are those of the design, everywhere."""
    assert [(key, VERDICT[key]) for key in VERDICT] == [
        ("consider", "consider"),
        ("check-first", "check first"),
        ("avoid", "avoid"),
        ("not-for-this-type", "not for this type"),
    ]
    assert [(key, URGENCY[key]) for key in URGENCY] == [
        ("emergency", "emergency"),
        ("urgent", "urgent"),
        ("soon", "soon"),
    ]


def all_lines(report: Report) -> Iterator[Line]:
    """Yield the lines of the head and of all sections, without what they open to."""
    yield from (report.head.how_sure, report.head.next)
    for danger in report.head.dangers:
        yield from (danger.line, *danger.steps, *danger.because)
    for section in report.sections:
        yield from section.lines


def leading(assessment: Assessment) -> TypeResult:
    """Return the leading type of an assessment."""
    return next(kind for kind in assessment.types if kind.id == assessment.leading_type)


def with_leading(assessment: Assessment, **changes: object) -> Assessment:
    """Return the assessment with its leading type changed."""
    types = tuple(replace(kind, **changes) if kind.id == assessment.leading_type else kind for kind in assessment.types)
    return replace(assessment, types=types)


def test_sections_stand_in_order(assessments: dict[str, Assessment]) -> None:
    """The sections are those of the design, always in the same order."""
    for assessment in assessments.values():
        assert [section.id for section in report_of(assessment).sections] == ORDER


@pytest.mark.parametrize(("certainty", "words"), CERTAINTY.items())
def test_heading_names_type_and_certainty(assessments: dict[str, Assessment], certainty: str, words: str) -> None:
    """The heading is the type with how sure it is, in the one word of a clinician."""
    base = assessments["dm-54f-pelvic-sheets"]
    head = report_of(with_leading(base, certainty=certainty)).head
    name = leading(base).name
    sure = {"confirmed", "probable", "suspected"}
    wanted = f"{words.capitalize()} {name[:1].lower()}{name[1:]}" if certainty in sure else f"{name}, {words}"
    assert head.title == wanted
    assert head.how_sure.word == words
    assert head.how_sure.says.endswith((".", "them."))


def test_heading_of_a_look_alike(assessments: dict[str, Assessment]) -> None:
    """A look-alike that fits better is the heading."""
    found = assessments["limb-nodules-55m-chalky-sinuses"]
    assert found.presentation == "look-alike"
    head = report_of(found).head
    assert head.title == f"{found.look_alikes[0].name} fits better than calcinosis cutis"
    assert head.how_sure.word == found.look_alikes[0].status


def test_heading_of_nothing(assessments: dict[str, Assessment]) -> None:
    """A record without calcium says so, and judges no treatment."""
    found = assessments["arm-38f-stiff-plates"]
    assert found.presentation == "none"
    report = report_of(found)
    assert report.head.title == "Nothing that was read points to calcinosis cutis"
    assert not report.section("treatments").rows
    assert report.section("treatments").note


@pytest.mark.parametrize(
    ("form", "title", "asked"),
    [
        ("skin_necrosis: yes\n", "Danger first; no type can be named yet", ""),
        ("hard_nodule: yes\n", "Nothing that was read points to calcinosis cutis", "calcium"),
    ],
)
def test_no_dead_end(form: str, title: str, asked: str, tmp_path: Path) -> None:
    """Beside a danger nothing reassures, and a finding that leads to no type has a question that decides next."""
    file = tmp_path / "form.yaml"
    file.write_text(form, encoding="utf-8")
    head = report_of(calcinosis.assess(calcinosis.read(file))).head
    assert head.title == title
    assert bool(head.dangers) is not bool(asked)
    assert asked in head.next.says
    assert head.next.says.endswith(("?", "."))


def test_heading_without_leading_type(assessments: dict[str, Assessment]) -> None:
    """Calcium without a type that leads is called undetermined."""
    found = replace(assessments["dm-54f-pelvic-sheets"], leading_type=None)
    assert report_of(found).head.title == "Calcinosis cutis, type open"


def test_suspected_deposit_is_said(assessments: dict[str, Assessment]) -> None:
    """That the deposit itself is only suspected stands beside the status."""
    base = assessments["dm-54f-pelvic-sheets"]
    assert not report_of(replace(base, presentation="calcinosis")).head.how_sure.aside
    found = report_of(replace(base, presentation="suspected")).head
    assert "suspected" in found.how_sure.aside
    assert found.title.endswith("; calcium not yet shown")


FLAG = RedFlagResult(
    id="f", name="Flag", says="It is bad.", plain="Go.", urgency="urgent", steps=(Cited("First step.", ("x",)),)
)
STOP = StopResult(id="s", name="Stopper", why=(Cited("It harms.", ("x",)),), advice=(Cited("Ask first.", ("x",)),))


def test_next_is_the_most_important_step(assessments: dict[str, Assessment]) -> None:
    """Danger, then what to stop, then the test that settles most, then the cause."""
    base = replace(assessments["ssc-62f-thumb-tip"], red_flags=(), stop=())
    settling = max(base.workup, key=lambda test: len(test.would_settle))
    assert settling.would_settle
    assert report_of(replace(base, red_flags=(FLAG,), stop=(STOP,))).head.next.says == "First step."
    assert report_of(replace(base, red_flags=(replace(FLAG, urgency="soon"),), stop=(STOP,))).head.next.says == (
        "Ask first."
    )
    assert settling.name in report_of(base).head.next.label
    causes = [cause for cause in base.causes if cause.status == "confirmed" and cause.treat_first]
    assert causes
    without = report_of(replace(base, workup=())).head.next
    assert without.says == clean(causes[0].treat_first[0].says)
    assert report_of(replace(base, workup=(), causes=())).head.next.says == "No next step suggested by what was read."


def test_danger_or_a_sentence(assessments: dict[str, Assessment]) -> None:
    """Each red flag is shown with its urgency; without one a sentence says so."""
    base = assessments["ssc-62f-thumb-tip"]
    with_flag = report_of(replace(base, red_flags=(replace(FLAG, urgency="emergency"),))).head
    assert [danger.word for danger in with_flag.emergencies] == ["emergency"]
    without = report_of(replace(base, red_flags=())).head
    assert not without.dangers
    assert without.no_danger.says == "No danger sign recorded. What was not asked is not excluded."


def test_a_medicine_is_reviewed_never_stopped_alone(assessments: dict[str, Assessment]) -> None:
    """What is taken is to be reviewed with the prescriber; a patient without own words for it reads to ask first."""
    harsh = replace(STOP, advice=(Cited("Stop it.", ("x",)),))
    report = report_of(replace(assessments["ssc-62f-thumb-tip"], red_flags=(), stop=(harsh,)))
    assert report.head.next.label == "Review with the prescriber: Stopper"
    for line in (report.head.next, *report.section("stop").lines):
        assert line.says == "Stop it."
        assert line.patient.startswith("Do not stop a medicine on your own.")


STOPPING = re.compile(
    r"\b(?:(not|never|just|before you|does not|alone)\b[^.;:]*?)?\bstop(?:ped|s|ping)?\b", re.IGNORECASE
)


def test_no_patient_reads_to_stop_a_medicine(assessments: dict[str, Assessment]) -> None:
    """Whatever is taken, the words for patients never ask to stop it."""
    base = assessments["ssc-62f-thumb-tip"]
    treatments = [one for one in knowledge().library.treatments.values() if one.medicine]
    assert len(treatments) > 50
    for one in treatments:
        item = StopResult(id=one.id, name=one.name, why=(), advice=tuple(map(cited, one.if_taken)))
        report = report_of(replace(base, red_flags=(), stop=(item,) if item.advice else ()))
        for line in report.section("stop").lines:
            for words in (line.patient, *(part.patient for part in line.parts)):
                assert all(found[1] or found[0] == "Stopping" for found in STOPPING.finditer(words)), (one.id, words)


def test_a_finding_is_said_once_in_a_sentence() -> None:
    """What two reasons say alike is said once; the rest is counted."""
    reasons = [Reason(one, "true") for one in ("dialysis is recorded", "calcium is low", "dialysis is recorded", "x")]
    assert joined(reasons, 2) == "dialysis is recorded; calcium is low; 1 more finding"


def test_nothing_is_treated_or_explained_where_nothing_is_found(assessments: dict[str, Assessment]) -> None:
    """Without a sign of calcium no cause is to be treated and none is confirmed; no type is `the other`."""
    found = [one for one in assessments.values() if one.presentation == "none" and not one.red_flags]
    assert found
    for assessment in found:
        report = report_of(assessment)
        assert not report.head.next.label.startswith("Treat the cause")
        assert {line.word for line in report.section("causes").lines} <= {"recorded", "suspected", "excluded"}
        assert report.section("types").title == "The types"
        assert report.section("change").lines == ()


def test_the_risk_of_another_type_is_no_cause(assessments: dict[str, Assessment]) -> None:
    """What only raises a risk is called an association, and one of another type is not in the one-minute view."""
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for assessment in assessments.values():
        if assessment.presentation == "none" or assessment.leading_type is None:
            continue
        lines = {line.label: line for line in report_of(assessment).section("causes").lines}
        for cause in assessment.causes:
            if cause.status == "confirmed" and cause.strength == "association":
                own = assessment.leading_type in cause.leads_to
                words[own].add(lines[clean(cause.name)].word)
                assert own or not lines[clean(cause.name)].brief
    assert words == {True: {"association"}, False: {"risk of another type"}}


def test_the_diagnosis_of_a_type_is_no_question_about_it(assessments: dict[str, Assessment]) -> None:
    """Calciphylaxis does not hold "if calciphylaxis is absent"."""
    seen = 0
    for assessment in assessments.values():
        for kind in assessment.types:
            seen += kind.id in kind.assumes_absent
            assert kind.id not in to_ask(kind)
            open_ones = open_reasons(kind)
            assert len(open_ones) == 1 or kind.id not in {reason.fact for reason in open_ones}
    assert seen


def test_what_is_taken_is_not_called_harmless_unjudged(assessments: dict[str, Assessment]) -> None:
    """Where no treatment is judged, the report does not say that nothing taken is to be avoided."""
    for assessment in assessments.values():
        section = report_of(assessment).section("stop")
        assert bool(section.lines) is bool(assessment.taken)
        assert not assessment.stop or assessment.taken


def test_every_line_cites_sources_that_are_listed(assessments: dict[str, Assessment]) -> None:
    """Every source cited, also in what a line opens to, exists and is listed."""
    for name, assessment in assessments.items():
        report = report_of(assessment)
        listed = {source.id for source in report.section("sources").sources}
        cited = {cite for line in all_lines(report) for cite in cited_in(line)}
        for row in report.section("treatments").rows:
            cited |= {*row.cites, *(cite for part in row.parts for cite in cited_in(part))}
        assert cited == listed, name
        assert listed <= {*assessment.sources, *sources_of_cases(assessment)}


def test_statements_have_a_source(assessments: dict[str, Assessment]) -> None:
    """What is advised or concluded names a source; only sentences about the record itself need none."""
    for name, assessment in assessments.items():
        report = report_of(assessment)
        for danger in report.head.dangers:
            assert danger.line.cites, name
            assert all(step.cites for step in danger.steps), name
        for section in report.sections:
            if section.id in {"why", "tests", "stop", "follow-up"}:
                unjudged = section.id == "stop"  # what is not known, or not judged, rests on no source
                lines = [line for line in section.lines if not unjudged or line.word in {"avoid", "caution"}]
                assert all(line.cites for line in lines), (name, section.id)
        for row in report.section("treatments").rows:
            assert row.verdict == "not-for-this-type" or row.cites, (name, row.id)


def test_every_treatment_stands_in_the_report(assessments: dict[str, Assessment]) -> None:
    """All treatments with their verdicts, in the order of the assessment."""
    for assessment in assessments.values():
        rows = report_of(assessment).section("treatments").rows
        assert [(row.id, row.word) for row in rows] == [
            (result.id, VERDICT[result.verdict]) for result in assessment.treatments
        ]


def treatment(**changes: object) -> TreatmentResult:
    """Return a treatment that would be an option but for this person."""
    values: dict[str, object] = {
        "id": "t",
        "name": "T",
        "kind": "medicine",
        "verdict": "avoid",
        "why": (Cited("It helps many.", ("x",)),),
        "because": (Reason("heart failure is present", "true", (), ("y",)),),
        "evidence": EvidenceSummary(level="IV", patients=20, improved=18, cite=("x",)),
    }
    return TreatmentResult(**{**values, **changes})  # type: ignore[arg-type]


def test_praise_is_never_the_reason_to_avoid(assessments: dict[str, Assessment]) -> None:
    """Where own findings forbid a treatment they are the reason, not what speaks for it; and no bar praises it."""
    base = assessments["dm-54f-pelvic-sheets"]
    forbidden = treatment(against=(Reason("heart failure is present", "true", (), ("z",)),))
    row = report_of(replace(base, treatments=(forbidden,))).section("treatments").rows[0]
    assert row.reason.says == "Contraindicated here: heart failure is present."
    assert row.evidence is not None
    assert not row.evidence.has_bar
    named = treatment(against=(Reason("age 3 years is below 8 years", "true", (), ("z",)),))
    row = report_of(replace(base, treatments=(named,))).section("treatments").rows[0]
    assert row.reason.says == "Contraindicated here: age 3 years is below 8 years."


def test_an_objection_is_the_reason_to_avoid(assessments: dict[str, Assessment]) -> None:
    """Where the literature objects, its sentence is the reason."""
    objected = treatment(why=(Cited("It harms.", ("x",)),), evidence=EvidenceSummary(level="", patients=0, improved=0))
    base = assessments["dm-54f-pelvic-sheets"]
    row = report_of(replace(base, treatments=(objected,))).section("treatments").rows[0]
    assert row.reason.says == "It harms."


def test_what_is_checked_is_named_in_words(assessments: dict[str, Assessment]) -> None:
    """Facts to check and to ask are shown by name, not by id."""
    found = 0
    for assessment in assessments.values():
        report = report_of(assessment)
        for result, row in zip(assessment.treatments, report.section("treatments").rows, strict=True):
            names = [clean(assessment.names[fact]) for fact in result.check]
            assert len(row.check) == len(names)
            assert all(said in (name, *row.known) for said, name in zip(row.check, names, strict=True))
            assert row.known <= {clean(one.says)[0].upper() + clean(one.says)[1:] for one in result.because}
            found += len(row.check)
    assert found > 100


def test_many_assumptions_are_one_line(assessments: dict[str, Assessment]) -> None:
    """What is taken as absent is counted in one line that opens to every name."""
    assessment = assessments["vulva-35f-yellow-nodules"]
    count = len(leading(assessment).assumes_absent)
    assert count >= 40
    line = report_of(assessment).section("change").lines[0]
    assert line.says == f"Not mentioned, and taken as absent: {count} findings. Ask about each."
    assert len(line.names) == count
    assert len(report_of(assessment).section("why").brief) <= 6


def test_open_findings_stay_in_the_short_view(assessments: dict[str, Assessment]) -> None:
    """However much speaks for a type, what is not known is not pushed out of the short view."""
    base = assessments["ssc-62f-thumb-tip"]
    read, cite = (Origin("resource", "Condition/c"),), ("reiter-2011-part1",)
    because = [Reason(f"sign {place} is present", "true", read, cite, "f") for place in range(9)]
    because.append(Reason("phosphate is not known", "unknown", (), cite, "g"))
    brief = report_of(with_leading(base, because=tuple(because), status="undetermined")).section("why").brief
    assert any(line.mark == "unknown" for line in brief)


def test_how_sure_names_what_it_rests_on(assessments: dict[str, Assessment]) -> None:
    """The sentence on certainty names findings, those that are open too, and counts only what is left over."""
    read = (Origin("resource", "Condition/c"),)
    because = (
        Reason("systemic sclerosis", "true", read, (), "s"),
        Reason("no scar mentioned", "true", (), (), "t"),
        *(Reason(f"{name}: not known", "unknown", (), (), name) for name in ("calcium", "phosphate", "albumin")),
    )
    found = with_leading(assessments["ssc-62f-thumb-tip"], because=because, status="undetermined")
    assert type_sure(leading(found)).says == (
        "Supported by: systemic sclerosis. Not known: calcium; phosphate; and 1 more."
    )
    likely = replace(leading(found), status="provisional", assumes_absent=("scar", "burn"))
    assert type_sure(likely).says == (
        "Supported by: systemic sclerosis. Holds if the 2 findings that are not mentioned are absent; ask about each."
    )
    against = (Reason("gout", "true", read, (), "g"),)
    assert type_sure(replace(likely, status="excluded", against=against)).says == "Ruled out by: gout."


def test_patient_words_are_kept(assessments: dict[str, Assessment]) -> None:
    """A line has the patient's words of the knowledge, or the same where there are none."""
    assert Line(says="a", plain="b").patient == "b"
    assert Line(says="a").patient == "a"
    report = report_of(assessments["ssc-62f-thumb-tip"])
    assert any(line.plain for line in report.section("tests").lines)


def test_intended_use_and_knowledge(assessments: dict[str, Assessment]) -> None:
    """Every report carries what it is for and which knowledge it rests on."""
    for assessment in assessments.values():
        report = report_of(assessment)
        assert report.intended_use == INTENDED_USE
        assert assessment.knowledge_version in report.knowledge


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("phosphate is high", "Phosphate is high."),
        ("pH 7.2 is low", "pH 7.2 is low."),
        ("25-hydroxyvitamin D is low", "25-hydroxyvitamin D is low."),
        ("calcium-phosphate product is high.", "Calcium-phosphate product is high."),
        ("a\x1b[31m\nb\u202ec", "A [31m b c."),
        ("", ""),
    ],
)
def test_whole_sentences(raw: str, shown: str) -> None:
    """Fragments become sentences; signs that a terminal would obey are gone."""
    assert whole(raw) == shown


@pytest.mark.parametrize(
    ("age", "words"),
    [(54.0, "54 years"), (1.6, "19 months"), (0.0166, "6 days"), (None, "age not known"), (0.0, "0 days")],
)
def test_age_words(age: float | None, words: str) -> None:
    """Ages are in years, months or days."""
    assert age_words(age) == words


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("x1", "2024-06-15", "Female, 62 years; record x1 of 15 June 2024."),
        ("x1", "", "Female, 62 years; undated record x1."),
        ("", "2024-06-15", "Female, 62 years; record of 15 June 2024."),
        ("", "", "Female, 62 years; undated record."),
    ],
)
def test_whose_record_it_is(name: str, day: str, expected: str, assessments: dict[str, Assessment]) -> None:
    """What is not known of a record leaves no gap in the sentence."""
    thumb = assessments["ssc-62f-thumb-tip"]
    report = report_of(replace(thumb, record=replace(thumb.record, id=name, as_of=day)))
    assert report.head.who == expected
    assert report.section("record").note.startswith(expected)
    assert ("on that day" in report.section("record").note) is bool(day)


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (
            "Balin SJ, Wetter DA, Andersen LK, Davis MD. Calcinosis cutis. 2012.",
            "Balin SJ et al. Calcinosis cutis. 2012.",
        ),
        ("Balin SJ, Wetter DA, Davis MD. Calcinosis cutis.", "Balin SJ, Wetter DA, Davis MD. Calcinosis cutis."),
        ("Balin SJ et al. A, b, c, d and e. 2012.", "Balin SJ et al. A, b, c, d and e. 2012."),
        ("Novartis. Zometa, a, b, c, d.", "Novartis. Zometa, a, b, c, d."),
    ],
)
def test_many_authors_are_one_and_others(citation: str, expected: str) -> None:
    """Up to three authors are named; what looks like authors in a title is left alone."""
    assert short_citation(citation) == expected


@pytest.mark.parametrize(("day", "words"), [("2024-06-15", "15 June 2024"), ("2024", "2024"), ("", "")])
def test_day_words(day: str, words: str) -> None:
    """Full dates are spelt out; others stand as they are."""
    assert day_words(day) == words


def test_studies_of_other_types_are_not_shown_as_its_own(assessments: dict[str, Assessment]) -> None:
    """Where all that is counted is about other types, this is said, and no share is shown."""
    base = assessments["dm-54f-pelvic-sheets"]
    summary = EvidenceSummary(level="IV", patients=0, improved=0, other_types=2)
    option = treatment(verdict="consider", why=(Cited("It may help.", ("x",)),), evidence=summary)
    row = report_of(replace(base, treatments=(option,))).section("treatments").rows[0]
    assert row.evidence is not None
    assert row.evidence.words == "no patients of this type counted, 2 patients of others; level IV"
    assert not row.evidence.has_bar


def test_what_was_asked_is_not_called_unasked(tmp_path: Path) -> None:
    """Of a sign that is told or measured, the part that is denied stands as absent and the other as not asked."""
    (tmp_path / "form.yaml").write_text("hard_nodule: yes\nfever: no\n", encoding="utf-8")
    looked_at = report_of(calcinosis.assess(calcinosis.read(tmp_path / "form.yaml"))).looked_at
    assert looked_at is not None
    assert looked_at.absent.startswith("Fever")
    assert looked_at.not_asked.startswith("Body temperature, ")
    assert "fever" not in looked_at.not_asked.lower()
