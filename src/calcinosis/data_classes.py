"""Data classes that cost little until they are used: ``dataclass`` is what Python calls so, its methods made later.

A start of the program defines some two hundred of them and calls a few. Python writes and compiles the text of six
methods for each; here equality, order, hash and text are functions over the names of the fields, and ``__init__`` is
written when it is first called. What is read from a file never calls it.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn, cast

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**options: bool) -> Callable[[type[Any]], type[Any]]:
        """Make a class one of data, with the options of ``dataclasses.dataclass``."""
        return lambda kind: _made(kind, **options)


_FIELDS = "__dataclass_fields__"
_NAMES = "__data_names__"
"""Where a class keeps the names of its fields, and whether each counts for equality and is shown in its text."""


def is_data(kind: type[Any]) -> bool:
    """Whether a class was made one of data, not only one that it inherits from."""
    return _NAMES in vars(kind)


def _made(
    kind: type[Any],
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    order: bool = False,
    unsafe_hash: bool = False,
) -> type[Any]:
    own = [name for name, said in kind.__annotations__.items() if not said.startswith("ClassVar")]
    given = {name: vars(kind)[name] for name in own if name in vars(kind)}
    names: dict[str, tuple[bool, bool]] = {}
    for base in reversed(kind.__mro__[1:]):
        names |= vars(base).get(_NAMES, {})
    names |= dict.fromkeys(own, (True, True))
    for name, default in given.items():
        if isinstance(default, Field):
            names[name] = (default.compare, default.repr)
            delattr(kind, name)
            if default.default is not MISSING:
                setattr(kind, name, default.default)
    positional = [name for name in own if getattr(given.get(name), "init", True)]
    has_hash = vars(kind).get("__hash__") is not None
    made: Any = _with_slots(kind, own, frozen) if slots else kind
    setattr(made, _NAMES, names)
    setattr(made, _FIELDS, _Fields(made, given, kw_only))
    made.__init__ = _first_init(made, frozen)
    values = _values_of([name for name, (counts, _) in names.items() if counts])
    methods: dict[str, Any] = {"__eq__": _compared("__eq__", values), "__repr__": _text(names)}
    methods["__match_args__"] = (*getattr(made, "__match_args__", ()), *(() if kw_only else positional))
    if order:
        methods |= {name: _compared(name, values) for name in ("__lt__", "__le__", "__gt__", "__ge__")}
    if frozen:
        methods |= {"__setattr__": _refuse_change, "__delattr__": _refuse_change}
    for name, method in methods.items():
        if name not in vars(made):
            setattr(made, name, method)
    if not has_hash:
        made.__hash__ = (lambda self: hash(values(self))) if frozen or unsafe_hash else None
    return cast(type[Any], made)


class _Fields:
    """The fields of a class as Python lists them, which are listed when somebody asks."""

    def __init__(self, kind: type[Any], given: dict[str, Any], kw_only: bool) -> None:
        self.kind, self.given, self.kw_only = kind, given, kw_only

    def __get__(self, _: object, asked: type[Any] | None = None) -> dict[str, Field[Any]]:
        """Return the fields of the class, and put them in the place of this object."""
        kind = self.kind
        own = {"__annotations__": kind.__annotations__, "__module__": kind.__module__, "__doc__": kind.__name__}
        plain: type[Any] = type(kind.__name__, (), {**self.given, **own})
        made = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=self.kw_only)(plain)
        found: dict[str, Field[Any]] = {}
        for base in reversed(kind.__mro__[1:]):
            found |= getattr(base, _FIELDS, {})
        found |= getattr(made, _FIELDS)
        setattr(kind, _FIELDS, found)
        return found


def _with_slots(kind: type[Any], own: list[str], frozen: bool) -> type[Any]:
    """Return the class again with a place for each field and no other."""
    kept = {name: value for name, value in vars(kind).items() if name not in {*own, "__dict__", "__weakref__"}}
    kept |= {"__slots__": tuple(own), "__qualname__": kind.__qualname__}
    made: Any = type(kind)(kind.__name__, kind.__bases__, kept)  # type: ignore[misc]
    if frozen:
        setters = [vars(made)[name].__set__ for name in own]
        values = _values_of(own)

        def set_state(self: object, state: list[Any]) -> None:
            for setter, value in zip(setters, state, strict=True):
                setter(self, value)

        made.__getstate__ = lambda self: list(values(self))
        made.__setstate__ = set_state
    return cast(type[Any], made)


def _first_init(kind: type[Any], frozen: bool) -> Callable[..., None]:
    """Return an ``__init__`` that puts the written one in its place and calls it."""

    def __init__(self: object, *arguments: Any, **named: Any) -> None:
        kind.__init__ = (written := _written_init(kind, frozen))
        written(self, *arguments, **named)

    return __init__


def _written_init(kind: type[Any], frozen: bool) -> Callable[..., None]:
    """Return the ``__init__`` of a class, written out as Python's own data classes write it."""
    spelled: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    positional, named, lines = ["self"], list[str](), list[str]()
    for field in dataclasses.fields(kind):
        parameter = value = name = field.name
        if field.default is not MISSING:
            spelled[f"_default_{name}"] = field.default
            parameter, value = f"{name}=_default_{name}", name if field.init else f"_default_{name}"
        elif field.default_factory is not MISSING:
            spelled[f"_make_{name}"] = field.default_factory
            parameter, value = f"{name}=_missing", f"_make_{name}()"
            if field.init:
                value += f" if {name} is _missing else {name}"
        elif not field.init:
            continue  # __post_init__ sets it
        if field.init:
            (named if field.kw_only else positional).append(parameter)
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    lines += ["self.__post_init__()"] if hasattr(kind, "__post_init__") else [] if lines else ["pass"]
    parameters = ", ".join([*positional, *(["*", *named] if named else [])])
    exec(f"def __init__({parameters}):\n" + "\n".join(f"    {line}" for line in lines), spelled)
    made: Callable[..., None] = spelled["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _values_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of an object as a tuple."""
    if len(names) > 1:
        return operator.attrgetter(*names)
    one = [operator.attrgetter(name) for name in names]
    return (lambda self: (one[0](self),)) if one else lambda self: ()


def _compared(name: str, values: Callable[[Any], tuple[Any, ...]]) -> Callable[[Any, Any], Any]:
    """Return a comparison of two objects of one class by their values."""
    compare = getattr(operator, name)

    def method(self: Any, other: Any) -> Any:
        return compare(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    return method


def _text(names: dict[str, tuple[bool, bool]]) -> Callable[[Any], str]:
    """Return what writes an object as the call that makes it."""

    @recursive_repr()
    def __repr__(self: Any) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name, (_, is_shown) in names.items() if is_shown)
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    return __repr__


def _refuse_change(self: object, name: str, value: object = None) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")
