"""The entries of the knowledge as typed objects: one class for each folder, one field for each key of its files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from calcinosis.data import FromFile
from calcinosis.library.course_entries import DueItem as DueItem
from calcinosis.library.course_entries import HoldRule as HoldRule
from calcinosis.library.course_entries import OutcomeMeasure as OutcomeMeasure
from calcinosis.library.course_entries import Target as Target
from calcinosis.library.safety import Care as Care
from calcinosis.library.safety import MedicineSafety as MedicineSafety
from calcinosis.library.safety import RedFlag as RedFlag
from calcinosis.library.safety import Urgency as Urgency
from calcinosis.library.source import Source as Source
from calcinosis.library.statement import ConditionalStatement
from calcinosis.library.statement import Disagreement as Disagreement
from calcinosis.library.statement import Statement as Statement
from calcinosis.rules.syntax import Citation, Rule

TypeId = Literal["dystrophic", "metastatic", "iatrogenic", "idiopathic", "calciphylaxis"]
EndPoint = Literal["clinical improvement", "complete clearance", "radiographic improvement", "symptom relief",
                   "wound healing", "no recurrence", "recovery or survival"]  # fmt: skip

TYPE_IDS: tuple[TypeId, ...] = ("calciphylaxis", "iatrogenic", "metastatic", "dystrophic", "idiopathic")


class CareStep(Statement, frozen=True, kw_only=True):
    """A step in the order of care of a type, and the treatments that belong to it."""

    step: Literal["driver", "relief", "first", "next", "surgery"]
    treatments: tuple[str, ...] = ()


class Type(FromFile, frozen=True, kw_only=True):
    """One of the five types, or a form of one.

    ``confirmed_when`` says which findings show, beyond what was told, what its rule rests on; ``care`` are the
    investigations that it needs once it leads, ``sequence`` the order in which it is treated. Where ``over_when`` holds
    it is a thing of the past.
    """

    id: str
    name: str
    rank: int = 9
    rank_cite: tuple[Citation, ...] = ()
    part_of: TypeId | None = None
    summary: Statement
    suspect_when: Rule | None = None
    established_when: Rule
    excluded_when: Rule | None = None
    confirmed_when: Rule | None = None
    over_when: Rule | None = None
    care: tuple[Care, ...] = ()
    sequence: tuple[CareStep, ...] = ()
    mechanism: tuple[Statement, ...] = ()
    sites: tuple[Statement, ...] = ()
    features: tuple[Statement, ...] = ()
    complications: tuple[Statement, ...] = ()
    prognosis: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    checked: str


class Cause(FromFile, frozen=True, kw_only=True):
    """One disease, drug, injury or association behind a deposit; a local one explains its own place only."""

    id: str
    name: str
    leads_to: tuple[TypeId, ...]
    strength: Literal["cause", "association"]
    local: bool = False
    summary: Statement | None = None
    present_when: Rule | None = None
    suspect_when: Rule | None = None
    excluded_when: Rule | None = None
    treat_first: tuple[Statement, ...] = ()
    seen_in: tuple[Statement, ...] = ()
    features: tuple[Statement, ...] = ()
    quoted: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    checked: str


class LookAlike(FromFile, frozen=True, kw_only=True):
    """A condition that is mistaken for calcinosis cutis or calciphylaxis.

    ``never`` are the dangers that say what must not be done where it is known or suspected.
    """

    id: str
    name: str
    summary: Statement
    suspect_when: Rule | None = None
    established_when: Rule | None = None
    outweighs_when: Rule | None = None
    never: tuple[str, ...] = ()
    tell_apart: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    checked: str


class Investigation(FromFile, frozen=True, kw_only=True):
    """One medical test: what it measures, when it is asked for, what it tells."""

    id: str
    name: str
    group: Literal["question", "examination", "blood", "urine", "imaging", "histology", "genetic", "function"]
    burden: int
    measures: tuple[str, ...] = ()
    advice: Literal["recommended", "not-supported"] = "recommended"
    order_when: Rule | None = None
    never_when: Rule | None = None
    tells: tuple[Statement, ...] = ()
    thresholds: tuple[Statement, ...] = ()
    cautions: tuple[ConditionalStatement, ...] = ()
    quoted: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    checked: str

    def __hash__(self) -> int:
        return hash(self.id)


class Indication(FromFile, frozen=True, kw_only=True):
    """A type that a treatment is for, and how direct and how strong the support is."""

    type: TypeId
    directness: Literal[1, 2, 3]
    level: str
    says: str
    plain: str = ""
    cite: tuple[Citation, ...]
    consider_when: Rule | None = None


class Objection(FromFile, frozen=True, kw_only=True):
    """A type, or all, for which the evidence speaks against a treatment.

    Where ``spares_taken`` is set, it is no reason to stop what somebody takes for something else.
    """

    type: TypeId | Literal["all"]
    says: str
    plain: str = ""
    cite: tuple[Citation, ...]
    when: Rule | None = None
    spares_taken: bool = False


class StudyRow(FromFile, frozen=True, kw_only=True):
    """What one study saw: how many were treated, how many improved."""

    cite: tuple[Citation, ...]
    design: str
    disease: str = ""
    types: tuple[TypeId, ...] = ()
    end_point: EndPoint | Literal[""] = ""
    patients: int | None = None
    complete: int | None = None
    partial: int | None = None
    none: int | None = None
    worse: int | None = None
    improved: int | None = None
    says: str = ""
    duration: str = ""
    harms: str = ""
    note: str = ""

    @property
    def source(self) -> str:
        """The id of the study's source."""
        return self.cite[0].source


