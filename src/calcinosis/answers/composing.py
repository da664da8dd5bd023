"""How a chosen statement is told: with the name of what it is about where nothing else tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from calcinosis.answers.answer import Audience, Said
from calcinosis.answers.question import Question
from calcinosis.answers.statements import Told
from calcinosis.answers.stems import stem
from calcinosis.library.entries import Cause, Investigation, LookAlike, Treatment, Type
from calcinosis.library.library import Library
from calcinosis.library.subjects import short_name
from calcinosis.terminology.tokens import tokens_of
from calcinosis.words.en import answers as words

Thing: TypeAlias = Type | Cause | Treatment | Investigation | LookAlike
_LETTERS, _COMMON = 5, 4
"""A word of fewer letters names nothing, nor does one that stands in the names of more entries."""
_SAME = 0.75
"""The share of words that makes two statements one."""


def told_to(asked: Question, library: Library, audience: Audience, one: Told, is_continued: bool) -> tuple[str, Said]:
    """Return the words of a statement for a reader, and how it is told: with its subject where nothing else names that.

    The question may name it alone, the statement itself, or the one before it, which it continues.
    """
    says = told = text_for(one, audience)
    entry = None if is_continued or asked.named == ((one.entry,),) else things(library).get(one.entry)
    if entry is not None and _names(entry, library).isdisjoint(map(stem, tokens_of(says))):
        told = words.OF_SUBJECT.format(name=short_name(entry.name), says=says)
    if not is_continued and told == says and (where := _where(one, asked, library, audience)):
        told = words.OF_SUBJECT.format(name=where, says=says)
    if audience == "patient" and one.aspect == "dose" and not one.plain and not is_continued:
        told = words.DOSE_FOR_PATIENTS.format(says=told)
    return says, Said(told, one.cite, one.entry)


def _where(one: Told, asked: Question, library: Library, audience: Audience) -> str:
    """Return of which type alone a statement holds where no disease is named; of the commonest nothing is said."""
    is_general = not any(name in library.types or name in library.causes for name in asked.entries)
    if len(one.types) != 1 or not is_general or one.entry in library.types:
        return ""
    named = tokens_of(one.plain if audience == "patient" and one.plain else one.says)
    kind = library.types[one.types[0]]
    is_named = not (_names(kind, library) | {stem(kind.id)}).isdisjoint(map(stem, named))
    return "" if is_named else words.WHERE[audience].get(kind.id, "")


def is_same(one: str, other: str) -> bool:
    """Whether two sentences tell nearly the same: the shorter has most of its longer words from the other."""
    numbers = [{token for token in tokens_of(text) if token[0].isdigit()} for text in (one, other)]
    if all(numbers) and numbers[0].isdisjoint(numbers[1]):
        return False
    first, second = frozenset(_stems(one)), frozenset(_stems(other))
    return len(first & second) >= _SAME * min(len(first), len(second))


def text_for(one: Told, audience: Audience) -> str:
    """Return a statement in the words for an audience."""
    return one.plain or one.says if audience == "patient" else one.says


@lru_cache(maxsize=2)
def things(library: Library) -> dict[str, Thing]:
    """Return the entries that can be the subject of a sentence."""
    folders = (library.types, library.causes, library.treatments, library.investigations, library.look_alikes)
    return {name: entry for folder in folders for name, entry in folder.items()}


def _names(entry: Thing, library: Library) -> frozenset[str]:
    """Return the stems of the words that name an entry and few others."""
    common = _commonness(library)
    return frozenset(one for one in _stems(short_name(entry.name)) if common[one] <= _COMMON)


@lru_cache(maxsize=2)
def _commonness(library: Library) -> Counter[str]:
    """Return in the names of how many entries each stem stands."""
    return Counter(one for entry in things(library).values() for one in set(_stems(short_name(entry.name))))


def _stems(text: str) -> Iterator[str]:
    yield from (stem(token) for token in tokens_of(text) if len(token) >= _LETTERS)
