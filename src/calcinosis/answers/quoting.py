"""A statement that a leaflet or a quiz names by its entry and how it begins."""

from __future__ import annotations

from calcinosis.answers.answer import Audience, Said
from calcinosis.answers.composing import text_for
from calcinosis.answers.index import statement_index
from calcinosis.compiled import Knowledge
from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.lesson import Quoted
from calcinosis.words.en import knowledge as words


def quoted(one: Quoted, audience: Audience, known: Knowledge) -> Said:
    """Return a statement for a reader. Raises KnowledgeError where none of that entry begins so or has the words."""
    index = statement_index(known)
    for row in index.own.get(one.entry, ()):
        told = index.told[row]
        if told.says.startswith(one.begins) and told.cite and (told.plain or audience == "clinician"):
            return Said(text_for(told, audience), told.cite, told.entry)
    raise KnowledgeError([Problem(one.entry, 0, one.begins, words.QUOTE_EXPECTED)])
