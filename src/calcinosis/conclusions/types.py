"""The five types: status of each, why, and which leads."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.conclusions.asked import Questions, asked_of_look_alike, asked_of_type, truths
from calcinosis.conclusions.assessment import LookAlikeResult, Presentation, Reason, Status, TypeResult
from calcinosis.conclusions.decisions import (
    CERTAINTY,
    DANGER,
    IMPOSSIBLE,
    IN_QUESTION,
    LOOK_ALIKE,
    NO_SIGN,
    NOT_SHOWN,
    PRESENTATION,
    PROVEN,
    SETTLED,
    SHOWN_STATUS,
    STANDING,
    STATUS,
    SUSPECTED,
    can_lead,
    is_pointed_to,
    outweighed,
    type_place,
)
from calcinosis.conclusions.mentioned import Mentioned, read_by
from calcinosis.conclusions.open_facts import unknown_facts
from calcinosis.conclusions.reasons import (
    Reasons,
    cited,
    collect_reasons,
    collect_true_reasons,
    reasons,
)
from calcinosis.conclusions.rules_on_record import main_types
from calcinosis.library.entries import LookAlike, Type, rules_of
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.rules.syntax import Rule
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth, truth

_RULE_HOLDS = frozenset({"confirmed", "probable"})
"""Certainties of a type whose own rule holds."""


class Classified(Struct, frozen=True):
    """The results of all types, best first, the leading one, and what the record is about."""

    types: tuple[TypeResult, ...]
    look_alikes: tuple[LookAlikeResult, ...]
    presentation: Presentation
    because: tuple[Reason, ...]
    leading: str | None

    @property
    def over(self) -> frozenset[str]:
        """The types that are a thing of the past."""
        return frozenset(result.id for result in self.types if result.over)

    @property
    def active(self) -> tuple[str, ...]:
        """The types to act on: the leading one, and others that are settled or of which there is a danger."""
        if self.presentation not in IN_QUESTION:
            return ()
        found = [result.id for result in self.types if result.status in SETTLED]
        dangers = [result.id for result in self.types if result.id == DANGER and result.supported]
        return tuple(dict.fromkeys([*([self.leading] if self.leading else []), *found, *dangers]))


def classify(library: Library, facts: PatientFacts, assumed: PatientFacts, told_in_prose: bool = False) -> Classified:
    """Return the status of every type and look-alike, and which type leads.

    What is only ``told_in_prose`` confirms nothing: a note says what others have seen.
    """
    results = [_type_result(kind, library, facts, assumed) for kind in main_types(library)]
    ranks = {kind.id: kind.rank for kind in library.types.values()}
    results.sort(key=lambda result: _place(result, ranks))
    look_alikes = look_alike_results(library, facts, assumed)
    outweighing = _outweighing(library, look_alikes, facts)
    presentation, because = _presentation(facts, look_alikes, outweighing)
    if outweighing is not None:
        results = sorted((_outweighed(result, outweighing) for result in results), key=lambda one: _place(one, ranks))
    leading = None
    if presentation in IN_QUESTION and results:
        first = results[0]
        leading = first.id if can_lead(first.status, first.supported) else None
    if results and results[0].certainty == "confirmed":  # two explanations of one deposit are not both shown
        results = [*results[:1], *map(_not_shown, results[1:])]
    if presentation == "none":  # what would cause a type points to nothing where there is no sign of calcium
        results = [replace(one, certainty=NO_SIGN.get(one.certainty, one.certainty)) for one in results]
    if told_in_prose:
        results = [*map(_not_shown, results)]
    if presentation in IN_QUESTION:
        results = [_with_forms(result, library, facts, assumed) for result in results]
    return Classified(tuple(results), look_alikes, presentation, because, leading)


def _not_shown(result: TypeResult) -> TypeResult:
    """Return the result of a type that cannot be called confirmed."""
    return replace(result, certainty=NOT_SHOWN.get(result.certainty, result.certainty))


def _place(result: TypeResult, ranks: dict[str, int]) -> tuple[int, bool, bool, bool, int]:
    impossible = result.if_not_mentioned_is_absent in IMPOSSIBLE
    pointed_to = is_pointed_to(result.status, result.certainty in _RULE_HOLDS, result.id)
    return type_place(result.status, result.supported, impossible, pointed_to, ranks[result.id])


def _type_result(kind: Type, library: Library, facts: PatientFacts, assumed: PatientFacts) -> TypeResult:
    answers = truths(_asked_of_types(library)[kind.id], facts, assumed)
    established, excluded = answers["established"], answers["excluded"]
    closed = STATUS.of(established=answers["assumed"], excluded=answers["assumed_excluded"])
    status = SHOWN_STATUS.of(**answers)
    shown = assumed if status == "provisional" else facts
    assumes = unknown_facts(kind.established_when, facts) if status == "provisional" else ()
    if status == "provisional" and excluded is UNKNOWN:
        assumes = tuple(dict.fromkeys((*assumes, *unknown_facts(kind.excluded_when, facts))))
    against = reasons(kind.excluded_when, facts) if excluded is TRUE else ()
    because = _because(kind, status, facts, shown)
    supported = _truth(kind.suspect_when, facts) is TRUE
    certainty = CERTAINTY.of(
        established=established,
        excluded=excluded,
        provisional=truth(status == "provisional"),
        confirmed=_truth(kind.confirmed_when, assumed),
        supported=truth(supported),
        danger=truth(kind.id == DANGER),
    )
    return TypeResult(
        id=kind.id,
        name=kind.name,
        plain=kind.summary.plain,
        status=status,
        certainty=certainty,
        because=because,
        against=against,
        assumes_absent=_weightiest_first(assumes, library),
        settled_by=_settling(library, _open_facts(kind, assumed)) if status == "undetermined" else (),
        if_not_mentioned_is_absent=closed,
        supported=supported,
        over=_truth(kind.over_when, facts) is TRUE,
    )


@lru_cache(maxsize=8)
def _asked_of_types(library: Library) -> dict[str, Questions]:
    """Return what the status of each type asks."""
    return {name: asked_of_type(kind) for name, kind in library.types.items()}


def _weightiest_first(assumed: tuple[str, ...], library: Library) -> tuple[str, ...]:
    """Return what is taken as absent, first what most of the knowledge turns on; a kind of another comes after it."""
    kinds = set[str]().union(*(library.vocabulary.kinds.get(fact, ()) for fact in assumed))
    readers = _readers(library)
    return tuple(sorted(assumed, key=lambda fact: (fact in kinds, -readers[fact])))


@lru_cache(maxsize=8)
def _readers(library: Library) -> Counter[str]:
    """Return how many entries have a rule that reads a fact."""
    groups = (library.types, library.causes, library.red_flags, library.treatments)
    entries = (entry for group in groups for entry in group.values())
    return Counter(fact for entry in entries for fact in {name for _, rule in rules_of(entry) for name in rule.facts})


def _because(kind: Type, status: Status, facts: PatientFacts, shown: PatientFacts) -> tuple[Reason, ...]:
    found: Reasons = {}
    if status == "undetermined" and kind.suspect_when is not None:
        collect_true_reasons(kind.suspect_when, facts, found)
    collect_reasons(kind.established_when, shown, found)
    excludes = status == "undetermined" and facts.truth(kind.established_when) is TRUE
    if excludes and kind.excluded_when is not None:
        collect_reasons(kind.excluded_when, facts, found)
    return tuple(found)


def _open_facts(kind: Type, assumed: PatientFacts) -> tuple[str, ...]:
    """Return the facts that a type turns on: those of its rule, and of what excludes it."""
    return tuple(
        dict.fromkeys((*unknown_facts(kind.established_when, assumed), *unknown_facts(kind.excluded_when, assumed)))
    )


def _with_forms(result: TypeResult, library: Library, facts: PatientFacts, assumed: PatientFacts) -> TypeResult:
    """Return the result of a type that is possible with those of its forms that the record points to."""
    if result.if_not_mentioned_is_absent in IMPOSSIBLE:
        return result
    forms = [
        _type_result(form, library, facts, assumed) for form in library.types.values() if form.part_of == result.id
    ]
    telling = [form for form in forms if form.status in {"established", "provisional"} or form.supported]
    return replace(result, forms=tuple(telling)) if telling else result


def _settling(library: Library, open_facts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the investigations that measure an open fact, in the order in which the rules ask, least burden first."""
    measuring = _measuring(library)
    found: dict[str, None] = {}
    for fact in open_facts:
        found.update(measuring.get(fact, {}))
    return tuple(found)


