"""Where a text says that something is, and whether it says that it came before or after a finding.

A place is written as its site with its side, as in "site_knee left"; several are joined. ``HERE`` says that it is the
place of the finding itself: "a scar at this place", "calcium in the scar".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct, field

from calcinosis.terminology.concepts import Span, Spots
from calcinosis.terminology.matcher import Matcher
from calcinosis.terminology.names import Mention, Phrases
from calcinosis.terminology.statements import CLAUSE_WORDS
from calcinosis.terminology.tokens import tokens_of

Began = Literal["", "before", "after", "unknown"]
"""When something began beside a finding, as words say it; ``unknown`` where a day is only that of writing it down."""
HERE = "here"
UNKNOWN_PLACE = "?"
"""Begins a place that no site of the knowledge means."""
_PLACES = "; "
_SIDE_REACH, _SHARED, _BESIDE, _BOUND, _OF_WHAT = 2, 2, 3, 5, 6
_FINDINGS = ("deposit", "nodule", "papule", "plaque", "lesion", "swelling", "induration", "ulcer")
_REMEMBERED = 4000
_APART = frozenset({",", "and", "or"})


def places_joined(places: Iterable[str]) -> str:
    """Return places as one text, the same for the same places."""
    return _PLACES.join(sorted(set(places)))


def places_of(written: str) -> tuple[str, ...]:
    """Return the places that a text of them holds."""
    return tuple(written.split(_PLACES)) if written else ()


class WrittenPlace(Struct, frozen=True):
    """A place that words name: from which word to which, the place, and its name with its side."""

    span: Span
    place: str
    name: str


class PlaceWords(Struct, frozen=True):
    """Finds sites with their sides in texts; ``facts`` are those of which a rule asks where or when they are."""

    sites: Matcher
    sides: Phrases
    matcher: Matcher
    facts: frozenset[str]
    _cache: dict[tuple[str, str], tuple[tuple[str, ...], Began]] = field(default_factory=dict)

    @staticmethod
    def of(sites: Matcher, table: Mapping[str, Any], matcher: Matcher, facts: frozenset[str]) -> PlaceWords:
        """Build from the table of sites, with the words for sides."""
        sides = Phrases.of((word, side) for side, words in table["sides"].items() for word in words)
        return PlaceWords(sites, sides, matcher, facts)

    def in_words(self, words: str) -> tuple[str, ...]:
        """Return the places that words name; words without a known site are a place that is not known."""
        found = tuple(place for _, place in self._found(words))
        return found or ((f"{UNKNOWN_PLACE}{words.strip()[:60]}",) if words.strip() else ())

    def named_in(self, words: str) -> str:
        """Return the one place that words name, with its side, as it is written; empty for none or several."""
        found = {one.place: one.name for one in self.written_in(words)}
        return next(iter(found.values())) if len(found) == 1 else ""

    def written_in(self, words: str) -> Iterator[WrittenPlace]:
        """Yield the places that words name, with the words from where to where, in their order."""
        tokens = tokens_of(words)
        for (start, end), place in self._found(words):
            name, side = " ".join(tokens[start:end]), place.partition(" ")[2]
            written = f"{side} {name}" if side and side not in name.split() else name
            yield WrittenPlace((start, end), place, written)

    def of_fact(self, words: str, fact: str) -> tuple[tuple[str, ...], Began]:
        """Return where a text says that a fact is, and whether it says that it began before or after a finding."""
        found = self._cache.get((words, fact))
        if found is None:
            found = _of_fact(self, words, fact)
            if len(self._cache) > _REMEMBERED:
                self._cache.clear()
            self._cache[words, fact] = found
        return found

    def forget(self) -> None:
        """Forget the texts that were read."""
        self._cache.clear()

    def _found(self, words: str) -> Iterator[tuple[Span, str]]:
        tokens = tokens_of(words)
        for site in self.sites.mentions(words):
            if site.sense in {"present", "past"}:
                side = self._side(tokens, site)
                yield (site.start, site.end), f"{site.fact} {side}".strip()

    def _side(self, tokens: tuple[str, ...], site: Mention) -> str:
        near = range(max(0, site.start - _SIDE_REACH), min(len(tokens), site.end + 1))
        sides = [match[1] for place in near if (match := self.sides.at(tokens, place))]
        after = tokens[site.end : site.end + 2]
        if not sides and len(after) == 2 and after[0] == "," and (match := self.sides.at(after, 1)):
            sides = [match[1]]
        return sides[-1] if len(set(sides)) == 1 else ""


def _of_fact(places: PlaceWords, words: str, fact: str) -> tuple[tuple[str, ...], Began]:
    reading = places.matcher.read(words)
    tokens = reading.words.tokens
    sites = list(places._found(words))
    found: set[str] = set()
    began: Began = ""
    for sentence in reading.sentences:
        anchors = [(one.start, one.end) for one in sentence.mentions]
        for mention in (one for one in sentence.mentions if one.fact == fact):
            span = (mention.start, mention.end)
            clause = _clause(tokens, (sentence.start, sentence.end), span)
            mine = {
                place
                for site, place in sites
                if clause[0] <= site[0] < clause[1] and _is_of(tokens, site, span, [*anchors, span])
            }
            within = _within(sentence.spots, clause)
            began = began or _began(tokens, span, within)
            if not mine and (_is_here(tokens, span, within) or began == "before"):
                mine = {HERE}
            found |= mine
    return tuple(sorted(found)), began


def _within(spots: Spots, clause: Span) -> Spots:
    """Return the concepts of a clause; calcium that is given is no deposit."""
    found = {name: [one for one in spans if clause[0] <= one[0] < clause[1]] for name, spans in spots.items()}
    given = found.get("calcium_salt", [])
    found["deposit"] = [one for one in found.get("deposit", ()) if one not in given]
    return found


def _clause(tokens: tuple[str, ...], sentence: Span, span: Span) -> Span:
    start, end = sentence
    for place in range(*sentence):
        if tokens[place] == ";" or tokens[place] in CLAUSE_WORDS:
            if place < span[0]:
                start = place + 1
            elif place >= span[1]:
                return start, place
    return start, end


def _apart(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)


def _is_of(tokens: tuple[str, ...], site: Span, span: Span, anchors: list[Span]) -> bool:
    """Whether a site belongs to what stands at a span: nothing else is nearer, but for what is said in one breath."""
    nearest = min(anchors, key=lambda one: (_apart(one, site), one[0] > site[0]))
    return _apart(nearest, site) == _apart(span, site) or _in_one_breath(tokens, span, nearest)


def _in_one_breath(tokens: tuple[str, ...], one: Span, other: Span) -> bool:
    between = tokens[min(one[1], other[1]) : max(one[0], other[0])]
    return len(between) <= _SHARED and _APART.isdisjoint(between)


def _is_here(tokens: tuple[str, ...], span: Span, spots: Spots) -> bool:
    """Whether what stands at a span is said to be where the finding is, or the calcium to be in it."""
    if any(_apart(span, one) <= _BESIDE or _covers(span, one) for one in spots.get("same_place", ())):
        return True
    return any(
        one != span and not _covers(span, one) and _in_one_breath(tokens, span, one) for one in spots.get("deposit", ())
    )


def _covers(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


_ORDERS: tuple[tuple[str, Began, Began], ...] = (("afterwards", "after", "before"), ("beforehand", "before", "after"))
"""Words between two things, and how the first and the second stand to the other."""


def _began(tokens: tuple[str, ...], span: Span, spots: Spots) -> Began:
    """Return whether words put the beginning of what stands at a span before a finding, or after it."""
    findings = [one for name in _FINDINGS for one in spots.get(name, ()) if not _covers(span, one)]
    for removal in spots.get("removal", ()):
        of_what = [one for one in findings if 0 <= one[0] - removal[1] < _OF_WHAT]
        if of_what and 0 <= removal[0] - span[1] < _BOUND and _APART.isdisjoint(tokens[span[1] : removal[0]]):
            return "after"  # the scar that the removal of a deposit left
    for name, first, then in _ORDERS:
        for word in spots.get(name, ()):
            before = any(one[1] <= word[0] for one in findings)
            follows = any(one[0] >= word[1] for one in findings)
            if 0 <= span[0] - word[1] < _BOUND and (before or follows):
                return then  # "a lump after a blow", "after a blow, a lump"
            if span[1] <= word[0] and any(0 <= one[0] - word[1] < _BOUND for one in findings):
                return first  # "the drip was begun after the lump"
    return ""
