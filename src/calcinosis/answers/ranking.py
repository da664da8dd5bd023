"""How well each statement answers a question: what is named, what is asked of it, and the words that are left."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from calcinosis.answers.index import StatementIndex
from calcinosis.answers.question import OPENINGS, Question
from calcinosis.answers.setting import diseases_asked_of, is_of_others
from calcinosis.answers.weights import NEAR, WEIGHTS, Weights
from calcinosis.library.library import Library
from calcinosis.terminology.question_words import Intent

_LATER = 0.5
"""What a later statement on how to live with something counts less than the one before it, the answer in short."""
_LEAST_SHARE = 0.08
"""The least share of a question's words in the examples of an intent that counts."""
_LIKELY = 0.25
"""How likely an intent has to be before the entries that answer it count more."""
_MEANT = 0.3
"""How sure it has to be that a statement is meant before it is not taken for one on something else."""
_NEXT, _LATER_ON, _LATEST = 0.08, 0.16, 4
"""What the next entry of an intent counts less, and the next statement of an entry, down to the fifth."""
_SURE_OF_ASPECT, _UNFIT = 0.8, 0.3
"""How sure an aspect is whose answer nothing else may take the place of, and how little fits it then."""
_OF_OTHER = 0.5
"""The least that a treatment which is not named speaks of what is, to be told of too."""
_BESIDE = 0.45
"""The least that a statement speaks of what is named, or is meant, to be told behind one that does."""
_OPENING = 0.2
"""The least that what or why counts at the beginning of a question that asks for something else."""
_FITS = 0.5
"""The least that an aspect fits where it is asked of nothing that is named."""
_OF_TYPES = frozenset({"outlook", "resolves", "inherited", "prevention"})
"""Aspects that are asked of the type where one is named beside another disease."""


class Ranked(Struct, frozen=True):
    """A statement with its row, its score, the share of what is named that it is about, and whether it tells that."""

    score: float
    row: int
    share: float
    fits: bool


def ranked(asked: Question, index: StatementIndex, library: Library, weights: Weights = WEIGHTS) -> list[Ranked]:
    """Return every statement that has to do with a question, best first."""
    intents = _intents(asked, weights)
    is_treated = not library.treatments.keys().isdisjoint(asked.entries)
    aspects, roles = _aspects(asked, intents, is_treated), _roles(asked, index, library, weights)
    shares = _shares(index, roles, aspects, library, weights)
    scores = {row: weights.named * share for row, share in shares.items()}
    meant = dict(_meant(asked, intents, shares, index, library, weights))
    for row, counts in meant.items():
        scores[row] = scores.get(row, 0.0) + weights.intent * counts
    for aspect, fits in aspects.items():
        for row in index.of_aspect.get(aspect, ()):
            scores[row] = scores.get(row, 0.0) + weights.aspect * fits
    for words, counts in ((asked.words, weights.words), (asked.all_words, weights.all_words)):
        for row, share in index.scores(words).items():
            scores[row] = scores.get(row, 0.0) + counts * share
    for row, counts in _like(asked, shares, index, library, weights):
        scores[row] = scores.get(row, 0.0) + counts
    prior = weights.prior_beside_words if asked.words else weights.prior
    if roles:
        prior = weights.prior_beside_names
    named = frozenset(asked.entries)
    kinds = named.intersection(library.types)
    others, single = index.other_names, _single_things(library)
    is_sure = max(aspects.values(), default=0.0) >= _SURE_OF_ASPECT
    found = []
    for row, score in scores.items():
        one, share = index.told[row], shares.get(row, 0.0)
        if one.aspect == "life" and one.entry in named and not is_treated:
            place = row - index.own[one.entry][0]
            score += weights.aspect - _LATER * place  # how to live with something is asked by naming it
        score += prior * one.weight + weights.kind * bool(kinds.intersection(one.types))
        score += weights.number * (asked.of_number and any(map(str.isdigit, one.says)))
        is_meant = meant.get(row, 0.0) >= _MEANT
        if roles and not share and not is_meant:
            score -= weights.missing
        if not share and not is_meant and one.entry in single and aspects.get(one.aspect, 0.0) < _FITS:
            score -= weights.stranger
        fits = is_meant or not is_sure or aspects.get(one.aspect, 0.0) >= _UNFIT
        if roles and max(share, meant.get(row, 0.0)) < _BESIDE:
            fits = False  # of what is named something is told already, and this tells of something else
        if is_treated and one.entry in library.treatments.keys() - named and share < _OF_OTHER:
            fits = False
        if not fits and one.entry not in named:
            score -= weights.unfit
        if not kinds and others.issuperset(one.types) and one.types and not share:
            score -= weights.other_name
        if not index.situations[row] <= asked.situations:
            score -= weights.situation
        if not aspects:
            score += weights.aspect * weights.unasked
        found.append(Ranked(score, row, share, fits))
    found.sort(key=lambda ranked: (-ranked.score, ranked.row))
    return found


