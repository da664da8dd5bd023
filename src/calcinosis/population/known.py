"""What the resources of one type were found to say, by the hash of their meaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from calcinosis.population.meanings import GivenDay, Saying, Sight, table_of


@dataclass(slots=True)
class Known:
    """Meanings that were read; ``hash_type`` is how the engine writes hashes."""

    hash_type: pa.DataType = field(default_factory=pa.int64)
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

    def sights_table(self) -> pa.Table:
        """Return a row for each meaning, for the engine."""
        return self._table(self.sights.values(), Sight)

    def sayings_table(self) -> pa.Table:
        """Return a row for each saying, for the engine."""
        return self._table(self.sayings, Saying)

    def days_table(self) -> pa.Table:
        """Return a row for each day that is given as it is, for the engine."""
        return self._table(self.days, GivenDay)

    def _table(self, found: Iterable[Any], kind: type[Any]) -> pa.Table:
        return table_of(found, kind, self.hash_type)
