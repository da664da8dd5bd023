"""One person and a group give the same truths, and both those of the plain way, whatever the rules and the people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from calcinosis.person.facts import PatientFacts
from calcinosis.person.group import GroupFacts
from calcinosis.population.settled import statements_of
from calcinosis.rules.order import Vocabulary
from calcinosis.rules.syntax import Absent, Amount, Citation, Compare, Comparison, Criterion, Is, Limit, Present, Rule
from calcinosis.rules.vocabulary import Fact, UsualLimits, Value, Word
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.population.answers import settled_people
from tests.property.people import plain_facts
from tests.property.plain import truth_of
from tests.property.test_monotone import FACTS, NUMBERS, QUANTITIES, WORDS, Told, groups, rules

DAYS = ("2024-01-01", "2024-01-05", "2024-02-01", "2023", "")
LEARNED = ("history", "laboratory", "examination", "imaging")
PEOPLE, RULES, EXAMPLES = 12, 8, 60
"""With 60 examples the two properties hold over some ten thousand pairs of rule and person."""
CITED = (Citation("source"),)

presences = st.builds(
    Value, truth=st.sampled_from(Truth), date=st.sampled_from(DAYS), first=st.sampled_from(("", *DAYS[:3]))
).map(lambda value: replace(value, first=value.first if value.truth is TRUE and len(value.date) == 10 else ""))
choices = st.builds(Value, truth=st.just(TRUE), word=st.sampled_from(WORDS), date=st.sampled_from(DAYS)) | st.just(
    Value(truth=FALSE)
)
bounds = st.none() | NUMBERS
numbers = st.builds(
    Value,
    truth=st.just(TRUE),
    low=bounds,
    high=bounds,
    open_low=st.booleans(),
    open_high=st.booleans(),
    lower_limit=bounds,
    upper_limit=bounds,
    flag=st.sampled_from(("", "", "high", "low", "normal")),
    date=st.sampled_from(DAYS),
).map(lambda value: value if None in (value.low, value.high) else in_order(value))


def in_order(value: Value) -> Value:
    """Return a number whose bounds stand in order; in half of the cases they are one."""
    assert value.low is not None
    assert value.high is not None
    low, high = sorted((value.low, value.high))
    return replace(value, low=low, high=low if value.open_low is value.open_high else high)


def fact(name: str, kind: str = "condition", **more: Any) -> Fact:
    """Return a fact with what all facts need."""
    return Fact(id=name, name=name, **{"kind": kind, "learned_by": "history", "names": (name,), "checked": "", **more})


def truths_by_group(
    tested: list[Rule], people: list[dict[str, Value]], vocabulary: Vocabulary
) -> list[dict[str, Truth]]:
    """Return the truths of the rules for every person, worked out for all at once."""
    facts = GroupFacts(vocabulary, len(people), statements_of(settled_people(people)))
    found: list[dict[str, Truth]] = [{} for _ in people]
    for name, view in (("known", facts), ("assumed", facts.assuming_absent())):
        for number, rule in enumerate(tested):
            planes = view.of(view.literal(rule))
            for person, answers in enumerate(found):
                true, false = (plane >> person & 1 for plane in planes)
                assert not (true and false)
                answers[f"{name} {number}"] = TRUE if true else FALSE if false else UNKNOWN
    return found


def truths_by_person(tested: list[Rule], told: dict[str, Value], vocabulary: Vocabulary) -> dict[str, Truth]:
    """Return the same for one person, by the program of the rules."""
    facts = PatientFacts(vocabulary, told)
    views = {"known": facts, "assumed": facts.assuming_absent()}
    return {f"{name} {number}": view.truth(rule) for name, view in views.items() for number, rule in enumerate(tested)}


def truths_by_plain(tested: list[Rule], told: dict[str, Value], vocabulary: Vocabulary) -> dict[str, Truth]:
    """Return the same for one person, each rule looked at in full, the plain way."""
    views = {"known": plain_facts(told, vocabulary), "assumed": plain_facts(told, vocabulary, assume_absent=True)}
    return {
        f"{name} {number}": truth_of(rule, view) for name, view in views.items() for number, rule in enumerate(tested)
    }


def stated_vocabulary() -> Vocabulary:
    """Return the facts of the random rules, of which none follows from another."""
    facts = [fact(name, learned_by=way) for name, way in zip(FACTS, LEARNED, strict=False)]
    facts += [fact(name, "quantity", unit="mg/dL", learned_by="laboratory") for name in QUANTITIES]
    facts.append(fact("choice", "choice", words={word: Word() for word in WORDS}, learned_by="examination"))
    return Vocabulary.of({one.id: one for one in facts})


def told_of(vocabulary: Vocabulary) -> st.SearchStrategy[dict[str, Value]]:
    """Return what may be stated of somebody."""
    kinds = {"quantity": numbers, "choice": choices}
    return st.fixed_dictionaries(
        {}, optional={name: kinds.get(one.kind, presences) for name, one in vocabulary.facts.items()}
    )


STATED = stated_vocabulary()


@settings(max_examples=EXAMPLES)
@given(st.lists(rules, min_size=RULES, max_size=RULES), st.lists(told_of(STATED), min_size=PEOPLE, max_size=PEOPLE))
def test_rules_on_what_is_stated(tested: list[Rule], people: list[dict[str, Value]]) -> None:
    """Whatever is asked of whatever is stated."""
    found = truths_by_group(tested, list(people), STATED)
    for told, answers in zip(people, found, strict=True):
        assert answers == truths_by_person(tested, told, STATED) == truths_by_plain(tested, told, STATED)
        known = Told(told)
        assert [answers[f"known {number}"] for number in range(RULES)] == [truth_of(rule, known) for rule in tested]


@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Return facts of which many follow from others: kinds, rules, formulas, days, limits by age and sex."""
    facts = [
        fact("age", "quantity", unit="a", learned_by="demographics"),
        fact("sex", "choice", words={word: Word() for word in WORDS}, learned_by="demographics"),
        *(fact(f"base_{number}", learned_by=draw(st.sampled_from(LEARNED))) for number in range(4)),
        fact("x", "quantity", unit="mg/dL", learned_by="laboratory", usual_limits=draw(usual_limits())),
        fact("y", "quantity", unit="mg/dL", learned_by="laboratory"),
    ]
    facts.append(
        fact(
            "made", "quantity", unit="mg/dL", formula=draw(st.sampled_from(FORMULAS)), usual_limits=draw(usual_limits())
        )
    )
    condition = draw(
        st.sampled_from((None, Compare("age", Comparison.AT_LEAST, Amount(2, "a", 2.0)), Present("base_0")))
    )
    for number in range(6):
        below = [one.id for one in facts if one.kind == "condition"]
        facts.append(draw(derived_fact(f"derived_{number}", below)))
    names = [one.id for one in facts if one.kind == "condition"]
    facts.append(fact("burn", "exposure"))
    pair = st.sampled_from((*names, "burn", "burn"))
    facts.append(fact("days", "quantity", unit="d", days_from=draw(pair), days_to=draw(pair)))
    return Vocabulary.of({one.id: one for one in facts}, {} if condition is None else {"made": condition})


