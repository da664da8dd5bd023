"""People made up for the properties: at random, almost safe to treat, and consistent in themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from random import Random

from calcinosis.compiled import knowledge
from calcinosis.library.check import FOLDERS, rules_of
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.syntax import (
    Absent,
    All,
    Amount,
    AtLeast,
    Compare,
    Comparison,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
    criteria,
)
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from tests.property.plain import Known, PlainFacts, truth_of

Stated = dict[str, Value]
MADE_UP = (Origin("question", "made up"),)
ABSENT = Value(truth=FALSE, origins=MADE_UP)
PRESENT = Value(truth=TRUE, origins=MADE_UP)
MENTIONED = Value(truth=UNKNOWN, origins=MADE_UP)
PROOFS = ("skin_calcification", "small_vessel_calcification")
CLOSE = 0.1
"""How far from a limit a number is put, as a share of it."""


@lru_cache(maxsize=1)
def real() -> Library:
    """Return the real library."""
    return knowledge().library


@lru_cache(maxsize=1)
def real_rules() -> tuple[Rule, ...]:
    """Return every rule of the real library, those that define facts included."""
    entries = [entry for folder in (*FOLDERS, "facts") for entry in getattr(real(), folder).values()]
    return tuple(rule for entry in entries for _, rule in rules_of(entry))


@lru_cache(maxsize=1)
def spoken_of() -> tuple[str, ...]:
    """Return the facts that rules speak of and that are not merely worked out, in a fixed order."""
    names = frozenset[str]().union(*(rule.facts for rule in real_rules()))
    return tuple(sorted(name for name in names if not real().facts[name].is_derived))


@lru_cache(maxsize=1)
def treatable() -> tuple[Treatment, ...]:
    """Return the treatments that are for a type, in a fixed order."""
    return tuple(treatment for _, treatment in sorted(real().treatments.items()) if treatment.for_)


def plain_facts(stated: Stated, vocabulary: Vocabulary, assume_absent: bool = False) -> PlainFacts:
    """Return facts that skip nothing."""
    return PlainFacts(vocabulary, stated, assume_absent)


def random_value(fact: Fact, chance: Random) -> Value:
    """Return any value that a fact can have."""
    if fact.kind == "quantity":
        return random_number(fact, chance)
    if fact.kind == "choice":
        word = chance.choice(sorted(fact.words))
        return Value(truth=TRUE, word=word, origins=MADE_UP) if chance.random() < 0.8 else ABSENT
    return chance.choices((PRESENT, ABSENT, MENTIONED), (3, 10, 2))[0]


def random_number(fact: Fact, chance: Random) -> Value:
    """Return a number, a range, an open range or a mere flag, with or without printed limits."""
    least, most = fact.plausible or (0.0, 100.0)
    form = chance.random()
    if form < 0.06:
        return Value(truth=TRUE, flag=chance.choice(("high", "low", "normal")), origins=MADE_UP)
    low, high = sorted(chance.uniform(least, most) for _ in range(2))
    if form < 0.80:
        high = low
    limits = sorted(chance.uniform(least, most) for _ in range(2)) if chance.random() < 0.3 else [None, None]
    return Value(
        truth=TRUE,
        low=None if form > 0.97 else low,
        high=None if 0.94 < form <= 0.97 else high,
        open_low=0.94 < form <= 0.955,
        open_high=form > 0.985,
        lower_limit=limits[0],
        upper_limit=limits[1],
        origins=MADE_UP,
    )


def random_person(chance: Random) -> Stated:
    """Return what a record may say: few facts or many, most with calcium shown."""
    names = spoken_of()
    stated: Stated = {}
    for name in chance.sample(names, min(len(names), chance.choice((3, 10, 25, 60, 150, 300)))):
        stated[name] = random_value(real().facts[name], chance)
    if chance.random() < 0.9:
        stated[chance.choice(PROOFS)] = PRESENT
    return stated


def nearly_safe_person(chance: Random) -> Stated:
    """Return a person of whom all is known that one treatment asks for, but for up to two facts."""
    treatment = chance.choice(treatable())
    indication = chance.choice(treatment.for_)
    stated: Stated = random_person(chance) if chance.random() < 0.2 else {}
    make(real().types[indication.type].established_when, True, stated, chance)
    if indication.consider_when is not None:
        make(indication.consider_when, True, stated, chance)
    for objection in treatment.against:
        if objection.when is not None and objection.type in {"all", indication.type}:
            make(objection.when, False, stated, chance)
    asked: Stated = {}
    for rule in (treatment.do_not_use_when, treatment.caution_when):
        if rule is not None:
            make(rule, False, asked, chance)
    stated.update(asked)
    for name in chance.sample(sorted(asked), min(len(asked), chance.choice((0, 0, 1, 1, 2)))):
        if chance.random() < 0.5:
            del stated[name]
        else:
            stated[name] = random_value(real().facts[name], chance)
    return stated


def make(rule: Rule, wanted: bool, stated: Stated, chance: Random) -> None:
    """State facts so that a rule becomes true or false, as far as it alone is concerned."""
    if isinstance(rule, Criterion):
        _make_criterion(rule, wanted, stated, chance)
        return
    parts = list(rule.parts)
    chance.shuffle(parts)
    if isinstance(rule, AtLeast):
        parts = parts[: rule.count] if wanted else parts[rule.count - 1 :]
    elif isinstance(rule, All) is not wanted:
        parts = parts[:1]
    for part in parts:
        make(part, wanted, stated, chance)


def _make_criterion(criterion: Criterion, wanted: bool, stated: Stated, chance: Random) -> None:
    test = criterion.test
    fact = real().facts[test.fact]
    if isinstance(test, Compare):
        stated[fact.id] = _number_beside(test, fact, wanted, chance)
    elif isinstance(test, Is):
        words = [word for word in sorted(fact.words) if (word in test.words) is wanted]
        stated[fact.id] = Value(truth=TRUE, word=chance.choice(words), origins=MADE_UP) if words else ABSENT
    else:
        assert isinstance(test, Present | Absent)
        present = isinstance(test, Present) is wanted
        if fact.true_when is not None and not fact.names:
            make(fact.true_when, present, stated, chance)
        else:
            stated[fact.id] = PRESENT if present else ABSENT


def _number_beside(test: Compare, fact: Fact, wanted: bool, chance: Random) -> Value:
    """Return a number close to the limit, on the side that is wanted."""
    limit = test.limit.in_fact_unit if isinstance(test.limit, Amount) else 10.0
    above = (test.comparison in (Comparison.ABOVE, Comparison.AT_LEAST)) is wanted
    away = (abs(limit) or 1.0) * CLOSE * chance.uniform(0.01, 1.0)
    number = limit + away if above else limit - away
    printed = {"upper_limit": limit} if test.limit is Limit.UPPER else {}
    printed |= {"lower_limit": limit} if test.limit is Limit.LOWER else {}
    return Value(truth=TRUE, low=number, high=number, origins=MADE_UP, **printed)  # type: ignore[arg-type]


def consistent_person(library: Library, chance: Random) -> Stated | None:
    """Return a whole person in whom nothing disagrees: every fact that can be stated is, as it follows from the others.

    None where the draw cannot be made consistent.
    """
    stated = {name: value for name, value in _whole(library, chance).items()}
    for _ in range(6):
        facts = plain_facts(stated, library.vocabulary)
        wrong = dict(_following(library, facts, stated))
        if not wrong:
            return stated
        stated.update(wrong)
    return None


def _whole(library: Library, chance: Random) -> Stated:
    share = chance.choice((0.01, 0.05, 0.2))
    stated: Stated = {}
    for name, fact in library.facts.items():
        if fact.formula or fact.days_from:
            continue
        if fact.kind == "quantity":
            least, most = fact.plausible or (0.0, 100.0)
            number = chance.uniform(least, most)
            limits = sorted(chance.uniform(least, most) for _ in range(2)) if chance.random() < 0.3 else (None, None)
            low, high = limits
            stated[name] = Value(
                truth=TRUE, low=number, high=number, lower_limit=low, upper_limit=high, origins=MADE_UP
            )
        elif fact.kind == "choice":
            stated[name] = Value(truth=TRUE, word=chance.choice(sorted(fact.words)), origins=MADE_UP)
        elif fact.true_when is None:
            stated[name] = PRESENT if chance.random() < share else ABSENT
    others = _other_measures(library)
    return {name: value for name, value in stated.items() if name not in others}


def _other_measures(library: Library) -> set[str]:
    """Return what another measure of the same comes from: one that disagrees with the first would overturn it."""
    found = set()
    for fact in library.facts.values():
        read = {part for other in fact.measured_with for part in library.vocabulary.reads.get(other, ())}
        found |= {fact.outranked_by, *read} - {fact.id}
    return found - {fact.id for fact in library.facts.values() if fact.measured_with and not fact.formula}


def _following(library: Library, facts: PlainFacts, stated: Stated) -> Iterator[tuple[str, Value]]:
    """Yield what must be stated differently: wholes by their kinds, kinds by a rule of the whole, the impossible."""
    for name, fact in library.facts.items():
        if fact.kind in {"quantity", "choice"}:
            continue
        kinds = [kind for kind in fact.includes if facts.value(kind) is not None]
        any_kind = any(facts.value(kind).truth is TRUE for kind in kinds)  # type: ignore[union-attr]
        if fact.true_when is not None:
            if any_kind and facts.truth(fact.true_when) is not TRUE:
                yield from ((kind, ABSENT) for kind in fact.includes if stated.get(kind) == PRESENT)
            if fact.absent_when is not None and facts.truth(fact.absent_when) is TRUE:
                shown = [one.test.fact for one in criteria(fact.true_when)]
                again = [one for one in (*shown, *fact.includes) if stated.get(one) == PRESENT]
                if (
                    not again and facts.truth(fact.true_when) is TRUE
                ):  # a number shows it: what explains it is not there
                    again = [one.test.fact for one in criteria(fact.absent_when)]
                yield from ((one, ABSENT) for one in again if stated.get(one) == PRESENT)
        elif any_kind and stated[name] != PRESENT:
            yield name, PRESENT
        elif fact.absent_when is not None and facts.truth(fact.absent_when) is TRUE and stated[name] == PRESENT:
            yield from ((one, ABSENT) for one in (name, *fact.includes) if stated.get(one) == PRESENT)


def settled(rule: Rule, facts: Known) -> bool | None:
    """Return whether a rule is true; None where it is unknown."""
    truth = truth_of(rule, facts)
    return None if truth is UNKNOWN else truth is TRUE