def _intents(asked: Question, weights: Weights) -> dict[Intent, float]:
    """Return how sure it is that each intent is meant, from 0 to 1."""
    is_plain = bool(asked.aspects) and not asked.words and len(asked.named) < 2
    fits = {*asked.aspects, *(near for aspect in asked.aspects for near in NEAR.get(aspect, ()))}
    shares = {
        one.intent: one.share * (1.0 if not fits or one.intent.aspect in fits else weights.other_aspect)
        for one in asked.intents
        if not is_plain or one.intent.aspect in asked.aspects
    }
    most = max(shares.values(), default=0.0)
    return {
        intent: min(1.0, (share / weights.sure) ** 1.5) * (share / most) ** 2
        for intent, share in shares.items()
        if share >= _LEAST_SHARE
    }


def _aspects(asked: Question, intents: Mapping[Intent, float], is_treated: bool) -> dict[str, float]:
    """Return what each aspect counts, by the words that ask for it and by what is meant.

    Whether deposits go away asks of a treatment what it does.
    """
    found: dict[str, float] = {}
    for aspect in asked.aspects:
        found[aspect] = 0.4 if aspect == "treatment" and "home" in asked.aspects else 1.0
    if is_treated and "resolves" in found:
        found["treatment"] = 1.0
    if not found and not asked.words and not asked.named:
        found["what"] = 1.0
    sure = max((counts for intent, counts in intents.items() if intent.aspect not in OPENINGS), default=0.0)
    for opening in OPENINGS.intersection(found):
        found[opening] = max(_OPENING, 1 - sure)  # "what is given" does not ask what it is
    for intent, counts in intents.items():
        found[intent.aspect] = max(found.get(intent.aspect, 0.0), counts)
    for aspect, counts in tuple(found.items()):
        for near, fits in NEAR.get(aspect, {}).items():
            found[near] = max(found.get(near, 0.0), fits * counts)
    return found


def _meant(
    asked: Question, intents: Mapping[Intent, float], shares: Mapping[int, float], index: StatementIndex,
    library: Library, weights: Weights,
) -> Iterator[tuple[int, float]]:  # fmt: skip
    """Yield the statements of the entries that answer what is meant, with how sure that is, the surest last."""
    things = {*library.types, *library.causes, *library.treatments, *library.investigations, *library.look_alikes}
    is_beside = not things.isdisjoint(asked.entries)
    answers_first = {*library.treatments, *library.investigations, *library.look_alikes}
    beside = weights.beside if answers_first.isdisjoint(asked.entries) else weights.beside_treatment
    likely = ((intent, counts) for intent, counts in intents.items() if counts >= _LIKELY)
    for intent, counts in sorted(likely, key=lambda item: item[1]):
        for place, entry in reversed(list(enumerate(intent.entries if is_beside else intent.entries + intent.general))):
            for order, row in enumerate(index.own.get(entry, ())):
                less = max(beside, shares.get(row, 0.0)) if is_beside else 1.0
                yield row, counts * less * (1 - _NEXT * place) * (1 - _LATER_ON * min(order, _LATEST))


def _like(
    asked: Question, shares: Mapping[int, float], index: StatementIndex, library: Library, weights: Weights
) -> Iterator[tuple[int, float]]:
    """Yield the statements of the entries that answer the examples which a question is like, with what that counts."""
    entries, diseases = asked.likeness.entries, diseases_asked_of(asked, library)
    named = frozenset(asked.entries)
    is_followed = not named.isdisjoint(library.follow_up)  # another stage is followed in another way
    most, most_named = max(entries.values(), default=1.0), max(shares.values(), default=0.0)
    intended = min(1.0, asked.intents[0].share / weights.sure) if asked.intents else 0.0
    sure, trust = min(1.0, most / weights.like_sure), min(1.0, most / weights.like_trust)
    sure *= min(1.0, asked.likeness.nearest / weights.like_near)
    beside = weights.like_beside + (1 - weights.like_beside) * trust
    for entry, share in entries.items():
        is_of_one = entry in _single_things(library)
        for row in index.own.get(entry, ()):
            of_named = shares.get(row, 0.0) / most_named if most_named else 0.0 if is_of_one else 1.0
            exact = asked.likeness.answers.get((entry, index.told[row].aspect), 0.0) / share
            counts = share / most * sure * (beside + (1 - beside) * of_named) * (1 - weights.like_less * intended)
            if is_of_others(row, diseases, index) or (is_followed and entry in library.follow_up.keys() - named):
                counts *= weights.like_others
            yield row, counts * (weights.like_entry + weights.like_aspect * exact)


