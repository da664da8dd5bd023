"""The lines of an assessment that cite: what was found in a person, and what the knowledge says."""

from __future__ import annotations

from calcinosis.data_classes import dataclass
from calcinosis.rules.vocabulary import Origin


@dataclass(slots=True)
class Reason:
    """One line of a trace: what was found, its truth, where it was read, what supports the rule.

    Nothing changes it once it is made; it is not declared frozen because an assessment makes dozens.
    """

    says: str
    truth: str
    from_: tuple[Origin, ...] = ()
    cite: tuple[str, ...] = ()
    fact: str = ""

    def __hash__(self) -> int:
        return hash((self.says, self.fact))


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence with its sources; ``plain`` says it to a patient."""

    says: str
    cite: tuple[str, ...] = ()
    plain: str = ""
