"""One entry of the knowledge in a terminal: readable, with all its sources."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Struct

from calcinosis.compiled import knowledge
from calcinosis.library.entries import Disagreement, StudyRow, Topic, Treatment
from calcinosis.library.library import Library
from calcinosis.report.entry import WIDTH, entry_lines, rule_lines
from calcinosis.rules.syntax import (
    Absent,
    All,
    Amount,
    AnyOf,
    AtLeast,
    Citation,
    Compare,
    Comparison,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
)


@pytest.fixture(scope="module")
def real() -> Library:
    """The real knowledge."""
    return knowledge().library


def flat(lines: list[str]) -> str:
    """Return lines as one text."""
    return " ".join(" ".join(lines).split())


def citations(value: Any) -> set[str]:
    """Return the sources cited anywhere in an entry."""
    if isinstance(value, Citation):
        return {value.source}
    if isinstance(value, tuple):
        return set[str]().union(*map(citations, value))
    if isinstance(value, Struct):
        return set[str]().union(*(citations(getattr(value, name)) for name in value.__struct_fields__))
    return set()


def test_every_entry_can_be_shown_with_all_its_sources(real: Library) -> None:
    """Every entry has its name first and lists each source that it cites, with its address."""
    shown = 0
    for folder in real.folders().values():
        for entry in folder.values():
            lines = entry_lines(entry, real)
            text = flat(lines)
            assert lines[1].split()[1].rstrip(",") == entry.id
            for name in citations(entry):
                assert f"- {name}" in text, (entry.id, name)
                assert real.sources[name].link in text, (entry.id, name)
            shown += 1
    assert shown == len(real.ids())


def test_lines_fit(real: Library) -> None:
    """Lines fit a terminal; only an address may be longer."""
    for entry in (real.treatments["diltiazem"], real.types["metastatic"], real.facts["corrected_calcium"]):
        assert [line for line in entry_lines(entry, real) if len(line) > WIDTH and "://" not in line] == []


def test_everything_that_an_entry_says_is_shown(real: Library) -> None:
    """Each sentence of a treatment, for clinicians and patients, and each study is there."""
    entry = real.treatments["diltiazem"]
    text = flat(entry_lines(entry, real))
    statements = (*entry.harms, *entry.monitoring, *entry.doses_seen, *entry.quoted)
    said = [one.says for one in statements] + [one.says for one in entry.for_]
    said += [one.plain for one in entry.for_] + [row.design for row in entry.evidence]
    for sentence in said:
        assert " ".join(sentence.split()) in text


CITE = (Citation("small-2020", "table 1"),)


def criterion(test: Any) -> Criterion:
    """Return a criterion with a source."""
    return Criterion(test, CITE)


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        (criterion(Present("skin_calcification")), ["- calcium in the skin [small-2020, table 1]"]),
        (criterion(Absent("skin_necrosis")), ["- no skin necrosis [small-2020, table 1]"]),
        (criterion(Is("sex", ("female", "male"))), ["- sex is female or male [small-2020, table 1]"]),
        (
            criterion(Compare("age", Comparison.AT_LEAST, Amount(18, "a", 18))),
            ["- age is at least 18 years [small-2020, table 1]"],
        ),
        (
            criterion(Compare("phosphate", Comparison.ABOVE, Limit.UPPER)),
            ["- phosphate is above the upper limit [small-2020, table 1]"],
        ),
        (
            All((criterion(Present("skin_necrosis")), AnyOf((criterion(Present("hard_nodules")),)))),
            [
                "all of:",
                "  - skin necrosis [small-2020, table 1]",
                "  - any of:",
                "    - hard nodules [small-2020, table 1]",
            ],
        ),
        (
            AtLeast((criterion(Present("skin_necrosis")),), count=1),
            ["at least 1 of:", "  - skin necrosis [small-2020, table 1]"],
        ),
    ],
)
def test_rules_in_words(rule: Rule, lines: list[str], library: Library) -> None:
    """A rule is a list of sentences, groups indented."""
    assert rule_lines(rule, library.facts) == lines


def statement(says: str) -> Any:
    """Return a statement with a source."""
    from calcinosis.library.entries import Statement

    return Statement(says=says, cite=CITE)


def topic(*positions: str, verdict: str = "") -> Topic:
    """Return a topic on which sources disagree."""
    found = Disagreement(
        about="What helps",
        positions=tuple(map(statement, positions)),
        verdict=statement(verdict) if verdict else None,
    )
    return Topic(id="t", kind="prevention", name="Topic", statements=(), disagreements=(found,), checked="2026-01-01")


def test_two_positions_stand_side_by_side(library: Library) -> None:
    """Two positions share their lines; the verdict of the literature follows."""
    lines = entry_lines(topic("It helps.", "It harms.", verdict="Nobody knows."), library)
    assert any("It helps." in line and "|" in line and "It harms." in line for line in lines)
    assert "Verdict of the literature: Nobody knows. [small-2020, table 1]" in flat(lines)


def test_three_positions_stand_below_each_other(library: Library) -> None:
    """More positions than two are listed."""
    lines = [line.strip() for line in entry_lines(topic("One.", "Two.", "Three."), library)]
    places = [lines.index(f"- {word}. [small-2020, table 1]") for word in ("One", "Two", "Three")]
    assert places == sorted(places)


def test_study_rows(library: Library) -> None:
    """A study says its design and its numbers; what it does not report is left out, nought is kept."""
    row = StudyRow(cite=CITE, design="case series", disease="scleroderma", patients=5, improved=0, harms="pain")
    entry = Treatment(id="t", name="T", kind="medicine", evidence=(row,), checked="2026-01-01")
    assert "- case series; scleroderma; 5 patients, 0 improved; pain. [small-2020, table 1]" in flat(
        entry_lines(entry, library)
    )


def test_a_quoted_page_is_called_so(real: Library) -> None:
    """A source that no recommendation may rest on is marked."""
    quoted = next(
        entry for entry in real.treatments.values() if any(not real.sources[name].supports for name in citations(entry))
    )
    names = [name for name in citations(quoted) if not real.sources[name].supports]
    text = flat(entry_lines(quoted, real))
    assert all(f"- {name} (quoted only): " in text for name in names)


def test_a_source_shows_itself(real: Library) -> None:
    """A source is shown with its citation and how it was read."""
    source = real.sources["reiter-2011-part1"]
    text = flat(entry_lines(source, real))
    assert " ".join(source.citation.split()) in text
    assert f"Read: {source.read}" in text
