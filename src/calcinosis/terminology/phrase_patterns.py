"""Many phrases written as one: "<be> not (yet|ever|) <told>", a choice of words at each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from msgspec import Struct

from calcinosis.terminology.tokens import tokens_of

_Slot = Mapping[str, tuple[tuple[str, ...], ...]]
"""The words that may stand at a place of a pattern, by the first of them; under no word, whether there may be none."""


class Pattern(Struct, frozen=True):
    """A phrase with choices of words in it."""

    slots: tuple[_Slot, ...]

    @staticmethod
    def of(pattern: str, words: Mapping[str, Sequence[str]]) -> Pattern:
        """Build from a pattern as written. Raises KeyError for a list of words that does not exist."""
        slots = []
        for part in _parts(pattern):
            slot: dict[str, set[tuple[str, ...]]] = {}
            for phrase in _choices(part, words):
                tokens = tokens_of(phrase)
                slot.setdefault(tokens[0] if tokens else "", set()).add(tokens)
            slots.append(
                {first: tuple(sorted(found, key=lambda one: (-len(one), one))) for first, found in slot.items()}
            )
        return Pattern(tuple(slots))

    def firsts(self) -> set[str]:
        """Return the words with which it may begin."""
        return self._begins(0) - {""}

    def seconds(self, first: str) -> set[str]:
        """Return the words that may follow a word with which it begins; an empty one where it may end there."""
        found: set[str] = set()
        for number, slot in enumerate(self.slots):
            for words in slot.get(first, ()):
                found |= {words[1]} if len(words) > 1 else self._begins(number + 1)
            if "" not in slot:
                break
        return found

    def _begins(self, number: int) -> set[str]:
        """Return the words with which it may go on at a place; an empty one where it may end there."""
        found: set[str] = set()
        for slot in self.slots[number:]:
            found |= slot.keys() - {""}
            if "" not in slot:
                return found
        return found | {""}

    def length(self, tokens: tuple[str, ...], place: int) -> int:
        """Return how many words from a place on it fits, the most that are possible; 0 where it does not."""
        return max(self._end(tokens, place, 0), place) - place

    def _end(self, tokens: tuple[str, ...], place: int, number: int) -> int:
        if number == len(self.slots):
            return place
        slot, best = self.slots[number], -1
        for words in slot.get(tokens[place], ()) if place < len(tokens) else ():
            if len(words) == 1 or tokens[place : place + len(words)] == words:
                best = max(best, self._end(tokens, place + len(words), number + 1))
        return max(best, self._end(tokens, place, number + 1)) if "" in slot else best


def is_pattern(phrase: str) -> bool:
    """Whether a phrase has choices in it; without a bar brackets are signs ("(?)")."""
    return any(_is_choice(part) for part in _parts(phrase))


def _is_choice(part: str) -> bool:
    return part.startswith("<") or (part.startswith("(") and "|" in part)


def _parts(pattern: str) -> list[str]:
    """Return the pieces of a pattern: words, "<lists>" and "(choices|of|words)", one in another being part of it."""
    parts, start, depth = [""], 0, 0
    for place, sign in enumerate(pattern):
        if sign in "(<":
            if depth == 0:
                parts.append(pattern[start:place])
                start = place
            depth += 1
        elif sign in ")>" and depth:
            depth -= 1
            if depth == 0:
                parts.append(pattern[start : place + 1])
                start = place + 1
    return [part for part in (*parts, pattern[start:]) if part.strip()]


def _choices(part: str, words: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the phrases that a piece of a pattern stands for."""
    if not _is_choice(part):
        yield part
        return
    listed = words[part[1:-1]] if part.startswith("<") else _split(part[1:-1])
    for choice in listed:
        pieces = [list(_choices(one, words)) for one in _parts(str(choice))]
        for chosen in product(*pieces):
            yield " ".join(chosen)


def _split(choices: str) -> list[str]:
    """Return what stands between the bars of a choice, but for those of a choice within it."""
    found, depth = [""], 0
    for sign in choices:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return found
