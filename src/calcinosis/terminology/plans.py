"""What is planned, of facts of which a rule asks for that: "due her booster", "wants the jab before her trip"."""

from __future__ import annotations

from msgspec.structs import replace

from calcinosis.terminology.concepts import Span
from calcinosis.terminology.context import Sense
from calcinosis.terminology.names import Mention
from calcinosis.terminology.sentence import SentenceParts

_WITHIN = 8
"""Words between what is planned and the word that says so."""
_REFUSED, _DONE = "plan not", "plan done"


def as_planned(mentions: list[Mention], sentence: SentenceParts, planned: frozenset[str]) -> list[Mention]:
    """Return the mentions of a sentence, those of facts that may be ``planned`` as the sentence tells of them."""
    if planned.isdisjoint([one.fact for one in mentions]):
        return mentions
    return [
        replace(one, sense=_sense(sentence, (one.start, one.end), one.sense)) if one.fact in planned else one
        for one in mentions
    ]


def _sense(sentence: SentenceParts, span: Span, sense: Sense) -> Sense:
    """Return what a sentence makes of words that tell of something which may be planned."""
    if sense not in {"present", "hypothetical"} or not _is_near(sentence, span, "plan"):
        return sense
    if sense == "present" and _is_near(sentence, span, _DONE):
        return "present"
    return "hypothetical" if _is_near(sentence, span, _REFUSED) else "planned"


def _is_near(sentence: SentenceParts, span: Span, kind: str) -> bool:
    """Whether a word of a kind stands near a name in its clause, with no comma between but right behind the name."""
    first, last = sentence.start_of_clause(span[0]), sentence.end_of_clause(span[1])
    for start, end, _ in sentence.of_kind(kind):
        before, behind = sentence.tokens[end : span[0]], sentence.tokens[span[1] : start]
        is_close = first <= start and end <= last and len(before) + len(behind) <= _WITHIN
        if is_close and "," not in before and "," not in behind[1:]:
            return True
    return False