class Treatment(FromFile, frozen=True, kw_only=True):
    """One treatment or medicine with its indications, objections, safety rules and study rows."""

    id: str
    name: str
    kind: Literal["medicine", "procedure", "device", "self-care", "cause-directed", "supportive"]
    medicine: str = ""
    procedures: tuple[str, ...] = ()
    for_: tuple[Indication, ...] = ()
    against: tuple[Objection, ...] = ()
    do_not_use_when: Rule | None = None
    caution_when: Rule | None = None
    if_taken: tuple[Statement, ...] = ()
    held_for: tuple[HoldRule, ...] = ()
    doses_seen: tuple[Statement, ...] = ()
    monitoring: tuple[Statement, ...] = ()
    harms: tuple[Statement, ...] = ()
    mechanism: tuple[Statement, ...] = ()
    quoted: tuple[Statement, ...] = ()
    evidence: tuple[StudyRow, ...] = ()
    level_stated: Statement | None = None
    disagreements: tuple[Disagreement, ...] = ()
    note: str = ""
    checked: str

    def __hash__(self) -> int:
        return hash(self.id)


class FollowUp(FromFile, frozen=True, kw_only=True):
    """What to watch, how often, in whom; ``due`` are those of it for which a source gives an interval.

    ``until_gone`` says that it is complete once the deposits are found no more.
    """

    id: str
    applies_when: Rule
    says: str
    plain: str = ""
    interval: str
    until_gone: bool = False
    due: tuple[DueItem, ...] = ()
    cite: tuple[Citation, ...]
    checked: str


class Topic(FromFile, frozen=True, kw_only=True):
    """Statements to look up that no rule needs: symptoms, prevention, prognosis, measures, epidemiology."""

    id: str
    kind: Literal["symptom", "daily-life", "prevention", "prognosis", "outcome-measure", "epidemiology", "risk-factor",
                  "contagion", "inheritance", "classification", "definition", "diagnosis"]  # fmt: skip
    name: str
    types: tuple[TypeId, ...] = ()
    statements: tuple[Statement, ...]
    quoted: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    checked: str


class Claim(FromFile, frozen=True, kw_only=True):
    """What a popular page says, and what the literature says of it."""

    id: str
    source: str
    line: int
    section: str = ""
    kind: str
    subject: str
    says: str
    verdict: Literal["supported", "partly", "contradicted", "unsupported", "harmful-if-followed"]
    because: str
    cite: tuple[Citation, ...] = ()
    searched: str = ""
    entry: str
    same_as: tuple[str, ...] = ()
    disagrees_with: tuple[str, ...] = ()
    checked: str


Entry = (
    Claim
    | Source
    | Type
    | Cause
    | LookAlike
    | Investigation
    | Treatment
    | MedicineSafety
    | RedFlag
    | FollowUp
    | Target
    | OutcomeMeasure
    | Topic
)


def rules_of(entry: Any) -> Iterator[tuple[str, Rule]]:
    """Yield every rule of an entry with the key it stands under."""
    for attribute in getattr(entry, "__struct_fields__", ()):
        value = getattr(entry, attribute)
        if isinstance(value, Rule):
            yield attribute, value
        elif isinstance(value, tuple):
            for item in value:
                for _, rule in rules_of(item):
                    yield attribute, rule
