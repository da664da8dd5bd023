"""Published cases: one YAML file a report, read only when somebody asks for cases like a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import TypeAdapter, ValidationError

from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.copies import COPIES, check_address, read_copies
from calcinosis.library.document import Document
from calcinosis.library.library import Library
from calcinosis.library.problems import report_detail
from calcinosis.library.read import read_yaml
from calcinosis.library.remembered import RememberedFiles
from calcinosis.rules.check import nearest
from calcinosis.rules.vocabulary import STRICT
from calcinosis.words.en import knowledge as words

CaseType = Literal[
    "dystrophic", "metastatic", "iatrogenic", "idiopathic", "calciphylaxis", "not-calcinosis", "uncertain"
]
TriedResult = Literal["helped", "no-effect", "worse", "came-back", "not-told"]
CaseOutcome = Literal["healed", "improved", "unchanged", "worse", "came-back", "died", "not-told"]
FAILED: frozenset[str] = frozenset({"no-effect", "worse", "came-back", "died", "unchanged"})
"""What came of a treatment, or of a case, where it failed or did harm."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One thing that was tried, in the order of the report, and what its authors say came of it."""

    __pydantic_config__: ClassVar = STRICT
    says: str
    treatment: str = ""
    outcome: str = ""
    result: TriedResult = "not-told"


@dataclass(frozen=True, kw_only=True)
class CaseSource:
    """Where a case was published, and how much of it was read."""

    __pydantic_config__: ClassVar = STRICT
    citation: str
    url: str = ""
    doi: str = ""
    pmid: str = ""
    read: str

    @property
    def paper(self) -> str:
        """The one name of the paper: two cases of one paper have the same."""
        return self.doi or self.pmid or self.url or self.citation


@dataclass(frozen=True, kw_only=True)
class Case:
    """One published case: what was found, the type and cause by its authors, what was tried, what came of it.

    ``facts`` are answers of a form, by fact. ``also`` are types that can be defended beside that of the authors;
    ``type_said`` tells whether they name it. ``record`` is the id of the record in the project's tests that tells the
    same; ``same_person`` are other cases that are, or may be, reports of the same person.
    """

    __pydantic_config__: ClassVar = STRICT
    id: str
    says: str
    type: CaseType
    also: tuple[CaseType, ...] = ()
    type_said: Literal["stated", "inferred"]
    type_words: str
    cause_words: str
    causes: tuple[str, ...] = ()
    look_alike: str = ""
    facts: dict[str, str]
    tried: tuple[Tried, ...] = ()
    outcome: str = ""
    result: CaseOutcome = "not-told"
    follow_up: str = ""
    source: CaseSource
    same_person: tuple[str, ...] = ()
    record: str = ""
    collection: str
    checked: str

    @property
    def failed(self) -> bool:
        """Whether something that was tried failed or did harm, or the case ended so."""
        return self.result in FAILED or any(tried.result in FAILED for tried in self.tried)


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
