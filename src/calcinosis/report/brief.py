"""How much of each list stands in the one-minute view, on the screen, in a terminal and on two printed pages."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.conclusions.assessment import Assessment

CITES, EVIDENCE_CITES = 2, 1
"""So many sources of a line, and of the numbers behind a treatment, are printed."""


class Limits(Struct, frozen=True, kw_only=True):
    """The number of lines of each list; ``general`` are treatments that everyone can do for themselves."""

    why: int
    causes: int
    tests: int
    given: int
    general: int
    avoided: int
    follow_up: int
    taken: int


_CALM = Limits(why=4, causes=4, tests=5, given=5, general=1, avoided=2, follow_up=1, taken=4)
_EMERGENCY = Limits(why=4, causes=3, tests=4, given=4, general=1, avoided=3, follow_up=2, taken=3)
_EMERGENCIES = Limits(why=3, causes=2, tests=4, given=3, general=1, avoided=2, follow_up=1, taken=3)


def limits(assessment: Assessment) -> Limits:
    """Return the limits; in an emergency the steps come first and the other lists are shorter."""
    emergencies = sum(flag.urgency == "emergency" for flag in assessment.red_flags)
    return (_CALM, _EMERGENCY, _EMERGENCIES)[min(emergencies, 2)]
