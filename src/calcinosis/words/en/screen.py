"""The page of a screen in words."""

from __future__ import annotations

TITLE, DOCUMENT_TITLE = "Screen of {patients} patients", "Screen of {patients} patients: calcinosis"
SUPPRESSED, BELOW = "Numbers below {least} are not shown.", "below {least}"
COHORT, COHORT_NOTE = "How the cohort was found", "Every patient is counted in one line."
TYPES, TYPES_NOTE, TYPE, LEADS = "Types", "A patient can have several types; one leads.", "Type", "Leads"
RED_FLAGS, RED_FLAGS_NOTE = "Red flags", "What cannot wait."
MEDICINES, MEDICINES_NOTE = "Medicines to review", "Taken now, and to be avoided in this person."
CAUSES, CAUSES_NOTE = "Causes", "Confirmed or suspected."
MISSING = "Most often missing"
MISSING_NOTE = "Of {patients} patients who may have calcium in the skin, those whose record does not mention it."
READ, READ_NOTE, NOT_READ = "Resources read", "Lines by type.", " Not read, because nothing in them is used: {kinds}."
UNKNOWN, UNUSED, BY_RESOURCES = "Names and codes that match no fact", "Values that could not be used", "By resources."
NUMBER = "Number"
LEFT_OUT, LEFT_OUT_NOTE = "Lines left out", "{count:,} lines could not be used."
LEFT_OUT_NAMED = "{count:,} lines could not be used; the first are named here."
PROBLEM, PROBLEM_OF_FILE = (
    "{file}, line {line}: {found}; expected {expected}",
    "{file}: {found}; expected {expected}",
)
KNOWLEDGE = "Knowledge {version}, checked {day}"