@lru_cache(maxsize=2)
def _single_things(library: Library) -> frozenset[str]:
    """Return the entries about a single thing that a question on the disease itself does not speak of."""
    folders = (library.treatments, library.investigations, library.look_alikes, library.red_flags, library.follow_up)
    return frozenset(entry for folder in folders for entry in folder)


def _roles(asked: Question, index: StatementIndex, library: Library, weights: Weights) -> dict[tuple[str, ...], float]:
    """Return what each named thing counts: a treatment or test before a disease, a disease before a type."""
    is_of_types = bool(_OF_TYPES.intersection(asked.aspects)) and library.treatments.keys().isdisjoint(asked.entries)
    single = {group[0] for group in asked.named if len(group) == 1 and group[0] in library.treatments}
    is_other = not index.other_names.isdisjoint(asked.entries)
    is_treated = any(set(group) <= {*library.treatments, *library.investigations} for group in asked.named)
    is_of_life = any(all(_is_life(one, library) for one in group) for group in asked.named)
    found = {}
    for group in asked.named:
        if set(group) & set(library.types):
            found[group] = 1.0 if is_of_types or (is_other and not is_treated) else weights.of_type
        elif set(group) & set(library.causes):
            is_scope = is_treated or is_other or is_of_life
            own = weights.of_cause if not OPENINGS.issuperset(asked.aspects) else weights.cause_alone
            found[group] = weights.scope if is_scope else own
        elif len(asked.named) > 1 and set(group) <= set(library.follow_up):
            found[group] = weights.setting
        elif single and len(group) > 1 and set(group) <= set(library.treatments):
            found[group] = weights.other_class  # "a blood thinner such as warfarin"
        elif len(asked.named) > 1 and set(group) <= {*library.topics, *library.red_flags}:
            found[group] = weights.theme if not is_treated else weights.scope
        else:
            found[group] = 1.0
    return found


def _is_life(entry: str, library: Library) -> bool:
    """Whether an entry tells how to live with the disease: of it is asked, whatever disease is named beside it."""
    return entry in library.topics and library.topics[entry].kind == "daily-life"


def _shares(
    index: StatementIndex,
    roles: Mapping[tuple[str, ...], float],
    aspects: Mapping[str, float],
    library: Library,
    weights: Weights,
) -> dict[int, float]:
    """Return how much of what is named each statement is about, from 0 to 1; those about nothing of it are left out."""
    asked_for = {aspect for aspect, fits in aspects.items() if fits >= _SURE_OF_ASPECT}
    total = math.sqrt(sum(roles.values()) * max(roles.values(), default=1.0))
    found: dict[int, float] = {}
    for group, counts in roles.items():
        best: dict[int, float] = {}
        for entry in group:
            own = {index.told[row].aspect for row in index.own.get(entry, ())}
            is_told = bool(own) and (not asked_for or not own.isdisjoint(asked_for))
            ways = [
                (index.said, weights.said if is_told else weights.said_alone),
                (index.title, weights.title),
                (index.topic, weights.topic),
                (index.own, 1.0),
            ]
            if entry in library.types:
                ways.insert(0, (index.of_type, weights.title))
            led_to = library.causes[entry].leads_to if entry in library.causes else ()
            if len(led_to) == 1:
                ways.insert(0, (index.of_type, weights.led_to))
            for rows, share in ways:
                is_own = rows is index.own and entry not in library.types
                for row in rows.get(led_to[0] if rows is index.of_type and led_to else entry, ()):
                    fits = 1.0 if is_own or not aspects else aspects.get(index.told[row].aspect, 0.0)
                    best[row] = max(best.get(row, 0.0), share * (weights.loose + (1 - weights.loose) * fits))
        for row, share in best.items():
            found[row] = found.get(row, 0.0) + counts * share / total
    return found
