"""The layout of a line: all of its bytes but ids, references, dates and numbers, which are slots.

Most lines of an export differ from one that was read in their slots alone. Such a line is well-formed where that one
is, and says the same with its own days and numbers: so it is recognised by its bytes, and decoded by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from msgspec import Struct, field

from calcinosis.population.resources.elements import ELEMENTS, OWNERS
from calcinosis.population.resources.outline import is_date

Role = Literal["id", "subject", "updated", "date", "number", "free"]
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]++')
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
ODD = np.array([byte < 32 or byte >= 127 or byte == ord("\\") for byte in range(256)])
"""Bytes that a slot does not hold, but the rest of a line may."""
_MEASURED: tuple[Role, ...] = ("date", "number")
_WORD = 8
MOST_DATES = 6
"""Dates of a line that has a layout."""


class Value(Struct, frozen=True):
    """A text or number in a line: the keys and places above it, and where it begins and ends, without quotes."""

    path: tuple[str | int, ...]
    start: int
    end: int
    is_number: bool


def values_in(line: bytes) -> Iterator[Value]:
    """Yield the texts and numbers in a line of well-formed JSON."""
    path: list[str | int] = []
    is_key: list[bool] = []
    for match in _TOKEN.finditer(line):
        token = match[0]
        first = token[:1]
        if first in b"{[":
            path.append("" if first == b"{" else 0)
            is_key.append(first == b"{")
        elif first in b"}]":
            path.pop()
            is_key.pop()
        elif first == b",":
            last = path[-1]
            if isinstance(last, int):
                path[-1] = last + 1
            else:
                is_key[-1] = True
        elif first == b":":
            is_key[-1] = False
        elif is_key and is_key[-1]:
            path[-1] = token[1:-1].decode()
        elif first == b'"':
            yield Value(tuple(path), match.start() + 1, match.end() - 1, False)
        elif _NUMBER.fullmatch(token):
            yield Value(tuple(path), match.start(), match.end(), True)


class Slot(Struct, frozen=True):
    """A slot of a layout: what is in it, and between which quotes of the line it stands, how far from them."""

    role: Role
    order: tuple[int, int]
    """Where it comes among those of its role, as an outline has them."""
    quote: int
    before: int
    after: int
    is_number: bool


class Layout(Struct):
    """A line without its slots."""

    kind: str
    quotes: int
    odd: int
    """How many odd bytes it has."""
    slots: tuple[Slot, ...]
    lengths: tuple[int, ...]
    """Bytes of the parts around the slots."""
    part: Any
    offset: Any
    word: Any
    mask: Any
    """Its words: in which part they are, how far from its beginning, and what they are."""
    gaps: Any
    """Bytes from quote to quote."""
    is_open: tuple[int, ...]
    """The gaps that hold slots."""
    at: tuple[tuple[int, int], ...]
    """Where the slots stand in the line that it was made of."""
    with_time: tuple[bool, ...]
    """Of its dates, in the order of an outline, whether each has a time."""
    keys: dict[int, bytes] = field(default_factory=dict)
    """The outline by the order of the days."""
    number: int = -1
    """Its place among the layouts of its type of resource."""

    by_role: dict[Role, tuple[int, ...]] = field(default_factory=dict)
    """The places of the slots of each role, in the order of an outline."""

    def __post_init__(self) -> None:
        """Find the slots of each role."""
        ordered = sorted(range(len(self.slots)), key=lambda place: self.slots[place].order)
        roles = {slot.role for slot in self.slots}
        self.by_role = {role: tuple(one for one in ordered if self.slots[one].role == role) for role in roles}

    def of(self, role: Role) -> tuple[int, ...]:
        """Return the places of the slots of a role, in the order of an outline."""
        return self.by_role.get(role, ())

    def holds(self, line: bytes, dates: tuple[str, ...], numbers: tuple[float, ...]) -> bool:
        """Whether the slots of the line that it was made of are these dates and numbers."""
        found = {role: tuple(line[slice(*self.at[place])] for place in self.of(role)) for role in _MEASURED}
        return found["date"] == tuple(one.encode() for one in dates) and tuple(map(float, found["number"])) == numbers


def layout_of(line: bytes, kind: str) -> Layout | None:
    """Return the layout of a line that was read; None for one whose slots cannot be told."""
    padded = np.frombuffer(line + b"\n" + bytes(_WORD), np.uint8)
    quotes = np.flatnonzero(padded[: len(line)] == ord('"'))
    found: list[tuple[Slot, Value]] = []
    for value in values_in(line):
        role = _role(value, line, kind)
        if role is None:
            continue
        if ODD[padded[value.start : value.end]].any():
            return None
        quote = int(np.searchsorted(quotes, value.start)) - 1
        following = int(quotes[quote + 1]) if quote + 1 < len(quotes) else len(line)
        order = (_place_of(value, kind), value.start)
        before, after = value.start - int(quotes[quote]), following - value.end
        found.append((Slot(role, order, quote, before, after, value.is_number), value))
    roles = [slot.role for slot, _ in found]
    dates = sorted((slot.order, value.end - value.start) for slot, value in found if slot.role == "date")
    if (
        roles.count("id") != 1
        or roles.count("subject") != 1
        or len(dates) > MOST_DATES
        or len({slot.quote for slot, _ in found}) < len(found)
    ):
        return None
    starts = [0, *(value.end for _, value in found)]
    ends = [*(value.start for _, value in found), len(line) + 1]  # with the end of the line
    part, offset, word, mask = [], [], [], []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for at in range(start, end, _WORD):
            length = min(_WORD, end - at)
            part.append(number)
            offset.append(at - start)
            mask.append(2 ** (8 * length) - 1)
            word.append(int.from_bytes((line + b"\n")[at : at + length], "little"))
    bounds = np.concatenate([[0], quotes, [len(line)]])
    own_odd = int(np.count_nonzero(ODD[padded[: len(line)]]))
    return Layout(
        kind=kind,
        quotes=len(quotes),
        odd=own_odd,
        slots=tuple(slot for slot, _ in found),
        lengths=tuple(end - start for start, end in zip(starts, ends, strict=True)),
        part=np.array(part),
        offset=np.array(offset, dtype=np.int32),
        word=np.array(word, dtype=np.uint64),
        mask=np.array(mask, dtype=np.uint64),
        gaps=np.diff(bounds),
        is_open=tuple(slot.quote + 1 for slot, _ in found),
        at=tuple((value.start, value.end) for _, value in found),
        with_time=tuple(length > len("2024-05-01") for _, length in dates),
    )


def _role(value: Value, line: bytes, kind: str) -> Role | None:
    """Return what the slot of a value holds; None where the value is a part of the layout."""
    path = value.path
    top = path[0] if path else ""
    if value.is_number:
        is_own = path == ("valueQuantity", "value")
        is_of_part = len(path) == 4 and path[0] == "component" and path[2:] == ("valueQuantity", "value")
        return "number" if kind == "Observation" and (is_own or is_of_part) else None
    if path == ("id",):
        return "id"
    if len(path) == 2 and top in OWNERS and path[1] == "reference":
        return "subject"
    if path == ("meta", "lastUpdated"):
        return "updated"
    if top in ELEMENTS[kind]:
        keys = [one for one in path if isinstance(one, str)]
        return (
            "date" if isinstance(path[-1], str) and is_date(keys[-1], line[value.start : value.end].decode()) else None
        )
    return None if top in {"resourceType", "implicitRules", "modifierExtension", "contained"} else "free"


def _place_of(value: Value, kind: str) -> int:
    """Return the place of the element that holds a value among those of an outline."""
    listed = ELEMENTS[kind]
    return listed.index(str(value.path[0])) if value.path[0] in listed else -1
