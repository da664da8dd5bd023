"""How well each statement answers a question: what is named, what is asked of it, and the words that are left."""

from __future__ import annotations

from collections.abc import Mapping

from calcinosis.answers.index import StatementIndex
from calcinosis.answers.question import Question
from calcinosis.data_classes import dataclass
from calcinosis.library.library import Library


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts."""

    named: float = 2.8
    aspect: float = 1.2
    words: float = 1.25
    all_words: float = 0.65
    kind: float = 0.4
    prior: float = 0.9
    prior_beside_names: float = 0.5
    prior_beside_words: float = 0.5
    missing: float = 0.9
    of_type: float = 0.5
    of_cause: float = 0.9
    title: float = 0.75
    topic: float = 0.92
    said: float = 0.42
    unasked: float = 0.45


WEIGHTS = Weights()
NEAR: dict[str, dict[str, float]] = {
    "resolves": {"outlook": 0.9, "against": 0.5, "home": 0.5, "follow-up": 0.4, "treatment": 0.4},
    "home": {"prevention": 0.7, "against": 0.5, "safety": 0.4},
    "treatment": {"against": 0.9, "home": 0.6, "evidence": 0.4},
    "help": {"symptoms": 0.3},
    "evidence": {"treatment": 0.9, "against": 0.9, "outlook": 0.5},
    "difference": {"what": 0.7, "tests": 0.5, "treatment": 0.5, "against": 0.4},
    "causes": {"what": 0.7, "against": 0.7, "safety": 0.6, "evidence": 0.6},
    "effects": {"symptoms": 0.9, "outlook": 0.8, "help": 0.6, "causes": 0.5, "what": 0.4},
    "why": {"symptoms": 0.8, "causes": 0.8, "what": 0.7, "home": 0.5},
    "inherited": {"what": 0.7, "causes": 0.6, "frequency": 0.3},
    "contagious": {"causes": 0.4, "what": 0.4},
    "safety": {"against": 0.95, "home": 0.7, "treatment": 0.5, "dose": 0.3},
    "dose": {"treatment": 0.5},
    "symptoms": {"what": 0.7, "help": 0.4},
    "frequency": {"causes": 0.5, "what": 0.3},
    "outlook": {"help": 0.6, "resolves": 0.7, "what": 0.5},
    "claims": {"treatment": 0.9, "against": 0.9, "home": 0.9, "evidence": 0.8, "what": 0.5},
    "follow-up": {"tests": 0.4, "help": 0.3},
    "tests": {"difference": 0.4},
    "prevention": {"home": 0.6, "treatment": 0.4},
}
"""Aspects that answer too where nothing tells exactly what is asked, and how well."""
_LATER = 0.5
"""What a later statement on how to live with something counts less than the one before it, the answer in short."""
_OF_TYPES = frozenset({"outlook", "resolves", "inherited", "prevention"})
"""Aspects that are asked of the type where one is named beside another disease."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement with its row, its score, and the share of what is named that it is about."""

    score: float
    row: int
    share: float


def ranked(asked: Question, index: StatementIndex, library: Library, weights: Weights = WEIGHTS) -> list[Ranked]:
    """Return every statement that has to do with a question, best first."""
    aspects, roles = _aspects(asked, weights), _roles(asked, library, weights)
    shares = _shares(index, roles, library, weights)
    scores = {row: weights.named * share for row, share in shares.items()}
    for aspect, fits in aspects.items():
        for row in index.of_aspect.get(aspect, ()):
            scores[row] = scores.get(row, 0.0) + weights.aspect * fits
    for words, counts in ((asked.words, weights.words), (asked.all_words, weights.all_words)):
        for row, share in index.scores(words).items():
            scores[row] = scores.get(row, 0.0) + counts * share
    prior = weights.prior_beside_words if asked.words else weights.prior
    if roles:
        prior = weights.prior_beside_names
    named = frozenset(asked.entries)
    kinds = named.intersection(library.types)
    found = []
    for row, score in scores.items():
        one, share = index.told[row], shares.get(row, 0.0)
        if one.aspect == "life" and one.entry in named:
            place = row - index.own[one.entry][0]
            score += weights.aspect - _LATER * place  # how to live with something is asked by naming it
        score += prior * one.weight + weights.kind * bool(kinds.intersection(one.types))
        if roles and not share:
            score -= weights.missing
        if not aspects:
            score += weights.aspect * weights.unasked
        found.append(Ranked(score, row, share))
    found.sort(key=lambda ranked: (-ranked.score, ranked.row))
    return found


def _aspects(asked: Question, weights: Weights) -> dict[str, float]:
    """Return what each aspect counts; where neither an aspect nor a thing is named, what the disease is."""
    found: dict[str, float] = {}
    for aspect in asked.aspects:
        found[aspect] = 0.4 if aspect == "treatment" and "home" in asked.aspects else 1.0
    if not found and not asked.words and not asked.named:
        found["what"] = 1.0
    for aspect in asked.aspects:
        for near, fits in NEAR.get(aspect, {}).items():
            found[near] = max(found.get(near, 0.0), fits)
    return found


def _roles(asked: Question, library: Library, weights: Weights) -> dict[tuple[str, ...], float]:
    """Return what each named thing counts: a treatment or test before a disease, a disease before a type."""
    is_of_types = bool(_OF_TYPES.intersection(asked.aspects))
    found = {}
    for group in asked.named:
        if set(group) & set(library.types):
            found[group] = 1.0 if is_of_types else weights.of_type
        elif set(group) & set(library.causes):
            found[group] = weights.of_cause
        else:
            found[group] = 1.0
    return found


def _shares(
    index: StatementIndex, roles: Mapping[tuple[str, ...], float], library: Library, weights: Weights
) -> dict[int, float]:
    """Return how much of what is named each statement is about, from 0 to 1; those about nothing of it are left out."""
    total = sum(roles.values())
    found: dict[int, float] = {}
    for group, counts in roles.items():
        best: dict[int, float] = {}
        for entry in group:
            ways = [
                (index.said, weights.said),
                (index.title, weights.title),
                (index.topic, weights.topic),
                (index.own, 1.0),
            ]
            if entry in library.types:
                ways.insert(0, (index.of_type, weights.title))
            for rows, share in ways:
                for row in rows.get(entry, ()):
                    best[row] = max(best.get(row, 0.0), share)
        for row, share in best.items():
            found[row] = found.get(row, 0.0) + counts * share / total
    return found
