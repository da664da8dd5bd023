"""A question to what it asks: of which entries, what of them, and whether it wants a decision for one person."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from calcinosis.answers.statements import statements_of
from calcinosis.compiled import Knowledge
from calcinosis.library.entries import Entry, FollowUp, RedFlag, Topic
from calcinosis.library.library import Library
from calcinosis.library.subjects import names_of, synonyms
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.question_words import QuestionWords
from calcinosis.terminology.tokens import tokens_of, without_brackets

_JOIN = "|"
_DISEASE = "disease"
_ALSO_WORDS = frozenset({"resolves", "inherited", "contagious", "home", _DISEASE})
"""What is named by words that stand in the statements that answer: some aspects, and the lump or deposit itself."""
_SHORTEST_GUESS, _CLOSE = 5, 0.79
"""A word of fewer letters is not guessed; another must be that similar."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``entries`` and ``aspects`` stand in the order of the question.

    ``is_known`` says whether it speaks of anything that the knowledge deals with; ``corrected`` are words that were
    read as others.
    """

    text: str
    words: tuple[str, ...]
    """Those that say something and neither name an entry nor say what is asked of it."""
    all_words: tuple[str, ...]
    entries: tuple[str, ...]
    aspects: tuple[str, ...]
    of_disease: bool
    decides: bool
    commands: bool
    foreign: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it speaks of the disease, or of an entry and of nothing that the knowledge does not have."""
        return self.of_disease or bool(self.entries)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of all entries as phrases, each with the ids of the entries that it names, and all known words."""

    phrases: Phrases
    words: frozenset[str]
    guesses: tuple[str, ...]
    """The words of names for which others may be meant."""


def question_of(text: str, known: Knowledge) -> Question:
    """Return what a text asks."""
    names, asked = names_of_entries(known), known.terms.questions
    tokens = tuple(token for token in tokens_of(text) if token[0].isalnum())
    tokens, corrected = _corrected(tokens, names)
    aspects = tuple(dict.fromkeys(meaning for _, _, meaning in _found(tokens, asked.aspects)))
    named = list(_found(tokens, names.phrases))
    entries = tuple(dict.fromkeys(one for _, _, meaning in named for one in meaning.split(_JOIN)))
    read = (*named, *_found(tokens, asked.disease), *_found(tokens, asked.aspects))
    spoken = {place for start, length, _ in read for place in range(start, start + length)}
    foreign = tuple(
        token
        for place, token in enumerate(tokens)
        if place not in spoken and token not in asked.silent and token not in names.words and not token.isdigit()
    )
    return Question(
        text=text,
        words=_free(tokens, (one for one in read if one[2] not in _ALSO_WORDS), asked.silent),
        all_words=tuple(token for token in tokens if token not in asked.silent),
        entries=entries,
        aspects=aspects,
        of_disease=asked.disease.stand_in(tokens) if tokens else False,
        decides=asked.decide.stand_in(tokens) if tokens else False,
        commands=asked.commands.stand_in(tokens) if tokens else False,
        foreign=foreign,
        corrected=corrected,
    )


def _found(tokens: tuple[str, ...], phrases: Phrases) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases that stand in a text, each with its place and length; none inside another."""
    place = 0
    while place < len(tokens):
        match = phrases.at(tokens, place)
        if match is not None:
            yield place, match[0], match[1]
            place += match[0]
        else:
            place += 1


def _free(tokens: tuple[str, ...], read: Iterable[tuple[int, int, str]], silent: frozenset[str]) -> tuple[str, ...]:
    """Return the words that say something and stand in no phrase that was read."""
    inside = {place for start, length, _ in read for place in range(start, start + length)}
    return tuple(token for place, token in enumerate(tokens) if token not in silent and place not in inside)


def _corrected(tokens: tuple[str, ...], names: Names) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the words with those that nothing knows read as the most similar word of a name."""
    found: list[str] = []
    changed: list[tuple[str, str]] = []
    for token in tokens:
        if token in names.words or len(token) < _SHORTEST_GUESS:
            found.append(token)
            continue
        close = difflib.get_close_matches(token, names.guesses, n=1, cutoff=_CLOSE)
        found.append(close[0] if close else token)
        if close:
            changed.append((token, close[0]))
    return tuple(found), tuple(changed)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The entries that a statement speaks of: those in the name of its own entry, and those in its words."""

    named: frozenset[str]
    said: frozenset[str]


