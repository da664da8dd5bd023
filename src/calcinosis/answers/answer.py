"""An answer: plain data with the names of the contract."""

from __future__ import annotations

from typing import Literal

from calcinosis.data_classes import dataclass
from calcinosis.library.entries import Urgency

Audience = Literal["patient", "clinician"]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the sources that support it, and the entry that it stands in."""

    says: str
    cite: tuple[str, ...]
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Contested:
    """What a popular page claims, and what the literature says of it."""

    claim: str
    verdict: str
    says: str
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Urgent:
    """A danger that the question tells of, and what to do first."""

    id: str
    name: str
    urgency: Urgency
    says: str
    steps: tuple[str, ...]
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question; ``reason`` says why it is not answered, and what can be asked instead."""

    question: str
    answered: bool
    audience: Audience
    answer: tuple[Said, ...] = ()
    contested: tuple[Contested, ...] = ()
    urgent: Urgent | None = None
    related: tuple[str, ...] = ()
    reason: str = ""
    read_as: tuple[str, ...] = ()
    sources: dict[str, str]
