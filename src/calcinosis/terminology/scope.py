"""What is said of a whole clause: asked, not stated, of a relative, considered, denied in a list.

These are looked for before the words around a single name, in this order; the first that covers a name wins.
"""

from __future__ import annotations

from bisect import bisect_left

from calcinosis.terminology.context import Sense
from calcinosis.terminology.headings import of_headings
from calcinosis.terminology.moods import of_moods
from calcinosis.terminology.noun_phrases import DETERMINERS, OF_A_WHOLE, VERBS
from calcinosis.terminology.sentence import ADVISED, OTHERS, SUBJECT_WITHIN, VERB_GROUP, Scope, SentenceParts

_CONJUNCTIONS = frozenset({"and", "but", "while", "whereas", "although"})
_ENDS_A_LINE = frozenset({";", ",", ":", "?", "."})
CONSIDERED = "considered"
_FIRST_PERSON = frozenset({"i", "patient"})
_PERSON = _FIRST_PERSON | {"she", "he"}
_GOES_BY = "goes_by "
_OTHERS_BACK = 5
"""Words before "in her husband" that tell what he has."""
_NOT_ONE = frozenset({"no", "neither", "nor"})
_NEW_SUBJECT = frozenset({"no", "there", "i", "ive", "im"})
_ABOUT = frozenset({"about", "on", "regarding", "concerning"})
_ABOUT_WITHIN = 5
_DONE = frozenset({"done", "performed", "tested", "measured", "checked"})
"""What is said of tests, and of no diagnosis before the comma."""
_UNKNOWN = "not_stated answer"
_ANSWERS = frozenset({"absent_answer after", _UNKNOWN})
_SHORT_QUESTION = 12
_SHORT_ANSWERED = 4
"""Words up to which "unknown" is said of all that stands before it on its line."""
_AS_WELL = frozenset({"as", "so", "nor", "neither"})
_AS_WELL_WITHIN = 6
_LISTS = frozenset({"absent before", "absent_to_comma before"})
_JOINS_A_LIST = frozenset({",", "/"})
_LONGEST_ITEM = 2
"""Words of an item of a list that one word answers: "fever, weight loss, rigors: none"."""
_OF_A_WHOLE = (
    _ANSWERS
    | _LISTS
    | {OTHERS, "other_person after", "family before", "asked request", "denied_list back", "denied_list answer"}
    | {f"not_stated {side}" for side in ("ahead", "back", "opening", "neither", "negated")}
    | {f"{kind} {side}" for kind in ("advised", "general") for side in ("clause", "plural", "target", "back")}
    | {"considered ahead", "considered back"}
)
"""Kinds of context words that say something of a whole part; a question needs none."""


