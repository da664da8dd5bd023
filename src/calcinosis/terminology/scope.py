"""What is said of a whole clause: asked, not stated, of a relative, considered, denied in a list.

These are looked for before the words around a single name, in this order; the first that covers a name wins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from calcinosis.terminology.concepts import Span
from calcinosis.terminology.context import Mark, Sense
from calcinosis.terminology.noun_phrases import DETERMINERS, OF_A_WHOLE, VERBS

_CONJUNCTIONS = frozenset({"and", "but", "while", "whereas", "although"})
_CUTS = frozenset({";", ".", "!"})
_ENDS_A_LINE = frozenset({";", ",", ":", "?", "."})
_VERB_GROUP = 3
"""Words right before a mark that belong to its verb: "are likewise not mentioned"."""
_ADVISED = "advised"
CONSIDERED = "considered"
_OTHERS = "other_person before"
_PERSON = frozenset({"she", "he", "patient"})
_OTHERS_BACK = 3
"""Words before "in her husband" that tell what he has."""
_INFORMANT_WITHIN = 3
_SUBJECT_WITHIN = 4
_NOT_ONE = frozenset({"no", "neither", "nor"})
_NEW_SUBJECT = frozenset({"no", "there"})
_ABOUT = frozenset({"about", "on", "regarding", "concerning"})
_ABOUT_WITHIN = 5
_RELATIVE_PRONOUNS = frozenset({"that", "which", "who"})
_SHORT_QUESTION = 12
_AS_WELL = frozenset({"as", "so", "nor", "neither"})
_AS_WELL_WITHIN = 6
_LISTS = frozenset({"absent before", "absent_to_comma before"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of a sentence of which something is said as a whole."""

    start: int
    end: int
    sense: Sense
    kind: str = ""

    def covers(self, span: Span) -> bool:
        """Whether a name lies in the scope."""
        return self.start <= span[0] and span[1] <= self.end


