"""The language of a sentence, by the small words that only one language has: what is not English is not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of

ENGLISH = "en"
_ONE_IS_ENOUGH, _WEAK = 1.0, 0.5
"""A word that other languages do not have counts one, one that stands in several counts half."""


class Languages(Struct, frozen=True):
    """The small words of each language that is recognised."""

    words: Mapping[str, Mapping[str, float]]
    """For each word, how much it speaks for which languages."""
    names: Mapping[str, str]
    doubts: Mapping[str, Phrases]
    """The words of each language that deny or doubt what stands beside them."""

    @staticmethod
    def of(data: Mapping[str, Any]) -> Languages:
        """Build from ``terminology/languages.yaml``."""
        words: dict[str, dict[str, float]] = {}
        for code, language in data.items():
            for weight, listed in ((_ONE_IS_ENOUGH, language["own"]), (_WEAK, language.get("shared", ()))):
                for word in listed:
                    for token in tokens_of(str(word)):
                        words.setdefault(token, {})[code] = weight
        return Languages(
            words,
            {code: language["name"] for code, language in data.items()},
            {
                code: Phrases.of((str(word), code) for word in language.get("doubts", ()))
                for code, language in data.items()
            },
        )

    def of_words(self, tokens: Sequence[str], usual: str = ENGLISH) -> str:
        """Return the language of words: the one that most small words speak for; ``usual`` where none does."""
        return self.of_weights(self.weights(tokens), usual)

    def weights(self, tokens: Iterable[str]) -> dict[str, float]:
        """Return how much words speak for which languages, each word once: ticks ("Y") are no Spanish."""
        found: dict[str, float] = {}
        for token in self.words.keys() & set(tokens):
            for code, weight in self.words[token].items():
                found[code] = found.get(code, 0.0) + weight
        return found

    def of_weights(self, found: Mapping[str, float], usual: str = ENGLISH) -> str:
        """Return the language that most small words speak for; ``usual`` where none does."""
        if not found:
            return usual
        most = max(found.values())
        if most < _ONE_IS_ENOUGH:
            return usual
        best = [code for code, score in found.items() if score == most]
        return ENGLISH if ENGLISH in best else (usual if usual in best else min(best))

    def is_doubted(self, text: str) -> bool:
        """Whether a text in a language that is not read denies or doubts what it names."""
        language = self.of_text(text)
        return language != ENGLISH and self.doubts[language].stand_in(tokens_of(text))

    def of_text(self, text: str) -> str:
        """Return the language that most of a text is written in."""
        return self.of_words(tokens_of(text[:20_000]))
