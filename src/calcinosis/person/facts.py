"""What is known about one person: facts stated by the record, and those worked out from them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from calcinosis.person.dates import days_between
from calcinosis.person.sayings import EVER
from calcinosis.rules.compare import compared, number_of
from calcinosis.rules.evaluate import NOT_YET, Basis, Evaluation, Planes
from calcinosis.rules.formula import PLAIN, compute
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.program import Known
from calcinosis.rules.syntax import Compare, Is, Rule
from calcinosis.rules.trace import sources
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

_ASSUMED_ABSENT = Value(truth=FALSE, assumed=True)
_NOTHING: Mapping[str, Value] = {}
_EXACT = len("2024-05-01")
"""Letters of a date that is one day."""


class PatientFacts(Evaluation):
    """The values of facts for one person. ``stated`` is what the record says; the rest follows from it.

    ``touched`` are the facts that what is stated has to do with, ``bases`` the facts to find out for one not known;
    ``outdated`` is what was last said of facts of which nothing current is known.
    With ``assume_absent`` every fact of history or examination that the record does not mention counts as absent.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        stated: Mapping[str, Value],
        without_assuming: PatientFacts | None = None,
        outdated: Mapping[str, Value] = _NOTHING,
    ) -> None:
        """Take up what is stated; rules and values are worked out when they are asked for."""
        self.touched: set[str] = without_assuming.touched if without_assuming else _touched(vocabulary, stated)
        super().__init__(vocabulary.program, 1, self.touched, without_assuming)
        self.vocabulary = vocabulary
        self.stated = stated
        self.outdated = outdated
        self.bases: dict[str, tuple[str, ...]] = {}
        self.open_facts: dict[int, dict[str, None]] = {}
        self._literals = vocabulary.program.by_id
        self._values: dict[str, Value | None] = {}
        self._last_known: PatientFacts | None = None

    def assuming_absent(self) -> PatientFacts:
        """Return the same facts with what is not mentioned taken as absent."""
        return PatientFacts(self.vocabulary, self.stated, self)

    @property
    def last_known(self) -> PatientFacts | None:
        """The same facts with what is ``outdated`` as it was last known; None where nothing is."""
        if self._last_known is None and self.outdated:
            self._last_known = PatientFacts(self.vocabulary, {**self.stated, **self.outdated})
        return self._last_known

    def truth(self, rule: Rule) -> Truth:
        """Return the truth of a rule."""
        planes = self.planes
        try:
            literal = self._literals[id(rule)]
            true = planes[literal]
        except (KeyError, IndexError):  # a rule that is new
            literal = self.literal(rule)
            true = planes[literal]
        if true:
            if true != NOT_YET:
                return TRUE
            self.work_out(literal)
            if planes[literal]:
                return TRUE
        return FALSE if planes[literal ^ 1] else UNKNOWN

    def value(self, fact: str) -> Value | None:
        """Return what is known of a fact, stated or derived; None when nothing is."""
        if fact in self._values:
            return self._values[fact]
        if fact not in self.touched and not self.assume_absent:
            return None
        self._values[fact] = found = self._value(fact)
        return found

    def is_present(self, fact: str) -> bool:
        """Whether a fact holds."""
        return bool(self.of(self.program.fact(fact))[0])

    def told(self, fact: str) -> tuple[int, int, int]:
        """Return whether it is stated that a fact holds, that it does not, and whether it is spoken of at all."""
        value = self.stated.get(fact)
        if value is None:
            return 0, 0, 0
        return int(value.truth is TRUE), int(value.truth is FALSE), 1

    def compared(self, test: Compare) -> Planes:
        """Return whether the number of a fact is, or is not, as a test asks."""
        value = self.value(test.fact)
        if value is None:
            return 0, 0
        true, false = compared(test, number_of(value))
        return int(true), int(false)

    def worded(self, test: Is) -> Planes:
        """Return whether the word of a fact is among those of a test, or another."""
        value = self.value(test.fact)
        if value is None or not value.word:
            return 0, 0
        return (1, 0) if value.word in test.words else (0, 1)

    def computed(self, fact: str) -> int:
        """Return whether a number can be worked out."""
        return int(self.value(fact) is not None)

    def shown_later(self, node: Known, disputed: int) -> int:
        """Return whether what the rule of a fact shows is of a later day than its denial, both being exact."""
        denied = self.stated[node.fact].date
        shown = max(value.date for value in self._read(node, TRUE, Basis.RULE))
        return int(len(denied) == len(shown) == _EXACT and shown > denied)

    def _value(self, name: str) -> Value | None:
        fact = self.vocabulary.facts.get(name)
        if fact is None:
            return None
        stated = self.stated.get(name)
        if fact.kind == "quantity":
            return self._with_limits(fact, stated or self._computed(fact))
        if stated is not None and stated.truth is TRUE:
            return stated
        node = self.program.known(name)
        if fact.kind == "choice":
            return stated or (_ASSUMED_ABSENT if self.assume_absent and node.is_assumable else None)
        for _, truth, basis in self.cases(node):
            if basis is Basis.STATED:
                return stated
            return _merged(truth, list(self._read(node, truth, basis)))
        return None

    def _read(self, node: Known, truth: Truth, basis: Basis) -> Iterator[Value]:
        """Yield the values from which a fact follows."""
        for holds, name, as_stated in sources(self, node, 1, truth, basis):
            value = self.stated[name] if holds and as_stated else self.value(name) if holds else None
            if value is not None:
                yield value

    def _computed(self, fact: Fact) -> Value | None:
        if fact.days_from:
            return self._days_between(fact)
        if not fact.formula:
            return None
        condition = self.program.conditions.get(fact.id)
        if condition is not None and not self.of(condition)[0]:
            return None
        ranges: dict[str, tuple[float, ...]] = {}
        words, read = {}, []
        for name in self.vocabulary.reads[fact.id]:
            value = self.value(name)
            if value is None:
                return None
            read.append(value)
            if value.word:
                words[name] = value.word
            elif value.low is not None and value.high is not None:
                ranges[name] = (value.low,) if value.low == value.high else (value.low, value.high)
        bounds = compute(self.vocabulary.formulas[fact.id], ranges, words, PLAIN)
        if bounds is None or not all(map(math.isfinite, bounds)):
            return None
        date = max(value.date for value in read)
        origins = tuple(sorted({origin for value in read for origin in value.origins}))
        return Value(truth=TRUE, low=bounds[0], high=bounds[1], date=date, origins=origins)

    def _days_between(self, fact: Fact) -> Value | None:
        """Return the days from the first of one fact to the first of another, where both days are known."""
        start, end = self.value(fact.days_from), self.value(fact.days_to)
        if start is None or end is None or not start.first or not end.first or end.first < start.first:
            return None
        if start.truth is not TRUE or end.truth is not TRUE:
            return None
        most = float(days_between(start.first, end.first))
        least = self._days_from_newest(fact, start, end.first, most)
        said = f"{most:g} days" if least == most else f"{least:g} to {most:g} days"
        origins = tuple(sorted({*start.origins, *end.origins}))
        return Value(truth=TRUE, low=least, high=most, said=said, date=end.date, origins=origins)

    def _days_from_newest(self, fact: Fact, start: Value, end: str, most: float) -> float:
        """Return the least days that can lie between: what happens more than once may have happened shortly before."""
        if self.vocabulary.facts[fact.days_from].kind not in EVER or start.date in {"", start.first}:
            return most
        return float(days_between(start.date, end)) if len(start.date) == _EXACT and start.date <= end else 0.0

    def _with_limits(self, fact: Fact, value: Value | None) -> Value | None:
        """Give a number without printed limits the usual ones of the fact, for the person's age and sex."""
        if value is None or not fact.usual_limits or (value.lower_limit is not None or value.upper_limit is not None):
            return value
        if value.flag or not value.is_number:
            return value
        for limits in fact.usual_limits:
            if self._are_for(limits.from_age, limits.to_age, limits.sex):
                return replace(value, lower_limit=limits.lower_value, upper_limit=limits.upper_value)
        return value

    def _are_for(self, from_age: float, to_age: float, sex: str) -> bool:
        if sex:
            known = self.value("sex")
            if known is None or known.word != sex:
                return False
        if from_age <= 0 and to_age >= 200:
            return True
        age = self.value("age")
        return (
            age is not None
            and age.low is not None
            and age.high is not None
            and from_age <= age.low <= age.high < to_age
        )


def _touched(vocabulary: Vocabulary, stated: Mapping[str, Value]) -> set[str]:
    return vocabulary.touched(stated, (name for name, value in stated.items() if value.truth is FALSE))


def _merged(truth: Truth, values: list[Value]) -> Value:
    """Return a value that follows from others; it is assumed if it follows from nothing but assumptions."""
    if truth is FALSE and all(value.assumed for value in values):
        return _ASSUMED_ABSENT
    origins = tuple(sorted({origin for value in values for origin in value.origins}))
    newest = max((value.date for value in values), default="")
    first = min((value.first for value in values if value.first), default="")
    return Value(truth=truth, date=newest, first=first if truth is TRUE else "", origins=origins)