@lru_cache(maxsize=8)
def _measuring(library: Library) -> dict[str, dict[str, None]]:
    """Return the recommended investigations by the facts that they measure, least burden first."""
    found: dict[str, dict[str, None]] = {}
    for test in sorted(library.investigations.values(), key=lambda test: (test.burden, test.id)):
        for fact in test.measures if test.advice == "recommended" else ():
            found.setdefault(fact, {})[test.id] = None
    return found


def look_alike_results(library: Library, facts: PatientFacts, assumed: PatientFacts) -> tuple[LookAlikeResult, ...]:
    """Return the look-alikes that are established, provisional or suspected, in this order."""
    mentioned = _look_alikes(library).by(facts.touched)
    found = [result for entry, asked in mentioned if (result := _look_alike(entry, asked, facts, assumed))]
    order = ("established", "provisional", "suspected")
    return tuple(sorted(found, key=lambda result: (order.index(result.status), result.id)))


@lru_cache(maxsize=8)
def _look_alikes(library: Library) -> Mentioned[tuple[LookAlike, Questions]]:
    """Return the look-alikes, and what each asks, by the facts that it reads; one of which nothing is known is none."""
    asking = ((entry, asked_of_look_alike(entry)) for entry in library.look_alikes.values())
    return Mentioned.of(asking, lambda entry: read_by(*(one.rule for one in entry[1].values())))


