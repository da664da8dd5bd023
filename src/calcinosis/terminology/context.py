"""What the words around a name make of it: absent, uncertain, unlikely, past, of the family, or present.

The words are knowledge (``terminology/context.yaml``); here stands how far each kind reaches.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from calcinosis.rules.vocabulary import EVER
from calcinosis.terminology.clause_cuts import SENTENCE_ENDS, is_cut

Sense = Literal[
    "present",
    "absent",
    "uncertain",
    "unlikely",
    "past",
    "family",
    "hypothetical",
    "asked",
    "not-stated",
    "general",
    "like",
    "foreign",
    "planned",
]
"""What a text makes of a mention. "unlikely" is neither there, nor denied, nor suspected, "asked" is a request to find
out, "not-stated" that nothing is said of it, "general" what is so in other people, "like" a look ("milia-like"),
"foreign" a language that is not read, "planned" what is to come, of facts of which a rule asks for that."""
Heard = Literal[Sense, "history", "listed"]
"""What a text says: "history" is that it was there, and if it lasts, still is; "listed" that it is said behind that."""
SAYS_NOTHING: frozenset[Sense] = frozenset(
    {"family", "hypothetical", "asked", "not-stated", "general", "like", "planned"}
)
"""Senses that say nothing of this person: neither that something is there nor that it is not."""
NOT_SAID: frozenset[Sense] = SAYS_NOTHING | {"absent", "uncertain", "unlikely", "foreign"}
"""Senses in which a part of a finding is not said to be there."""
LEAVES_OPEN: frozenset[Sense] = frozenset({"uncertain", "unlikely", "past", "foreign"})
"""Senses in which what can end, or is doubted, is neither there now nor denied."""
_DOUBTED = LEAVES_OPEN - {"past"}
"""Senses in which what cannot end, such as an operation, is neither said to have been nor denied."""

REACH_AHEAD = 12
"""A context word reaches at most this many words ahead; beyond, a sentence speaks of something else."""
REACH_BACK = 5
REACH_OF_AN_END = 8
"""So far back reaches that something ended, over its place and its time: "ulcers of the leg in 2021, healed"."""
_NEXT_AHEAD = 2
_LONGEST_LIST = 60
_BEFORE_A_NAME = 2
_LONGEST_LABEL = 3
REACH_OF_A_LINE = 16
"""Words from a medicine to the end of its line: "warfarin 3 mg tablet, oral, stopped 2021"."""
_CLOSING = frozenset("?.;:!,/") | {"in", "on", "by", "since", "after", "at", "from", "and", "per", "within"}
"""What follows a word that ends a clause: "gout, resolved in 2020"."""
_WHERE_OR_WHEN = frozenset({"of", "in", "on", "at", "over", "under", "last"})
_PLACING = {("in",), ("on",), ("at",)}
_LINKING = frozenset(
    {"in", "on", "by", "at", "with", "after", "before", "since", "due", "from", "of", "for", "and", "per"}
)

_BY_STRENGTH: tuple[Heard, ...] = (
    "family",
    "general",
    "hypothetical",
    "like",
    "absent",
    "unlikely",
    "uncertain",
    "past",
    "history",
    "listed",
)
_STRENGTH: dict[Heard, int] = {sense: place for place, sense in enumerate(_BY_STRENGTH)}

SENSES: dict[str, Heard] = {
    **{sense: sense for sense in _STRENGTH},
    "absent_to_comma": "absent",
    "absent_next": "absent",
    "absent_prefix": "absent",
    "absent_answer": "absent",
    "absent_own": "absent",
    "hypothetical_own": "hypothetical",
    "uncertain_answer": "uncertain",
    "uncertain_next": "uncertain",
    "queried_next": "uncertain",
    "past_next": "past",
    "past_line": "past",
    "past_answer": "past",
    "past_listed": "past",
    "history_next": "history",
    "hypothetical_next": "hypothetical",
    "general_next": "general",
    "sought": "hypothetical",
    "like_next": "like",
    "joined_like_next": "like",
}
_SOUGHT = "sought"
_PAST = frozenset({"past", "past_listed"})
LISTED = frozenset({"past_listed", "history"})
"""Kinds that say of what stands behind a comma only that it belongs to the list: "s/p splenectomy, gout"."""
PARTS_A_LIST = frozenset({",", "on"})
_HAS = frozenset({"has", "have", "had"})
"""With these the sentence goes on of which "without" was said in passing: "a man without any illness has gout"."""
_REASON = "long_ago reason"
_LEADING = frozenset({"while", "when", "as", "during", "whilst", "after", "although", "because"})
_BEGUN = frozenset({"started", "begun", "began", "commenced", "since", "given"})
_PERSONS = frozenset({"she", "he", "they", "it", "i", "we"})
"""With these a new clause begins, of which what was to be prevented says nothing."""
_CONDITIONS = frozenset({"if", "lest"})

Mark = tuple[int, int, str]
"""A context word: where it starts and ends, and its kind with the side of a name on which it works."""


def leaves_open(sense: Sense, kind: str) -> bool:
    """Whether a sense says neither that a fact of a kind is there nor that it is not."""
    return sense in (_DOUBTED if kind in EVER else LEAVES_OPEN)


class Surroundings(Struct, frozen=True):
    """The words of a text, and where its names start and end."""

    tokens: tuple[str, ...]
    name_starts: frozenset[int]
    name_ends: frozenset[int]

    def heard(self, start: int, end: int, near: list[Mark], said: Iterable[Heard] = ()) -> Heard:
        """Return what the context words that reach a name make of it, beside what is ``said``; the strongest wins."""
        found: set[Heard] = set(said)
        is_sought = False
        for mark in near:
            kind, _, side = mark[2].partition(" ")
            if kind not in SENSES:
                continue
            if (side == "before" and self._reaches_ahead(kind, mark, (start, end), near)) or (
                side == "after" and self._reaches_back(kind, mark, end, near)
            ):
                is_listed = side == "before" and kind in LISTED and self._is_parted(mark[1], start)
                found.add("listed" if is_listed else SENSES[kind])
                is_sought = is_sought or kind == _SOUGHT
        if is_sought and "absent" in found:
            found.discard("hypothetical")
        return min(found, key=_STRENGTH.__getitem__) if found else "present"

    def _is_parted(self, place: int, start: int) -> bool:
        """Whether a list goes on between two places: "s/p splenectomy, gout", "s/p transplant on tacrolimus"."""
        return not PARTS_A_LIST.isdisjoint(self.tokens[place + 1 : start])

    def _reaches_ahead(self, kind: str, mark: Mark, span: tuple[int, int], near: list[Mark]) -> bool:
        (begins, ends, _), (start, end) = mark, span
        if ends > start or start - ends > (_NEXT_AHEAD if kind.endswith("_next") else REACH_AHEAD):
            return False
        if kind.endswith("_next") and not self._is_beside(ends, start):
            return False
        if kind.endswith("_prefix") and start != ends:
            return False  # "non-tender nodules", "non-blanching purple patches": the nodules and patches are there
        if kind == "uncertain_next" and begins in self.name_ends and not self._is_asked_before(begins):
            return False  # the "?" of "gout? sepsis" belongs to what stands before it
        if kind in _PAST and begins in self.name_ends and self._closes(ends):
            return False  # "warfarin (stopped 2020), diltiazem": over is what stands before it
        if (
            kind in _PAST
            and begins in self.name_ends
            and ends not in self.name_starts
            and _says_of_the_last(mark, near)
        ):
            return False  # "warfarin stopped (bleeding), gout"
        if kind in _PAST and any(ends <= mark[0] < start and mark[2] == _REASON for mark in near):
            return False  # "stopped in April due to av block"
        if kind in _PAST | {"history"} and "," in self.tokens[ends:start] and self._has_dose(end):
            return False  # "status post transplant, tacrolimus 3 mg"
        if SENSES[kind] == "hypothetical" and self._speaks_of_a_person(ends, start):
            return False
        if kind == _SOUGHT and "," in self.tokens[ends:start] and self._leads_to(begins, end):
            return False
        if kind == "family" and "i" in self.tokens[ends:start]:
            return False  # "my mother has gout and I take colchicine"
        if kind == "absent_to_comma" and "," in self.tokens[ends:start] and not self._list_goes_on(ends):
            return False
        if (
            kind == "absent_to_comma"
            and self.tokens[begins] == "without"
            and not _HAS.isdisjoint(self.tokens[ends:start])
        ):
            return False
        return not is_cut(self.tokens, ends, start, near)

    def _reaches_back(self, kind: str, mark: Mark, end: int, near: list[Mark]) -> bool:
        begins, ends, _ = mark
        between = self.tokens[end:begins]
        if kind == "past" and self._is_over(end, mark, near):
            return True
        if kind == "past_line":
            return self._ends_its_line(end, mark, near)
        if begins < end or len(between) > (REACH_OF_AN_END if self._is_dosed(kind, end, begins) else REACH_BACK):
            return False
        if kind.endswith("_answer"):
            is_all = self._closes(ends) or self._label_follows(ends)
            return is_all and between in {(), (":",), (",",), ("?",)}
        if kind.endswith("_next") or (kind.endswith("_own") and not self._is_its_own(end, between)):
            return not between
        if self._speaks_of_the_next(mark, near) or is_cut(self.tokens, end, begins, near):
            return False
        if "," not in between:
            return True
        if not self.name_starts.isdisjoint(range(end, begins)) or not self._closes(ends):
            return False
        is_beside = between[0] == "," and len(between) <= _BEFORE_A_NAME
        is_elsewhere = self.tokens[ends : ends + 1] == ("on",)  # "ulcer of the left shin, healed on the right"
        return is_beside or (between.index(",") == len(between) - 1 and not is_elsewhere)

    def _is_its_own(self, end: int, between: tuple[str, ...]) -> bool:
        """Whether only where or when stands between, or a name joined by "and": not "warfarin, surgery deferred"."""
        joined = between[:1] in {("and",), ("or",)} and end + 1 in self.name_starts
        return joined or between == (",",) or not _WHERE_OR_WHEN.isdisjoint(between[:1])

    def _is_over(self, end: int, mark: Mark, near: list[Mark]) -> bool:
        """Whether it ended, said behind where or when it was: "ulcers of the leg in 2021, healed in 2022"."""
        begins, ends, _ = mark
        between = self.tokens[end:begins]
        if between.count(",") != 1 or between[0] not in _WHERE_OR_WHEN or is_cut(self.tokens, end, begins, near):
            return False
        comma = end + between.index(",")
        told_anew = not self.name_starts.isdisjoint(range(comma, begins)) or begins - comma - 1 > _BEFORE_A_NAME
        is_closed = self._closes(ends) and not (self.tokens[ends : ends + 1] in _PLACING and not self._tells_when(ends))
        return len(between) <= REACH_OF_AN_END and not told_anew and is_closed

    def _speaks_of_a_person(self, ends: int, start: int) -> bool:
        """Whether a new clause begins before a name; the subject of a condition is none: "if it hurts"."""
        is_condition = self.tokens[ends - 1] in _CONDITIONS and self.tokens[ends] in _PERSONS
        return not (_PERSONS | {"my"} if is_condition else _PERSONS).isdisjoint(
            self.tokens[ends + is_condition : start]
        )

    def _ends_its_line(self, end: int, mark: Mark, near: list[Mark]) -> bool:
        """Whether what is said at the end of a line is said of the medicine that begins it, or behind a semicolon."""
        begins, ends, _ = mark
        if not 0 <= begins - end <= REACH_OF_A_LINE or not self.name_starts.isdisjoint(range(end, begins)):
            return False
        own = begins - 1 if begins > end and self.tokens[begins - 1] == ";" else begins
        told = self.tokens[end:own]
        is_told = self._has_dose(end) or (own < begins and not _BEGUN.isdisjoint(told))
        follows = self.tokens[ends : ends + _BEFORE_A_NAME + 1]
        linked = next((at for at, token in enumerate(follows) if token in _LINKING | _CLOSING), len(follows))
        names_another = not self.name_starts.isdisjoint(range(ends, ends + linked + (linked == 0)))
        return is_told and not names_another and _PERSONS.isdisjoint(told) and not is_cut(self.tokens, end, own, near)

    def _is_dosed(self, kind: str, end: int, begins: int) -> bool:
        """Whether only the dose stands between: "25 mg three times a day with meals (stopped)"."""
        return kind in {"past", "hypothetical"} and self._has_dose(end) and self._is_beside(end, begins)

    def _has_dose(self, end: int) -> bool:
        """Whether a number, or how many times, stands right behind a name: "IVIG monthly x6"."""
        return any(token.removeprefix("x")[:1].isdigit() for token in self.tokens[end : end + _BEFORE_A_NAME])

    def _tells_when(self, place: int) -> bool:
        """Whether "in" or "on" is followed by a time and not by a place: "in 2020", "in May 2020", "on the right"."""
        return any(token.isdigit() for token in self.tokens[place + 1 : place + 3])

    def _is_asked_before(self, end: int) -> bool:
        """Whether a sign of question already stands before the name that ends here: "? gout ? sepsis"."""
        start = next((place for place in range(end - 1, -1, -1) if place in self.name_starts), 0)
        return start > 0 and self.tokens[start - 1] == "?"

    def _is_beside(self, end: int, start: int) -> bool:
        """Whether neither a comma nor another name stands between."""
        return "," not in self.tokens[end:start] and self.name_starts.isdisjoint(range(end, start))

    def _speaks_of_the_next(self, mark: Mark, near: list[Mark]) -> bool:
        """Whether a word that works on both sides stands right before another name: "gout with possible sepsis"."""
        kind = mark[2].partition(" ")[0]
        if (mark[0], mark[1], f"{kind} before") not in near:
            return False
        for place in range(mark[1], min(mark[1] + _BEFORE_A_NAME + 1, len(self.tokens))):
            if place in self.name_starts:
                return True
            if self.tokens[place] in _LINKING or self.tokens[place] in _CLOSING:
                return False
        return False

    def _closes(self, place: int) -> bool:
        """Whether a clause ends at a place, or goes on with when or how."""
        return place == len(self.tokens) or self.tokens[place] in _CLOSING or self.tokens[place].isdigit()

    def _label_follows(self, place: int) -> bool:
        """Whether the name of the next thing that is asked follows, up to its colon: "ulcers: N  Telangiectasia: Y"."""
        following = self.tokens[place : place + _LONGEST_LABEL + 1]
        at = following.index(":") if ":" in following else 0
        return at > 0 and all(token.isalpha() for token in following[:at])

    def _leads_to(self, place: int, end: int) -> bool:
        """Whether a clause that opens a sentence leads to its last part: "while examined for gout, a lump is seen"."""
        before = range(place - 1, max(-1, place - REACH_AHEAD), -1)
        opening = next((at + 1 for at in before if self.tokens[at] in SENTENCE_ENDS), max(0, before.stop + 1))
        if self.tokens[opening] not in _LEADING:
            return False
        following = self.tokens[end : end + _LONGEST_LIST]
        last = next((at for at, token in enumerate(following) if token in SENTENCE_ENDS), len(following))
        return "," not in following[:last]

    def _list_goes_on(self, place: int) -> bool:
        """Whether "or" or "nor" follows in the same sentence."""
        for token in self.tokens[place : place + _LONGEST_LIST]:
            if token in SENTENCE_ENDS:
                return False
            if token in {"or", "nor"}:
                return True
        return False


def _says_of_the_last(mark: Mark, near: list[Mark]) -> bool:
    """Whether a word that works on both sides is said of the name right before it."""
    return (mark[0], mark[1], "past_next after") in near
