"""The text for a terminal: short, complete when verbose, safe to show."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

import calcinosis
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assessment import Assessment
from calcinosis.published import published_cases
from calcinosis.report.renderers.json import INTENDED_USE
from calcinosis.report.renderers.text import as_text
from calcinosis.report.renderers.text_table import Block, TextRow, lines_of
from calcinosis.report.report import report_of
from calcinosis.words.en.report import NEXT_NOTHING, VERDICT

PLAIN_CASE = Path(__file__).parents[3] / "examples" / "scleroderma-thumb.json"


@pytest.fixture(autouse=True)
def _hundred_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


def flat(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def rows_by_verdict(text: str) -> dict[str, list[str]]:
    """Return the rows of each verdict of a verbose text, each in one line."""
    found: dict[str, list[str]] = {}
    group: list[str] | None = None
    for line in text.splitlines():
        if line[:2] in {"+ ", "? ", "x "}:
            if group is not None:
                group.append(line[2:].strip())
        elif line[:1].isalpha():
            group = found.setdefault(line, []) if line in VERDICT.values() else None
        elif group and line.startswith("  "):
            group[-1] = f"{group[-1]} {line.strip()}"
    return found


def test_head_comes_first(assessments: dict[str, Assessment]) -> None:
    """The first line is the heading."""
    for assessment in assessments.values():
        assert as_text(assessment).splitlines()[0] == report_of(assessment).head.title


def test_a_minute_to_read(assessments: dict[str, Assessment]) -> None:
    """Without --verbose about sixty lines, up to half as many again in an emergency with much taken."""
    calm: list[int] = []
    emergency: list[int] = []
    for assessment in assessments.values():
        is_emergency = any(flag.urgency == "emergency" for flag in assessment.red_flags)
        (emergency if is_emergency else calm).append(len(as_text(assessment).splitlines()))
    assert median(calm) <= 66
    assert max(calm) <= 85
    assert max(emergency) <= 85


@pytest.mark.parametrize("columns", ["20", "60", "80", "300"])
def test_width_is_kept(assessments: dict[str, Assessment], columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, between 60 and 100 columns."""
    monkeypatch.setenv("COLUMNS", columns)
    limit = min(max(int(columns), 60), 100)
    for name in ("hd-breast-64f", "vulva-35f-yellow-nodules"):
        text = as_text(assessments[name])
        assert max(map(len, text.splitlines())) <= limit
        assert flat(report_of(assessments[name]).head.title) in flat(text)


def test_verbose_has_every_treatment_with_its_verdict(assessments: dict[str, Assessment]) -> None:
    """All treatments stand under their verdict, in the order of the assessment; those of other types are counted."""
    for name in ("hd-breast-64f", "ssc-62f-thumb-tip", "dm-71f-axillary-ulcers"):
        assessment = assessments[name]
        text = as_text(assessment, verbose=True)
        found = rows_by_verdict(text)
        for verdict, word in VERDICT.items():
            names = [flat(one.name) for one in assessment.treatments if one.verdict == verdict]
            if verdict == "not-for-this-type":
                assert f"{len(names)} not for this type." in flat(text)
                continue
            assert len(found.get(word, [])) == len(names), (name, word)
            for row, wanted in zip(found.get(word, []), names, strict=True):
                assert row.startswith(wanted), (name, word)


def test_verbose_numbers_every_source(assessments: dict[str, Assessment]) -> None:
    """The numbers in brackets count up, each stands in the list at the end with its id; the short view counts them."""
    assessment = assessments["ssc-62f-thumb-tip"]
    sources = report_of(assessment).section("sources").sources
    verbose, short = flat(as_text(assessment, verbose=True)), flat(as_text(assessment))
    body, _, listed = verbose.rpartition(" Sources 1 ")
    names = dict(one.split(" ", 1) for one in f"1 {listed}".partition(" [sources; entry]")[0].split("; "))
    cited = {number for found in re.findall(r"\[([\d, ]+)(?:; [a-z0-9-]+)?\]", body) for number in found.split(", ")}
    assert cited == set(names) == {str(number + 1) for number in range(len(names))}
    assert {name.rstrip("†") for name in names.values()} <= {source.id for source in sources}
    assert f"Sources: {len(sources)}, see --verbose." in short


def test_verbose_of_a_plain_case_is_read_through(assessments: dict[str, Assessment]) -> None:
    """The basis of a plain case takes 200 lines at most; of the published ones half stay below 250."""
    plain = as_text(calcinosis.assess(calcinosis.read(PLAIN_CASE)), verbose=True)
    assert len(plain.splitlines()) <= 200
    assert median(len(as_text(one, verbose=True).splitlines()) for one in assessments.values()) <= 250


def test_verbose_names_where_it_was_read(assessments: dict[str, Assessment]) -> None:
    """Reasons name the resources that they were read in."""
    text = flat(as_text(assessments["dm-54f-pelvic-sheets"], verbose=True))
    assert "<- Condition/condition-1" in text


