"""Which of several results of one kind is the one of now: by dates, or by the words that order them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.person.dates import Day
from calcinosis.readers.note.dates import DateRead
from calcinosis.rules.vocabulary import Origin, Value

Order = Literal["", "now", "earlier", "later"]
ORDERS: dict[str, Order] = {one: one for one in get_args(Order)}
"""The orders by what the tables of words call them."""


class ResultRead(Struct, frozen=True):
    """A result that a note tells: the fact, its value, and the words from where to where; or why it was not used.

    ``order`` tells whether the number is the one of now, or an earlier one; ``day`` is the day that it is dated to.
    """

    fact: str
    start: int
    end: int
    value: Value | None = None
    problem: str = ""
    order: Order = ""
    day: Day | None = None
    origin: Origin | None = None
    ask: str = ""


class Number(Struct, frozen=True):
    """One of the numbers behind a name: its date, its unit as written, and the letter where it ends."""

    read: ResultRead
    dated: DateRead | None
    unit: str
    stop: int


def in_order(found: list[Number]) -> list[ResultRead]:
    """Return the numbers behind one name, told apart by their dates or by words that order them."""
    reads = [replace(one.read, day=one.dated.day if one.dated else None) for one in found]
    if len(found) < 2:
        return reads
    orders = [one.read.order for one in found]
    current: int | None = None
    if "now" in orders:
        current = len(orders) - 1 - orders[::-1].index("now")
    elif all(one.dated is not None and one.dated.day is not None for one in found):
        return [replace(one, order="") for one in reads]
    elif orders[-1] == "later" or _go_on_in_a_year(found):
        current = len(orders) - 1
    elif orders.count("earlier") == len(orders) - 1:
        current = next(at for at, order in enumerate(orders) if order != "earlier")
    if current is None:
        return reads
    return [
        replace(one, order=("now" if orders[at] == "now" else "") if at == current else "earlier")
        for at, one in enumerate(reads)
    ]


def _go_on_in_a_year(found: list[Number]) -> bool:
    """Whether the numbers stand in the order of their months and days, none of which tells its year."""
    days = [one.dated.in_year for one in found if one.dated is not None and one.dated.in_year != (0, 0)]
    return len(days) == len(found) and days == sorted(set(days))


def in_time(results: list[ResultRead]) -> Iterator[tuple[ResultRead, bool]]:
    """Yield the results of a note, each with whether another of the same fact is later, by what the note says."""
    best: dict[str, int] = {}
    for one in results:
        if one.value is not None and one.value.is_number and one.day is None:
            best[one.fact] = max(best.get(one.fact, 0), _rank(one))
    for one in results:
        is_number = one.value is not None and one.value.is_number and one.day is None
        yield one, is_number and _rank(one) < best[one.fact]


def _rank(one: ResultRead) -> int:
    return 2 if one.order == "now" else 0 if one.order == "earlier" else 1