def subjects(known: Knowledge) -> tuple[Subjects, ...]:
    """Return for each statement the entries that it speaks of besides its own, such as a disease in a topic."""
    if known.library not in _SUBJECTS:
        phrases, of_entry = names_of_entries(known).phrases, dict[str, frozenset[str]]()
        found = []
        for told in statements_of(known.library):
            if told.entry not in of_entry:
                name = str(getattr(known.library.entry(told.entry), "name", ""))
                of_entry[told.entry] = _named_in(f"{name} ; {told.entry.replace('-', ' ')}", phrases)
            found.append(Subjects(of_entry[told.entry], _named_in(f"{told.says} ; {told.plain}", phrases)))
        _SUBJECTS[known.library] = tuple(found)
    return _SUBJECTS[known.library]


def _named_in(text: str, phrases: Phrases) -> frozenset[str]:
    tokens = tuple(token for token in tokens_of(text) if token[0].isalnum())
    return frozenset(one for _, _, meaning in _found(tokens, phrases) for one in meaning.split(_JOIN))


_SUBJECTS: WeakKeyDictionary[Library, tuple[Subjects, ...]] = WeakKeyDictionary()


def names_of_entries(known: Knowledge) -> Names:
    """Return the names of the entries of the knowledge."""
    if known.library not in _NAMES:
        _NAMES[known.library] = _names(known.library, known.terms.questions)
    return _NAMES[known.library]


_NAMES: WeakKeyDictionary[Library, Names] = WeakKeyDictionary()


def _names(library: Library, asked: QuestionWords) -> Names:
    by_name: dict[tuple[str, ...], dict[str, None]] = {}
    entries = tuple(_entries(library))
    own = ((entry, (*_called(entry, library), *asked.called.get(entry.id, ()))) for entry in entries)
    classes = ((entry, tuple(_classes(entry, library))) for entry in entries)
    for named in (tuple(own), tuple(classes)):
        known = frozenset(by_name)  # what is an entry's own name is not read as the class of another
        for entry, names in named:
            for tokens in {tuple(token for token in tokens_of(name) if token[0].isalnum()): None for name in names}:
                if tokens and tokens not in known and not asked.silent.issuperset(tokens):
                    by_name.setdefault(tokens, {}).setdefault(entry.id)
    phrases = Phrases.of((" ".join(tokens), _JOIN.join(ids)) for tokens, ids in by_name.items())
    words = {token for tokens in by_name for token in tokens} | asked.silent
    words |= {token for first in asked.aspects.by_first.values() for tokens, _ in first for token in tokens}
    words |= {token for told in statements_of(library) for token in tokens_of(f"{told.says} {told.plain}")}
    guesses = {token for tokens in by_name for token in tokens if len(token) >= _SHORTEST_GUESS}
    return Names(phrases, frozenset(words), tuple(sorted(guesses)))


def _entries(library: Library) -> Iterator[Entry]:
    for folder in (library.types, library.causes, library.treatments, library.investigations, library.look_alikes,
                   library.red_flags, library.follow_up, library.topics):  # fmt: skip
        yield from folder.values()


def _called(entry: Entry | Fact, library: Library) -> Iterable[str]:
    if isinstance(entry, RedFlag | FollowUp | Topic):
        return ()
    name = str(getattr(entry, "name", ""))
    short = " ".join(without_brackets(name).split())
    return (
        name,
        short,
        short.split(",")[0],
        entry.id.replace("-", " "),
        *synonyms(entry, library)[0],
        *_classes(entry, library),
    )


def _classes(entry: Entry | Fact, library: Library) -> Iterator[str]:
    """Yield the names of the substance or class that a treatment belongs to, such as thiosulfate by any route."""
    medicine = getattr(entry, "medicine", "")
    for parent, below in library.vocabulary.kinds.items():
        if medicine and medicine in below:
            yield from names_of(library.facts[parent])
