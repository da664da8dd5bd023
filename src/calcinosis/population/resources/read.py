"""Bytes of whole lines in, Arrow tables out: what the resources in them say of which patient.

Here it runs on threads, on Spark in its executors. Each outline is read once by the reader of patients; what it says is
then put together for all resources that have it, with their own days, times and numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.errors import Problem
from calcinosis.population.export.lines import Block
from calcinosis.population.resources.elements import PATIENT_PATTERN, REFERRING, refers_to
from calcinosis.population.resources.known_lines import Resources, joined, known_rows
from calcinosis.population.resources.layout import layout_of
from calcinosis.population.resources.lines import LineError, patient_of, resource_in
from calcinosis.population.resources.meanings import Meanings, Reading
from calcinosis.population.resources.outline import NO_DAY, Outline, day_of, outline, updated_day
from calcinosis.population.resources.problems import Problems, long_line
from calcinosis.population.resources.recognise import Bytes, Layouts, bytes_of
from calcinosis.population.resources.told import Told, told_by
from calcinosis.shapes import Json
from calcinosis.words.en import population as words

_OFTEN = 6
"""Lines of one outline that are decoded before it pays to learn their layout."""
_PLAIN = "Patient/"
_DECODED = 64
"""Lines of a block that are decoded before the rest is looked at again; each time twice as many."""


class Rows(Struct):
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
            source=replace(block, more=b"".join(texts)),
            **integers,
            **firsts,
            id=places[: len(self.ids)],
            dates=places[len(self.ids) :],
            days=np.array([day_of(one) for one in self.dates], dtype=np.int32),
            numbers=np.array(self.numbers, dtype=np.float64),
        )


class Context(Struct, frozen=True):
    """What lines of one type are read with: the numbers of the patients, and what resources refer to, by address."""

    kind: str
    people: Mapping[str, int]
    referred: Mapping[str, bytes]
    meanings: Meanings
    layouts: Layouts = field(default_factory=Layouts)
    seen: Counter[bytes] = field(default_factory=Counter)
    """How many lines of each outline were decoded: the layout of one that comes often is learned."""
    without_layout: set[bytes] = field(default_factory=set)
    """Outlines of which a line had slots that could not be told."""

    def person_at(self, reference: str) -> int:
        """Return the number of the patient that a reference names; -1 where there is none."""
        start, name = reference[: len(_PLAIN)], reference[len(_PLAIN) :]
        if start == _PLAIN and "/" not in name:  # as most are written
            return self.people.get(name, -1)
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
    held, rows, parts = bytes_of(block.data, block.ends), Rows(), list[Resources]()
    wrong: list[tuple[int, LineError]] = []
    count, decoded = int(block.too_long), _DECODED
    left = np.flatnonzero(held.ends > held.starts)
    while len(left):
        known, others = context.layouts.found_in(held, left)
        again = list[int]()
        if len(known.lines):
            listed = context.layouts.listed
            resources, again = known_rows(held, known, listed, context.person_at, context.meanings, context.key_of)
            parts.append(resources)
            count += len(resources.line)
        learned = set[bytes]()
        for number in sorted([*others[:decoded].tolist(), *again]):
            line = held.line(number)
            if line.isspace():
                continue
            count += 1
            try:
                read_line(line, context, rows, learned)
            except LineError as error:
                wrong.append((number, error))
            else:
                rows.line.append(number)
        left, decoded = others[decoded:], 2 * decoded  # what was learned may tell of these
    parts.append(rows.resources(held))
    found = joined(parts)
    if without:
        found = found.some(~np.isin(found.line + block.first, list(without)))
    return told_by(found, context.meanings, count, _problems(block, wrong), block)


def _problems(block: Block, wrong: list[tuple[int, LineError]]) -> Problems:
    problems = Problems()
    if block.too_long:
        problems.add("long", long_line(block))
    for number, error in sorted(wrong, key=lambda one: one[0]):
        problems.add(error.kind, Problem(block.file, block.first + number, error.found, error.expected))
    return problems


def read_line(line: bytes, context: Context, rows: Rows, learned: set[bytes]) -> None:
    """Read a line, and add its resource to the rows; its layout is learned unless its outline is among the learned.

    Raises LineError.
    """
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
    is_learned = outlined.key in learned or outlined.key in context.without_layout
    if context.seen[outlined.key] >= _OFTEN and not is_learned:
        learned.add(outlined.key)
        if not _is_alone(resource) or not _learn(line, context, outlined):
            context.without_layout.add(outlined.key)


def _learn(line: bytes, context: Context, outlined: Outline) -> bool:
    """Learn the layout of a line that was decoded, if its slots are what was taken out of its outline."""
    layout = layout_of(line, context.kind)
    if layout is None or not layout.holds(line, outlined.dates, outlined.numbers):
        return False
    context.layouts.add(layout, line)
    return True


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
