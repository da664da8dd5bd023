"""What the knowledge says to patients can be read by them."""

from __future__ import annotations

from calcinosis.answers.statements import statements_of
from calcinosis.compiled import knowledge
from tests.reading_grade import reading_grade

GRADE = 6
ENOUGH_WORDS = 12
"""A shorter text has too few words for a grade; one long word decides it."""


def test_plain_statements_are_for_the_sixth_grade() -> None:
    """Each statement for patients has that grade at most, without the names of diseases and medicines."""
    library = knowledge().library
    names = [fact.name for fact in library.facts.values() if fact.kind == "medicine"]
    names += [kind.name for kind in library.types.values()] + [cause.name for cause in library.causes.values()]
    plain = {told.plain: told.entry for told in statements_of(library) if len(told.plain.split()) >= ENOUGH_WORDS}
    hard = {text: entry for text, entry in plain.items() if reading_grade([text], names) > GRADE}
    assert len(plain) > 300
    assert hard == {}
