"""A data class of the project does what one of Python does, and its ``__init__`` waits until it is called."""

from __future__ import annotations

import ast
import dataclasses
import pickle
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any, ClassVar

import pytest

import calcinosis
from calcinosis import data_classes

OPTIONS: tuple[dict[str, bool], ...] = (
    {},
    {"slots": True},
    {"frozen": True},
    {"frozen": True, "slots": True, "order": True},
    {"slots": True, "unsafe_hash": True},
    {"frozen": True, "kw_only": True},
)


def both(options: dict[str, bool]) -> Iterator[type[Any]]:
    """Yield one class as Python makes it and as the project does."""
    for make in (dataclasses.dataclass, data_classes.dataclass):

        @make(**options)  # type: ignore[call-overload, untyped-decorator, unused-ignore]
        class Person:
            kind: ClassVar = "person"
            name: str
            age: int = 3
            places: list[str] = field(default_factory=list, compare=False, repr=False)
            letters: int = field(init=False, compare=False)

            def __post_init__(self) -> None:
                object.__setattr__(self, "letters", len(self.name))

        yield Person


def told(work: Any) -> object:
    """Return what a piece of work returns, or the kind of error that it raises."""
    try:
        return work()
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_it_does_what_one_of_python_does(options: dict[str, bool]) -> None:
    """Making, comparing, hashing, writing, copying, changing and listing give the same."""
    found = []
    for kind in both(options):
        one, same, other = kind(name="Ann"), kind(name="Ann", places=["toe"]), kind(name="Bo", age=4)
        copied = dataclasses.replace(one, age=7)
        found.append(
            [
                told(lambda kind=kind: kind("Ann", 3)),
                repr(one),
                (one.name, one.age, one.places, one.letters),
                one.places is not kind(name="Ann").places,
                one == same,
                one == other,
                one == "Ann",
                told(lambda one=one, same=same: hash(one) == hash(same)),
                told(lambda one=one, other=other: (one < other, one >= other)),
                dataclasses.asdict(copied),
                told(lambda one=one: setattr(one, "age", 4)),
                told(lambda one=one: delattr(one, "age")),
                told(lambda one=one: setattr(one, "new", 4))
                if options.get("slots") and not options.get("frozen")
                else 0,
                told(lambda kind=kind: kind(age=4)),
                told(lambda kind=kind: kind(name="Ann", size=4)),
                kind.__match_args__,
                [(each.name, each.type, each.init, each.kw_only, each.compare) for each in dataclasses.fields(kind)],
                hasattr(one, "__dict__"),
            ]
        )
    assert list(map(str, found[0])) == list(map(str, found[1]))


@data_classes.dataclass(frozen=True, kw_only=True)
class Wide:
    """A class from which another inherits."""

    name: str = "wide"


@data_classes.dataclass(frozen=True)
class Narrow(Wide):
    """A class that inherits a field."""

    size: int


@data_classes.dataclass(frozen=True, slots=True)
class Small:
    """A class that is kept in files."""

    size: int
    names: tuple[str, ...] = ()


def test_fields_are_inherited() -> None:
    """A field of a base stands before those of the class, and what sees one class does not see the other."""
    assert repr(Narrow(2, name="x")) == "Narrow(name='x', size=2)"
    assert [one.name for one in dataclasses.fields(Narrow)] == ["name", "size"]
    assert Narrow(2) == Narrow(2) != Narrow(3)
    assert Wide() != Narrow(2)
    assert [one.name for one in dataclasses.fields(Wide)] == ["name"]


@pytest.mark.parametrize("one", [Small(2, ("a",)), Narrow(2, name="x")])
def test_it_is_kept_in_files(one: object) -> None:
    """What is written is read back equal, whether its places are fixed or not."""
    assert pickle.loads(pickle.dumps(one)) == one


def test_what_nobody_makes_is_not_written() -> None:
    """The text of ``__init__`` is compiled at the first call, and not by reading, comparing or hashing."""

    @data_classes.dataclass(frozen=True, slots=True)
    class Late:
        size: int

    first = Late.__init__
    one = object.__new__(Late)
    one.__setstate__([4])  # type: ignore[attr-defined]
    assert hash(one)
    assert one == one
    assert one.size == 4
    assert Late.__init__ is first
    assert Late(4) == one
    assert Late.__init__ is not first


def test_every_module_uses_it() -> None:
    """No module of the package pays for the methods of Python's own data classes."""
    for path in Path(calcinosis.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "dataclasses" and path.name != "data_classes.py":
                assert "dataclass" not in {name.name for name in node.names}, path
