"""The knowledge as the program uses it: compiled once from the YAML files, then loaded in milliseconds.

An installed package carries the compiled file, written when it was built. In a checkout it is written again whenever
a knowledge file has changed.
"""

from __future__ import annotations

import os
import zlib
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from calcinosis import stored
from calcinosis.library.lesson import Lessons
from calcinosis.library.library import Library
from calcinosis.terminology.terms import Terms

PACKAGE = Path(__file__).parent
KNOWLEDGE = PACKAGE / "knowledge"
COMPILED = PACKAGE / "knowledge.pickle"
CASES = "cases"
"""The folder of published cases, which are compiled by themselves."""
TABLES = (
    "context",
    "routes",
    "results",
    "medicine-use",
    "methods",
    "concepts",
    "sites",
    "languages",
    "systems",
    "specimens",
    "notes",
    "questions",
    "course",
    "nothing-known",
)
"""The files of ``knowledge/terminology`` by which texts are read."""


class Knowledge(Struct, frozen=True):
    """The library of entries, the tables that lead from records to its facts, and the leaflets and quizzes."""

    library: Library
    terms: Terms
    lessons: Lessons


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """Return the knowledge of this package. Raises KnowledgeError if a file of a checkout is wrong."""
    found = stored.read(COMPILED, fingerprint() if stored.IS_CHECKOUT else None, Knowledge)
    return found if found is not None else write_compiled()


def compile_knowledge(folder: Path = KNOWLEDGE) -> Knowledge:
    """Return the knowledge that the YAML files of a folder hold. Raises KnowledgeError."""
    from calcinosis.library.load import load_library

    return with_terms(load_library(folder), folder)


def with_terms(library: Library, folder: Path) -> Knowledge:
    """Return the knowledge of a library, with the tables by which records are read."""
    from calcinosis.library.load_lessons import read_lessons
    from calcinosis.library.read import read_yaml
    from calcinosis.terminology.terms_of_library import terms_of

    tables = {
        name.replace("-", "_"): read_yaml(folder / "terminology" / f"{name}.yaml", f"{name}.yaml").data
        for name in TABLES
    }
    return Knowledge(library, terms_of(library, **tables), read_lessons(folder))


def write_compiled(path: Path = COMPILED, stamp: str | None = None) -> Knowledge:
    """Compile the knowledge and write it where it is loaded from, by default with the stamp of today's files."""
    compiled = compile_knowledge()
    stored.write(path, fingerprint() if stamp is None else stamp, compiled)
    return compiled


def keep(library: Library, path: Path = COMPILED) -> None:
    """Write the compiled knowledge of a library that was just loaded from this package, if it is a checkout."""
    if stored.IS_CHECKOUT:
        stored.write(path, fingerprint(), with_terms(library, KNOWLEDGE))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return a text that tells one state of the knowledge files, and of the code that compiles them, from another.

    It is that of the first call: what changes while the program runs is compiled by the next one.
    """
    rooms = ("library", "rules", "quantities", "terminology", "person")
    return files_stamp(KNOWLEDGE, *(PACKAGE / room for room in rooms))


def files_stamp(*places: Path) -> str:
    """Return a text that changes when a file below some folders changes; published cases count where named."""
    files = [entry for place in places for entry in _files(place)]
    listed = str(sorted((entry.path, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in files))
    return f"{zlib.crc32(listed.encode()):08x} {len(listed)}"


def _files(folder: Path) -> list[os.DirEntry[str]]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _files(Path(entry.path)) if entry.name not in {"__pycache__", CASES} else []
            elif entry.name.endswith((".yaml", ".csv", ".txt", ".py")):
                found.append(entry)
    return found
