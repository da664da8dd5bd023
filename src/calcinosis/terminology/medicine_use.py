"""What a diagnosis that names a medicine says of it: that it is taken, that there is an allergy, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from msgspec import Struct

from calcinosis.terminology.matcher import Matcher
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of

UseSaid = Literal["taken", "allergy", "named"]

_BEFORE, _AFTER = 4, 3
"""Words within which what states the use stands beside the name."""


class UseWords(Struct, frozen=True):
    """The words of ``terminology/medicine-use.yaml``, ready to look up."""

    before: Phrases
    after: Phrases
    allergy: Phrases
    other: Phrases
    past: Phrases
    not_taken: Phrases
    no_denial: Phrases
    doses: frozenset[str]
    frequencies: Phrases
    no_names: frozenset[str]
    lists: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> UseWords:
        """Build from the table of the knowledge."""
        return UseWords(
            before=_phrases(data["use"]["before"]),
            after=_phrases(data["use"]["after"]),
            allergy=_phrases(data["allergy"]),
            other=_phrases(data["other"]),
            past=_phrases(data["past"]),
            not_taken=_phrases(data["not_taken"]),
            no_denial=_phrases(data["no_denial"]),
            doses=frozenset(token for word in data["doses"] for token in tokens_of(str(word))),
            frequencies=_phrases(data["frequencies"]),
            lists=frozenset(token for word in data["lists"] for token in tokens_of(str(word))),
            no_names=frozenset(token for word in data["no_names"] for token in tokens_of(str(word))),
        )

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

    def tells_use(self, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
        """Whether words right before or behind the name of a medicine say that it is taken or given."""
        return self.before.stand_in(before) or self.after.stand_in(after)

    def was_given(self, tokens: tuple[str, ...]) -> bool:
        """Whether words say that a medicine was given, and not whether it still is."""
        return self.past.stand_in(tokens)

    def is_not_taken(self, words: str) -> bool:
        """Whether a text about one medicine says that the person does not take it."""
        return self.not_taken.stand_in(tokens_of(words))

    def speaks_otherwise(self, words: str) -> bool:
        """Whether the words speak of an allergy, an unwanted effect or a reason against the medicine."""
        tokens = tokens_of(words)
        return self.allergy.stand_in(tokens) or self.other.stand_in(tokens)


def _phrases(words: Iterable[str]) -> Phrases:
    return Phrases.of((str(word), "said") for word in words)
