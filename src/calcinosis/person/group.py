"""What is known about many people at once: facts stated by their records, and those worked out from them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from msgspec import Struct

from calcinosis.person.bits import Array, holds, persons_of, plane_of, plane_of_persons
from calcinosis.person.column_arithmetic import COLUMN_ARITHMETIC
from calcinosis.person.sayings import EVER
from calcinosis.rules.compare import Numbers, compared
from calcinosis.rules.evaluate import Basis, Evaluation, Planes
from calcinosis.rules.formula import compute
from calcinosis.rules.order import BY_AGE_AND_SEX, Vocabulary
from calcinosis.rules.program import Known
from calcinosis.rules.syntax import Compare, Is
from calcinosis.rules.trace import sources
from calcinosis.rules.vocabulary import Fact, UsualLimits
from calcinosis.truth import TRUE, Truth

NO_FIRST, NO_DATE = np.iinfo(np.int32).max, np.iinfo(np.int32).min
"""Stand for a day that there is not: no first day is before it, no date after it."""


class Words(Struct, frozen=True):
    """A word for each of some persons, as its place in ``known``; -1 where there is none."""

    places: Array
    known: tuple[str, ...]

    def among(self, asked: Collection[str]) -> Array:
        """Return where the word is one of those that are asked for."""
        return np.isin(self.places, [place for place, word in enumerate(self.known) if word in asked])

    def spread(self, persons: Array, size: int) -> Words:
        """Return the words of these persons as words of everybody."""
        places = np.full(size, -1, dtype=np.int32)
        places[persons] = self.places
        return Words(places, self.known)


class Stated(Struct, frozen=True, kw_only=True):
    """What is stated of one fact: a row for each person of whom anything is, in the order of their numbers.

    Numbers that there are not are NaN, days ``NO_FIRST`` and ``NO_DATE``.
    """

    persons: Array
    truth: Array
    word: Words
    numbers: Numbers
    first: Array
    date: Array


class Days(Struct, frozen=True):
    """Of each person the first day of a fact, and the key of the date of its newest saying."""

    first: Array
    date: Array


class GroupFacts(Evaluation):
    """The truths of facts for ``size`` persons. ``statements`` is what their records say; the rest follows from it."""

    def __init__(
        self, vocabulary: Vocabulary, size: int, statements: Mapping[str, Stated], known: GroupFacts | None = None
    ) -> None:
        """Work out what follows; beside ``known`` with what is not mentioned taken as absent."""
        self.vocabulary = vocabulary
        self.size = size
        self.statements = statements
        self._told: dict[str, tuple[int, int, int]] = {} if known is None else known._told
        self._numbers: dict[str, tuple[Array, Numbers] | None] = {}
        self._days: dict[str, Days] = {}
        denied = [fact for fact in statements if fact in vocabulary.kinds and self.told(fact)[1]]
        super().__init__(vocabulary.program, (1 << size) - 1, vocabulary.touched(statements, denied), known)

    def assuming_absent(self) -> GroupFacts:
        """Return the same people with what is not mentioned taken as absent."""
        return GroupFacts(self.vocabulary, self.size, self.statements, self)

    def told(self, fact: str) -> tuple[int, int, int]:
        """Return of whom it is stated that a fact holds, that it does not, and of whom it is spoken of at all."""
        if fact not in self._told:
            stated = self.statements.get(fact)
            self._told[fact] = (0, 0, 0) if stated is None else (
                plane_of_persons(stated.persons[stated.truth == 1], self.size),
                plane_of_persons(stated.persons[stated.truth == 0], self.size),
                plane_of_persons(stated.persons, self.size),
            )  # fmt: skip
        return self._told[fact]

    def compared(self, test: Compare) -> Planes:
        """Return of whom a number is, and is not, as a test asks."""
        found = self._number(test.fact)
        if found is None:
            return 0, 0
        persons, numbers = found
        true, false = compared(test, numbers)
        return plane_of_persons(persons[true], self.size), plane_of_persons(persons[false], self.size)

    def worded(self, test: Is) -> Planes:
        """Return of whom a word is among those of a test, and of whom it is another."""
        stated = self.statements.get(test.fact)
        if stated is None:
            return 0, 0
        is_one = stated.word.among(test.words)
        other = (stated.word.places >= 0) & ~is_one
        return plane_of_persons(stated.persons[is_one], self.size), plane_of_persons(stated.persons[other], self.size)

    def computed(self, fact: str) -> int:
        """Return of whom a number is stated or can be worked out."""
        found = self._number(fact)
        return 0 if found is None else plane_of_persons(found[0], self.size)

    def shown_later(self, node: Known, disputed: int) -> int:
        """Return who, of those that deny what the rule of a fact shows, was shown it on a later exact day."""
        denied = self._stated_days(node.fact).date
        shown = self._merged(node, disputed, TRUE, Basis.RULE).date
        return disputed & plane_of(_is_exact(denied) & _is_exact(shown) & (shown > denied))

    def days(self, fact: str) -> Days:
        """Return the days of a fact, as stated or those of what it follows from."""
        if fact not in self._days:
            self._days[fact] = self._found_days(fact)
        return self._days[fact]

    def _found_days(self, name: str) -> Days:
        fact, stated = self.vocabulary.facts[name], self._stated_days(name)
        if fact.kind == "choice":
            return stated
        if fact.kind == "quantity":
            newest = stated.date
            computed = holds(self.computed(name) & ~self.told(name)[2], self.size)
            for read in [fact.days_to] if fact.days_to else self.vocabulary.reads.get(name, ()):
                newest = np.where(computed, np.maximum(newest, self.days(read).date), newest)
            return Days(stated.first, newest)
        node, first, date = self.program.known(name), _none(self.size).first, _none(self.size).date
        for persons, truth, basis in self.cases(node):
            days = self._merged(node, persons, truth, basis)
            here = holds(persons, self.size)
            date = np.where(here, days.date, date)
            first = np.where(here, days.first, first) if truth is TRUE else first
        return Days(first, date)

    def _merged(self, node: Known, persons: int, truth: Truth, basis: Basis) -> Days:
        """Return the earliest first day and the newest date of what a fact follows from."""
        found = _none(self.size)
        for some, name, as_stated in sources(self, node, persons, truth, basis):
            if some:
                days = self._stated_days(name) if as_stated else self.days(name)
                here = persons_of(some, self.size)
                found.first[here] = np.minimum(found.first[here], days.first[here])
                found.date[here] = np.maximum(found.date[here], days.date[here])
        return found

    def _stated_days(self, fact: str) -> Days:
        stated, found = self.statements.get(fact), _none(self.size)
        if stated is not None:
            found.first[stated.persons], found.date[stated.persons] = stated.first, stated.date
        return found

    def _number(self, name: str) -> tuple[Array, Numbers] | None:
        """Return the persons of whom a number is known, and their numbers."""
        if name not in self._numbers:
            fact = self.vocabulary.facts[name]
            stated = self.statements.get(name)
            found = None if stated is None else (stated.persons, stated.numbers)
            if fact.formula or fact.days_from:
                found = self._with(found, *(self._days_between(fact) if fact.days_from else self._by_formula(fact)))
            self._numbers[name] = found if found is None else (found[0], self._with_limits(fact, *found))
        return self._numbers[name]

    def _with(self, stated: tuple[Array, Numbers] | None, low: Array, high: Array) -> tuple[Array, Numbers] | None:
        """Return what is stated of some persons with what was worked out of others."""
        computed = np.isfinite(low) & np.isfinite(high)
        if stated is not None:
            computed[stated[0]] = False
        persons = np.flatnonzero(computed)
        if not len(persons):
            return stated
        none, no = np.full(len(persons), np.nan), np.zeros(len(persons), dtype=bool)
        worked_out = Numbers(low[persons], high[persons], no, no, none, none, no, no, no)
        if stated is None:
            return persons, worked_out
        both = np.concatenate([stated[0], persons])
        order = np.argsort(both, kind="stable")
        joined = Numbers(*(np.concatenate(pair)[order] for pair in zip(stated[1], worked_out, strict=True)))
        return both[order], joined

    def _of_all(self, name: str) -> tuple[Array, Array]:
        """Return the bounds of a number for every person, NaN where there are none."""
        low, high = np.full(self.size, np.nan), np.full(self.size, np.nan)
        found = self._number(name)
        if found is not None:
            low[found[0]], high[found[0]] = found[1].low, found[1].high
        return low, high

    def _words(self, name: str) -> Words:
        """Return the word of a choice for every person."""
        stated = self.statements.get(name)
        nobody = np.zeros(0, dtype=np.int64)
        word, persons = (Words(nobody, ()), nobody) if stated is None else (stated.word, stated.persons)
        return word.spread(persons, self.size)

    def _by_formula(self, fact: Fact) -> tuple[Array, Array]:
        """Return the bounds of what a formula gives, NaN where it cannot be computed."""
        program, allowed = self.program, self.everyone
        if fact.id in program.conditions:
            allowed &= self.of(program.conditions[fact.id])[0]
        ranges: dict[str, tuple[Array, Array]] = {}
        words: dict[str, Words] = {}
        for name in self.vocabulary.reads[fact.id]:
            allowed &= self.mentioned(name)
            if self.vocabulary.facts[name].kind == "choice":
                words[name] = self._words(name)
            else:
                ranges[name] = self._of_all(name)
        if not allowed:
            return np.full(self.size, np.nan), np.full(self.size, np.nan)
        with np.errstate(all="ignore"):
            bounds = compute(self.vocabulary.formulas[fact.id], ranges, words, COLUMN_ARITHMETIC)
        assert bounds is not None
        low, high = (np.where(holds(allowed, self.size), bound, np.nan) for bound in bounds)
        return low, high

    def _days_between(self, fact: Fact) -> tuple[Array, Array]:
        """Return the least and most days from the first of one fact to the first of another, where both are known."""
        start, end = self.days(fact.days_from), self.days(fact.days_to)
        both = self.of(self.program.fact(fact.days_from))[0] & self.of(self.program.fact(fact.days_to))[0]
        known = holds(both, self.size) & (start.first != NO_FIRST) & (end.first != NO_FIRST)
        known &= end.first >= start.first
        most = np.where(known, end.first.astype(float) - start.first, np.nan)
        if self.vocabulary.facts[fact.days_from].kind not in EVER:
            return most, most
        # What happens more than once may have happened shortly before: the newest time is the least that is sure.
        newest, once = start.date >> 1, (start.date == NO_DATE) | (start.date == 2 * start.first.astype(np.int64) + 1)
        sure = np.where(_is_exact(start.date) & (newest <= end.first), end.first.astype(float) - newest, 0.0)
        return np.where(known, np.where(once, most, sure), np.nan), most

    def _with_limits(self, fact: Fact, persons: Array, numbers: Numbers) -> Numbers:
        """Give numbers without printed limits the usual ones of the fact, for each person's age and sex."""
        if not fact.usual_limits:
            return numbers
        lower, upper = numbers.lower_limit.copy(), numbers.upper_limit.copy()
        wanting = np.isnan(lower) & np.isnan(upper) & ~numbers.has_flag
        wanting &= ~(np.isnan(numbers.low) & np.isnan(numbers.high))
        for limits in fact.usual_limits:
            here = wanting & self._are_for(limits, persons)
            lower[here] = np.nan if limits.lower_value is None else limits.lower_value
            upper[here] = np.nan if limits.upper_value is None else limits.upper_value
            wanting &= ~here
        return numbers._replace(lower_limit=lower, upper_limit=upper)

    def _are_for(self, limits: UsualLimits, persons: Array) -> Array:
        age, sex = BY_AGE_AND_SEX
        fits = np.ones(len(persons), dtype=bool)
        if limits.sex:
            fits &= self._words(sex).among((limits.sex,))[persons]
        if limits.from_age > 0 or limits.to_age < 200:
            low, high = (bound[persons] for bound in self._of_all(age))
            fits &= (limits.from_age <= low) & (low <= high) & (high < limits.to_age)
        return fits


def _none(size: int) -> Days:
    return Days(np.full(size, NO_FIRST, dtype=np.int64), np.full(size, NO_DATE, dtype=np.int64))


def _is_exact(date: Array) -> Array:
    exact: Array = (date != NO_DATE) & (date & 1 == 1)
    return exact
