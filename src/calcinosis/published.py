"""The published cases as the program compares them: compiled beside the knowledge, loaded when somebody asks.

No command that shows no cases reads them.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path

from calcinosis import stored
from calcinosis.compiled import CASES, KNOWLEDGE, PACKAGE, Knowledge, files_stamp, fingerprint, knowledge, with_terms
from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.cases import CaseLibrary, CaseLike, case_library, cases_like
from calcinosis.errors import KnowledgeError, Problem
from calcinosis.library.library import Library

COMPILED = PACKAGE / "knowledge.cases.pickle"
_PARSED = PACKAGE / "knowledge.cases.parsed.pickle"
_CODE = tuple(
    PACKAGE / "conclusions" / name for name in ("cases.py", "case_features.py", "case_reading.py", "overlap.py")
)


@lru_cache(maxsize=1)
def published_cases() -> CaseLibrary:
    """Return the published cases of this package. Raises KnowledgeError if a file of a checkout is wrong."""
    found = stored.read(COMPILED, _stamp() if stored.IS_CHECKOUT else None, CaseLibrary)
    return found if found is not None else write_compiled_cases()


def cases_like_this(assessment: Assessment) -> tuple[CaseLike, ...]:
    """Return the published cases that are most like the person of an assessment, at most five."""
    return cases_like(assessment, published_cases())


def compile_cases(known: Knowledge, folder: Path = KNOWLEDGE) -> CaseLibrary:
    """Return the cases of a folder of knowledge. Raises KnowledgeError."""
    from calcinosis.conclusions.case_reading import published_case
    from calcinosis.library import cases, load_cases, read
    from calcinosis.library.remembered import RememberedFiles

    parsers = (Path(read.__file__), Path(cases.__file__), Path(load_cases.__file__))
    remembered = RememberedFiles(_PARSED, parsers) if stored.IS_CHECKOUT and folder == KNOWLEDGE else None
    listed = load_cases.load_cases(folder / CASES, known.library, remembered)
    return case_library(published_case(case, known.library, known.terms) for case in listed.values())


def write_compiled_cases(
    known: Knowledge | None = None, path: Path = COMPILED, stamp: str | None = None
) -> CaseLibrary:
    """Compile the cases and write them where they are loaded from, by default with the stamp of today's files."""
    compiled = compile_cases(known or knowledge())
    stored.write(path, _stamp() if stamp is None else stamp, compiled)
    return compiled


def case_problems(library: Library, folder: Path) -> tuple[int, list[Problem]]:
    """Return how many cases a folder of knowledge holds, and everything that is wrong with them."""
    try:
        return len(compile_cases(with_terms(library, folder), folder).cases), []
    except KnowledgeError as error:
        return 0, list(error.problems)


def _stamp() -> str:
    """Return a text that changes with the knowledge, the cases, and the code that compares them."""
    code = str([path.stat().st_mtime_ns for path in _CODE])
    stamps = f"{fingerprint()} {files_stamp(KNOWLEDGE / CASES)} {code}"
    return f"{zlib.crc32(stamps.encode()):08x} {len(stamps)}"
