"""Boxes of a form that are ticked or empty: "[x] Gout  [ ] Lupus", "Gout [x]  Lupus [ ]", "Gout: [ ] yes [x] no"."""

from __future__ import annotations

import re

_BOX = re.compile(r"\[[ \t]?\]|\[[xX✓✔]\]|[☐☑☒]")
_EMPTY = re.compile(r"\[[ \t]?\]|☐")
_TICKED = re.compile(r"\[[xX✓✔]\]|[☑☒]")
_ANSWER = re.compile(r"(?:\[[ \t]?\]|☐)[ \t]*+(?:yes|no|y|n|unknown)\b", re.IGNORECASE)
"""An answer of which the box is empty, beside one that is ticked."""
_ANSWERED = re.compile(r"(?:\[[xX✓✔]\]|[☑☒])[ \t]*+(?:yes|no|y|n|unknown)\b(?P<end>[ \t])", re.IGNORECASE)
_LINE = re.compile(r"([\n\f])")
EMPTY_BOX = "☐"


def has_boxes(text: str) -> bool:
    """Whether a text has boxes to tick; two brackets without a space are an empty list of a form."""
    return any(box[0] != "[]" for box in _BOX.finditer(text))


def with_boxes_read(text: str) -> str:
    """Return a text of the same length in which what each box stands for is an item, and an empty box one sign."""
    if _BOX.search(text) is None:
        return text
    return "".join(_line(line) for line in _LINE.split(text))


def _line(line: str) -> str:
    if _TICKED.search(line):
        line = _ANSWER.sub(lambda found: " " * len(found[0]), line)
    answered = [found.start("end") for found in _ANSWERED.finditer(line)]
    signs = ["\f" if place in answered else sign for place, sign in enumerate(line)]
    boxes = list(_BOX.finditer(line))
    is_behind = bool(boxes) and _is_named(line[: boxes[0].start()])
    for box in boxes:
        start, end = box.span()
        signs[start:end] = (EMPTY_BOX if _EMPTY.fullmatch(box[0]) else " ").ljust(end - start)
        parted = end if is_behind else start - 1
        if line[parted : parted + 1].isspace() and (is_behind or _is_named(line[:start])):
            signs[parted] = "\f"
    return "".join(signs)


def _is_named(before: str) -> bool:
    """Whether something is named before a box: "Gout [x]", but neither "Diseases: [x] Gout" nor "- [x] Gout"."""
    return before.rstrip(" \t-*•–:") == before.rstrip() != ""
