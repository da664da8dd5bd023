"""How hard a text is to read: the grade of Flesch and Kincaid (1975), with syllables counted by a dictionary."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

DICTIONARY = Path(__file__).parent / "data" / "syllables" / "syllables.txt.gz"
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")


@lru_cache(maxsize=1)
def syllables() -> dict[str, int]:
    """Return how many syllables each word of the dictionary has."""
    found: dict[str, int] = {}
    for line in gzip.decompress(DICTIONARY.read_bytes()).decode().splitlines():
        count, *words = line.split()
        found.update(dict.fromkeys(words, int(count)))
    return found


def reading_grade(sentences: Iterable[str], names: Iterable[str] = ()) -> float:
    """Return the school grade for which a text is written, leaving out names of diseases and medicines.

    A word that the dictionary does not have is a name too: it lists 125,000 words of common English.
    """
    text = " ".join(f"{says.rstrip('.')}." for says in sentences)
    left_out = {word.lower() for name in names for word in _WORD.findall(name)}
    known = syllables()
    words = [word.lower() for word in _WORD.findall(text)]
    counted = [known[word] for word in words if word in known and word not in left_out]
    ends = max(1, len(_SENTENCE.findall(text)))
    return 0.39 * len(counted) / ends + 11.8 * sum(counted) / len(counted) - 15.59
