"""A question in words that others like it share: a kind of thing for its names, one word for those of one meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from calcinosis.answers.intents import ALONE, Examples, Likely, examples_of
from calcinosis.answers.names import DISEASE, JOIN, Names, found_in, names_of_entries, sites_by_word, words_only
from calcinosis.answers.prepared import prepared
from calcinosis.answers.stems import stem
from calcinosis.compiled import Knowledge
from calcinosis.library.library import Library

_SITE, _PERSON = "@site", "@person"
Named = Iterable[tuple[int, int, str]]


class Shape(Struct, frozen=True):
    """How words are read before they are compared."""

    kinds: Mapping[str, str]
    """The kind of thing that stands for each entry."""
    same: Mapping[str, str]
    """One word for those of one meaning."""
    sites: frozenset[str]
    persons: frozenset[str]
    light: frozenset[str]

    def words(self, tokens: tuple[str, ...], named: Named) -> Iterator[str]:
        """Yield the words of a question; what is named gives its kind, and itself as a word that stands alone."""
        phrases = {place: (length, meaning) for place, length, meaning in named}
        place = 0
        while place < len(tokens):
            length, meaning = phrases.get(place, (1, ""))
            entry = meaning.split(JOIN)[0]
            if entry in self.kinds:
                yield self.kinds[entry]
                yield f"{ALONE}{entry}"
                place += length
            else:
                if tokens[place] not in self.light:
                    yield self._word(tokens[place])
                place += 1

    def _word(self, token: str) -> str:
        if token in self.sites:
            return _SITE
        return _PERSON if token in self.persons else self.same.get(stem(token), token)


def intents_of(tokens: tuple[str, ...], named: Named, known: Knowledge) -> tuple[Likely, ...]:
    """Return the intents that a question may have, the most likely first."""
    shape, examples = examples_by_intent(known)
    return examples.like(shape.words(tokens, named), names_of_entries(known).words)


def words_of_no_example(words: Iterable[str], known: Knowledge) -> tuple[str, ...]:
    """Return the words that no example has, by which a question asks of something else."""
    shape, examples = examples_by_intent(known)
    return tuple(word for word in words if not any(map(examples.has, shape.words((word,), ()))))


def examples_by_intent(known: Knowledge) -> tuple[Shape, Examples]:
    """Return how words are read before they are compared, and the example questions of each intent."""
    return prepared("examples", known, lambda: _examples(known))


def _examples(known: Knowledge) -> tuple[Shape, Examples]:
    asked, names = known.terms.questions, names_of_entries(known)
    shape = Shape(
        kinds=_kinds(known.library),
        same={stem(word): group[0] for group in reversed(asked.same) for word in group},
        sites=frozenset(word for group in sites_by_word(known.library) for word in group),
        persons=asked.told.persons,
        light=asked.light,
    )
    return shape, examples_of(asked.intents, _asked(shape, names, known))


def _asked(shape: Shape, names: Names, known: Knowledge) -> Iterator[tuple[int, tuple[str, ...]]]:
    for place, intent in enumerate(known.terms.questions.intents):
        for question in intent.asked:
            tokens = words_only(question)
            yield place, tuple(shape.words(tokens, found_in(tokens, names.phrases)))


def _kinds(library: Library) -> dict[str, str]:
    folders = {"@disease": (DISEASE, *library.types), "@illness": (*library.causes, *library.look_alikes),
               "@treatment": library.treatments, "@test": library.investigations}  # fmt: skip
    return {entry: kind for kind, entries in reversed(folders.items()) for entry in entries}
