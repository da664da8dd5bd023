"""How the form asks: counts, units and the figure of the body, from ``form.yaml``."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from msgspec import Struct

from calcinosis.interfaces.web.words import HERE, packaged
from calcinosis.quantities.units import UnitError
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.terms import Terms
from calcinosis.words.en.quantities import unit_offered


class Unit(Struct, frozen=True):
    """A unit that is offered: how the knowledge writes it, how a reader does, and the factor to the fact's own."""

    code: str
    words: str
    factor: float


class Shape(Struct, frozen=True):
    """A rectangle of the figure and the fact of the place that it stands for."""

    fact: str
    x: int
    y: int
    width: int
    height: int


class Side(Struct, frozen=True):
    """The figure seen from one side."""

    name: str
    shapes: tuple[Shape, ...]


OWN, OTHER = "own", "other"
"""The systems of units: that of the knowledge (mg/dL), and the other one (mmol/L)."""


@lru_cache(maxsize=1)
def design() -> dict[str, Any]:
    """Return how the form asks."""
    return packaged(HERE / "form.yaml")


@lru_cache(maxsize=1)
def sides() -> tuple[Side, ...]:
    """Return the figure from the front and from behind."""
    figure = design()["figure"]
    return tuple(
        Side(name, tuple(Shape(fact, *shape) for fact, shapes in figure[name].items() for shape in shapes))
        for name in ("front", "back")
    )


def figure_sites() -> tuple[str, ...]:
    """Return the facts of places that the figure shows, from head to foot."""
    highest: dict[str, int] = {}
    for side in sides():
        for shape in side.shapes:
            highest[shape.fact] = min(shape.y, highest.get(shape.fact, shape.y))
    return tuple(sorted(highest, key=lambda fact: (highest[fact], fact)))


def unit_in(fact: Fact, system: str, terms: Terms) -> str:
    """Return the unit in which a system counts a fact: that of the knowledge, or the other one where it has one."""
    other = design()["other_system"]
    code = other["facts"].get(fact.id) or other["units"].get(fact.unit, "")
    return code if system == OTHER and code and _factor(fact, code, terms) else fact.unit


def system_of(languages: str) -> str:
    """Return the system of units that is usual where a browser says it is, by the first language that names a place."""
    for language in languages.split(","):
        place = language.partition(";")[0].strip().partition("-")[2].upper()
        if place:
            return OTHER if place in design()["other_system"]["places"] else OWN
    return OWN


def units_of(fact: Fact, terms: Terms) -> tuple[Unit, ...]:
    """Return the units that a quantity can be given in, that of the knowledge first."""
    codes = [fact.unit, *design()["units"].get(fact.unit, ())]
    return tuple(Unit(code, unit_offered(code), factor) for code in codes if (factor := _factor(fact, code, terms)))


def _factor(fact: Fact, code: str, terms: Terms) -> float:
    """Return the factor to the unit of the fact; 0 for a unit that does not measure it."""
    try:
        return terms.scale(fact, code)
    except UnitError:
        return 0.0
