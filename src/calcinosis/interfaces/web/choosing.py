"""Which rows of the table of many records are shown: those of a type, and those with a danger sign."""

from __future__ import annotations

from msgspec import Struct

from calcinosis.interfaces.web.people import URGENCIES, Person
from calcinosis.interfaces.web.words import words
from calcinosis.words.en.report import URGENCY

ANY, NONE = "any", "none"


class Choice(Struct, frozen=True):
    """What is asked for; an empty name asks for all."""

    type: str = ""
    danger: str = ""

    def fits(self, person: Person) -> bool:
        """Whether a row is asked for."""
        return self.type in {"", person.type} and self.danger in _dangers_of(person)


class Option(Struct, frozen=True):
    """Something that can be asked for, and how many rows have it."""

    name: str
    label: str
    count: int


class Chosen(Struct, frozen=True):
    """The rows that are asked for, of how many, and what else can be asked for."""

    choice: Choice
    rows: tuple[Person, ...]
    count: int
    types: tuple[Option, ...]
    dangers: tuple[Option, ...]


def chosen_rows(people: list[Person], asked_for: Choice) -> Chosen:
    """Return the rows that a choice leaves, in their order; what no row has is not asked for."""
    types, dangers = _types(people), _dangers(people)
    choice = Choice(_known(asked_for.type, types), _known(asked_for.danger, dangers))
    return Chosen(choice, tuple(filter(choice.fits, people)), len(people), types, dangers)


def _known(name: str, options: tuple[Option, ...]) -> str:
    return name if any(option.name == name for option in options) else ""


def _types(people: list[Person]) -> tuple[Option, ...]:
    """Return the types that lead in some row, the commonest first."""
    labels = {person.type: person.type_name for person in people}
    counts = {name: sum(person.type == name for person in people) for name in labels}
    return tuple(Option(name, labels[name], counts[name]) for name in sorted(labels, key=lambda name: -counts[name]))


def _dangers(people: list[Person]) -> tuple[Option, ...]:
    """Return that there is one, that there is none, and each danger sign of some row, the most urgent first."""
    texts = words()["many"]["choose_danger"]
    counts = {name: sum(name in _dangers_of(person) for person in people) for name in (ANY, NONE)}
    signs = sorted(
        {sign for person in people for sign in person.signs}, key=lambda sign: (URGENCIES.index(sign[2]), sign[1])
    )
    found = [Option(name, texts[name], count) for name, count in counts.items()]
    for name, label, urgency in signs:
        label = texts["sign"].format(urgency=URGENCY[urgency].capitalize(), name=label)
        found.append(Option(name, label, sum(name in _dangers_of(one) for one in people)))
    return tuple(option for option in found if option.count)


def _dangers_of(person: Person) -> set[str]:
    """Return everything that can be asked for of the dangers of a row."""
    return {"", ANY if person.signs else NONE, *(name for name, _, _ in person.signs)}
