"""What the words of a sentence make of the names and concepts in it: there, denied, doubted, past, asked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from calcinosis.terminology.concepts import Span
from calcinosis.terminology.context import (
    LISTED,
    PARTS_A_LIST,
    REACH_AHEAD,
    REACH_OF_A_LINE,
    SAYS_NOTHING,
    Heard,
    Mark,
    Sense,
    Surroundings,
)
from calcinosis.terminology.moods import LONG_AGO
from calcinosis.terminology.noun_phrases import DETERMINERS, is_definite, is_possessed, is_presupposed
from calcinosis.terminology.scope import CONSIDERED, Sentence
from calcinosis.terminology.sentence import ADVISED, Scope

_BEFORE_A_WHOLE = 4
_CHANGED_WITHIN = 6
"""Words between what is taken and what is to be done with it."""
_GOES_ON = 3
"""Words between "continue" and what goes on."""


_HAS = "has"
_NOW = frozenset({"new", "now", "current", "currently", "ongoing", "active", "known", "recent", "acute", "today"})


class SentenceContext:
    """What the words of a sentence make of the names and concepts in it, each looked at once."""

    def __init__(
        self,
        around: Surroundings,
        sentence: Sentence,
        marks: list[Mark],
        names: list[tuple[int, int, str]],
        nouns: frozenset[int],
        lasting: frozenset[str],
        seen: frozenset[str],
        taken: frozenset[str],
    ) -> None:
        """Look at the context words in and around a sentence; facts are ``lasting``, ``seen``, or ``taken``."""
        self.sentence, self.names, self._nouns = sentence, names, nouns
        self._around, self._lasting, self._seen, self._taken = around, lasting, seen, taken
        self._scopes = sentence.scopes()
        told = sentence.not_ill
        near = marks_near(marks, sentence)
        self._marks = [mark for mark in near if mark not in told] if told else near
        self._starts = [mark[0] for mark in self._marks]
        self._ends = [mark[1] for mark in self._marks]
        self._known: dict[Span, Sense] = {}

    def sense_of(self, span: Span, meaning: str = "") -> Sense:
        """Return the sense of words of the sentence; a disease that lasts is there if it ever was."""
        if not meaning and span in self._known:
            return self._known[span]
        fact = meaning.partition("=")[0]
        heard = self._heard(span, fact)
        sense: Sense
        if heard == "listed":
            sense = self._sense_in_a_list(span, fact)
        else:
            sense = ("present" if fact in self._lasting else "past") if heard == "history" else heard
        if not meaning:
            self._known[span] = sense
        return sense

    def _sense_in_a_list(self, span: Span, fact: str) -> Sense:
        """Return the sense of what is listed behind what was: over where all before it is of its kind, else there.

        What lasts is there, and so is what is called new: "s/p splenectomy, gout, new ulcers".
        """
        tokens, group = self._around.tokens, self._group(fact)
        parted = max(at for at in range(self.sentence.start, span[0]) if tokens[at] in PARTS_A_LIST)
        if fact in self._lasting or not _NOW.isdisjoint(tokens[parted : span[0]]):
            return "present"
        marks = ((mark[1], mark[2].removesuffix(" before")) for mark in self._marks if mark[1] <= span[0])
        first, kind = max(one for one in marks if one[1] in LISTED)
        named = [(start, meaning) for start, end, meaning in self.names if first <= start and end <= span[0]]
        is_first = bool(named) and PARTS_A_LIST.isdisjoint(tokens[first + 1 : named[0][0]])
        is_alike = is_first and all(self._group(one.partition("=")[0]) == group for _, one in named)
        return "past" if is_alike or (kind == "history" and group == _HAS) else "present"

    def _group(self, fact: str) -> str:
        """Return whether a fact is found, lasts or was done, is taken, or is an illness that may be over."""
        if self._is_seen(fact):
            return "found"
        return "lasts" if fact in self._lasting else "taken" if fact in self._taken else _HAS

    def unsaid(self) -> tuple[Span, ...]:
        """Return where the sentence says nothing of this person."""
        return tuple((scope.start, scope.end) for scope in self._scopes if scope.sense in SAYS_NOTHING)

    def _heard(self, span: Span, fact: str) -> Heard:
        tokens = self._around.tokens
        said: list[Heard] = []
        for scope in self._scopes:
            if not scope.covers(span):
                continue
            if scope.kind == "list":
                if not is_presupposed(tokens, span[0], scope.start):
                    said.append("absent")
            elif scope.kind == CONSIDERED and is_presupposed(tokens, span[0], scope.start):
                continue
            elif scope.kind == LONG_AGO:
                if not self._is_seen(fact) or not is_definite(tokens, span[0], self._nouns):
                    said.append("history")
            elif scope.kind == "asked" and self._is_to_be_changed(span, fact):
                return "present"
            elif scope.kind not in {"asked", ADVISED} or not self._is_known(span, fact, scope):
                return scope.sense
        low, high = (
            bisect_left(self._ends, span[0] - REACH_AHEAD),
            bisect_right(self._starts, span[1] + REACH_OF_A_LINE),
        )
        heard = self._around.heard(span[0], span[1], self._marks[low:high], said)
        if heard in {"past", "absent"} and self._is_seen(fact) and self._is_a_whole(span, heard):
            return "present"  # "the pain in the nodules has gone", "no pain in the nodules"
        if heard == "past" and self._is_ground(span, fact):
            return "present"
        return "present" if heard == "hypothetical" and self._is_supposed(span, fact) else heard

    def _is_a_whole(self, span: Span, heard: Heard) -> bool:
        """Whether something else is said to be over, or denied, in what is named: but "no sign of the nodules"."""
        tokens, start = self._around.tokens, span[0]
        if not is_presupposed(tokens, start, self.sentence.start):
            return False
        return heard == "past" or "of" not in tokens[max(0, start - _BEFORE_A_WHOLE) : start]

    def _is_ground(self, span: Span, fact: str) -> bool:
        """Whether something else came on top of an illness, and ended: "sepsis on kidney disease, resolved"."""
        on = span[0] - 1
        is_illness = fact not in self._taken and not self._is_seen(fact)
        return is_illness and self._around.tokens[on : on + 1] == ("on",) and on in self._around.name_ends

    def _is_supposed(self, span: Span, fact: str) -> bool:
        """Whether a condition takes a finding as known and asks how it goes: "if the ulcer has not settled"."""
        tokens, start = self._around.tokens, span[0]
        return self._is_seen(fact) and tokens[start - 2 : start - 1] == ("if",) and tokens[start - 1] in DETERMINERS

    def _is_known(self, span: Span, fact: str, scope: Scope) -> bool:
        """Whether a question or a fear takes as known what it names: "should the ulcer be closed?"."""
        tokens = self._around.tokens
        if scope.kind == ADVISED:
            goes_on = (end for at, end, _ in self.sentence.of_kind("continues") if tokens[at - 1 : at] != ("not",))
            if any(0 <= span[0] - end <= _GOES_ON for end in goes_on):
                return True
            if scope.sense == "hypothetical" and is_possessed(tokens, span[0]):
                return True
        if scope.sense != "past" and self._is_to_be_changed(span, fact):
            return True
        return scope.sense != "uncertain" and self._is_seen(fact) and is_definite(tokens, span[0], self._nouns)

    def _is_to_be_changed(self, span: Span, fact: str) -> bool:
        """Whether a question asks to stop, change or go on with what is taken: "should her warfarin be stopped?"."""
        if fact not in self._taken or not is_definite(self._around.tokens, span[0], self._nouns):
            return False
        first, last = span[0] - _CHANGED_WITHIN, span[1] + _CHANGED_WITHIN
        return any(first <= start and end <= last for start, end, _ in self.sentence.of_kind("changes"))

    def _is_seen(self, fact: str) -> bool:
        return not fact or fact in self._seen


def marks_near(marks: list[Mark], sentence: Sentence) -> list[Mark]:
    """Return the context words of a sentence and of the words around it, which an answer may follow."""
    low = bisect_left(marks, (sentence.start - REACH_AHEAD,))
    return marks[low : bisect_left(marks, (sentence.end + REACH_OF_A_LINE + 1,))]
