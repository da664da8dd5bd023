"""A medicine that took the place of one that a sentence before names: "she is on warfarin. Switched to apixaban"."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from calcinosis.terminology.names import Mention
from calcinosis.terminology.sentence import SentenceParts

_EXCHANGED = "past after"
_PREPOSITIONS = frozenset({"to", "for", "by", "with"})
_NEW_WITHIN = 3
"""Words between "switched to" and what is taken now."""


def replaced(
    sentence: SentenceParts, mentions: Sequence[Mention], before: Sequence[Mention], taken: frozenset[str]
) -> tuple[Mention, ...]:
    """Return the mentions of the sentences before: over is the one medicine that this one says was exchanged."""
    exchanged = (
        mark
        for mark in sentence.of_kind(_EXCHANGED)
        if mark[1] - mark[0] > 1 and sentence.tokens[mark[1] - 1] in _PREPOSITIONS
    )
    medicines = [one for one in mentions if one.fact in taken]
    for start, end, _ in exchanged:
        new = next((one for one in medicines if 0 <= one.start - end <= _NEW_WITHIN and one.sense == "present"), None)
        if new is None or any(one.end <= start for one in medicines):
            continue
        old = {one.fact for one in before if one.fact in taken and one.sense == "present"} - {new.fact}
        if len(old) == 1:
            return tuple(replace(one, sense="past") if one.fact in old else one for one in before)
    return tuple(before)
