"""Library and what is settled of a group of people to the conclusions of the contract: a row each, as ``assess`` says.

Every decision is one of the tables of ``conclusions.decisions``, taken for all people at once: a plane says of whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from itertools import product
from operator import or_
from typing import Any, get_args

import numpy as np
import pyarrow as pa

from calcinosis.conclusions.asked import Asked, asked_of_cause, asked_of_look_alike, asked_of_type
from calcinosis.conclusions.columns import COLUMNS, DECEASED, LISTS
from calcinosis.conclusions.decisions import (
    CAUSE,
    DANGER,
    IMPOSSIBLE,
    IN_QUESTION,
    INDICATED,
    LISTED_CAUSES,
    LOOK_ALIKE,
    PRESENTATION,
    PROVEN,
    SETTLED,
    SHOWN_STATUS,
    STANDING,
    STATUS,
    SUSPECTED,
    VERDICT,
    Status,
    can_lead,
    cause_place,
    is_pointed_to,
    outweighed,
    red_flag_place,
    treatment_place,
    type_place,
)
from calcinosis.conclusions.rules_on_record import main_types, rules_on_record, takeable
from calcinosis.evidence.recommend import recommendations_of
from calcinosis.evidence.rows import totals
from calcinosis.library.entries import RedFlag, Treatment
from calcinosis.library.library import Library
from calcinosis.library.speaking import forbidding_rules, safety_rules, speaking
from calcinosis.person.bits import holds, persons_of, plane_of
from calcinosis.person.group import GroupFacts
from calcinosis.population.missing import missing_facts
from calcinosis.population.settled import PATIENTS, statements_of
from calcinosis.rules.evaluate import Planes
from calcinosis.rules.syntax import Rule
from calcinosis.truth import FALSE, UNKNOWN

_KINDS = {**dict.fromkeys(LISTS, pa.list_(pa.string())), DECEASED: pa.bool_()}
ROWS = pa.schema([(name, _KINDS.get(name, pa.string())) for name in COLUMNS])

Who = dict[Any, int]
"""The persons of each word."""


def concluded(library: Library, patients: pa.Table, settled: pa.Table) -> tuple[pa.Table, dict[str, Any]]:
    """Return the conclusions on a group, in the order of its patients, and what their records most often do not tell.

    The columns of ``patients`` and ``settled`` are those of ``population.settled``.
    """
    facts = GroupFacts(library.vocabulary, patients.num_rows, statements_of(settled, library.facts))
    columns = {name: patients[name].combine_chunks() for name in PATIENTS.names}
    found = Conclusions(library, facts, plane_of(columns[DECEASED].to_numpy(zero_copy_only=False)))
    columns |= found.columns()
    rows = pa.table([columns[name] for name in COLUMNS], schema=ROWS)
    return rows, missing_facts(library, facts, found.in_question)


def facts_read(library: Library) -> frozenset[str]:
    """Return the facts on which the conclusions on a group depend: of others nothing needs to be settled."""
    named = {fact for rule in rules_on_record(library) for fact in rule.facts}
    named |= {treatment.medicine for treatment in takeable(library)} | speaking(library).keys()
    read = library.vocabulary.all_read(named | ({"age", "sex"} & set(library.facts)))
    told = {library.facts[name].past_of or library.facts[name].recent_of for name in read}
    return library.vocabulary.all_read(read | (told - {""}))  # what is over or recent is told by the fact itself


class Conclusions:
    """What follows for the persons of a group."""

    def __init__(self, library: Library, facts: GroupFacts, dead: int) -> None:
        """Take up what is known of them; of the ``dead`` no dangers are named."""
        self.library, self.dead = library, dead
        self.facts, self.assumed = facts, facts.assuming_absent()
        self.everyone, self.size = facts.everyone, facts.size
        self.kinds = main_types(library)
        self.answers = {kind.id: self._answers(asked_of_type(kind)) for kind in self.kinds}
        self.statuses = {name: SHOWN_STATUS.persons(self.everyone, found) for name, found in self.answers.items()}
        self.supported = {kind.id: self._true(kind.suspect_when) for kind in self.kinds}
        self.outweighed = self._outweighed_by_look_alike()
        self.presentation = self._presentation()
        self.in_question = _of(self.presentation, IN_QUESTION)
        self.leading = self._leading()
        self.active = {kind.id: self._active(kind.id) for kind in self.kinds}

    def columns(self) -> dict[str, pa.Array]:
        """Return the columns of the contract."""
        flags = sorted(self.library.red_flags.values(), key=lambda flag: red_flag_place(flag.urgency, flag.id))
        return {
            "presentation": self._words(self.presentation),
            "leading_type": self._words(self.leading),
            **{f"type_{name}": self._words(self._final(who)) for name, who in self.statuses.items()},
            "red_flags": self._lists([(self._told(flag), flag.id) for flag in flags]),
            "causes": self._lists(self._causes()),
            "avoid_active": self._lists(self._to_stop()),
        }

    def _truth(self, rule: Rule | None, facts: GroupFacts | None = None, without: int = 0) -> Planes:
        """Return of whom a rule is true, and false; ``without`` of whom an entry is true that has none."""
        if rule is None:
            return without, self.everyone & ~without
        return (facts or self.facts).of(self.facts.program.literal(rule))

    def _true(self, rule: Rule | None) -> int:
        return self._truth(rule)[0]

    def _so(self, persons: int) -> Planes:
        """Return the truth of what is so for these persons and not so for the others."""
        return persons, self.everyone & ~persons

    def _told(self, flag: RedFlag) -> int:
        """Return to whom a danger is told, as ``told_flags`` says: the living in whom no graver one speaks for it."""
        flags = self.library.red_flags
        graver = _of({name: self._true(one.when) for name, one in flags.items()}, flag.gives_way_to)
        return self._true(flag.when) & ~graver & ~self.dead

    def _answers(self, asked: Mapping[str, Asked]) -> dict[str, Planes]:
        """Return the answers for all persons, as ``asked.truths`` does for one."""
        without = {FALSE: (0, self.everyone), UNKNOWN: (0, 0)}
        return {
            name: without[one.without] if one.rule is None else self._truth(one.rule, self._facts(one.assumed))
            for name, one in asked.items()
        }

    def _facts(self, assumed: bool) -> GroupFacts:
        return self.assumed if assumed else self.facts

    def _outweighed_by_look_alike(self) -> int:
        found = 0
        for alike in self.library.look_alikes.values():
            found |= self._true(alike.outweighs_when) & self._true(alike.established_when)
        return found

    def _presentation(self) -> Who:
        standing = 0
        for alike in self.library.look_alikes.values():
            standing |= _of(LOOK_ALIKE.persons(self.everyone, self._answers(asked_of_look_alike(alike))), STANDING)
        proven, suspected = (self._truth(self.library.facts[name].true_when) for name in (PROVEN, SUSPECTED))
        truths = {"outweighed": self._so(self.outweighed), "look_alike": self._so(standing)}
        return PRESENTATION.persons(self.everyone, {**truths, "proven": proven, "suspected": suspected})

    def _final(self, statuses: Who) -> Who:
        """Return the statuses, which may be others where a look-alike explains the calcium."""
        found: Who = {}
        for status, persons in statuses.items():
            changed = persons & self.outweighed
            found[status] = found.get(status, 0) | (persons & ~changed)
            found[outweighed(status)] = found.get(outweighed(status), 0) | changed
        return found

    def _leading(self) -> Who:
        """Return who is led by which type: the one whose state comes first of those in which a type can lead."""
        found: Who = {}
        rest = self.in_question
        for persons, name in self._places():
            found[name] = found.get(name, 0) | (persons & rest)
            rest &= ~persons
        return found

    def _places(self) -> Iterator[tuple[int, str]]:
        """Yield who has each type in each state in which it can lead, best first."""
        impossible = {kind.id: self._impossible(self.answers[kind.id]) for kind in self.kinds}
        ruled = {kind.id: self.answers[kind.id]["established"][0] for kind in self.kinds}
        yes_or_no = (True, False)
        states = [
            (type_place(status, seen, never, is_pointed_to(status, rule, kind.id), kind.rank), kind.id, status, flags)
            for status, *flags in product(get_args(Status), yes_or_no, yes_or_no, yes_or_no)
            for kind in self.kinds
            for seen, never, rule in (flags,)
            if can_lead(status, seen)
        ]
        for _, name, status, (seen, never, rule) in sorted(states):
            persons = self.statuses[name].get(status, 0)
            for who, is_so in ((self.supported[name], seen), (impossible[name], never), (ruled[name], rule)):
                persons &= who if is_so else ~who
            yield persons, name

    def _impossible(self, answers: Mapping[str, Planes]) -> int:
        closed = {"established": answers["assumed"], "excluded": answers["assumed_excluded"]}
        return _of(STATUS.persons(self.everyone, closed), IMPOSSIBLE)

    def _active(self, name: str) -> int:
        """Return in whom a type is acted on, as ``Classified.active`` says of one person."""
        found = self.leading.get(name, 0) | _of(self._final(self.statuses[name]), SETTLED)
        return self.in_question & (found | (self.supported[name] if name == DANGER else 0))

    def _causes(self) -> Iterator[tuple[int, str]]:
        """Yield who has each cause that is listed, in the order of the list."""
        found = {}
        for cause in self.library.causes.values():
            for status, persons in CAUSE.persons(self.everyone, self._answers(asked_of_cause(cause))).items():
                if status in LISTED_CAUSES:
                    found[cause_place(status, cause.strength, cause.id)] = persons, cause.id
        yield from (one for _, one in sorted(found.items()))

    def _to_stop(self) -> Iterator[tuple[int, str]]:
        """Yield who takes what is to be avoided, in the order of the list, which depends on the types acted on."""
        stopped = [(one, persons) for one in takeable(self.library) if (persons := self._avoided(one))]
        for active, persons in self._alike(0, self.everyone, frozenset()):
            places = []
            for one, avoided in stopped:
                if avoided & persons:
                    seen = totals(one, self.library, active)
                    places.append((treatment_place(one, active, "avoid", True, seen), avoided & persons, one.id))
            yield from ((some, name) for _, some, name in sorted(places))
        yield from self._other_medicines(stopped)

    def _other_medicines(self, stopped: Iterable[tuple[Treatment, int]]) -> Iterator[tuple[int, str]]:
        """Yield who takes a medicine to be avoided that is no treatment to be stopped, as ``medicines_taken`` says."""
        for name, spoken in sorted(speaking(self.library).items(), key=lambda one: self.library.facts[one[0]].name):
            taken = self.facts.told(name)[0]
            for kind in self.library.vocabulary.kinds.get(name, ()) if taken else ():
                if self.library.facts[kind].kind == "medicine" or kind in speaking(self.library):
                    taken &= ~self.facts.told(kind)[0]
            if taken:
                forbidden = reduce(or_, map(self._true, forbidding_rules(spoken)), 0)
                own = {treatment.medicine for treatment in spoken.treatments}
                treated = reduce(or_, (persons for one, persons in stopped if one.medicine in own), 0)
                yield taken & forbidden & ~treated, name

    def _alike(self, number: int, persons: int, active: frozenset[str]) -> Iterator[tuple[frozenset[str], int]]:
        """Yield the persons in whom the same types are acted on, with these."""
        if not persons:
            return
        if number == len(self.kinds):
            yield active, persons
            return
        name = self.kinds[number].id
        yield from self._alike(number + 1, persons & self.active[name], active | {name})
        yield from self._alike(number + 1, persons & ~self.active[name], active)

    def _avoided(self, treatment: Treatment) -> int:
        """Return who takes what is to be avoided; that something is merely to be checked is not asked."""
        taken = self.facts.of(self.facts.program.fact(treatment.medicine))
        if not taken[0]:
            return 0
        objected = indicated = 0
        for objection in treatment.against:
            about = _of(self.active, self.active if objection.type == "all" else (objection.type,))
            if not objection.spares_taken:  # only what is taken is asked here
                objected |= about & self._truth(objection.when, without=self.everyone)[0]
        for indication, follows in zip(treatment.for_, recommendations_of(treatment, self.library), strict=True):
            if follows.consider:
                asked, assumed = (
                    self._truth(indication.consider_when, facts, self.everyone) for facts in (self.facts, self.assumed)
                )
                options = INDICATED.persons(self.everyone, {"asked": asked, "assumed": assumed})
                indicated |= self.active.get(indication.type, 0) & (options.get("yes", 0) | options.get("to-check", 0))
        truths = {"objected": self._so(objected), "indicated": self._so(indicated), "cautious": self._so(0)}
        rules = (rule for rule, forbids in safety_rules(treatment, self.library) if forbids)
        forbidden = reduce(or_, map(self._true, rules), 0)
        truths |= {"forbidden": self._so(forbidden), "taken": taken}
        return taken[0] & VERDICT.persons(self.everyone, truths).get("avoid", 0)

    def _words(self, who: Mapping[Any, int]) -> pa.Array:
        """Return the word of each person, null for none."""
        words = [word for word, persons in who.items() if word is not None and persons]
        codes = np.full(self.size, -1, dtype=np.int32)
        for code, word in enumerate(words):
            codes[holds(who[word], self.size)] = code
        indices = pa.array(codes, mask=codes < 0)
        return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string())).dictionary_decode()

    def _lists(self, listed: Iterable[tuple[int, str]]) -> pa.Array:
        """Return the words of each person, in the order in which they come."""
        found = [(persons_of(persons, self.size), name) for persons, name in listed if persons]
        names = pa.array([name for _, name in found], pa.string())
        persons = np.concatenate([some for some, _ in found]) if found else np.zeros(0, dtype=np.int64)
        codes = np.repeat(np.arange(len(found)), [len(some) for some, _ in found])
        offsets = np.concatenate([[0], np.cumsum(np.bincount(persons, minlength=self.size))])
        words = names.take(pa.array(codes[np.argsort(persons, kind="stable")]))
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), words)


def _of(who: Mapping[Any, int], words: Iterable[Any]) -> int:
    """Return the persons of any of these words."""
    found = 0
    for word in words:
        found |= who.get(word, 0)
    return found
