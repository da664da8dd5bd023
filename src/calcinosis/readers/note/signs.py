"""Signs that say whether something is there: "erythema -, warmth +", "pus (-)", "discharge −ve"."""

from __future__ import annotations

import re

ABSENT_SIGN = "⊖"
"""One letter that stands for the minus behind what is not there."""
_MINUS = re.compile(r"(?<=[A-Za-z])[ ]\(?(?P<sign>[-−–])(?:ve)?\)?(?=[ ]*(?:[,;.](?:\s|$)|$))", re.MULTILINE)
_MAY_BE = re.compile(r"[-−–](?:ve)?\)?[ ]*(?:[,;.\n]|$)")
_PLUS_OR_MINUS = re.compile(r"(?<=[A-Za-z])[ ]\(?[+]{1,3}\)?(?=[ ]*(?:[,;.]|$))", re.MULTILINE)
_PLUS_IN_WORDS = re.compile(r"(?<=[\s(])\+ve\b")


def with_signs_read(text: str) -> str:
    """Return a text of the same length in which a minus behind a name is one sign; one alone at a line's end parts.

    "+ve" is read as pos.
    """
    text = _PLUS_IN_WORDS.sub("pos", text)
    found = list(_MINUS.finditer(text)) if _MAY_BE.search(text) else []
    if not found:
        return text
    signs = list(text)
    for minus in found:
        at_end = minus.end() == len(text) or text[minus.end()] == "\n"
        if "(" in minus[0] or not at_end or _has_signs(text, minus.start()):
            signs[minus.start("sign")] = ABSENT_SIGN
    return "".join(signs)


def _has_signs(text: str, place: int) -> bool:
    """Whether the line before a place has such signs already."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return _PLUS_OR_MINUS.search(line) is not None or _MINUS.search(line) is not None
