"""What is typed to the entries that it may mean: the entry of that name first, then what speaks of it."""

from __future__ import annotations

import difflib

from msgspec import Struct

from calcinosis.interfaces.web.catalogue import Place
from calcinosis.interfaces.web.index import Index, Sentence, folded, index

MOST = 40
LONGEST = 200
"""Letters of a query that are read."""
_CANDIDATES = 400
_CLOSE = 0.6
_SHORTEST_GUESS = 3
_LINE = 300
"""Letters of a sentence that is shown with what was found."""
_NAMED = 3.0
"""What an entry counts in whose name all words stand."""
_BEHIND = {"claims": 0.55, "sources": 0.5, "facts": 0.7, "medicines": 0.8}
"""What entries of these sections count beside an entry that a reader is more likely to want."""


class Hit(Struct, frozen=True):
    """A place that was found, with the sentence that speaks of what was asked for."""

    place: Place
    says: str


class Found(Struct, frozen=True):
    """What was found; ``instead`` is what was looked for where nothing was known of what was typed."""

    asked: str
    hits: tuple[Hit, ...]
    count: int
    instead: str = ""


def search(text: str, known: Index | None = None) -> Found:
    """Return the entries that a text may mean, best first."""
    asked = " ".join(text[:LONGEST].split())
    places = known or index()
    words = folded(asked).split()
    if not words:
        return Found(asked, (), 0)
    rows = _rows(words, places)
    if rows:
        return _found(asked, rows, words, places)
    spelled = [word if places.is_known(word) else _guess(word, places) for word in words]
    kept = [word for word in spelled if word]
    rows = (_rows(kept, places) or _rows(kept, places, " OR ")) if kept else []
    instead = " ".join(kept) if kept != words else ""
    return _found(asked, rows, kept, places, instead)


def near(text: str, most: int = 5) -> tuple[Place, ...]:
    """Return the entries that somebody may have meant who asked for a page that is not there."""
    return tuple(hit.place for hit in search(text.replace("-", " ").replace("_", " ")).hits[:most])


def _rows(words: list[str], places: Index, joined: str = " ") -> list[int]:
    """Return the rows that match, those of that very name first."""
    exact = places.exact.get(" ".join(words), {})
    quoted = [f'"{word}"' for word in words]
    query = joined.join([*quoted[:-1], f"{quoted[-1]} *"])
    scored = places.matches(query, _CANDIDATES)
    ranked = sorted(scored, key=lambda one: _weighed(one, words, places))
    first = sorted(exact, key=lambda row: (exact[row], row))
    return list(dict.fromkeys((*first, *(row for row, _ in ranked))))


def _weighed(found: tuple[int, float], words: list[str], places: Index) -> float:
    """Return the score, better where all words stand in the name, and for what readers want first."""
    row, score = found
    place = places.places[row]
    named = place.section != "sources" and set(words) <= set(folded(place.name).split())
    return score * _BEHIND.get(place.section, 1.0) * (_NAMED if named else 1.0)


def _guess(word: str, places: Index) -> str:
    """Return the most similar known word; empty where none is close."""
    if len(word) < _SHORTEST_GUESS:
        return ""
    close = difflib.get_close_matches(word, places.similar(word, 60), n=1, cutoff=_CLOSE)
    return close[0] if close else ""


def _found(asked: str, rows: list[int], words: list[str], places: Index, instead: str = "") -> Found:
    hits = tuple(Hit(places.places[row], _sentence(row, words, places)) for row in rows[:MOST])
    return Found(asked, hits, len(rows), instead)


def _sentence(row: int, words: list[str], places: Index) -> str:
    """Return the summary if it speaks of what was asked for, else the first sentence that does."""
    place = places.places[row]
    wanted = set(words)
    summary = Sentence.of(place.summary)
    if wanted <= {*folded(place.name).split(), *summary.words}:
        return place.summary
    said = [one for one in places.sentences[row] if one.text not in {place.name, place.id} and len(one.text) <= _LINE]
    return max((summary, *said), key=lambda one: len(wanted & one.words)).text
