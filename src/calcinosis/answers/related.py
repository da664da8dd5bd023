"""What else can be asked: of the first thing that a question names, or of the disease."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.answers.composing import Thing, things
from calcinosis.answers.index import StatementIndex
from calcinosis.answers.question import Question
from calcinosis.library.library import Library
from calcinosis.library.subjects import short_name
from calcinosis.words.en import answers as words

_MOST = 4


def related(asked: Question, index: StatementIndex, library: Library) -> Iterator[str]:
    """Yield questions on the first named thing of which something is told that was not asked, or on the disease."""
    known = things(library)
    thing = next((known[name] for name in asked.entries if name in known), None)
    rows = index.own.get(thing.id, ()) if thing else range(len(index.told))
    told = {index.told[row].aspect for row in rows}
    questions = words.RELATED[type(thing).__name__ if thing else "Type"]
    left = [says for aspect, says in questions.items() if aspect not in asked.aspects and aspect in told]
    yield from (says.format(name=_name(thing)) for says in left[:_MOST])


def _name(thing: Thing | None) -> str:
    """Return the name of a thing, or of the disease, within a sentence."""
    name = short_name(thing.name) if thing else words.DISEASE
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
