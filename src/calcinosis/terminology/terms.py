"""The way from what records write (codes, names, units, routes) to the facts of the knowledge."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.quantities.parse import Amount
from calcinosis.quantities.units import CELSIUS, FAHRENHEIT, UnitError, celsius, factor
from calcinosis.rules.vocabulary import Fact, LearnedBy
from calcinosis.terminology.course_words import CourseWords
from calcinosis.terminology.language import ENGLISH
from calcinosis.terminology.matcher import Matcher
from calcinosis.terminology.medicine_use import UseWords
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.note_words import NoteWords
from calcinosis.terminology.nothing_known import NothingKnown
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


class Meaning(Struct, frozen=True):
    """What a code means: facts (with the word of a choice), and how the code is known to be shown."""

    facts: tuple[tuple[str, str], ...]
    shown: frozenset[str]
    enough: bool = True


class Terms(Struct, frozen=True, kw_only=True):
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
    nothing: NothingKnown
    systems: Systems
    specimens: Specimens
    unit_names: Mapping[str, str]
    factors: Mapping[tuple[str, str], float]
    units: frozenset[str]
    allergies: Mapping[str, tuple[str, ...]]
    readings: dict[tuple[object, ...], object] = field(default_factory=dict)
    _prefixes: dict[tuple[str, str], Meaning | None] = field(default_factory=dict)

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
        words = content_words(shown)
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

    def in_unit_of(self, fact: Fact, amount: Amount, unit: str = "") -> Amount:
        """Return an amount in the unit of a fact; ``unit`` is its own where it carries none. Raises UnitError."""
        unit = amount.unit or unit
        if fact.unit == CELSIUS and self.unit_names.get(unit, unit) == FAHRENHEIT:
            low, high = (None if one is None else celsius(one) for one in (amount.low, amount.high))
            return replace(amount, low=low, high=high)
        scale = self.scale(fact, unit)
        return amount if scale == 1 else amount.times(scale)

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


def _meant_in(text: str, phrases: Phrases) -> set[str]:
    tokens = tokens_of(text)
    return {match[1] for place in range(len(tokens)) if (match := phrases.at(tokens, place)) is not None}


def content_words(text: str) -> frozenset[str]:
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


def _product(name: str, facts: tuple[str, ...]) -> Meaning:
    return Meaning(tuple((fact, "") for fact in facts), content_words(name))
