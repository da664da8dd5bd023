"""What the resources of one type were found to say, by the hash of their meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from calcinosis.population.meanings import GivenDay, Saying, Sight, table_of


@dataclass(slots=True)
class Known:
    """Meanings that were read."""

    sights: dict[int, Sight] = field(default_factory=dict)
    sayings: list[Saying] = field(default_factory=list)
    days: list[GivenDay] = field(default_factory=list)

    def add(self, sight: Sight, sayings: Iterable[Saying], days: Iterable[GivenDay]) -> None:
        """Add what was read of one meaning."""
        self.sights[sight.meaning] = sight
        self.sayings += sayings
        self.days += days

    @property
    def needs_numbers(self) -> bool:
        """Whether any meaning has to be read number by number."""
        return any(sight.needs_number for sight in self.sights.values())

    def needing_table(self) -> pa.Table:
        """Return which meanings are known, and whether they have to be read number by number."""
        return self.sights_table().select(["meaning", "needs_number"])

    def sights_table(self) -> pa.Table:
        """Return a row for each meaning, for the engine."""
        return table_of(self.sights.values(), Sight)

    def sayings_table(self) -> pa.Table:
        """Return a row for each saying, for the engine."""
        return table_of(self.sayings, Saying)

    def days_table(self) -> pa.Table:
        """Return a row for each day that is given as it is, for the engine."""
        return table_of(self.days, GivenDay)
