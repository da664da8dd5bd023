"""Which entry of several with one name is meant: other words of a question pick it out."""

from __future__ import annotations

from collections.abc import Iterable

from calcinosis.answers.names import words_only
from calcinosis.answers.stems import stem
from calcinosis.compiled import Knowledge


def narrowed(group: tuple[str, ...], tokens: tuple[str, ...], known: Knowledge) -> tuple[str, ...]:
    """Return those of one name that another word of the question picks out, as intralesional does of thiosulfate."""
    if len(group) == 1:
        return group
    said = {stem(token) for token in tokens}
    for of_one in (_words_for, _meanings_for):
        words = {entry: {stem(word) for word in of_one(entry, known)} for entry in group}
        common = set.intersection(*words.values())
        picked = tuple(entry for entry in group if (words[entry] - common) & said)
        if picked:
            return picked
    return group


def _words_for(entry: str, known: Knowledge) -> set[str]:
    """Return the words of the names of an entry."""
    name = getattr(known.library.entry(entry), "name", "")
    called = known.terms.questions.called.get(entry, ())
    words = {word for text in (entry.replace("-", " "), name, *called) for word in words_only(text)}
    return words - known.terms.questions.silent


def words_that_pick(
    groups: Iterable[tuple[str, ...]], meanings: Iterable[tuple[str, ...]], known: Knowledge
) -> frozenset[str]:
    """Return the words that picked an entry out of those of one name, which ask nothing besides."""
    picked = {entry for group in groups if group not in meanings for entry in group}
    return frozenset(word for entry in picked for word in _meanings_for(entry, known))


def _meanings_for(entry: str, known: Knowledge) -> set[str]:
    """Return the words of the names of an entry, and those of the same meaning."""
    own = _words_for(entry, known)
    same = (group for group in known.terms.questions.same if not own.isdisjoint(group))
    return own.union(*same)
