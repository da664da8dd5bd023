"""Every unit in which a result may be written leads to the unit of its fact and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcinosis.compiled import knowledge
from calcinosis.rules.vocabulary import Fact
from calcinosis.units import UnitError, factor

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


@given(st.sampled_from(PAIRS), st.floats(min_value=1e-6, max_value=1e6))
def test_there_and_back(pair: tuple[str, str], number: float) -> None:
    """A number turned into the unit of the fact and back is the same."""
    name, unit = pair
    fact, ucum = TERMS.facts[name], TERMS.unit_names.get(unit, unit)
    there = number * TERMS.scale(fact, unit)
    back = there * factor(fact.unit, ucum, fact.molar_mass, fact.valence)
    assert back == pytest.approx(number, rel=1e-9)


@given(st.sampled_from(PAIRS), st.sampled_from(PAIRS))
def test_two_units_of_a_fact_agree(one: tuple[str, str], other: tuple[str, str]) -> None:
    """From one unit to another directly is the way through the unit of the fact."""
    name = one[0]
    if (name, other[1]) not in TERMS.factors:
        return
    fact = TERMS.facts[name]
    units = [TERMS.unit_names.get(unit, unit) for unit in (one[1], other[1])]
    direct = factor(units[0], units[1], fact.molar_mass, fact.valence)
    through = TERMS.scale(fact, one[1]) / TERMS.scale(fact, other[1])
    assert direct == pytest.approx(through, rel=1e-9)


@given(st.sampled_from([fact for fact in TERMS.facts.values() if fact.kind == "quantity"]), UNITS)
def test_a_unit_is_known_or_named_as_wrong(fact: Fact, unit: str) -> None:
    """Whatever is written as a unit gives a factor above zero or a UnitError, nothing else."""
    try:
        assert TERMS.scale(fact, unit) > 0
    except UnitError:
        return
