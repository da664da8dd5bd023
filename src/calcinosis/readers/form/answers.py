"""One answer of a form to a value: yes or no, a word of a choice, a number with its unit and its limits."""

from __future__ import annotations

import math
import re
from typing import Any

from msgspec import Struct

from calcinosis.library.document import Document
from calcinosis.person.sayings import EVER, Remark
from calcinosis.quantities.parse import Amount, AmountError, parts
from calcinosis.quantities.units import UNDERSTOOD, UnitError
from calcinosis.rules.check import nearest
from calcinosis.rules.vocabulary import Fact, Flag, Origin, Value
from calcinosis.terminology.amounts import AmbiguousError, ImpossibleError, NoUnitError, amount_of, possible_range
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from calcinosis.words.en import inputs
from calcinosis.words.en.quantities import unit_words
from calcinosis.words.en.remarks import impossible_value, limits_doubted

_YES = frozenset({"yes", "true", "present", "positive", "proven", "y"})
_NO = frozenset({"no", "false", "absent", "negative", "n", "none"})
_NOT_KNOWN = frozenset({"not known", "unknown", "?", "not_known", ""})
_SUSPECTED = frozenset({"suspected", "possible", "probable", "likely", "maybe", "uncertain"})
_OVER = frozenset({"past", "over", "resolved", "healed", "cured", "ended", "former", "previous"})
_FLAGS: dict[str, Flag] = {
    **dict.fromkeys(("high", "raised", "elevated", "increased"), "high"),
    **dict.fromkeys(("low", "reduced", "decreased"), "low"),
    "normal": "normal",
}
_SEPARATORS = re.compile(r"[\s-]+")
_LIMITS = ("lower_limit", "upper_limit")
UNIT_CONFIRMED = "unit_confirmed"
"""Stands after the comma of a number that is meant as it stands, though it fits another unit better."""


class Question(Struct, frozen=True):
    """A line of a form: the fact that it asks for, the key as written, and where problems and doubts are told."""

    fact: Fact
    key: str
    document: Document
    terms: Terms
    remarks: list[Remark]

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
        if says_over(words):
            truth = TRUE if self.fact.kind in EVER else FALSE if self.fact.kind == "medicine" else UNKNOWN
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
        word = _SEPARATORS.sub("_", words.lower())
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
        first, *others = parts(words)
        amount = self._amount(first)
        is_sure = UNIT_CONFIRMED in others
        limits = self._limits([other for other in others if other != UNIT_CONFIRMED]) if amount is not None else {}
        if amount is None:
            return None
        return Value(
            truth=TRUE,
            low=amount.low,
            high=amount.high,
            open_low=amount.open_low,
            open_high=amount.open_high,
            said=first,
            origins=self._origins,
            lower_limit=limits.get("lower_limit"),
            upper_limit=limits.get("upper_limit"),
            unit_confirmed=is_sure,
        )

    def _limits(self, others: list[str]) -> dict[str, float]:
        limits = {}
        for other in others:
            side, _, rest = other.partition(" ")
            limit = self._amount(rest, is_limit=True) if side in _LIMITS else None
            if side in limits:
                self._tell(inputs.limit_again(side, self.fact.id), inputs.EACH_LIMIT_ONCE)
            elif side not in _LIMITS or (limit is not None and not limit.is_exact):
                self._tell(inputs.more_than_number(self.fact.id), inputs.LIMITS_AFTER_COMMA)
            elif limit is not None and limit.low is not None:
                limits[side] = limit.low
        return limits

    @property
    def _unit(self) -> str:
        return "years" if self.fact.unit == "a" else unit_words(self.fact.unit)

    def _amount(self, words: str, is_limit: bool = False) -> Amount | None:
        """Return an amount in the unit of the fact; what is wrong is told, what is doubted is asked."""
        fact, unit = self.fact, self._unit
        try:
            return amount_of(words, fact, self.terms, fact.unit if fact.unit in UNDERSTOOD else "")
        except NoUnitError:
            self._tell(inputs.unit_missing(fact.id), inputs.unit_of(fact.name, unit))
        except UnitError as error:
            self._tell(str(error), inputs.unit_of(fact.name, unit) if unit else inputs.NUMBER_WITHOUT_UNIT)
        except AmbiguousError as error:
            self._tell(inputs.wrong_in(error, fact.id), inputs.NOTHING_BETWEEN_THOUSANDS)
        except ImpossibleError as error:
            if error.is_slip:
                told = impossible_value(fact.name, words.strip(), possible_range(fact))
                says, ask = (limits_doubted(fact.name), "") if is_limit else told
                self.remarks.append(Remark(self._origins[0], says, ask))
                return None
            least, most = fact.plausible or (-math.inf, math.inf)
            self._tell(inputs.impossible_number(fact.id), inputs.possible_value(least, most, unit))
        except AmountError as error:
            self._tell(inputs.wrong_in(error, fact.id), inputs.number_with_unit(unit))
        return None


def says_over(answer: Any) -> bool:
    """Whether an answer says that something was there and is over."""
    return isinstance(answer, str) and answer.strip().lower() in _OVER


_TRUTHS = ((_YES, TRUE), (_NO, FALSE), (_SUSPECTED, UNKNOWN))
