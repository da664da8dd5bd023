"""Facts by composition: which definitions of facts hold in a clause, around which word, and whether it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from calcinosis.rules.definition import ReadDefinition
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.concepts import Concepts, Span, Spots
from calcinosis.terminology.context import NOT_SAID, Sense
from calcinosis.terminology.methods import Methods

UNSTATED = "unstated"
"""In ``site``: also where no site is said."""
_BESIDE_WITHIN = 2
_WHICH = "which"
_WHICH_WITHIN = 3
_FURTHER = 12
"""So many words further back reaches what "which" says: "lumps on the arms and legs, which do not hurt"."""
_SITE_REACH = 8
"""A site or tissue binds to a finding within this many words."""


class Clause(Struct, frozen=True):
    """A clause of a text: its words, its concepts, those of the clause before, how its findings were made."""

    start: int
    end: int
    spots: Spots
    carried: Spots
    title: frozenset[str]
    """The concepts of the title, or of the coded parts, which fill what the clause leaves open."""
    methods: Methods


class Found(Struct, frozen=True):
    """A fact that a definition read: around which word, with which others."""

    fact: str
    anchor: Span
    slots: tuple[Span, ...]
    sense: Sense


class _Compiled(Struct, frozen=True):
    fact: str
    definition: ReadDefinition
    groups: tuple[tuple[str, ...], ...]
    site: frozenset[str]
    not_tissue: frozenset[str]
    without: tuple[str, ...]
    not_between: tuple[str, ...]
    carry: frozenset[str]

    def may_hold(self, named: frozenset[str], method: str) -> bool:
        """Whether each of its groups is named at all, and things were found by a method that it allows."""
        one = self.definition
        if (one.method and method != one.method) or method in one.method_not:
            return False
        return not any(named.isdisjoint(group) for group in self.groups)


class Definitions(Struct, frozen=True):
    """The definitions of all facts, by the concepts that they are found around."""

    by_anchor: Mapping[str, tuple[_Compiled, ...]]
    concepts: Concepts
    forbidden: Mapping[str, frozenset[str]]
    """For facts with definitions: the places at which their names mean something else."""
    narrower: Mapping[str, frozenset[str]]
    carried: frozenset[str]
    """Concepts that a sentence may go on with as "it" or "they"."""
    inside: frozenset[str]
    """Places that are no skin: what lies beside them is not in them."""
    nouns: frozenset[str]
    """Words for lesions and for what they hold."""
    heals: frozenset[str]
    """What heals: of a lump "it has healed" says nothing."""

    @staticmethod
    def of(facts: Iterable[Fact], concepts: Concepts, narrower: Mapping[str, frozenset[str]]) -> Definitions:
        """Build from the facts that have definitions."""
        by_anchor: dict[str, list[_Compiled]] = {}
        forbidden: dict[str, frozenset[str]] = {}
        for fact in facts:
            for one in fact.read:
                groups = tuple(concepts.expanded(names) for names in (one.with_, one.and_) if names)
                compiled = _Compiled(
                    fact.id,
                    one,
                    groups,
                    frozenset(concepts.expanded(one.site)),
                    frozenset(concepts.expanded(one.not_tissue)),
                    concepts.expanded(one.without),
                    concepts.expanded(one.not_between),
                    frozenset(concepts.expanded(one.carry)),
                )
                for anchor in concepts.expanded(one.find):
                    by_anchor.setdefault(anchor, []).append(compiled)
                forbidden[fact.id] = forbidden.get(fact.id, frozenset()) | compiled.not_tissue
        inside = frozenset(concepts.expanded(("inside", "vessel", "bone", "joint")))
        anchors = {anchor: tuple(found) for anchor, found in by_anchor.items()}
        carried = frozenset(concepts.expanded(("carried",)))
        nouns = frozenset(concepts.expanded(("lesion_noun",)))
        heals = frozenset(concepts.expanded(("heals",)))
        return Definitions(anchors, concepts, forbidden, narrower, carried, inside, nouns, heals)

    def found_in(self, clause: Clause, sense_of: Callable[[Span], Sense]) -> list[Found]:
        """Return the facts that hold in a clause, of each word only the most specific."""
        found: dict[tuple[Span, str], Found] = {}
        named = clause.title.union(clause.spots, clause.carried)
        for anchor_concept in clause.spots.keys() & self.by_anchor.keys():
            for anchor in clause.spots[anchor_concept]:
                if not clause.start <= anchor[0] < clause.end:
                    continue
                method = clause.methods.at(anchor[0])
                for compiled in self.by_anchor[anchor_concept]:
                    if not compiled.may_hold(named, method) or (anchor, compiled.fact) in found:
                        continue
                    if (one := self._held(compiled, anchor, clause, sense_of)) is not None:
                        found[anchor, compiled.fact] = one
        return list(self._most_specific(found.values()))

    def _most_specific(self, found: Iterable[Found]) -> Iterator[Found]:
        listed = list(found)
        for one in listed:
            below = self.narrower.get(one.fact, frozenset())
            if not any(other.anchor == one.anchor and other.fact in below for other in listed):
                yield one

    def names_elsewhere(self, fact: str, span: Span, clause: Clause) -> bool:
        """Whether a name of a fact stands at a place of which the definitions of the fact do not speak."""
        return bool(self.forbidden.get(fact)) and self.forbids(fact, self._place_of(span, clause))

    def forbids(self, fact: str, place: frozenset[str]) -> bool:
        """Whether a place is one at which the names of a fact mean something else."""
        return bool(place & self.forbidden.get(fact, frozenset())) and not place & {"skin", "external"}

    def _held(
        self, compiled: _Compiled, anchor: Span, clause: Clause, sense_of: Callable[[Span], Sense]
    ) -> Found | None:
        one = compiled.definition
        if any(
            _within(anchor, span, one.within, clause)
            for name in compiled.without
            for span in clause.spots.get(name, ())
        ):
            return None
        slots: list[Span] = []
        for group in compiled.groups:
            span = self._slot(group, compiled, anchor, clause, sense_of)
            if span is None:
                return None
            if span != anchor:
                slots.append(span)
        if (compiled.site or compiled.not_tissue) and not self._site_allows(compiled, anchor, clause):
            return None
        sense = sense_of(anchor)
        if one.says != "present":
            tells = sense == ("present" if one.says == "absent" else "absent")
            return Found(compiled.fact, anchor, tuple(slots), "absent") if tells else None
        return Found(compiled.fact, anchor, tuple(slots), sense)

    def _slot(
        self,
        group: tuple[str, ...],
        compiled: _Compiled,
        anchor: Span,
        clause: Clause,
        sense_of: Callable[[Span], Sense],
    ) -> Span | None:
        """Return the nearest words of a group that are said to be there; the anchor where they were said before."""
        within = compiled.definition.within
        near = sorted(
            (_distance(anchor, span), span)
            for name in group
            for span in clause.spots.get(name, ())
            if not _covers(span, anchor) and _within(anchor, span, within, clause)
        )
        own = sense_of(anchor)
        looks = {
            span for name in group if self.concepts.slots.get(name) == "look" for span in clause.spots.get(name, ())
        }
        for _, span in near:
            if self._something_between(anchor, span, compiled.not_between, clause):
                continue
            if (sense := sense_of(span)) == own or sense not in NOT_SAID or (sense == "like" and span in looks):
                return span
        if not near and any(name in compiled.carry and name in clause.carried for name in group):
            return anchor
        return anchor if not near and not clause.title.isdisjoint(group) else None

    def _something_between(self, anchor: Span, span: Span, names: tuple[str, ...], clause: Clause) -> bool:
        low, high = min(anchor[1], span[1]), max(anchor[0], span[0])
        return any(low <= start and end <= high for name in names for start, end in clause.spots.get(name, ()))

    def _site_allows(self, compiled: _Compiled, anchor: Span, clause: Clause) -> bool:
        place = self._place_of(anchor, clause)
        if place & compiled.not_tissue and not place & compiled.site:
            return False
        if not compiled.site:
            return True
        return bool(place & compiled.site) if place else UNSTATED in compiled.site

    def _place_of(self, anchor: Span, clause: Clause) -> frozenset[str]:
        """Return the concepts of the place nearest to a finding; at one distance, of what follows it."""
        near: list[tuple[int, int, str]] = []
        spans = [(span, name) for name in clause.spots.keys() & self.concepts.places for span in clause.spots[name]]
        starts = {span[0] for span, _ in spans}
        wide = [span for span, _ in spans if span[1] - span[0] > 1]
        for span, name in spans:
            if any(span != other and _covers(other, span) for other in wide):
                continue  # of "femoral head" the head does not count
            if name in self.inside and _is_beside(span, clause):
                continue  # "a plaque over the vein" is not in it
            distance = _distance(anchor, span)
            is_here = clause.start <= span[0] < clause.end and not _covers(anchor, span)
            if distance <= _SITE_REACH and is_here and span[1] not in starts:  # of "skin vessel" the vessel counts
                near.append((distance, int(span[0] < anchor[0]), name))
        if not near:
            return clause.title & self.concepts.places
        nearest = min(near)[:2]
        return frozenset(name for distance, before, name in near if (distance, before) == nearest)


def _distance(anchor: Span, span: Span) -> int:
    """Return the words between two spans."""
    return max(span[0] - anchor[1], anchor[0] - span[1], 0)


def _within(anchor: Span, span: Span, words: int, clause: Clause) -> bool:
    """Whether what is named stands close enough to a finding, in its clause."""
    if not clause.start <= span[0] < clause.end:
        return False
    further = _FURTHER if span[1] <= anchor[0] and _is_said_by_which(anchor, clause) else 0
    return _distance(anchor, span) <= words + further


def _is_said_by_which(anchor: Span, clause: Clause) -> bool:
    return any(0 <= anchor[0] - end <= _WHICH_WITHIN for _, end in clause.spots.get(_WHICH, ()))


def _is_beside(span: Span, clause: Clause) -> bool:
    """Whether a word such as "over" or "next to" stands before a place."""
    return any(0 <= span[0] - end <= _BESIDE_WITHIN for _, end in clause.spots.get("around", ()))


def _covers(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
