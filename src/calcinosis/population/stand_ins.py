"""What stands in a meaning for the dates and numbers that were taken out of it."""

from __future__ import annotations

DAY, END = "2000-01-01", "2000-01-03"
"""Stand-ins for the day on which something began and the one on which it ended."""
TIMED = f"{DAY}T00"
NUMBER = "taken out: number"
"""Stand-in for a number."""
VALUE = '{"value":'
"""How a quantity begins whose number is taken off."""


def with_stand_in(written: str) -> str:
    """Return the JSON of a quantity, with a stand-in for the number that was taken off its beginning."""
    return written if written.startswith("{") else f'{VALUE}"{NUMBER}"{written}'
