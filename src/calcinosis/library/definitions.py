"""The definitions by which facts are read from texts: whether the concepts that they are made of exist."""

from __future__ import annotations

from pathlib import Path

from calcinosis.library.document import Document
from calcinosis.library.library import Library
from calcinosis.library.read import read_yaml
from calcinosis.rules.check import nearest
from calcinosis.words.en.knowledge import CONCEPT, LISTED_CONCEPT

_ALWAYS = frozenset({"unstated", "any_site"})
"""Names that no file lists: where no place is said, and any site of the body."""


def check_definitions(library: Library, documents: dict[str, Document], terminology: Path) -> None:
    """Report each name in a definition that is no concept, no group, no class of sites and no site."""
    known = _concepts(terminology) | _ALWAYS | {fact.id for fact in library.facts.values() if fact.kind == "site"}
    for name, fact in library.facts.items():
        for index, definition in enumerate(fact.read):
            for concept in definition.concepts:
                if concept not in known:
                    remedy = nearest(concept, known)
                    found = CONCEPT.format(concept=concept)
                    documents[name].report(("read", index), found, LISTED_CONCEPT, remedy)


def _concepts(terminology: Path) -> set[str]:
    words = read_yaml(terminology / "concepts.yaml", "concepts.yaml").data
    sites = read_yaml(terminology / "sites.yaml", "sites.yaml").data
    found = {concept for concepts in words["slots"].values() for concept in concepts}
    return found | set(words["groups"]) | set(sites["classes"]) | set(sites["places"])
