"""What is equal is kept once, what has an identity of its own stays, and what is written reads back equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from calcinosis import stored
from calcinosis.equal_parts import with_equal_parts_once
from calcinosis.library.statement import Statement
from calcinosis.rules.program import Some
from calcinosis.rules.syntax import Citation, Criterion, Present


def of(*letters: str) -> str:
    """Return a text that is no other object yet."""
    return "".join(letters)


def cite(place: str) -> Citation:
    """Return a citation that is no other object yet."""
    return Citation(of("a", "b"), of(place, "1"))


def test_equal_parts_are_one_object() -> None:
    """Texts, tuples, named tuples, frozen sets and values are shared, at any depth and as keys."""
    data: dict[Any, Any] = with_equal_parts_once(
        {
            (of("k", "1"),): [(cite("p"), frozenset({of("x", "y")})), Some((1000, 2000))],
            of("other"): [(cite("p"), frozenset({of("x", "y")})), Some((1000, 2000)), (of("k", "1"),)],
        }
    )
    first, second = data.values()
    assert first[0] is second[0]
    assert first[1] is second[1]
    assert next(iter(data)) is second[2]
    assert first == [(cite("p"), frozenset({"xy"})), Some((1000, 2000))]


def test_what_can_be_told_apart_stays_apart() -> None:
    """Rules keep their identity, and what is equal only in number keeps its kind."""
    rules = [Criterion(Present("scar"), line=line) for line in (1, 1, 2)]
    data = with_equal_parts_once([*rules, (1,), (True,), (1.0,), (0.0,), (-0.0,)])
    assert all(one is rule for one, rule in zip(data, rules, strict=False))
    assert data[0].test is data[1].test
    assert list(map(repr, data[3:])) == ["(1,)", "(True,)", "(1.0,)", "(0.0,)", "(-0.0,)"]


def test_a_default_is_not_written(tmp_path: Path) -> None:
    """What an object has from its class is in no file, and is there when it is read."""
    plain, full = Statement(says="a", cite=()), Statement(says="a", cite=(), plain="b")
    assert b"plain" not in stored.as_bytes(plain)
    assert b"plain" in stored.as_bytes(full)
    stored.write(tmp_path / "data.pickle", "", (plain, full))
    assert stored.read(tmp_path / "data.pickle", "", tuple) == (plain, full)
