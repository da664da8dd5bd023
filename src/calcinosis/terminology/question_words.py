"""What a question asks for, by the words of ``terminology/questions.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of


@dataclass(frozen=True)
class QuestionWords:
    """Phrases by the aspect that they ask for, of the disease, of asking for a decision, and silent words.

    ``same`` are groups of words with one meaning; ``elsewhere`` is calcium that lies in no skin of a person,
    ``everywhere`` are words of the disease that tell no statement from another.
    """

    aspects: Phrases
    disease: Phrases
    called: Mapping[str, tuple[str, ...]]
    """Other names of entries, by id."""
    decide: Phrases
    interrogatives: frozenset[str]
    commands: Phrases
    elsewhere: Phrases
    same: tuple[tuple[str, ...], ...]
    silent: frozenset[str]
    everywhere: frozenset[str]
    words: frozenset[str]
    """Every word of these phrases."""

    @staticmethod
    def of(data: Mapping[str, Any]) -> QuestionWords:
        """Build from ``terminology/questions.yaml``."""
        phrases = [word for words in data["aspects"].values() for word in words]
        phrases += [word for group in data["same"] for word in group]
        phrases += [*data["disease"], *data["decide"], *data["elsewhere"], *data["silent"]]
        return QuestionWords(
            aspects=Phrases.of((str(word), aspect) for aspect, words in data["aspects"].items() for word in words),
            disease=_phrases(data["disease"], "disease"),
            called={entry: tuple(map(str, names)) for entry, names in data["called"].items()},
            decide=_phrases(data["decide"], "decide"),
            interrogatives=frozenset(map(str, data["interrogatives"])),
            commands=_phrases(data["commands"], "command"),
            elsewhere=_phrases(data["elsewhere"], "elsewhere"),
            same=tuple(tuple(token for word in group for token in tokens_of(str(word))) for group in data["same"]),
            silent=frozenset(token for word in data["silent"] for token in tokens_of(str(word))),
            everywhere=frozenset(token for word in data["everywhere"] for token in tokens_of(str(word))),
            words=frozenset(token for word in phrases for token in tokens_of(str(word))),
        )


def _phrases(words: list[Any], meaning: str) -> Phrases:
    return Phrases.of((str(word), meaning) for word in words)
