"""The words of a statement: what was found, how it looks, where, in which tissue, by which method, how it was given.

The words are knowledge (``terminology/concepts.yaml`` and ``sites.yaml``). A concept is a name for words that mean the
same slot of a statement; a word may mean several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from calcinosis.terminology.tokens import tokens_of

Span = tuple[int, int]
"""From one word to another, the second not included."""
Spots = dict[str, list[Span]]
"""Where the concepts of a sentence stand."""
Phrasings = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Phrases that begin with one word, each with the concepts that it means."""

_ONLY_BESIDE = "~"
"""Before a word of a mask: it must stand there, and keeps its own meaning."""
_NOTHING = "nothing"


class Mask(Struct, frozen=True):
    """A phrase of which some words mean no concept, or only one."""

    phrase: tuple[str, ...]
    start: int
    end: int
    concept: str
    """What the masked words mean; empty for nothing."""

    @staticmethod
    def of(phrase: str, concept: str) -> Mask:
        """Build from a phrase as written, in which words that only stand beside begin with a tilde."""
        words = [(tokens_of(word.lstrip(_ONLY_BESIDE)), word.startswith(_ONLY_BESIDE)) for word in phrase.split()]
        tokens = [(token, beside) for found, beside in words for token in found]
        masked = [place for place, (_, beside) in enumerate(tokens) if not beside]
        meant = "" if concept == _NOTHING else concept
        return Mask(tuple(token for token, _ in tokens), masked[0], masked[-1] + 1, meant)


class Concepts(Struct, frozen=True):
    """Phrases by their first word, single words, and beginnings of words, each with the concepts that they mean."""

    phrases: Mapping[str, Phrasings]
    beginnings: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    slots: Mapping[str, str]
    """The slot of each concept."""
    groups: Mapping[str, tuple[str, ...]]
    places: frozenset[str]
    """Concepts and classes that say where something is: the nearest of them binds."""
    masks: Mapping[str, tuple[Mask, ...]] = field(default_factory=dict)
    """By their first word, phrases whose words mean something else: "a white woman", "sore lumps"."""
    _known: dict[str, Phrasings] = field(default_factory=dict)

    @staticmethod
    def of(data: Mapping[str, Any], sites: Mapping[str, Any], site_names: Iterable[tuple[str, str]]) -> Concepts:
        """Build from ``concepts.yaml``, ``sites.yaml`` and the names of the facts that are sites."""
        words: dict[tuple[str, ...], dict[str, None]] = {}
        beginnings: dict[str, dict[str, None]] = {}
        slots: dict[str, str] = {}
        for slot, concepts in data["slots"].items():
            for concept, phrases in concepts.items():
                slots[concept] = slot
                for phrase in phrases:
                    _add(str(phrase), concept, words, beginnings)
        classes = _classes(sites["classes"])
        for name, fact in site_names:
            for concept in ("any_site", fact, *classes.get(fact, ())):
                _add(name, concept, words, beginnings)
        for concept, phrases in sites["places"].items():
            slots[concept] = "site"
            for phrase in phrases:
                _add(str(phrase), concept, words, beginnings)
        slots.update(dict.fromkeys(("any_site", *sites["classes"]), "site"))
        by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for tokens, meant in words.items():
            by_first.setdefault(tokens[0], []).append((tokens, tuple(meant)))
        by_letters: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for begins, meant in beginnings.items():
            by_letters.setdefault(begins[:3], []).append((begins, tuple(meant)))
        groups = {name: tuple(parts) for name, parts in data.get("groups", {}).items()}
        masks: dict[str, list[Mask]] = {}
        for concept, listed in data.get("masks", {}).items():
            for phrase in listed:
                mask = Mask.of(str(phrase), concept)
                masks.setdefault(mask.phrase[0], []).append(mask)
        places = frozenset(concept for concept, slot in slots.items() if slot in {"tissue", "site"})
        return Concepts(
            {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in by_first.items()},
            {letters: tuple(found) for letters, found in by_letters.items()},
            slots,
            groups,
            places,
            {first: tuple(sorted(found, key=lambda mask: -len(mask.phrase))) for first, found in masks.items()},
        )

    def known(self, name: str) -> bool:
        """Whether a name is that of a concept, a class of sites or a group of them."""
        return name in self.slots or name in self.groups

    def expanded(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the concepts that names mean, groups opened."""
        found: dict[str, None] = {}
        for name in names:
            found.update(dict.fromkeys(self.groups.get(name, (name,))))
        return tuple(found)

    def forget(self) -> None:
        """Forget the words that were looked up."""
        self._known.clear()

    def spots(self, tokens: tuple[str, ...], start: int, end: int) -> Spots:
        """Return where concepts stand between two places; of phrases that mean the same, the longest."""
        found: Spots = {}
        masked = self._masked(tokens, start, end, found)
        known = self._known
        for place in range(start, end):
            token = tokens[place]
            begins = known[token] if token in known else self._begins(token)
            if not begins or place in masked:
                continue
            for phrase, meant in begins:
                last = place + len(phrase)
                if last <= end and (len(phrase) == 1 or tokens[place:last] == phrase):
                    for concept in meant:
                        _note(found, concept, place, last)
        return found

    def _masked(self, tokens: tuple[str, ...], start: int, end: int, found: Spots) -> set[int]:
        """Return the places of words that are masked, and note what they mean instead."""
        masked: set[int] = set()
        if self.masks.keys().isdisjoint(tokens[start:end]):
            return masked
        for place in range(start, end):
            listed = self.masks.get(tokens[place])
            if listed is None:
                continue
            for mask in listed:
                first, last = place + mask.start, place + mask.end
                if place + len(mask.phrase) <= end and tokens[place : place + len(mask.phrase)] == mask.phrase:
                    masked.update(range(first, last))
                    if mask.concept:
                        _note(found, mask.concept, first, last)
                    break
        return masked

    def places_in(self, tokens: tuple[str, ...]) -> frozenset[str]:
        """Return the concepts of places in words; of "femoral head" the head does not count."""
        spots = self.spots(tokens, 0, len(tokens))
        spans = [(span, name) for name in spots.keys() & self.places for span in spots[name]]
        wide = [span for span, _ in spans if span[1] - span[0] > 1]
        return frozenset(
            name
            for span, name in spans
            if not any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in wide)
        )

    def _begins(self, token: str) -> Phrasings:
        """Return the phrases that begin with a word, and what the beginning of the word means, and remember them."""
        listed = self.beginnings.get(token[:3], ())
        beginning = tuple(concept for begins, meant in listed if token.startswith(begins) for concept in meant)
        known = (*self.phrases.get(token, ()), *((((token,), beginning),) if beginning else ()))
        if len(self._known) > 20_000:
            self._known.clear()
        self._known[token] = known
        return known


def _note(found: Spots, concept: str, start: int, end: int) -> None:
    """Add a place, unless a longer phrase of the same concept already covers it."""
    spans = found.setdefault(concept, [])
    if not spans or spans[-1][1] < end or spans[-1][0] > start:
        spans.append((start, end))


def _add(
    phrase: str, concept: str, words: dict[tuple[str, ...], dict[str, None]], beginnings: dict[str, dict[str, None]]
) -> None:
    if phrase.endswith("*"):
        beginnings.setdefault(tokens_of(phrase[:-1])[0], {})[concept] = None
        return
    tokens = tokens_of(phrase)
    if tokens:
        words.setdefault(tokens, {})[concept] = None


def _classes(classes: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the classes of each site."""
    found: dict[str, list[str]] = {}
    for name, sites in classes.items():
        for site in sites:
            found.setdefault(site, []).append(name)
    return found
