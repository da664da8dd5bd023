"""The files of a FHIR Bulk Data export by the type of resource that they hold, in parts that are read at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import orjson
from msgspec import Struct

from calcinosis.errors import InputError, Problem
from calcinosis.population.export.lines import Block, Buffers, blocks
from calcinosis.population.export.places import current, places_in, raw
from calcinosis.words.en import population as words

PART = 512 * 1024 * 1024
"""Bytes that are read at a time; a larger file is one part of its own."""
_GZIP = 10
"""How much larger a compressed file is when it is read, roughly."""
_CHUNK = 64 * 1024
_SHOWN = 10
"""Files that are named where there is nothing to screen."""
_LOOKED_AT = 50
"""Lines in which the type of a file is looked for."""


class ExportFile(Struct, frozen=True, order=True):
    """One file: where it is, how it is named to people, how it is written, its bytes and when it was changed."""

    path: str
    name: str
    form: Literal["lines", "parquet"]
    size: int
    changed: int | str

    @property
    def bytes_read(self) -> int:
        """The bytes that reading it takes, roughly."""
        return self.size * _GZIP if self.name.endswith(".gz") else self.size


def blocks_of(file: ExportFile, elements: tuple[str, ...], buffers: Buffers | None = None) -> Iterator[Block]:
    """Yield the resources of a file as blocks of lines, as ``blocks`` does; of Parquet some elements alone."""
    if file.form == "parquet":
        from calcinosis.population.export.columns import column_blocks

        return column_blocks(file.path, file.name, elements)
    return blocks(file.path, file.name, buffers=buffers)


class Part(Struct, frozen=True):
    """Files of one type of resource that are read at a time."""

    kind: str
    number: int
    files: tuple[ExportFile, ...]

    @property
    def name(self) -> str:
        """A name that tells the part from others."""
        return f"{self.kind}-{self.number:04}"

    @property
    def size(self) -> int:
        """The bytes that reading it takes, roughly."""
        return sum(file.bytes_read for file in self.files)


class Export(Struct, frozen=True):
    """The files of an export by type of resource, and those that hold none."""

    files: dict[str, tuple[ExportFile, ...]]
    unread: tuple[Problem, ...]
    folder: str = ""

    def parts(self, kind: str, size: int = PART) -> Iterator[Part]:
        """Yield the files of one type in parts, those written in one way together."""
        files = sorted(self.files.get(kind, ()), key=lambda file: (file.form, file.path))
        number, gathered = 0, list[ExportFile]()
        for file in files:
            total = sum(one.bytes_read for one in gathered) + file.bytes_read
            if gathered and (total > size or gathered[-1].form != file.form):
                yield Part(kind, number, tuple(gathered))
                number, gathered = number + 1, []
            gathered.append(file)
        if gathered:
            yield Part(kind, number, tuple(gathered))


def find_export(folder: Path | str) -> Export:
    """Return the files of an export below a folder or URL. Raises InputError if there are none, or none of patients."""
    by_kind: dict[str, list[ExportFile]] = {}
    unread = []
    for place in places_in(str(folder)):
        if place.why_not:
            if place.size:
                found = words.LEFT_OUT.format(why=place.why_not)
                unread.append(Problem(place.name, 0, found, words.READ_FILES, words.RENAME))
            continue
        form: Literal["lines", "parquet"] = "parquet" if place.name.lower().endswith(".parquet") else "lines"
        file = ExportFile(place.path, place.name, form, place.size, place.changed)
        kind = _kind_of(file)
        if kind:
            by_kind.setdefault(kind, []).append(file)
        elif file.size:
            found = words.no_resource(_LOOKED_AT)
            unread.append(Problem(file.name, 1, found, words.ONE_RESOURCE_A_LINE, words.ONE_PERSON))
    if "Patient" not in by_kind:
        kinds = ", ".join(sorted(by_kind)[:8]) or words.NO_FHIR_FILES
        raise InputError(
            [Problem(str(folder), 0, kinds, words.FILES_OF_PATIENTS, words.FOLDER_OF_EXPORT), *unread[:_SHOWN]]
        )
    return Export({kind: tuple(files) for kind, files in sorted(by_kind.items())}, tuple(unread), str(folder))


def check_unchanged(file: ExportFile) -> None:
    """Raise InputError if a file is no longer what it was when the export was listed."""
    if current(file.path) != (file.size, file.changed):
        raise InputError([Problem(file.name, 0, words.CHANGED, words.STILL, words.AGAIN)])


def _kind_of(file: ExportFile) -> str:
    """Return the type of the resources in a file, by the first that can be read."""
    if file.form == "parquet":
        return _kind_of_parquet(file)
    looked_at = 0
    for block in blocks(file.path, file.name, _CHUNK):
        for line in block.lines()[:_LOOKED_AT]:
            looked_at += 1
            kind = _kind_of_line(line)
            if kind:
                return kind
        if looked_at >= _LOOKED_AT:
            break
    return ""


def _kind_of_line(line: bytes) -> str:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        return ""
    kind = found.get("resourceType") if isinstance(found, dict) else None
    return kind if isinstance(kind, str) else ""


def _kind_of_parquet(file: ExportFile) -> str:
    import pyarrow.parquet as pq
    from pyarrow import ArrowInvalid

    try:
        with raw(file.path) as data:
            for batch in pq.ParquetFile(data).iter_batches(_LOOKED_AT, columns=["resourceType"]):
                kinds = [kind for kind in batch.column("resourceType").to_pylist() if isinstance(kind, str)]
                if kinds:
                    return kinds[0]
    except (ArrowInvalid, KeyError) as error:
        raise InputError(
            [Problem(file.name, 0, words.NO_SUCH_PARQUET, words.PARQUET_OF_FHIR, words.EXPORT_AGAIN)]
        ) from error
    return ""
