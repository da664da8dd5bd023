"""Every statement of the knowledge with the entry that makes it and what it tells of that entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from calcinosis.library.course_entries import OutcomeMeasure
from calcinosis.library.entries import (
    CareStep,
    Cause,
    FollowUp,
    Indication,
    Investigation,
    LookAlike,
    RedFlag,
    Topic,
    Treatment,
    Type,
)
from calcinosis.library.library import Library
from calcinosis.rules.syntax import Citation

_LATER, _LATEST = 0.08, 4
"""What a statement counts less than the one before it in its entry, down to the fifth."""
_LESS = {"complications": 0.3, "harms": 0.5, "if_taken": 0.5}
"""What a field counts less than others of its aspect: how it ends before what may happen, effect before harm."""
_NO_NUMBER = 0.9
"""What a dose counts less that tells no number."""
_STEPS = {"driver": 0.6, "relief": 0.1, "first": 0.25, "next": 0.0, "surgery": 0.25}
"""What a treatment counts more by its step in the order of care."""


class Told(Struct, frozen=True):
    """One statement: what it tells (``aspect``) of which entry, for which types, in both wordings."""

    entry: str
    aspect: str
    says: str
    plain: str
    cite: tuple[str, ...]
    types: tuple[str, ...] = ()
    weight: float = 0.0
    """What it counts more than another that matches as well."""


_ASPECTS: dict[type[Any], dict[str, str]] = {
    Type: {"summary": "what", "sequence": "treatment", "mechanism": "causes", "sites": "symptoms",
           "features": "symptoms", "complications": "outlook", "prognosis": "outlook"},
    Cause: {"summary": "what", "seen_in": "causes", "features": "symptoms", "treat_first": "treatment"},
    LookAlike: {"summary": "what", "tell_apart": "difference"},
    Investigation: {"tells": "tests", "thresholds": "tests", "cautions": "safety"},
    Treatment: {"for_": "treatment", "against": "against", "doses_seen": "dose", "monitoring": "follow-up",
                "harms": "safety", "if_taken": "taken", "held_for": "taken", "mechanism": "what"},
    Topic: {},
    OutcomeMeasure: {"changes": "follow-up"},
}  # fmt: skip
"""What each field of an entry tells of it."""
_TOPICS = {
    "symptom": "symptoms", "daily-life": "life", "prevention": "prevention", "prognosis": "outlook",
    "epidemiology": "frequency", "risk-factor": "causes", "classification": "difference",
    "outcome-measure": "follow-up", "contagion": "contagious", "inheritance": "inherited",
    "definition": "what", "diagnosis": "tests",
}  # fmt: skip
_OF_THEMSELVES: dict[type[Any], str] = {RedFlag: "help", FollowUp: "follow-up"}
"""Entries that say something themselves."""


def statements_of(library: Library) -> Iterator[Told]:
    """Yield every statement that an answer may use, in the order of the entries; what is only quoted is none."""
    for folder in (
        library.types, library.causes, library.look_alikes, library.investigations, library.treatments,
        library.red_flags, library.follow_up, library.topics, library.outcome_measures,
    ):  # fmt: skip
        for entry in folder.values():
            yield from _of_entry(entry, library)


def _of_entry(entry: Any, library: Library) -> Iterator[Told]:
    own = _types_of(entry)
    if type(entry) in _OF_THEMSELVES:
        yield _told(entry, _OF_THEMSELVES[type(entry)], entry, own, library)
    for field, aspect in _ASPECTS.get(type(entry), {}).items():
        value = getattr(entry, field)
        for place, one in enumerate(value if isinstance(value, tuple) else (value,) if value else ()):
            kind = getattr(one, "type", "")
            types = (kind,) if kind and kind != "all" else own
            own_aspect = _own_aspect(entry, aspect)
            less = _LESS.get(field, 0.0) if own_aspect in {"outlook", "home"} else 0.0
            yield _told(entry, own_aspect, one, types, library, place, less)
    if isinstance(entry, Topic):
        for place, one in enumerate(entry.statements):
            yield _told(entry, _TOPICS[entry.kind], one, own, library, place)
    for disagreement in getattr(entry, "disagreements", ()):
        if disagreement.verdict is not None:
            yield _told(entry, "evidence", disagreement.verdict, own, library)


def _own_aspect(entry: Any, aspect: str) -> str:
    """Return the aspect of a statement; what is said for or against self-care is what can be done at home."""
    is_home = isinstance(entry, Treatment) and entry.kind == "self-care"
    return "home" if is_home and aspect in {"treatment", "against", "safety", "taken"} else aspect


def _told(
    entry: Any, aspect: str, one: Any, types: tuple[str, ...], library: Library, place: int = 0, less: float = 0.0
) -> Told:
    return Told(
        entry=entry.id,
        aspect=aspect,
        says=" ".join(one.says.split()),
        plain=" ".join(getattr(one, "plain", "").split()),
        cite=_supporting(one.cite, library),
        types=types,
        weight=_weight(entry, one, library) - less - _LATER * min(place, _LATEST) - _is_vague(aspect, one.says),
    )


def _is_vague(aspect: str, says: str) -> float:
    """Return what a dose counts less that is told without its number."""
    return _NO_NUMBER if aspect == "dose" and not any(map(str.isdigit, says)) else 0.0


def _weight(entry: Any, one: Any, library: Library) -> float:
    """Return what a statement counts more: what is of a whole type, and what was studied in many."""
    if isinstance(one, CareStep):
        return 0.5 + 0.4 * _commonness(library)[entry.id]
    if isinstance(entry, Type) and not entry.part_of:
        return 0.5
    if isinstance(entry, LookAlike):
        return -1.5
    if isinstance(entry, Cause) or (isinstance(entry, Type) and entry.part_of):
        return -0.4
    if isinstance(entry, Topic):
        common = [_commonness(library)[kind] for kind in entry.types]
        return 0.35 + 0.4 * max(common, default=1.0)
    if isinstance(entry, Investigation):
        measures, is_picture = set(entry.measures), entry.group in {"imaging", "histology"}
        shows = 0.5 * (is_picture and not measures.isdisjoint(_showing(library)))
        return min(len(measures & _deciding(library)), 2) * 0.15 + shows - 0.06 * entry.burden
    if isinstance(one, Indication):
        studied = sum(row.patients or 0 for row in entry.evidence if not row.types or one.type in row.types)
        steps = [
            _STEPS[step.step] - 0.12 * step.treatments.index(entry.id)
            for step in library.types[one.type].sequence
            if entry.id in step.treatments
        ]
        direct = 0.3 if one.directness == 1 else 0.0
        return direct + min(studied, 400) / 1000 + (0.5 + max(steps, default=0.0)) * _commonness(library)[one.type]
    return 0.0


@lru_cache(maxsize=2)
def _deciding(library: Library) -> frozenset[str]:
    """Return the facts by which the types are told apart."""
    rules = [rule for kind in library.types.values() for rule in (kind.established_when, kind.excluded_when) if rule]
    return frozenset(fact for rule in rules for fact in rule.facts) | {"skin_calcification_on_imaging"}


@lru_cache(maxsize=2)
def _commonness(library: Library) -> dict[str, float]:
    """Return how many causes lead to each type, beside the one to which most do."""
    counts = {kind: sum(kind in cause.leads_to for cause in library.causes.values()) for kind in library.types}
    most = max(counts.values(), default=0)
    return {kind: count / most if most else 0.0 for kind, count in counts.items()}


@lru_cache(maxsize=2)
def _showing(library: Library) -> frozenset[str]:
    """Return the facts that show what was only told."""
    return frozenset(
        fact for kind in library.types.values() if kind.confirmed_when for fact in kind.confirmed_when.facts
    )


def _supporting(citations: Iterable[Citation], library: Library) -> tuple[str, ...]:
    """Return the sources that may support a statement, each once."""
    names = dict.fromkeys(one.source for one in citations)
    return tuple(name for name in names if library.sources[name].supports)


def _types_of(entry: Any) -> tuple[str, ...]:
    if isinstance(entry, Type):
        return (entry.part_of or entry.id,)
    if isinstance(entry, Cause):
        return entry.leads_to
    return tuple(getattr(entry, "types", ()))
