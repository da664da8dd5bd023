"""A folder of knowledge files to a Library, or all that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import ConfigDict, TypeAdapter, ValidationError

from calcinosis import stored
from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.check import check_library, rules_of
from calcinosis.library.copies import COPIES, read_copies
from calcinosis.library.definitions import check_definitions
from calcinosis.library.derivation import vocabulary_of
from calcinosis.library.document import Document
from calcinosis.library.entries import (
    Cause,
    Claim,
    Entry,
    FollowUp,
    Investigation,
    LookAlike,
    MedicineSafety,
    OutcomeMeasure,
    RedFlag,
    Target,
    Topic,
    Treatment,
    Type,
)
from calcinosis.library.interactions import other_sides
from calcinosis.library.library import Library
from calcinosis.library.limits import derive_hold_rules, derive_targets, limit_values
from calcinosis.library.own_facts import companions_read, relations_read, rule_facts
from calcinosis.library.problems import RENAMED, report_detail
from calcinosis.library.products import products_of
from calcinosis.library.read import read_yaml
from calcinosis.library.recommendation import NO_RULE, RecommendationRule
from calcinosis.library.remembered import RememberedFiles
from calcinosis.library.source import Source
from calcinosis.library.used_facts import used_facts
from calcinosis.rules.check import RuleChecker, nearest
from calcinosis.rules.formula import FormulaError, formula_facts, parse_formula
from calcinosis.rules.parse import RuleParser
from calcinosis.rules.syntax import Rule, Test
from calcinosis.rules.vocabulary import Fact
from calcinosis.words.en import knowledge as words

FOLDERS: dict[str, type[Any]] = {
    "facts": Fact,
    "sources": Source,
    "types": Type,
    "causes": Cause,
    "look-alikes": LookAlike,
    "investigations": Investigation,
    "treatments": Treatment,
    "medicine-safety": MedicineSafety,
    "red-flags": RedFlag,
    "follow-up": FollowUp,
    "targets": Target,
    "outcome-measures": OutcomeMeasure,
    "topics": Topic,
    "claims": Claim,
}
_PACKAGE = Path(__file__).parent.parent
KNOWLEDGE = _PACKAGE / "knowledge"
_PARSED = _PACKAGE / "knowledge.parsed.pickle"
_PARSERS = (Path(__file__).parent / "read.py", Path(__file__).parent / "document.py")
_TOP = ""
"""Where files of the knowledge folder itself are kept, of which there is one each."""
_NEEDED = (
    "release.yaml",
    "recommendation.yaml",
    "terminology/rxnorm-products.csv",
    "terminology/unit-names.yaml",
    "terminology/concepts.yaml",
    "terminology/sites.yaml",
    COPIES,
)


class _Loading(Struct):
    reader: Callable[[Path, str], Document] = read_yaml
    documents: dict[str, dict[str, Document]] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    tables: dict[str, Document] = field(default_factory=dict)
    """Files that hold no entry, by their place in the folder."""

    def table(self, name: str, folder: Path) -> Document:
        """Return a file that holds no entry; what is wrong with its form is among the problems."""
        if name not in self.tables:
            self.tables[name] = self.reader(folder / name, name)
        return self.tables[name]


def load_library(folder: Path = KNOWLEDGE) -> Library:
    """Return the Library that the folder holds. Raises KnowledgeError with every problem of every file."""
    library, problems = read_library(folder)
    if problems:
        raise KnowledgeError(sorted(problems))
    return library


def read_library(folder: Path) -> tuple[Library, list[Problem]]:
    """Return what could be loaded and everything that is wrong. Raises KnowledgeError for another folder."""
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        expected = words.KNOWLEDGE_FOLDER.format(folder=folder)
        raise KnowledgeError(Problem(name, 0, words.NO_SUCH_FILE, expected) for name in missing)
    remembered = RememberedFiles(_PARSED, _PARSERS) if stored.IS_CHECKOUT and folder == KNOWLEDGE else None
    state = _Loading(read_yaml if remembered is None else remembered.document)
    for name, kind in FOLDERS.items():
        state.documents[name], state.entries[name] = {}, {}
        for path in sorted((folder / name).glob("*.y*ml")):
            _load_file(state, name, kind, path)
    state.documents[_TOP], state.entries[_TOP] = {}, {}
    _load_file(state, _TOP, RecommendationRule, folder / "recommendation.yaml")
    facts = state.entries["facts"]
    _resolve_rules(state, facts)
    conditions = _derive_facts(state, facts)
    derive_targets(state.entries["targets"], facts, state.documents["targets"])
    derive_hold_rules(state.entries["treatments"], facts, state.documents["treatments"])
    release = state.table("release.yaml", folder).data
    sides = other_sides(state.entries["treatments"], state.entries["medicine-safety"], facts)
    checked = max((entry.checked for group in state.entries.values() for entry in group.values()), default="")
    library = Library(
        version=release["version"],
        released=str(release["released"]),
        checked=checked,
        vocabulary=vocabulary_of(facts, conditions, [*state.entries.values(), sides], state.problems),
        other_sides=sides,
        recommendation=state.entries[_TOP].get("recommendation", NO_RULE),
        products=products_of(folder / "terminology" / "rxnorm-products.csv", facts, state.problems),
        unit_names=state.table("terminology/unit-names.yaml", folder).data or {},
        used_facts=frozenset(),
        **{name.replace("-", "_"): state.entries[name] for name in FOLDERS if name != "facts"},
    )
    library = replace(library, used_facts=used_facts(library))
    if remembered is not None:
        remembered.keep()
    return library, _problems(library, state, folder)


def _problems(library: Library, state: _Loading, folder: Path) -> list[Problem]:
    """Return what is wrong in the files and between them."""
    table, copies = read_copies(folder / COPIES, COPIES)
    check_library(library, state.documents, copies, state.problems)
    check_definitions(library, state.documents["facts"], folder / "terminology")
    for path in sorted((folder / "terminology").glob("*.yaml")):
        state.table(f"terminology/{path.name}", folder)
    read = [document for documents in state.documents.values() for document in documents.values()]
    for document in (table, *state.tables.values(), *read):
        state.problems.extend(document.problems)
    return sorted(set(state.problems))


def _load_file(state: _Loading, folder: str, kind: type[Any], path: Path) -> None:
    document = state.reader(path, f"{folder}/{path.name}" if folder else path.name)
    state.documents[folder][path.stem] = document
    if document.problems:
        return
    if not isinstance(document.data, dict):
        document.report((), words.NO_MAPPING, words.ONE_ENTRY, words.SEE_README)
        return
    data = _prepared(document.data, (), document, RuleParser(document.report, document.line), cited=folder != "facts")
    if data.get("id") != path.stem:
        document.report(("id",), words.ID.format(id=data.get("id")), words.NAME_OF_FILE.format(name=path.stem))
        data["id"] = path.stem
    try:
        state.entries[folder][path.stem] = _ADAPTERS[folder].validate_python(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            report_detail(document, detail, kind)


_PREPARED = ConfigDict(arbitrary_types_allowed=True)
"""Rules and citations are objects already, and only have to be there."""
_KINDS: dict[str, type[Any]] = {**FOLDERS, _TOP: RecommendationRule}
_ADAPTERS = {name: TypeAdapter[Any](kind, config=_PREPARED) for name, kind in _KINDS.items()}


def _prepared(data: Any, place: tuple[str | int, ...], document: Document, parser: RuleParser, cited: bool) -> Any:
    """Turn rules and citations into their objects; everything else stays plain data.

    Only in facts, where a rule defines what a word means, may a criterion stand without a citation.
    """
    if isinstance(data, list):
        return [_prepared(item, (*place, index), document, parser, cited) for index, item in enumerate(data)]
    if not isinstance(data, dict):
        return data
    prepared: dict[str, Any] = {}
    for key, value in data.items():
        here: tuple[str | int, ...] = (*place, key)
        if key in {"cite", "rank_cite"}:
            prepared[key] = parser.citations(value, here)
        elif key == "when" or (key.endswith("_when") and key != "formula_when"):
            rule = parser.rule(value, here, cited)
            if rule is not None:
                prepared[key] = rule
        else:
            prepared[RENAMED.get(str(key), str(key))] = _prepared(value, here, document, parser, cited)
    return prepared


def _resolve_rules(state: _Loading, facts: dict[str, Fact]) -> None:
    """Check every rule against the facts and put its amounts into the units of the facts."""
    known = {**facts, **{fact.id: fact for fact in rule_facts({}, {})}}
    own = {fact.id: fact for fact in companions_read(state.entries.values(), known)}
    own |= {fact.id: fact for fact in relations_read(state.entries.values(), facts)}
    known.update(own)
    for folder, entries in state.entries.items():
        for name, entry in entries.items():
            document = state.documents[folder][name]
            entries[name] = _resolved(entry, document, known)
    facts.update(own)


def _resolved(entry: Any, document: Document, facts: dict[str, Fact]) -> Any:
    changes: dict[str, Any] = {}
    for attribute, value in _attributes(entry):
        if isinstance(value, Rule):
            changes[attribute] = RuleChecker(facts, document.report_line).rule(value)
        elif isinstance(value, tuple) and any(hasattr(item, "__struct_fields__") for item in value):
            changes[attribute] = tuple(_resolved(item, document, facts) for item in value)
    return replace(entry, **changes) if changes else entry


def _attributes(entry: Any) -> Iterator[tuple[str, Any]]:
    for attribute in getattr(entry, "__struct_fields__", ()):
        yield attribute, getattr(entry, attribute)


def _derive_facts(state: _Loading, facts: dict[str, Fact]) -> dict[str, Test]:
    """Add the facts that exist by themselves, give usual limits their numbers; return the conditions of formulas."""
    conditions: dict[str, Test] = {}
    for name, fact in list(facts.items()):
        if fact.companion_of or fact.relation is not None:
            continue
        document = state.documents["facts"][name]
        if fact.formula and not _is_formula(fact, facts, document):
            fact = replace(fact, formula="")
        if fact.formula and (condition := _formula_condition(fact, facts, document)) is not None:
            conditions[name] = condition
        limits = tuple(limit_values(fact, limit, document) for limit in fact.usual_limits)
        facts[name] = replace(fact, usual_limits=limits)
    for fact in rule_facts(state.entries["causes"], state.entries["types"]):
        facts[fact.id] = fact
    return conditions


def _is_formula(fact: Fact, facts: dict[str, Fact], document: Document) -> bool:
    """Report what is wrong with a formula; return whether it can be read."""
    try:
        names = formula_facts(parse_formula(fact.formula))
    except FormulaError as error:
        document.report(("formula",), str(error), words.A_FORMULA)
        return False
    for name in sorted(names - set(facts)):
        document.report(("formula",), words.FACT.format(fact=name), words.LISTED_FACT, nearest(name, facts))
    return True


def _formula_condition(fact: Fact, facts: dict[str, Fact], document: Document) -> Test | None:
    """Return the condition of a formula, ready to evaluate."""
    test = RuleParser(document.report).test(fact.formula_when, ("formula_when",)) if fact.formula_when else None
    if test is None:
        return None
    return RuleChecker(facts, document.report_line, document.line(("formula_when",))).test(test)


__all__ = ["FOLDERS", "KNOWLEDGE", "Entry", "load_library", "read_library", "rules_of"]
