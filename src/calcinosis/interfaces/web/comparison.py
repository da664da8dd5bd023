"""The types side by side: the same questions answered for each, from their entries and from what leads to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from calcinosis.evidence.recommend import recommendations_of
from calcinosis.evidence.rows import rows_of
from calcinosis.interfaces.web.catalogue import Place, catalogue
from calcinosis.interfaces.web.citing import sources_of
from calcinosis.interfaces.web.entry_parts import Sides
from calcinosis.interfaces.web.statements import sides, statement_line
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Cause, Indication, Investigation, Topic, Treatment, Type
from calcinosis.library.subjects import facts_of
from calcinosis.report.document import Line
from calcinosis.report.lines import clean

ORDER, SCHEMES = "classification-order-of-questions", "classification-schemes"
"""The entries that say in which order to ask, and how many types there are."""
_SAID = ("sites", "features", "complications", "prognosis")
_BRIEF_LINES, _BRIEF_PLACES = 2, 6


class Cell(Struct, frozen=True):
    """What is known of one type on one question: lines, or places; ``brief`` of them stand open."""

    lines: tuple[Line, ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def brief(self) -> Cell:
        """The first of them."""
        return Cell(self.lines[:_BRIEF_LINES], self.places[:_BRIEF_PLACES])

    @property
    def rest(self) -> Cell:
        """All that open on demand."""
        return Cell(self.lines[_BRIEF_LINES:], self.places[_BRIEF_PLACES:])

    @property
    def size(self) -> int:
        """The number of lines and places."""
        return len(self.lines) + len(self.places)


class Comparison(Struct, frozen=True):
    """The types, the rows of cells by question, the forms, and the entries on how to sort them."""

    types: tuple[Place, ...]
    forms: tuple[Place, ...]
    rows: dict[str, tuple[Cell, ...]]
    order: tuple[Line, ...]
    schemes: tuple[Sides, ...]
    sources: tuple[Place, ...]


@lru_cache(maxsize=1)
def comparison() -> Comparison:
    """Return the types of the knowledge side by side."""
    places = catalogue()
    known = tuple(places.sections["types"].values())
    types = tuple(place for place in known if isinstance(place.entry, Type) and not place.entry.part_of)
    names = words()["look_up"]["comparison"]["rows"]
    rows = {name: tuple(_cell(name, place) for place in types) for name in names}
    order, schemes = places.library.topics[ORDER], places.library.topics[SCHEMES]
    return Comparison(
        types=types,
        forms=tuple(place for place in known if place not in types),
        rows=rows,
        order=tuple(map(statement_line, order.statements)),
        schemes=sides(schemes),
        sources=_sources(order, rows, schemes),
    )


def _sources(order: Topic, rows: dict[str, tuple[Cell, ...]], schemes: Topic) -> tuple[Place, ...]:
    """Return the sources in the order in which the page cites them."""
    cited = [name for cells in rows.values() for cell in cells for line in cell.lines for name in line.cites]
    return tuple(dict.fromkeys((*sources_of(order), *map(catalogue().source, cited), *sources_of(schemes))))


def _cell(question: str, place: Place) -> Cell:
    entry = place.entry
    if not isinstance(entry, Type):
        return Cell()
    if question == "summary":
        return Cell((statement_line(entry.summary),))
    if question in _SAID:
        return Cell((*map(statement_line, getattr(entry, question)), *_of_forms(question, entry)))
    section, fits = _PLACES[question]
    found = [one for one in catalogue().sections[section].values() if fits(one, entry)]
    return Cell(places=tuple(sorted(found, key=lambda one: (-_patients(one), -len(sources_of(one.entry)), one.name))))


def _of_forms(question: str, kind: Type) -> Iterator[Line]:
    """Yield what the forms of a type add to a question, each under its name."""
    for form in catalogue().library.types.values():
        if form.part_of == kind.id:
            yield from (statement_line(said, clean(form.name)) for said in getattr(form, question))


def _patients(place: Place) -> int:
    """Return how many patients stand behind a treatment; other entries are ordered by their sources."""
    if not isinstance(place.entry, Treatment):
        return 0
    return sum(row.study.patients or 0 for row in rows_of(place.entry, catalogue().library) if row.counts)


def _leads_to(place: Place, kind: Type, strength: str = "cause") -> bool:
    cause = place.entry
    return isinstance(cause, Cause) and cause.strength == strength and kind.id in cause.leads_to


def _goes_with(place: Place, kind: Type) -> bool:
    return _leads_to(place, kind, "association")


def _settles(place: Place, kind: Type) -> bool:
    """Whether a test measures a fact that establishes or excludes a type, and few others."""
    test = place.entry
    read = kind.established_when.facts | (kind.excluded_when.facts if kind.excluded_when else frozenset())
    asked = isinstance(test, Investigation) and test.group != "question" and test.advice == "recommended"
    return asked and bool(read & set(facts_of(place.entry, catalogue().library)))


def _is_considered(place: Place, kind: Type) -> bool:
    """Whether a treatment was studied in the type itself and may be considered."""
    treatment = place.entry
    if not isinstance(treatment, Treatment):
        return False
    found = zip(treatment.for_, recommendations_of(treatment, catalogue().library), strict=True)
    return any(one.type == kind.id and one.directness == 1 and follows.consider for one, follows in found)


def _is_avoided(place: Place, kind: Type) -> bool:
    """Whether the evidence speaks against a treatment in everyone with the type."""
    treatment = place.entry
    return isinstance(treatment, Treatment) and any(
        one.type == kind.id and one.when is None and not isinstance(one, Indication) for one in treatment.against
    )


_PLACES: dict[str, tuple[str, Callable[[Place, Type], bool]]] = {
    "causes": ("causes", _leads_to),
    "associated": ("causes", _goes_with),
    "tests": ("investigations", _settles),
    "consider": ("treatments", _is_considered),
    "avoid": ("treatments", _is_avoided),
}
"""The questions that other entries answer: of which section, and which of them."""
