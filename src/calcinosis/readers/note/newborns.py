"""How old a newborn is whose note counts days of life: "term newborn, day 5", "DOL 12", "on day 1 of life"."""

from __future__ import annotations

from calcinosis.readers.note.spoken_numbers import number_from
from calcinosis.terminology.note_words import NoteWords

_NEWBORN = frozenset({"newborn", "neonate", "neonatal", "nnu", "nicu", "scbu"})
_BORN_WITHIN = 9
_OF_LIFE = (("of", "life"), ("of", "age"), ("after", "birth"), ("post", "partum"), ("postnatal",))
_AT_A_TIME = frozenset({"on", "since", "from", "until", "by", "after", "at"})
"""With these a day is when something happened, and the child is that old or older."""
_NEWBORN_DAYS = 28.0
"""A child is newborn up to this age, in days."""


def day_of_life(tokens: tuple[str, ...], words: NoteWords) -> tuple[float, float, int, int] | None:
    """Return the least and the most days since birth that a note tells, and where it tells them."""
    is_newborn = not _NEWBORN.isdisjoint(tokens)
    for place, token in enumerate(tokens):
        found = _counted(tokens, place, words) if token in {"day", "dol"} else None
        if found is None:
            continue
        number, start, end = found
        if not _AT_A_TIME.isdisjoint(tokens[max(0, start - 1) : start]):
            if is_newborn and number <= _NEWBORN_DAYS:
                return number, _NEWBORN_DAYS, start, end
            continue
        return number, number, start, end
    return None


def _counted(tokens: tuple[str, ...], place: int, words: NoteWords) -> tuple[float, int, int] | None:
    """Return the number of a day of life, and where the words of it stand."""
    of_life = tokens[place] == "dol"
    at = place + 1
    if tokens[at : at + 2] == ("of", "life"):
        of_life, at = True, at + 2
    found = number_from(tokens, at, words) if at < len(tokens) else None
    if found is not None:
        number, end = found
        follows = next((form for form in _OF_LIFE if tokens[end : end + len(form)] == form), ())
        before = tokens[max(0, place - _BORN_WITHIN) : place]
        if of_life or follows or not _NEWBORN.isdisjoint(before):
            return number, place, end + len(follows)
    follows = next((form for form in _OF_LIFE if tokens[place + 1 : place + 1 + len(form)] == form), ())
    ends = number_from(tokens, place - 1, words) if follows and place else None
    return (ends[0], place - 1, place + 1 + len(follows)) if ends is not None else None
