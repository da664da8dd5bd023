"""Forms written in a line, and what the whole knowledge makes of them."""

from __future__ import annotations

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.readers.recognise import parse_record


def assessed(**answers: str) -> Assessment:
    """Return the assessment of a form with these answers."""
    lines = "\n".join(f"{fact}: {answer}" for fact, answer in answers.items())
    known = knowledge()
    return assess_record(parse_record(lines.encode(), known.terms, "a form"), known.library)
