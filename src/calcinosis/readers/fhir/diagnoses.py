"""Diagnoses and allergies to what they say: confirmed, refuted, over, at rest or in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.person.dates import Day, parse_date
from calcinosis.person.sayings import Said
from calcinosis.readers.fhir.concepts import Meant, Reading, read_concept
from calcinosis.readers.fhir.condition_parts import read_evidence, with_its_degree
from calcinosis.readers.fhir.gathering import (
    Reader,
    body_sites,
    companion,
    day_of,
    is_of_skin,
    note_reading,
    remark_unknown_sites,
    saw,
    say,
    say_sites,
    sites_said,
)
from calcinosis.readers.fhir.told_numbers import say_told_numbers
from calcinosis.rules.vocabulary import PAST, SUSPECTED, Fact, Origin, Value
from calcinosis.rules.words import short_name
from calcinosis.shapes import Json, codes, items, obj, text
from calcinosis.terminology.medicine_use import UseSaid
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.remarks import NO_KNOWN_ALLERGY, medicine_named


def read_condition(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what a Condition says, unless it is about the family."""
    verification = codes(obj(resource, "verificationStatus")) | _certainty_of_code(resource)
    if "entered-in-error" in verification or _is_family(resource, reader.terms):
        return
    day, time = day_of(resource, kind)
    saw(reader, day, origin)
    onset = parse_date(text(resource, "onsetDateTime")) if text(resource, "onsetDateTime") else None
    saw(reader, onset, origin)
    clinical = codes(obj(resource, "clinicalStatus"))
    if "past" in verification:
        clinical = clinical | {"resolved"}
    truth = _condition_truth(verification, clinical)
    until = _abatement(resource, clinical)
    if until is None and truth is TRUE and _is_abated(resource) and not clinical & _GOES_ON:
        truth = UNKNOWN
    reading = read_concept(obj(resource, "code"), reader.terms, sites_said(resource))
    note_reading(reader, reading, origin, relevant=True)
    if not _DEGREES.isdisjoint(resource):
        reading = with_its_degree(reader, resource, reading, origin)
    if "evidence" in resource and truth is not FALSE:
        read_evidence(reader, resource, TRUE if not clinical & _ENDED and until is None else UNKNOWN, day, origin)
    if reading.nothing == "allergies" and truth is TRUE:  # lists of problems hold allergies, and that there is none
        _say_all_allergies(reader, FALSE, day, origin)
        return
    for meant, possible in diagnosed(reader, reading, truth, origin):
        was = _despite_rest(possible, verification, clinical, reader.terms.facts[meant.fact])
        say(reader, meant, was, day, origin, until, time=time, said=reading.label)
        if onset is not None and day is not None and onset.latest < day.earliest and was is TRUE:
            say(reader, meant, was, onset, origin, until, said=reading.label)  # it was there on that day, too
        # What another language only names, its status says in a code.
        if meant.sense in {"present", "foreign"} and verification & _DOUBTED and not clinical & _ENDED:
            companion(reader, SUSPECTED + meant.fact, TRUE, day, origin, until, time=time, said=reading.label)
        if meant.sense == "present" and truth is UNKNOWN and was is UNKNOWN and not verification & _DOUBTED:
            companion(reader, PAST + meant.fact, TRUE, until or day, origin, said=reading.label)
    if truth is TRUE and is_of_skin(reader, reading.meant):
        say_sites(reader, [reading.label, *body_sites(resource)], day, origin)
        remark_unknown_sites(reader, resource, origin)
    if truth is TRUE:
        say_told_numbers(reader, obj(resource, "code"), day, time, origin)


_DEGREES = frozenset({"stage", "severity"})
_OF_CERTAINTY = {"A": "refuted", "V": "unconfirmed", "Z": "past"}
"""The letters that German diagnoses carry beside their code: excluded, suspected, state after."""


def _certainty_of_code(resource: Json) -> set[str]:
    """Return the verification that an extension of the codes of a diagnosis says, as German records do."""
    found, code = set(), obj(resource, "code")
    for part in (code, *items(code, "coding")):
        for extension in items(part, "extension") if "extension" in part else ():
            if text(extension, "url").endswith("diagnosesicherheit"):
                found.add(_OF_CERTAINTY.get(text(obj(extension, "valueCoding"), "code"), ""))
    return found - {""}


def diagnosed(reader: Reader, reading: Reading, truth: Truth, origin: Origin) -> Iterator[tuple[Meant, Truth]]:
    """Yield what a diagnosis means: a medicine that it names is taken only where it says so."""
    for meant in reading.meant:
        said = _said_of_medicine(meant, reading.label, reader.terms)
        if said == "taken":
            yield meant, truth
        elif said == "allergy":
            yield from ((Meant(fact, sense=meant.sense), truth) for fact in allergy_facts(meant.fact, reader.terms))
        elif truth is not FALSE:
            name = short_name(reader.terms.facts[meant.fact])
            reader.remark(origin, medicine_named(reading.label[:120], name))
            yield meant, UNKNOWN


