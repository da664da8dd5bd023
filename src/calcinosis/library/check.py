"""What no single file can know: ids, cross references, citations, ranges. Run as a program it checks a folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from calcinosis.errors import Problem
from calcinosis.library.copies import Copies, check_sources
from calcinosis.library.document import Document
from calcinosis.library.entries import Claim, RedFlag, Treatment, Type
from calcinosis.library.entries import rules_of as rules_of
from calcinosis.library.library import Library
from calcinosis.library.recommendation import level_of
from calcinosis.rules.check import nearest
from calcinosis.rules.syntax import Citation, Rule, criteria
from calcinosis.words.en import knowledge as words

QUOTING = frozenset({"quoted", "evidence", "disagreements", "note"})
"""Keys below which a source that supports nothing may be named: it is quoted there, not followed."""

FOLDERS = (
    "types",
    "causes",
    "look_alikes",
    "investigations",
    "treatments",
    "medicine_safety",
    "red_flags",
    "follow_up",
    "targets",
    "outcome_measures",
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
        for attribute in getattr(value, "__struct_fields__", ()):
            key = "for" if attribute == "for_" else attribute
            here = (*place, key)
            _check_citations(getattr(value, attribute), here, document, library, quoting or attribute in QUOTING)


def _check_citation(citation: Citation, line: int, document: Document, library: Library, quoting: bool) -> None:
    source = library.sources.get(citation.source)
    if source is None:
        remedy = nearest(citation.source, library.sources)
        document.report_line(line, words.SOURCE.format(source=citation.source), words.LISTED_SOURCE, remedy)
    elif not source.supports and not quoting:
        rank = words.MACHINE_WRITTEN if source.machine_written else source.kind
        remedy = words.QUOTE_IT
        document.report_line(
            line, words.WEAK_SUPPORT.format(source=citation.source, rank=rank), words.SUPPORTING_SOURCE, remedy
        )


def _check_references(entry: Any, document: Document, library: Library) -> None:
    for key in (
        "measures",
        "includes",
        "medicines",
        "next_to",
        "placed_by",
        "measured_with",
        "seen_as",
        "ended_by",
        "procedures",
    ):
        for index, fact in enumerate(getattr(entry, key, ())):
            if fact not in library.facts:
                document.report((key, index), words.FACT.format(fact=fact), words.LISTED_FACT,
                                nearest(fact, library.facts))  # fmt: skip
    for key in ("fact", "medicine", "substance", "days_from", "days_to", "outranked_by", "stand_in"):
        fact = getattr(entry, key, "")
        if fact and fact not in library.facts:
            document.report((key,), words.FACT.format(fact=fact), words.LISTED_FACT, nearest(fact, library.facts))
    for method, fact in getattr(entry, "by_method", {}).items():
        if fact not in library.facts:
            found = words.FACT.format(fact=fact)
            document.report(("by_method", method), found, words.LISTED_FACT, nearest(fact, library.facts))
    for place, name, folder in _named_entries(entry):
        known = getattr(library, folder)
        if name not in known:
            document.report(place, name, words.ID_OF_ENTRY, nearest(name, known))
    for place, fact in _facts_within(entry):
        if fact not in library.facts:
            document.report(place, words.FACT.format(fact=fact), words.LISTED_FACT, nearest(fact, library.facts))
    if isinstance(entry, Treatment):
        _check_study_rows(entry, document)
    if isinstance(entry, Claim):
        _check_claim(entry, document, library)


def _facts_within(entry: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the facts that parts of an entry name by their ids: where each stands, and the id."""
    for part, keys in (("due", ("facts", "once", "after_end")), ("changes", ("treatments",))):
        for index, one in enumerate(getattr(entry, part, ())):
            for key in keys:
                yield from (((part, index, key, place), fact) for place, fact in enumerate(getattr(one, key)))
    lasting = getattr(entry, "lasting_result", None)
    if lasting is not None:
        yield ("lasting_result", "fact"), lasting.fact


