"""Medication resources to what is taken, was taken, or is not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.person.dates import Day
from calcinosis.person.sayings import EVER, Said
from calcinosis.readers.fhir.concepts import Meant, Reading, read_concept
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.shapes import Json, items, obj, text
from calcinosis.terminology.context import SAYS_NOTHING
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

RESOURCES = frozenset({"MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"})

_TAKEN = frozenset({"active", "in-progress"})
_ENDED = frozenset({"completed", "stopped", "ended"})
_NOT_TAKEN = frozenset({"not-taken", "not-done", "declined", "cancelled"})
_SINGLE = frozenset({"MedicationAdministration", "MedicationDispense"})
_NEVER_COUNTS = frozenset({"entered-in-error", "draft"})
_PLANS = frozenset({"proposal", "plan", "option"})


class Use(Struct, frozen=True):
    """What a medication resource says of its medicine: taken now, ever given, on which day, until when."""

    taken: Truth
    ever: Truth
    weak: bool
    day: Day | None
    until: Day | None
    once: bool = False


def medicine_concepts(resource: Json, contained: Mapping[str, Json], terms: Terms) -> Iterator[Reading]:
    """Yield the readings of the medicine itself: its concept, or those of the Medication that it refers to."""
    for concept in (obj(resource, "medicationCodeableConcept"), obj(obj(resource, "medication"), "concept")):
        if concept:
            yield read_concept(concept, terms)
    reference = text(obj(resource, "medicationReference"), "reference") or text(
        obj(obj(resource, "medication"), "reference"), "reference"
    )
    reference = reference.partition("/_history/")[0]
    medication = contained.get(reference) or contained.get("/".join(reference.rsplit("/", 2)[-2:]))
    if medication is None:
        display = text(obj(resource, "medicationReference"), "display")
        if display:
            yield read_concept({"text": display}, terms)
        return
    code = obj(medication, "code")
    if code:
        yield read_concept(code, terms)
    for ingredient in items(medication, "ingredient"):
        item = obj(ingredient, "item")
        concept = obj(ingredient, "itemCodeableConcept") or obj(item, "concept")
        yield read_concept(
            concept or _substance(obj(ingredient, "itemReference") or obj(item, "reference"), contained), terms
        )


def _substance(reference: Json, contained: Mapping[str, Json]) -> Json:
    """Return the concept of an ingredient that is referred to: of a substance within the resource, or by its name."""
    address = text(reference, "reference")
    found = contained.get(address) if address.startswith("#") else None
    code = obj(found, "code") if found is not None else {}
    return obj(code, "concept") or code or {"text": text(reference, "display")}


def medicine_said(reading: Reading, use: Use, resource: Json, origin: Origin, terms: Terms) -> Iterator[Said]:
    """Yield what follows for the facts of a medicine, its route considered."""
    route = _route(resource, reading, terms)
    for meant in reading.meant:
        yield from _meant_said(meant, use, route, _is_daily(resource), reading.label, origin, terms)


def other_medicines(readings: Sequence[Reading], use: Use, origin: Origin, terms: Terms) -> Iterator[Said]:
    """Yield what is said of the medicines of a resource that no fact knows, by their names in the record.

    Of a product with a part that is known, the parts that are not are told, and not its own name again.
    """
    unknown = [reading for reading in readings if not any(_is_told(meant, terms) for meant in reading.meant)]
    wanted = (
        unknown[:1]
        if len(unknown) == len(readings)
        else [one for one in unknown if one.label and one is not readings[0]]
    )
    for reading in wanted:
        if name := reading.label or next(iter(reading.codes), ""):
            yield _said(name[:120], use.taken, use.weak, use, name, origin)
    for reading in readings:
        for part in _parts_not_known(reading, terms):
            yield _said(part[:120], use.taken, use.weak, use, reading.label, origin)


def _is_told(meant: Meant, terms: Terms) -> bool:
    """Whether a medicine that a fact knows is named, or something is said in a way that says nothing of this person."""
    return terms.facts[meant.fact].kind == "medicine" or meant.sense in SAYS_NOTHING or meant.sense == "absent"


def use_of(resource: Json, kind: str, day: Day | None, until: Day | None) -> Use | None:
    """Return what the status and dates of a medication resource say; None when it says nothing."""
    status = text(resource, "status")
    if status in _NEVER_COUNTS or text(resource, "intent") in _PLANS or resource.get("doNotPerform") is True:
        return None
    if status in _NOT_TAKEN and kind in _SINGLE:
        return Use(UNKNOWN, UNKNOWN, True, day, until)  # one dose or one supply less: others may have been given
    if status in _NOT_TAKEN:
        return Use(FALSE, FALSE, status != "not-taken", day, until)
    if status == "intended":
        return Use(UNKNOWN, UNKNOWN, False, day, until)
    if status in _TAKEN:
        return Use(TRUE, TRUE, False, day, until)
    if kind == "MedicationAdministration" and status == "completed":
        # One dose was given: on that day the medicine is taken, and later it is not known whether more followed.
        return Use(TRUE if day is not None else UNKNOWN, TRUE, False, day, until or day, once=True)
    if status in _ENDED:
        # A dispense or a statement that is complete says that it was given; whether it goes on is not known.
        return Use(UNKNOWN if kind == "MedicationDispense" else FALSE, TRUE, True, day, until)
    return Use(UNKNOWN, UNKNOWN, False, day, until)


def _meant_said(
    meant: Meant, use: Use, route: str, is_daily: bool, label: str, origin: Origin, terms: Terms
) -> Iterator[Said]:
    fact = terms.facts[meant.fact]
    if fact.kind not in {"medicine", *EVER} or meant.sense in SAYS_NOTHING:
        return
    taken, ever, weak = use.taken, use.ever, use.weak
    if meant.sense == "absent":
        taken = ever = FALSE
        use = replace(use, ever=FALSE)
    elif meant.sense in {"uncertain", "unlikely", "foreign"}:
        taken = ever = UNKNOWN
    elif meant.sense == "past":
        taken, weak = FALSE, True
    if fact.kind in EVER:
        yield _said(meant.fact, ever, False, use, label, origin)
        return
    if fact.routes and route not in fact.routes:
        if route:
            return
        taken = UNKNOWN if taken is TRUE else taken
    given = (meant.fact, *_kinds_by_route(meant.fact, route, terms), *_kind_by_schedule(meant.fact, is_daily, terms))
    for name in given:
        yield _said(name, taken, weak, use, label, origin)
    for exposure in dict.fromkeys(exposure for name in given for exposure in _exposures(name, terms)):
        if not terms.facts[exposure].routes or route in terms.facts[exposure].routes:
            yield _said(exposure, ever, False, use, label, origin)
        elif not route and ever is TRUE:
            yield _said(exposure, UNKNOWN, False, use, label, origin)


def _said(fact: str, truth: Truth, weak: bool, use: Use, label: str, origin: Origin) -> Said:
    value = Value(truth=truth, said=label[:120], origins=(origin,))
    time = use.day.latest if use.day else ""
    was = truth is FALSE and use.ever is TRUE
    return Said(fact, value, day=use.day, time=time, until=use.until, weak=weak, once=use.once, was_there=was)


def _kinds_by_route(fact: str, route: str, terms: Terms) -> tuple[str, ...]:
    """Return the kinds of a medicine that it is when given by this route: calcium gluconate injected, not swallowed.

    Its kinds by route are named after it; the members of a class are medicines of their own.
    """
    if not route:
        return ()
    kinds = (kind for kind in sorted(terms.related.get(fact, ())) if kind.startswith(f"{fact}_"))
    return tuple(kind for kind in kinds if route in terms.facts[kind].routes)


def _kind_by_schedule(fact: str, is_daily: bool, terms: Terms) -> tuple[str, ...]:
    """Return the kind of a medicine that it is when taken every day, which is named after it."""
    kind = f"{fact}_daily"
    return (kind,) if is_daily and kind in terms.facts else ()


HOURS = {"s": 1 / 3600, "min": 1 / 60, "h": 1.0, "d": 24.0, "wk": 168.0, "mo": 730.0, "a": 8760.0}
_DAY = 24.0
_DAILY_CODES = frozenset({"QD", "BID", "TID", "QID", "AM", "PM", "BED", "Q1H", "Q2H", "Q3H", "Q4H", "Q6H", "Q8H"})


def _is_daily(resource: Json) -> bool:
    """Whether a schedule says that it is taken every day or oftener: its period, its code or its words."""
    return any(_timed_daily(dosage) or _said_daily(text(dosage, "text")) for dosage in _dosages(resource))


def _said_daily(words: str) -> bool:
    return _DAILY.search(words) is not None and _WEEKLY.search(words) is None


def _timed_daily(dosage: Json) -> bool:
    timing = obj(dosage, "timing")
    repeat = obj(timing, "repeat")
    period, frequency, unit = repeat.get("period"), repeat.get("frequency") or 1, text(repeat, "periodUnit")
    codes = {text(coding, "code").upper() for coding in items(obj(timing, "code"), "coding")}
    if not codes.isdisjoint(_DAILY_CODES):
        return True
    if isinstance(period, bool) or not isinstance(period, int | float) or not isinstance(frequency, int | float):
        return False
    days = len(items(repeat, "dayOfWeek")) or len(repeat.get("dayOfWeek") or ())
    return unit in HOURS and not 0 < days < 7 and period * HOURS[unit] / max(frequency, 1) <= _DAY


_DAILY = re.compile(r"\b(?:daily|(?:every|each|once (?:a|per|each)) day|per day)\b", re.IGNORECASE)
_WEEKLY = re.compile(r"week|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", re.IGNORECASE)


_PART = re.compile(r"(?<=[a-z]{5})/(?=[A-Za-z][a-z]{4})|\s/\s|[+&]|\band\b")
_NAME = re.compile(r"[A-Za-z][a-z-]{4,}+")
"""A substance begins with a word of some length: "MG/ML" is none, and neither is "160 mg"."""


def _parts_not_known(reading: Reading, terms: Terms) -> Iterator[str]:
    """Yield the substances that a name of several lists and of which none is known."""
    parts = _PART.split(reading.label)
    if len(parts) < 2 or not any(terms.facts[meant.fact].kind == "medicine" for meant in reading.meant):
        return
    for part in parts:
        if (name := _NAME.match(part.strip())) and not terms.matcher.mentions(part):
            yield name[0]


@lru_cache(maxsize=4096)
def _exposures(fact: str, terms: Terms) -> tuple[str, ...]:
    """Return the exposures that having been given this medicine is a kind of."""
    return tuple(
        name for name, kinds in sorted(terms.related.items()) if fact in kinds and terms.facts[name].kind in EVER
    )


def _dosages(resource: Json) -> Iterator[Json]:
    """Yield the dosages of a medication resource; an administration has one, the others lists."""
    yield from items(resource, "dosageInstruction")
    if isinstance(resource.get("dosage"), dict):
        yield obj(resource, "dosage")
    else:
        yield from items(resource, "dosage")


def _route(resource: Json, reading: Reading, terms: Terms) -> str:
    """Return the route by the dosage, else by the words of the medicine's name."""
    for dosage in _dosages(resource):
        concept = obj(dosage, "route")
        words = [
            text(concept, "text"),
            *(text(coding, "display") for coding in items(concept, "coding")),
            text(dosage, "text"),
        ]
        for said in words:
            if said and (route := terms.route(said)):
                return route
    return reading.route
