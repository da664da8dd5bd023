"""How results are worded, coded and flagged: the words of the knowledge, applied to one part of an Observation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from calcinosis.rules.vocabulary import Flag, Value
from calcinosis.shapes import Json, codes, items, obj, text
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of

_FLAGS: tuple[Flag, ...] = ("high", "low", "normal")


_NOTHING = Value()


class Result(Struct):
    """One thing that an Observation says: a fact and its value, or a text about what could not be used.

    ``remark`` is what is doubted of a value that is used all the same, ``ask`` the question that settles it.
    ``was_there`` says that it was so and is over.
    """

    fact: str = ""
    value: Value = _NOTHING
    problem: str = ""
    remark: str = ""
    ask: str = ""
    was_there: bool = False


class ResultWords(Struct, frozen=True):
    """The words and codes by which a result is high, low or normal, and a finding present or absent."""

    flag_codes: Mapping[str, Flag]
    flag_words: Mapping[str, Flag]
    yes_codes: frozenset[str]
    yes_flags: frozenset[str]
    yes_words: frozenset[str]
    no_codes: frozenset[str]
    no_flags: frozenset[str]
    no_words: frozenset[str]
    open_codes: frozenset[str]
    open_words: frozenset[str]
    other_ranges: Phrases
    contact_tests: Phrases
    critical: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> ResultWords:
        """Build from ``terminology/results.yaml``."""
        yes, no = data["yes"], data["no"]
        return ResultWords(
            flag_codes={code: flag for flag in _FLAGS for code in data["flags"][flag]},
            flag_words={word: flag for flag in _FLAGS for word in data["words"][flag]},
            yes_codes=frozenset(yes["codes"]),
            yes_flags=frozenset(yes["flags"]),
            yes_words=frozenset(yes["words"]),
            no_codes=frozenset(no["codes"]),
            no_flags=frozenset(no["flags"]),
            no_words=frozenset(no["words"]),
            open_codes=frozenset(data["open"]["codes"]),
            open_words=frozenset(data["open"]["words"]),
            other_ranges=Phrases.of((word, word) for word in data["not_normal_range"]),
            contact_tests=Phrases.of((word, word) for word in data["contact_tests"]),
            critical=frozenset((*data["critical"]["codes"], *data["critical"]["words"])),
        )

    def is_normal_range(self, words: str) -> bool:
        """Whether a text beside a range does not say that it is for something else than the healthy."""
        return not words or not self.other_ranges.stand_in(tokens_of(words))

    def is_critical(self, part: Json) -> bool:
        """Whether the interpretation of a part, or its words, call it critical."""
        coded, worded = interpretation_of(part)
        return not self.critical.isdisjoint({*coded, *worded, words_of(part)})

    def shows_contact(self, name: str) -> bool:
        """Whether a test that is named after a disease shows contact with it, and not the disease."""
        return self.contact_tests.stand_in(tokens_of(name))


def words_of(part: Json) -> str:
    """Return the value of a part in words, lower case, without what follows in brackets."""
    concept = obj(part, "valueCodeableConcept")
    words = text(part, "valueString") or text(concept, "text")
    for coding in items(concept, "coding") if not words else []:
        words = words or text(coding, "display")
    return words.strip().lower().rstrip(".").split(" (")[0]


_ANSWER_ENDS = re.compile(r"[,;.:–—-]|\s(?=[<>≥0-9])")
"""Where an answer ends, and what is said beside it begins."""


def answer_of(worded: str) -> str:
    """Return the answer with which a value in words begins, such as "yes, since 2019" or "positive 1:640"."""
    return _ANSWER_ENDS.split(worded, maxsplit=1)[0].strip()


def interpretation_of(part: Json) -> tuple[set[str], set[str]]:
    """Return the codes of the interpretation and its words."""
    coded: set[str] = set()
    worded: set[str] = set()
    if "interpretation" in part:
        for concept in _interpretations(part):
            coded |= codes(concept)
            told = text(concept, "text").strip()
            worded.add(told.lower())
            worded |= {text(coding, "display").strip().lower() for coding in items(concept, "coding")}
            if told.isupper() and len(told) < 3 and not coded:  # a code written as a text
                coded.add(told)
    return coded, worded - {""}


def _interpretations(part: Json) -> list[Json]:
    """Return the interpretations of a part; the second and third version of FHIR had one."""
    one = part["interpretation"]
    return [one] if isinstance(one, dict) and one else items(part, "interpretation")


def interpretations_not_known(part: Json, words: ResultWords) -> list[str]:
    """Return the interpretations of a part of which neither code nor words mean anything."""
    known_codes = {*words.flag_codes, *words.yes_flags, *words.no_flags, *words.open_codes}
    known_words = {*words.flag_words, *words.yes_words, *words.no_words, *words.open_words}
    found = []
    for concept in _interpretations(part):
        told = [text(concept, "text"), *(text(coding, "display") for coding in items(concept, "coding"))]
        named = [*filter(None, told), *sorted(filter(None, codes(concept)))]
        is_known = {*codes(concept), *told} & known_codes or {one.strip().lower() for one in told} & known_words
        if named and not is_known:
            found.append(named[0])
    return found


def flag_of(part: Json, words: ResultWords) -> Flag:
    """Return whether the result is called high, low or normal; empty where it is not, or where it is called several."""
    coded, worded = interpretation_of(part)
    return flag_among(coded, (*worded, words_of(part)), words)


def flag_among(coded: Iterable[str], worded: Iterable[str], words: ResultWords) -> Flag:
    """Return whether codes and words call a result high, low or normal; empty where they do not, or say several."""
    flags = {words.flag_codes[code] for code in coded if code in words.flag_codes}
    flags |= {words.flag_words[word] for word in worded if word in words.flag_words}
    return flags.pop() if len(flags) == 1 else ""
