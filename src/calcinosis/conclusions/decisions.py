"""From truths to conclusions: decisions as tables that each reader of the rules applies."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Generic, Literal, TypeVar

from msgspec import Struct

from calcinosis.library.entries import TYPE_IDS, RedFlag, Treatment
from calcinosis.rules.evaluate import Planes
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

Status = Literal["established", "provisional", "undetermined", "not-supported", "excluded", "conflicting"]
LookAlikeStatus = Literal["established", "provisional", "suspected"]
CauseStatus = Literal["confirmed", "suspected", "excluded"]
Verdict = Literal["consider", "check-first", "avoid", "not-for-this-type"]
Presentation = Literal["calcinosis", "suspected", "look-alike", "none"]
Indicated = Literal["yes", "to-check", "no"]
Certainty = Literal["confirmed", "probable", "suspected", "unlikely", "excluded", "open"]
TakenVerdict = Literal["avoid", "caution", "cannot-be-judged", "not-judged", "no-objection-found"]

Outcome = TypeVar("Outcome", covariant=True)
When = Mapping[str, Truth]

PROVEN, SUSPECTED = "calcinosis_proven", "calcinosis_suspected"
"""The two facts of the knowledge that say whether a record is about calcinosis at all."""

DANGER = TYPE_IDS[0]
"""The type that is acted on as soon as anything points to it."""


class Decision(Struct, Generic[Outcome], frozen=True):
    """What follows from named truths: the outcome of the first line that fits, else ``otherwise``."""

    lines: tuple[tuple[When, Outcome], ...]
    otherwise: Outcome

    def of(self, **truths: Truth) -> Outcome:
        """Return what follows from these truths."""
        for when, outcome in self.lines:
            for name in when:
                if truths[name] is not when[name]:
                    break
            else:
                return outcome
        return self.otherwise

    def persons(self, everyone: int, truths: Mapping[str, Planes]) -> dict[Outcome, int]:
        """Return who gets each outcome, by the persons of whom each truth is true, and false."""
        found: dict[Outcome, int] = {}
        rest = everyone
        for when, outcome in self.lines:
            fits = rest
            for name, wanted in when.items():
                true, false = truths[name]
                fits &= true if wanted is TRUE else false if wanted is FALSE else ~(true | false)
            found[outcome] = found.get(outcome, 0) | fits
            rest &= ~fits
        found[self.otherwise] = found.get(self.otherwise, 0) | rest
        return found


STATUS: Decision[Status] = Decision(
    (
        ({"excluded": TRUE, "established": TRUE}, "conflicting"),
        ({"excluded": TRUE}, "excluded"),
        ({"excluded": FALSE, "established": TRUE}, "established"),
        ({"established": FALSE}, "not-supported"),
    ),
    "undetermined",
)
"""The status that follows from the two rules of a type."""

SHOWN_STATUS: Decision[Status] = Decision(
    (*STATUS.lines, ({"assumed": TRUE, "assumed_excluded": FALSE}, "provisional")), STATUS.otherwise
)
"""The same, where an open type that would be established if the unmentioned is absent is provisional."""

CERTAINTY: Decision[Certainty] = Decision(
    (
        ({"excluded": TRUE, "established": TRUE}, "suspected"),
        ({"excluded": TRUE}, "excluded"),
        ({"established": TRUE, "confirmed": TRUE, "excluded": FALSE}, "confirmed"),
        ({"established": TRUE}, "probable"),
        ({"provisional": TRUE}, "probable"),
        ({"established": FALSE, "danger": FALSE}, "unlikely"),
        ({"supported": TRUE}, "suspected"),
        ({"established": FALSE}, "unlikely"),
    ),
    "open",
)
"""How sure a type is, in the words of a clinician.

