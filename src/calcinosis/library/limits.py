"""Limits as they are written, with their unit, to numbers in the unit of their fact."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from calcinosis.library.course_entries import HoldRule, Target
from calcinosis.library.document import Document
from calcinosis.library.entries import Treatment
from calcinosis.quantities.units import UnitError, factor
from calcinosis.rules.vocabulary import Fact, UsualLimits
from calcinosis.words.en import knowledge as words


def derive_targets(targets: dict[str, Target], facts: Mapping[str, Fact], documents: Mapping[str, Document]) -> None:
    """Give the limits of targets their numbers in the units of their facts; what is wrong is told."""
    for name, target in list(targets.items()):
        fact = facts.get(target.fact)
        if fact is not None:
            low = _limit_number(target.lower, -1, fact, documents[name], "lower")
            high = _limit_number(target.upper, 1, fact, documents[name], "upper")
            targets[name] = replace(target, lower_value=low, upper_value=high)


def derive_hold_rules(
    treatments: dict[str, Treatment], facts: Mapping[str, Fact], documents: Mapping[str, Document]
) -> None:
    """Give the changes for which a treatment is held their numbers in the units of facts; what is wrong is told."""
    for name, treatment in list(treatments.items()):
        if treatment.held_for:
            found = tuple(_hold_rule(one, facts, documents[name]) for one in treatment.held_for)
            treatments[name] = replace(treatment, held_for=found)


def _hold_rule(rule: HoldRule, facts: Mapping[str, Fact], document: Document) -> HoldRule:
    fact = facts.get(rule.fact)
    if fact is None or fact.kind != "quantity":
        document.report(("held_for",), rule.fact, words.A_QUANTITY)
        return rule
    by = _limit_number(rule.by, 0, fact, document, "held_for")
    return replace(rule, by_value=by, beyond_value=_limit_number(rule.beyond, 0, fact, document, "held_for"))


def limit_values(fact: Fact, limit: UsualLimits, document: Document) -> UsualLimits:
    """Return usual limits with their numbers in the unit of the fact; what is wrong is told."""
    low = _limit_number(limit.lower, -1, fact, document, "usual_limits")
    return replace(limit, lower_value=low, upper_value=_limit_number(limit.upper, 1, fact, document, "usual_limits"))


def _limit_number(text: str, side: int, fact: Fact, document: Document, key: str) -> float | None:
    """Return a limit as a number in the unit of its fact; what is wrong is told."""
    if not text:
        return None
    amount, _, unit = text.partition(" ")
    try:
        scale = factor(unit.strip(), fact.unit, fact.molar_mass, fact.valence)
        return (float(amount) + side * _tolerance(amount, unit.strip(), fact)) * scale
    except (ValueError, UnitError) as error:
        document.report((key,), f"{text}: {error}", words.NUMBER_AND_UNIT.format(unit=fact.unit))
        return None


def _tolerance(limit: str, unit: str, fact: Fact) -> float:
    """Return by how much a value must be beyond a usual limit to be so in the digits in which the limit is written.

    It matters where a result comes in two units: 2.55 mmol/L of calcium is 10.22 mg/dL, and not above 10.2.
    """
    digits = limit.partition(".")[2]
    return 0.499 * 10.0 ** -len(digits) if fact.molar_mass and digits and unit == fact.unit else 0.0
