"""What stands in a record and was not read, by what kept it from being read."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.rules.vocabulary import Origin

NotReadKind = Literal["kind", "attachment", "language", "code", "number", "words", "not-stated", "asked"]
"""A kind of resource, an attachment, a language, a code without words, a number without a known name, words of which
nothing was understood, what is said not to be stated, and what is only asked."""


class NotRead(Struct, frozen=True, order=True):
    """Something of one kind that was not read: where it first stands, what it says, how often."""

    kind: NotReadKind
    says: str
    origin: Origin
    count: int = 1


class Unread(Struct):
    """What a reader meets and does not read, each text once with its count and the first place."""

    found: dict[tuple[NotReadKind, str], tuple[Origin, int]]

    def add(self, kind: NotReadKind, says: str, origin: Origin, count: int = 1) -> None:
        """Count something that is not read."""
        first, before = self.found.get((kind, says), (origin, 0))
        self.found[kind, says] = (min(first, origin), before + count)

    def listed(self) -> tuple[NotRead, ...]:
        """Return everything that was not read, in order."""
        return tuple(sorted(NotRead(kind, says, *where) for (kind, says), where in self.found.items()))
