"""Lists of results that one word calls high, low, normal, positive or negative, before or behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from calcinosis.readers.note.result_names import ResultName
from calcinosis.rules.vocabulary import Flag
from calcinosis.terminology.statements import SentenceRead
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, Truth

_WORDS_BETWEEN, _WORDS_BACK = 14, 3
_FURTHEST = 40
_VERBS = frozenset({"is", "was", "were", "are", "remained", "remain", "be", "been"})
_RELATIVE = frozenset({"that", "which"})
_NOT = frozenset({"not", "no", "never", "nor"})
_STOPS = frozenset({";", ".", "?", "but", "while", "not", "no"})
_PARTS = frozenset({",", "and", ";", ".", ":"})
_AGAIN = "again"
_CONDITIONS = frozenset({"if", "unless", "when", "whenever"})
_OF_A_CONDITION = _VERBS | {"it", "they", "still", "persistently", "very", "found"}
_BEFORE_A_CONDITION = 2
"""Words between a condition and its flag: "if it is low"."""
_MARK_WITHIN = 7
"""Words from the name of a test over its titer and unit to the letter that marks it: "ANA 1:640 IU/mL H"."""


class _Flagged(Struct, frozen=True):
    start: int
    end: int
    word: str
    is_denied: bool


class Called(Struct, frozen=True):
    """What a result is called, a flag, "positive" or "negative", and where the words stand that do so."""

    word: str
    start: int
    end: int


class FlagReader(Struct, frozen=True):
    """Reads the words that call the results of a sentence something; ``taken`` words belong to numbers."""

    tokens: tuple[str, ...]
    sentence: SentenceRead
    terms: Terms
    taken: frozenset[int]

    def called(self, names: list[ResultName]) -> Iterator[tuple[ResultName, Called]]:
        """Yield the names that are called something, with the word: a flag, "positive" or "negative"."""
        flags = list(self._flags())
        starts = {place: name for name in names for place in range(name.start, name.end)}
        last: Called | None = None
        for name in names:
            found = self._marked(name, starts) or self._of_name(name, flags, starts)
            if found is None or (self._has_number(name) and self._is_past_another(name, found, starts)):
                continue
            if found.word != _AGAIN:
                last = Called(self._word(found), found.start, found.end)
            if last is not None:
                yield name, last

    def _flags(self) -> Iterator[_Flagged]:
        notes, place = self.terms.notes, self.sentence.start
        first = (notes.again.by_first, notes.flags.by_first, notes.verdicts.by_first)
        while place < self.sentence.end:
            if not any(self.tokens[place] in words for words in first):
                place += 1
                continue
            found = (notes.again.at(self.tokens, place), notes.flags.at(self.tokens, place),
                     notes.verdicts.at(self.tokens, place))  # fmt: skip
            known = [match for match in found if match is not None]
            if not known:
                place += 1
                continue
            length, word = max(known, key=lambda match: match[0])
            if self.taken.isdisjoint(range(place, place + length)) and not self._is_conditional(place):
                denied = place > self.sentence.start and self.tokens[place - 1] in _NOT
                yield _Flagged(place - denied, place + length, word, denied)
            place += length

    def _is_conditional(self, place: int) -> bool:
        """Whether a flag is only a condition: "plasma to be given if low", "if they are high"."""
        before = self.tokens[max(self.sentence.start, place - 1 - _BEFORE_A_CONDITION) : place]
        conditions = [at for at, token in enumerate(before) if token in _CONDITIONS]
        return bool(conditions) and all(token in _OF_A_CONDITION for token in before[conditions[-1] + 1 :])

    def _of_name(self, name: ResultName, flags: list[_Flagged], starts: Mapping[int, ResultName]) -> _Flagged | None:
        fitting = [one for one in flags if one.word == _AGAIN or self._fits(name, one)]
        again = next((one for one in reversed(fitting) if one.end <= name.start and one.word == _AGAIN), None)
        if again is not None and self._joins(name, again.end, name.start, starts, unknown=1):
            return again
        ahead = next((one for one in fitting if one.start >= name.end and one.word != _AGAIN), None)
        # "no high calcium" says nothing of it being high
        before = [] if name.is_denied else [one for one in fitting if one.end <= name.start and one.word != _AGAIN]
        back = before[-1] if before else None
        is_ahead = (
            ahead is not None
            and self._joins(name, name.end, ahead.start, starts, unknown=_WORDS_BETWEEN)
            and not self._is_of_the_next(name, ahead, starts)
        )
        is_back = back is not None and self._joins(name, back.end, name.start, starts, unknown=_WORDS_BACK)
        if is_ahead and ahead is not None:
            is_right_behind = ahead.start == name.end and back is not None and back.end < name.start
            if not is_back or is_right_behind or self._has_verb(name.end, ahead.start):
                return ahead
        return back if is_back else None

    def _has_number(self, name: ResultName) -> bool:
        """Whether the number of a test stands right behind its name."""
        is_test = self.terms.facts[name.fact].kind != "quantity"
        return is_test and name.end < self.sentence.end and self.tokens[name.end][0].isdigit()

    def _is_past_another(self, name: ResultName, flag: _Flagged, starts: Mapping[int, ResultName]) -> bool:
        """Whether what calls a test something stands behind the name of another."""
        return any(place in starts for place in range(name.end, flag.start))

    def _marked(self, name: ResultName, starts: Mapping[int, ResultName]) -> _Flagged | None:
        """Return the letter that marks the number of a test: "SSA 3.2 (H)"."""
        if not self._has_number(name):
            return None
        for place in range(name.end + 1, min(name.end + _MARK_WITHIN, self.sentence.end)):
            token = self.tokens[place]
            if place in starts or token in _PARTS - {":"}:
                return None
            if token in self.terms.notes.marks:
                return _Flagged(place, place + 1, self.terms.notes.marks[token], is_denied=False)
        return None

    def _fits(self, name: ResultName, flag: _Flagged) -> bool:
        """Whether a word can be said of a result: of a number no "positive", and no denial of a flag."""
        if self.terms.facts[name.fact].kind == "quantity":
            return flag.word in {"high", "low", "normal"} and not flag.is_denied
        return flag.word != "low"

    def _word(self, flag: _Flagged) -> str:
        if not flag.is_denied:
            return flag.word
        return "normal" if flag.word in {"high", "positive"} else "high"

    def _is_of_the_next(self, name: ResultName, flag: _Flagged, starts: Mapping[int, ResultName]) -> bool:
        """Whether a flag without a verb speaks of the name behind it: "blood tests show a raised phosphate"."""
        if self._has_verb(name.end, flag.start) or flag.start == name.end:
            return False
        following = next(
            (starts[at] for at in range(flag.end, min(flag.end + 2, self.sentence.end)) if at in starts), None
        )
        return (
            following is not None
            and following is not name
            and not _PARTS & set(self.tokens[flag.end : following.start])
        )

    def _has_verb(self, start: int, end: int) -> bool:
        return not _VERBS.isdisjoint(self.tokens[start:end])

    def _joins(self, name: ResultName, start: int, end: int, starts: Mapping[int, ResultName], unknown: int) -> bool:
        """Whether only names, list words and a few unknown nouns of a list stand between."""
        if end - start > _FURTHEST:
            return False
        is_test = self.terms.facts[name.fact].kind == "result"
        others = verbs = 0
        for place in range(start, end):
            token = self.tokens[place]
            if token in _STOPS or (not is_test and (place in self.taken or token[0].isdigit())):
                return False
            if token in _VERBS:
                verbs += 1
            elif token in _RELATIVE:
                verbs = -1  # "tests that were arranged ... are normal": the verb of the clause within
            elif place not in starts and token not in self.terms.notes.between and not token[0].isdigit():
                others += 1
                if verbs > 0:
                    return False
        return others <= unknown and verbs <= 1


def flag_meant(word: str) -> Flag:
    """Return the flag that a word gives to a number."""
    return "high" if word == "high" else "low" if word == "low" else "normal"


def truth_meant(word: str) -> Truth:
    """Return whether a test is positive by a word."""
    return FALSE if word in {"normal", "negative"} else TRUE
