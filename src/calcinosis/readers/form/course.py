"""What a form says of the course of things: sizes of single deposits and wounds, doses, beginnings and ends."""

from __future__ import annotations

import re
from dataclasses import replace

from calcinosis.data_classes import dataclass
from calcinosis.person.dates import DateError, Day, parse_date
from calcinosis.person.history import Prescription
from calcinosis.quantities.parse import parts
from calcinosis.readers.form.answers import Question
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.terminology.places import UNKNOWN_PLACE
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE
from calcinosis.words.en import inputs

_BY = re.compile(r"by\s+(?P<method>\S.*)$", re.IGNORECASE)
_DETAIL = re.compile(r"(?P<what>since|from|started|until|stopped|because|dose)\s+(?P<rest>\S.*)$", re.IGNORECASE)
_BEGINS, _ENDS = frozenset({"since", "from", "started"}), frozenset({"until", "stopped"})


@dataclass(frozen=True, slots=True)
class LesionAsked:
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


def lesion_answer(question: Question, answer: object) -> tuple[Value | None, str]:
    """Return the size of a lesion, 0 where it is found no more, and by which method it was measured."""
    told = [one.strip() for one in parts(str(answer or ""))]
    method = next((match["method"] for one in told if (match := _BY.match(one))), "")
    rest = [one for one in told if not _BY.match(one)]
    if len(rest) == 1 and question.terms.courses.is_gone(rest[0]):
        origins = (Origin("question", question.key),)
        return Value(truth=TRUE, low=0.0, high=0.0, said=rest[0], origins=origins), method
    value = question.value(", ".join(rest))
    return (None if value is None else replace(value, origins=(Origin("question", question.key),))), method


def medicine_answer(question: Question, answer: object) -> tuple[Value | None, Prescription | None, Day | None]:
    """Return whether a medicine is taken, what is told of its course, and since which day; what is wrong is told."""
    first, *details = [one.strip() for one in parts(str(answer))]
    value = question.value(first)
    if value is None or not details:
        return value, None, None
    found: dict[str, str] = {}
    for detail in details:
        match = _DETAIL.match(detail)
        what = match["what"].lower() if match else "dose"
        key = "start" if what in _BEGINS else "stop" if what in _ENDS else what
        found[key] = match["rest"] if match else detail
    start, stop = (_day(question, found[key]) if key in found else None for key in ("start", "stop"))
    because = found.get("because", "")
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
        is_pause=bool(because) and question.terms.courses.is_pause(because),
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
