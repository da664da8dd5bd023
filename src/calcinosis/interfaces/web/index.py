"""The full-text index over the whole knowledge: every entry with its name, its synonyms and all that it says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock

from msgspec import Struct

from calcinosis.interfaces.web.catalogue import Catalogue, Place, catalogue
from calcinosis.library.entries import Source
from calcinosis.library.subjects import synonyms
from calcinosis.report.lines import clean
from calcinosis.rules.syntax import Citation, Rule
from calcinosis.terminology.tokens import tokens_of, without_brackets

_SCHEMA = """
CREATE VIRTUAL TABLE entries USING fts5(name, synonyms, summary, body, tokenize = 'unicode61', prefix = '2 3');
CREATE VIRTUAL TABLE words USING fts5vocab(entries, 'row');
CREATE VIRTUAL TABLE spellings USING fts5(word, tokenize = 'trigram');
"""
_WEIGHTS = "10.0, 6.0, 3.0, 1.0"
_SHORTEST_WORD = 4
_SILENT = frozenset({"id", "checked", "url", "doi", "pmid", "codes", "codes_not_enough", "near", "formula", "unit"})


class Sentence(Struct, frozen=True):
    """What an entry says, as it stands there and in one spelling."""

    text: str
    folded: str
    words: frozenset[str]

    @staticmethod
    def of(text: str) -> Sentence:
        """Return a text with its words."""
        one = folded(text)
        return Sentence(text, one, frozenset(one.split()))


class Index(Struct, frozen=True):
    """The index, the places by row, what they say, and the places by exact name with how close the name is."""

    connection: sqlite3.Connection
    lock: Lock
    places: tuple[Place, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    exact: dict[str, dict[int, int]]

    def matches(self, query: str, most: int) -> list[tuple[int, float]]:
        """Return the rows that match, with a score that is lower the better they do."""
        with self.lock:
            found = self.connection.execute(
                f"SELECT rowid, bm25(entries, {_WEIGHTS}) AS score FROM entries WHERE entries MATCH ? "
                "ORDER BY score LIMIT ?",
                (query, most),
            )
            return [(int(row), float(score)) for row, score in found]

    def is_known(self, word: str) -> bool:
        """Whether a word, or one that begins with it, stands anywhere in the knowledge."""
        with self.lock:
            return self.connection.execute(
                "SELECT 1 FROM words WHERE term >= ? AND term < ? LIMIT 1", (word, word + "\uffff")
            ).fetchone() is not None  # fmt: skip

    def similar(self, word: str, most: int) -> list[str]:
        """Return words of the knowledge that share letters with one that is not in it."""
        parts = {word[place : place + 3] for place in range(len(word) - 2)}
        query = " OR ".join(f'"{part}"' for part in sorted(parts))
        with self.lock:
            found = self.connection.execute(
                "SELECT word FROM spellings WHERE spellings MATCH ? ORDER BY rank LIMIT ?", (query, most)
            )
            return [str(row[0]) for row in found] if parts else []


@lru_cache(maxsize=1)
def index() -> Index:
    """Return the index of the knowledge of this package, built in memory when it is first asked for."""
    return index_of(catalogue())


def index_of(known: Catalogue) -> Index:
    """Return the index of a catalogue."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(_SCHEMA)
    places = tuple(known.places())
    sentences = tuple(tuple(map(Sentence.of, dict.fromkeys(said_by(place.entry)))) for place in places)
    exact: dict[str, dict[int, int]] = {}
    for row, place in enumerate(places):
        close, far = synonyms(place.entry, known.library) if not isinstance(place.entry, Source) else ((), ())
        for rank, names in enumerate((own_names(place), short_names(place), close, far)):
            for name in names:
                exact.setdefault(folded(name), {}).setdefault(row, rank)
        called = " ".join((*own_names(place), *short_names(place)))
        body = " ".join(one.folded for one in sentences[row])
        values = (row, *map(folded, (called, " | ".join((*close, *far)), place.summary)), body)
        connection.execute("INSERT INTO entries(rowid, name, synonyms, summary, body) VALUES (?, ?, ?, ?, ?)", values)
    connection.execute("INSERT INTO spellings(word) SELECT term FROM words WHERE length(term) >= ?", (_SHORTEST_WORD,))
    return Index(connection, Lock(), places, sentences, exact)


def folded(text: str) -> str:
    """Return a text in one spelling: British as American, plural as singular, without signs and capitals."""
    return " ".join(token for token in tokens_of(text) if token[0].isalnum())


def own_names(place: Place) -> tuple[str, ...]:
    """Return what an entry itself is called: its name and its id."""
    return (place.name, place.id.replace("_", " "))


def short_names(place: Place) -> tuple[str, ...]:
    """Return its name without what stands in brackets or behind a comma."""
    short = " ".join(without_brackets(place.name).split())
    return (short, short.split(",")[0])


def said_by(value: object) -> Iterator[str]:
    """Yield every sentence of an entry, wherever it stands; not its rules, ids and codes."""
    if isinstance(value, str):
        if value:
            yield clean(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from said_by(item)
    elif isinstance(value, Struct) and not isinstance(value, Citation | Rule):
        for name in value.__struct_fields__:
            if name not in _SILENT:
                yield from said_by(getattr(value, name))
