"""Texts without signs that a terminal obeys: what a record holds moves no cursor and hides nothing.

Lines are already free of them; this stands at the door, for every format, every error and every name of a file.
"""

from __future__ import annotations

import re

_OBEYED = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_SIGN = re.compile(f"[{_OBEYED}]")
_SIGN_OR_COLOUR = re.compile(f"\x1b\\[[0-9;]*+m|[{_OBEYED}]")
_SHOWN = "\ufffd"


def harmless(text: str, colour: bool = False) -> str:
    """Return a text with a replacement sign for each that a terminal obeys; ``colour`` leaves those of colours."""
    if not colour:
        return _SIGN.sub(_SHOWN, text)
    return _SIGN_OR_COLOUR.sub(lambda found: found[0] if found[0].endswith("m") else _SHOWN, text)


def harmless_json(text: str) -> str:
    """Return a JSON text of the same value, with such signs of its strings written as escapes."""
    return _SIGN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
