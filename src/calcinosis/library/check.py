"""What no single file can know: ids, cross references, citations, ranges. Run as a program it checks a folder."""

from __future__ import annotations

import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from calcinosis.errors import Problem
from calcinosis.library.copies import Copies, check_sources
from calcinosis.library.document import Document
from calcinosis.library.entries import Claim, Treatment
from calcinosis.library.entries import rules_of as rules_of
from calcinosis.library.library import Library
from calcinosis.library.recommendation import level_of
from calcinosis.rules.check import nearest
from calcinosis.rules.syntax import Citation, Rule, criteria

QUOTING = frozenset({"quoted", "evidence", "disagreements", "note"})
"""Keys below which a source that supports nothing may be named: it is quoted there, not followed."""

FOLDERS = (
    "types",
    "causes",
    "look_alikes",
    "investigations",
    "treatments",
    "red_flags",
    "follow_up",
    "topics",
    "claims",
)


KEPT = timedelta(days=731)
"""How long before a release an entry may have been held against its sources for the last time."""


def check_library(
    library: Library, documents: dict[str, dict[str, Document]], copies: tuple[Copies, ...], problems: list[Problem]
) -> None:
    """Report everything that is wrong between entries."""
    for folder in (*FOLDERS, "facts"):
        for name, entry in getattr(library, folder).items():
            document = documents[folder.replace("_", "-")].get(name)
            if document is not None:
                _check_citations(entry, (), document, library, quoting=False)
                _check_references(entry, document, library)
                _check_age(entry, document, library.released)
    check_sources(library.sources, documents["sources"], copies)
    _check_recommendation(library, documents)
    _check_names_and_codes(library, documents["facts"])
    _check_one_id_once(library, problems)


def _check_citations(
    value: Any, place: tuple[str | int, ...], document: Document, library: Library, quoting: bool
) -> None:
    if isinstance(value, Citation):
        _check_citation(value, document.line(place), document, library, quoting)
    elif isinstance(value, Rule):
        for criterion in criteria(value):
            for citation in criterion.cite:
                _check_citation(citation, criterion.line, document, library, quoting)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _check_citations(item, (*place, index), document, library, quoting)
    else:
        for attribute in getattr(value, "__dataclass_fields__", ()):
            key = "for" if attribute == "for_" else attribute
            here = (*place, key)
            _check_citations(getattr(value, attribute), here, document, library, quoting or attribute in QUOTING)


def _check_citation(citation: Citation, line: int, document: Document, library: Library, quoting: bool) -> None:
    source = library.sources.get(citation.source)
    if source is None:
        remedy = nearest(citation.source, library.sources)
        document.report_line(line, f'the source "{citation.source}"', "a source listed in sources/", remedy)
    elif not source.supports and not quoting:
        rank = "machine-written" if source.machine_written else source.kind
        remedy = "find a better source, or move the line under `quoted`"
        expected = "a source that may support a statement"
        document.report_line(line, f"{citation.source}, a {rank} page, as support", expected, remedy)


def _check_references(entry: Any, document: Document, library: Library) -> None:
    for key in ("measures", "includes"):
        for index, fact in enumerate(getattr(entry, key, ())):
            if fact not in library.facts:
                document.report((key, index), f'a fact named "{fact}"', "a fact listed in facts/",
                                nearest(fact, library.facts))  # fmt: skip
    for key in ("medicine", "substance", "days_from", "days_to"):
        fact = getattr(entry, key, "")
        if fact and fact not in library.facts:
            document.report((key,), f'a fact named "{fact}"', "a fact listed in facts/", nearest(fact, library.facts))
    for method, fact in getattr(entry, "by_method", {}).items():
        if fact not in library.facts:
            found = f'a fact named "{fact}"'
            document.report(("by_method", method), found, "a fact listed in facts/", nearest(fact, library.facts))
    if isinstance(entry, Treatment):
        _check_study_rows(entry, document)
    if isinstance(entry, Claim):
        _check_claim(entry, document, library)


