"""What is said of a clinic note, in English."""

from __future__ import annotations

LANGUAGE = "words in {language}"
OUTCOME_UNREAD = "what {name} showed"
"""A test that a sentence names, with nothing that was read of its outcome."""
NOTHING_READ = "a sentence of which nothing was read"
SEEN = "seen, not understood: {words}"
"""A finding that was seen and that no fact covers."""
NOT_ENGLISH = "it names {name} in {language}, which is not read: left open"
STRUCK = "struck out by the reader: {name}"
NO_NOTE = "a text of which nothing could be read"
NOTE_EXPECTED = "a FHIR record, a form, or a clinic note in English"
NOTE_REMEDY = "write what is known as a form, one line per fact: `warfarin: no`"
OF_NOBODY = "a text about the disease in general, which names no person"
NOTE_OF_A_PERSON = "a clinic note about one person"
SAY_OF_WHOM = "if it is about a person, say of whom: `a woman of 54`"
