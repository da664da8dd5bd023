"""Which lesion each size and finding is of: by what the record keeps apart, or by its place in its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from calcinosis.follow_up.places import NOWHERE, Place, places_in
from calcinosis.follow_up.span import Span
from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.person.sayings import Said
from calcinosis.terminology.places import places_joined
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from calcinosis.words.en import follow as words

REMOVAL = "procedure"
_CLAUSE_ENDS = re.compile(r"[;,.]")
_OTHER_SIDE = {"left": "right", "right": "left"}


class Found(Struct):
    """What was said of one lesion: its sizes, and the findings at its place; ``says`` are questions about it."""

    reference: str
    place: Place
    words: str
    sizes: list[Said] = field(default_factory=list)
    gone: list[tuple[str, Said]] = field(default_factory=list)
    signs: list[Said] = field(default_factory=list)
    is_mixed: bool = False
    says: list[str] = field(default_factory=list)

    @property
    def days(self) -> list[str]:
        """The days on which it was measured, in order."""
        return sorted({day_of(said) for said in self.sizes})


def day_of(said: Said) -> str:
    """Return the day of a saying that has one."""
    assert said.day is not None
    return said.day.earliest


def lesions_told(span: Span, measure: OutcomeMeasure) -> list[Found]:
    """Return the sizes of a measure by lesion: those that the record keeps apart, the others by their places."""
    named = {one.reference: one for one in span.history.lesions}
    found: dict[str, Found] = {}
    rest: list[tuple[Place, Said]] = []
    for said in span.said[measure.fact]:
        place = _place_of(span, said)
        if said.lesion:
            one = named.get(said.lesion)
            place_words = (one.place if one is not None else "") or said.site
            known = next(iter(places_in(place_words, span.terms, one.says if one is not None else "")), place)
            found.setdefault(said.lesion, Found(said.lesion, known, place_words)).sizes.append(said)
        else:
            rest.append((place, said))
    listed = [found[name] for name in sorted(found)]
    apart = _kept_apart_by_words(rest) | _of_events(span)
    for place, said in sorted(rest, key=lambda one: (-len(one[0].parts), one[0].side == "", one[0], day_of(one[1]))):
        same = [one for one in listed if place not in apart or _plain(one.words) == _plain(said.site)]
        mine = [one for one in same if one.place == place] or [one for one in same if one.place.may_be(place)]
        if len(mine) == 1 and (mine[0].place == place or not _is_measured(mine[0], said)):
            mine[0].is_mixed = mine[0].is_mixed or _differs(mine[0], said)
            mine[0].sizes.append(said)
        else:
            listed.append(Found("", place, said.site, [said]))
    for other in listed:
        _add_findings(span, measure, other, listed)
    _name_apart(listed, {name: one.says for name, one in named.items()})
    _ask_for_sides(listed)
    return listed


def _plain(written: str) -> str:
    return " ".join(written.lower().split())


def _kept_apart_by_words(rest: Iterable[tuple[Place, Said]]) -> set[Place]:
    """Return the places of which two names were measured alike on one day: there each name is a lesion of its own."""
    names: dict[tuple[Place, str, str], set[str]] = {}
    for place, said in rest:
        names.setdefault((place, day_of(said), said.method), set()).add(_plain(said.site))
    return {place for (place, _, _), found in names.items() if len(found) > 1}


def _of_events(span: Span) -> set[Place]:
    """Return the places that what split or merged is named by: the whole and a part of it are two lesions."""
    named = [words for one in span.history.lesion_events for words in (one.place, *one.of)]
    return {place for words in named for place in places_in(words, span.terms)}


def _name_apart(listed: Sequence[Found], says: dict[str, str]) -> None:
    """Name lesions that the record keeps apart, and that share the words of their place, by what else it says."""
    shared = Counter(_plain(one.words) for one in listed)
    for one in listed:
        more = _CLAUSE_ENDS.split(says.get(one.reference, ""))[0].strip()
        if more and shared[_plain(one.words)] > 1:
            one.words = f"{one.words} ({more})"


def _ask_for_sides(listed: Sequence[Found]) -> None:
    """Ask whether one side is meant where a place is measured on the other only when this one was not."""
    for one in listed:
        side = _OTHER_SIDE.get(one.place.side, "")
        for other in listed:
            if one.reference or other.reference or other.place != Place(one.place.site, side, one.place.parts):
                continue
            is_rarer = (len(one.days), other.days[0]) < (len(other.days), one.days[0])
            starts_within = other.days[0] < one.days[0]
            if side and is_rarer and starts_within and not set(one.days) & set(other.days):
                question = words.which_side(one.place.side, one.days, side)
                one.says.append(question)
                other.says.append(question)


def _place_of(span: Span, said: Said) -> Place:
    places = places_in(said.site, span.terms)
    return (
        places[0] if len(places) == 1 else Place(places_joined(one.site for one in places), "") if places else NOWHERE
    )


def _is_measured(found: Found, said: Said) -> bool:
    """Whether another size of a lesion by the same method stands on the same day."""
    return any(one.day == said.day and one.method == said.method for one in found.sizes)


def _differs(found: Found, said: Said) -> bool:
    return any(
        one.day == said.day and one.method == said.method and one.value.low != said.value.low for one in found.sizes
    )


def _add_findings(span: Span, measure: OutcomeMeasure, found: Found, listed: Sequence[Found]) -> None:
    """Add the findings at the place of a lesion, and those that say that it was no more."""
    for name, sayings in span.said.items():
        fact = span.library.facts[name]
        if fact.kind in {"quantity", "site", "medicine", "allergy"}:
            continue
        for said in sayings:
            if not _is_at(span, found, said, listed):
                continue
            if name in measure.ended_by:
                if said.value.truth is TRUE:
                    found.gone.append((REMOVAL, said))
            elif _is_seen_as(span, measure, name) and _says_gone(span, said):
                found.gone.append((span.terms.courses.method_named(said.method), said))
            elif fact.learned_by in {"examination", "history"} and said.value.truth is not UNKNOWN:
                found.signs.append(said)


def _is_at(span: Span, found: Found, said: Said, listed: Sequence[Found]) -> bool:
    """Whether a finding is of one lesion: by its reference, or by a place that is of no other."""
    if said.lesion:
        return said.lesion == found.reference
    places = places_in(said.site or said.value.said, span.terms)
    mine = [one for place in places for one in listed if one.place.is_known and one.place.may_be(place)]
    return found in mine and len({id(one) for one in mine}) <= len(places)


def _is_seen_as(span: Span, measure: OutcomeMeasure, name: str) -> bool:
    return any(span.terms.is_related(name, one) for one in measure.seen_as)


def _says_gone(span: Span, said: Said) -> bool:
    if said.value.truth is FALSE:
        return True
    return said.value.truth is UNKNOWN and span.terms.courses.is_gone(said.value.said)
