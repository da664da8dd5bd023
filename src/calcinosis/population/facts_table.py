"""The facts table: one row a patient, and what the record states of each fact as columns.

It is to a population what the stated values of ``PatientFacts`` are to one person. Of a fact ``f`` it has the columns

=================================  =======  ==========================================================================
``f``                              boolean  whether it is present; NULL where that is unknown
``f__stated``                      boolean  whether the record says anything of it, be it that it is unknown
``f__word``                        string   of a choice: the word
``f__low``, ``f__high``            double   of a quantity: the bounds of the number; NULL where there is none
``f__open_low``, ``f__open_high``  boolean  of a quantity: whether the bound itself is left out
``f__lower_limit``,                double   of a quantity: the limits printed with the result
``f__upper_limit``
``f__flag``                        string   of a quantity: high, low or normal, as printed with the result
``f__first``                       string   the day on which it is first said to hold, for the facts of ``first_facts``
``f__date``                        string   the day of the newest saying, for the facts of ``date_facts``
=================================  =======  ==========================================================================

A column may be left out where no row would fill it. NULL in ``f__stated``, ``f__open_low`` and ``f__open_high`` is
false, NULL in ``f__word``, ``f__flag``, ``f__first`` and ``f__date`` says that there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from calcinosis.conclusions.decisions import rules_on_record, takeable
from calcinosis.library.library import Library
from calcinosis.person.sayings import EVER
from calcinosis.rules.order import all_read, wholes
from calcinosis.rules.vocabulary import Fact, Value, Vocabulary
from calcinosis.truth import TRUE, UNKNOWN

PATIENT_ID, AS_OF = "patient_id", "as_of"

Part = Literal[
    "truth",
    "stated",
    "word",
    "low",
    "high",
    "open_low",
    "open_high",
    "lower_limit",
    "upper_limit",
    "flag",
    "first",
    "date",
]
TYPES: dict[Part, pa.DataType] = {
    "truth": pa.bool_(),
    "stated": pa.bool_(),
    "word": pa.string(),
    "low": pa.float64(),
    "high": pa.float64(),
    "open_low": pa.bool_(),
    "open_high": pa.bool_(),
    "lower_limit": pa.float64(),
    "upper_limit": pa.float64(),
    "flag": pa.string(),
    "first": pa.string(),
    "date": pa.string(),
}
_OF_QUANTITY: tuple[Part, ...] = ("low", "high", "open_low", "open_high", "lower_limit", "upper_limit", "flag")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRow:
    """What the record of one patient states at a day; ``stated`` is that of ``PatientFacts``."""

    patient_id: str
    as_of: str
    stated: Mapping[str, Value]


def column(fact: str, part: Part) -> str:
    """Return the name of the column that holds a part of what is stated of a fact."""
    return fact if part == "truth" else f"{fact}__{part}"


def parts(fact: Fact) -> tuple[Part, ...]:
    """Return the parts that what is stated of a fact can have."""
    if fact.kind == "quantity":
        return ("truth", "stated", *_OF_QUANTITY, "first", "date")
    if fact.kind == "choice":
        return ("truth", "stated", "word", "first", "date")
    return ("truth", "stated", "first", "date")


def facts_table(rows: Sequence[PatientRow], vocabulary: Vocabulary) -> pa.Table:
    """Return the facts table of these patients, with the columns that any of them fills."""
    cells: dict[str, list[Any]] = {}
    types: dict[str, pa.DataType] = {}
    unread = _unread_days(vocabulary)
    for number, row in enumerate(rows):
        for name, value in row.stated.items():
            for part, cell in _cells(vocabulary.facts[name], value):
                key = column(name, part)
                if (name, part) in unread:
                    continue
                if key not in cells:
                    cells[key], types[key] = [None] * len(rows), TYPES[part]
                cells[key][number] = cell
    heads = {PATIENT_ID: [row.patient_id for row in rows], AS_OF: [row.as_of for row in rows]}
    arrays = {name: pa.array(listed, pa.string()) for name, listed in heads.items()}
    return pa.table({**arrays, **{name: pa.array(listed, types[name]) for name, listed in cells.items()}})


def _unread_days(vocabulary: Vocabulary) -> frozenset[tuple[str, Part]]:
    """Return the days that nothing reads."""
    read: dict[Part, frozenset[str]] = {"first": first_facts(vocabulary.facts), "date": date_facts(vocabulary)}
    return frozenset((name, part) for part, names in read.items() for name in vocabulary.facts if name not in names)


def _cells(fact: Fact, value: Value) -> Iterable[tuple[Part, Any]]:
    """Yield the parts of a value that are not NULL."""
    if value.truth is not UNKNOWN:
        yield "truth", value.truth is TRUE
    yield "stated", True
    for part in parts(fact)[2:]:
        cell = getattr(value, part)
        if cell is not None and cell is not False and cell != "":
            yield part, cell


def facts_read(library: Library) -> frozenset[str]:
    """Return the facts of which the table needs columns: those from which anything of a screen can follow."""
    vocabulary = library.vocabulary
    named = {fact for rule in rules_on_record(library) for fact in rule.facts}
    named |= {treatment.medicine for treatment in takeable(library)}
    read = all_read(named, vocabulary)
    above = wholes(vocabulary)
    return read | {whole for name in read for whole in above.get(name, ())}


def first_facts(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the facts of which a number of days needs the first day: those it names, and all that they follow from."""
    waiting = [name for fact in facts.values() for name in (fact.days_from, fact.days_to) if name]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found and name in facts:
            found.add(name)
            rule = facts[name].true_when
            waiting += [*facts[name].includes, *(rule.facts if rule is not None else ())]
    return frozenset(found)


def date_facts(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the facts of which the day of the newest saying is read, and all that they follow from."""
    return followed_from(deniable(vocabulary.facts) | repeatable(vocabulary.facts), vocabulary)


def repeatable(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the facts from which days are counted and that may happen more than once."""
    starts = {fact.days_from for fact in facts.values() if fact.days_from}
    return frozenset(name for name in starts if name in facts and facts[name].kind in EVER)


def deniable(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the facts that a record can deny although other facts show them: it can name them."""
    return frozenset(name for name, fact in facts.items() if fact.true_when is not None and (fact.names or fact.codes))


def followed_from(names: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return these facts and all from which their presence or number can follow, at any depth."""
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name in found or name not in vocabulary.facts:
            continue
        found.add(name)
        fact = vocabulary.facts[name]
        waiting += [*fact.includes, *vocabulary.reads.get(name, ()), *([fact.days_to] if fact.days_to else [])]
        for rule in (fact.true_when, fact.absent_when):
            waiting += rule.facts if rule is not None else ()
    return frozenset(found)
