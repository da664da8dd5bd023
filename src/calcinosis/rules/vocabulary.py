"""What rules speak of: facts that can be known of a person, and values, what is known of one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from calcinosis.data import FromFile
from calcinosis.rules.definition import ReadDefinition
from calcinosis.rules.syntax import Citation, Rule
from calcinosis.truth import UNKNOWN, Truth

Kind = Literal[
    "condition", "finding", "medicine", "procedure", "allergy", "exposure", "site", "result", "choice", "quantity"
]
LearnedBy = Literal["history", "examination", "laboratory", "imaging", "histology", "demographics"]

Flag = Literal["", "high", "low", "normal"]

SUSPECTED = "suspected_"
"""How the fact is called that somebody suspects another: `suspected_calciphylaxis`."""
PAST = "past_"
"""How the fact is called that another was there and is over: `past_calciphylaxis`."""
RECENT = "recent_"
"""How the fact is called that another was last said to hold so few days ago that it may still be acute."""

PLANNED = "planned_"
"""How the fact is called that another is planned and has not happened: `planned_live_vaccination`."""

EVER = frozenset({"exposure", "procedure"})
"""Kinds of which once is enough: having been exposed or operated does not end."""
ASSUMABLE = frozenset({"history", "examination"})
"""What a record does not mention is taken as absent, for a provisional answer, only if it is learned in these ways."""


class UsualLimits(FromFile, frozen=True, kw_only=True):
    """Limits of a quantity, in its unit, used when the result prints none."""

    lower: str = ""
    upper: str = ""
    from_age: float = 0
    to_age: float = 200
    sex: str = ""
    cite: tuple[Citation, ...]
    lower_value: float | None = None
    upper_value: float | None = None


class Doubtful(FromFile, frozen=True, kw_only=True):
    """A range, in the unit of a quantity, in which a number is asked about: it fits ``other_unit`` better."""

    at_least: float
    at_most: float
    other_unit: str
    cite: tuple[Citation, ...]


class LastingResult(FromFile, frozen=True, kw_only=True):
    """Results of a quantity that show a fact by staying below a number, in its unit, for so many days."""

    fact: str
    below: float
    for_days: int
    cite: tuple[Citation, ...]


class Word(FromFile, frozen=True, kw_only=True):
    """One word of a choice, with the names and codes that mean it."""

    names: tuple[str, ...] = ()
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


class Relation(Struct, frozen=True, kw_only=True):
    """How one fact lies to another: at its place and not after it, or before it; ``perhaps`` is that nothing denies it.

    ``of`` and ``to`` are the facts with their kinds, the fact itself first; ``by`` those that tell the place of ``to``
    where nothing else does.
    """

    kind: Literal["at", "before"]
    perhaps: bool
    of: tuple[str, ...]
    to: tuple[str, ...]
    by: tuple[str, ...] = ()


class Fact(FromFile, frozen=True, kw_only=True):
    """One thing that can be asked, seen or measured; the file in ``knowledge/facts`` says the same.

    ``measured_with`` are other measures of what this one measures: where they disagree beside a limit, none counts;
    ``outranked_by`` is the measure that decides where it is known, ``stand_in`` the one that answers beside a limit
    where neither is. ``suspicion_of`` names the fact of which this one is
    that somebody suspects it, ``past_of`` the one that was there and is over, ``recent_of`` the one that was said to
    hold within the days of its ``recent_for``, ``planned_of`` the one that is planned; ``relation`` says of which two
    facts this one is how they lie in place or time. ``next_to`` are the sites that a site touches, ``placed_by`` the
    findings that show where something is of which nothing else tells it.
    """

    id: str
    name: str
    kind: Kind
    learned_by: LearnedBy
    names: tuple[str, ...] = ()
    read: tuple[ReadDefinition, ...] = ()
    plain: str = ""
    short: str = ""
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
    doubtful: tuple[Doubtful, ...] = ()
    usual_limits: tuple[UsualLimits, ...] = ()
    measured_with: tuple[str, ...] = ()
    outranked_by: str = ""
    stand_in: str = ""
    words: dict[str, Word] = field(default_factory=dict)
    routes: tuple[Literal["oral", "injection", "topical", "inhaled"], ...] = ()
    substance: str = ""
    lasting: bool = False
    lasting_result: LastingResult | None = None
    greatest_counts: bool = False
    next_to: tuple[str, ...] = ()
    placed_by: tuple[str, ...] = ()
    suspicion_of: str = ""
    past_of: str = ""
    recent_of: str = ""
    recent_for: str = ""
    planned_of: str = ""
    relation: Relation | None = None
    note: str = ""
    checked: str

    @property
    def usual_span(self) -> tuple[float, float, float] | None:
        """The least and greatest usual limit, whatever age and sex, and the narrowest range; None if one is open."""
        pairs = [(limits.lower_value, limits.upper_value) for limits in self.usual_limits]
        ranges = [(low, high) for low, high in pairs if low is not None and high is not None]
        if not ranges or len(ranges) < len(pairs):
            return None
        return min(low for low, _ in ranges), max(high for _, high in ranges), min(high - low for low, high in ranges)

    def limit_written(self, limit: float) -> float:
        """Return a usual limit as its source writes it, without the tolerance of its digits; any other as it is."""
        for one in self.usual_limits:
            for text, value in ((one.lower, one.lower_value), (one.upper, one.upper_value)):
                number, _, unit = text.partition(" ")
                if value == limit and unit.strip() == self.unit:
                    return float(number)
        return limit

    @property
    def companion_of(self) -> str:
        """The fact of which this one tells that it is suspected, over, recent, planned; empty for one of its own."""
        return self.suspicion_of or self.past_of or self.recent_of or self.planned_of

    @property
    def is_derived(self) -> bool:
        """Whether the fact is worked out from others."""
        return bool(self.formula or self.days_from) or self.true_when is not None


class Origin(Struct, frozen=True, order=True):
    """Where a value was read: a resource of the record, a line of a note, a question of a form, a line by a model.

    Nothing changes it once it is made; it is not declared frozen because every resource of a record has one.
    """

    kind: Literal["resource", "line", "question", "formula", "model"]
    name: str


class Value(Struct, frozen=True):
    """What is known of one fact: presence, a word, or a number between two bounds in the unit of the fact.

    Nothing changes a value once it is made; it is not declared frozen because a record makes hundreds.

    ``date`` is that of the newest saying, ``first`` the day on which the fact is first said to hold, if it is known.
    ``assumed`` says that nothing mentions the fact, which is taken as absent; ``is_disputed`` that the bounds of a
    number are those of results that differ, and ``is_critical`` that the laboratory calls a result so.
    ``unit_confirmed`` says that a number which fits another unit better is meant as it stands.
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
    assumed: bool = False
    is_disputed: bool = False
    is_critical: bool = False
    unit_confirmed: bool = False

    def dated(self, date: str) -> Value:
        """Return the value as of a date; written out, for it is done for each value of a record."""
        return Value(
            self.truth, self.word, self.low, self.high, self.open_low, self.open_high, self.lower_limit,
            self.upper_limit, self.flag, self.said, date, self.first, self.origins, self.assumed, self.is_disputed,
            self.is_critical, self.unit_confirmed,
        )  # fmt: skip

    @property
    def is_number(self) -> bool:
        """Whether a number, or a range that holds it, is known."""
        return self.low is not None or self.high is not None
