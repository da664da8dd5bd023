"""What records write where there is nothing to name: no known allergy, no medicine, no problem, or nothing told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

from msgspec import Struct

from calcinosis.terminology.names import Phrases, phrases_by_kind
from calcinosis.terminology.tokens import tokens_of

Nothing = Literal["", "allergies", "none", "other", "not-told"]
"""Of what there is none: of allergies to medicines, of what the list is of, of something else; or nothing is told."""
_MARKS = frozenset(".,;:!?")


class NothingKnown(Struct, frozen=True):
    """The codes and the whole words of ``terminology/nothing-known.yaml``."""

    codes: Mapping[str, Nothing]
    words: Phrases

    @staticmethod
    def of(data: Mapping[str, Any]) -> NothingKnown:
        """Build from the table of the knowledge."""
        kinds = [kind for kind in get_args(Nothing) if kind]
        tables = {kind: data[kind.replace("-", "_")] for kind in kinds}
        return NothingKnown(
            codes={code: kind for kind, table in tables.items() for code in table["codes"]},
            words=phrases_by_kind({kind: table["words"] for kind, table in tables.items()}, data["lists"]),
        )

    def says(self, codes: Iterable[str], told: Iterable[str]) -> Nothing:
        """Return of what a concept says that there is none, by its codes or by one of its texts as a whole."""
        coded = (self.codes[code] for code in codes if code in self.codes)
        worded = (kind for words in told if (kind := self._whole(words)))
        return next(coded, "") or next(worded, "")

    def _whole(self, words: str) -> Nothing:
        tokens = tuple(one for one in tokens_of(words.partition(" (")[0]) if one not in _MARKS)
        found = self.words.at(tokens, 0) if tokens else None
        return next((kind for kind in get_args(Nothing) if found == (len(tokens), kind)), "")
