"""A text to what it states: sentence by sentence, clause by clause, each finding in its context."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.terminology.carers import told_of
from calcinosis.terminology.concepts import Span, Spots
from calcinosis.terminology.context import SENSES, Mark, Surroundings
from calcinosis.terminology.definitions import Clause, Definitions
from calcinosis.terminology.language import ENGLISH, Languages
from calcinosis.terminology.methods import METHODS, Methods
from calcinosis.terminology.names import NO_PHRASES, Mention, Phrases
from calcinosis.terminology.plans import as_planned
from calcinosis.terminology.replaced import replaced, stopped_for
from calcinosis.terminology.said_by_name import is_said
from calcinosis.terminology.scope import Sentence
from calcinosis.terminology.sentence_context import SentenceContext
from calcinosis.terminology.shared_nouns import goes_on_as_list, joined, with_s, with_shared_noun
from calcinosis.terminology.tokens import Words, before_words, sentences, words_of_text

_BOTH = "|"
_PLANS = "hypothetical before"
_QUERIED = "queried_next before"
"""What a question mark right before a word means: "?infected"."""
CLAUSE_WORDS = frozenset({"but", "while", "whereas", "although", "though", "except", "however"})
_CLAUSE_ENDS = CLAUSE_WORDS | {";"}
_PRONOUN_WITHIN = 4
_OVER = "past after"
_PRONOUNS = frozenset({"it", "they", "them", "these", "this", "which"})
_CARRIED_WITHIN = 40
"""Words after which what a sentence named is no longer spoken of as "it"."""
_IN_IT = "in_it"
_LOOKS_AHEAD = "like_next before"
_NOT_OF_A_TITLE = frozenset({"deposit", "opaque", "bone", "bone_cells", "bone_place", "pain"})
"""What a title asks for is not found by that: "Search for calcium"."""
_JOINED_LOOK = "joined_like_next after"
FAMILY_HISTORY = "family_history_of_"
"""How a fact is called that says that a relative has another."""
_FAMILY = "family before"
_PLURAL = "general plural"
_ORDER = "order"
_SHORT_PLURAL = 3
_METHOD_REACH = 2
"""Sentences that a method holds for after the one that names it, where no title says it."""


class SentenceRead(Struct, frozen=True):
    """A sentence of a text: where its words stand, its language, how its findings were made, and its concepts."""

    start: int
    end: int
    language: str
    methods: Methods
    spots: Spots
    mentions: tuple[Mention, ...] = ()
    unsaid: tuple[Span, ...] = ()
    """Where others are spoken of, what is advised or aimed at: nothing there is a result of the person."""


class TextReading(Struct, frozen=True):
    """All that was read from a text: its words with their places, the mentions in it, and its sentences."""

    text: str
    words: Words
    mentions: tuple[Mention, ...]
    sentences: tuple[SentenceRead, ...]


class ClauseReader(Struct, frozen=True):
    """Reads texts with the names, context words and definitions of the knowledge."""

    names: Phrases
    context: Phrases
    lasting: frozenset[str]
    definitions: Definitions | None
    seen: frozenset[str]
    languages: Languages | None
    relatives: frozenset[str] = frozenset()
    """Single words for relatives."""
    shared_nouns: frozenset[str] = frozenset()
    """Nouns that the words of a list share: "renal, hepatic or rheumatic disease"."""
    moods: Phrases = NO_PHRASES
    """Context words that may stand within others."""
    no_plurals: frozenset[str] = frozenset()
    """Names that mean something else in the plural: the backs of the hands."""
    taken: frozenset[str] = frozenset()
    """Facts that are taken or done: medicines and procedures."""
    carers_persons: Mapping[str, str] = field(default_factory=dict)
    """For each relative of whom a carer writes, the word for the person."""
    planned: frozenset[str] = frozenset()
    """Facts of which a rule asks whether they are planned."""

    def forget(self) -> None:
        """Forget the words that were looked up."""
        if self.definitions is not None:
            self.definitions.concepts.forget()

    def has_context(self, tokens: tuple[str, ...]) -> bool:
        """Whether a word among them changes what a name means: it denies, ends, doubts or plans."""
        return any(self._context_at(tokens, place) for place in range(len(tokens)))

    def denies(self, tokens: tuple[str, ...]) -> bool:
        """Whether a word among them denies what follows."""
        return any(
            kind.startswith("absent") for place in range(len(tokens)) for kind in self._context_at(tokens, place)
        )

    def _context_at(self, tokens: tuple[str, ...], place: int) -> list[str]:
        match = self.context.at(tokens, place)
        kinds = match[1].split(_BOTH) if match is not None else []
        return [
            kind for kind in kinds if kind.partition(" ")[0] in SENSES and kind.partition(" ")[2] in {"before", "after"}
        ]

    def read(self, text: str, title: str = "") -> TextReading:
        """Return what a text says; its title fills what its clauses leave open: the method, the tissue, the site."""
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        words = words_of_text(text)
        words = replace(words, tokens=told_of(words.tokens, self.carers_persons, self.names, self.context))
        tokens = words.tokens
        ending = with_s(words, text)
        queries = before_words(words, text) if "?" in tokens else frozenset()
        names, marks = self._names_and_marks(tokens, joined(words, text), ending, queries)
        spans = list(sentences(tokens, queries))
        spoken = self._languages(tokens, spans, ending)
        around = Surroundings(tokens, frozenset(name[0] for name in names), frozenset(name[1] for name in names))
        read: list[SentenceRead] = []
        before: Spots = {}
        start_of_before = 0
        titled, since = self._concepts_of(title), 0
        usually = method = next((one for one in METHODS if one in titled), "")
        for (start, end), language in zip(spans, spoken, strict=True):
            first, last = bisect_left(names, (start,)), bisect_left(names, (end,))
            own_marks = marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]
            sentence = Sentence(tokens, start, end, tuple(own_marks))
            spots = {} if self.definitions is None else self.definitions.concepts.spots(tokens, start, end)
            context = SentenceContext(
                around, sentence, marks, names[first:last], self._nouns(spots), self.lasting, self.seen, self.taken
            )
            own = Methods.of(spots, "")
            since = 0 if own.named else since + 1
            method = own.main or (method if since <= _METHOD_REACH else usually)
            told_by = Methods("" if sentence.asks else method, own.named)  # a question shows nothing by itself
            clauses = self._clauses(sentence, spots, told_by, before, titled) if spots else []
            mentions = as_planned(self._mentions(context, clauses), sentence, self.planned)
            mentions = stopped_for(mentions, sentence, self.taken, self.lasting)
            if (over := self._over(sentence, context) if own_marks else None) is not None:
                if any(one.end <= over for one in mentions):
                    mentions = list(self._ended(tuple(mentions), spots, over))
                elif read and over < start + _PRONOUN_WITHIN:
                    told = read[-1]
                    read[-1] = replace(told, mentions=self._ended(told.mentions, told.spots, told.end))
            old = (replace(one, mentions=replaced(sentence, mentions, one.mentions, self.taken)) for one in read[-1:])
            read[-1:] = list(old)
            if language != ENGLISH:
                mentions = [replace(mention, sense="foreign") for mention in mentions]
            read.append(SentenceRead(start, end, language, told_by, spots, tuple(mentions), context.unsaid()))
            if sentence.is_question:
                before = {}
            elif self._tells_a_finding(spots) or start_of_before < start - _CARRIED_WITHIN:
                before, start_of_before = spots, start
        return TextReading(text, words, tuple(one for sentence in read for one in sentence.mentions), tuple(read))

    def _over(self, sentence: Sentence, context: SentenceContext) -> int | None:
        """Return where "it" stands of which a sentence says that it is over: "it has healed"; None where none does."""
        for start, end, _ in sentence.of_kind(_OVER):
            behind = range(start - 1, max(sentence.start, start - _PRONOUN_WITHIN) - 1, -1)
            place = next((at for at in behind if sentence.tokens[at] in _PRONOUNS), None)
            if place is not None and context.sense_of((start, end)) in {"present", "past"}:
                return place
        return None

    def _ended(self, mentions: tuple[Mention, ...], spots: Spots, place: int) -> tuple[Mention, ...]:
        """Return mentions, of which those are over that stand before a place and heal."""
        heals = self.definitions.heals if self.definitions is not None else frozenset()
        spans = [span for name in spots.keys() & heals for span in spots[name]]
        there = [one for one in mentions if one.sense == "present" and one.end <= place]
        over = {one.fact for one in there if any(start < one.end and one.start < end for start, end in spans)}
        return tuple(replace(one, sense="past") if one in there and one.fact in over else one for one in mentions)

    def is_elsewhere(self, fact: str, sites: str) -> bool:
        """Whether sites, in words, are none of those of which the definitions of a fact speak."""
        if self.definitions is None or fact not in self.definitions.forbidden:
            return False
        tokens = words_of_text(sites).tokens
        return self.definitions.forbids(fact, self.definitions.concepts.places_in(tokens))

    def _concepts_of(self, title: str) -> frozenset[str]:
        if not title or self.definitions is None:
            return frozenset()
        tokens = words_of_text(title).tokens
        return frozenset(self.definitions.concepts.spots(tokens, 0, len(tokens))) - _NOT_OF_A_TITLE

    def _tells_a_finding(self, spots: Spots) -> bool:
        """Whether a sentence names a finding that the next may go on with."""
        return self.definitions is not None and not self.definitions.carried.isdisjoint(spots)

    def _nouns(self, spots: Spots) -> frozenset[int]:
        """Return the places of words for lesions and for what they hold."""
        if self.definitions is None:
            return frozenset()
        names = spots.keys() & self.definitions.nouns
        return frozenset(span[1] - 1 for name in names for span in spots[name])

    def _languages(self, tokens: tuple[str, ...], spans: list[Span], with_s: frozenset[int]) -> list[str]:
        """Return the language of each sentence: where its own words do not tell, that of the text.

        Single letters are abbreviations, and so is a short word with an "s" ("Cons: Dr Smith").
        """
        if self.languages is None:
            return [ENGLISH] * len(spans)
        short = {at for at in with_s if len(tokens[at]) == _SHORT_PLURAL}
        told = [token if len(token) > 1 and at not in short else "" for at, token in enumerate(tokens)]
        own = [self.languages.weights(told[start:end]) for start, end in spans]
        whole: dict[str, float] = {}
        for weights in own:
            for language, weight in weights.items():
                whole[language] = whole.get(language, 0.0) + weight
        usual = self.languages.of_weights(whole)
        return [self.languages.of_weights(weights, usual) for weights in own]

    def _names_and_marks(
        self, tokens: tuple[str, ...], hyphenated: frozenset[int], with_s: frozenset[int], queries: frozenset[int]
    ) -> tuple[list[tuple[int, int, str]], list[Mark]]:
        names: list[tuple[int, int, str]] = []
        marks: list[Mark] = []
        place = 0
        begins_mark, begins_name, in_list = self.context.by_first, self.names.by_first, goes_on_as_list(tokens)
        while place < len(tokens):
            token = tokens[place]
            mark = self.context.at(tokens, place) if token in begins_mark else None
            match = self.names.at(tokens, place) if token in begins_name else None
            if match is not None and match[0] == 1 and token in self.no_plurals and place in with_s:
                match = None
            if match is None and place in in_list:
                match = with_shared_noun(self.names, self.shared_nouns, tokens, place)
            if match is not None and (mark is None or match[0] >= mark[0]):
                names.append((place, place + match[0], match[1]))
                if match[1].startswith(FAMILY_HISTORY):  # "her sister has the same lumps": hers, not the person's
                    marks.append((place, place + match[0], _FAMILY))
                if mark is not None and _PLANS in mark[1].split(_BOTH):  # "awaiting biopsy for gout" plans both
                    marks.append((place, place + match[0], _PLANS))
                place += match[0]
            elif mark is not None:
                meant = [_QUERIED] if place in queries else mark[1].split(_BOTH)
                unmeant = _LOOKS_AHEAD if place in hyphenated else _JOINED_LOOK
                meant = [one for one in meant if one != unmeant]  # of "dot-like nodules" only the dot is a look
                if place not in with_s:  # "patients with gout", but "patient with gout"
                    meant = [one for one in meant if one != _PLURAL]
                marks += sorted((place, place + mark[0], meaning) for meaning in meant)
                place += mark[0]
            else:
                place += 1
        found = self.moods.places(tokens, 0, len(tokens))
        moods = [(start, end, kind) for start, end, kinds in found for kind in kinds.split(_BOTH)]
        moods = [one for one in moods if one[2] != _ORDER or one[0] not in with_s]  # "take", but "takes warfarin"
        return names, sorted([*marks, *moods])

    def _mentions(self, context: SentenceContext, clauses: list[Clause]) -> list[Mention]:
        """Return what a sentence says: by its names, then by the definitions of facts, in the order of the text."""
        named = [
            Mention(*_fact_and_word(meaning), start, end, context.sense_of((start, end), meaning))
            for start, end, meaning in context.names
        ]
        if not clauses:
            return named
        kept = [one for one in named if not self._means_another_place(one, clauses)]
        composed = [one for clause in clauses for one in self._composed(clause, kept, context)]
        return sorted((*kept, *composed), key=lambda mention: (mention.start, mention.end))

    def _clauses(
        self, words: Sentence, spots: Spots, methods: Methods, before: Spots, title: frozenset[str]
    ) -> list[Clause]:
        carried = before if self._speaks_of_before(words, spots) else {}
        heads = {span[0] for spans in spots.values() for span in spans}
        found, start = [], words.start
        tokens = words.tokens
        ends = [place for place in range(words.start, words.end) if tokens[place] in _CLAUSE_ENDS]
        for place in (*ends, words.end):
            if place > start:
                is_told = start > words.start
                goes_on = is_told and not (
                    heads.isdisjoint((start, start + 1))
                    and _PRONOUNS.isdisjoint(tokens[start : start + _PRONOUN_WITHIN + 1])
                )
                known = spots if goes_on else carried  # "calcium by vein; leaked on the second day"
                found.append(Clause(start, place, spots, known, title, methods))
            start = place + 1
        return found

    def _speaks_of_before(self, sentence: Sentence, spots: Spots) -> bool:
        """Whether a sentence speaks of what the one before named: "they hurt", "the film shows calcium in them"."""
        begins = sentence.of_kind("carried")
        return any(mark[0] < sentence.start + _PRONOUN_WITHIN for mark in begins) or bool(spots.get(_IN_IT))

    def _means_another_place(self, mention: Mention, clauses: list[Clause]) -> bool:
        assert self.definitions is not None
        clause = next((one for one in clauses if one.start <= mention.start < one.end), None)
        if clause is None:
            return False
        return self.definitions.names_elsewhere(mention.fact, (mention.start, mention.end), clause)

    def _composed(self, clause: Clause, named: list[Mention], context: SentenceContext) -> Iterator[Mention]:
        """Yield what definitions find that no name says more exactly."""
        assert self.definitions is not None
        narrower = self.definitions.narrower
        for found in self.definitions.found_in(clause, context.sense_of):
            if not is_said(found, named, narrower):
                yield Mention(found.fact, "", *found.anchor, found.sense)


def _fact_and_word(meaning: str) -> tuple[str, str]:
    fact, _, word = meaning.partition("=")
    return fact, word
