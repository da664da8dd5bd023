"""Library and facts table to the conclusions of the contract, one row a patient: what ``assess`` says of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import get_args

import ibis
import ibis.expr.types as ir

from calcinosis.conclusions.decisions import (
    CAUSE,
    DANGER,
    IMPOSSIBLE,
    IN_QUESTION,
    INDICATED,
    LOOK_ALIKE,
    PRESENTATION,
    PROVEN,
    SETTLED,
    SHOWN_STATUS,
    STATUS,
    SUSPECTED,
    VERDICT,
    CauseStatus,
    Status,
    can_lead,
    cause_place,
    main_types,
    outweighed,
    red_flag_place,
    rules_on_assumed,
    rules_on_record,
    takeable,
    treatment_place,
    type_place,
)
from calcinosis.evidence.recommend import recommendations_of
from calcinosis.evidence.rows import totals
from calcinosis.library.entries import TYPE_IDS, Treatment
from calcinosis.library.library import Library
from calcinosis.population.facts_table import AS_OF, PATIENT_ID
from calcinosis.population.stage import Stage, Words, all_that_hold, decided, first_that_holds, word_column, word_is
from calcinosis.population.worked_out import View, worked_out
from calcinosis.rules.columns import TruthColumn, both, every, is_true, opposite, some, truth_column
from calcinosis.rules.syntax import Rule
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

HEADS = (PATIENT_ID, AS_OF)
TYPE_COLUMNS = tuple(f"type_{type_id}" for type_id in TYPE_IDS)
COLUMNS = (*HEADS, "presentation", "leading_type", *TYPE_COLUMNS, "red_flags", "causes", "avoid_active")
"""The columns of a screen, in the order of the contract."""


def screened(library: Library, facts: ir.Table) -> ir.Table:
    """Return the conclusions on every row of a facts table."""
    return _Screening(library, facts).result()


class _Screening:
    """One screen: each method adds what it decides to the stage, and takes the next."""

    def __init__(self, library: Library, facts: ir.Table) -> None:
        self.library = library
        self.kinds = main_types(library)
        self.treatments = takeable(library)
        read = {fact for rule in rules_on_record(library) for fact in rule.facts}
        read |= {treatment.medicine for treatment in self.treatments}
        read_assumed = {fact for rule in rules_on_assumed(library) for fact in rule.facts}
        found = worked_out(facts, library.vocabulary, read, read_assumed)
        self.known, self.assumed = found.known, found.assumed
        self.stage = Stage(found.table)
        self.lists: dict[str, ir.ArrayValue] = {}

    def result(self) -> ir.Table:
        """Return the columns of the contract."""
        self._look_at_rules()
        self._decide_statuses()
        self._decide_leading()
        self._decide_active()
        self._decide_avoided()
        self._list()
        return self.stage.table.select(**{name: self._output(name) for name in COLUMNS})

    def _output(self, name: str) -> ir.Value:
        if name in HEADS:
            return self.stage.table[name]
        return self.lists[name] if name in self.lists else word_column(self.stage.words(_FINAL.get(name, name)))

    def _look_at_rules(self) -> None:
        """Put the truth of every rule under its name."""
        for fact in (PROVEN, SUSPECTED):
            self._look_at(fact, self.library.facts[fact].true_when, self.known)
        for kind in self.kinds:
            self._look_at(f"type established {kind.id}", kind.established_when, self.known)
            self._look_at(f"type excluded {kind.id}", kind.excluded_when, self.known)
            self._look_at(f"type assumed {kind.id}", kind.established_when, self.assumed)
            self._look_at(f"type assumed_excluded {kind.id}", kind.excluded_when, self.assumed)
            self._look_at(f"supported {kind.id}", kind.suspect_when, self.known)
        for alike in self.library.look_alikes.values():
            self._look_at(f"alike established {alike.id}", alike.established_when, self.known)
            self._look_at(f"alike suspected {alike.id}", alike.suspect_when, self.known)
            self._look_at(f"alike outweighs {alike.id}", alike.outweighs_when, self.known)
            self._look_at(f"alike assumed {alike.id}", alike.established_when, self.assumed)
        for cause in self.library.causes.values():
            self._look_at(f"cause present {cause.id}", cause.present_when, self.known, UNKNOWN)
            self._look_at(f"cause excluded {cause.id}", cause.excluded_when, self.known)
            self._look_at(f"cause suspected {cause.id}", cause.suspect_when, self.known)
        for flag in self.library.red_flags.values():
            self._look_at(f"flag {flag.id}", flag.when, self.known)
        for treatment in self.treatments:
            self._look_at_treatment(treatment)
        self._next(*HEADS)

    def _look_at_treatment(self, treatment: Treatment) -> None:
        self.stage.put(f"taken {treatment.id}", self.known.value(treatment.medicine).truth)
        self._look_at(f"forbidden {treatment.id}", treatment.do_not_use_when, self.known)
        for number, objection in enumerate(treatment.against):
            self._look_at(f"objected {number} {treatment.id}", objection.when, self.known, TRUE)
        for number, indication in enumerate(treatment.for_):
            self._look_at(f"asked {number} {treatment.id}", indication.consider_when, self.known, TRUE)
            self._look_at(f"assumed {number} {treatment.id}", indication.consider_when, self.assumed, TRUE)

    def _look_at(self, name: str, rule: Rule | None, view: View, without: Truth = FALSE) -> None:
        """Put the truth of a rule; ``without`` is that of an entry which has none."""
        self.stage.put(name, without if rule is None else truth_column(rule, view))

    def _next(self, *keep: str) -> None:
        """Take the next stage with the columns that are named, or whose names begin with one of these words."""
        self.stage = self.stage.next(lambda name: name in keep or name.split()[0] in keep)

    def _decide_statuses(self) -> None:
        stage = self.stage
        for kind in self.kinds:
            names = ("established", "excluded", "assumed", "assumed_excluded")
            truths = {name: stage.truth(f"type {name} {kind.id}") for name in names}
            stage.put(f"type_{kind.id}", decided(SHOWN_STATUS, truths))
            closed = {"established": truths["assumed"], "excluded": truths["assumed_excluded"]}
            stage.put(f"impossible {kind.id}", word_is(decided(STATUS, closed), *IMPOSSIBLE))
            stage.put(f"supported {kind.id}", is_true(stage.truth(f"supported {kind.id}")))
        stage.put("outweighed", some([self._outweighs(name) for name in self.library.look_alikes]))
        stage.put("look_alike", some([self._stands(name) for name in self.library.look_alikes]))
        for name in self.library.causes:
            truths = {part: stage.truth(f"cause {part} {name}") for part in ("present", "excluded", "suspected")}
            stage.put(f"status {name}", decided(CAUSE, truths))
        self._next(*HEADS, PROVEN, SUSPECTED, "flag", *_OF_TREATMENT)

    def _outweighs(self, name: str) -> TruthColumn:
        outweighs, established = (self.stage.truth(f"alike {part} {name}") for part in ("outweighs", "established"))
        return both(is_true(outweighs), is_true(established))

    def _stands(self, name: str) -> TruthColumn:
        names = ("established", "suspected", "assumed")
        status = decided(LOOK_ALIKE, {part: self.stage.truth(f"alike {part} {name}") for part in names})
        return word_is(status, "established", "provisional")

    def _decide_leading(self) -> None:
        stage = self.stage
        truths = {"outweighed": stage.truth("outweighed"), "look_alike": stage.truth("look_alike")}
        truths |= {"proven": stage.truth(PROVEN), "suspected": stage.truth(SUSPECTED)}
        presentation = decided(PRESENTATION, truths)
        stage.put("presentation", presentation)
        in_question = word_is(presentation, *IN_QUESTION)
        stage.put("in_question", in_question)
        stage.put("leading_type", first_that_holds([(both(in_question, fits), name) for fits, name in self._places()]))
        for kind in self.kinds:
            status = stage.words(f"type_{kind.id}")
            stage.put(f"final type_{kind.id}", self._outweighed(status, truths["outweighed"]))
        kept = (*(f"type_{kind.id}" for kind in self.kinds), "supported", "status")
        self._next(*HEADS, *kept, "flag", *_OF_TREATMENT)

    def _places(self) -> Iterator[tuple[TruthColumn, str]]:
        """Yield the types in every state in which they can lead, best first, and where they are in it."""
        ranked = sorted(self.kinds, key=lambda kind: kind.rank)
        states = [
            (type_place(status, supported, impossible, rank), status, supported, impossible, kind.id)
            for status, supported, impossible in product(get_args(Status), (True, False), (True, False))
            for rank, kind in enumerate(ranked)
            if can_lead(status, supported)
        ]
        for _, status, supported, impossible, name in sorted(states):
            is_supported, is_impossible = (self.stage.truth(f"{part} {name}") for part in ("supported", "impossible"))
            yield every([
                word_is(self.stage.words(f"type_{name}"), status),
                _as_is(is_supported, supported),
                _as_is(is_impossible, impossible),
            ]), name  # fmt: skip

    @staticmethod
    def _outweighed(status: Words, by_look_alike: TruthColumn) -> Words:
        """Return the status, which may be another where a look-alike explains the calcium."""
        changed = [(before, outweighed(before)) for before in get_args(Status) if outweighed(before) != before]
        after = first_that_holds([(both(by_look_alike, word_is(status, old)), new) for old, new in changed])
        return status if after is None else ibis.coalesce(word_column(after), word_column(status))

    def _decide_active(self) -> None:
        """Decide which types are acted on, as ``Classified.active`` does for one person."""
        stage = self.stage
        for kind in self.kinds:
            leads = word_is(stage.words("leading_type"), kind.id)
            settled = word_is(stage.words(f"type_{kind.id}"), *SETTLED)
            danger = stage.truth(f"supported {kind.id}") if kind.id == DANGER else FALSE
            stage.put(f"active {kind.id}", both(stage.truth("in_question"), some([leads, settled, danger])))
        self._next(*HEADS, *_OUTPUT, "final", "status", "flag", *_OF_TREATMENT)

    def _decide_avoided(self) -> None:
        stage = self.stage
        for treatment in self.treatments:
            verdict = decided(VERDICT, self._judged(treatment))
            taken = is_true(stage.truth(f"taken {treatment.id}"))
            stage.put(f"stop {treatment.id}", both(taken, word_is(verdict, "avoid")))
        self._next(*HEADS, *_OUTPUT, "final", "status", "flag", "active")

    def _judged(self, treatment: Treatment) -> dict[str, TruthColumn]:
        """Return the truths from which the verdict on a treatment follows; one that is merely cautious is not asked."""
        stage = self.stage
        active = {kind.id: stage.truth(f"active {kind.id}") for kind in self.kinds}
        about = {**active, "all": some(list(active.values()))}
        objected, indicated = [], []
        for number, objection in enumerate(treatment.against):
            holds = is_true(stage.truth(f"objected {number} {treatment.id}"))
            if objection.spares_taken:
                holds = FALSE  # the screen asks only what is taken
            objected.append(both(holds, about.get(objection.type, FALSE)))
        for number, (indication, found) in enumerate(
            zip(treatment.for_, recommendations_of(treatment, self.library), strict=True)
        ):
            if not found.consider:
                continue
            truths = {part: stage.truth(f"{part} {number} {treatment.id}") for part in ("asked", "assumed")}
            is_option = word_is(decided(INDICATED, truths), "yes", "to-check")
            indicated.append(both(is_option, active.get(indication.type, FALSE)))
        forbidden = stage.truth(f"forbidden {treatment.id}")
        taken = stage.truth(f"taken {treatment.id}")
        judged = {"objected": some(objected), "indicated": some(indicated), "forbidden": forbidden}
        return {**judged, "taken": taken, "cautious": FALSE}

    def _list(self) -> None:
        stage, library = self.stage, self.library
        flags = sorted(library.red_flags.values(), key=lambda flag: red_flag_place(flag.urgency, flag.id))
        stands = {flag.id: is_true(stage.truth(f"flag {flag.id}")) for flag in flags}
        graver = {flag.id: some([stands[name] for name in flag.gives_way_to if name in stands]) for flag in flags}
        told = [(both(stands[flag.id], opposite(graver[flag.id])), flag.id) for flag in flags]
        self.lists["red_flags"] = all_that_hold(told)
        statuses: tuple[CauseStatus, ...] = ("confirmed", "suspected")
        places = [
            (cause_place(status, cause.strength, cause.id), status, cause.id)
            for status, cause in product(statuses, library.causes.values())
        ]
        self.lists["causes"] = all_that_hold(
            [(word_is(stage.words(f"status {name}"), status), name) for _, status, name in sorted(places)]
        )
        self.lists["avoid_active"] = all_that_hold(list(self._stops()))

    def _stops(self) -> Iterator[tuple[TruthColumn, str]]:
        """Yield the treatments in the order in which they are listed; their places depend on the types acted on."""
        found: dict[tuple[object, ...], tuple[str, list[TruthColumn]]] = {}
        for treatment in self.treatments:
            told: set[str] = {
                *(one.type for one in treatment.for_),
                *(name for row in treatment.evidence for name in row.types),
            }
            for state in _subsets(told):
                active = frozenset(name for name, is_active in state.items() if is_active)
                seen = totals(treatment, self.library, active)
                place = treatment_place(treatment, active, "avoid", True, seen)
                fits = [_as_is(self.stage.truth(f"active {name}"), wanted) for name, wanted in state.items()]
                found.setdefault(place, (treatment.id, []))[1].append(every(fits))
        for _, (name, states) in sorted(found.items()):
            yield both(self.stage.truth(f"stop {name}"), some(states)), name


_OF_TREATMENT = ("taken", "forbidden", "objected", "asked", "assumed")
_OUTPUT = ("presentation", "leading_type")
_FINAL = {name: f"final {name}" for name in TYPE_COLUMNS}


def _subsets(names: set[str]) -> Iterator[dict[str, bool]]:
    """Yield every way in which each name is either so or not."""
    ordered = sorted(names)
    for chosen in product((True, False), repeat=len(ordered)):
        yield dict(zip(ordered, chosen, strict=True))


def _as_is(column: TruthColumn, wanted: bool) -> TruthColumn:
    return column if wanted else opposite(column)
