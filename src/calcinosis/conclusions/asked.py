"""Which rules of an entry each decision asks, and how: the same for one person and for many."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from calcinosis.library.entries import Cause, LookAlike, Type
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import Rule
from calcinosis.truth import FALSE, UNKNOWN, Truth


class Asked(Struct, frozen=True):
    """A rule that is asked, perhaps with the unmentioned taken as absent; ``without`` holds where an entry has none."""

    rule: Rule | None
    assumed: bool = False
    without: Truth = FALSE


def asked_of_type(kind: Type) -> Mapping[str, Asked]:
    """Return what the status of a type asks."""
    return {
        "established": Asked(kind.established_when),
        "excluded": Asked(kind.excluded_when),
        "assumed": Asked(kind.established_when, assumed=True),
        "assumed_excluded": Asked(kind.excluded_when, assumed=True),
    }


def asked_of_look_alike(look_alike: LookAlike) -> Mapping[str, Asked]:
    """Return what the status of a look-alike asks."""
    return {
        "established": Asked(look_alike.established_when),
        "suspected": Asked(look_alike.suspect_when),
        "assumed": Asked(look_alike.established_when, assumed=True),
    }


def asked_of_cause(cause: Cause) -> Mapping[str, Asked]:
    """Return what the status of a cause asks; one that no rule confirms is never confirmed, nor ever denied."""
    return {
        "present": Asked(cause.present_when, without=UNKNOWN),
        "excluded": Asked(cause.excluded_when),
        "suspected": Asked(cause.suspect_when),
    }


Questions = Mapping[str, Asked]
"""What a decision asks, by the names that it gives it."""


def truths(asked: Questions, facts: PatientFacts, assumed: PatientFacts) -> dict[str, Truth]:
    """Return the answers for one person."""
    return {
        name: one.without if one.rule is None else (assumed if one.assumed else facts).truth(one.rule)
        for name, one in asked.items()
    }
