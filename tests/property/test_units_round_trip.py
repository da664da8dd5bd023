"""Every unit in which a result may be written leads to the unit of its fact and back."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcinosis.compiled import knowledge
from calcinosis.quantities.units import UnitError, factor
from calcinosis.rules.vocabulary import Fact

TERMS = knowledge().terms
PAIRS = sorted(TERMS.factors)
PIECES = (
    "mg",
    "mol",
    "eq",
    "L",
    "/",
    ".",
    "10*3",
    "10*-9",
    "Cel",
    "B",
    "[pH]",
    "{x}",
    "2",
    "-1",
    "%",
    "(",
    ")",
    "u",
    " ",
)
UNITS = st.text(max_size=12) | st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


PLAIN = [(name, unit) for name, unit in PAIRS if unit == "1" and TERMS.facts[name].unit.startswith("{")]
"""Scores, counts and ratios that may be told as a plain number."""


def test_there_and_back() -> None:
    """The way to the unit of the fact is undone by the way back; a plain number may be an INR or a score; not back."""
    one_way = []
    for name, unit in PAIRS:
        fact, ucum = TERMS.facts[name], TERMS.unit_names.get(unit, unit)
        try:
            back = factor(fact.unit, ucum, fact.molar_mass, fact.valence)
        except UnitError:
            one_way.append((name, unit))
            continue
        assert TERMS.scale(fact, unit) * back == pytest.approx(1, rel=1e-9), (name, unit)
    assert one_way == PLAIN


def test_two_units_of_a_fact_agree() -> None:
    """From one unit to another directly is the way through the unit of the fact."""
    for (name, one), (other_name, other) in product(PAIRS, PAIRS):
        if name != other_name or (name, "1") in PLAIN:
            continue
        fact = TERMS.facts[name]
        units = [TERMS.unit_names.get(unit, unit) for unit in (one, other)]
        direct = factor(units[0], units[1], fact.molar_mass, fact.valence)
        through = TERMS.scale(fact, one) / TERMS.scale(fact, other)
        assert direct == pytest.approx(through, rel=1e-9), (name, one, other)


@given(st.sampled_from([fact for fact in TERMS.facts.values() if fact.kind == "quantity"]), UNITS)
def test_a_unit_is_known_or_named_as_wrong(fact: Fact, unit: str) -> None:
    """Whatever is written as a unit gives a factor above zero or a UnitError, nothing else."""
    try:
        assert TERMS.scale(fact, unit) > 0
    except UnitError:
        return
