"""The names by which people call the entries of the knowledge and the disease, and all words that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from calcinosis.answers.prepared import prepared
from calcinosis.answers.statements import Told, statements_of
from calcinosis.answers.stems import distance, sound
from calcinosis.compiled import KNOWLEDGE, Knowledge
from calcinosis.library.entries import Cause, Entry, FollowUp, Investigation, RedFlag, Topic, Treatment
from calcinosis.library.library import Library
from calcinosis.library.subjects import names_of, synonyms
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.question_words import QuestionWords
from calcinosis.terminology.tokens import tokens_of, without_brackets

JOIN = "|"
DISEASE = "disease"
_SHORTEST_GUESS = 5
_MOST_MEASURES = 3
"""A test that measures more facts is not called by the name of each."""
_LETTERS_OF_A_MISTAKE = 7
"""So many letters allow a second mistake."""


class Names(Struct, frozen=True):
    """The names of all entries and of the disease as phrases, all known words, and what others may mean."""

    phrases: Phrases
    words: frozenset[str]
    by_sound: Mapping[str, str]
    guesses: tuple[str, ...]
    english: str
    """Common words of the language, which are no mistakes for others, a line each."""

    def meant(self, token: str) -> str:
        """Return the known word that a word seems to be, or the word itself."""
        if token in self.words or f"\n{token}\n" in self.english or len(token) < _SHORTEST_GUESS or not token.isalpha():
            return token
        said = sound(token)
        if said in self.by_sound:
            return self.by_sound[said]
        most = 1 if len(token) <= _LETTERS_OF_A_MISTAKE else 2
        near = [
            (distance(said, sound(word), most), word)
            for word in self.guesses
            if abs(len(word) - len(token)) <= most + 1 and sound(word)[:1] == said[:1]
        ]
        best = min(near, default=(most + 1, token))
        return best[1] if best[0] <= most else token


class Subjects(Struct, frozen=True):
    """The entries that a statement speaks of: those in the name of its own entry, and those in its words."""

    named: frozenset[str]
    said: frozenset[str]


def names_of_entries(known: Knowledge) -> Names:
    """Return the names of the entries of the knowledge."""
    return prepared("names", known, lambda: _names(known.library, known.terms.questions))


def subjects(known: Knowledge, statements: Iterable[Told]) -> tuple[Subjects, ...]:
    """Return for each statement the entries that it speaks of besides its own, such as a disease in a topic."""
    phrases, of_entry = names_of_entries(known).phrases, dict[str, frozenset[str]]()
    found = []
    for told in statements:
        if told.entry not in of_entry:
            name = str(getattr(known.library.entry(told.entry), "name", ""))
            of_entry[told.entry] = _named_in(f"{name} ; {told.entry.replace('-', ' ')}", phrases)
        found.append(Subjects(of_entry[told.entry], _named_in(f"{told.says} ; {told.plain}", phrases)))
    return tuple(found)


def names_disease(entry: str, known: Knowledge) -> bool:
    """Whether an entry has the disease in its name, as tumoral calcinosis has."""
    name = f"{entry.replace('-', ' ')} ; {getattr(known.library.entry(entry), 'name', '')}"
    return known.terms.questions.disease.stand_in(words_only(name))


def sites_by_word(library: Library) -> tuple[tuple[str, ...], ...]:
    """Return the single words for each part of the body."""
    sites = (fact for fact in library.facts.values() if fact.kind == "site")
    names = ([words_only(name) for name in (fact.name, *fact.names)] for fact in sites)
    return tuple(tuple(words[0] for words in some if len(words) == 1) for some in names)


def found_in(tokens: tuple[str, ...], phrases: Phrases) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases that stand in a text, each with its place and length; none inside another."""
    place = 0
    while place < len(tokens):
        match = phrases.at(tokens, place)
        if match is not None:
            yield place, match[0], match[1]
            place += match[0]
        else:
            place += 1


def words_only(text: str) -> tuple[str, ...]:
    """Return the words of a text without its marks."""
    return tuple(token for token in tokens_of(text) if token[0].isalnum())


def _named_in(text: str, phrases: Phrases) -> frozenset[str]:
    found = found_in(words_only(text), phrases)
    return frozenset(one for _, _, meaning in found for one in meaning.split(JOIN)) - {DISEASE}


