"""What a diagnosis that names a medicine says of it: that it is taken, that there is an allergy, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from calcinosis.terminology.matcher import Matcher
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of

UseSaid = Literal["taken", "allergy", "named"]

_BEFORE, _AFTER = 4, 3
"""Words within which what states the use stands beside the name."""


@dataclass(frozen=True)
class UseWords:
    """The words of ``terminology/medicine-use.yaml``, ready to look up."""

    before: Phrases
    after: Phrases
    allergy: Phrases
    other: Phrases

    @staticmethod
    def of(data: Mapping[str, Any]) -> UseWords:
        """Build from the table of the knowledge."""
        parts = (data["use"]["before"], data["use"]["after"], data["allergy"], data["other"])
        return UseWords(*(Phrases.of((words, "said") for words in part) for part in parts))

    def said_of(self, fact: str, words: str, matcher: Matcher) -> UseSaid:
        """Return what the words of a diagnosis say of a medicine that they name."""
        tokens = tokens_of(words)
        if self.allergy.stand_in(tokens):
            return "allergy"
        if self.other.stand_in(tokens):
            return "named"
        for mention in matcher.mentions(words):
            before = tokens[max(0, mention.start - _BEFORE) : mention.end]
            after = tokens[mention.start : mention.end + _AFTER]
            if mention.fact == fact and (self.before.stand_in(before) or self.after.stand_in(after)):
                return "taken"
        return "named"

    def speaks_otherwise(self, words: str) -> bool:
        """Whether the words speak of an allergy, an unwanted effect or a reason against the medicine."""
        tokens = tokens_of(words)
        return self.allergy.stand_in(tokens) or self.other.stand_in(tokens)
