"""The queries of a screen in the words of an engine, compiled once for a knowledge and kept beside it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from calcinosis import __version__
from calcinosis.compiled import PACKAGE, fingerprint

if TYPE_CHECKING:
    from calcinosis.library.library import Library

Queries = dict[str, str]
"""SQL by the name of the query."""


def queries_of(library: Library, dialect: str) -> Queries:
    """Return the queries of a screen in a dialect of SQL, compiled or as they were kept."""
    kept = PACKAGE / f"screen.{dialect}.{_version()}.json"
    if kept.exists():
        found: Queries = orjson.loads(kept.read_bytes())
        return found
    import ibis

    from calcinosis.population.assess import screened
    from calcinosis.population.conclusions import parts_read, schema_of
    from calcinosis.population.worked_out import step_by_step

    facts = ibis.table(ibis.Schema.from_pyarrow(schema_of(parts_read(library))), name="facts")
    with step_by_step():
        written = {"conclusions": str(ibis.to_sql(screened(library, facts), dialect=dialect))}
    _keep(kept, written)
    return written


def _version() -> str:
    code = sorted(
        (path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in Path(__file__).parent.glob("*.py")
    )
    return hashlib.sha256(repr((__version__, fingerprint(), code)).encode()).hexdigest()[:16]


def _keep(kept: Path, written: Queries) -> None:
    """Keep compiled queries in place of older ones; a place that cannot be written is left alone."""
    partial = kept.with_suffix(f".{os.getpid()}")
    try:
        for older in kept.parent.glob(f"{kept.name.rsplit('.', 2)[0]}.*.json"):
            older.unlink()
        partial.write_bytes(orjson.dumps(written))
        partial.replace(kept)
    except OSError:
        partial.unlink(missing_ok=True)
