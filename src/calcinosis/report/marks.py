"""The mark and the word of each status of a look-alike and of a cause."""

from __future__ import annotations

from calcinosis.conclusions.assessment import CauseStatus, LookAlikeStatus
from calcinosis.conclusions.entered import Sense
from calcinosis.report.document import Mark
from calcinosis.words.en import report as words

LOOK_ALIKE: dict[LookAlikeStatus, tuple[Mark, str]] = {
    "established": ("established", words.LOOK_ALIKE["established"]),
    "provisional": ("provisional", words.LOOK_ALIKE["provisional"]),
    "suspected": ("unknown", words.LOOK_ALIKE["suspected"]),
}
CAUSE: dict[CauseStatus, tuple[Mark, str]] = {
    "confirmed": ("true", words.CAUSE["confirmed"]),
    "suspected": ("unknown", words.CAUSE["suspected"]),
    "excluded": ("against", words.CAUSE["excluded"]),
}
SENSE_MARKS: dict[Sense, Mark] = {
    "present": "true",
    "absent": "false",
    "suspected": "unknown",
    "unlikely": "unlikely",
    "past": "past",
    "family": "family",
    "planned": "planned",
    "asked": "asked",
    "not-stated": "not-stated",
}
"""The mark of how something is said, in the order in which it is listed."""
