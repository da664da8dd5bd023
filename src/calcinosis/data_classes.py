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
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**options: bool) -> Callable[[type[Any]], type[Any]]:
        """Make a class one of data, with the options of ``dataclasses.dataclass``."""
        return lambda kind: _made(kind, **options)


_FIELDS = "__dataclass_fields__"
_OWN = "__data_fields__"
"""Where a class keeps its fields and those of its bases: the default or ``field()`` of each, and whether only its name
sets it."""


def is_data(kind: type[Any]) -> bool:
    """Whether a class was made one of data, not only one that it inherits from."""
    return _OWN in vars(kind)


def is_value(kind: type[Any]) -> bool:
    """Whether equal objects of a class of data cannot be told apart: no field is left out, and none can change."""
    return vars(kind).get("__setattr__") is _refuse_change and all(
        _has(given, "compare") for given, _ in getattr(kind, _OWN).values()
    )


def field_names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of a class of data, those of its bases first."""
    return tuple(getattr(kind, _OWN))


def default_values(kind: type[Any]) -> dict[str, Any]:
    """Return the values that fields of a class have where nothing is said, if the class itself holds them."""
    if hasattr(kind, "__slots__"):
        return {}
    found = {name: _default_of(given) for name, (given, _) in getattr(kind, _OWN).items()}
    return {name: value for name, value in found.items() if value is not MISSING}


def _made(
    kind: type[Any],
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    order: bool = False,
    unsafe_hash: bool = False,
) -> type[Any]:
    held = vars(kind)
    own = [name for name, said in kind.__annotations__.items() if not said.startswith("ClassVar")]
    given = {name: held[name] for name in own if name in held}
    fields: dict[str, tuple[Any, bool]] = {}
    for base in reversed(kind.__mro__[1:]):
        fields |= vars(base).get(_OWN, {})
    fields |= {name: (given.get(name, MISSING), kw_only) for name in own}
    values = _values_of([name for name, (default, _) in fields.items() if _has(default, "compare")])
    methods: dict[str, Any] = {"__eq__": _compared("__eq__", values), "__repr__": _text}
    if order:
        methods |= {name: _compared(name, values) for name in ("__lt__", "__le__", "__gt__", "__ge__")}
    if frozen:
        methods |= {"__setattr__": _refuse_change, "__delattr__": _refuse_change}
        if slots:
            methods |= {"__getstate__": _state, "__setstate__": _set_state}
    if held.get("__hash__") is None:
        methods["__hash__"] = (lambda self: hash(values(self))) if frozen or unsafe_hash else None
    positional = [] if kw_only else [name for name in own if _has(given.get(name), "init")]
    methods["__match_args__"] = (*getattr(kind, "__match_args__", ()), *positional)
    methods = {name: method for name, method in methods.items() if held.get(name) is None} | {_OWN: fields}
    if slots:
        kept = {name: value for name, value in held.items() if name not in {*own, "__dict__", "__weakref__"}}
        kept |= methods | {"__slots__": tuple(own), "__qualname__": kind.__qualname__}
        kind = type(kind)(kind.__name__, kind.__bases__, kept)  # type: ignore[misc]
    else:
        for name, value in (methods | {name: _default_of(value) for name, value in given.items()}).items():
            if value is MISSING:
                delattr(kind, name)
            else:
                setattr(kind, name, value)
    setattr(kind, "__init__", _first_init(kind))  # noqa: B010
    setattr(kind, _FIELDS, _Fields(kind, given, kw_only))
    return kind


def _default_of(given: Any) -> Any:
    """Return the value that a field has where nothing is said; MISSING where it has none, or a new one each time."""
    return given.default if isinstance(given, Field) else given


def _has(given: Any, option: str) -> bool:
    """Return an option of a field, which is on where the field is given plainly."""
    return bool(getattr(given, option)) if isinstance(given, Field) else True


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


def _first_init(kind: type[Any]) -> Callable[..., None]:
    """Return an ``__init__`` that puts the written one in its place and calls it."""

    def __init__(self: object, *arguments: Any, **named: Any) -> None:
        written = _written_init(kind)
        setattr(kind, "__init__", written)  # noqa: B010
        written(self, *arguments, **named)

    return __init__


def _written_init(kind: type[Any]) -> Callable[..., None]:
    """Return the ``__init__`` of a class, written out as Python's own data classes write it."""
    spelled: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    positional, named, lines = ["self"], list[str](), list[str]()
    is_frozen = vars(kind).get("__setattr__") is _refuse_change
    for name, (given, kw_only) in getattr(kind, _OWN).items():
        default, factory = _default_of(given), given.default_factory if isinstance(given, Field) else MISSING
        is_parameter = _has(given, "init")
        parameter = value = name
        if default is not MISSING:
            spelled[f"_default_{name}"] = default
            parameter, value = f"{name}=_default_{name}", name if is_parameter else f"_default_{name}"
        elif factory is not MISSING:
            spelled[f"_make_{name}"] = factory
            parameter, value = f"{name}=_missing", f"_make_{name}()"
            if is_parameter:
                value += f" if {name} is _missing else {name}"
        elif not is_parameter:
            continue  # __post_init__ sets it
        if is_parameter:
            (named if kw_only else positional).append(parameter)
        lines.append(f"_set(self, {name!r}, {value})" if is_frozen else f"self.{name} = {value}")
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


@recursive_repr()
def _text(self: Any) -> str:
    """Return an object as the call that makes it."""
    fields = getattr(self, _OWN).items()
    shown = (f"{name}={getattr(self, name)!r}" for name, (given, _) in fields if _has(given, "repr"))
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in getattr(self, _OWN)]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(getattr(self, _OWN), state, strict=True):
        object.__setattr__(self, name, value)


def _refuse_change(self: object, name: str, value: object = None) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")
