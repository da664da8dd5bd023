"""The knowledge as the program uses it: compiled once from the YAML files, then loaded in milliseconds.

An installed package carries the compiled file, written when it was built. In a checkout it is written again whenever
a knowledge file has changed.
"""

from __future__ import annotations

import gc
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from calcinosis.library.library import Library
from calcinosis.terminology.terms import Terms

PACKAGE = Path(__file__).parent
KNOWLEDGE = PACKAGE / "knowledge"
COMPILED = PACKAGE / "knowledge.pickle"
_CHECKOUT = (PACKAGE.parent.parent / "pyproject.toml").exists()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The library of entries, and the tables that lead from records to its facts."""

    library: Library
    terms: Terms


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return the knowledge of this package. Raises KnowledgeError if a file of a checkout is wrong."""
    current = fingerprint() if _CHECKOUT else ""
    try:
        with COMPILED.open("rb") as file, _without_collection():
            if pickle.load(file) == current or not _CHECKOUT:
                loaded = pickle.load(file)
                if isinstance(loaded, Knowledge):
                    return loaded
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError):
        pass  # no compiled file yet, or one of an older version: it is written anew
    return write_compiled()


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let nobody look for rubbish among a million new objects, and never again: the knowledge stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def compile_knowledge(folder: Path = KNOWLEDGE) -> Knowledge:
    """Return the knowledge that the YAML files of a folder hold. Raises KnowledgeError."""
    from calcinosis.library.load import load_library
    from calcinosis.library.read import read_yaml
    from calcinosis.terminology.terms import terms_of

    library = load_library(folder)
    tables = {
        name.replace("-", "_"): read_yaml(folder / "terminology" / f"{name}.yaml", f"{name}.yaml").data
        for name in ("context", "routes", "results", "medicine-use", "methods")
    }
    return Knowledge(library, terms_of(library, **tables))


def write_compiled(path: Path = COMPILED) -> Knowledge:
    """Compile the knowledge and write it where it is loaded from; a place that cannot be written is left alone."""
    compiled = compile_knowledge()
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        with partial.open("wb") as file:
            pickle.dump(fingerprint(), file, protocol=5)
            pickle.dump(compiled, file, protocol=5)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
    return compiled


def fingerprint() -> str:
    """Return a text that changes when a knowledge file, or the code that compiles it, changes."""
    rooms = ("library", "rules", "quantities", "terminology", "person")
    places = [KNOWLEDGE, *(PACKAGE / room for room in rooms)]
    files = [entry for place in places for entry in _files(place)]
    return str(sorted((entry.path, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in files))


def _files(folder: Path) -> list[os.DirEntry[str]]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _files(Path(entry.path)) if entry.name != "__pycache__" else []
            elif entry.name.endswith((".yaml", ".csv", ".py")):
                found.append(entry)
    return found
