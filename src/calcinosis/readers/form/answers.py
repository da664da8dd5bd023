"""One answer of a form to a value: yes or no, a word of a choice, a number with its unit and its limits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from calcinosis.library.document import Document
from calcinosis.quantities.units import UnitError
from calcinosis.rules.check import nearest
from calcinosis.rules.vocabulary import Fact, Flag, Origin, Value
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from calcinosis.words.en import inputs

_YES = frozenset({"yes", "true", "present", "positive", "proven", "y"})
_NO = frozenset({"no", "false", "absent", "negative", "n", "none"})
_NOT_KNOWN = frozenset({"not known", "unknown", "?", "not_known", ""})
_SUSPECTED = frozenset({"suspected", "possible", "probable", "likely", "maybe", "uncertain"})
_FLAGS: dict[str, Flag] = {
    **dict.fromkeys(("high", "raised", "elevated", "increased"), "high"),
    **dict.fromkeys(("low", "reduced", "decreased"), "low"),
    "normal": "normal",
}
_AMOUNT = re.compile(r"^\s*(<=|>=|<|>)?\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*?)\s*$")
_DECIMAL_COMMA = re.compile(r"^[<>=\s]*\d+,\d")
_LIMITS = ("lower_limit", "upper_limit")
_NO_UNIT_NEEDED = frozenset({"1", "a", "{INR}", "/min", "kg/m2", "mm[Hg]"})
"""Units that are left out in speech, because nobody uses another."""


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a form: the fact that it asks for, the key as written, and where problems are told."""

    fact: Fact
    key: str
    document: Document
    terms: Terms

    def value(self, answer: Any) -> Value | None:
        """Return the value that an answer gives; None if it is not known or wrong, which is told."""
        said = {True: "yes", False: "no", None: ""}.get(answer) if isinstance(answer, bool | None) else str(answer)
        words = (said or "").strip()
        if words.lower() in _NOT_KNOWN:
            return None
        if self.fact.kind == "quantity":
            return self._quantity(words)
        if self.fact.kind == "choice":
            return self._choice(words)
        truth = next((truth for known, truth in _TRUTHS if words.lower() in known), None)
        if truth is None:
            self._tell(inputs.another_answer(self.fact.id), inputs.YES_OR_NO)
            return None
        return Value(truth=truth, said=words, origins=self._origins)

    @property
    def _origins(self) -> tuple[Origin, ...]:
        return (Origin("question", self.fact.id),)

    def _tell(self, found: str, expected: str, remedy: str = "") -> None:
        self.document.report((self.key,), found, expected, remedy)

    def _choice(self, words: str) -> Value | None:
        word = re.sub(r"[\s-]+", "_", words.lower())
        meant = [one for one, details in self.fact.words.items() if word == one or words.lower() in details.names]
        if self.fact.learned_by == "demographics":  # "F" and "m"
            meant += [one for one in self.fact.words if word == one[0]]
        if meant:
            return Value(truth=TRUE, word=meant[0], said=words, origins=self._origins)
        if word in _NO:
            return Value(truth=FALSE, said=words, origins=self._origins)
        expected = inputs.no_or_one_of(self.fact.words)
        self._tell(inputs.another_answer(self.fact.id), expected, nearest(word, self.fact.words))
        return None

    def _quantity(self, words: str) -> Value | None:
        if flag := _FLAGS.get(words.lower()):
            return Value(truth=TRUE, flag=flag, said=flag, origins=self._origins)
        if _DECIMAL_COMMA.match(words):
            self._tell(inputs.decimal_comma(self.fact.id), inputs.decimal_point(self._unit))
            return None
        first, *others = [part.strip() for part in words.split(",")]
        amount = self._amount(first)
        limits = self._limits(others) if amount is not None else {}
        if amount is None:
            return None
        number, sign = amount
        return Value(
            truth=TRUE,
            low=None if sign.startswith("<") else number,
            high=None if sign.startswith(">") else number,
            open_low=sign == ">",
            open_high=sign == "<",
            said=first,
            origins=self._origins,
            lower_limit=limits.get("lower_limit"),
            upper_limit=limits.get("upper_limit"),
        )

    def _limits(self, others: list[str]) -> dict[str, float]:
        limits = {}
        for other in others:
            side, _, rest = other.partition(" ")
            if side not in _LIMITS:
                self._tell(inputs.more_than_number(self.fact.id), inputs.LIMITS_AFTER_COMMA)
            elif (limit := self._amount(rest)) is not None:
                limits[side] = limit[0]
        return limits

    @property
    def _unit(self) -> str:
        unit = self.fact.unit.replace("{1.73_m2}", "1.73m2").replace("mm[Hg]", "mmHg")
        return {"1": "", "a": "years", "{INR}": ""}.get(unit, unit)

    def _amount(self, words: str) -> tuple[float, str] | None:
        """Return a number in the unit of the fact and its sign; what is wrong is told."""
        fact, match = self.fact, _AMOUNT.match(words)
        if match is None:
            self._tell(inputs.no_number_in(fact.id), inputs.number_with_unit(self._unit))
            return None
        number, unit = float(match[2]), match[3] or (fact.unit if fact.unit in _NO_UNIT_NEEDED else "")
        expected = inputs.unit_of(fact.name, self._unit)
        if not unit:
            self._tell(inputs.unit_missing(fact.id), expected)
            return None
        try:
            number *= self.terms.scale(fact, unit)
        except UnitError as error:
            self._tell(str(error), expected if self._unit else inputs.NUMBER_WITHOUT_UNIT)
            return None
        least, most = fact.plausible or (-math.inf, math.inf)
        if not math.isfinite(number) or not least <= number <= most:
            self._tell(inputs.impossible_number(fact.id), inputs.possible_value(least, most, self._unit))
            return None
        return number, match[1] or ""


_TRUTHS = ((_YES, TRUE), (_NO, FALSE), (_SUSPECTED, UNKNOWN))
