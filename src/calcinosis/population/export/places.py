"""Where the files of an export are: below a local folder, or below a URL that fsspec knows (``s3://``, ``gs://``)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.errors import ExtraMissingError, InputError, Problem
from calcinosis.words.en import population as words

ENDINGS = (".ndjson", ".jsonl", ".json", ".ndjson.gz", ".jsonl.gz", ".json.gz", ".parquet")
"""How the names of files end that are read."""


class Place(Struct, frozen=True):
    """One file: its path or URL, its path below the export, its bytes, and what tells it from what it was before."""

    path: str
    name: str
    size: int
    changed: int | str
    why_not: str = ""
    """Why it is not read; empty where it is."""


def is_remote(path: str) -> bool:
    """Whether a path is a URL, and not one of a local file."""
    return "://" in path and not path.startswith("file://")


def local(path: str) -> Path:
    """Return the path of a local file or folder, which may be written as a URL."""
    return Path(unquote(urlsplit(path).path)) if path.startswith("file://") else Path(path)


def name_of(folder: str) -> str:
    """Return the last part of the path of a folder or of its URL."""
    return folder.rstrip("/").rsplit("/", 1)[-1] if is_remote(folder) else local(folder).resolve().name


def places_in(folder: str) -> Iterator[Place]:
    """Yield the files below a folder in order, those too that are not read. Raises InputError without such a folder."""
    found = _remote(folder) if is_remote(folder) else _local(local(folder))
    for place in found:
        why_not = place.why_not or _why_not(PurePosixPath(place.path).name)
        if why_not is not None:
            yield replace(place, why_not=why_not)


def _why_not(name: str) -> str | None:
    """Return why a file of this name is not read, empty where it is; None for what a system keeps for itself."""
    ends_well = name.lower().endswith(ENDINGS)
    if name.startswith("."):
        return words.ITS_DOT if ends_well else None
    if name.startswith("_"):
        return words.ITS_UNDERSCORE
    return "" if ends_well else words.ITS_ENDING.format(endings=", ".join(ENDINGS))


def _local(folder: Path) -> Iterator[Place]:
    if not folder.is_dir():
        raise InputError(
            [Problem(str(folder), 0, "a file" if folder.exists() else "nothing", words.A_FOLDER_OF_EXPORT)]
        )
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file():
            about = path.stat()
            yield Place(str(path), name, about.st_size, about.st_mtime_ns)
        elif path.is_symlink():
            yield Place(str(path), name, 1, 0, words.ITS_LINK)
        elif not path.is_dir():
            yield Place(str(path), name, 1, 0, words.IS_DEVICE)


def _remote(folder: str) -> Iterator[Place]:
    try:
        files, root = file_system(folder)
        found: dict[str, dict[str, Any]] = files.find(root, detail=True)
        places = [
            Place(files.unstrip_protocol(path), path.removeprefix(root).strip("/"), about["size"], files.ukey(path))
            for path, about in sorted(found.items())
        ]
    except ExtraMissingError:
        raise
    except Exception as error:  # each file system has its own errors: of access, of the network, of a missing library
        raise InputError([Problem(folder, 0, words.unlisted(str(error))[:300], words.A_FOLDER_OF_EXPORT)]) from error
    if not places or root in found:
        raise InputError([Problem(folder, 0, words.A_FILE if places else words.NOTHING, words.A_FOLDER_OF_EXPORT)])
    yield from places


def file_system(path: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as error:
        raise ExtraMissingError("population", words.FSSPEC) from error
    found: tuple[Any, str] = url_to_fs(path)
    return found


def current(path: str) -> tuple[int, int | str]:
    """Return the bytes of a file, and what tells it from what it was before, as they are now."""
    if is_remote(path):
        files, place = file_system(path)
        files.invalidate_cache()
        return files.size(place), files.ukey(place)
    about = Path(path).stat()
    return about.st_size, about.st_mtime_ns


def raw(path: str) -> IO[bytes]:
    """Open a file as it stands."""
    if not is_remote(path):
        return Path(path).open("rb")
    files, place = file_system(path)
    opened_file: IO[bytes] = files.open(place, "rb")
    return opened_file


def opened(path: str) -> IO[bytes] | gzip.GzipFile:
    """Open a file of lines, unpacked if it is compressed."""
    if not path.lower().endswith(".gz"):
        return raw(path)
    if not is_remote(path):
        return gzip.open(path, "rb")
    return _Unpacked(raw(path))


class _Unpacked(gzip.GzipFile):
    """A compressed file that closes what it is read from."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self.packed = packed

    def close(self) -> None:
        """Close both."""
        super().close()
        self.packed.close()
