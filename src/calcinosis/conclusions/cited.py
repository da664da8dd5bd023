"""The lines of an assessment that cite: what was found in a person, and what the knowledge says."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.rules.vocabulary import Origin


class Reason(Struct, frozen=True):
    """One line of a trace: what was found, its truth, where it was read, what supports the rule."""

    says: str
    truth: str
    from_: tuple[Origin, ...] = ()
    cite: tuple[str, ...] = ()
    fact: str = ""

    def __hash__(self) -> int:
        return hash((self.says, self.fact))


class Cited(Struct, frozen=True):
    """A sentence with its sources; ``plain`` says it to a patient."""

    says: str
    cite: tuple[str, ...] = ()
    plain: str = ""
