"""What was read of a record: every saying with its words and its place, and whether a rule uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.truth import FALSE, TRUE, Truth
from calcinosis.words.en.quantities import age_range, amount

Sense = Literal["present", "absent", "suspected", "unlikely", "past", "family", "asked", "not-stated", "planned"]


class ReadIn(Struct, frozen=True, order=True):
    """Where something was read, and the words that say it."""

    origin: Origin
    words: str = ""


class Entered(Struct, frozen=True, kw_only=True):
    """One thing that a record says of a fact. What is computed was read nowhere and names its ``parts``."""

    fact: str
    name: str
    truth: Truth
    sense: Sense
    value: str = ""
    date: str = ""
    from_: tuple[ReadIn, ...] = ()
    parts: tuple[str, ...] = ()
    used: bool = False


class Account(Struct, frozen=True):
    """What an assessment rests on, which does not count where two are compared.

    The list of what was read is made when it is asked for.
    """

    record: Record
    facts: PatientFacts
    library: Library
    as_of: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account)

    def __hash__(self) -> int:
        return hash(Account)

    def __repr__(self) -> str:
        return "Account()"

    def entered(self) -> tuple[Entered, ...]:
        """Return everything that was read, by fact: first what counts at the day, then the rest, then what follows."""
        by_fact: dict[str, list[Said]] = {}
        for said in (*self.record.said, *self.record.mentions):
            by_fact.setdefault(said.fact, []).append(said)
        relations = {fact.id for fact in self.library.vocabulary.relations}
        worked_out = (self.facts.stated.keys() & relations) - by_fact.keys()
        recent = {name for name in self.facts.stated if self.library.facts[name].recent_of and name not in by_fact}
        names = sorted({*by_fact, *self.facts.stated} - worked_out - recent)
        found = [one for name in names for one in self._of_fact(name, by_fact.get(name, []))]
        return (*found, *self._computed(), *map(self._related, sorted(worked_out)))

    def _related(self, name: str) -> Entered:
        """Return how a cause lies to the deposit, which follows from what was read of both."""
        fact, value = self.library.facts[name], self.facts.stated[name]
        assert fact.relation is not None
        return Entered(
            fact=name,
            name=fact.name,
            truth=value.truth,
            sense=_BY_TRUTH.get(value.truth, "not-stated"),
            value=value.said,
            date=value.date,
            parts=(fact.relation.of[0], fact.relation.to[0]),
            used=name in self.library.used_facts,
        )

    def _of_fact(self, name: str, said: list[Said]) -> Iterator[Entered]:
        fact, value = self.library.facts[name], self.facts.stated.get(name)
        mentions = [one for one in said if one.sense in _SETTLING_NOTHING]
        carried: list[Said] = []
        if value is not None:
            carried = [
                one for one in said if one not in mentions and not set(one.value.origins).isdisjoint(value.origins)
            ]
            yield self._entered(fact, value, carried)
        rest: dict[tuple[Truth, str, Sense, str], list[Said]] = {}
        for one in said:
            if one not in carried:
                shown = one.value.dated(one.day.earliest if one.day else "")
                key = (shown.truth, _value_words(fact, shown), _sense(shown.truth, [one]), shown.date)
                rest.setdefault(key, []).append(one)
        for key in sorted(rest, key=lambda key: (key[3], key[0].value, *key[1:3]), reverse=True):
            first = rest[key][0].value.dated(key[3])
            yield self._entered(fact, first, rest[key], is_used=False)

    def _entered(self, fact: Fact, value: Value, said: list[Said], is_used: bool = True) -> Entered:
        sense = _sense(value.truth, said)
        found = sorted({ReadIn(origin, one.value.said) for one in said for origin in one.value.origins})
        return Entered(
            fact=fact.id,
            name=fact.name,
            truth=value.truth,
            sense=sense,
            value=_value_words(fact, value),
            date=value.date,
            from_=tuple(found) or tuple(ReadIn(origin) for origin in value.origins),
            used=is_used and fact.id in self.library.used_facts,
        )

    def _computed(self) -> Iterator[Entered]:
        """Yield the numbers that were worked out from others."""
        for name in sorted(self.facts.touched - self.facts.stated.keys()):
            fact = self.library.facts[name]
            value = self.facts.value(name) if fact.kind == "quantity" else None
            if value is not None:
                parts = self.library.vocabulary.reads.get(name) or (fact.days_from, fact.days_to)
                yield Entered(
                    fact=name,
                    name=fact.name,
                    truth=value.truth,
                    sense="present",
                    value=_value_words(fact, value),
                    date=value.date,
                    parts=parts,
                    used=name in self.library.used_facts,
                )


_SETTLING_NOTHING = frozenset({"family", "asked", "not-stated", "planned"})
_BY_TRUTH: dict[Truth, Sense] = {TRUE: "present", FALSE: "absent"}


def _sense(truth: Truth, said: Iterable[Said]) -> Sense:
    """Return how something is said: as its sayings have it in common, else as its truth."""
    senses = {one.sense or ("past" if one.was_there else "") for one in said}
    common = senses.pop() if len(senses) == 1 else ""
    return common or _BY_TRUTH.get(truth, "not-stated")


def _value_words(fact: Fact, value: Value) -> str:
    """Return a number with its unit, as the record prints it where it does, or the word of a choice."""
    if fact.kind != "quantity":
        return value.word
    if fact.id == "age" and value.low is not None and value.high is not None:
        return age_range(value.low, value.high)
    if value.said or not value.is_number:
        return value.said or value.flag
    ends = dict.fromkeys(amount(bound, fact.unit) for bound in (value.low, value.high) if bound is not None)
    return " to ".join(ends)
