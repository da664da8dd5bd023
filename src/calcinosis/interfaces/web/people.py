"""Several records to a table with a row a person, sorted, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import get_args

from msgspec import Struct

from calcinosis.errors import InputError, Problem
from calcinosis.interfaces.web.records import Assessed, assessed
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.uploads import Upload
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Urgency
from calcinosis.report.document import Head
from calcinosis.report.head import fitting_look_alike, head_of, leading_type
from calcinosis.report.row import row_of
from calcinosis.words.en.report import LOOK_ALIKE_LABEL, SEX, age_words

URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
_SURE = ("established", "provisional", "conflicting", "undetermined", "not-supported", "excluded")
FIRST_SORT = "danger"


class Person(Struct, frozen=True, kw_only=True):
    """One row: who, the danger, the type, how sure, what should not be taken, and what comes next.

    ``signs`` are the dangers by id, with name and urgency; ``type`` is the id of what leads, ``kind`` names it.
    """

    place: int
    name: str
    who: str
    age: float
    type: str
    type_name: str
    kind: str
    signs: tuple[tuple[str, str, Urgency], ...]
    head: Head
    avoid: tuple[str, ...]

    @property
    def urgency(self) -> int:
        """How soon someone has to act, 0 first."""
        return min((URGENCIES.index(danger.urgency) for danger in self.head.dangers), default=len(URGENCIES))


class People(Struct, frozen=True):
    """The records that were read, and the problems of those that were not."""

    found: tuple[Assessed, ...]
    problems: tuple[Problem, ...]

    def rows(self, places: Iterable[int]) -> list[dict[str, object]]:
        """Return the rows of some records as they are downloaded, in the order in which they came."""
        chosen = [self.found[place] for place in sorted(places)]
        return [row_of(one.assessment, _stem(one.name)) for one in chosen]


def read_people(uploads: Iterable[Upload], settings: Settings) -> People:
    """Return the assessments of the records that can be read, and what is wrong with the others."""
    found: list[Assessed] = []
    problems: list[Problem] = []
    for upload in uploads:
        try:
            found.append(assessed(upload, settings))
        except InputError as error:
            problems.extend(error.problems)
    return People(tuple(found), tuple(problems))


SORTS: dict[str, Callable[[Person], tuple[object, ...]]] = {
    "name": lambda person: (person.name.lower(),),
    "age": lambda person: (person.age, person.name.lower()),
    "danger": lambda person: (person.urgency, person.kind, person.name.lower()),
    "type": lambda person: (person.kind, person.name.lower()),
    "sure": lambda person: (_sure(person), person.name.lower()),
}
"""What the table can be sorted by; a minus before the name turns the order round."""


def sorted_people(people: People, sort: str) -> list[Person]:
    """Return the rows in an order."""
    rows = [_person(place, one) for place, one in enumerate(people.found)]
    return sorted(rows, key=SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))


def _person(place: int, one: Assessed) -> Person:
    assessment = one.assessment
    leading, look_alike, texts = leading_type(assessment), fitting_look_alike(assessment), words()["many"]
    type_, name = (leading.id, leading.name) if leading else ("no-type", texts["no_type"])
    kind = name
    if look_alike:
        type_, name = "look-alike", texts["look_alike"]
        kind = LOOK_ALIKE_LABEL.format(name=look_alike.name)
    age, sex = assessment.record.age, SEX.get(assessment.record.sex, "")
    return Person(
        place=place,
        name=_stem(one.name),
        who=", ".join(part for part in (age_words(age) if age is not None else "", sex.lower()) if part),
        age=-1.0 if age is None else age,
        type=type_,
        type_name=name,
        kind=kind,
        signs=tuple((flag.id, flag.name, flag.urgency) for flag in assessment.red_flags),
        head=head_of(assessment),
        avoid=tuple(item.name for item in assessment.stop),
    )


def _sure(person: Person) -> int:
    mark = person.head.how_sure.mark
    return _SURE.index(mark) if mark in _SURE else len(_SURE)


def _stem(name: str) -> str:
    """Return the name of a file as a person would call it."""
    return PurePath(name.replace("\\", "/")).stem or name
