"""The columns of the tables that a screen and its engine exchange."""

from __future__ import annotations

import pyarrow as pa

_TEXT, _NUMBER, _TRUTH, _INTEGER = pa.string(), pa.float64(), pa.bool_(), pa.int64()

PEOPLE = pa.schema({"person_id": _TEXT, "person": _INTEGER})
REFERRED = pa.schema({"address": _TEXT, "referred": _TEXT})
CHOSEN = pa.schema({"person": _INTEGER, "as_of": _TEXT})
DAYS = pa.schema({"person": _INTEGER, "earliest": _TEXT, "latest": _TEXT})
STAMPS = pa.schema({"person": _INTEGER, "least": _TEXT, "most": _TEXT})
ODD = pa.schema({"person": _INTEGER})
SAID = pa.schema(
    {
        "person": _INTEGER,
        **dict.fromkeys(("fact", "truth", "word", "site"), _TEXT),
        **dict.fromkeys(("weak", "once"), _TRUTH),
        **dict.fromkeys(("low", "high"), _NUMBER),
        **dict.fromkeys(("open_low", "open_high"), _TRUTH),
        **dict.fromkeys(("lower_limit", "upper_limit"), _NUMBER),
        **dict.fromkeys(("flag", "earliest", "latest", "time", "until_earliest", "until_latest", "origin"), _TEXT),
    }
)
"""What is said of a fact of a person; ``''`` where there is no date."""
SETTLED = ("presences", "words", "numbers")
"""The queries whose tables together hold what is settled of each patient."""
