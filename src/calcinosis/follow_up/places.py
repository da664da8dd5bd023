"""Where something is, as far as it tells one lesion from another: the site, its side, and the part of the site."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.terminology.places import UNKNOWN_PLACE, places_of
from calcinosis.terminology.terms import Terms

_SITE = "site_"
_SIDES = frozenset({"left", "right", "both"})


class Place(Struct, frozen=True, order=True):
    """A site of the body with its side and part; ``site`` is the id of its fact, or the words that no fact means."""

    site: str
    side: str
    parts: tuple[str, ...] = ()

    def may_be(self, other: Place) -> bool:
        """Whether two places may be the same one: nothing that both say differs."""
        is_side = self.side == other.side or "" in (self.side, other.side)
        mine, others = set(self.parts), set(other.parts)
        return self.site == other.site and is_side and (mine <= others or others <= mine)

    @property
    def is_known(self) -> bool:
        """Whether anything is said of the place."""
        return bool(self.site)


NOWHERE = Place("", "")


def places_in(words: str, terms: Terms, more: str = "") -> tuple[Place, ...]:
    """Return the places that words name, or that a saying keeps as sites; ``more`` may name the part of a site."""
    if not words.strip():
        return ()
    kept = places_of(words) if words.startswith(_SITE) else terms.places.in_words(words)
    parts = tuple(sorted(terms.courses.parts_of(more if words.startswith(_SITE) else f"{words} {more}")))
    return tuple(dict.fromkeys(_place(one, parts) for one in kept))


def _place(written: str, parts: tuple[str, ...]) -> Place:
    if written.startswith(UNKNOWN_PLACE):
        return Place(" ".join(written[1:].lower().split()), "", parts)
    site, _, side = written.partition(" ")
    return Place(site, side if side in _SIDES else "", parts)
