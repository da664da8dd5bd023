"""Bytes of whole lines in, Arrow tables out: what the resources in them say of which patient.

Here it runs on threads, on Spark in its executors. Each outline is read once by the reader of patients; what it says is
then put together for all resources that have it, with their own days, times and numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa

from calcinosis.errors import Problem
from calcinosis.population.export.lines import Block
from calcinosis.population.resources.elements import PATIENT_PATTERN, REFERRING, refers_to
from calcinosis.population.resources.known_lines import Resources, joined, known_rows
from calcinosis.population.resources.layout import layout_of
from calcinosis.population.resources.lines import LineError, patient_of, resource_in
from calcinosis.population.resources.meanings import GIVEN, ITS_DAY, Arrays, Meanings, Reading, arrays_of
from calcinosis.population.resources.outline import NO_DAY, Outline, day_of, outline, updated_day
from calcinosis.population.resources.problems import Problems, long_line
from calcinosis.population.resources.recognise import Bytes, Layouts, bytes_of
from calcinosis.population.resources.versions import id_numbers
from calcinosis.shapes import Json
from calcinosis.words.en import population as words

_OFTEN = 6
"""Lines of one outline that are decoded before it pays to learn their layout."""
SAID = pa.schema(
    {
        "person": pa.int32(),
        "saying": pa.int32(),  # what it has in common with others: its place among the constants
        **dict.fromkeys(("earliest", "latest", "until_earliest", "until_latest"), pa.int32()),
        **dict.fromkeys(("low", "high"), pa.float64()),
        **dict.fromkeys(("time", "id"), pa.string()),
    }
)
"""What is said of a person: days are counted from 1970, NO_DAY where there is none, and so NaN for a number."""
DAYS = pa.schema(dict.fromkeys(("person", "earliest", "latest"), pa.int32()))
"""The days that the resources of a person tell of."""
STAMPS = pa.schema(dict.fromkeys(("person", "least", "most"), pa.int32()))
"""The first and last day on which resources of a person were updated; NO_DAY as first if one does not say."""


@dataclass(slots=True)
class Rows:
    """Resources that are read one by one, to be rows."""

    line: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    reading: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    first_date: list[int] = field(default_factory=list)
    first_number: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def add(self, person: int, reading: Reading, resource: Json, outlined: Outline) -> None:
        """Add a resource."""
        self.person.append(person)
        self.reading.append(reading.number)
        self.ids.append(str(resource["id"]))
        self.updated.append(_updated(resource))
        self.first_date.append(len(self.dates))
        self.first_number.append(len(self.numbers))
        self.dates += outlined.dates
        self.numbers += outlined.numbers

    def resources(self, block: Bytes) -> Resources:
        """Return the rows as arrays; their texts are written behind those of a block."""
        texts = [text.encode() for text in (*self.ids, *self.dates)]
        ends = len(block.data) + np.cumsum([len(text) for text in texts], dtype=np.int64)
        places = np.stack([ends - [len(text) for text in texts], ends], axis=1).astype(np.int32).reshape(-1, 2)
        integers = {
            name: np.array(getattr(self, name), dtype=np.int32) for name in ("line", "person", "reading", "updated")
        }
        firsts = {name: np.array(getattr(self, name), dtype=np.int64) for name in ("first_date", "first_number")}
        return Resources(
            source=replace(block, data=block.data + b"".join(texts)) if texts else block,
            **integers,
            **firsts,
            id=places[: len(self.ids)],
            dates=places[len(self.ids) :],
            days=np.array([day_of(one) for one in self.dates], dtype=np.int32),
            numbers=np.array(self.numbers, dtype=np.float64),
        )


@dataclass(slots=True)
class Told:
    """What some lines told: tables, how many lines there were, and what could not be used."""

    said: pa.Table
    days: pa.Table
    stamps: pa.Table
    lines: int
    problems: Problems
    unknown: Counter[str]
    unused: Counter[str]
    ids: Any
    """For each line that was read a number of its id, as ``versions`` has it."""
    numbers: Any
    """The numbers of these lines in their file."""
    file: str


@dataclass(frozen=True, slots=True)
class Context:
    """What lines of one type are read with: the numbers of the patients, and what resources refer to, by address."""

    kind: str
    people: Mapping[str, int]
    referred: Mapping[str, bytes]
    meanings: Meanings
    layouts: Layouts = field(default_factory=Layouts)
    seen: Counter[bytes] = field(default_factory=Counter)
    """How many lines of each outline were decoded: the layout of one that comes often is learned."""

    def person_at(self, reference: str) -> int:
        """Return the number of the patient that a reference names; -1 where there is none."""
        match = PATIENT_PATTERN.search(reference)
        return -1 if match is None else self.people.get(match[1], -1)

    def key_of(self, line: bytes) -> bytes | None:
        """Return the outline of a line that has a layout; None where it cannot be told without the line itself."""
        resource = resource_in(line, self.kind)
        if not _is_alone(resource):
            return None
        return outline(self.kind, resource).key


def read_block(block: Block, context: Context, without: Collection[int] = ()) -> Told:
    """Return what the lines of a block tell, ``without`` those of some numbers."""
    problems, rows = Problems(), Rows()
    if block.too_long:
        problems.add("long", long_line(block))
    held = bytes_of(block.data)
    known, others = context.layouts.found_in(held)
    parts, again = [], list[int]()
    count = int(block.too_long)
    if len(known.lines):
        listed = context.layouts.listed
        resources, again = known_rows(held, known, listed, context.person_at, context.meanings, context.key_of)
        parts.append(resources)
        count += len(resources.line)
    for number in sorted([*others.tolist(), *again]):
        line = held.line(number)
        if line.isspace():
            continue
        count += 1
        try:
            read_line(line, context, rows)
        except LineError as error:
            problems.add(error.kind, Problem(block.file, block.first + number, error.found, error.expected))
        else:
            rows.line.append(number)
    parts.append(rows.resources(held))
    found = joined(parts)
    if without:
        found = found.some(~np.isin(found.line + block.first, list(without)))
    return told_by(found, context.meanings, count, problems, block)


def read_line(line: bytes, context: Context, rows: Rows) -> None:
    """Read a line, and add its resource to the rows. Raises LineError."""
    resource = resource_in(line, context.kind)
    patient = patient_of(resource)
    person = context.people.get(patient)
    if person is None:
        raise LineError("subject", words.NOT_IN_EXPORT, words.A_SUBJECT)
    others = _referred(resource, context)
    outlined = outline(context.kind, resource, others, patient)
    meaning = context.meanings.meaning_of(outlined)
    while meaning.needs_dates or meaning.needs_numbers:
        dates = not meaning.needs_dates and bool(outlined.dates)
        numbers = not meaning.needs_numbers and bool(outlined.numbers)
        outlined = outline(context.kind, resource, others, patient, all_dates=dates, all_numbers=numbers)
        meaning = context.meanings.meaning_of(outlined)
    reading = meaning.reading_of(outlined.numbers)
    assert reading is not None
    rows.add(person, reading, resource, outlined)
    context.seen[outlined.key] += 1
    if context.seen[outlined.key] >= _OFTEN and _is_alone(resource):
        _learn(line, context, outlined)


def _learn(line: bytes, context: Context, outlined: Outline) -> None:
    """Learn the layout of a line that was decoded, if its slots are what was taken out of its outline."""
    layout = layout_of(line, context.kind)
    if layout is not None and layout.holds(line, outlined.dates, outlined.numbers):
        context.layouts.add(layout, line)


def _is_alone(resource: Json) -> bool:
    """Whether a resource says all by itself, so that lines of its layout do."""
    return "focus" not in resource and not any(name in resource for name in REFERRING)


def _referred(resource: Json, context: Context) -> bytes:
    kind = refers_to(context.kind)
    if not kind:
        return b""
    reference = ""
    for name in REFERRING:
        found = resource.get(name)
        if name == "medication" and isinstance(found, dict):
            found = found.get("reference")
        if isinstance(found, dict) and isinstance(found.get("reference"), str):
            reference = reference or found["reference"]
    parts = reference.partition("/_history/")[0].rsplit("/", 2)
    return context.referred.get("/".join(parts[-2:]), b"")


def _updated(resource: Json) -> int:
    meta = resource.get("meta")
    written = meta.get("lastUpdated") if isinstance(meta, dict) else None
    if not isinstance(written, str):
        return NO_DAY
    return updated_day(written)


def told_by(rows: Resources, meanings: Meanings, lines: int, problems: Problems, block: Block) -> Told:
    """Return what the rows of a block of so many lines tell."""
    arrays = arrays_of(meanings)
    unknown, unused = Counter[str](), Counter[str]()
    for number, count in enumerate(np.bincount(rows.reading, minlength=len(arrays.first)).tolist()):
        if count:
            one = meanings.readings[number]
            unknown.update({one.unknown: count} if one.unknown else {})
            unused.update({one.problem: count} if one.problem else {})
    return Told(
        _said(rows, arrays),
        _days(rows, arrays),
        pa.table(spans(rows.person, rows.updated, rows.updated), schema=STAMPS),
        lines,
        problems,
        unknown,
        unused,
        id_numbers(rows.source.data, rows.id),
        rows.line.astype(np.int64) + block.first,
        block.file,
    )


def _repeated(first: Any, count: Any) -> tuple[Any, Any]:
    """Return the rows that have so many parts each, one for each part, and the numbers of the parts."""
    row = np.repeat(np.arange(len(count)), count)
    before = np.repeat(np.cumsum(count) - count, count)
    return row, np.repeat(first, count) + np.arange(len(row)) - before


def _said(rows: Resources, arrays: Arrays) -> pa.Table:
    row, saying = _repeated(arrays.first[rows.reading], arrays.count[rows.reading])
    place = {name: column[saying] for name, column in arrays.places.items()}
    start = rows.first_date[row]
    columns: dict[str, Any] = {"person": rows.person[row], "saying": arrays.constant[saying]}
    for name in ("earliest", "latest"):
        columns[name] = _dated(place["day"], place[name], start, rows.days)
        columns[f"until_{name}"] = _dated(place["until"], place[f"until_{name}"], start, rows.days)
    for name, factor in (("low", arrays.low), ("high", arrays.high)):
        columns[name] = _numbered(place[name], factor[saying], rows.first_number[row], rows.numbers)
    columns["time"] = _times(place["time"], place["given"], start, rows, arrays)
    columns["id"] = _texts(rows.source, rows.id[row])
    return pa.table(columns).select(SAID.names).cast(SAID)


def _dated(place: Any, given: Any, start: Any, days: Any) -> Any:
    found = given.copy()
    at = place >= 0
    found[at] = days[start[at] + place[at]]
    return found


def _numbered(place: Any, factor: Any, first: Any, numbers: Any) -> Any:
    found = factor.copy()
    at = place >= 0
    found[at] = numbers[first[at] + place[at]] * factor[at]
    return found


def _times(place: Any, given: Any, start: Any, rows: Resources, arrays: Arrays) -> pa.Array:
    """Return the time of each saying: as written, the empty text for the day itself, or null."""
    at = place >= 0
    written = _texts(rows.source, rows.dates[start[at] + place[at]])
    index = np.full(len(place), -1, dtype=np.int64)
    index[at] = np.arange(len(written))
    index[place == GIVEN] = len(written) + given[place == GIVEN]
    index[place == ITS_DAY] = len(written) + len(arrays.times)
    every = pa.concat_arrays([written, pa.array([*arrays.times, ""], pa.string())])
    return every.take(pa.array(index, mask=index < 0))


def _texts(source: Bytes, places: Any) -> pa.Array:
    """Return the texts at some places, in any order."""
    begins, first, again = np.unique(places[:, 0], return_index=True, return_inverse=True)
    return source.texts(begins, places[first, 1]).take(pa.array(again))


def _days(rows: Resources, arrays: Arrays) -> pa.Table:
    row, seen = _repeated(arrays.seen_first[rows.reading], arrays.seen_count[rows.reading])
    told = arrays.seen[seen]
    earliest, latest = (_dated(told[:, 0], told[:, end], rows.first_date[row], rows.days) for end in (1, 2))
    return pa.table(distinct([rows.person[row], earliest, latest]), schema=DAYS)


def distinct(columns: list[Any]) -> list[Any]:
    """Return rows of integers, each once, in order."""
    columns = _without_repeats(columns)  # most stand beside their like
    order = np.lexsort(columns[::-1])
    return _without_repeats([column[order] for column in columns])


def _without_repeats(columns: list[Any]) -> list[Any]:
    """Return rows without those that are as the one before."""
    is_new = np.ones(len(columns[0]), dtype=bool)
    if len(is_new):
        is_new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return [column[is_new] for column in columns]


def spans(person: Any, least: Any, most: Any) -> list[Any]:
    """Return each person once, in order, with the least and the greatest of its days."""
    order = np.argsort(person, kind="stable")
    people, first = np.unique(person[order], return_index=True)
    if not len(people):
        return [people, people, people]
    return [people, np.minimum.reduceat(least[order], first), np.maximum.reduceat(most[order], first)]
