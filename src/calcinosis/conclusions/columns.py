"""The columns of one row a person: of a screen, and of a table of many records."""

from __future__ import annotations

from calcinosis.library.entries import TYPE_IDS

DECEASED = "deceased"
LISTS = ("red_flags", "causes", "avoid_active")
COLUMNS = (
    "patient_id",
    "as_of",
    "presentation",
    "leading_type",
    *(f"type_{name}" for name in TYPE_IDS),
    *LISTS,
    DECEASED,
)
"""The columns in the order of the contract."""