@dataclass(frozen=True)
class Sentence:
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
        return self.is_question or any(True for _ in self._of_kind("asked request"))

    def scopes(self) -> list[Scope]:
        """Return the scopes in the order in which they win."""
        found: list[Scope] = []
        if not self.marks and not self.is_question:
            return found
        for part in (
            self._answered,
            self._asked,
            self._not_stated,
            self._of_relatives,
            self._of_others,
            self._advised,
            self._considered,
            self._denied,
            self._general,
        ):
            found += part()
        return found

    def informants(self) -> set[Mark]:
        """Return the relatives that only tell or bring: "his mother noticed hard lumps"."""
        verbs = {mark[0] for mark in self.marks if mark[2] == "informant"}
        brought = {mark[1] for mark in self.marks if mark[2] == "informant by"}
        found = set()
        for mark in self.marks:
            if mark[2] in {"family before", _OTHERS}:
                told = any(mark[1] <= verb <= mark[1] + _INFORMANT_WITHIN for verb in verbs)
                by = any(end <= mark[0] <= end + 2 for end in brought)
                if told or by:
                    found.add(mark)
        return found

    def _of_kind(self, kind: str) -> Iterator[Mark]:
        return (mark for mark in self.marks if mark[2] == kind)

    def _asked(self) -> list[Scope]:
        found = []
        for start, end, _ in self._of_kind("asked request"):
            query = self._queries(start, self._end_of_clause(end))
            found.append(Scope(end, self._end_of_clause(end), "uncertain" if query else "asked", "asked"))
        if self.is_question:
            first = self._question_start()
            if first is not None:
                sense: Sense = "uncertain" if self._queries(first, self.end) else "asked"
                found.append(Scope(first, self.end, sense, "asked"))
            elif self.end - self.start <= _SHORT_QUESTION or "or" in self.tokens[self.start : self.end]:
                found.append(Scope(self.start, self.end, "uncertain", "asked"))  # "vasculitis or something else?"
        return found

    def _answered(self) -> list[Scope]:
        """What a "no" behind a colon denies is the finding, not the whole that it is in: "pain in the nodule: no"."""
        found = []
        for start, _, kind in self.marks:
            if kind != "absent_answer after" or start - 1 <= self.start or self.tokens[start - 1] not in {":", "?"}:
                continue
            first = next((at for at in range(start - 2, self.start - 1, -1) if self.tokens[at] in _ENDS_A_LINE), None)
            head = self.start if first is None else first + 1
            for at in range(head + 1, start - 2):
                if self.tokens[at] in OF_A_WHOLE and self.tokens[at + 1] in DETERMINERS:
                    found += [Scope(head, at, "absent", "answer"), Scope(at, start, "present", "answer")]
                    break
        return found

    def _queries(self, start: int, end: int) -> bool:
        return any(start <= mark[0] < end for mark in self._of_kind("asked query"))

    def _question_start(self) -> int | None:
        for start, _, kind in self.marks:
            if kind in {"asked question", "asked query"} and (
                start == self.start or self.tokens[start - 1] in {",", ";", ":", "-"} | _CONJUNCTIONS
            ):
                return start
        return None

    def _not_stated(self) -> list[Scope]:
        ahead = [Scope(end, self._end_of_clause(end), "not-stated") for _, end, _ in self._of_kind("not_stated ahead")]
        back = [Scope(self._subject(start), start, "not-stated") for start, _, _ in self._of_kind("not_stated back")]
        for _, end, _ in self._of_kind("not_stated opening"):
            about = (at for at in range(end, min(end + _ABOUT_WITHIN, self.end)) if self.tokens[at] in _ABOUT)
            if (first := next(about, None)) is not None and VERBS.isdisjoint(self.tokens[end:first]):
                ahead.append(Scope(first + 1, self._end_of_clause(first), "not-stated"))
        return [
            *ahead,
            *back,
            *self._neither_said(),
            *self._none_told(),
            *self._as_well("not_stated back", "not-stated"),
        ]

    def _none_told(self) -> list[Scope]:
        """What a list that begins with a negation says is told is not stated: "no injury or operation is recorded"."""
        denied = self._of_kind("absent before")
        nots = [(start, end) for start, end, _ in denied if self._denies_it(start, end)]
        found = []
        for start, end, _ in self._of_kind("not_stated negated"):
            subject = self._subject(start)
            first = next((begins for begins, ends in nots if subject <= begins and ends <= start), None)
            if first is not None and not VERBS & set(self.tokens[first : start - _VERB_GROUP]):
                found.append(Scope(first, end, "not-stated"))
        return found

    def _denies_it(self, start: int, end: int) -> bool:
        """Whether a negation is that of a list, and not of a history: "no history of gout" was asked for."""
        return self.tokens[start] in _NOT_ONE and "history" not in self.tokens[start:end]

    def _as_well(self, kind: str, sense: Sense) -> list[Scope]:
        """What follows such a mark and shares its verb: "gout is not mentioned, nor is lupus", "as have been burns"."""
        found = []
        for _, end, _ in self._of_kind(kind):
            last = self._end_of_clause(end)
            for at in range(end, min(end + _AS_WELL_WITHIN, last - 1)):
                is_close = at == end or self.tokens[at - 1] in {",", "and"}
                if is_close and self.tokens[at] in _AS_WELL and self.tokens[at + 1] in VERBS:
                    found.append(Scope(at, last, sense))
                    break
        return found

    def _neither_said(self) -> list[Scope]:
        """What of neither is said is not told: "neither is said to have gout or sepsis, nor to take warfarin"."""
        nots = [end for _, end, _ in self.marks if self.tokens[end - 1] in {"neither", "none", "not", "nor"}]
        found = []
        for start, end, _ in self._of_kind("not_stated neither"):
            if any(0 <= start - first <= _SUBJECT_WITHIN for first in nots):
                found.append(Scope(end, self._end_of_clause(end), "not-stated"))
        return found

    def _of_relatives(self) -> list[Scope]:
        found = []
        for _, end, _ in self._subjects("family before"):
            last = self._end_of_clause(end)
            again = (
                at for at in range(end, last - 1) if self.tokens[at] == "and" and self.tokens[at + 1] in _NEW_SUBJECT
            )
            found.append(Scope(end, next(again, last), "family"))
        return found

    def _of_others(self) -> list[Scope]:
        """What people who are no relatives have, up to where the person is spoken of again."""
        found = []
        for _, end, _ in self._subjects(_OTHERS):
            last = self._end_of_clause(end)
            again = (at for at in range(end + 1, last) if self.tokens[at] in _PERSON)
            found.append(Scope(end, next(again, last), "general"))
        return found + [Scope(max(self.start, at - _OTHERS_BACK), at, "general") for at in self._behind_others()]

    def _behind_others(self) -> list[int]:
        return [start for start, _, _ in self._of_kind("other_person after")]

    def _subjects(self, kind: str) -> Iterator[Mark]:
        """Yield the people of a kind who are the subject of their clause, and do not only tell of the person."""
        told = self.informants()
        for mark in self._of_kind(kind):
            before = self.tokens[self._start_of_clause(mark[0]) : mark[0]]
            if mark not in told and len(before) <= _SUBJECT_WITHIN and not {":", "of", "with"} & set(before):
                yield mark

    def _advised(self) -> list[Scope]:
        """What may come, or is aimed at; a target ends at its number, or at a comma, where no colon opens a list."""
        advised = self._of_kind("advised clause")
        ahead = [Scope(end, self._end_of_clause(end), "hypothetical", _ADVISED) for _, end, _ in advised]
        for _, end, _ in self._of_kind("advised target"):
            last = self._end_of_clause(end)
            is_list = end < last and self.tokens[end] == ":"
            ends = (at for at in range(end, last) if not is_list and not self.tokens[at].isalpha())
            ahead.append(Scope(end, next(ends, last), "hypothetical"))
        return ahead

    def _considered(self) -> list[Scope]:
        ahead, back = self._of_kind("considered ahead"), self._of_kind("considered back")
        return [
            *(Scope(self._subject(start), start, "uncertain", CONSIDERED) for start, _, _ in back),
            *(Scope(end, self._end_of_clause(end), "uncertain", CONSIDERED) for _, end, _ in ahead),
        ]

    def _denied(self) -> list[Scope]:
        """Lists after no, neither and without reach to the verb, however long they are, where or or nor is in them."""
        found = []
        for _, end, kind in self.marks:
            if kind in _LISTS:
                last = self._end_of_list(end)
                following = bisect_left(self._alternatives, end)
                if following < len(self._alternatives) and self._alternatives[following] < last:
                    found.append(Scope(end, last, "absent", "list"))
        denied = self._of_kind("denied_list back")
        back = [Scope(self._subject(start), start, "absent", "list") for start, _, _ in denied]
        return [*found, *back, *self._as_well("denied_list back", "absent")]

    def _general(self) -> list[Scope]:
        return [Scope(end, self._end_of_clause(end), "general") for _, end, _ in self._of_kind("general clause")]

    @cached_property
    def _alternatives(self) -> list[int]:
        """The places of "or" and "nor"."""
        return [at for at in range(self.start, self.end) if self.tokens[at] in {"or", "nor"}]

    @cached_property
    def _list_ends(self) -> list[int]:
        """The places at which a list ends: verbs, marks, and words that begin something else."""
        stops = {start for start, _, _ in self._of_kind("ends")}
        words = VERBS | _CUTS | {":"}
        return [at for at in range(self.start, self.end) if at in stops or self.tokens[at] in words]

    def _end_of_clause(self, place: int) -> int:
        for at in range(place, self.end):
            if self.tokens[at] in _CUTS or (self.tokens[at] == "but" and at > place):
                return at
        return self.end

    def _end_of_list(self, place: int) -> int:
        following = bisect_left(self._list_ends, place)
        return self._list_ends[following] if following < len(self._list_ends) else self.end

    def _start_of_clause(self, place: int) -> int:
        for at in range(place - 1, self.start - 1, -1):
            if self.tokens[at] in {";", ":"} or (self.tokens[at] in _CONJUNCTIONS and self.tokens[at - 1] == ","):
                return at + 1
        return self.start

    def _subject(self, place: int) -> int:
        """Return where the list of subjects begins that ends at a place: behind the last verb before it."""
        start = self._start_of_clause(place)
        verbs = [
            at + 1
            for at in range(start, place - _VERB_GROUP)
            if self.tokens[at] in VERBS and self.tokens[at - 1] not in _RELATIVE_PRONOUNS
        ]
        if not verbs:
            return start
        after = verbs[-1]
        for at in range(after, place):
            if self.tokens[at] in {",", "and"}:
                return at + 1
        return after