def _look_alike(
    entry: LookAlike, asked: Questions, facts: PatientFacts, assumed: PatientFacts
) -> LookAlikeResult | None:
    status = LOOK_ALIKE.of(**truths(asked, facts, assumed))
    if status is None:
        return None
    because = {
        "established": lambda: reasons(entry.established_when, facts),
        "provisional": lambda: reasons(entry.established_when, assumed),
        "suspected": lambda: reasons(entry.suspect_when, facts),
    }[status]()
    tell_apart = tuple(map(cited, entry.tell_apart))
    return LookAlikeResult(id=entry.id, name=entry.name, status=status, because=because, tell_apart=tell_apart)


def _outweighing(
    library: Library, look_alikes: tuple[LookAlikeResult, ...], facts: PatientFacts
) -> LookAlikeResult | None:
    """Return the look-alike that explains even calcium that was shown."""
    for result in look_alikes:
        if result.status == "established" and _truth(library.look_alikes[result.id].outweighs_when, facts) is TRUE:
            return result
    return None


def _outweighed(result: TypeResult, look_alike: LookAlikeResult) -> TypeResult:
    """A type that would hold, but for a look-alike that explains the calcium, is in conflict with it."""
    status = outweighed(result.status)
    if status == result.status:
        return result
    return replace(result, status=status, certainty="suspected", against=look_alike.because)


def _presentation(
    facts: PatientFacts, look_alikes: tuple[LookAlikeResult, ...], outweighing: LookAlikeResult | None
) -> tuple[Presentation, tuple[Reason, ...]]:
    proven, suspected = facts.vocabulary.facts[PROVEN].true_when, facts.vocabulary.facts[SUSPECTED].true_when
    stands = bool(look_alikes) and look_alikes[0].status in STANDING
    presentation = PRESENTATION.of(
        outweighed=truth(outweighing is not None),
        proven=_truth(proven, facts),
        look_alike=truth(stands),
        suspected=_truth(suspected, facts),
    )
    if presentation == "look-alike":
        return presentation, (outweighing or look_alikes[0]).because
    shown = {"calcinosis": proven, "suspected": suspected}.get(presentation)
    return presentation, reasons(shown, facts)


def _truth(rule: Rule | None, facts: PatientFacts) -> Truth:
    return FALSE if rule is None else facts.truth(rule)
