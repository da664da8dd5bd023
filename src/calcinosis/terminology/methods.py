"""How the findings of a sentence were made, under the microscope or on a film: the method named before binds."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.terminology.concepts import Spots

METHODS = ("histology", "imaging", "examination", "laboratory", "history")
"""Where words of several stand together, the first of these counts: a biopsy under ultrasound is a biopsy."""
_TOGETHER = 4
"""Words between two methods that are one: "ultrasound-guided core biopsy"."""


class Methods(Struct, frozen=True):
    """The methods that a sentence names, with their places, and the one that holds where none is named."""

    usual: str
    named: tuple[tuple[int, str], ...] = ()

    @staticmethod
    def of(spots: Spots, usual: str) -> Methods:
        """Return the methods of a sentence by the concepts in it."""
        named = sorted((span[0], one) for one in METHODS for span in spots.get(one, ()))
        joined: list[tuple[int, int, str]] = []
        for place, one in named:
            if joined and place - joined[-1][1] <= _TOGETHER:
                start, _, before = joined[-1]
                joined[-1] = (start, place, min(before, one, key=METHODS.index))
            else:
                joined.append((place, place, one))
        return Methods(usual, tuple((start, one) for start, _, one in joined))

    @property
    def main(self) -> str:
        """The method of the sentence as a whole."""
        return min((one for _, one in self.named), key=METHODS.index, default=self.usual)

    def at(self, place: int) -> str:
        """Return the method of what stands at a place: the last named before it, else the first behind it."""
        before = [one for start, one in self.named if start <= place]
        if before:
            return before[-1]
        return self.named[0][1] if self.named else self.usual
