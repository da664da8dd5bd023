"""The way from what records write (codes, names, units, routes) to the facts of the knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from calcinosis.data_classes import dataclass
from calcinosis.library.library import Library
from calcinosis.quantities.units import UnitError, factor
from calcinosis.rules.vocabulary import EVER, Fact, LearnedBy
from calcinosis.terminology.concepts import Concepts
from calcinosis.terminology.course_words import CourseWords
from calcinosis.terminology.definitions import Definitions
from calcinosis.terminology.language import ENGLISH, Languages
from calcinosis.terminology.matcher import Matcher
from calcinosis.terminology.medicine_use import UseWords
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.note_words import NoteWords
from calcinosis.terminology.places import PlaceWords
from calcinosis.terminology.question_words import QuestionWords
from calcinosis.terminology.results import ResultWords
from calcinosis.terminology.systems import Specimens, Systems
from calcinosis.terminology.tokens import tokens_of
from calcinosis.words.en.remarks import measures_another

_SEEN = frozenset({"examination", "imaging", "histology"})
_BY_PREFIX = frozenset({"icd10cm", "atc"})
"""Systems in which a code stands for all codes that begin with it."""


_CATEGORY = 3
"""Signs of an ICD code before its dot, which many records leave out."""


@dataclass(frozen=True)
class Meaning:
    """What a code means: facts (with the word of a choice), and how the code is known to be shown."""

    facts: tuple[tuple[str, str], ...]
    shown: frozenset[str]
    enough: bool = True


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Codes, names, units and routes of all facts, ready to look up."""

    facts: Mapping[str, Fact]
    related: Mapping[str, frozenset[str]]
    codes: Mapping[tuple[str, str], Meaning]
    products: Mapping[str, tuple[str, tuple[str, ...]]]
    matcher: Matcher
    sites: Matcher
    places: PlaceWords
    routes: Phrases
    methods: Phrases
    method_order: tuple[LearnedBy, ...]
    results: ResultWords
    notes: NoteWords
    questions: QuestionWords
    uses: UseWords
    courses: CourseWords
    systems: Systems
    specimens: Specimens
    unit_names: Mapping[str, str]
    factors: Mapping[tuple[str, str], float]
    units: frozenset[str]
    allergies: Mapping[str, tuple[str, ...]]
    readings: dict[tuple[object, ...], object] = field(default_factory=dict, compare=False, repr=False)
    _prefixes: dict[tuple[str, str], Meaning | None] = field(default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        return id(self)

    def forget(self) -> None:
        """Forget what records said; what the knowledge says stays."""
        self.readings.clear()
        self._prefixes.clear()
        self.matcher.forget()
        self.sites.forget()
        self.places.forget()

    def meaning(self, system: str, code: str) -> Meaning | None:
        """Return what a code means; None for a code that no fact lists."""
        if system == "rxnorm" and code in self.products:
            return _product(*self.products[code])
        found = self.codes.get((system, code))
        if found is not None or system not in _BY_PREFIX:
            return found
        if system == "icd10cm" and "." not in code and len(code) > _CATEGORY:
            return self.meaning(system, f"{code[:_CATEGORY]}.{code[_CATEGORY:]}")
        return self._by_prefix(system, code)

    def _by_prefix(self, system: str, code: str) -> Meaning | None:
        key = (system, code)
        if key not in self._prefixes:
            found = None
            for length in range(min(len(code) - 1, 10), 2, -1):  # no listed code is longer
                found = self.codes.get((system, code[:length].rstrip(".")))
                if found is not None:
                    break
            self._prefixes[key] = found
        return self._prefixes[key]

    def agrees(self, meaning: Meaning, shown: str, system: str) -> bool:
        """Whether the text shown beside a code can mean what the code means."""
        words = _content(shown)
        if not words or words & meaning.shown:
            return True
        mentioned = {mention.fact for mention in self.matcher.mentions(shown)}
        if any(self.is_related(fact, other) for fact, _ in meaning.facts for other in mentioned):
            return True
        return not mentioned and system != "rxnorm"

    def is_related(self, fact: str, other: str) -> bool:
        """Whether two facts are the same, or one is a kind of the other."""
        return fact == other or other in self.related.get(fact, ()) or fact in self.related.get(other, ())

    def scale(self, fact: Fact, unit: str) -> float:
        """Return the factor from a unit as written to the unit of the fact. Raises UnitError."""
        known = self.factors.get((fact.id, unit))
        if known is not None:
            return known
        if unit in self.units:
            raise UnitError(measures_another(unit, fact.unit))
        return factor(self.unit_names.get(unit, unit), fact.unit, fact.molar_mass, fact.valence)

    def language_of(self, text: str) -> str:
        """Return the language that a text is written in."""
        languages = self.matcher.reader.languages
        return ENGLISH if languages is None else languages.of_text(text)

    def is_doubted_elsewhere(self, text: str) -> bool:
        """Whether a text in another language denies or doubts what it names."""
        languages = self.matcher.reader.languages
        return languages is not None and languages.is_doubted(text)

    def route(self, text: str) -> str:
        """Return how a medicine is given according to a text; empty when it does not say."""
        found = _meant_in(text, self.routes)
        return found.pop() if len(found) == 1 else ""

    def by_method(self, fact: str, title: str) -> str:
        """Return what the words of a fact mean in a report of this title: calcium by an image, or by the microscope."""
        others = self.facts[fact].by_method
        if not others:
            return fact
        named = _meant_in(title, self.methods)
        method = next((method for method in self.method_order if method in named), None)
        return others.get(method, fact) if method else fact


def terms_of(
    library: Library,
    context: Mapping[str, object],
    routes: Mapping[str, list[str]],
    results: Mapping[str, Any],
    medicine_use: Mapping[str, Any],
    methods: Mapping[LearnedBy, list[str]],
    concepts: Mapping[str, Any],
    sites: Mapping[str, Any],
    languages: Mapping[str, Any],
    systems: Mapping[str, Any],
    specimens: Mapping[str, Any],
    notes: Mapping[str, Any],
    questions: Mapping[str, Any],
    course: Mapping[str, Any],
) -> Terms:
    """Return the look-up tables of a library and the tables of ``terminology/``."""
    facts, names = library.facts, library.unit_names
    related = _related(facts)
    site_names = tuple(_names(fact for fact in facts.values() if fact.kind == "site"))
    units = frozenset((*names, *names.values(), *(fact.unit for fact in facts.values() if fact.unit)))
    matcher = Matcher.of(
        _names(fact for fact in facts.values() if fact.kind != "site"),
        context,
        _lasting(facts),
        Definitions.of(facts.values(), Concepts.of(concepts, sites, site_names), related),
        frozenset(fact.id for fact in facts.values() if fact.learned_by in _SEEN and fact.kind == "finding"),
        Languages.of(languages),
    )
    site_matcher = Matcher.of(site_names, context)
    return Terms(
        facts=facts,
        related=related,
        codes=_codes(facts),
        products=library.products,
        matcher=matcher,
        sites=site_matcher,
        places=PlaceWords.of(site_matcher, sites, matcher, _placed(facts)),
        routes=Phrases.of((word, route) for route, words in routes.items() for word in words),
        methods=Phrases.of((word, method) for method, words in methods.items() for word in words),
        method_order=tuple(methods),
        results=ResultWords.of(results),
        notes=NoteWords.of(notes, ResultWords.of(results)),
        questions=QuestionWords.of(questions),
        uses=UseWords.of(medicine_use),
        courses=CourseWords.of(course),
        systems=Systems.of(systems),
        specimens=Specimens.of(specimens),
        unit_names=library.unit_names,
        factors=_factors(facts, units, library.unit_names),
        units=units,
        allergies=_allergies(facts),
    )


def _meant_in(text: str, phrases: Phrases) -> set[str]:
    tokens = tokens_of(text)
    return {match[1] for place in range(len(tokens)) if (match := phrases.at(tokens, place)) is not None}


def _content(text: str) -> frozenset[str]:
    """Return the words of a text that carry meaning."""
    return frozenset(token for token in tokens_of(text) if len(token) > 3 and not token.isdigit()) - _EMPTY


_EMPTY = frozenset(
    tokens_of(
        "unspecified other with without disorder finding procedure oral tablet extended release solution injection "
        "disease syndrome chronic acute type serum plasma blood mass volume substance "
        "capsule suspension injectable prefilled syringe pack delayed chewable topical powder ointment cream granule "
        "cartridge spray lotion injector auto disintegrating ophthalmic sodium hydrochloride"
    )
)


def _names(facts: Iterable[Fact]) -> Iterable[tuple[str, str]]:
    for fact in facts:
        for name in fact.names:
            yield name, fact.id
        for word, details in fact.words.items():
            for name in details.names:
                yield name, f"{fact.id}={word}"


def _placed(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the facts of which a rule asks where or when they are, beside another."""
    relations = (fact.relation for fact in facts.values() if fact.relation is not None)
    return frozenset(name for one in relations for name in (*one.of, *one.to, *one.by))


def _lasting(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the facts that are so for ever once they were: what lasts, and what was done or happened."""
    return frozenset(fact.id for fact in facts.values() if fact.lasting or fact.kind in EVER)


def _codes(facts: Mapping[str, Fact]) -> dict[tuple[str, str], Meaning]:
    found: dict[tuple[str, str], Meaning] = {}
    for fact in facts.values():
        tables = [(fact.codes, "", True), (fact.codes_not_enough, "", False)]
        tables += [(details.codes, word, True) for word, details in fact.words.items()]
        for table, word, enough in tables:
            for system, codes in table.items():
                for code, display in codes.items():
                    known = found.get((system, code))
                    before, shown = (known.facts, known.shown) if known else ((), frozenset())
                    meaning = Meaning(
                        (*before, (fact.id, word)), shown | _content(display) | _content(fact.name), enough
                    )
                    found[system, code] = meaning
    return found


def _product(name: str, facts: tuple[str, ...]) -> Meaning:
    return Meaning(tuple((fact, "") for fact in facts), _content(name))


def _related(facts: Mapping[str, Fact]) -> dict[str, frozenset[str]]:
    """Return, for each fact, all facts that are kinds of it at any depth."""
    found: dict[str, frozenset[str]] = {}

    def kinds(fact: str, seen: frozenset[str]) -> frozenset[str]:
        if fact not in found:
            below = facts[fact].includes if fact in facts and fact not in seen else ()
            found[fact] = frozenset(below).union(*(kinds(kind, seen | {fact}) for kind in below))
        return found[fact]

    for fact in facts:
        kinds(fact, frozenset())
    return found


def _factors(
    facts: Mapping[str, Fact], units: Iterable[str], unit_names: Mapping[str, str]
) -> dict[tuple[str, str], float]:
    """Work out the factor of every listed way to write a unit, so that the unit library is needed only for others."""
    found = {}
    for fact in facts.values():
        if fact.kind != "quantity":
            continue
        for unit in units:
            try:
                found[fact.id, unit] = factor(unit_names.get(unit, unit), fact.unit, fact.molar_mass, fact.valence)
            except UnitError:
                continue
    return found


def _allergies(facts: Mapping[str, Fact]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for fact in facts.values():
        if fact.substance and fact.kind == "allergy":
            found[fact.substance] = (*found.get(fact.substance, ()), fact.id)
    return found
