"""What a heading within a line makes of what follows its colon: "Previous treatments: colchicine"."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.terminology.context import SENSES, Heard
from calcinosis.terminology.sentence import ADVISED, Scope, SentenceParts

_LONGEST = 7
"""Words of a heading."""
_ENDS = frozenset({";", ":", ".", "?", "!"})
_HEAD = "head "
_SENSES: dict[str, Heard] = {**SENSES, "asked": "asked", "general": "general"}


def of_headings(sentence: SentenceParts) -> Iterator[Scope]:
    """Yield what stands behind the headings in a sentence, up to the next."""
    if not any(kind.startswith(_HEAD) for kind in sentence.by_kind):
        return
    colons = [at for at in range(sentence.start, sentence.end) if sentence.tokens[at] == ":"]
    for number, colon in enumerate(colons):
        first = next(
            (at + 1 for at in range(colon - 1, sentence.start - 1, -1) if sentence.tokens[at] in _ENDS), sentence.start
        )
        heads = [
            kind for start, end, kind in sentence.marks if first <= start and end <= colon and kind.startswith(_HEAD)
        ]
        if heads and colon - first <= _LONGEST:
            last = sentence.end_of_clause(colon)
            if number + 1 < len(colons):
                last = min(last, colons[number + 1])
            yield Scope(colon + 1, last, _SENSES[heads[-1].removeprefix(_HEAD)], ADVISED)
