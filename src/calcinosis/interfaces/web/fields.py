"""A fact and its answer to a field of the form."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from calcinosis.compiled import Knowledge
from calcinosis.interfaces.web.answers import UNKNOWN, Answers
from calcinosis.interfaces.web.form_design import OTHER, OWN, Unit, unit_in, units_of
from calcinosis.interfaces.web.words import words
from calcinosis.quantities.parse import AmountError, readings
from calcinosis.rules.vocabulary import Fact
from calcinosis.words.en.quantities import in_other_unit

_TIMES = frozenset({"a", "mo", "wk", "d"})
_TRI = ("yes", "no", UNKNOWN)


class Field(Struct, frozen=True, kw_only=True):
    """One question of the form with its answer, its units, and what is wrong with the answer.

    ``worked_out`` is what follows from a value, ``doubt`` the code of the unit that it fits better, ``sure`` a number
    that is meant as it stands.
    """

    fact: str
    label: str
    kind: Literal["tri", "quantity", "choice"]
    value: str = ""
    unit: str = ""
    rest: str = ""
    units: tuple[Unit, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    other: str = ""
    worked_out: tuple[str, ...] = ()
    doubt: str = ""
    error: str = ""
    sure: str = ""

    @property
    def is_of_time(self) -> bool:
        """Whether its unit is chosen with each number, as years or months are."""
        return self.unit in _TIMES

    def words_of(self, code: str) -> str:
        """Return a unit in words."""
        return next((one.words for one in self.units if one.code == code), code)

    @property
    def is_known(self) -> bool:
        """Whether it is answered."""
        return self.value not in {"", UNKNOWN}


def field_of(name: str, answers: Answers, knowledge: Knowledge, short: bool = False) -> Field:
    """Return the field of a fact; ``short`` gives its name where the question would only repeat it."""
    fact = knowledge.library.facts[name]
    label = fact.name if short or not fact.question else fact.question
    value, error = answers.values.get(name, ""), answers.errors.get(name, "")
    if fact.kind == "quantity":
        return _quantity(fact, label, value, error, answers, knowledge)
    if fact.kind == "choice":
        chosen = tuple((word, word.replace("_", " ")) for word in fact.words)
        return Field(fact=name, label=label, kind="choice", value=value, choices=chosen, error=error)
    return Field(fact=name, label=label, kind="tri", value=value or UNKNOWN, choices=_tri_words(value), error=error)


def _tri_words(value: str) -> tuple[tuple[str, str], ...]:
    """Return yes, no and not known, and what else a saved form says, such as suspected."""
    texts = words()["form"]["answers"]
    others = [(value, value)] if value and value not in _TRI else []
    return (*((word, texts[word]) for word in _TRI), *others)


def _quantity(fact: Fact, label: str, value: str, error: str, answers: Answers, knowledge: Knowledge) -> Field:
    units = units_of(fact, knowledge.terms)
    unit = answers.units.get(fact.id) or unit_in(fact, answers.system, knowledge.terms)
    if unit not in {one.code for one in units}:
        units = (*units, Unit(unit, unit, 0.0))
    return Field(
        fact=fact.id,
        label=label,
        kind="quantity",
        value=value,
        unit=unit,
        rest=answers.rest.get(fact.id, ""),
        units=units,
        other="" if error else _in_other_unit(value, unit, _other_unit(fact, unit, knowledge), units),
        doubt=answers.doubts.get(fact.id, ""),
        error=error,
        sure=answers.sure.get(fact.id, ""),
    )


def _other_unit(fact: Fact, unit: str, knowledge: Knowledge) -> str:
    """Return the unit of the other system of units; empty where both count alike."""
    own, other = (unit_in(fact, system, knowledge.terms) for system in (OWN, OTHER))
    return "" if own == other else other if unit == own else own


def _in_other_unit(value: str, unit: str, wanted: str, units: tuple[Unit, ...]) -> str:
    """Return the same number in another unit: the wanted one, or the first that is offered."""
    try:
        found = readings(value)
    except AmountError:
        return ""
    if len(found) > 1 or found[0].unit or not found[0].is_exact or found[0].low is None:
        return ""
    given = next((one for one in units if one.code == unit and one.factor), None)
    others = [one for one in units if one.code != unit and one.factor]
    other = next((one for one in others if one.code == wanted), others[0] if others else None)
    if given is None or other is None:
        return ""
    same = in_other_unit(found[0].low, given.code, given.factor / other.factor, other.code)
    return str(words()["form"]["equals"].format(number=same, unit=other.words)) if same else ""
