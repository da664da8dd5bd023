"""Units: published factors, and what cannot be turned into what."""

from __future__ import annotations

import pytest

from calcinosis.quantities.units import UnitError, celsius, factor

CALCIUM, PHOSPHORUS, CREATININE = "40.078 g/mol", "30.973762 g/mol", "113.12 g/mol"
URATE, CHOLECALCIDIOL, PTH = "168.11 g/mol", "400.64 g/mol", "9425 g/mol"


@pytest.mark.parametrize(
    ("unit", "to_unit", "molar_mass", "valence", "printed"),
    [
        # Conversion factors as the AMA Manual of Style prints them (SI conversion table).
        ("mg/dL", "mmol/L", CALCIUM, 2, 0.25),
        ("mg/dL", "mmol/L", PHOSPHORUS, 1, 0.323),
        ("mg/dL", "umol/L", CREATININE, 1, 88.4),
        ("mg/dL", "umol/L", URATE, 1, 59.485),
        ("ng/mL", "nmol/L", CHOLECALCIDIOL, 1, 2.496),
        ("pg/mL", "pmol/L", PTH, 1, 0.1061),
        ("meq/L", "mmol/L", CALCIUM, 2, 0.5),
        ("pg/mL", "ng/L", "", 1, 1.0),
        ("g/dL", "g/L", "", 1, 10.0),
        ("10*3/uL", "10*9/L", "", 1, 1.0),
        ("mm[Hg]", "kPa", "", 1, 0.133322),
    ],
)
def test_printed_factors(unit: str, to_unit: str, molar_mass: str, valence: int, printed: float) -> None:
    """Factors are those of the printed tables, to the digits that these give."""
    assert factor(unit, to_unit, molar_mass, valence) == pytest.approx(printed, rel=0.003)


@pytest.mark.parametrize(
    ("unit", "to_unit", "molar_mass", "valence"),
    [
        ("mg/dL", "mmol/L", CALCIUM, 2),
        ("meq/L", "mg/dL", CALCIUM, 2),
        ("meq/L", "mmol/L", CALCIUM, 2),
        ("meq/L", "mmol/L", "", 1),
        ("ueq/L", "mmol/L", CALCIUM, 2),
        ("mg/dL", "umol/L", CREATININE, 1),
        ("pg/mL", "pmol/L", PTH, 1),
        ("g/dL", "mg/L", "", 1),
        ("d", "a", "", 1),
        ("mL/min", "L/h", "", 1),
    ],
)
def test_there_and_back(unit: str, to_unit: str, molar_mass: str, valence: int) -> None:
    """A value turned into another unit and back is the same."""
    there = factor(unit, to_unit, molar_mass, valence)
    back = factor(to_unit, unit, molar_mass, valence)
    assert there * back == pytest.approx(1.0, abs=1e-9)


def test_the_valence_turns_equivalents_into_moles() -> None:
    """One milliequivalent of calcium, which has two charges, is half a millimole."""
    assert factor("meq/L", "mmol/L", CALCIUM, 2) == pytest.approx(0.5)
    assert factor("mmol/L", "meq/L", CALCIUM, 2) == pytest.approx(2.0)
    assert factor("meq/L", "meq/dL", CALCIUM, 2) == pytest.approx(0.1)
    assert factor("meq/L", "mg/dL", CALCIUM, 2) == pytest.approx(2.0039)


def test_the_same_unit_needs_no_look_up() -> None:
    """A unit is itself, even one that no table knows."""
    assert factor("furlong/fortnight", "furlong/fortnight") == 1.0


@pytest.mark.parametrize("unit", ["mg/dLx", "milligrams", "mg per dL", "%%"])
def test_unknown_unit(unit: str) -> None:
    """What is not UCUM is named, not guessed."""
    with pytest.raises(UnitError, match="is not a UCUM unit"):
        factor(unit, "mg/dL", PHOSPHORUS)


@pytest.mark.parametrize(
    ("unit", "to_unit", "molar_mass"),
    [
        ("mg/dL", "mmol/L", ""),
        ("mg/dL", "mm[Hg]", PHOSPHORUS),
        ("mg", "mg/dL", PHOSPHORUS),
        ("mmol", "mg/dL", PHOSPHORUS),
        ("U/L", "mg/dL", PHOSPHORUS),
        ("", "mg/dL", PHOSPHORUS),
    ],
)
def test_wrong_dimension(unit: str, to_unit: str, molar_mass: str) -> None:
    """A unit that measures something else is refused, molar mass or not."""
    with pytest.raises(UnitError, match="does not measure the same"):
        factor(unit, to_unit, molar_mass)


@pytest.mark.parametrize("unit", ["Cel", "B", "[pH]", "10*300/10*-300", "mg/dL" * 1000, "(" * 5000])
def test_units_that_cannot_be_reckoned_with(unit: str) -> None:
    """Degrees, logarithms and numbers without measure are refused like any other wrong unit."""
    with pytest.raises(UnitError):
        factor(unit, "mg/dL", PHOSPHORUS)


@pytest.mark.parametrize("unit", ["1", "{ratio}", "{INR}", "{inr}", "{Ratio}"])
def test_the_unit_of_a_ratio(unit: str) -> None:
    """The one of UCUM and a ratio say the same as the annotation of the fact."""
    assert factor(unit, "{INR}") == 1.0


@pytest.mark.parametrize("unit", ["", "%", "{score}", "10*3", "1{score}"])
def test_a_bare_number_is_not_an_annotated_one(unit: str) -> None:
    """An international normalised ratio is no percentage, no score and not any number without a unit."""
    with pytest.raises(UnitError, match="cannot be turned into"):
        factor(unit, "{INR}")


def test_one_is_no_percentage() -> None:
    """A share is turned into per cent, and a ratio into none of the annotated counts."""
    assert factor("1", "%") == pytest.approx(100)
    with pytest.raises(UnitError):
        factor("1", "10*3{cells}/uL")


def test_degrees_begin_at_different_points() -> None:
    """The factor is that of a difference, there and back; a temperature is turned with where its scale begins."""
    assert factor("[degF]", "Cel") * factor("Cel", "[degF]") == pytest.approx(1.0)
    assert (celsius(100.4), celsius(98.6), celsius(32.0)) == (38.0, 37.0, 0.0)
