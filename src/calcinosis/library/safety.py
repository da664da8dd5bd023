"""What cannot wait, and what speaks against medicines that are taken."""

from __future__ import annotations

from typing import Literal

from calcinosis.data import FromFile
from calcinosis.library.statement import ConditionalStatement, Disagreement, Statement
from calcinosis.rules.syntax import Citation, Rule

Urgency = Literal["emergency", "urgent", "soon"]
SafetySubject = Literal["pregnancy", "breast-feeding", "qt-interval", "g6pd", "blood-counts", "live-vaccines",
                        "infection-screening", "minerals", "kidney", "liver", "circulation", "interactions",
                        "dose"]  # fmt: skip


class MedicineSafety(FromFile, frozen=True, kw_only=True):
    """What one subject, such as pregnancy, says against medicines that are taken, whatever they treat.

    ``do_not_use_when`` makes each of the medicines one to avoid, ``caution_when`` one to be careful with;
    ``not_known_when`` holds where no label or study that was read tells, in the words of ``says``.
    """

    id: str
    name: str
    subject: SafetySubject
    medicines: tuple[str, ...]
    do_not_use_when: Rule | None = None
    caution_when: Rule | None = None
    not_known_when: Rule | None = None
    says: str = ""
    cite: tuple[Citation, ...] = ()
    if_taken: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    checked: str


class Watch(Statement, frozen=True, kw_only=True):
    """The signs of a danger as a person at risk would notice them, and who is at risk."""

    when: Rule


class Care(Statement, frozen=True, kw_only=True):
    """An investigation that the care of a type or a danger needs, and what it is for; ``again`` though it is done."""

    test: str
    again: bool = False


class RedFlag(FromFile, frozen=True, kw_only=True):
    """What cannot wait, and what to do first.

    ``care`` are the investigations that it needs at once, ``forbids`` those not to be done meanwhile; it is not told
    beside one that it ``gives_way_to``.
    ``watch`` is told to those at risk while the danger is not there.
    """

    id: str
    name: str
    urgency: Urgency
    when: Rule
    says: str
    plain: str
    cite: tuple[Citation, ...]
    steps: tuple[ConditionalStatement, ...] = ()
    care: tuple[Care, ...] = ()
    forbids: tuple[str, ...] = ()
    gives_way_to: tuple[str, ...] = ()
    watch: tuple[Watch, ...] = ()
    checked: str
