"""A question to what it asks: of which entries, what of them, and whether it wants a decision for one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from calcinosis.answers.clauses import intents_of_clauses
from calcinosis.answers.example_questions import Likeness, likeness_of
from calcinosis.answers.intents import Likely
from calcinosis.answers.likeness import words_of_no_example
from calcinosis.answers.names import DISEASE, JOIN, Names, found_in, names_of_entries, sites_by_word, words_only
from calcinosis.answers.narrowed import narrowed, words_that_pick
from calcinosis.answers.outside import sureness_of_outside
from calcinosis.compiled import Knowledge
from calcinosis.terminology.question_words import QuestionWords
from calcinosis.terminology.tokens import without_brackets

_ALSO_WORDS = frozenset(
    {"resolves", "inherited", "contagious", "home", "safety", "outlook", "tests", "help", "symptoms", DISEASE}
)
"""What is named by words that stand in the statements that answer: those of some aspects."""

OPENINGS = frozenset({"what", "why"})
"""Aspects by which a question begins, which give way to any other."""


_HELPS = ("treatment", "evidence", "resolves")
"""Aspects that ask what something does for the disease."""
_TESTS = "tests"
_OF_TREATMENT, _NO_EFFECT = frozenset({"safety", "dose"}), frozenset({"treatment", "prevention"})
"""What is asked of a treatment itself, and what then does not ask for its effect."""
_NOUN = 5
"""Letters of a strange word that counts as a thing asked of."""
_ASKED, _ASKED_OF_IT, _ASKED_OF_SELF = 0.4, 0.3, 0.25
"""The share of its words in the examples of an intent that makes a question one of the disease without its name, that
of a question on "it", and that of one on the own body."""
_SURE = 0.35
"""The share that makes an intent sure beside a theme of daily life that is named."""
_DENIED = (("not",), ("no",), ("without",))
"""Words before a name that say that it is not asked of."""
_BEFORE = 3
"""Words before a decision or a test, of which one may ask for something else or tell a result."""


class Question(Struct, frozen=True):
    """What is asked. ``named`` are the things named, each with the entries of that name, in the order of the question.

    ``foreign`` are words that nothing in the knowledge has; ``corrected`` are words that were read as others.
    """

    text: str
    tokens: tuple[str, ...]
    words: tuple[str, ...]
    """Those that say something and neither name an entry nor say what is asked of it."""
    all_words: tuple[str, ...]
    named: tuple[tuple[str, ...], ...]
    entries: tuple[str, ...]
    """The ids of all entries that are named."""
    aspects: tuple[str, ...]
    of_disease: bool
    names_thing: bool
    """Whether a disease or a medicine is named, and not only something of daily life such as pregnancy or a cold."""
    decides: bool
    commands: bool
    is_elsewhere: bool
    is_compared: bool
    """Whether it speaks of stones of an organ, with which deposits are compared."""
    is_unanswered: bool
    """Whether it asks for what is not collected, such as a price."""
    refers: bool
    """Whether it speaks of something by a pronoun."""
    of_body: bool
    """Whether somebody speaks of an own part of the body, or of "it" and themselves."""
    of_number: bool
    """Whether it asks how many, how often or how long."""
    chooses: bool
    """Whether it asks for one thing or another, and not for both together."""
    foreign: tuple[str, ...]
    others: tuple[str, ...]
    """Those of ``words`` that no question of the knowledge has."""
    unknown: tuple[str, ...] = ()
    """What the question is about, where nothing in the knowledge has a word for it."""
    corrected: tuple[tuple[str, str], ...] = ()
    outside: float = 0.0
    """How sure it is that it asks for what is not collected here; above 0 that is more likely than not."""
    likeness: Likeness = Likeness(0.0, {}, {})
    """How like the example questions of the entries it is."""
    situations: frozenset[str] = frozenset()
    """The situations that it speaks of, such as pregnancy."""
    intents: tuple[Likely, ...] = ()
    """The questions of the knowledge that it is like, the most similar first."""

    def asks_for(self, aspect: str) -> bool:
        """Whether an aspect is asked for, by its words or by the questions that this one is most like."""
        return aspect in self.aspects or bool(self.intents and self.intents[0].intent.aspect == aspect)

    @property
    def asks_whether_it_helps(self) -> bool:
        """Whether it asks what something does for the disease."""
        return any(map(self.asks_for, _HELPS))

    @property
    def is_known(self) -> bool:
        """Whether it speaks of the disease or of an entry, or asks in words that are known what is asked of them."""
        is_plain = self.of_body or (self.refers and not OPENINGS.issuperset(self.aspects))
        least = _ASKED_OF_SELF if is_plain else _ASKED_OF_IT if self.refers else _ASKED
        is_asked = bool(self.intents) and self.intents[0].share >= least and not (self.foreign or self.others)
        return self.of_disease or self.names_thing or is_asked or (bool(self.named) and not self.others)


def question_of(text: str, known: Knowledge) -> Question:
    """Return what a text asks."""
    names, asked = names_of_entries(known), known.terms.questions
    written = asked.in_full(text)
    tokens, corrected = _corrected(words_only(written), names)
    named = [one for one in found_in(tokens, names.phrases) if tokens[one[0] - 1 : one[0]] not in _DENIED]
    named = _asked_of(named, tokens, known)
    aspects = list(found_in(tokens, asked.aspects))
    read = (*named, *aspects)
    spoken = {place for start, length, _ in read for place in range(start, start + length)}
    strange = [
        place
        for place, token in enumerate(tokens)
        if place not in spoken and token not in asked.silent and token not in names.words and not token.isdigit()
    ]
    meanings = [tuple(meaning.split(JOIN)) for _, _, meaning in named if meaning != DISEASE]
    intents, ends = intents_of_clauses(written, tokens, named, known)
    groups = [
        group
        for group in dict.fromkeys(narrowed(group, tokens, known) for group in meanings)
        if not _is_by_the_way(group, intents, known)
    ]
    aspects = [one for one in aspects if one[2] != _TESTS or not _is_therapy(one[0], named, tokens, known)]
    silent = asked.silent | asked.everywhere | words_that_pick(groups, meanings, known)
    free = _free(tokens, (one for one in read if one[2] not in _ALSO_WORDS), silent)
    heard = _free(tokens[:ends], (one for one in read if one[2] not in _ALSO_WORDS), silent)
    return Question(
        text=text,
        tokens=tokens,
        words=free,
        others=words_of_no_example((word for word in heard if not word.isdigit()), known),
        all_words=_free(tokens, (one for one in named if free and _is_kind(one[2], known)), asked.silent),
        named=tuple(groups),
        entries=tuple(dict.fromkeys(one for group in groups for one in group)),
        aspects=_told_apart(dict.fromkeys(_turned(aspects, named)), groups, known),
        of_disease=any(meaning == DISEASE for _, _, meaning in named),
        names_thing=any(not set(group) <= _everyday(known) for group in groups),
        decides=_decides(tokens, asked),
        commands=asked.commands.stand_in(words_only(written)),
        is_elsewhere=asked.elsewhere.stand_in(words_only(without_brackets(text))),
        is_compared=asked.compared.stand_in(tokens),
        is_unanswered=asked.unanswered.stand_in(words_only(written)),
        refers=not asked.pronouns.isdisjoint(tokens),
        of_body=_of_body(tokens, known),
        of_number=asked.number.stand_in(tokens),
        chooses=asked.choice.stand_in(tokens),
        foreign=tuple(
            token
            for place, token in enumerate(tokens)
            if (place in strange and len(token) >= _NOUN and place < ends)
            or (place not in spoken and token in asked.other_diseases)
        ),
        unknown=_unknown(tokens, strange, asked) if not groups else (),
        corrected=corrected,
        outside=sureness_of_outside(tokens, named, known),
        likeness=likeness_of(tokens, named, known),
        situations=asked.situations_of(tokens),
        intents=intents,
    )


def _asked_of(
    named: list[tuple[int, int, str]], tokens: tuple[str, ...], known: Knowledge
) -> list[tuple[int, int, str]]:
    """Return what is asked of: where anything else is named, no test of which the result is told."""
    tests, results = known.library.investigations, known.terms.questions.results
    told = [
        one
        for one in named
        if results.intersection(tokens[max(0, one[0] - _BEFORE) : one[0]]) and tests.keys() >= set(one[2].split(JOIN))
    ]
    return [one for one in named if one not in told] if len(named) > len(told) else named


def _is_by_the_way(group: tuple[str, ...], intents: tuple[Likely, ...], known: Knowledge) -> bool:
    """Whether a theme of daily life is named in a question that surely asks of another."""
    themes = {*known.library.topics, *known.library.red_flags}
    surest = intents[0] if intents else None
    return (
        surest is not None
        and surest.share >= _SURE
        and bool(surest.intent.entries)
        and themes.issuperset(group)
        and set(group).isdisjoint(surest.intent.entries)
    )


def _is_kind(meaning: str, known: Knowledge) -> bool:
    """Whether a name is that of a type, which stands in the names of its treatments and dangers."""
    return set(meaning.split(JOIN)) <= known.library.types.keys()


def _of_body(tokens: tuple[str, ...], known: Knowledge) -> bool:
    asked = known.terms.questions
    if asked.told.persons.isdisjoint(tokens):
        return False
    words = {word for group in sites_by_word(known.library) for word in group} | asked.pronouns
    return not words.isdisjoint(tokens)


def _everyday(known: Knowledge) -> set[str]:
    """Return the entries that are named by words of daily life."""
    library = known.library
    cares = (name for name, one in library.treatments.items() if one.kind in {"self-care", "supportive"})
    topics = (name for name, one in library.topics.items() if one.kind != "outcome-measure")
    return {*topics, *library.red_flags, *cares}


def _is_therapy(place: int, named: Iterable[tuple[int, int, str]], tokens: tuple[str, ...], known: Knowledge) -> bool:
    """Whether a word that is a test and a treatment is picked out as the treatment by other words."""
    groups = [tuple(meaning.split(JOIN)) for start, _, meaning in named if start == place]
    return any(known.library.treatments.keys() >= set(narrowed(group, tokens, known)) for group in groups)


def _unknown(tokens: tuple[str, ...], strange: list[int], asked: QuestionWords) -> tuple[str, ...]:
    """Return the words at the head of a question that nothing knows, as in "does turmeric help"."""
    if not tokens or tokens[0] not in asked.told.opens or tokens[0] in asked.interrogatives:
        return ()
    said = [place for place, token in enumerate(tokens) if token not in asked.silent]
    head = [place for place, expected in zip(said, strange, strict=False) if place == expected]
    return tuple(tokens[place] for place in head)


def _decides(tokens: tuple[str, ...], asked: QuestionWords) -> bool:
    """Whether a decision is asked for; "when should I", "which tests should I" ask for none."""
    return any(
        asked.interrogatives.isdisjoint(tokens[max(0, place - _BEFORE) : place])
        for place, _, _ in found_in(tokens, asked.decide)
    )


def _turned(aspects: Iterable[tuple[int, int, str]], named: Iterable[tuple[int, int, str]]) -> Iterator[str]:
    """Yield what is asked; what the disease causes is an effect of it and no cause."""
    places = [place for place, _, meaning in named if meaning == DISEASE]
    for place, _, aspect in aspects:
        is_effect = aspect == "causes" and places and max(places) < place
        yield "effects" if is_effect else aspect


def _told_apart(aspects: Iterable[str], groups: list[tuple[str, ...]], known: Knowledge) -> tuple[str, ...]:
    """Return what is asked; "what is the dose" asks for the dose, "why does it hurt" for what hurts.

    How the harm of a treatment is prevented or treated asks for that harm, and at what dose it was used for the dose.
    """
    found = tuple(aspects)
    if _OF_TREATMENT.intersection(found) and any(known.library.treatments.keys() >= set(group) for group in groups):
        found = tuple(one for one in found if one not in _NO_EFFECT)
    return tuple(one for one in found if one not in OPENINGS) or found


def _free(tokens: tuple[str, ...], read: Iterable[tuple[int, int, str]], silent: frozenset[str]) -> tuple[str, ...]:
    """Return the words that say something and stand in no phrase that was read."""
    inside = {place for start, length, _ in read for place in range(start, start + length)}
    return tuple(token for place, token in enumerate(tokens) if token not in silent and place not in inside)


def _corrected(tokens: tuple[str, ...], names: Names) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the words with those that nothing knows read as the most similar word of a name."""
    meant = tuple(names.meant(token) for token in tokens)
    return meant, tuple((token, read) for token, read in zip(tokens, meant, strict=True) if token != read)
