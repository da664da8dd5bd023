"""Objects of this package in a file: written whole, read without running anything.

The format is that of pickle, read by an unpickler that knows the data classes, named tuples and enumerations of this
package and the plain containers of Python, and nothing that could be called to do harm. It is as fast as pickle itself.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import NODEFAULT, Struct

from calcinosis.equal_parts import with_equal_parts_once

IS_CHECKOUT = (Path(__file__).parent.parent.parent / "build_knowledge.py").exists()
"""Whether the package stands among the files that it is built from."""
_OURS = "calcinosis."
_PLAIN = {"builtins": {"frozenset": frozenset, "set": set, "dict": dict, "tuple": tuple, "list": list}}
_SUM_BYTES = 4
_SIMPLE = (str, int)
DAMAGED = (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, IndexError,
            KeyError, MemoryError)  # fmt: skip
"""What reading a file that is missing, cut off, changed or of another version can raise."""


class _DataOnly(pickle.Unpickler):
    """An unpickler that makes data of this package and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that may be made. Raises UnpicklingError for any other thing."""
        if module in _PLAIN and name in _PLAIN[module]:
            return _PLAIN[module][name]
        if (module, name) == (__name__, _made_by_name.__name__):
            return _made_by_name
        if module.startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            is_ours = isinstance(found, type) and found.__module__ == module
            if is_ours and issubclass(found, Struct | Enum | tuple):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not data of this package")


class _WithoutDefaults(pickle.Pickler):
    """A pickler that leaves out what an object has from its class: most fields of most entries."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        self.defaults: dict[type[Any], dict[str, Any]] = {}

    def reducer_override(self, found: Any) -> Any:
        """Return how an object is made again: by its class, from the fields up to the last that says something."""
        kind = type(found)
        if not isinstance(found, Struct) or "__reduce__" in vars(kind):
            return NotImplemented
        if kind not in self.defaults:
            self.defaults[kind] = _defaults_of(kind)
        defaults = self.defaults[kind]
        values = {name: getattr(found, name) for name in kind.__struct_fields__}
        said = {name: value for name, value in values.items() if not _is_same(value, defaults[name])}
        if len(kind.__match_args__) == len(values):
            last = max((place for place, name in enumerate(values, 1) if name in said), default=0)
            return kind, tuple(values.values())[:last]
        return _made_by_name, (kind, said)


def _defaults_of(kind: type[Struct]) -> dict[str, Any]:
    """Return the default of each field of a class, NODEFAULT where it has none."""
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    return dict(zip(names, (*(NODEFAULT,) * (len(names) - len(defaults)), *defaults), strict=True))


def _made_by_name(kind: type[Struct], fields: dict[str, Any]) -> Struct:
    """Return an object of a class whose fields are given by name."""
    if not issubclass(kind, Struct):
        raise pickle.UnpicklingError(f"{kind.__name__} has no fields")
    return kind(**fields)


def _is_same(value: Any, default: Any) -> bool:
    return value is default or (type(value) is type(default) and type(value) in _SIMPLE and value == default)


def as_bytes(data: object) -> bytes:
    """Return data as bytes that ``of_bytes`` reads."""
    file = io.BytesIO()
    _WithoutDefaults(file).dump(data)
    return file.getvalue()


def of_bytes(body: bytes | memoryview) -> Any:
    """Return the data that bytes hold. Raises one of ``DAMAGED`` for bytes that are no data of this package."""
    return _DataOnly(io.BytesIO(body)).load()


def _sum(body: bytes | memoryview) -> bytes:
    """Return what changes when bytes are damaged; who changes them on purpose can only make data of this package."""
    return zlib.crc32(body).to_bytes(_SUM_BYTES, "little")


def write(path: Path, stamp: str, data: object) -> None:
    """Write data with a stamp of what it was made from and a sum of both; an unwritable place is left alone."""
    body = as_bytes((stamp, with_equal_parts_once(data)))
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        partial.write_bytes(_sum(body) + body)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)


def read(path: Path, stamp: str | None, kind: type[Any]) -> Any:
    """Return the data of a file; None where it is missing, damaged, of another kind, or of another stamp than asked."""
    try:
        written = path.read_bytes()
        body = memoryview(written)[_SUM_BYTES:]
        if _sum(body) != written[:_SUM_BYTES]:
            return None
        with _without_collection():
            found_stamp, data = of_bytes(body)
    except DAMAGED:
        return None
    return data if isinstance(data, kind) and stamp in (None, found_stamp) else None


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let nobody look for rubbish among a million new objects, and never again: they stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
