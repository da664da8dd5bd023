"""Code systems by the many addresses that records write for them; specimens of which a number is none of blood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.tokens import tokens_of

_STEM = re.compile(r"([A-Z][0-9]{2}(?:\.[0-9])?)(?:\.?-)?[+*!]?")
"""A code with at most one digit behind its dot, without the marks that Germany puts behind it."""
_MOST = 2000
"""Addresses that are remembered as they are written."""


class Systems(Struct, frozen=True):
    """The systems whose codes the facts list, and others that are known by name, by address."""

    read: Mapping[str, str]
    stem: Mapping[str, str]
    named: Mapping[str, str]
    tags: frozenset[str]
    """What SNOMED CT writes in brackets behind its names."""
    _written: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of(data: Mapping[str, Any]) -> Systems:
        """Build from ``terminology/systems.yaml``."""
        read, stem, named = (_by_address(data[part]) for part in ("read", "stem", "named"))
        return Systems(read, stem, named, frozenset(data["tags"]))

    def system(self, address: str) -> str:
        """Return the system that an address means; empty for one whose codes no fact lists."""
        found = self._written.get(address)
        if found is None:
            found = _look_up(self.read, address)
            if len(self._written) < _MOST:
                self._written[address] = found
        return found

    def coded(self, address: str, code: str) -> tuple[str, str]:
        """Return the system whose codes the facts list and the code in it; no system where it means nothing in it."""
        system = self.system(address)
        if system or not (stem := _look_up(self.stem, address)):
            return system, code
        match = _STEM.fullmatch(code)
        return ("", code) if match is None else (stem, match[1])

    def without_tag(self, words: str) -> str:
        """Return a name without the kind of thing that SNOMED CT writes behind it: "(physical object)"."""
        name, bracket, tag = words.rpartition(" (")
        return name if bracket and tag[-1:] == ")" and tag[:-1] in self.tags else words

    def name(self, address: str) -> str:
        """Return the name of a system, or its address where it has none here."""
        return _look_up(self.named, address) or self.system(address) or address


def _by_address(data: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {_plain(address): name for name, addresses in data.items() for address in addresses}


def _plain(address: str) -> str:
    """Return an address in one spelling: OIDs with or without their prefix, ``http``, no slash at the end."""
    written = address.strip().rstrip("/")
    if written.lower().startswith("urn:oid:"):
        return written.lower()
    if written.replace(".", "").isdigit() and "." in written:
        return f"urn:oid:{written}"
    _, colon, rest = written.partition("://")
    if not colon:
        return written
    host, slash, path = rest.partition("/")
    return f"http://{host.lower()}{slash}{path}"


def _look_up(known: Mapping[str, str], address: str) -> str:
    """Return the system of an address, or of one that goes on with an edition or a version."""
    plain = _plain(address)
    found = known.get(plain, "")
    if found or not plain.startswith("http://snomed.info/sct"):
        return found
    return known.get("http://snomed.info/sct", "")


class Specimens(Struct, frozen=True):
    """Words and codes of what a laboratory examined that is not blood."""

    blood: Phrases
    other: Phrases
    codes: frozenset[str]

    @staticmethod
    def of(data: Mapping[str, Any]) -> Specimens:
        """Build from ``terminology/specimens.yaml``."""
        blood, other = (Phrases.of((words, words) for words in data[part]) for part in ("blood", "other"))
        return Specimens(blood, other, frozenset(data["codes"]))

    def is_other(self, words: str, codes: Iterable[str]) -> bool:
        """Whether a specimen, by its name or its codes, is not blood."""
        tokens = tokens_of(words)
        if self.blood.stand_in(tokens):
            return False
        return self.other.stand_in(tokens) or not self.codes.isdisjoint(codes)
