"""How clinic notes are laid out and what they write short: the words of ``terminology/notes.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.results import ResultWords
from calcinosis.terminology.tokens import tokens_of

_OF_BIRTH = ("birth", "beside", "pregnancy", "now")
_BESIDE = 3
_YEAR = 4
"""Digits of a year: one who was born in it is no newborn."""
_WEIGHT_WITHIN = 9
"""Words from a birth to the weight that is told with it."""


class BirthWords(Struct, frozen=True):
    """Words of a birth, of a pregnancy that still goes on, of now, and the facts that a birth tells."""

    age: str
    weight: str
    weight_of_now: str
    expecting: str
    birth: frozenset[str]
    beside: frozenset[str]
    """With these a number of weeks right beside them is that of the birth."""
    pregnancy: frozenset[str]
    now: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> BirthWords:
        """Build from the words of birth of ``terminology/notes.yaml``."""
        sets = (frozenset(token for word in data[key] for token in tokens_of(str(word))) for key in _OF_BIRTH)
        return BirthWords(data["age"], data["weight"], data["weight_of_now"], data["expecting"], *sets)

    def tell_of_birth(self, tokens: tuple[str, ...]) -> bool:
        """Whether words tell of a birth, and not of a pregnancy that still goes on."""
        return not self.birth.isdisjoint(tokens) and self.pregnancy.isdisjoint(tokens)

    def tell_of_pregnancy(self, tokens: tuple[str, ...]) -> bool:
        """Whether words tell of a pregnancy that still goes on: "G2P1", and of no birth."""
        return self.birth.isdisjoint(tokens) and not self.pregnancy.isdisjoint(tokens)

    def stand_beside(self, tokens: tuple[str, ...], start: int, end: int) -> bool:
        """Whether a word of an early birth stands right before or behind a number of weeks."""
        near = (*tokens[max(0, start - _BESIDE) : start], *tokens[end : end + _BESIDE - 1])
        return not self.beside.isdisjoint(near) and self.now.isdisjoint(near)

    def lead_to(self, before: tuple[str, ...]) -> bool:
        """Whether the words before a weight tell of a birth and of nothing later."""
        last = max((at for at, token in enumerate(before) if token in self.birth), default=-1)
        since = before[last:]
        has_year = any(len(token) == _YEAR and token.isdigit() for token in since)
        return 0 <= last >= len(before) - _WEIGHT_WITHIN and not has_year and self.now.union({";"}).isdisjoint(since)


class NoteWords(Struct, frozen=True):
    """Headings, persons, times, numerals and short names of results, and what may stand between a result and a flag."""

    sections: Mapping[tuple[str, ...], str]
    persons: Mapping[str, str]
    times: Mapping[str, str]
    numerals: Mapping[str, int]
    tens: Mapping[str, int]
    multiples: frozenset[str]
    people: frozenset[str]
    titles: frozenset[str]
    """Words behind which the name of a person stands."""
    sizes: Phrases
    """Things that have a size; the meaning is the fact that is its size, or nothing."""
    results: Phrases
    flags: Phrases
    marks: Mapping[str, str]
    """Letters behind a number that say what it is: "3.2 (H)"."""
    verdicts: Phrases
    """What calls a test positive or negative."""
    pairs: Phrases
    """Names behind which two numbers stand; the meaning is the number of the pair in ``pair_facts``."""
    pair_facts: tuple[tuple[str, str], ...]
    scores: Phrases
    """Names of scores; the meaning is the fact and the whole of which its number is told."""
    levels: frozenset[str]
    antibodies_to: Phrases
    before_number: Phrases
    order: Phrases
    """Words that tell which of several numbers is the one of now."""
    between: frozenset[str]
    again: Phrases
    courtesies: Phrases
    conditions: Mapping[tuple[str, str], str]
    """The condition that a flag of a quantity is."""
    quantities: Mapping[str, str]
    """The quantity of each of them: "hyperkalaemia of 7.1 mmol/L"."""
    patients: frozenset[str]
    """Words for the person that a note is about, in the singular."""
    copied: Phrases
    """Words by which a note says that text was taken over from an earlier one."""
    visits: Phrases
    """Words that only the note of a visit has."""
    births: BirthWords
    days: Mapping[str, frozenset[str]]
    day_counts: Mapping[str, str]
    """Words of a count of days, and from when it counts: "DOL 9", "day 2 of admission"."""
    months: Mapping[str, int]

    @staticmethod
    def of(data: Mapping[str, Any], results: ResultWords) -> NoteWords:
        """Build from ``terminology/notes.yaml`` and the words of results."""
        return NoteWords(
            sections={tokens_of(str(word)): kind for kind, words in data["sections"].items() for word in words},
            persons=_by_word(data["persons"]),
            times=_by_word(data["times"]),
            numerals={tokens_of(word)[0]: number for number, word in enumerate(data["numerals"])},
            multiples=frozenset(token for word in data["multiples"] for token in tokens_of(str(word))),
            tens={tokens_of(str(word))[0]: int(number) for word, number in data["tens"].items()},
            people=frozenset(token for word in data["people"] for token in tokens_of(str(word))),
            titles=frozenset(data["titles"]),
            sizes=Phrases.of(
                (str(word), size["fact"] if side == "of" else "")
                for size in data["sizes"]
                for side in ("of", "not")
                for word in size[side]
            ),
            results=Phrases.of((str(word), fact) for fact, words in data["results"].items() for word in words),
            flags=Phrases.of(results.flag_words.items()),
            marks={code.lower(): flag for code, flag in results.flag_codes.items() if code.isalpha()},
            verdicts=Phrases.of((str(word), sense) for sense, words in data["verdicts"].items() for word in words),
            pairs=Phrases.of((str(name), str(at)) for at, pair in enumerate(data["pairs"]) for name in pair["names"]),
            pair_facts=tuple((pair["facts"][0], pair["facts"][1]) for pair in data["pairs"]),
            scores=Phrases.of(
                (str(name), f"{one['fact']}/{one['of']}") for one in data["scores"] for name in one["names"]
            ),
            levels=frozenset(token for word in data["levels"] for token in tokens_of(str(word))),
            antibodies_to=Phrases.of((str(word), "to") for word in data["antibodies_to"]),
            before_number=Phrases.of((str(word), "before") for word in data["before_number"]),
            order=Phrases.of((str(word), order) for order, words in data["order"].items() for word in words),
            between=frozenset(token for word in data["between"] for token in tokens_of(str(word))),
            again=Phrases.of((word, "again") for word in data["again"]),
            courtesies=Phrases.of((str(word), "courtesy") for word in data["courtesies"]),
            quantities={
                str(condition): str(fact) for fact, flags in data["conditions"].items() for condition in flags.values()
            },
            conditions={
                (str(fact), str(flag)): str(condition)
                for fact, flags in data["conditions"].items()
                for flag, condition in flags.items()
            },
            patients=frozenset(token for word in data["patients"] for token in tokens_of(str(word))),
            copied=Phrases.of((str(word), "copied") for word in data["copied"]),
            visits=Phrases.of((str(word), "visit") for word in data["visits"]),
            births=BirthWords.of(data["birth"]),
            days={kind: frozenset(str(word) for word in words) for kind, words in data["days"].items()},
            day_counts=_by_word(data["day_counts"]),
            months={str(name): int(month) for name, month in data["months"].items()},
        )


def _by_word(data: Mapping[str, Any]) -> dict[str, str]:
    return {token: meaning for meaning, words in data.items() for word in words for token in tokens_of(str(word))}
