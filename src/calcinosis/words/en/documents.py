"""Files, addresses and settings that cannot be used, and what belongs to every document."""

from __future__ import annotations

INFORMS = "For clinicians, to inform; it shows the basis of every line and never replaces their judgement."
NOT_REVIEWED = "No clinician has reviewed this knowledge yet."
PRINTED_FOOT = "calcinosis, knowledge {version}. No clinician has reviewed it yet."
"""At the foot of each printed page."""
SUPERVISED = "It is not a device for decisions without supervision."
INTENDED_USE = f"{INFORMS} {NOT_REVIEWED} {SUPERVISED}"
"""What stands under every document, on the screen and on paper."""

PROBLEM = "{place}\n  found     {found}\n  expected  {expected}"
REMEDY = "\n  remedy    {remedy}"
EXTRA_MISSING = "this needs {libraries}: pip install 'calcinosis[{extra}]'"
EVIDENCE_LIBRARIES = "the statistics and plot libraries"

THE_RECORD_ITSELF, ANOTHER_FILE = "the record itself", "another file to write to"
WRITABLE_FILE, WRITABLE_FOLDER = "a file that can be written", "a folder that can be written"
UNWRITABLE, STANDARD_OUTPUT = "a place that cannot be written", "standard output"

UNUSABLE_ADDRESS, FREE_PORT, TRY_PORT = "an address that cannot be used", "a free port", "try another one with --port"
SHORT_TOKEN = "{count} letters can be guessed; take at least {least}"
TOKEN_NEEDED = '"{host}" can be reached by other computers: give a token of at least {least} letters'
UNKNOWN_PLACE, LINE_OF = "an unknown place", "{function}, line {line}"

THE_ANSWERS = "the answers"
API_RECORD = "The record of one person: FHIR R4 as JSON or NDJSON, or a YAML form."
API_AS_OF = "The day to assess at; by default the record's last."
API_FOLDER = "Only entries of this folder, such as types."
ID_OF_TREATMENT, NO_ENTRY = "the id of a treatment", "no entry of this name"
NO_DAY, MEND_DAY = "something that is not a date", "leave it out, or correct it"

DISAGREED, LOOKED_IN = "{subject}   (the pages disagree)", " Looked in: {places}"
CLAIMS_COUNTED = "{count} claims: {verdicts}"
CLAIM = "{verdict}: {says} [{source}, line {line}; {id}]"
SOURCE_LINE = "{id}: {citation} ({rank}, read: {read}) {link}"
