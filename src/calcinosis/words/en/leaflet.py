"""The fixed words of leaflets."""

from __future__ import annotations

WHEN = "When to get help"
HELP: dict[str, str] = {
    "now": "Hospital now",
    "today": "A doctor today",
    "two_days": "Within two days",
    "visit": "At the next visit",
}
"""The heading of what needs help, by the time within which."""
WHAT, DONE, UNPROVEN, DO, BRING, ASK = (
    "What it is", "What is done", "What is not proven", "What you can do", "Bring to the visit", "Ask your doctor",
)  # fmt: skip
ASK_TREATMENT = "Would {name} be right for me?"
ASK_TEST = "Do I need this test: {name}?"
ASK_CAUSE = "Does this play a part for me: {name}?"
SOURCES = "Sources:"
CHECKED = "Checked on {day}."
