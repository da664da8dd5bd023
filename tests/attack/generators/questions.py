"""Questions of the tests' lists, changed: joined, cut, misspelled, with words and sentences of notes within."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from tests.attack.generators.mutations import CHANGES

QUESTIONS = Path(__file__).parent.parent.parent / "data" / "questions.yaml"
_BETWEEN = (" ", "? ", " and ", " or ", "\n", " vs ", ", ", " while taking ", " if ", " but ")


@lru_cache(maxsize=1)
def asked() -> tuple[str, ...]:
    """Return the questions of the list."""
    told = YAML(typ="safe", pure=True).load(QUESTIONS)
    listed = (one for group in told.values() for one in group if isinstance(one, dict))
    return tuple(one["ask"] for one in listed if "ask" in one)


def question(sentences: list[str], chance: Random) -> str:
    """Return a question, changed a few times."""
    parts = chance.sample(asked(), chance.randrange(1, 4))
    if chance.random() < 0.2:
        parts.append(chance.choice(sentences))
    text = chance.choice(_BETWEEN).join(parts)
    for _ in range(chance.randrange(1, 5)):
        text = chance.choice(CHANGES)(text, chance) or "gout"
    return text
