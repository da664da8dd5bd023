"""Published cases that the package carries, so that the application can be tried in one press."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from calcinosis.interfaces.web.words import HERE, packaged, words


class Example(Struct, frozen=True, kw_only=True):
    """A published case: what it is called, whose it is, and the report that it was told from."""

    id: str
    title: str
    who: str
    citation: str
    url: str

    @property
    def data(self) -> bytes:
        """The record as FHIR."""
        return (HERE / "examples" / f"{self.id}.json").read_bytes()


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Return the published cases in the order in which they are offered."""
    told = words()["examples"]
    return tuple(Example(**one, **told[one["id"]]) for one in packaged(HERE / "examples.yaml")["examples"])


def example(name: str) -> Example | None:
    """Return the published case of this name."""
    return next((one for one in examples() if one.id == name), None)
