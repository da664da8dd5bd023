"""A medicine that another replaced ("she is on warfarin. Switched to apixaban"), or that its unwanted effect ended."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from calcinosis.terminology.names import Mention
from calcinosis.terminology.noun_phrases import VERBS
from calcinosis.terminology.sentence import SentenceParts

_EXCHANGED = "past after"
_PREPOSITIONS = frozenset({"to", "for", "by", "with"})
_ENDED = "past_line after"
_BEGINS_AN_ITEM = frozenset({":", ";", ","})
_THEREFORE = frozenset({",", ";", "so", "and", "therefore", "hence"})
_NO_EFFECT = frozenset({",", ";", ".", "for"})
"""Words behind which no unwanted effect of a medicine stands: "warfarin for gout, stopped"."""
_EFFECT_WITHIN = 8
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


def stopped_for(
    mentions: list[Mention], sentence: SentenceParts, taken: frozenset[str], lasting: frozenset[str]
) -> list[Mention]:
    """Return mentions: over is the medicine of an item that tells its effect and its end: "colchicine - rash, stopped".

    The effect is over too, but for what lasts.
    """
    ends = sentence.of_kind(_ENDED)
    if not ends or len(mentions) <= 1:
        return mentions
    told = list(mentions)
    for number, (medicine, effect) in enumerate(pairwise(mentions)):
        if medicine.fact in taken and effect.fact not in taken and medicine.sense == "present":
            end = next((end for start, end, _ in ends if _is_told(sentence, medicine, effect, start)), None)
            if end is not None and all(one.start != end for one in mentions):
                told[number] = replace(medicine, sense="past")
                if effect.sense == "present" and effect.fact not in lasting:
                    told[number + 1] = replace(effect, sense="past")
    return told


def _is_told(sentence: SentenceParts, medicine: Mention, effect: Mention, end: int) -> bool:
    """Whether an item begins with a medicine, goes on with its effect, and then says that it ended."""
    tokens = sentence.tokens
    is_item = medicine.start == sentence.start or tokens[medicine.start - 1] in _BEGINS_AN_ITEM
    between, behind = tokens[medicine.end : effect.start], tokens[effect.end : end]
    is_effect = len(between) <= _EFFECT_WITHIN and (_NO_EFFECT | VERBS).isdisjoint(between)
    return is_item and is_effect and effect.end < end and _THEREFORE.issuperset(behind)
