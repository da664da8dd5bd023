"""What a text must say for a fact to be read from it: a definition by composition, as the files of facts write it."""

from __future__ import annotations

from typing import Literal

from calcinosis.data import FromFile

Method = Literal["examination", "imaging", "histology", "laboratory", "history"]


class ReadDefinition(FromFile, frozen=True, kw_only=True):
    """One way to read a fact: words of ``find`` with one of ``with`` and one of ``and``, at a site, by a method.

    All names are those of ``terminology/concepts.yaml`` and of the classes of ``terminology/sites.yaml``. ``reads`` is
    a sentence that it reads, ``reads_not`` one that it must not.
    """

    find: tuple[str, ...]
    with_: tuple[str, ...] = ()
    and_: tuple[str, ...] = ()
    within: int = 9
    site: tuple[str, ...] = ()
    not_tissue: tuple[str, ...] = ()
    method: Method | None = None
    method_not: tuple[Method, ...] = ()
    without: tuple[str, ...] = ()
    not_between: tuple[str, ...] = ()
    carry: tuple[str, ...] = ()
    says: Literal["present", "absent", "denied"] = "present"
    """What the words say of the fact: "painless lumps" say that a painful lump is absent.

    ``denied`` are words too wide to say that it is there; where they are denied, so is the fact: "no weakness".
    """
    reads: str
    reads_not: str

    @property
    def concepts(self) -> tuple[str, ...]:
        """The names of concepts and classes that the definition uses."""
        others = (*self.with_, *self.and_, *self.site, *self.not_tissue, *self.without, *self.carry)
        return (*self.find, *others, *self.not_between)
