"""An answer: plain data with the names of the contract."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.library.entries import Urgency

Audience = Literal["patient", "clinician"]


class Said(Struct, frozen=True):
    """A sentence with its sources, the entry that it stands in, and the part of the question that it answers."""

    says: str
    cite: tuple[str, ...]
    entry: str = ""
    part: str = ""


class Contested(Struct, frozen=True):
    """What a popular page claims, and what the literature says of it."""

    claim: str
    verdict: str
    says: str
    cite: tuple[str, ...]


class Urgent(Struct, frozen=True):
    """A danger that the question tells of, and what to do first."""

    id: str
    name: str
    urgency: Urgency
    says: str
    steps: tuple[str, ...]
    cite: tuple[str, ...]


class Answer(Struct, frozen=True, kw_only=True):
    """The answer to one question; ``reason`` says why it is not answered, and what can be asked instead.

    ``open_parts`` are those parts of the question that nothing answers.
    """

    question: str
    answered: bool
    audience: Audience
    answer: tuple[Said, ...] = ()
    open_parts: tuple[str, ...] = ()
    contested: tuple[Contested, ...] = ()
    urgent: Urgent | None = None
    related: tuple[str, ...] = ()
    reason: str = ""
    read_as: tuple[str, ...] = ()
    sources: dict[str, str]