GROWN_UP = Compare("age", Comparison.AT_LEAST, Amount(2, "a", 2.0))
FORMULAS = (
    "x * y",
    "x + 0.8 * (4 - y)",
    "x / y",
    "y / (x / 100) ** 2",
    "if sex is first then 2 / min(x / 0.7, 1) ** 0.241 / max(x / 0.7, 1) ** 1.2 * 0.9938 ** age else x ** y",
)


@st.composite
def usual_limits(draw: st.DrawFn) -> tuple[UsualLimits, ...]:
    """Return limits for some ages and sexes, or none."""
    one = st.builds(
        UsualLimits,
        from_age=st.sampled_from((0, 0, 2)),
        to_age=st.sampled_from((200, 200, 4)),
        sex=st.sampled_from(("", "", "first")),
        lower_value=bounds,
        upper_value=bounds,
        cite=st.just(CITED),
    )
    return tuple(draw(st.lists(one, max_size=2)))


def rules_over(names: list[str], with_numbers: bool) -> st.SearchStrategy[Rule]:
    """Return rules over these facts, and over the numbers and the choice."""
    tests: list[st.SearchStrategy[Any]] = [st.builds(kind, st.sampled_from(names)) for kind in (Present, Absent)]
    limits = st.sampled_from(Limit) | NUMBERS.map(lambda number: Amount(number, "mg/dL", number))
    quantities = ("x", "y", "made", "age", "days") if with_numbers else ("x", "y", "made")
    tests.append(st.builds(Compare, st.sampled_from(quantities), st.sampled_from(Comparison), limits))
    tests.append(st.builds(Is, st.just("sex"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(tuple)))
    return st.recursive(st.builds(Criterion, st.one_of(tests)), groups, max_leaves=6)


@st.composite
def derived_fact(draw: st.DrawFn, name: str, below: list[str]) -> Fact:
    """Return a fact that follows from facts before it."""
    some = st.none() | rules_over(below, with_numbers=False)
    return fact(
        name,
        learned_by=draw(st.sampled_from(LEARNED)),
        includes=tuple(draw(st.lists(st.sampled_from(below), max_size=3, unique=True))),
        true_when=draw(some),
        absent_when=draw(st.none() | some),
    )


@dataclass
class Case:
    """A vocabulary, rules over it and people."""

    vocabulary: Vocabulary
    rules: list[Rule]
    people: list[dict[str, Value]] = field(repr=False)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a vocabulary with rules and people."""
    vocabulary = draw(vocabularies())
    names = [name for name, one in vocabulary.facts.items() if one.kind == "condition"]
    tested: list[Rule] = [Criterion(Present(name)) for name in names]
    tested += draw(st.lists(rules_over(names, with_numbers=True), min_size=RULES, max_size=RULES))
    return Case(vocabulary, tested, draw(st.lists(told_of(vocabulary), min_size=PEOPLE, max_size=PEOPLE)))


@settings(max_examples=EXAMPLES)
@given(cases())
def test_rules_on_what_follows(case: Case) -> None:
    """Whatever follows from what is stated, with the unmentioned unknown and taken as absent."""
    found = truths_by_group(case.rules, list(case.people), case.vocabulary)
    for told, answers in zip(case.people, found, strict=True):
        assert answers == truths_by_person(case.rules, told, case.vocabulary)
        assert answers == truths_by_plain(case.rules, told, case.vocabulary)
