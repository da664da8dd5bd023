"""Files that were parsed before: in a checkout, only what has changed since is parsed again.

To parse all files takes ten seconds, to read what they held half a second.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from calcinosis import stored
from calcinosis.library.document import Document
from calcinosis.library.read import read_yaml

_Stamp = tuple[int, int]
"""When a file was changed (nanoseconds), and its size."""


class RememberedFiles(Struct):
    """What files held when they were last parsed by some modules, kept in a file of its own."""

    file: Path
    parsers: tuple[Path, ...]
    held: dict[str, tuple[_Stamp, bytes]] = field(default_factory=dict)
    read: dict[str, tuple[_Stamp, bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.held = stored.read(self.file, self._stamp_of_parsers(), dict) or {}

    def document(self, path: Path, name: str) -> Document:
        """Return the document of a file, parsed now or before."""
        stamp, key = _stamp(path), f"{path} {name}"
        found = self.held.get(key)
        if found is None or found[0] != stamp:
            found = stamp, stored.as_bytes(read_yaml(path, name))
        self.read[key] = found
        document = stored.of_bytes(found[1])
        assert isinstance(document, Document)
        return document

    def keep(self) -> None:
        """Write what was read, if it is not what is kept already."""
        if self.read != self.held:
            stored.write(self.file, self._stamp_of_parsers(), self.read)

    def _stamp_of_parsers(self) -> str:
        """Return a text that changes with the modules that parse: what they read before is parsed again."""
        return str([_stamp(parser) for parser in self.parsers])


def _stamp(path: Path) -> _Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_size