``confirmed`` says that what it rests on was shown; ``danger`` is that of missing it: a sign of it is worth more than a
rule that fails.
"""

NOT_SHOWN: dict[Certainty, Certainty] = {"confirmed": "probable"}
"""What a type is called where what it rests on was told in prose alone, or where it stands beside a confirmed one."""

NO_SIGN: dict[Certainty, Certainty] = {"suspected": "open"}
"""What a type is called where nothing is a sign of calcium: a cause of it alone is no suspicion of it."""

LOOK_ALIKE: Decision[LookAlikeStatus | None] = Decision(
    (
        ({"established": TRUE}, "established"),
        ({"suspected": TRUE, "established": UNKNOWN, "assumed": TRUE}, "provisional"),
        ({"suspected": TRUE}, "suspected"),
    ),
    None,
)
"""The status of a look-alike; ``assumed`` is its rule when the unmentioned is absent."""

CAUSE: Decision[CauseStatus | None] = Decision(
    (
        ({"present": TRUE}, "confirmed"),
        ({"excluded": TRUE}, "excluded"),
        ({"suspected": TRUE}, "suspected"),
        ({"present": FALSE}, "excluded"),
    ),
    None,
)
"""The status of a cause; one without a rule for its presence is not known to be present or absent."""

PRESENTATION: Decision[Presentation] = Decision(
    (
        ({"outweighed": TRUE}, "look-alike"),
        ({"proven": TRUE}, "calcinosis"),
        ({"look_alike": TRUE}, "look-alike"),
        ({"suspected": TRUE}, "suspected"),
    ),
    "none",
)
"""What a record is about; ``look_alike`` says that one is established or provisional."""

INDICATED: Decision[Indicated] = Decision(
    (({"asked": TRUE}, "yes"), ({"asked": FALSE}, "no"), ({"assumed": FALSE}, "no")), "to-check"
)
"""Whether a treatment is an option: one that the record does not mention is not, one that it leaves open may be."""

VERDICT: Decision[Verdict] = Decision(
    (
        ({"objected": TRUE}, "avoid"),
        ({"forbidden": TRUE, "taken": TRUE}, "avoid"),
        ({"indicated": FALSE}, "not-for-this-type"),
        ({"forbidden": TRUE}, "avoid"),
        ({"cautious": TRUE}, "check-first"),
    ),
    "consider",
)
"""The verdict on a treatment; a contraindication of what is taken is about the person, whatever the type."""

TAKEN: Decision[TakenVerdict] = Decision(
    (
        ({"avoided": TRUE}, "avoid"),
        ({"cautious": TRUE}, "caution"),
        ({"open": TRUE}, "cannot-be-judged"),
        ({"judged": FALSE}, "not-judged"),
    ),
    "no-objection-found",
)
"""What is said of a medicine that is taken; ``open`` says that something that would decide is not known."""

IN_QUESTION: frozenset[Presentation] = frozenset({"calcinosis", "suspected"})
"""Presentations in which a type leads and treatments are judged."""

STANDING: frozenset[LookAlikeStatus] = frozenset({"established", "provisional"})
"""Statuses of a look-alike that a record is about."""

LISTED_CAUSES: frozenset[CauseStatus] = frozenset({"confirmed", "suspected"})
"""Statuses of the causes that a row names."""

SETTLED: frozenset[Status] = frozenset({"established", "provisional", "conflicting"})
IMPOSSIBLE: frozenset[Status] = frozenset({"not-supported", "excluded"})

_STATUS_ORDER: tuple[Status, ...] = (
    "established",
    "provisional",
    "conflicting",
    "undetermined",
    "not-supported",
    "excluded",
)
_CAUSE_ORDER: tuple[CauseStatus, ...] = ("confirmed", "suspected", "excluded")
_URGENCY_ORDER = ("emergency", "urgent", "soon")
_VERDICT_ORDER: tuple[Verdict, ...] = ("consider", "check-first", "avoid", "not-for-this-type")
_LEVEL = re.compile(r"[IV]+")
_LEVELS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


def outweighed(status: Status) -> Status:
    """Return the status of a type where a look-alike explains the calcium."""
    return "conflicting" if status in {"established", "provisional"} else status


def can_lead(status: Status, supported: bool) -> bool:
    """Return whether a type can be the leading one: it is settled, or open with support."""
    return status in SETTLED or (status == "undetermined" and supported)


def type_place(
    status: Status, supported: bool, impossible: bool, pointed_to: bool, rank: int
) -> tuple[int, bool, bool, bool, int]:
    """Order by status, then support, then whether it stays open when the unmentioned is absent, then rank.

    A type that is only ``pointed_to`` stands behind one whose own rule holds.
    """
    return _STATUS_ORDER.index(status), not supported, impossible, pointed_to, rank


def is_pointed_to(status: Status, rule_holds: bool, type_id: str) -> bool:
    """Return whether a type is open and only pointed to; a danger is never set behind another type for that."""
    return status == "undetermined" and not rule_holds and type_id != DANGER


def cause_place(status: CauseStatus, strength: str, cause_id: str) -> tuple[int, bool, str]:
    """Order causes: confirmed first, then suspected, causes before associations."""
    return _CAUSE_ORDER.index(status), strength != "cause", cause_id


def red_flag_place(urgency: str, flag_id: str) -> tuple[int, str]:
    """Order dangers, the most urgent first."""
    return _URGENCY_ORDER.index(urgency), flag_id


def told_flags(standing: Sequence[RedFlag]) -> list[RedFlag]:
    """Return the dangers that are told of those that stand: a graver one speaks for those that give way to it."""
    names = {flag.id for flag in standing}
    return [flag for flag in standing if names.isdisjoint(flag.gives_way_to)]


def treatment_place(
    treatment: Treatment, active: Collection[str], verdict: Verdict, taken: bool, seen: tuple[int, int]
) -> tuple[object, ...]:
    """Order by verdict, then by rank. ``seen`` is how many were treated in the studies that count, and improved."""
    is_meant = any(one.type in active for one in treatment.for_)
    return (*verdict_place(verdict, taken, is_meant), *treatment_rank(treatment, active, seen))


def verdict_place(verdict: Verdict, taken: bool, is_meant: bool) -> tuple[int, bool, bool]:
    """Order by verdict. Of what to avoid comes first what is taken, then what would be an option but for this person.

    ``is_meant`` says that the treatment has an indication for a type that is acted on.
    """
    avoided = verdict == "avoid"
    return _VERDICT_ORDER.index(verdict), avoided and not taken, avoided and not is_meant


def treatment_rank(treatment: Treatment, active: Collection[str], seen: tuple[int, int]) -> tuple[object, ...]:
    """Order by treatment of the cause, then directness, level, share and number that improved."""
    mine = [one for one in treatment.for_ if one.type in active]
    directness = min((one.directness for one in mine), default=9)
    level = min((level_number(one.level) for one in mine), default=9)
    patients, improved = seen
    share = improved / patients if patients else 0.0
    cause_last = treatment.kind != "cause-directed"
    return cause_last, directness, level, -share, -patients, treatment.id


def level_number(text: str) -> int:
    """Return the level of evidence as a number, the best first."""
    match = _LEVEL.match(text)
    return _LEVELS.get(match[0], 6) if match else 6
