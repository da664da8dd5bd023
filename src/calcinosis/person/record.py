"""A record as read: what it says about facts, what could not be used, and when it was last written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from calcinosis.person.dates import LONGEST_LIFE, Day, years_between
from calcinosis.person.facts import PatientFacts
from calcinosis.person.history import History
from calcinosis.person.lasting_results import add_lasting
from calcinosis.person.measures import disagreements
from calcinosis.person.not_read import NotRead
from calcinosis.person.outdated import last_known
from calcinosis.person.relations import related
from calcinosis.person.sayings import Remark, Said, settle
from calcinosis.rules.compare import is_checked, is_doubtful, number_of
from calcinosis.rules.order import Vocabulary, is_excluded_for_good
from calcinosis.rules.vocabulary import Doubtful, Fact, Origin, Value
from calcinosis.rules.words import short_name
from calcinosis.truth import FALSE, TRUE
from calcinosis.words.en.judgement import doubted, doubted_limits
from calcinosis.words.en.remarks import disputed, excluded_by_person, impossible_age, years


def has_died(deceased: bool, death: Day | None, as_of: str = "") -> bool:
    """Whether a person of whom death is recorded, or not, has died by a day that is asked for."""
    return deceased and not (as_of and death is not None and as_of < death.earliest)


NO_HISTORY = History()


class Record(Struct, frozen=True, kw_only=True):
    """One person's record. ``last_day`` is the last day on which it says that something happened.

    ``history`` is what it says of the course of things: medicines as they were ordered, visits, what is planned.
    ``deceased`` says that the person has died, ``death`` when, if it is said.
    ``mentions`` are sayings that settle nothing: of the family, asked, planned, said not to be stated. ``not_read`` is
    what stands in the record and was not read; ``unused`` are names that were read and that no fact has;
    ``other_medicines`` is what is said of the medicines among them, by their names in the record.
    """

    id: str
    source: Literal["fhir", "form", "note"]
    said: tuple[Said, ...]
    other_medicines: tuple[Said, ...] = ()
    remarks: tuple[Remark, ...] = ()
    unused: tuple[tuple[str, int], ...] = ()
    mentions: tuple[Said, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    birth: Day | None = None
    birth_origin: Origin | None = None
    last_day: str = ""
    deceased: bool = False
    death: Day | None = None
    history: History = NO_HISTORY

    def is_dead(self, as_of: str = "") -> bool:
        """Whether the record says that the person has died, by a day that is asked for."""
        return has_died(self.deceased, self.death, as_of)

    def taken_without_fact(self, as_of: str) -> dict[str, Value]:
        """Return the medicines that no fact knows and that are taken at a day, by their names in the record."""
        facts = {
            said.fact: Fact(id=said.fact, name=said.fact, kind="medicine", learned_by="history", checked="")
            for said in self.other_medicines
        }
        values, _ = settle(self.other_medicines, as_of, facts)
        return {name: value for name, value in values.items() if value.truth is TRUE}

    def facts(self, vocabulary: Vocabulary, as_of: str) -> tuple[PatientFacts, tuple[Remark, ...]]:
        """Return what is known at a day, with what was left aside."""
        values, remarks = settle(self.said, as_of, vocabulary.facts)
        if self.birth is not None and as_of:
            low, high = years_between(self.birth, as_of)
            if low < 0 or high > LONGEST_LIFE:
                found = impossible_age(self.birth.earliest, low, as_of)
                remarks.append(Remark(self.birth_origin or Origin("resource", "Patient"), found))
            else:
                origins = (self.birth_origin,) if self.birth_origin else ()
                values["age"] = Value(
                    truth=TRUE, low=low, high=high, said=years(low, high), date=as_of, origins=origins
                )
        outdated = last_known(self.said, as_of, vocabulary.facts, values) if as_of else {}
        remarks += add_lasting(self.said, as_of, values, vocabulary)
        take_out_doubted(outdated, vocabulary)
        remarks += take_out_doubted(values, vocabulary)
        values.update(related(self.said, as_of, values, vocabulary.facts, vocabulary.relations))
        facts = PatientFacts(vocabulary, values, outdated=outdated)
        asked = (*_disputed(facts), *_impossible(facts), *disagreements(facts))
        return facts, tuple(sorted({*self.remarks, *remarks, *asked}))


def take_out_doubted(values: dict[str, Value], vocabulary: Vocabulary) -> list[Remark]:
    """Take out every number that fits another unit better, or its own limits only; return the question of each."""
    remarks = []
    for name in [name for name in values if is_checked(vocabulary.facts[name])]:
        fact, value = vocabulary.facts[name], values[name]
        if value.unit_confirmed or not is_doubtful(fact, number_of(value)):
            continue
        unit = doubted_unit(fact, value)
        said = value.said or f"{value.low:g} {fact.unit}"
        says, ask = doubted(fact.name, said, unit) if unit else doubted_limits(fact.name, said)
        remarks += [Remark(origin, says, ask) for origin in value.origins[:1]]
        del values[name]
    return remarks


def doubted_unit(fact: Fact, value: Value) -> str:
    """Return the unit that a number fits better than the one that it has; empty where nobody doubts it."""
    doubts = () if value.unit_confirmed else fact.doubtful
    return next((doubt.other_unit for doubt in doubts if _is_within(value, doubt)), "")


def _impossible(facts: PatientFacts) -> Iterator[Remark]:
    """Yield the question that each fact raises that the record states and age, sex or an operation exclude."""
    known = facts.vocabulary.facts
    for name, stated in facts.stated.items():
        fact = known[name]
        if stated.truth is not TRUE or fact.absent_when is None or not is_excluded_for_good(fact, known):
            continue
        if facts.truth(fact.absent_when) is TRUE:
            told = [other for other in sorted(fact.absent_when.facts) if known[other].learned_by != "demographics"]
            others = [short_name(known[other]) for other in told if facts.is_present(other)]
            says, ask = excluded_by_person(short_name(fact), others)
            yield Remark(min(stated.origins), says, ask)


def _is_within(value: Value, doubt: Doubtful) -> bool:
    return (
        value.low is not None and value.high is not None and doubt.at_least <= value.low <= value.high <= doubt.at_most
    )


def _disputed(facts: PatientFacts) -> Iterator[Remark]:
    """Yield a remark for each fact that the record denies and that another part of it shows."""
    for name, denied in facts.stated.items():
        fact = facts.vocabulary.facts[name]
        if denied.truth is not FALSE or not (fact.includes or fact.true_when):
            continue
        found = facts.value(name)
        if found is not None and found.truth is not FALSE:
            others = sorted(origin.name for origin in {*found.origins} - {*denied.origins})
            yield Remark(min(denied.origins), disputed(short_name(fact), others, found.truth is TRUE))
