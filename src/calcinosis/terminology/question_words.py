"""What a question asks for, by the words of ``terminology/questions.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of


@dataclass(frozen=True)
class QuestionWords:
    """Phrases by the aspect that they ask for, of the disease, of asking for a decision, and silent words."""

    aspects: Phrases
    disease: Phrases
    called: Mapping[str, tuple[str, ...]]
    """Other names of entries, by id."""
    decide: Phrases
    commands: Phrases
    silent: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> QuestionWords:
        """Build from ``terminology/questions.yaml``."""
        return QuestionWords(
            aspects=Phrases.of((str(word), aspect) for aspect, words in data["aspects"].items() for word in words),
            disease=Phrases.of((str(word), "disease") for word in data["disease"]),
            called={entry: tuple(map(str, names)) for entry, names in data["called"].items()},
            decide=Phrases.of((str(word), "decide") for word in data["decide"]),
            commands=Phrases.of((str(word), "command") for word in data["commands"]),
            silent=frozenset(token for word in data["silent"] for token in tokens_of(str(word))),
        )
