"""A formula to Ibis columns of the lowest and highest value, as ``rules.formula.compute`` gives them for one person."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from calcinosis.rules.formula import Choice, Formula, Number, Operation, Term, formula_facts

Range = tuple[ir.FloatingValue, ir.FloatingValue]


def compute_columns(formula: Formula, ranges: Mapping[str, Range], words: Mapping[str, ir.StringValue]) -> Range | None:
    """Return the bounds over all corners, NULL where they cannot be computed; None if that is in every row."""
    names = sorted(formula_facts(formula) & set(ranges))
    corners = [dict(zip(names, corner, strict=True)) for corner in itertools.product(*(ranges[name] for name in names))]
    values = [value for corner in corners if (value := _value(formula, corner, words)) is not None]
    if len(values) < len(corners) or not values:
        return None
    return _chosen(ibis.least, values), _chosen(ibis.greatest, values)


def _value(
    formula: Formula, numbers: Mapping[str, ir.FloatingValue], words: Mapping[str, ir.StringValue]
) -> ir.FloatingValue | None:
    """Return the value at one corner; None where a number is missing in every row."""
    if isinstance(formula, Number):
        return ibis.literal(formula.value, "float64")
    if isinstance(formula, Term):
        return numbers.get(formula.fact)
    if isinstance(formula, Choice):
        return _choice(formula, numbers, words)
    parts = [value for part in formula.parts if (value := _value(part, numbers, words)) is not None]
    return _operation(formula, parts) if len(parts) == len(formula.parts) else None


def _choice(
    formula: Choice, numbers: Mapping[str, ir.FloatingValue], words: Mapping[str, ir.StringValue]
) -> ir.FloatingValue | None:
    word = words.get(formula.fact)
    if word is None:
        return None
    then, otherwise = (_value(branch, numbers, words) for branch in (formula.then, formula.otherwise))
    nothing = ibis.null("float64")
    return ibis.cases(
        (word == formula.word, nothing if then is None else then),
        (word != formula.word, nothing if otherwise is None else otherwise),
        else_=nothing,
    )


def _operation(formula: Operation, parts: list[ir.FloatingValue]) -> ir.FloatingValue:
    """Apply an operation; what Python refuses to compute is NULL."""
    first, second = parts[0], parts[-1]
    match formula.sign:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "/":
            return ibis.ifelse(second == 0, ibis.null("float64"), first / second)
        case "**":
            return _power(first, second, formula.parts[1])
        case "min":
            return _chosen(ibis.least, parts)
        case _:
            return _chosen(ibis.greatest, parts)


def _power(base: ir.FloatingValue, exponent: ir.FloatingValue, written: Formula) -> ir.FloatingValue:
    wrong = []
    if not (isinstance(written, Number) and written.value >= 0):
        wrong.append((base == 0) & (exponent < 0))
    if not (isinstance(written, Number) and written.value.is_integer()):
        wrong.append((base < 0) & (exponent != exponent.floor()))
    if not wrong:
        return base**exponent
    return ibis.ifelse(wrong[0] if len(wrong) == 1 else wrong[0] | wrong[1], ibis.null("float64"), base**exponent)


def _chosen(choose: object, values: list[ir.FloatingValue]) -> ir.FloatingValue:
    """Return the least or greatest of values; NULL where one is NULL, for engines pass over NULL here."""
    assert callable(choose)
    known = values[0].notnull()
    for value in values[1:]:
        known = known & value.notnull()
    return values[0] if len(values) == 1 else ibis.ifelse(known, choose(*values), ibis.null("float64"))
