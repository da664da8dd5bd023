"""The parts of an export to read again, without lines that a newer version replaces or a deletion takes away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from msgspec.structs import replace

from calcinosis.population.export.files import blocks_of
from calcinosis.population.export.lines import Block
from calcinosis.population.resources.elements import ELEMENTS
from calcinosis.population.resources.versions import Place, again, left_out, some_lines
from calcinosis.population.steps import FILE, ReadPart


def current_parts(parts: Sequence[ReadPart], deleted: Mapping[str, Collection[str]]) -> list[ReadPart]:
    """Return the steps of an export that was read once; those of which lines do not count are to be done again.

    ``deleted`` gives the ids of deleted resources by type.
    """
    found = []
    for kind, listed in groupby(parts, lambda one: one.part.kind):
        own = list(listed)
        numbers = [np.load(_file(one, "ids")) for one in own]
        repeated = again(numbers, deleted.get(kind, ()))
        if not len(repeated):
            found += own
            continue
        lines = (line for one, ids in zip(own, numbers, strict=True) for line in _lines(one, np.isin(ids, repeated)))
        without = left_out(kind, lines, deleted.get(kind, ()))
        found += [_without(one, without) for one in own]
    return found


def _file(step: ReadPart, name: str) -> Path:
    return step.folder / step.name / f"{name}.npy"


def _lines(step: ReadPart, which: Any) -> Iterator[tuple[Place, bytes]]:
    """Yield some of the lines that a step has read."""
    numbers = np.load(_file(step, "numbers"))[which]
    files = step.part.files
    wanted = {file.name: numbers[numbers >> FILE == at] & (2**FILE - 1) for at, file in enumerate(files)}
    yield from some_lines(_blocks(step, wanted), wanted)


def _blocks(step: ReadPart, wanted: Mapping[str, Any]) -> Iterator[Block]:
    for file in step.part.files:
        if len(wanted[file.name]):
            yield from blocks_of(file, ELEMENTS[step.part.kind])


def _without(step: ReadPart, places: Collection[Place]) -> ReadPart:
    """Return a step that leaves out those of some lines that are its own; the step itself where none is."""
    names = {file.name for file in step.part.files}
    own: dict[str, list[int]] = {}
    for file, number in sorted(places):
        if file in names:
            own.setdefault(file, []).append(number)
    if not own:
        return step
    path = step.folder / f"{step.name}.without.json"
    path.write_bytes(orjson.dumps(own))
    return replace(step, without=path)
