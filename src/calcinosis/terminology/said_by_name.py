"""Whether a name says already what a definition finds at the same words."""

from __future__ import annotations

from collections.abc import Mapping

from calcinosis.terminology.definitions import Found
from calcinosis.terminology.names import Mention


def is_said(found: Found, named: list[Mention], narrower: Mapping[str, frozenset[str]]) -> bool:
    """Whether a name at the same words says the fact or a kind of it, or holds a bare word of it as a part.

    Of "small white bumps" the bump alone says nothing more.
    """
    below = narrower.get(found.fact, frozenset())
    start, end = found.anchor
    for name in named:
        if name.start < end and start < name.end:
            holds = name.start <= start and end <= name.end and (name.start, name.end) != (start, end)
            if (holds and not found.slots) or name.fact == found.fact or name.fact in below:
                return True
    return False
