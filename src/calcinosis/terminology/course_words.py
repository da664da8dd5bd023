"""Words by which what happened to one person is followed: methods of measuring, parts of sites, pauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of

Lineage = Literal["split", "merged", ""]
_DENIED_WITHIN = 4


class CourseWords(Struct, frozen=True):
    """Finds in texts how something was measured, which part of a site is meant, and that a stop is a pause.

    ``lesions`` are the words by which a form asks for the size of one lesion, with the facts that hold it.
    """

    methods: Phrases
    parts: Phrases
    pauses: Phrases
    gone: Phrases
    lineage: Phrases
    denials: Phrases
    lesions: Mapping[str, str]

    @staticmethod
    def of(table: Mapping[str, object]) -> CourseWords:
        """Build from the table of the knowledge."""
        return CourseWords(
            _by_name(table["methods"]),
            _by_name(table["parts"]),
            _plain(table["pauses"]),
            _plain(table["gone"]),
            _by_name(table["lineage"]),
            _plain(table["lineage_denied"]),
            _words(table["lesions"]),
        )

    def method(self, words: str) -> str:
        """Return how something was measured, by its plain name; the words themselves where no name is known."""
        found = sorted(set(_meant(words, self.methods)))
        return found[0] if len(found) == 1 else " ".join(words.lower().split())[:60]

    def method_named(self, words: str) -> str:
        """Return the plain name of the one method that words name; empty where they name none or several."""
        found = set(_meant(words, self.methods))
        return found.pop() if len(found) == 1 else ""

    def parts_of(self, words: str) -> frozenset[str]:
        """Return the parts of a site that words name: the thumb, the tip, the inner side."""
        return frozenset(_meant(words, self.parts))

    def is_gone(self, words: str) -> bool:
        """Whether words say that something was there and is found no more."""
        return self.gone.stand_in(tokens_of(words))

    def lineage_of(self, words: str) -> Lineage:
        """Return whether words say that one lesion became several, or several one; empty where they do not."""
        tokens = tokens_of(words)
        for start, _, meaning in self.lineage.places(tokens, 0, len(tokens)):
            if not self.denials.stand_in(tokens[max(0, start - _DENIED_WITHIN) : start]):
                return "split" if meaning == "split" else "merged"
        return ""

    def is_pause(self, words: str) -> bool:
        """Whether words say that a stop is meant to end."""
        return self.pauses.stand_in(tokens_of(words))


def _plain(listed: object) -> Phrases:
    assert isinstance(listed, list)
    return Phrases.of((word, "") for word in listed)


def _by_name(table: object) -> Phrases:
    assert isinstance(table, Mapping)
    return Phrases.of((word, name) for name, words in table.items() for word in words)


def _words(table: object) -> dict[str, str]:
    assert isinstance(table, Mapping)
    return {word: fact for fact, words in table.items() for word in words}


def _meant(text: str, phrases: Phrases) -> Iterator[str]:
    tokens = tokens_of(text)
    return (meaning for _, _, meaning in phrases.places(tokens, 0, len(tokens)))