def _said_of_medicine(meant: Meant, label: str, terms: Terms) -> UseSaid:
    """Return what a diagnosis says of a medicine; of all else that it means, that it is so."""
    if terms.facts[meant.fact].kind != "medicine":
        return "taken"
    said = terms.uses.said_of(meant.fact, label, terms.matcher)
    return "taken" if meant.by_code and said == "named" and not terms.uses.speaks_otherwise(label) else said


def is_at_issue(resource: Json) -> bool:
    """Whether a Condition is said to be there: neither refuted nor in doubt, and not over."""
    clinical = codes(obj(resource, "clinicalStatus"))
    if _condition_truth(codes(obj(resource, "verificationStatus")), clinical) is not TRUE:
        return False
    return bool(clinical & _GOES_ON) or not _is_abated(resource)


def _despite_rest(truth: Truth, verification: set[str], clinical: set[str], fact: Fact) -> Truth:
    """An exposure does not end, and a lasting disease that rests (inactive, in remission) is still there.

    A treatment on a list of problems, such as dialysis, is over or not known where the problem is.
    """
    if truth is not UNKNOWN or verification & _DOUBTED:
        return truth
    rests = clinical & {"inactive", "remission"} and "resolved" not in clinical
    return TRUE if fact.kind == "exposure" or (fact.lasting and rests) else truth


_DOUBTED = frozenset({"provisional", "differential", "unconfirmed"})
_ENDED = frozenset({"inactive", "remission", "resolved"})
_GOES_ON = frozenset({"active", "recurrence", "relapse"})


def _abatement(resource: Json, clinical: set[str]) -> Day | None:
    """Return the day on which a condition ended; None when it is said to go on, or when no day is given."""
    if clinical & _GOES_ON:
        return None
    written = text(resource, "abatementDateTime") or text(obj(resource, "abatementPeriod"), "start")
    return parse_date(written) if written else None


def _is_abated(resource: Json) -> bool:
    return any(key.startswith("abatement") and resource[key] is not False for key in resource)


def _condition_truth(verification: set[str], clinical: set[str]) -> Truth:
    """Refuted is absent; resolved, inactive and unconfirmed are neither present nor absent."""
    if "refuted" in verification:
        return FALSE
    if verification & _DOUBTED or clinical & _ENDED:
        return UNKNOWN
    return TRUE


def _is_family(resource: Json, terms: Terms) -> bool:
    for coding in items(obj(resource, "code"), "coding"):
        code = text(coding, "code")
        system = text(coding, "system")
        is_icd = "icd-10" in system or terms.systems.system(system) == "icd10cm"
        if is_icd and code[:3] in {"Z80", "Z81", "Z82", "Z83", "Z84"}:
            return True
    return False


def read_allergy(reader: Reader, kind: str, resource: Json, origin: Origin) -> None:
    """Add what an AllergyIntolerance says, or that there is none."""
    verification = codes(obj(resource, "verificationStatus"))
    if "entered-in-error" in verification:
        return
    day, _ = day_of(resource, kind)
    saw(reader, day, origin)
    truth = _condition_truth(verification, codes(obj(resource, "clinicalStatus")))
    substances = [obj(reaction, "substance") for reaction in items(resource, "reaction")]
    code = read_concept(obj(resource, "code"), reader.terms)
    if (told := _TOLD_OF_ALL.get(code.nothing)) is not None:
        _say_all_allergies(reader, told if truth is TRUE else UNKNOWN, day, origin)
    for reading in (code, *(read_concept(one, reader.terms) for one in substances)):
        if reading.nothing != "none":
            note_reading(reader, reading, origin, relevant=bool(reading.label))
        if reading.nothing:
            continue
        for meant in reading.meant:
            for fact in allergy_facts(meant.fact, reader.terms):
                say(reader, Meant(fact, sense=meant.sense), truth, day, origin, said=reading.label)


_TOLD_OF_ALL = {"allergies": FALSE, "none": FALSE, "not-told": UNKNOWN}
"""What is said of every allergy to a medicine where no single one is named."""


def allergy_facts(fact: str, terms: Terms) -> list[str]:
    """Return the allergies that an allergy to this substance is: its own, and those to the classes it belongs to."""
    if terms.facts[fact].kind == "allergy":
        return [fact]
    found = list(terms.allergies.get(fact, ()))
    for substance, allergies in terms.allergies.items():
        if fact in terms.related.get(substance, ()):
            found += allergies
    return found


def _say_all_allergies(reader: Reader, truth: Truth, day: Day | None, origin: Origin) -> None:
    """Say it of every allergy, weakly: an allergy that the record names is not undone by a general denial."""
    value = Value(truth=truth, said=NO_KNOWN_ALLERGY, origins=(origin,))
    for fact in reader.terms.facts.values():
        if fact.kind == "allergy":
            reader.said.append(Said(fact.id, value, day, weak=True))
