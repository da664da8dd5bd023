"""A sentence with its context words: what it asks, where its clauses, its lists and their subjects begin and end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from calcinosis.terminology.concepts import Span
from calcinosis.terminology.context import Heard, Mark
from calcinosis.terminology.noun_phrases import VERBS

_CONJUNCTIONS = frozenset({"and", "but", "while", "whereas", "although"})
_CUTS = frozenset({";", ".", "!"})
_RELATIVE_PRONOUNS = frozenset({"that", "which", "who"})
VERB_GROUP = 3
"""Words right before a mark that belong to its verb: "are likewise not mentioned"."""
_INFORMANT_WITHIN = 3
_PERSON = frozenset({"she", "he", "patient", "couple"})
_JOINED_WITHIN = 4
SUBJECT_WITHIN = 4
OTHERS = "other_person before"
ADVISED = "advised"
"""The kind of a scope that leaves what is known to be there: "the ulcer may need a graft"."""


class Scope(Struct, frozen=True):
    """A part of a sentence of which something is said as a whole."""

    start: int
    end: int
    sense: Heard
    kind: str = ""

    def covers(self, span: Span) -> bool:
        """Whether a name lies in the scope."""
        return self.start <= span[0] and span[1] <= self.end


class SentenceParts(Struct, frozen=True, dict=True):
    """A sentence: its words, the context words in it, whether it is a question."""

    tokens: tuple[str, ...]
    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def is_question(self) -> bool:
        """Whether it ends with a question mark."""
        return self.end < len(self.tokens) and self.tokens[self.end] == "?"

    @property
    def asks(self) -> bool:
        """Whether it is a question or a request to find out."""
        return self.is_question or bool(self.of_kind("asked request"))

    @cached_property
    def informants(self) -> set[Mark]:
        """The relatives that only tell or bring: "his mother noticed hard lumps"."""
        verbs = {mark[0] for mark in self.of_kind("informant")}
        brought = {mark[1] for mark in self.of_kind("informant by")}
        found = set()
        for mark in (*self.of_kind("family before"), *self.of_kind(OTHERS)):
            told = any(mark[1] <= verb <= mark[1] + _INFORMANT_WITHIN for verb in verbs)
            by = any(end <= mark[0] <= end + 2 for end in brought)
            if told or by:
                found.add(mark)
        return found

    @cached_property
    def not_ill(self) -> set[Mark]:
        """The people who only tell or bring, and those who share with the person: "she and her husband"."""
        people = (*self.of_kind("family before"), *self.of_kind(OTHERS))
        return self.informants | {mark for mark in people if self._is_joined(mark[0], mark[1])}

    def _is_joined(self, place: int, end: int) -> bool:
        """Whether people are joined to the person by "and": "she and her husband", "his wife and he"."""
        if self.tokens[end : end + 1] == ("and",) and self.tokens[end + 1] in _PERSON:
            return True
        start = max(self.start, place - _JOINED_WITHIN)
        joins = (at for at in range(place - 1, start, -1) if self.tokens[at] == "and")
        return any(self.tokens[at - 1] in _PERSON for at in joins)

    @cached_property
    def by_kind(self) -> dict[str, list[Mark]]:
        """The context words by their kind."""
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            found.setdefault(mark[2], []).append(mark)
        return found

    def of_kind(self, kind: str) -> Sequence[Mark]:
        """Return the context words of a kind, in their order."""
        return self.by_kind.get(kind, ())

    def subjects(self, kind: str) -> Iterator[Mark]:
        """Yield the people of a kind who are the subject of their clause, and do not only tell of the person."""
        for mark in self.of_kind(kind):
            first = self.start_of_clause(mark[0])
            behind = mark[1] + (self.tokens[mark[1] : mark[1] + 1] == (",",))  # "the donor, his wife, is ill"
            if not VERBS.isdisjoint(self.tokens[behind : behind + 1]):  # "no, I am not, my sister is"
                first = next((at + 1 for at in range(mark[0] - 1, first, -1) if self.tokens[at] == ","), first)
            before = self.tokens[first : mark[0]]
            if mark not in self.not_ill and len(before) <= SUBJECT_WITHIN and not {":", "of", "with"} & set(before):
                yield mark

    def end_of_others(self, mark: Mark, begins: frozenset[str]) -> int:
        """Return where what another person has ends: at the clause, at the comma of "whose", or where one begins."""
        last = self.end_of_clause(mark[1])
        if self.tokens[mark[0] - 1 : mark[0]] == ("whose",):
            last = next((at for at in range(mark[1], last) if self.tokens[at] == ","), last)
        again = (at for at in range(mark[1] + 1, last) if self.tokens[at] in begins)
        return next(again, last)

    @cached_property
    def alternatives(self) -> list[int]:
        """The places of "or" and "nor"."""
        return [at for at in range(self.start, self.end) if self.tokens[at] in {"or", "nor"}]

    @cached_property
    def _list_ends(self) -> list[int]:
        """The places at which a list ends: verbs, marks, and words that begin something else."""
        stops = {start for start, _, _ in self.of_kind("ends")}
        words = VERBS | _CUTS | {":"}
        return [at for at in range(self.start, self.end) if at in stops or self.tokens[at] in words]

    def end_of_clause(self, place: int) -> int:
        """Return where the clause ends that a place is in."""
        for at in range(place, self.end):
            if self.tokens[at] in _CUTS or (self.tokens[at] == "but" and at > place):
                return at
        return self.end

    def end_of_predicate(self, place: int) -> int:
        """Return where what a verb governs ends: at the end of the clause, or where something else begins."""
        last = self.end_of_clause(place)
        ends = [start for start, _, _ in self.of_kind("ends") if place < start < last]
        commas = [at for at in range(place, last) if self.tokens[at] == ","]
        for comma, following in zip(commas, (*commas, last)[1:], strict=True):
            if not VERBS.isdisjoint(self.tokens[comma:following]):
                ends.append(comma)  # "bruises that would go away, later that they were scabs"
        return min(ends, default=last)

    def end_of_list(self, place: int) -> int:
        """Return where a list ends that begins at a place: at a verb, or where something else begins."""
        following = bisect_left(self._list_ends, place)
        return self._list_ends[following] if following < len(self._list_ends) else self.end

    def start_of_clause(self, place: int) -> int:
        """Return where the clause begins that ends at a place."""
        for at in range(place - 1, self.start - 1, -1):
            if self.tokens[at] in {";", ":"} or (self.tokens[at] in _CONJUNCTIONS and self.tokens[at - 1] == ","):
                return at + 1
        return self.start

    def subject(self, place: int) -> int:
        """Return where the list of subjects begins that ends at a place: behind the last verb before it."""
        start = self.start_of_clause(place)
        verbs = [
            at + 1
            for at in range(start, place - VERB_GROUP)
            if self.tokens[at] in VERBS and self.tokens[at - 1] not in _RELATIVE_PRONOUNS
        ]
        if not verbs:
            return start
        after = verbs[-1]
        for at in range(after, place):
            if self.tokens[at] in {",", "and"}:
                return at + 1
        return after
