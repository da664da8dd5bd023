"""The look-up tables of a library and of the tables of ``terminology/``: from its facts to what records write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calcinosis.library.library import Library
from calcinosis.quantities.units import UnitError, factor
from calcinosis.rules.vocabulary import EVER, Fact, LearnedBy
from calcinosis.terminology.concepts import Concepts
from calcinosis.terminology.course_words import CourseWords
from calcinosis.terminology.definitions import Definitions
from calcinosis.terminology.language import Languages
from calcinosis.terminology.matcher import Matcher
from calcinosis.terminology.medicine_use import UseWords
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.note_words import NoteWords
from calcinosis.terminology.nothing_known import NothingKnown
from calcinosis.terminology.places import PlaceWords
from calcinosis.terminology.question_words import QuestionWords
from calcinosis.terminology.results import ResultWords
from calcinosis.terminology.systems import Specimens, Systems
from calcinosis.terminology.terms import Meaning, Terms, content_words

_SEEN = frozenset({"examination", "imaging", "histology"})
_BY_PREFIX = frozenset({"icd10cm", "atc"})
"""Systems in which a code stands for all codes that begin with it."""


_CATEGORY = 3
"""Signs of an ICD code before its dot, which many records leave out."""


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
    nothing_known: Mapping[str, Any],
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
        frozenset(fact.id for fact in facts.values() if fact.kind in {"medicine", "procedure"}),
        frozenset(fact.planned_of for fact in facts.values() if fact.planned_of),
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
        nothing=NothingKnown.of(nothing_known),
        systems=Systems.of(systems),
        specimens=Specimens.of(specimens),
        unit_names=library.unit_names,
        factors=_factors(facts, units, library.unit_names),
        units=units,
        allergies=_allergies(facts),
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
    """Return the facts that are so for ever once they were: what lasts, and what was done or happened at any time."""
    recent = {fact.recent_of for fact in facts.values()}
    return frozenset(
        fact.id for fact in facts.values() if fact.lasting or (fact.kind in EVER and fact.id not in recent)
    )


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
                        (*before, (fact.id, word)), shown | content_words(display) | content_words(fact.name), enough
                    )
                    found[system, code] = meaning
    return found


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
