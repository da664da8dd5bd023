"""What stands in the box of what was entered, and what was looked at for dangers."""

from __future__ import annotations

ENTERED = "Entered"
GROUPS: dict[str, str] = {
    "person": "Person",
    "findings": "Findings and history",
    "medicines": "Medicines",
    "values": "Values",
    "not-counted": "Read, but not counted",
    "not-read": "Not read",
}
NOTHING_READ = "Nothing was read."
MORE_PLACES = "{place} and {count} more"
OF_DAY = "{title}, {day}"
WITH_SENSE = "{name} ({sense})"

ASKED_ABSENT = "Asked for and absent"
NOT_ASKED = "Not asked, so not excluded"
AND_MORE = "{names} and {count} more"
