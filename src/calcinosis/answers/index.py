"""The statements of the knowledge in a full-text index of SQLite, ranked by BM25."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from calcinosis.answers.statements import Told, statements_of
from calcinosis.library.library import Library
from calcinosis.terminology.tokens import tokens_of


@dataclass(frozen=True, slots=True)
class StatementIndex:
    """All statements, and their words in an index in memory."""

    told: tuple[Told, ...]
    connection: sqlite3.Connection
    lock: Lock

    def scores(self, words: Iterable[str]) -> dict[int, float]:
        """Return how well statements match some words: 1 for the best, towards 0 for the others."""
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        if not query:
            return {}
        with self.lock:
            rows = self.connection.execute(
                "SELECT rowid, -bm25(statements, 2.0, 1.0) FROM statements WHERE statements MATCH ?", (query,)
            ).fetchall()
        best = max((score for _, score in rows), default=0.0)
        return {int(row): score / best for row, score in rows} if best > 0 else {}


@lru_cache(maxsize=2)
def statement_index(library: Library) -> StatementIndex:
    """Return the index of the statements of a library."""
    told = tuple(statements_of(library))
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("CREATE VIRTUAL TABLE statements USING fts5(entry, body, tokenize = 'porter unicode61')")
    connection.executemany(
        "INSERT INTO statements(rowid, entry, body) VALUES (?, ?, ?)",
        (
            (row, _folded(one.entry.replace("-", " ")), _folded(f"{one.says} {one.plain}"))
            for row, one in enumerate(told)
        ),
    )
    return StatementIndex(told, connection, Lock())


def _folded(text: str) -> str:
    return " ".join(token for token in tokens_of(text) if token[0].isalnum())
