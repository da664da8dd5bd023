"""What rules speak of: facts that can be known of a person, and values, what is known of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from calcinosis.rules.formula import Formula, formula_facts, parse_formula
from calcinosis.rules.syntax import Citation, Rule, Test
from calcinosis.truth import UNKNOWN, Truth

Kind = Literal[
    "condition", "finding", "medicine", "procedure", "allergy", "exposure", "site", "result", "choice", "quantity"
]
LearnedBy = Literal["history", "examination", "laboratory", "imaging", "histology", "demographics"]

ASSUMABLE = frozenset({"history", "examination"})
"""What a record does not mention is taken as absent, for a provisional answer, only if it is learned in these ways."""

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a choice, with the names and codes that mean it."""

    __pydantic_config__: ClassVar = STRICT
    names: tuple[str, ...] = ()
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that can be asked, seen or measured; the file in ``knowledge/facts`` says the same."""

    __pydantic_config__: ClassVar = STRICT
    id: str
    name: str
    kind: Kind
    learned_by: LearnedBy
    names: tuple[str, ...] = ()
    plain: str = ""
    question: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    codes_not_enough: dict[str, dict[str, str]] = field(default_factory=dict)
    includes: tuple[str, ...] = ()
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
    note: str = ""
    checked: str

    @property
    def is_derived(self) -> bool:
        """Whether the fact is worked out from others."""
        return bool(self.formula or self.days_from) or self.true_when is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All facts, and how they hang together.

    ``parents`` lists, for each fact, those that it is a kind of; ``touches`` all facts whose value can change when
    this one becomes known, itself included; ``formulas`` and ``conditions`` are those of the computed facts, parsed.
    ``assumed``, ``assumed_truths`` and ``bases`` remember what is the same for every record: the value of a fact and the
    truth of a rule when nothing is mentioned, and the facts that would have to be found out to know a fact.
    """

    facts: dict[str, Fact]
    parents: dict[str, tuple[str, ...]]
    touches: dict[str, frozenset[str]]
    formulas: dict[str, Formula]
    conditions: dict[str, Test]
    assumed: dict[str, Value | None] = field(default_factory=dict, compare=False, repr=False)
    assumed_truths: dict[int, tuple[Rule, Truth]] = field(default_factory=dict, compare=False, repr=False)
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    @staticmethod
    def of(facts: dict[str, Fact], conditions: dict[str, Test] | None = None) -> Vocabulary:
        """Return the vocabulary of these facts; ``conditions`` are the parsed `formula_when` by fact."""
        parents: dict[str, list[str]] = {}
        uses: dict[str, set[str]] = {name: set() for name in facts}
        formulas = {}
        for fact in facts.values():
            read = set(fact.includes)
            for kind in fact.includes:
                parents.setdefault(kind, []).append(fact.id)
                uses.setdefault(fact.id, set()).add(kind)
            if fact.formula:
                formulas[fact.id] = parse_formula(fact.formula)
                read |= formula_facts(formulas[fact.id])
            for rule in (fact.true_when, fact.absent_when):
                read |= rule.facts if rule is not None else set()
            if conditions and fact.id in conditions:
                read.add(conditions[fact.id].fact)
            if fact.days_from:
                read |= {fact.days_from, fact.days_to}
            if fact.usual_limits:
                read |= {"age", "sex"}
            for name in read:
                uses.setdefault(name, set()).add(fact.id)
        return Vocabulary(
            facts=facts,
            parents={kind: tuple(found) for kind, found in parents.items()},
            touches={name: _reached(name, uses) for name in facts},
            formulas=formulas,
            conditions=conditions or {},
        )


def _reached(start: str, uses: dict[str, set[str]]) -> frozenset[str]:
    """Return every fact that is reached from one by following uses."""
    found, waiting = {start}, [start]
    while waiting:
        for name in uses.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a value was read: a resource of the record, a line of a note, a question of a form."""

    kind: Literal["resource", "line", "question", "formula"]
    name: str


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of one fact: presence, a word, or a number between two bounds in the unit of the fact.

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
    flag: Literal["", "high", "low", "normal"] = ""
    said: str = ""
    date: str = ""
    first: str = ""
    origins: tuple[Origin, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether a number, or a range that holds it, is known."""
        return self.low is not None or self.high is not None
