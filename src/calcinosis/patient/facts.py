"""What is known about one person: facts stated by the record, and those worked out from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from calcinosis.rules.evaluate import decisive, evaluate, test_truth, truth_of
from calcinosis.rules.formula import Formula, compute, formula_facts, parse_formula
from calcinosis.rules.parse import RuleParser
from calcinosis.rules.syntax import Test
from calcinosis.rules.vocabulary import ASSUMABLE, Fact, Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, any_of

_ABSENT = Value(truth=FALSE)


@dataclass(slots=True)
class PatientFacts:
    """The values of facts for one person. ``stated`` is what the record says; the rest is derived when asked for.

    With ``assume_absent`` every fact of history or examination that the record does not mention counts as absent;
    ``assumed`` then collects which were.
    """

    vocabulary: Mapping[str, Fact]
    stated: Mapping[str, Value]
    assume_absent: bool = False
    assumed: set[str] = field(default_factory=set)
    _found: dict[str, Value | None] = field(default_factory=dict)

    def value(self, fact: str) -> Value | None:
        """Return what is known of a fact, stated or derived; None when nothing is."""
        if fact in self._found:
            return self._found[fact]
        self._found[fact] = self.stated.get(fact)  # an answer for a fact that is derived through itself
        found = self._worked_out(self.vocabulary[fact])
        self._found[fact] = found
        return found

    def assuming_absent(self) -> PatientFacts:
        """Return the same facts with what is not mentioned taken as absent."""
        return PatientFacts(self.vocabulary, self.stated, assume_absent=True)

    def _worked_out(self, fact: Fact) -> Value | None:
        stated = self.stated.get(fact.id)
        if fact.kind == "quantity":
            return self._with_limits(fact, stated or (self._computed(fact) if fact.formula else None))
        if fact.kind == "choice":
            return stated or self._assumed(fact)
        if stated is not None and stated.truth is TRUE:
            return stated
        return self._from_others(fact, stated)

    def _from_others(self, fact: Fact, stated: Value | None) -> Value | None:
        """Return what kinds of the fact, facts that it is a kind of, and its rule say."""
        kinds = [(name, value) for name in fact.includes if (value := self.value(name)) is not None]
        present = [value for _, value in kinds if value.truth is TRUE]
        if present:
            return _merged(TRUE, present)
        if stated is not None:
            return stated
        if fact.true_when is not None:
            return self._by_rule(fact, kinds)
        if self._is_excluded(fact.id):
            return _ABSENT
        if kinds and any(value.truth is UNKNOWN for _, value in kinds):
            return _merged(UNKNOWN, [value for _, value in kinds if value.truth is UNKNOWN])
        return self._assumed(fact)

    def _by_rule(self, fact: Fact, kinds: list[tuple[str, Value]]) -> Value | None:
        assert fact.true_when is not None
        truth = truth_of(fact.true_when, self)
        truth = any_of([truth, *(value.truth for _, value in kinds)])
        if truth is UNKNOWN:
            mentioned = any(value.truth is UNKNOWN for _, value in kinds)
            return _merged(UNKNOWN, [value for _, value in kinds]) if mentioned else None
        findings = list(decisive(evaluate(fact.true_when, self)))
        return _merged(truth, [finding.value for finding in findings if finding.value is not None])

    def _is_excluded(self, fact: str) -> bool:
        """Whether a fact that this one is a kind of is stated to be absent."""
        for parent in _parents(self.vocabulary).get(fact, ()):
            value = self.stated.get(parent)
            if (value is not None and value.truth is FALSE) or self._is_excluded(parent):
                return True
        return False

    def _assumed(self, fact: Fact) -> Value | None:
        if not self.assume_absent or fact.learned_by not in ASSUMABLE:
            return None
        self.assumed.add(fact.id)
        return _ABSENT

    def _computed(self, fact: Fact) -> Value | None:
        formula, condition = _formula(fact.formula), _condition(fact.formula_when)
        if condition is not None and test_truth(condition, self.value(condition.fact)) is not TRUE:
            return None
        ranges, words, read = {}, {}, []
        for name in formula_facts(formula):
            value = self.value(name)
            if value is None:
                return None
            read.append(value)
            if value.word:
                words[name] = value.word
            elif value.low is not None and value.high is not None:
                ranges[name] = (value.low, value.high)
        bounds = compute(formula, ranges, words)
        if bounds is None:
            return None
        date = max(value.date for value in read)
        origins = tuple(sorted({origin for value in read for origin in value.origins}))
        return Value(truth=TRUE, low=bounds[0], high=bounds[1], date=date, origins=origins)

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
        return age is not None and age.low is not None and age.high is not None and from_age <= age.low <= age.high < to_age


def _merged(truth: Truth, values: list[Value]) -> Value:
    origins = tuple(sorted({origin for value in values for origin in value.origins}))
    return Value(truth=truth, date=max((value.date for value in values), default=""), origins=origins)


@lru_cache(maxsize=256)
def _formula(text: str) -> Formula:
    return parse_formula(text)


@lru_cache(maxsize=256)
def _condition(text: str) -> Test | None:
    return RuleParser(lambda *_: None).test(text, ()) if text else None


_parents_of: dict[int, dict[str, tuple[str, ...]]] = {}


def _parents(vocabulary: Mapping[str, Fact]) -> dict[str, tuple[str, ...]]:
    """Return, for each fact, the facts that it is a kind of."""
    known = _parents_of.get(id(vocabulary))
    if known is None:
        collected: dict[str, list[str]] = {}
        for fact in vocabulary.values():
            for kind in fact.includes:
                collected.setdefault(kind, []).append(fact.id)
        known = {kind: tuple(parents) for kind, parents in collected.items()}
        _parents_of[id(vocabulary)] = known
    return known


def stated_absent(origin: Origin, date: str = "") -> Value:
    """Return the value of a fact that is said to be absent."""
    return Value(truth=FALSE, date=date, origins=(origin,))
