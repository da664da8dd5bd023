"""What is wrong with an entry, told in the words of its file."""

from __future__ import annotations

from typing import Any

from calcinosis.library.document import Document
from calcinosis.rules.check import nearest
from calcinosis.words.en import knowledge as words

RENAMED = {"for": "for_", "with": "with_", "and": "and_"}
"""Keys that are words of Python, and how the fields are called that hold them."""
_AS_WRITTEN = {renamed: written for written, renamed in RENAMED.items()}


def report_detail(document: Document, detail: Any, kind: type[Any]) -> None:
    """Report one error of validation at its place in the file of an entry of a kind."""
    place = tuple(_AS_WRITTEN.get(str(part), part) for part in detail["loc"])
    last = str(place[-1]) if place else ""
    if detail["type"] in {"missing", "missing_argument", "missing_keyword_only_argument"}:
        document.report(place[:-1], words.KEY_MISSING.format(key=last), words.KEY.format(key=last), words.SEE_README)
    elif detail["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        known = getattr(kind, "__struct_fields__", ())
        document.report(place, words.KEY.format(key=last), words.KEY_OF_ENTRY, nearest(last, known))
    else:
        document.report(place, f"{last}: {str(detail['input'])[:80]}", str(detail["msg"]))
