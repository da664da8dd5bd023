"""Of which place each length of a sentence is, and which is of now: places and lengths that take turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcinosis.readers.note.time_order import ORDERS, Order
from calcinosis.terminology.concepts import Span
from calcinosis.terminology.places import WrittenPlace
from calcinosis.terminology.terms import Terms

_BETWEEN = 1
"""Words that may stand between a length and the word that orders it."""
_LONGEST = 4
"""Words of what orders a length and stands before it."""


def places_of_lengths(lengths: Sequence[Span], words: str, terms: Terms) -> list[str]:
    """Return the place of each length of a sentence in its words; empty where it is not clear which it is.

    Two places of one length are none; of several lengths each has its own before it, or each has its own behind it.
    """
    sites = list(terms.places.written_in(words))
    if len(lengths) < 2 or len({one.place for one in sites}) < 2:
        return [terms.places.named_in(words)] * len(lengths)
    parts = [list(_between(sites, *span)) for span in _spaces(lengths)]
    if all(parts[:-1]) and not parts[-1]:
        return [_one_of(part) for part in parts[:-1]]
    if all(parts[1:]) and not parts[0]:
        return [_one_of(part) for part in parts[1:]]
    return [""] * len(lengths)


def _spaces(lengths: Sequence[Span]) -> Iterator[Span]:
    """Yield from where to where words stand before each length, and behind the last one."""
    before = 0
    for start, end in lengths:
        yield before, start
        before = end
    yield before, 1 << 30


def _between(sites: Sequence[WrittenPlace], start: int, end: int) -> Iterator[WrittenPlace]:
    return (one for one in sites if start <= one.span[0] < end)


def _one_of(sites: Sequence[WrittenPlace]) -> str:
    return sites[0].name if len({one.place for one in sites}) == 1 else ""


def order_of_length(tokens: Sequence[str], length: Span, sentence: Span, terms: Terms) -> Order:
    """Return whether words right before a length, or right behind it, say that it is of now or of an earlier time.

    A range begins with the same word: "from 3 to 15 mm"; a word before the next number is of that one.
    """
    start, end = length
    phrases = terms.notes.order
    before = start if "to" in tokens[start:end] else max(sentence[0], start - _LONGEST)
    for place in range(before, start):
        match = phrases.at(tuple(tokens[place:start]), 0)
        if match is not None and start - (place + match[0]) <= _BETWEEN:
            return ORDERS[match[1]]
    for place in range(end, min(sentence[1], end + _BETWEEN + 1)):
        if tokens[place] in {",", ";", "and"}:
            break
        match = phrases.at(tuple(tokens[place : sentence[1]]), 0)
        if match is not None and not "".join(tokens[place + match[0] : place + match[0] + 1])[:1].isdigit():
            return ORDERS[match[1]]
    return ""