def _names(library: Library, asked: QuestionWords) -> Names:
    by_name: dict[tuple[str, ...], dict[str, None]] = {}
    entries = tuple(_entries(library))
    own = [
        (entry, (*_called(entry), *synonyms(entry, library)[0], *asked.called.get(entry.id, ()))) for entry in entries
    ]
    classes = [(entry, tuple(_classes(entry, library))) for entry in entries]
    members = sorted(((entry, tuple(_members(entry, library))) for entry in entries), key=lambda one: len(one[1]))
    measured = [(entry, tuple(_measured(entry, library))) for entry in entries]
    disease = {tokens for found in asked.disease.by_first.values() for tokens, _ in found}
    # what belongs to two classes is called by the name of the smaller one
    for named in (own, *([one] for one in members), classes, measured):
        known = frozenset(by_name) | disease  # what is an entry's own name is not read as the class of another
        for entry, names in named:
            for tokens in {words_only(name): None for name in names}:
                if tokens and tokens not in known and not (len(tokens) == 1 and _is_mute(tokens[0], asked)):
                    by_name.setdefault(tokens, {}).setdefault(entry.id)
    pairs = [(" ".join(tokens), JOIN.join(ids)) for tokens, ids in by_name.items()]
    pairs += [(" ".join(tokens), DISEASE) for tokens in disease if tokens not in by_name]
    guesses = {token for tokens in (*by_name, *disease) for token in tokens if len(token) >= _SHORTEST_GUESS}
    words = {token for tokens in by_name for token in tokens} | asked.words
    words |= {token for told in statements_of(library) for token in tokens_of(f"{told.says} {told.plain}")}
    words |= {token for fact in library.facts.values() for name in names_of(fact) for token in words_only(name)}
    guesses |= {word for word in asked.words if len(word) >= _SHORTEST_GUESS}
    by_sound = {sound(word): word for word in sorted(words | guesses, reverse=True) if len(word) >= _SHORTEST_GUESS}
    return Names(Phrases.of(pairs), frozenset(words), by_sound, tuple(sorted(guesses)), _english())


def _english() -> str:
    return "\n" + (KNOWLEDGE / "terminology" / "english-words.txt").read_text(encoding="ascii")


def _is_mute(token: str, asked: QuestionWords) -> bool:
    """Whether a word alone names nothing: a number, a letter, or one that says nothing."""
    return token in asked.silent or token.isdigit() or len(token) == 1


def _entries(library: Library) -> Iterator[Entry]:
    for folder in (library.types, library.causes, library.treatments, library.investigations, library.look_alikes,
                   library.red_flags, library.follow_up, library.topics):  # fmt: skip
        yield from folder.values()


def _is_said_only(entry: Entry | Fact) -> bool:
    """Whether an entry is a statement, which nobody calls by its name; a measure is called by it."""
    is_measure = isinstance(entry, Topic) and entry.kind == "outcome-measure"
    return isinstance(entry, RedFlag | FollowUp | Topic) and not is_measure


def _called(entry: Entry | Fact) -> Iterable[str]:
    if _is_said_only(entry):
        return ()
    name = str(getattr(entry, "name", ""))
    short = " ".join(without_brackets(name).split())
    return (name, short, short.split(",")[0], entry.id.replace("-", " "))


def _measured(entry: Entry | Fact, library: Library) -> Iterator[str]:
    """Yield the names of what a test measures in blood or urine."""
    if isinstance(entry, Investigation) and entry.group in {"blood", "urine"} and len(entry.measures) <= _MOST_MEASURES:
        for fact in entry.measures:
            yield from names_of(library.facts[fact])


def _members(entry: Entry | Fact, library: Library) -> Iterator[str]:
    """Yield the names of what belongs to the class of a treatment or to a cause, such as ibuprofen."""
    if isinstance(entry, Treatment | Cause):
        for fact in (getattr(entry, "medicine", ""), entry.id.replace("-", "_")):
            for below in sorted(library.vocabulary.kinds.get(fact, ())):
                if below in library.facts:
                    yield from names_of(library.facts[below])


def _classes(entry: Entry | Fact, library: Library) -> Iterator[str]:
    """Yield the names of the substance or class that a treatment belongs to, such as thiosulfate by any route."""
    medicine = getattr(entry, "medicine", "")
    for parent, below in library.vocabulary.kinds.items():
        if medicine and medicine in below:
            yield from names_of(library.facts[parent])
