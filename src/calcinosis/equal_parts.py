"""Equal parts of data made one before it is written: thousands of rules cite the same places and test the same facts.

What has an identity of its own, as a rule by which the program finds its node, stays as it is.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr


def with_equal_parts_once(data: Any) -> Any:
    """Return the same data, in which equal texts, tuples, frozen sets and values are each one object.

    Lists, sets, dictionaries and objects are changed in place, and stay equal to what they were.
    """
    return _Parts().one(data)


class _Parts:
    """What was met so far."""

    def __init__(self) -> None:
        self.met: dict[int, tuple[Any, Any]] = {}
        """By the number of an object: itself, so that no other gets that number, and what stands for it."""
        self.made_of: dict[Hashable, Any] = {}
        """What stands for all that is made of the same."""

    def one(self, found: Any) -> Any:
        """Return what stands for an object."""
        known = self.met.get(id(found))
        if known is not None:
            return known[1]
        kind = type(found)
        if isinstance(found, Struct):
            made = self._of_object(found)
        elif isinstance(found, tuple):
            parts = [self.one(part) for part in found]
            same = tuple(parts) if kind is tuple else kind._make(parts)
            made = self.made_of.setdefault((kind, *map(id, parts)), same)
        elif kind is frozenset:
            parts = [self.one(part) for part in found]
            made = self.made_of.setdefault((kind, frozenset(map(id, parts))), frozenset(parts))
        elif kind in (str, int):
            made = self.made_of.setdefault((kind, found), found)
        else:
            made = found
            self.met[id(found)] = (found, found)
            self._put_in_place(found)
        self.met[id(found)] = (found, made)
        return made

    def _of_object(self, found: Struct) -> Any:
        kind = type(found)
        self.met[id(found)] = (found, found)
        parts = []
        for name in found.__struct_fields__:
            parts.append(self.one(getattr(found, name)))
            if parts[-1] is not getattr(found, name):
                force_setattr(found, name, parts[-1])
        return self.made_of.setdefault((kind, *map(id, parts)), found) if _is_value(kind) else found

    def _put_in_place(self, found: Any) -> None:
        if type(found) is list:
            found[:] = [self.one(part) for part in found]
        elif type(found) is set:
            kept = [self.one(part) for part in found]
            found.clear()
            found.update(kept)
        elif type(found) is dict:
            pairs = [(self.one(key), self.one(value)) for key, value in found.items()]
            found.clear()
            found.update(pairs)


def _is_value(kind: type[Struct]) -> bool:
    """Whether equal objects of a class cannot be told apart: all fields count, none can change or is worked out."""
    is_plain = not hasattr(kind, "__post_init__") and "__eq__" not in vars(kind)
    return kind.__struct_config__.frozen and is_plain
