"""What answers look things up in, compiled beside the knowledge and read when the first question is asked."""

from __future__ import annotations

import zlib
from pathlib import Path

from calcinosis import stored
from calcinosis.answers.example_questions import example_questions
from calcinosis.answers.index import statement_index
from calcinosis.answers.likeness import examples_by_intent
from calcinosis.answers.names import names_of_entries
from calcinosis.answers.outside import outside_words
from calcinosis.answers.prepared import PARTS
from calcinosis.compiled import PACKAGE, Knowledge, files_stamp, fingerprint, knowledge

COMPILED = PACKAGE / "knowledge.answers.pickle"


def make_ready(known: Knowledge) -> None:
    """Read what was compiled for the knowledge of this package; another knowledge works its parts out when asked."""
    if known.library in PARTS or not knowledge.cache_info().currsize or known is not knowledge():
        return
    found = stored.read(COMPILED, _stamp() if stored.IS_CHECKOUT else None, dict)
    if found is None:
        write_compiled_parts(known)
    else:
        PARTS[known.library] = found


def write_compiled_parts(known: Knowledge, path: Path = COMPILED, stamp: str | None = None) -> None:
    """Work out all parts and write them where they are read from, by default with the stamp of today's files."""
    for part in (names_of_entries, statement_index, examples_by_intent, example_questions, outside_words):
        part(known)
    stored.write(path, _stamp() if stamp is None else stamp, PARTS[known.library])


def _stamp() -> str:
    """Return a text that changes with the knowledge and with the code that answers."""
    stamps = f"{fingerprint()} {files_stamp(Path(__file__).parent)}"
    return f"{zlib.crc32(stamps.encode()):08x} {len(stamps)}"