def _check_age(entry: Any, document: Document, released: str) -> None:
    """An entry was last held against its sources within two years before the release."""
    if not entry.checked:
        return
    try:
        age = date.fromisoformat(released) - date.fromisoformat(entry.checked)
    except ValueError:
        document.report(("checked",), f"checked: {entry.checked}", "a day such as 2026-11-22")
        return
    if not timedelta() <= age <= KEPT:
        remedy = "hold the entry against its sources again, then set the day"
        document.report(("checked",), f"checked: {entry.checked}", f"a day in the two years before {released}", remedy)


def _check_claim(claim: Claim, document: Document, library: Library) -> None:
    """A claim has a verdict with a citation, or says where was looked; it names the entry that deals with it."""
    if library.entry(claim.entry) is None:
        document.report(("entry",), claim.entry, "the id of an entry", nearest(claim.entry, library.ids()))
    if not claim.cite and not claim.searched:
        document.report(("id",), "no `cite` and no `searched`", "a citation, or where was looked in vain")
    if not claim.cite and claim.verdict != "unsupported":
        document.report(("verdict",), f"{claim.verdict} without a citation", "a citation, or the verdict unsupported")
    for other in (*claim.same_as, *claim.disagrees_with):
        if other not in library.claims:
            document.report(("id",), f"the claim {other}", "the id of a claim", nearest(other, library.claims))
    if claim.source not in library.sources:
        document.report(("source",), claim.source, "a source listed in sources/")


def _check_recommendation(library: Library, documents: dict[str, dict[str, Document]]) -> None:
    """The rule of recommendations cites what exists; every indication has a level and a directness it knows."""
    for document in documents[""].values():
        _check_citations(library.recommendation, (), document, library, quoting=False)
        _check_age(library.recommendation, document, library.released)
    for name, treatment in library.treatments.items():
        for index, indication in enumerate(treatment.for_):
            if level_of(indication.level) is None:
                document = documents["treatments"][name]
                expected = "I, II, III, IV or V, with a letter or without"
                document.report(("for", index, "level"), f"the level {indication.level}", expected)


def _check_study_rows(treatment: Treatment, document: Document) -> None:
    for index, row in enumerate(treatment.evidence):
        parts = (row.complete or 0) + (row.partial or 0)
        place = ("evidence", index)
        if row.improved is not None and row.patients is not None and row.improved > row.patients:
            document.report(place, f"{row.improved} improved of {row.patients}", "no more improved than treated")
        if row.improved is not None and parts > row.improved:
            document.report(place, f"{parts} complete or partial, {row.improved} improved", "parts that add up")
        total = parts + (row.none or 0) + (row.worse or 0)
        if row.patients is not None and total > row.patients:
            document.report(place, f"{total} outcomes in {row.patients} patients", "no more outcomes than patients")


def _check_names_and_codes(library: Library, documents: dict[str, Document]) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in library.facts.values():
        names_of = [*fact.names, *(name for word in fact.words.values() for name in word.names)]
        for name in names_of:
            names[("site: " if fact.kind == "site" else "") + name.lower()].add(fact.id)
        for system, known in fact.codes.items():
            for code in known:
                codes[system, code].add(fact.id)
    for name, owners in sorted(names.items()):
        if len(owners) > 1:
            _report_shared(sorted(owners), f'the name "{name}"', documents)
    for (system, code), owners in sorted(codes.items()):
        if len(owners) > 1:
            _report_shared(sorted(owners), f"the {system} code {code}", documents)


def _report_shared(owners: list[str], what: str, documents: dict[str, Document]) -> None:
    document = documents.get(owners[-1])
    if document is not None:
        document.report((), f"{what}, which {', '.join(owners)} share", "a name or code that means one fact")


def _check_one_id_once(library: Library, problems: list[Problem]) -> None:
    seen: dict[str, str] = {}
    for folder in (*FOLDERS, "sources"):
        for name in getattr(library, folder):
            # A cause, look-alike or topic may share its id with a fact, not with another entry that is looked up.
            if name in seen and {seen[name], folder} != {"causes", "look_alikes"}:
                file = f"{folder.replace('_', '-')}/{name}.yaml"
                found = f"the id {name}, also in {seen[name]}"
                problems.append(Problem(file, 1, found, "an id that no other folder uses"))
            seen.setdefault(name, folder)


def main() -> None:
    """Check the folder named on the command line and print every problem."""
    from calcinosis.library.load import read_library

    _, problems = read_library(Path(sys.argv[1]))
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
