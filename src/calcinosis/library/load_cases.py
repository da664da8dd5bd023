"""Published cases from their YAML files, one a report, with every problem of every file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.cases import Case
from calcinosis.library.copies import COPIES, check_address, read_copies
from calcinosis.library.document import Document
from calcinosis.library.library import Library
from calcinosis.library.problems import report_detail
from calcinosis.library.read import read_yaml
from calcinosis.library.remembered import RememberedFiles
from calcinosis.rules.check import nearest
from calcinosis.words.en import knowledge as words


def load_cases(folder: Path, library: Library, remembered: RememberedFiles | None = None) -> dict[str, Case]:
    """Return the cases of a folder by id. Raises KnowledgeError with every problem of every file."""
    reader = read_yaml if remembered is None else remembered.document
    documents = {path.stem: reader(path, f"cases/{path.name}") for path in sorted(folder.glob("*.yaml"))}
    cases = {name: case for name, document in documents.items() if (case := _case(document)) is not None}
    _, copies = read_copies(folder.parent / COPIES, COPIES)
    for name, case in cases.items():
        _check(case, name, documents[name], library, cases)
        if case.source.url:
            check_address(case.source.url, ("source", "url"), documents[name], copies)
    problems: list[Problem] = [problem for document in documents.values() for problem in document.problems]
    if problems:
        raise KnowledgeError(sorted(set(problems)))
    if remembered is not None:
        remembered.keep()
    return cases


_ADAPTER = TypeAdapter(Case)


def _case(document: Document) -> Case | None:
    if document.problems:
        return None
    data = document.data
    if not isinstance(data, dict):
        document.report((), words.NO_MAPPING, words.ONE_ENTRY, words.SEE_README)
        return None
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            report_detail(document, detail, Case)
    return None


def _check(case: Case, name: str, document: Document, library: Library, cases: dict[str, Case]) -> None:
    """Report every id of a case that names nothing."""
    if case.id != name:
        document.report(("id",), words.ID.format(id=case.id), words.NAME_OF_FILE.format(name=name))
    for key, named, known in (
        ("causes", case.causes, library.causes),
        ("look_alike", filter(None, [case.look_alike]), library.look_alikes),
        ("tried", (tried.treatment for tried in case.tried if tried.treatment), library.treatments),
        ("facts", case.facts, library.facts),
        ("same_person", case.same_person, cases),
    ):
        _check_ids(key, named, known, document)


def _check_ids(key: str, named: Iterable[str], known: Iterable[str], document: Document) -> None:
    known = set(known)
    for one in named:
        if one not in known:
            document.report((key,), words.ID.format(id=one), words.LISTED_ENTRY, nearest(one, known))
