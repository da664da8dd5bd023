"""What is known about one person: facts stated by the record, and those worked out from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from calcinosis.person.dates import days_between
from calcinosis.person.sayings import EVER
from calcinosis.rules.evaluate import combined, test_truth
from calcinosis.rules.formula import compute
from calcinosis.rules.syntax import All, AnyGroup, AtLeast, Criterion, Rule
from calcinosis.rules.vocabulary import ASSUMABLE, Fact, Value, Vocabulary
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, any_of
from calcinosis.words.en.remarks import days

_ABSENT = Value(truth=FALSE)
_EXACT = len("2024-05-01")
"""Letters of a date that is one day."""


@dataclass(slots=True)
class PatientFacts:
    """The values of facts for one person. ``stated`` is what the record says; the rest is derived when asked for.

    ``touched`` are the facts that what is stated has to do with, ``bases`` the facts to find out for one not known.
    With ``assume_absent`` every fact of history or examination that the record does not mention counts as absent.
    """

    vocabulary: Vocabulary
    stated: Mapping[str, Value]
    assume_absent: bool = False
    touched: set[str] = field(default_factory=set)
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    open_facts: dict[int, tuple[Rule, dict[str, None]]] = field(default_factory=dict)
    _excluded: set[str] = field(default_factory=set)
    _found: dict[str, Value | None] = field(default_factory=dict)
    _truths: dict[int, tuple[Rule, Truth]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        touches = self.vocabulary.touches
        kinds = self.vocabulary.kinds
        absent = [fact for fact, value in self.stated.items() if value.truth is FALSE and fact in kinds]
        self._excluded = set().union(*(kinds[fact] for fact in absent))
        self.touched = set().union(*(touches[fact] for fact in (*self.stated, *self._excluded)))

    def value(self, fact: str) -> Value | None:
        """Return what is known of a fact, stated or derived; None when nothing is."""
        if fact not in self.touched:
            return self._untouched(fact) if self.assume_absent else None
        if fact in self._found:
            return self._found[fact]
        self._found[fact] = self.stated.get(fact)  # an answer for a fact that is derived through itself
        found = self._worked_out(self.vocabulary.facts[fact])
        self._found[fact] = found
        return found

    def truth(self, rule: Rule) -> Truth:
        """Return the truth of a rule as ``truth_of`` does, remembered, and not looked for where nothing is known."""
        known = self._truths.get(id(rule))  # the rule is kept with its truth, so no other can have its id
        if known is not None:
            return known[1]
        if rule.facts.isdisjoint(self.touched):
            return self._untouched_truth(rule) if self.assume_absent else UNKNOWN
        if type(rule) is Criterion:
            return test_truth(rule.test, self.value(rule.test.fact))
        found = self._group_truth(rule)
        self._truths[id(rule)] = (rule, found)
        return found

    def _group_truth(self, rule: AnyGroup) -> Truth:
        """Return the truth of a group, looking at no more of its parts than settle it."""
        if type(rule) is AtLeast:
            return combined(rule, [self.truth(part) for part in rule.parts])
        settling, found = (FALSE, TRUE) if type(rule) is All else (TRUE, FALSE)
        touched, assume_absent = self.touched, self.assume_absent
        for part in rule.parts:
            if part.facts.isdisjoint(touched):
                truth = self._untouched_truth(part) if assume_absent else UNKNOWN
            elif type(part) is Criterion:
                truth = test_truth(part.test, self.value(part.test.fact))
            else:
                truth = self.truth(part)
            if truth is settling:
                return settling
            if truth is UNKNOWN:
                found = UNKNOWN
        return found

    def assuming_absent(self) -> PatientFacts:
        """Return the same facts with what is not mentioned taken as absent."""
        return PatientFacts(self.vocabulary, self.stated, assume_absent=True)

    def _untouched_truth(self, rule: Rule) -> Truth:
        """Return the truth of a rule of which nothing is touched, everything assumable being absent."""
        if type(rule) is Criterion:
            return test_truth(rule.test, self._untouched(rule.test.fact))
        known = self.vocabulary.assumed_truths.get(id(rule))
        if known is None or known[0] is not rule:
            known = (rule, combined(rule, [self.truth(part) for part in rule.parts]))
            self.vocabulary.assumed_truths[id(rule)] = known
        return known[1]

    def _untouched(self, fact: str) -> Value | None:
        """Return what is assumed of a fact that has nothing to do with the record; the same for every record."""
        known = self.vocabulary.assumed
        if fact not in known:
            empty = PatientFacts(self.vocabulary, {}, assume_absent=True)
            known[fact] = None
            known[fact] = empty._worked_out(self.vocabulary.facts[fact])
        return known[fact]

    def _worked_out(self, fact: Fact) -> Value | None:
        stated = self.stated.get(fact.id)
        if fact.kind == "quantity":
            return self._with_limits(fact, stated or self._computed(fact))
        if fact.kind == "choice":
            return stated or self._assumed(fact)
        if stated is not None and stated.truth is TRUE:
            return stated
        return self._from_others(fact, stated)

    def _from_others(self, fact: Fact, stated: Value | None) -> Value | None:
        """Return what kinds of the fact, facts that it is a kind of, and its rule say."""
        kinds = [value for name in fact.includes if name in self.touched and (value := self.value(name)) is not None]
        present = [value for value in kinds if value.truth is TRUE]
        if present:
            return _merged(TRUE, present)
        if stated is not None and stated.truth is FALSE:
            return self._denied(fact, stated)
        if fact.absent_when is not None and self.truth(fact.absent_when) is TRUE:
            return _merged(FALSE, self._carrying_values(fact.absent_when))
        found = self._by_rule(fact, kinds) if fact.true_when is not None else None
        if found is not None and (stated is None or found.truth is not UNKNOWN):
            return found
        if stated is not None:
            return stated
        if fact.id in self._excluded:
            return _ABSENT
        if fact.true_when is not None:
            return None
        if open_kinds := [value for value in kinds if value.truth is UNKNOWN]:
            return _merged(UNKNOWN, open_kinds)
        return self._assumed(fact)

    def _denied(self, fact: Fact, stated: Value) -> Value:
        """Return what a denial is worth: in dispute with a result that shows the fact, unless the result is newer."""
        if fact.true_when is None or self.truth(fact.true_when) is not TRUE:
            return stated
        shown = _merged(TRUE, self._carrying_values(fact.true_when))
        if len(stated.date) == len(shown.date) == _EXACT and shown.date > stated.date:
            return shown
        return _merged(UNKNOWN, [stated, shown])

    def _by_rule(self, fact: Fact, kinds: list[Value]) -> Value | None:
        """Return what the rule of a fact says; it is absent only if its kinds, none left out, are so too."""
        assert fact.true_when is not None
        truth = any_of([self.truth(fact.true_when), *map(self._truth_of, fact.includes)])
        if truth is UNKNOWN:
            mentioned = any(value.truth is UNKNOWN for value in kinds)
            return _merged(UNKNOWN, kinds) if mentioned else None
        return _merged(truth, self._carrying_values(fact.true_when))

    def _truth_of(self, fact: str) -> Truth:
        value = self.value(fact)
        return UNKNOWN if value is None else value.truth

    def _carrying_values(self, rule: Rule) -> list[Value]:
        """Return the values that carry the truth of a rule."""
        values = [self.value(criterion.test.fact) for criterion in self.carrying(rule)]
        return [value for value in values if value is not None]

    def carrying(self, rule: Rule) -> Iterator[Criterion]:
        """Yield the criteria that carry the truth of a rule: of a true one the true, of a false one the false ones,
        of an unknown one the unknown and the true ones."""
        if type(rule) is Criterion:
            yield rule
            return
        for part in self.carrying_parts(rule):
            yield from self.carrying(part)

    def carrying_parts(self, rule: AnyGroup) -> Iterator[Rule]:
        """Yield the parts of a group that carry its truth."""
        truth = self.truth(rule)
        for part in rule.parts:
            found = self.truth(part)
            if found is truth or (truth is UNKNOWN and found is TRUE):
                yield part

    def _assumed(self, fact: Fact) -> Value | None:
        if not self.assume_absent or fact.learned_by not in ASSUMABLE:
            return None
        return _ABSENT

    def _computed(self, fact: Fact) -> Value | None:
        if fact.days_from:
            return self._days_between(fact)
        if not fact.formula:
            return None
        formula, condition = self.vocabulary.formulas[fact.id], self.vocabulary.conditions.get(fact.id)
        if condition is not None and test_truth(condition, self.value(condition.fact)) is not TRUE:
            return None
        ranges, words, read = {}, {}, []
        for name in self.vocabulary.reads[fact.id]:
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

    def _days_between(self, fact: Fact) -> Value | None:
        """Return the days from the first of one fact to the first of another, where both days are known."""
        start, end = self.value(fact.days_from), self.value(fact.days_to)
        if start is None or end is None or not start.first or not end.first or end.first < start.first:
            return None
        if start.truth is not TRUE or end.truth is not TRUE:
            return None
        most = float(days_between(start.first, end.first))
        least = self._days_from_newest(fact, start, end.first, most)
        said = days(least, most)
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


def _merged(truth: Truth, values: list[Value]) -> Value:
    origins = tuple(sorted({origin for value in values for origin in value.origins}))
    newest = max((value.date for value in values), default="")
    first = min((value.first for value in values if value.first), default="")
    return Value(truth=truth, date=newest, first=first if truth is TRUE else "", origins=origins)
