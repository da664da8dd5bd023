"""How clinic notes are laid out and what they write short: the words of ``terminology/notes.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.results import ResultWords
from calcinosis.terminology.tokens import tokens_of


@dataclass(frozen=True)
class NoteWords:
    """Headings, persons, times, numerals and short names of results, and what may stand between a result and a flag."""

    sections: Mapping[tuple[str, ...], str]
    persons: Mapping[str, str]
    times: Mapping[str, str]
    numerals: Mapping[str, int]
    results: Phrases
    flags: Phrases
    between: frozenset[str]
    again: Phrases

    @staticmethod
    def of(data: Mapping[str, Any], results: ResultWords) -> NoteWords:
        """Build from ``terminology/notes.yaml`` and the words of results."""
        return NoteWords(
            sections={tokens_of(str(word)): kind for kind, words in data["sections"].items() for word in words},
            persons=_by_word(data["persons"]),
            times=_by_word(data["times"]),
            numerals={tokens_of(word)[0]: number for number, word in enumerate(data["numerals"])},
            results=Phrases.of((str(word), fact) for fact, words in data["results"].items() for word in words),
            flags=Phrases.of(results.flag_words.items()),
            between=frozenset(token for word in data["between"] for token in tokens_of(str(word))),
            again=Phrases.of((word, "again") for word in data["again"]),
        )


def _by_word(data: Mapping[str, Any]) -> dict[str, str]:
    return {token: meaning for meaning, words in data.items() for word in words for token in tokens_of(str(word))}
