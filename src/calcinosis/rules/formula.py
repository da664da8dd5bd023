"""Formulas of derived quantities: text to a small tree, and the tree to a number or a range.

The language is that of arithmetic (``+ - * / **``, parentheses, ``min``, ``max``), facts by their id, and
``if fact is word then ... else ...``.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from calcinosis.words.en import knowledge as words


class Number(Struct, frozen=True):
    """A constant."""

    value: float


class Term(Struct, frozen=True):
    """The value of a fact, in the unit of the fact."""

    fact: str


class Operation(Struct, frozen=True):
    """``+ - * / **``, ``min`` or ``max`` over parts."""

    sign: str
    parts: tuple[Formula, ...]


class Choice(Struct, frozen=True):
    """One formula if a choice has the word, another if it has a different one."""

    fact: str
    word: str
    then: Formula
    otherwise: Formula


Formula = Number | Term | Operation | Choice

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_CHOICE = re.compile(r"\bif\s+(\w+)\s+is\s+(\w+)\s+then\b")
_ELSE = re.compile(r"\belse\b")


class Arithmetic(Struct, frozen=True):
    """What the signs of a formula mean for numbers of one kind: floats, or arrays with a number for each person."""

    apply: Mapping[str, Callable[[list[Any]], Any]]
    choose: Callable[[Any, str, Callable[[], Any], Callable[[], Any]], Any]
    """Takes a word, the word that is asked for, and the formulas of the two branches."""


PLAIN = Arithmetic(
    {
        "+": lambda parts: parts[0] + parts[1],
        "-": lambda parts: parts[0] - parts[1],
        "*": lambda parts: parts[0] * parts[1],
        "/": lambda parts: parts[0] / parts[1],
        "**": lambda parts: float(parts[0] ** parts[1]),
        "min": min,
        "max": max,
    },
    lambda word, asked, then, otherwise: then() if word == asked else otherwise(),
)
"""The arithmetic of floats."""


class FormulaError(ValueError):
    """The text is not a formula."""


def parse_formula(text: str) -> Formula:
    """Return the tree of a formula. Raises FormulaError."""
    # `if fact is word then a else b` becomes Python's `a if fact == "word" else b`, whose parser does the rest.
    python = _as_python(text)
    try:
        return _tree(ast.parse(python, mode="eval").body)
    except (SyntaxError, RecursionError) as error:
        raise FormulaError(words.NO_FORMULA.format(text=text)) from error


def formula_facts(formula: Formula) -> frozenset[str]:
    """Return the ids of the facts that a formula reads."""
    if isinstance(formula, Term):
        return frozenset({formula.fact})
    if isinstance(formula, Operation):
        return frozenset[str]().union(*map(formula_facts, formula.parts))
    if isinstance(formula, Choice):
        return frozenset({formula.fact}) | formula_facts(formula.then) | formula_facts(formula.otherwise)
    return frozenset()


def compute(
    formula: Formula, ranges: Mapping[str, tuple[Any, ...]], words: Mapping[str, Any], arithmetic: Arithmetic = PLAIN
) -> tuple[Any, Any] | None:
    """Return the lowest and highest value over the corners of the given ranges; None where it cannot be computed.

    The corners bound the result only for formulas that rise or fall in each fact; the knowledge check asserts that.
    """
    names = sorted(formula_facts(formula) & set(ranges))
    corners = itertools.product(*(ranges[name] for name in names))
    try:
        values = [_value(formula, dict(zip(names, corner, strict=True)), words, arithmetic) for corner in corners]
    except (KeyError, ZeroDivisionError, OverflowError, TypeError):
        return None
    return arithmetic.apply["min"](values), arithmetic.apply["max"](values)


def _value(formula: Formula, numbers: Mapping[str, Any], words: Mapping[str, Any], arithmetic: Arithmetic) -> Any:
    if isinstance(formula, Number):
        return formula.value
    if isinstance(formula, Term):
        return numbers[formula.fact]
    if isinstance(formula, Choice):
        then, otherwise = formula.then, formula.otherwise
        return arithmetic.choose(
            words[formula.fact],
            formula.word,
            lambda: _value(then, numbers, words, arithmetic),
            lambda: _value(otherwise, numbers, words, arithmetic),
        )
    return arithmetic.apply[formula.sign]([_value(part, numbers, words, arithmetic) for part in formula.parts])


def _as_python(text: str) -> str:
    choices = list(_CHOICE.finditer(text))
    if not choices:
        return text
    match = choices[-1]  # the last one holds no other
    end, depth, split = len(text), 0, -1
    for place in range(match.end(), len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        is_else = depth == 0 and _ELSE.match(text, place) is not None
        if depth < 0 or (is_else and split >= 0):
            end = place  # a bracket or `else` of what holds this choice
            break
        if is_else:
            split = place
    if split < 0:
        raise FormulaError(words.NO_ELSE.format(text=text))
    then, otherwise = text[match.end() : split], text[split + 4 : end]
    choice = f"(({then}) if {match[1]} == '{match[2]}' else ({otherwise}))"
    return _as_python(text[: match.start()] + choice + text[end:])


def _tree(node: ast.expr) -> Formula:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Number(float(value))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return Number(-float(value))
        case ast.Name(id=name):
            return Term(name)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _SIGNS:
            return Operation(_SIGNS[type(operator)], (_tree(left), _tree(right)))
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=parts, keywords=[]) if parts:
            return Operation(name, tuple(map(_tree, parts)))
        case ast.IfExp(
            test=ast.Compare(left=ast.Name(id=fact), ops=[ast.Eq()], comparators=[ast.Constant(value=str() as word)]),
            body=then,
            orelse=otherwise,
        ):
            return Choice(fact, word, _tree(then), _tree(otherwise))
    raise FormulaError(words.NO_PART_OF_FORMULA.format(part=ast.unparse(node)))
