"""What rules speak of: facts that can be known of a person, and values, what is known of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from calcinosis.rules.definition import ReadDefinition
from calcinosis.rules.formula import Formula, formula_facts, parse_formula
from calcinosis.rules.syntax import Citation, Rule, Test
from calcinosis.truth import UNKNOWN, Truth

Kind = Literal[
    "condition", "finding", "medicine", "procedure", "allergy", "exposure", "site", "result", "choice", "quantity"
]
LearnedBy = Literal["history", "examination", "laboratory", "imaging", "histology", "demographics"]

Flag = Literal["", "high", "low", "normal"]

SUSPECTED = "suspected_"
"""How the fact is called that somebody suspects another: `suspected_calciphylaxis`."""

ASSUMABLE = frozenset({"history", "examination"})
"""What a record does not mention is taken as absent, for a provisional answer, only if it is learned in these ways."""

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class UsualLimits:
    """Limits of a quantity, in its unit, used when the result prints none."""

    __pydantic_config__: ClassVar = STRICT
    lower: str = ""
    upper: str = ""
    from_age: float = 0
    to_age: float = 200
    sex: str = ""
    cite: tuple[Citation, ...]
    lower_value: float | None = None
    upper_value: float | None = None


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word of a choice, with the names and codes that mean it."""

    __pydantic_config__: ClassVar = STRICT
    names: tuple[str, ...] = ()
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that can be asked, seen or measured; the file in ``knowledge/facts`` says the same.

    ``suspicion_of`` names the fact of which this one is that somebody suspects it.
    """

    __pydantic_config__: ClassVar = STRICT
    id: str
    name: str
    kind: Kind
    learned_by: LearnedBy
    names: tuple[str, ...] = ()
    read: tuple[ReadDefinition, ...] = ()
    plain: str = ""
    question: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    codes_not_enough: dict[str, dict[str, str]] = field(default_factory=dict)
    includes: tuple[str, ...] = ()
    by_method: dict[LearnedBy, str] = field(default_factory=dict)
    true_when: Rule | None = None
    absent_when: Rule | None = None
    formula: str = ""
    formula_when: str = ""
    days_from: str = ""
    days_to: str = ""
    cite: tuple[Citation, ...] = ()
    unit: str = ""
    molar_mass: str = ""
    valence: int = 1
    plausible: tuple[float, float] | None = None
    valid_for: str = ""
    usual_limits: tuple[UsualLimits, ...] = ()
    words: dict[str, Word] = field(default_factory=dict)
    routes: tuple[Literal["oral", "injection", "topical", "inhaled"], ...] = ()
    substance: str = ""
    lasting: bool = False
    suspicion_of: str = ""
    note: str = ""
    checked: str

    @property
    def is_derived(self) -> bool:
        """Whether the fact is worked out from others."""
        return bool(self.formula or self.days_from) or self.true_when is not None


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All facts, and how they hang together.

    ``kinds`` lists, for each fact that includes others, its kinds at any depth; ``touches`` all facts whose value can
    change when this one becomes known, itself included (its kinds only if it is absent); ``formulas`` and
    ``conditions`` are those of the computed facts, parsed; ``reads`` the facts that a formula reads. The rest remembers
    what is the same for every record that does not mention it: the value of a fact and the truth of a rule when the
    unmentioned is absent, and the reasons of a rule.
    """

    facts: dict[str, Fact]
    kinds: dict[str, frozenset[str]]
    touches: dict[str, frozenset[str]]
    formulas: dict[str, Formula]
    reads: dict[str, tuple[str, ...]]
    conditions: dict[str, Test]
    assumed: dict[str, Value | None] = field(default_factory=dict, compare=False, repr=False)
    assumed_truths: dict[int, tuple[Rule, Truth]] = field(default_factory=dict, compare=False, repr=False)
    untouched_reasons: dict[tuple[int, bool], tuple[Rule, Any]] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(facts: dict[str, Fact], conditions: dict[str, Test] | None = None) -> Vocabulary:
        """Return the vocabulary of these facts; ``conditions`` are the parsed `formula_when` by fact."""
        formulas = {fact.id: parse_formula(fact.formula) for fact in facts.values() if fact.formula}
        reads = {name: tuple(sorted(formula_facts(formula))) for name, formula in formulas.items()}
        uses: dict[str, set[str]] = {name: set() for name in facts}
        for fact in facts.values():
            for name in _read_by(fact, facts, reads.get(fact.id, ())):
                uses.setdefault(name, set()).add(fact.id)
        return Vocabulary(
            facts=facts,
            kinds={fact.id: _kinds(fact.id, facts) for fact in facts.values() if fact.includes},
            touches={name: _reached(name, uses) for name in facts},
            formulas=formulas,
            reads=reads,
            conditions=conditions or {},
        )


def _read_by(fact: Fact, facts: dict[str, Fact], formula_reads: tuple[str, ...]) -> set[str]:
    """Return the facts of which one must be known for a fact to be known.

    A formula needs all that it reads, so one of them stands for all: the one that fewest records hold.
    """
    read = set(fact.includes)
    for rule in (fact.true_when, fact.absent_when):
        read |= rule.facts if rule is not None else set()
    if fact.days_to:
        read.add(fact.days_to)
    telling = [name for name in formula_reads if name in facts and facts[name].learned_by != "demographics"]
    read |= set(telling[-1:] or formula_reads)
    return read


def _kinds(start: str, facts: dict[str, Fact]) -> frozenset[str]:
    """Return the kinds of a fact at any depth."""
    return _reached(start, {name: set(fact.includes) for name, fact in facts.items()}) - {start}


def _reached(start: str, uses: dict[str, set[str]]) -> frozenset[str]:
    """Return every fact that is reached from one by following uses."""
    found, waiting = {start}, [start]
    while waiting:
        for name in uses.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


@dataclass(slots=True, order=True, unsafe_hash=True)
class Origin:
    """Where a value was read: a resource of the record, a line of a note, a question of a form.

    Nothing changes it once it is made; it is not declared frozen because every resource of a record has one.
    """

    kind: Literal["resource", "line", "question", "formula"]
    name: str


@dataclass(slots=True, unsafe_hash=True)
class Value:
    """What is known of one fact: presence, a word, or a number between two bounds in the unit of the fact.

    Nothing changes a value once it is made; it is not declared frozen because a record makes hundreds.

    ``date`` is that of the newest saying, ``first`` the day on which the fact is first said to hold, if it is known.
    """

    truth: Truth = UNKNOWN
    word: str = ""
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    lower_limit: float | None = None
    upper_limit: float | None = None
    flag: Flag = ""
    said: str = ""
    date: str = ""
    first: str = ""
    origins: tuple[Origin, ...] = ()

    def dated(self, date: str) -> Value:
        """Return the value as of a date; written out, for it is done for each value of a record."""
        return Value(
            self.truth, self.word, self.low, self.high, self.open_low, self.open_high, self.lower_limit,
            self.upper_limit, self.flag, self.said, date, self.first, self.origins,
        )  # fmt: skip

    @property
    def is_number(self) -> bool:
        """Whether a number, or a range that holds it, is known."""
        return self.low is not None or self.high is not None