class Sentence(SentenceParts, frozen=True):
    """A sentence, and of which parts of it something is said as a whole."""

    def scopes(self) -> list[Scope]:
        """Return the scopes in the order in which they win."""
        of_a_whole = [] if _OF_A_WHOLE.isdisjoint(self.by_kind) and not self.is_question else self._of_a_whole()
        return [*of_a_whole, *of_headings(self), *of_moods(self)]

    def _of_a_whole(self) -> list[Scope]:
        found: list[Scope] = []
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

    def _asked(self) -> list[Scope]:
        found = []
        for start, end, _ in self.of_kind("asked request"):
            last = self.end_of_clause(end)
            if self.tokens[start - 1 : start] == (",",) and start > self.start:  # "the nurses, asked about it, say ..."
                last = next((at for at in range(end, last) if self.tokens[at] == ","), last)
            query = self._queries(start, last)
            found.append(Scope(end, last, "uncertain" if query else "asked", "asked"))
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
        for start, end, kind in self.marks:
            if kind not in _ANSWERS or start <= self.start:
                continue
            is_parted = self.tokens[start - 1] in {":", "?"} and start - 1 > self.start
            ends = _ENDS_A_LINE if kind != _UNKNOWN or not is_parted else _ENDS_A_LINE - {","}
            behind = start - 1 - is_parted
            first = next((at for at in range(behind, self.start - 1, -1) if self.tokens[at] in ends), None)
            head = self.start if first is None else first + 1
            if kind == _UNKNOWN:
                said = self.tokens[head:start]
                is_all = end >= self.end or self.tokens[end] in _ENDS_A_LINE
                if is_parted or (is_all and len(said) <= _SHORT_ANSWERED and VERBS.isdisjoint(said)):
                    found.append(Scope(head, start, "not-stated", "answer"))  # "scleroderma: unknown", "- unknown"
                continue
            if not is_parted:
                continue
            for at in range(head + 1, start - 2):
                if self.tokens[at] in OF_A_WHOLE and self.tokens[at + 1] in DETERMINERS:
                    found += [Scope(head, at, "absent", "answer"), Scope(at, start, "present", "answer")]
                    break
        return found

    def _queries(self, start: int, end: int) -> bool:
        return any(start <= mark[0] < end for mark in self.of_kind("asked query"))

    def _question_start(self) -> int | None:
        for start, _, kind in self.marks:
            if kind in {"asked question", "asked query"} and (
                start == self.start or self.tokens[start - 1] in {",", ";", ":", "-"} | _CONJUNCTIONS
            ):
                return start
        return None

    def _not_stated(self) -> list[Scope]:
        ahead = [Scope(end, self.end_of_clause(end), "not-stated") for _, end, _ in self.of_kind("not_stated ahead")]
        back = [
            Scope(self._what_was_not_done(start, end) or self.subject(start), start, "not-stated")
            for start, end, _ in self.of_kind("not_stated back")
        ]
        causes = [start for start, _, _ in self.of_kind("not_stated of_what_is_there")]
        back = [one for one in back if not any(one.start <= at < one.end for at in causes)]
        for _, end, _ in self.of_kind("not_stated opening"):
            about = (at for at in range(end, min(end + _ABOUT_WITHIN, self.end)) if self.tokens[at] in _ABOUT)
            if (first := next(about, None)) is not None and VERBS.isdisjoint(self.tokens[end:first]):
                ahead.append(Scope(first, self.end_of_clause(first), "not-stated"))
        return [
            *ahead,
            *back,
            *self._neither_said(),
            *self._none_told(),
            *self._as_well("not_stated back", "not-stated"),
        ]

    def _what_was_not_done(self, start: int, end: int) -> int:
        """Return where the test begins that was not done: "gout, aspiration not done"; 0 for a list with "and"."""
        if self.tokens[end - 1] not in _DONE:
            return 0
        subject = range(self.subject(start), start)
        commas = [at for at in subject if self.tokens[at] == ","]
        is_list = not commas or not {"and", "or"}.isdisjoint(self.tokens[commas[-1] : start])
        return 0 if is_list or commas[-1] + 1 >= start else commas[-1] + 1

    def _none_told(self) -> list[Scope]:
        """What a list that begins with a negation says is told is not stated: "no injury or operation is recorded"."""
        denied = self.of_kind("absent before")
        nots = [(start, end) for start, end, _ in denied if self._denies_it(start, end)]
        found = []
        for start, end, _ in self.of_kind("not_stated negated"):
            subject = self.subject(start)
            first = next((begins for begins, ends in nots if subject <= begins and ends <= start), None)
            if first is not None and not VERBS & set(self.tokens[first : start - VERB_GROUP]):
                found.append(Scope(first, end, "not-stated"))
        return found

    def _denies_it(self, start: int, end: int) -> bool:
        """Whether a negation is that of a list, and not of a history: "no history of gout" was asked for."""
        return self.tokens[start] in _NOT_ONE and "history" not in self.tokens[start:end]

    def _as_well(self, kind: str, sense: Sense) -> list[Scope]:
        """What follows such a mark and shares its verb: "gout is not mentioned, nor is lupus", "as have been burns"."""
        found = []
        for _, end, _ in self.of_kind(kind):
            last = self.end_of_clause(end)
            for at in range(end, min(end + _AS_WELL_WITHIN, last - 1)):
                is_close = at == end or self.tokens[at - 1] in {",", "and"}
                if is_close and self.tokens[at] in _AS_WELL and self.tokens[at + 1] in VERBS:
                    found.append(Scope(at, last, sense))
                    break
        return found

    def _neither_said(self) -> list[Scope]:
        """What of neither is said is not told: "neither is said to have gout or sepsis, nor to take warfarin"."""
        nots = [
            end
            for _, end, _ in self.marks
            if self.tokens[end - 1] in {"neither", "none", "not", "nor", "nobody", "one"}
        ]
        found = []
        for start, end, _ in self.of_kind("not_stated neither"):
            if any(0 <= start - first <= SUBJECT_WITHIN for first in nots):
                found.append(Scope(end, self.end_of_clause(end), "not-stated"))
        return found

    def _of_relatives(self) -> list[Scope]:
        found = []
        for mark in self.subjects("family before"):
            end, last = mark[1], self.end_of_others(mark, _FIRST_PERSON)
            again = (
                at for at in range(end, last - 1) if self.tokens[at] == "and" and self.tokens[at + 1] in _NEW_SUBJECT
            )
            found += [Scope(end, next(again, last), "family"), *self._gone_on(end, last, "family")]
        return found

    def _gone_on(self, end: int, last: int, sense: Sense) -> list[Scope]:
        """What a pronoun behind a semicolon says of such people: "her husband is here; he takes warfarin too"."""
        pronouns = {kind.removeprefix(_GOES_BY) for _, ends, kind in self.marks if ends == end and _GOES_BY in kind}
        found = []
        while last + 1 < self.end and self.tokens[last] == ";" and self.tokens[last + 1] in pronouns:
            begins, last = last + 1, self.end_of_clause(last + 1)
            found.append(Scope(begins, last, sense))
        return found

    def _of_others(self) -> list[Scope]:
        """What people who are no relatives have, up to where the person is spoken of again."""
        found = []
        for mark in self.subjects(OTHERS):
            last = self.end_of_others(mark, _PERSON)
            found += [Scope(mark[1], last, "general"), *self._gone_on(mark[1], self.end_of_clause(mark[1]), "general")]
        return found + [Scope(max(self.start, at - _OTHERS_BACK), at, "general") for at in self._behind_others()]

    def _behind_others(self) -> list[int]:
        return [start for start, _, _ in self.of_kind("other_person after")]

    def _advised(self) -> list[Scope]:
        """What may come, or is aimed at; a target ends at its number, or at a comma, where no colon opens a list."""
        advised = self.of_kind("advised clause")
        ahead = [Scope(end, self.end_of_clause(end), "hypothetical", ADVISED) for _, end, _ in advised]
        for _, end, _ in self.of_kind("advised target"):
            last = self.end_of_clause(end)
            is_list = end < last and self.tokens[end] == ":"
            ends = (at for at in range(end, last) if not is_list and not self.tokens[at].isalpha())
            ahead.append(Scope(end, next(ends, last), "hypothetical"))
        return ahead

    def _considered(self) -> list[Scope]:
        ahead, back = self.of_kind("considered ahead"), self.of_kind("considered back")
        return [
            *(Scope(self.subject(start), start, "uncertain", CONSIDERED) for start, _, _ in back),
            *(Scope(end, self.end_of_clause(end), "uncertain", CONSIDERED) for _, end, _ in ahead),
        ]

    def _denied(self) -> list[Scope]:
        """Lists after no, neither and without reach to the verb, however long they are, where or or nor is in them."""
        found = []
        for _, end, kind in self.marks:
            if kind in _LISTS:
                last = self.end_of_list(end)
                following = bisect_left(self.alternatives, end)
                if following < len(self.alternatives) and self.alternatives[following] < last:
                    found.append(Scope(end, last, "absent", "list"))
        found += self._denied_as_answer()
        denied = self.of_kind("denied_list back")
        back = [Scope(self.subject(start), start, "absent", "list") for start, _, _ in denied]
        return [*found, *back, *self._as_well("denied_list back", "absent")]

    def _denied_as_answer(self) -> list[Scope]:
        """A list of bare things before a colon, of which nothing is there: "fever, rash, pus: none seen"."""
        found = []
        for start, end, _ in self.of_kind("denied_list answer"):
            if start - 1 <= self.start or self.tokens[start - 1] != ":":
                continue
            listed = range(self.start_of_clause(start - 1), start - 1)
            words = [self.tokens[at] for at in listed]
            if end - start == 1 and not _is_bare_list(words):
                continue  # "purpura of the legs, fever: none"
            if VERBS.isdisjoint(words) and all(word.isalpha() or word in _JOINS_A_LIST for word in words):
                found.append(Scope(listed.start, listed.stop, "absent", "list"))
        return found

    def _general(self) -> list[Scope]:
        """What is so in other people, and a subject without a determiner of which something is said in general."""
        ahead = [end for kind in ("general clause", "general plural") for _, end, _ in self.of_kind(kind)]
        found = [Scope(end, self.end_of_clause(end), "general") for end in ahead]
        for start, _, _ in self.of_kind("general back"):
            first = self.subject(start)
            if self.tokens[first] not in DETERMINERS:
                found.append(Scope(first, start, "general"))
        return found


def _is_bare_list(words: list[str]) -> bool:
    """Whether words are a list of three things or more, each named by a word or two."""
    items = " ".join(words).split(" , ")
    return len(items) > _LONGEST_ITEM and all(len(item.split()) <= _LONGEST_ITEM for item in items)
