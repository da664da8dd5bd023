"""An assessment: plain data, everything that any reader sees. The names are those of the JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from calcinosis.conclusions.citations import SourceResult as SourceResult
from calcinosis.conclusions.citations import sources_of
from calcinosis.conclusions.cited import Cited as Cited
from calcinosis.conclusions.cited import Reason as Reason
from calcinosis.conclusions.decisions import CauseStatus as CauseStatus
from calcinosis.conclusions.decisions import Certainty as Certainty
from calcinosis.conclusions.decisions import LookAlikeStatus as LookAlikeStatus
from calcinosis.conclusions.decisions import Presentation as Presentation
from calcinosis.conclusions.decisions import Status as Status
from calcinosis.conclusions.decisions import TakenVerdict as TakenVerdict
from calcinosis.conclusions.decisions import Verdict as Verdict
from calcinosis.conclusions.entered import Account, Entered
from calcinosis.library.entries import TypeId, Urgency
from calcinosis.person.not_read import NotRead
from calcinosis.rules.vocabulary import Origin


class TypeResult(Struct, frozen=True, kw_only=True):
    """What is known of one type."""

    id: str
    name: str
    plain: str = ""
    status: Status
    certainty: Certainty = "open"
    because: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    assumes_absent: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    if_not_mentioned_is_absent: Status
    supported: bool = False
    over: bool = False
    forms: tuple[TypeResult, ...] = ()


class LookAlikeResult(Struct, frozen=True, kw_only=True):
    """What is known of one look-alike."""

    id: str
    name: str
    status: LookAlikeStatus
    because: tuple[Reason, ...] = ()
    tell_apart: tuple[Cited, ...] = ()


class CauseResult(Struct, frozen=True, kw_only=True):
    """A cause that is confirmed, suspected or excluded."""

    id: str
    name: str
    status: CauseStatus
    strength: Literal["cause", "association"]
    leads_to: tuple[TypeId, ...]
    because: tuple[Reason, ...] = ()
    treat_first: tuple[Cited, ...] = ()


class RedFlagResult(Struct, frozen=True, kw_only=True):
    """A danger that is present, and what to do first."""

    id: str
    name: str
    says: str
    plain: str
    urgency: Urgency
    because: tuple[Reason, ...] = ()
    steps: tuple[Cited, ...] = ()
    cite: tuple[str, ...] = ()


class WatchResult(Struct, frozen=True, kw_only=True):
    """The signs of a danger that is not there, for a person at risk of it; ``id`` is that of the danger."""

    id: str
    urgency: Urgency
    says: str
    plain: str
    cite: tuple[str, ...] = ()


class EarlierDanger(Struct, frozen=True, kw_only=True):
    """A danger of an earlier day of which nothing later is known: how urgent it was then, and on which day."""

    id: str
    name: str
    says: str
    plain: str
    urgency: Urgency
    date: str
    because: tuple[Reason, ...] = ()
    cite: tuple[str, ...] = ()


class AskedDanger(Struct, frozen=True, kw_only=True):
    """A danger that stands or falls with a number in question: how urgent it would be, and what is to be asked."""

    id: str
    name: str
    urgency: Urgency
    says: str
    from_: tuple[Origin, ...] = ()
    cite: tuple[str, ...] = ()


class WorkupResult(Struct, frozen=True, kw_only=True):
    """An investigation to ask for next, and the questions that it could settle; one ``for_danger`` comes first."""

    id: str
    name: str
    why: str
    plain: str = ""
    burden: int
    for_danger: bool = False
    would_settle: tuple[str, ...] = ()
    would_check: tuple[str, ...] = ()
    cautions: tuple[Cited, ...] = ()
    cite: tuple[str, ...] = ()


class EvidenceSummary(Struct, frozen=True, kw_only=True):
    """The studies of the types in question that count: patients and how many of them improved.

    ``other_types`` are the patients of such studies of other types. ``grade`` is what the rule of recommendations makes
    of the strongest indication for this person; ``few`` says that the patients are few.
    """

    level: str
    patients: int
    improved: int
    other_types: int = 0
    cite: tuple[str, ...] = ()
    grade: str = ""
    few: bool = False


class TreatmentResult(Struct, frozen=True, kw_only=True):
    """The verdict on one treatment for this person."""

    id: str
    name: str
    kind: str
    verdict: Verdict
    why: tuple[Cited, ...] = ()
    because: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    check: tuple[str, ...] = ()
    taken: bool = False
    undecided: bool = False
    dose: str = ""
    monitor: tuple[str, ...] = ()
    evidence: EvidenceSummary


class StopResult(Struct, frozen=True, kw_only=True):
    """Something that the person takes and should not."""

    id: str
    name: str
    why: tuple[Cited, ...] = ()
    against: tuple[Reason, ...] = ()
    advice: tuple[Cited, ...] = ()


class TakenResult(Struct, frozen=True, kw_only=True):
    """The verdict on one medicine that is taken now, whatever it treats.

    ``because`` are the findings of this person, ``why`` what the knowledge objects; ``unknown`` are facts that would
    decide, ``untold`` what no source that was read tells; ``looked_at`` are the subjects that were judged.
    """

    medicine: str
    name: str
    verdict: TakenVerdict
    because: tuple[Reason, ...] = ()
    why: tuple[Cited, ...] = ()
    unknown: tuple[str, ...] = ()
    untold: tuple[Cited, ...] = ()
    advice: tuple[Cited, ...] = ()
    looked_at: tuple[str, ...] = ()
    from_: tuple[Origin, ...] = ()

    @property
    def cite(self) -> tuple[str, ...]:
        """The sources of the verdict, each once."""
        findings = [source for one in self.because for source in one.cite]
        said = [source for one in (*self.why, *self.untold, *self.advice) for source in one.cite]
        return tuple(dict.fromkeys((*findings, *said)))


class FollowUpResult(Struct, frozen=True, kw_only=True):
    """What to watch and how often."""

    id: str
    says: str
    plain: str = ""
    when: str
    cite: tuple[str, ...] = ()


class NotUnderstood(Struct, frozen=True):
    """Something in the record that was not used, and why; ``ask`` is the question that settles it."""

    origin: Origin
    says: str
    ask: str = ""


class RecordSummary(Struct, frozen=True, kw_only=True):
    """Whose record, at which day; no dangers are named of who is ``deceased``."""

    id: str
    as_of: str
    age: float | None
    sex: str
    deceased: bool = False
    died: str = ""


class Assessment(Struct, frozen=True, kw_only=True):
    """The one assessment of one record."""

    knowledge_version: str
    knowledge_checked: str
    record: RecordSummary
    presentation: Presentation
    presentation_because: tuple[Reason, ...]
    leading_type: str | None
    active: tuple[str, ...] = ()
    """The types that are acted on, for which treatments are judged: the leading one first."""
    types: tuple[TypeResult, ...]
    look_alikes: tuple[LookAlikeResult, ...]
    causes: tuple[CauseResult, ...]
    red_flags: tuple[RedFlagResult, ...]
    watch: tuple[WatchResult, ...] = ()
    earlier_dangers: tuple[EarlierDanger, ...] = ()
    asked_dangers: tuple[AskedDanger, ...] = ()
    workup: tuple[WorkupResult, ...]
    treatments: tuple[TreatmentResult, ...]
    stop: tuple[StopResult, ...]
    taken: tuple[TakenResult, ...] = ()
    follow_up: tuple[FollowUpResult, ...]
    not_understood: tuple[NotUnderstood, ...]
    not_used: tuple[tuple[str, int], ...]
    not_read: tuple[NotRead, ...]
    account: Account

    @property
    def entered(self) -> tuple[Entered, ...]:
        """Everything that was read of the record, with its words and whether a rule uses it; made anew each time."""
        return self.account.entered()

    @property
    def sources(self) -> dict[str, SourceResult]:
        """The sources that the results cite, by id; gathered anew each time."""
        return sources_of(self.account.library, self)

    @property
    def names(self) -> dict[str, str]:
        """The names of the facts that results name by id: what to ask and what to check; gathered anew each time."""
        found = {fact for kind in self.types for one in (kind, *kind.forms) for fact in one.assumes_absent}
        found |= {fact for result in self.treatments for fact in result.check}
        found |= {fact for result in self.taken for fact in result.unknown}
        return {fact: self.name_of(fact) for fact in sorted(found)}

    def name_of(self, fact: str) -> str:
        """Return the name of a fact."""
        return self.account.library.facts[fact].name

    def _repr_html_(self) -> str:
        """Show the assessment in a notebook, as the front door has said how."""
        return _shown_by[0](self) if _shown_by else repr(self)

    def __str__(self) -> str:
        """Show the assessment in one minute, as the front door has said how."""
        return _shown_by[1](self) if _shown_by else repr(self)


_shown_by: list[Callable[[Assessment], str]] = []


def show_with(in_notebook: Callable[[Assessment], str], printed: Callable[[Assessment], str]) -> None:
    """Say how assessments show themselves; reports stand below, so they cannot be asked here."""
    _shown_by[:] = [in_notebook, printed]
