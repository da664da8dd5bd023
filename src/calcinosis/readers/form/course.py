"""What a form says of the course of things: sizes of single deposits and wounds, doses, beginnings and ends."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.person.dates import DateError, Day, parse_date
from calcinosis.person.history import LesionEvent, Prescription
from calcinosis.quantities.parse import parts
from calcinosis.readers.form.answers import Question
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.terminology.places import UNKNOWN_PLACE
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE
from calcinosis.words.en import inputs

_BY = re.compile(r"by\s+(?P<method>\S.*)$", re.IGNORECASE)
_DETAIL = re.compile(r"(?P<what>since|from|started|until|stopped|because|dose)\s+(?P<rest>\S.*)$", re.IGNORECASE)
_AND = re.compile(r"(?<!\s)(?:\s++and\s++|\s*+[+&]\s*+)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]")
_BEGINS, _ENDS = frozenset({"since", "from", "started"}), frozenset({"until", "stopped"})


class LesionAsked(Struct, frozen=True):
    """A line of a form that asks for the size of one lesion: the fact, and the words of its place."""

    fact: Fact
    place: str


def lesion_asked(key: str, terms: Terms) -> LesionAsked | None:
    """Return the lesion that a key names, as in `deposit right elbow`; None without a kind and a known place."""
    noun, _, place = key.strip().replace("_", " ").partition(" ")
    fact = terms.facts.get(terms.courses.lesions.get(noun.lower(), ""))
    places = terms.places.in_words(place) if fact is not None and place else ()
    if fact is None or len(places) != 1 or places[0].startswith(UNKNOWN_PLACE):
        return None
    return LesionAsked(fact, " ".join(place.split()))


class LesionAnswer(Struct, frozen=True):
    """What a form says of one lesion: its size (0 where it is found no more), the method, and what became of it."""

    size: Value | None
    method: str
    event: LesionEvent | None


def lesion_answer(question: Question, asked: LesionAsked, answer: object) -> LesionAnswer:
    """Return what is said of a lesion: `52 mm, by ct`, `healed`, `27 mm, split from left thigh`."""
    told = [one.strip() for one in parts(str(answer or ""))]
    method = next((match["method"] for one in told if (match := _BY.match(one))), "")
    events = {one: how for one in told if (how := question.terms.courses.lineage_of(one))}
    event = next((_event(question, asked, one, how) for one, how in events.items()), None)
    rest = [one for one in told if not _BY.match(one) and one not in events]
    size = _size(question, rest) if rest or event is None else None
    return LesionAnswer(size, method, event)


def _event(question: Question, asked: LesionAsked, told: str, how: Literal["split", "merged"]) -> LesionEvent:
    from_what = told.partition(" from ")[2]
    of = tuple(one.strip() for one in _AND.split(from_what) if one.strip())
    origin = Origin("question", question.key)
    return LesionEvent(how=how, reference="", place=asked.place, of=of, says=told[:120], origin=origin)


def _size(question: Question, rest: list[str]) -> Value | None:
    if len(rest) == 1 and question.terms.courses.is_gone(rest[0]):
        origins = (Origin("question", question.key),)
        return Value(truth=TRUE, low=0.0, high=0.0, said=rest[0], origins=origins)
    value = question.value(", ".join(rest))
    return None if value is None else replace(value, origins=(Origin("question", question.key),))


def medicine_answer(question: Question, answer: object) -> tuple[Value | None, Prescription | None, Day | None]:
    """Return whether a medicine is taken, what is told of its course, and since which day; what is wrong is told."""
    first, *details = [one.strip() for one in parts(str(answer))]
    value = question.value(first)
    if value is None or not details:
        return value, None, None
    found: dict[str, str] = {}
    key = ""
    for detail in details:
        match = _DETAIL.match(detail)
        if match is None and key == "because" and not _NUMBER.search(detail):
            found[key] = f"{found[key]}, {detail}"  # a reason of several parts
            continue
        what = match["what"].lower() if match else "dose"
        key = "start" if what in _BEGINS else "stop" if what in _ENDS else what
        found[key] = match["rest"] if match else detail
    start, stop = (_day(question, found[key]) if key in found else None for key in ("start", "stop"))
    because = found.get("because", "")
    is_pause = any(question.terms.courses.is_pause(one) for one in (because, found.get("dose", "")) if one)
    if is_pause and value.truth is FALSE and not _NUMBER.search(found.get("dose", "")):
        because = because or found.pop("dose")
    prescription = Prescription(
        kind="statement",
        medicines=(question.fact.id,),
        name=question.fact.name,
        state="active" if value.truth is TRUE else "ended" if value.truth is FALSE else "unknown",
        start=start,
        stop=stop,
        dose=found.get("dose", "")[:120],
        stopped_because=because[:120],
        stopped_for=tuple(one.fact for one in question.terms.matcher.mentions(because)) if because else (),
        is_pause=is_pause,
        dated=start is not None,
        origin=Origin("question", question.fact.id),
    )
    return value, prescription, start


def _day(question: Question, written: str) -> Day | None:
    try:
        return parse_date(written)
    except DateError as error:
        question.document.report((question.key,), str(error), inputs.A_DAY)
        return None
