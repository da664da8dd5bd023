"""Where the lesions are that a note tells of: a place belongs to what stands before it, a lesion or something else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from calcinosis.terminology.concepts import Span
from calcinosis.terminology.definitions import Definitions
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms

_SEEN = frozenset({"examination", "imaging", "histology"})
_PRONOUN_WITHIN = 4
_ONE_OF_THEM = frozenset({"one", "another", "other", "some", "most", "largest", "smallest", "biggest", "first", "last"})
_OF_A_PRONOUN = frozenset({"on", "in", "at", "over", ",", "is", "are", "was", "were", "lie", "sit", "appeared", "came"})
"""What follows "one" and "others" where they stand for what was named: "the first one, on the left sole"."""
_GIVEN = frozenset({"iv", "inject", "infusion_word"})
_GIVEN_WITHIN = 6
_WHERE_GIVEN = frozenset({"site_of_injection", "site_of_infusion"})
_BESIDE_WITHIN = 2
_ENDS_A_CLAUSE = frozenset({";", "but", "while", "whereas", "although"})


class Places(Struct):
    """The sites that a text names, and whether the sentence before told of a lesion."""

    terms: Terms
    definitions: Definitions | None
    tokens: tuple[str, ...]
    sites: list[Mention]
    lesions: frozenset[str]
    """Concepts of lesions, which a place is the place of."""
    others: frozenset[str]
    _lesion_before: bool = False
    _given_at: tuple[Mention, ...] = ()
    """Where something was infused or injected."""

    @staticmethod
    def of(reading: TextReading, terms: Terms) -> Places:
        """Find the sites that a text names."""
        sites = [one for one in terms.sites.mentions(reading.text) if one.sense in {"present", "past"}]
        definitions = terms.matcher.reader.definitions
        lesions, others = (
            frozenset(definitions.concepts.expanded((group,))) if definitions is not None else frozenset[str]()
            for group in ("lesion_head", "other_head")
        )
        return Places(terms, definitions, reading.words.tokens, sites, lesions, others)

    def in_sentence(self, sentence: SentenceRead, seen: list[Mention]) -> Iterator[Mention]:
        """Yield the sites of the lesions that a sentence says are there; ``seen`` are its findings that are there.

        A sentence that begins with a pronoun goes on with the lesion of the one before: "they are found on both ears".
        What came up at the place of an infusion is where the infusion was.
        """
        if self.definitions is None:
            return
        self._given_at = self._given(sentence) or self._given_at
        lesions = self._spans(sentence, self.lesions)
        others = set(self._spans(sentence, self.others))
        told = any(self._is_lesion(one, lesions) for one in seen)
        goes_on = self._lesion_before and self._begins_with_pronoun(sentence)
        self._lesion_before = told or (goes_on and not sentence.mentions)
        if not told and not goes_on:
            return
        if told and not _WHERE_GIVEN.isdisjoint(sentence.spots):
            yield from self._given_at
        denied = [(one.start, one.end) for one in sentence.mentions if one.sense != "present"]
        heads = sorted({*lesions, *others, *((one.start, one.end) for one in seen if self._is_lesion(one, lesions))})
        for site in self._within(sentence):
            head = self._head(site, heads, goes_on)
            if head is None:
                if goes_on:
                    yield site
            elif head not in others and not any(start < head[1] and head[0] < end for start, end in denied):
                yield site

    def _given(self, sentence: SentenceRead) -> tuple[Mention, ...]:
        """Return the sites right behind a word for an infusion: "through a vein of the left forearm"."""
        ends = [end for name in sentence.spots.keys() & _GIVEN for _, end in sentence.spots[name]]
        return tuple(
            site for site in self._within(sentence) if any(0 <= site.start - end <= _GIVEN_WITHIN for end in ends)
        )

    def _spans(self, sentence: SentenceRead, names: frozenset[str]) -> list[Span]:
        assert self.definitions is not None
        around = [end for _, end in sentence.spots.get("around", ())]
        return [
            span
            for name in sentence.spots.keys() & names
            for span in sentence.spots[name]
            if name not in self.definitions.inside or not any(0 <= span[0] - end <= _BESIDE_WITHIN for end in around)
        ]

    def _is_lesion(self, mention: Mention, lesions: list[Span]) -> bool:
        """Whether a finding is one of the skin: it is named by a word for a lesion, or was seen and not only told."""
        if any(start <= mention.end and mention.start <= end for start, end in lesions):  # "sore place"
            return True
        return self.terms.facts[mention.fact].learned_by in _SEEN

    def _begins_with_pronoun(self, sentence: SentenceRead) -> bool:
        opening = self.tokens[sentence.start : sentence.start + _PRONOUN_WITHIN]
        if not {"it", "they", "these", "this"}.isdisjoint(opening):
            return True
        return any(word in _ONE_OF_THEM and then in _OF_A_PRONOUN for word, then in pairwise(opening))

    def _within(self, sentence: SentenceRead) -> Iterable[Mention]:
        first, last = (bisect_left(self.sites, place, key=_start) for place in (sentence.start, sentence.end))
        return self.sites[first:last]

    def _head(self, site: Mention, heads: list[Span], goes_on: bool) -> Span | None:
        """Return what a site is the place of: the nearest before it in its clause, else the nearest behind it."""
        before = [head for head in heads if head[1] <= site.start]
        if before and _ENDS_A_CLAUSE.isdisjoint(self.tokens[before[-1][1] : site.start]):
            return before[-1]
        if goes_on:
            return None
        behind = next((head for head in heads if head[0] >= site.end), None)
        if behind is not None and _ENDS_A_CLAUSE.isdisjoint(self.tokens[site.end : behind[0]]):
            return behind
        return None


def _start(site: Mention) -> int:
    return site.start
