"""What the knowledge says of each treatment for some types, worked out once: the person comes to it later."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from calcinosis.conclusions.assessment import Cited, EvidenceSummary, TreatmentResult
from calcinosis.conclusions.decisions import level_number, treatment_rank
from calcinosis.conclusions.reasons import source_ids
from calcinosis.evidence.recommend import recommendations_of
from calcinosis.evidence.rows import rows_of, studies_of, totals
from calcinosis.library.entries import Indication, Objection, Treatment
from calcinosis.library.library import Library
from calcinosis.library.recommendation import Recommended
from calcinosis.rules.syntax import Rule


class Against(Struct, frozen=True):
    """An objection to a treatment: when it holds (always, without a rule), and how it is told."""

    when: Rule | None
    told: Cited
    spares_taken: bool = False


class Indicated(Struct, frozen=True):
    """An indication of a treatment: when it holds, how it is told, its level, and what follows from its evidence."""

    when: Rule | None
    told: Cited
    level: str
    level_number: int
    recommended: Recommended


class Option(Struct, frozen=True):
    """A treatment for some types: its indications and objections for them, its evidence, its rank among the others.

    ``is_about_others`` says that no statement ties it to these types; ``for_others`` is the verdict then.
    """

    treatment: Treatment
    is_about_others: bool
    for_others: TreatmentResult
    against: tuple[Against, ...]
    indicated: tuple[Indicated, ...]
    counted: EvidenceSummary
    dose: str
    monitor: tuple[str, ...]
    rank: int
    step: int


@lru_cache(maxsize=64)
def options(library: Library, active: tuple[str, ...], over: frozenset[str] = frozenset()) -> Mapping[str, Option]:
    """Return every treatment as an option for the types to be acted on; for one that is over none is meant."""
    treatments = library.treatments.values()
    ordered = sorted(treatments, key=lambda one: treatment_rank(one, active, _seen(one, library, active)))
    ranks = {treatment.id: place for place, treatment in enumerate(ordered)}
    return {one.id: _option(one, library, active, over, ranks[one.id]) for one in treatments}


def _option(treatment: Treatment, library: Library, active: tuple[str, ...], over: frozenset[str], rank: int) -> Option:
    about = {*(one.type for one in treatment.for_), *(one.type for one in treatment.against)}
    wanted = {"all", *active} if active else set()
    indications = zip(treatment.for_, recommendations_of(treatment, library), strict=True)
    return Option(
        treatment=treatment,
        is_about_others=about.isdisjoint({"all", *active}),
        for_others=_for_others(treatment, library),
        against=tuple(_against(one) for one in treatment.against if one.type in wanted),
        indicated=tuple(
            _indicated(one, follows) for one, follows in indications if one.type in active and one.type not in over
        ),
        counted=_counted(treatment, library, active),
        dose=" ".join(statement.says for statement in treatment.doses_seen),
        monitor=tuple(statement.says for statement in treatment.monitoring),
        rank=rank,
        step=_step(treatment, library, active),
    )


def _step(treatment: Treatment, library: Library, active: tuple[str, ...]) -> int:
    """Return the place of a treatment in the order of care of the first type that names it; else where others stand."""
    for name in active:
        sequence = library.types[name].sequence if name in library.types else ()
        for place, step in enumerate(sequence):
            if treatment.id in step.treatments:
                return place
    sequence = library.types[active[0]].sequence if active and active[0] in library.types else ()
    return next((place for place, step in enumerate(sequence) if step.step == "next"), len(sequence))


def _against(one: Objection) -> Against:
    return Against(one.when, _told(one), one.spares_taken)


def _indicated(one: Indication, recommended: Recommended) -> Indicated:
    return Indicated(one.consider_when, _told(one), one.level, level_number(one.level), recommended)


def _told(one: Indication | Objection) -> Cited:
    return Cited(one.says, source_ids(one.cite), one.plain)


@lru_cache(maxsize=1024)
def _for_others(treatment: Treatment, library: Library) -> TreatmentResult:
    """Return the verdict on a treatment that no statement ties to the types in question."""
    return TreatmentResult(
        id=treatment.id,
        name=treatment.name,
        kind=treatment.kind,
        verdict="not-for-this-type",
        evidence=_counted(treatment, library, ()),
    )


def _counted(treatment: Treatment, library: Library, active: tuple[str, ...]) -> EvidenceSummary:
    """Return patients, improved and sources of the studies of these types, and the patients of those of others."""
    mine = studies_of(treatment, library, active)
    others = [row.study for row in rows_of(treatment, library) if row.counts and row.study not in mine]
    patients, improved = totals(treatment, library, active)
    return EvidenceSummary(
        level="",
        patients=patients,
        improved=improved,
        other_types=sum(study.patients or 0 for study in others),
        cite=tuple(dict.fromkeys(source for study in mine for source in source_ids(study.cite))),
    )


def _seen(treatment: Treatment, library: Library, active: tuple[str, ...]) -> tuple[int, int]:
    """Return how many were treated, and improved, in the studies of those of the types that it is meant for."""
    return totals(treatment, library, {one.type for one in treatment.for_ if one.type in active})
