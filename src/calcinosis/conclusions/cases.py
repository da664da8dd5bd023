"""Published cases like a person: which they are, what is alike, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.case_features import HOLDS, HOLDS_NOT, Feature, causes_of, features_of, narrower
from calcinosis.conclusions.overlap import Overlap, overlap_of
from calcinosis.library.cases import Case
from calcinosis.library.library import Library

MOST = 5
"""So many cases are shown at most."""
CAUSES, TYPE = 0.5, 0.6
"""What causes in common, and the same leading type, add to the likeness of findings, which is at most 1."""
LEAST = 0.16
"""Where the findings of the likest case are less alike, there is no similar one."""
EQUAL = 0.05
"""Cases whose likeness differs by less are equal: what failed or did harm stands first among them."""
SAME_PERSON = 0.5
"""A case of the same age and sex that shares so much of its findings is taken for the report of this very person: of
166 notes that tell a published case in other words it met 90, and another case for one."""


_WHOLE_YEARS = 2


class PublishedCase(Struct, frozen=True):
    """A case with what of it is compared: its findings, and its causes by the authors and by the findings."""

    case: Case
    features: frozenset[Feature]
    causes: frozenset[str]
    age: float | None
    sex: str


class CaseLibrary(Struct, frozen=True):
    """All published cases, with what they have in common with others: findings and causes."""

    cases: tuple[PublishedCase, ...]
    findings: Overlap[Feature]
    causes: Overlap[str]


class CaseLike(Struct, frozen=True, kw_only=True):
    """A published case beside a person: ``likeness`` is that of the findings, between 0 and 1.

    ``alike`` holds in both or in neither; ``here`` holds in this person and ``there`` in the case alone, each with
    whether the other denies it. What tells most stands first.
    """

    case: Case
    age: float | None
    sex: str
    likeness: float
    same_type: bool
    alike: tuple[Feature, ...]
    here: tuple[tuple[str, bool], ...]
    there: tuple[tuple[str, bool], ...]


def case_library(cases: Iterable[PublishedCase]) -> CaseLibrary:
    """Return the library of some cases, in the order of their ids."""
    listed = tuple(sorted(cases, key=lambda one: one.case.id))
    return CaseLibrary(listed, overlap_of(one.features for one in listed), overlap_of(one.causes for one in listed))


def cases_like(assessment: Assessment, library: CaseLibrary, without: Iterable[str] = ()) -> tuple[CaseLike, ...]:
    """Return the published cases that are most like the person of an assessment, at most five.

    Those of the leading type stand first. There are none for a look-alike, of which too few are published, and none
    where the findings of the likest are less alike than ``LEAST``. Left out are cases of the paper that reports this
    very person, as far as that is known, and those named in ``without``.
    """
    if assessment.presentation in {"none", "look-alike"}:
        return ()
    knowledge, facts = assessment.account.library, assessment.account.facts
    features, causes = features_of(facts, knowledge), causes_of(assessment.causes, knowledge)
    scored = []
    alike, by_cause = library.findings.with_each(features), library.causes.with_each(causes)
    for one, likeness, in_cause in zip(library.cases, alike, by_cause, strict=True):
        same_type = assessment.leading_type in (one.case.type, *one.case.also)
        scored.append((likeness + CAUSES * in_cause + TYPE * same_type, likeness, same_type, one))
    left_out = {*without, *_own(assessment, scored)}
    scored = [found for found in scored if found[3].case.id not in left_out]
    if max((likeness for _, likeness, _, _ in scored), default=0.0) < LEAST:
        return ()
    scored.sort(key=lambda found: (-found[0], found[3].case.id))
    best = _each_person_once(scored)[:MOST]
    best.sort(key=lambda found: (not found[2], -round(found[0] / EQUAL), not found[3].case.failed, found[3].case.id))
    return tuple(_beside(features, found, library.findings.rarity, knowledge) for found in best)


_Scored = tuple[float, float, bool, PublishedCase]


def _own(assessment: Assessment, scored: Sequence[_Scored]) -> set[str]:
    """Return the cases of the paper that reports the person of the record."""
    record = assessment.record
    papers = set()
    for _, likeness, _, one in scored:
        is_alike = likeness >= SAME_PERSON and _same_age_and_sex(one, assessment)
        if is_alike or (record.id and record.id == one.case.record):
            papers |= {one.case.source.paper, *one.case.same_person}
    return {one.case.id for *_, one in scored if papers & {one.case.source.paper, one.case.id}} if papers else set()


def _same_age_and_sex(one: PublishedCase, assessment: Assessment) -> bool:
    """Whether sex is the same, and age in whole years; of a child below two within a tenth."""
    record = assessment.record
    if one.sex != record.sex or one.age is None or record.age is None:
        return False
    older, younger = max(one.age, record.age), min(one.age, record.age)
    return int(older) == int(younger) if older >= _WHOLE_YEARS else older - younger <= older / 10


def _each_person_once(scored: Iterable[_Scored]) -> list[_Scored]:
    shown: list[_Scored] = []
    others: set[str] = set()
    for found in scored:
        if found[3].case.id not in others:
            shown.append(found)
            others.update(found[3].case.same_person)
    return shown


def _beside(
    features: frozenset[Feature], found: _Scored, rarity: Mapping[Feature, float], library: Library
) -> CaseLike:
    _, likeness, same_type, one = found
    here, there = features - one.features, one.features - features
    return CaseLike(
        case=one.case,
        age=one.age,
        sex=one.sex,
        likeness=likeness,
        same_type=same_type,
        alike=_telling(features & one.features, rarity, library),
        here=_alone(here, one.features, rarity, library),
        there=_alone(there, features, rarity, library),
    )


def _alone(
    found: frozenset[Feature], other: frozenset[Feature], rarity: Mapping[Feature, float], library: Library
) -> tuple[tuple[str, bool], ...]:
    """Return the facts that hold in one of two alone; those that the other denies first."""
    holding = frozenset(one for one in found if one[1] == HOLDS)
    told = [(name, (name, HOLDS_NOT) in other) for name, _ in _telling(holding, rarity, library)]
    return tuple(sorted(told, key=lambda one: not one[1]))


def _telling(found: frozenset[Feature], rarity: Mapping[Feature, float], library: Library) -> tuple[Feature, ...]:
    """Return findings by how much they tell, without those that only follow from another among them."""
    held = {name for name, word in found if word == HOLDS}
    denied = {name for name, word in found if word == HOLDS_NOT}
    includes = narrower(library)
    kept = []
    for one in found:
        name, word = one
        if word == HOLDS:
            follows = not held.isdisjoint(includes[name])
        else:
            follows = word == HOLDS_NOT and any(name in includes[wider] for wider in denied)
        if not follows and library.facts[name].learned_by != "demographics":
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (-rarity.get(one, 0.0), one)))
