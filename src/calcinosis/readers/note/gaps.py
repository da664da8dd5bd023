"""The way from the name of a result to its number: the words, signs and dates that may stand between."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.quantities.parse import AmountError, number_at
from calcinosis.readers.note.dates import DateRead, Dates
from calcinosis.readers.note.flags import flag_meant
from calcinosis.readers.note.result_patterns import FROM_TO, SIGNS
from calcinosis.readers.note.time_order import ORDERS, Order
from calcinosis.rules.vocabulary import Flag
from calcinosis.terminology.statements import TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.terminology.tokens import Words

_FURTHEST = 90
"""Letters from a name to its number."""


class Gap(Struct, frozen=True):
    """What was passed on the way to a number: where the number begins, and what was said of it."""

    place: int
    flag: Flag = ""
    order: Order = ""
    dated: DateRead | None = None
    is_plain: bool = True
    is_from: bool = False


def word_from(words: Words, place: int) -> int:
    """Return the first word that begins at a letter or behind it."""
    at = words.at_letter(place)
    return at if at < len(words.starts) and words.starts[at] >= place else at + 1


def gap_ahead(reading: TextReading, terms: Terms, dates: Dates, at: int, place: int, stop: int) -> Gap | None:
    """Pass the words that may stand before a number; None where none follows."""
    text, words, tokens, notes = reading.text, reading.words, reading.words.tokens, terms.notes
    order: Order = ""
    begins, flag, dated, plain, came_from = place, "", None, True, False
    while place - begins <= _FURTHEST:
        signs = SIGNS.match(text, place)
        place = signs.end() if signs else place
        at = max(at, word_from(words, place))
        if (date := dates.at(place)) is not None:
            dated, place = date, date.end
            continue
        if at < stop or at == len(tokens):
            try:
                found = number_at(text, place)
            except AmountError:  # no range: "from 7.9 to 5.1"
                falls = came_from and FROM_TO.match(text, place) is not None
                return Gap(place, "", order, dated, plain, came_from) if falls else None
            if found is not None and (stop >= len(words.starts) or found.end <= words.starts[stop]):
                return Gap(place, flag_meant(flag) if flag else "", order, dated, plain, came_from)
        if at >= stop:
            return None
        for phrases in (notes.order, notes.flags, notes.before_number):
            match = phrases.at(tokens, at)
            if match is not None and at + match[0] <= stop:
                break
        else:
            return None
        came_from = came_from or "from" in tokens[at : at + match[0]]
        if phrases is notes.order:
            order = ORDERS[match[1]]
        elif phrases is notes.flags:
            flag = match[1]
        plain = plain and phrases is notes.before_number and tokens[at] in notes.between
        at += match[0]
        place = words.ends[at - 1]
    return None