def _named_entries(entry: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield the ids by which an entry names others: where each stands, the id, and the folder that it is of."""
    for key, folder in (("forbids", "investigations"), ("gives_way_to", "red_flags"), ("never", "red_flags")):
        yield from (((key, index), name, folder) for index, name in enumerate(getattr(entry, key, ())))
    if isinstance(entry, Type | RedFlag):
        yield from ((("care", index, "test"), one.test, "investigations") for index, one in enumerate(entry.care))
    if isinstance(entry, Type):
        for index, step in enumerate(entry.sequence):
            yield from ((("sequence", index, "treatments"), name, "treatments") for name in step.treatments)


def _check_age(entry: Any, document: Document, released: str) -> None:
    """An entry was last held against its sources within two years before the release."""
    if not entry.checked:
        return
    try:
        age = date.fromisoformat(released) - date.fromisoformat(entry.checked)
    except ValueError:
        document.report(("checked",), words.CHECKED_ON.format(day=entry.checked), words.DAY)
        return
    if not timedelta() <= age <= KEPT:
        expected = words.DAY_IN_TIME.format(released=released)
        document.report(("checked",), words.CHECKED_ON.format(day=entry.checked), expected, words.CHECK_AGAIN)


def _check_claim(claim: Claim, document: Document, library: Library) -> None:
    """A claim has a verdict with a citation, or says where was looked; it names the entry that deals with it."""
    if library.entry(claim.entry) is None:
        document.report(("entry",), claim.entry, words.ID_OF_ENTRY, nearest(claim.entry, library.ids()))
    if not claim.cite and not claim.searched:
        document.report(("id",), words.NO_BASIS, words.CITED_OR_SEARCHED)
    if not claim.cite and claim.verdict != "unsupported":
        document.report(("verdict",), words.VERDICT_ALONE.format(verdict=claim.verdict), words.CITED_OR_UNSUPPORTED)
    for other in (*claim.same_as, *claim.disagrees_with):
        if other not in library.claims:
            document.report(("id",), words.CLAIM.format(claim=other), words.ID_OF_CLAIM, nearest(other, library.claims))
    if claim.source not in library.sources:
        document.report(("source",), claim.source, words.LISTED_SOURCE)


def _check_recommendation(library: Library, documents: dict[str, dict[str, Document]]) -> None:
    """The rule of recommendations cites what exists; every indication has a level and a directness it knows."""
    for document in documents[""].values():
        _check_citations(library.recommendation, (), document, library, quoting=False)
        _check_age(library.recommendation, document, library.released)
    for name, treatment in library.treatments.items():
        for index, indication in enumerate(treatment.for_):
            if level_of(indication.level) is None:
                document = documents["treatments"][name]
                document.report(("for", index, "level"), words.LEVEL.format(level=indication.level), words.LEVELS)


def _check_study_rows(treatment: Treatment, document: Document) -> None:
    for index, row in enumerate(treatment.evidence):
        parts = (row.complete or 0) + (row.partial or 0)
        place = ("evidence", index)
        if row.improved is not None and row.patients is not None and row.improved > row.patients:
            document.report(
                place, words.MORE_IMPROVED.format(improved=row.improved, patients=row.patients), words.NO_MORE_IMPROVED
            )
        if row.improved is not None and parts > row.improved:
            document.report(place, words.PARTS.format(parts=parts, improved=row.improved), words.PARTS_ADD_UP)
        total = parts + (row.none or 0) + (row.worse or 0)
        if row.patients is not None and total > row.patients:
            document.report(
                place, words.MORE_OUTCOMES.format(total=total, patients=row.patients), words.NO_MORE_OUTCOMES
            )


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
            _report_shared(sorted(owners), words.NAME.format(name=name), documents)
    for (system, code), owners in sorted(codes.items()):
        if len(owners) > 1:
            _report_shared(sorted(owners), words.CODE.format(system=system, code=code), documents)


def _report_shared(owners: list[str], what: str, documents: dict[str, Document]) -> None:
    document = documents.get(owners[-1])
    if document is not None:
        document.report((), words.SHARED.format(what=what, facts=", ".join(owners)), words.ONE_MEANING)


def _check_one_id_once(library: Library, problems: list[Problem]) -> None:
    seen: dict[str, str] = {}
    for folder in (*FOLDERS, "sources"):
        for name in getattr(library, folder):
            # A cause, look-alike or topic may share its id with a fact, not with another entry that is looked up.
            if name in seen and {seen[name], folder} != {"causes", "look_alikes"}:
                file = f"{folder.replace('_', '-')}/{name}.yaml"
                found = words.ID_ELSEWHERE.format(id=name, folder=seen[name])
                problems.append(Problem(file, 1, found, words.ID_OF_ONE_FOLDER))
            seen.setdefault(name, folder)