def test_verbose_names_the_entry_of_each_line(assessments: dict[str, Assessment]) -> None:
    """Types, look-alikes, causes, tests, dangers and treatments name their entry; the short view names none."""
    for assessment in assessments.values():
        verbose = flat(as_text(assessment, verbose=True))
        shown = [one for one in assessment.treatments if one.verdict != "not-for-this-type"]
        groups = (assessment.types, assessment.causes, assessment.workup, assessment.red_flags, shown)
        for entry in [one.id for group in groups for one in group]:
            assert re.search(rf"[\[ ]{re.escape(entry)}\]", verbose), entry
        assert not re.search(r"\[[\d, ]+;", flat(as_text(assessment)))


def test_every_line_comes_from_an_entry(assessments: dict[str, Assessment]) -> None:
    """What to do next, what is taken, what to watch, what was read: each line names entries that there are."""
    ids = {*knowledge().library.ids()}
    for assessment in assessments.values():
        report = report_of(assessment)
        unknown = {one.name for one in assessment.taken if one.medicine not in ids}
        lines = [report.head.how_sure, *(danger.line for danger in report.head.dangers)]
        lines += [report.head.next] if report.head.next.says != NEXT_NOTHING else []
        lines += [
            line for section in report.sections if section.id not in {"record", "cases"} for line in section.lines
        ]
        lines += [part for line in report.section("record").lines for part in line.parts]
        for line in lines:
            named = [*filter(None, line.entry.split(", "))]
            assert (named and ids.issuperset(named)) or any(name in line.says for name in unknown), line
        cases = {one.case.id for one in published_cases().cases}
        assert cases.issuperset(line.entry for line in report.section("cases").lines if line.parts)


def test_printed_it_is_the_short_view(assessments: dict[str, Assessment]) -> None:
    """``print`` shows the one-minute view, not the fields."""
    assessment = calcinosis.assess(calcinosis.read(PLAIN_CASE))
    assert str(assessment) == as_text(assessment)


def test_short_view_counts_what_it_leaves_out(assessments: dict[str, Assessment]) -> None:
    """The treatments that are not shown are counted by verdict."""
    assessment = assessments["dm-54f-pelvic-sheets"]
    rows = report_of(assessment).section("treatments").rows
    text = flat(as_text(assessment))
    for verdict, word in (("check-first", "to check first"), ("avoid", "to avoid")):
        rest = sum(row.verdict == verdict and not row.brief for row in rows)
        assert rest == 0 or f"{rest} more {word}" in text


def test_no_colour_codes_unless_asked(assessments: dict[str, Assessment]) -> None:
    """Colour is only there when asked for."""
    assessment = assessments["ssc-62f-thumb-tip"]
    assert "\x1b" not in as_text(assessment)
    assert "\x1b[" in as_text(assessment, colour=True)


def test_marks_come_with_words(assessments: dict[str, Assessment]) -> None:
    """A mark never stands alone: the word is beside it."""
    text = as_text(assessments["ssc-62f-thumb-tip"])
    assert "? unknown" in text
    assert "+ true" in text


def test_a_record_cannot_steer_the_terminal(evil: Assessment) -> None:
    """Control signs of a record are gone; its text is shown as text."""
    text = as_text(evil, verbose=True)
    assert "\x1b" not in text
    assert "<script>alert(1)</script>" in flat(text)


def test_intended_use(assessments: dict[str, Assessment]) -> None:
    """Every text says what it is for."""
    for assessment in assessments.values():
        assert INTENDED_USE in flat(as_text(assessment))


def test_what_an_assessment_does_not_need_is_not_loaded(tmp_path: Path) -> None:
    """Whoever assesses coded findings does not wait for Rich, for forms, or for what reads notes."""
    record = tmp_path / "record.json"
    record.write_text('{"resourceType": "Patient", "birthDate": "1961-02-03"}')
    program = (
        "import sys; from calcinosis.interfaces.cli.main import app; "
        f"app(['assess', {str(record)!r}], standalone_mode=False); "
        "print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = set(ran.stderr.split())
    assert "calcinosis.report.renderers.text" in loaded
    unneeded = {
        "rich",
        "jinja2",
        "pydantic",
        "yaml",
        "hashlib",
        "calcinosis.readers.note.note",
        "calcinosis.readers.form.form",
    }
    assert not loaded & unneeded


def test_a_word_longer_than_its_line_is_parted_and_nothing_is_lost() -> None:
    long, wide = "blood-counts-" * 9, "石灰沈着" * 30
    block = Block("A title", (TextRow("+", "word", ((f"See {long}end {wide}", "bold"), (" then", "dim"))),))
    for width in (60, 100):
        lines = list(lines_of(block, width, colour=False))
        assert "".join("".join(lines).split()).endswith(f"See{long}end{wide}then")
        assert all(len(line) + sum(sign in "石灰沈着" for sign in line) <= width for line in lines)
        coloured = "".join(lines_of(block, width, colour=True))
        assert {"\x1b[1m", "\x1b[2m", "\x1b[0m"} == set(re.findall(r"\x1b\[\d+m", coloured))


def test_no_title_stands_alone(assessments: dict[str, Assessment]) -> None:
    """Each title has words beside it; where no cause is confirmed or suspected, that is said."""
    silent = 0
    for assessment in assessments.values():
        lines = as_text(assessment).splitlines()
        causes = next(place for place, line in enumerate(lines) if line.startswith("Causes"))
        assert lines[causes] != "Causes"
        silent += "None confirmed or suspected" in lines[causes]
    assert silent
