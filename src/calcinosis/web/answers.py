"""What was answered: from the fields of a page or a saved form, and back to the form that the reader reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from calcinosis.compiled import Knowledge
from calcinosis.errors import InputError
from calcinosis.library.read import parse_yaml
from calcinosis.patient.form import form_record
from calcinosis.patient.record import Record
from calcinosis.rules.vocabulary import Fact
from calcinosis.web.form_design import units_of
from calcinosis.web.words import words

UNKNOWN = "unknown"
_KEPT = ("id", "as_of")
_LONGEST = 200
"""Letters of one answer."""
_NUMBER = re.compile(r"^[<>]?=?\s*-?\d+(\.\d+)?$")
_SPLIT = re.compile(r"^([<>]?=?\s*-?[\d.]+(?:[eE][+-]?\d+)?)\s*([^,]*?)\s*(,.*)?$")
_PLAIN = re.compile(r"^[\w][\w .,/%()+-]*$")
_FLAGS = frozenset({"high", "low", "normal"})
_LOOKS_LIKE_DIGIT = str.maketrans("OoIlSB", "001158")


@dataclass(slots=True)
class Answers:
    """The answers by fact as they were typed, with their units; ``asked`` and ``added`` say where they stand.

    ``typed`` is a name to add that is not known, by its group, ``matched`` are the groups in which one was added, and
    ``rest`` is what a saved form says beside number and unit, such as the limit of the laboratory.
    """

    values: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    rest: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    matched: list[str] = field(default_factory=list)

    @property
    def given(self) -> dict[str, str]:
        """The answers that say something."""
        return {fact: value for fact, value in self.values.items() if value not in {"", UNKNOWN}}


def answers_from_fields(fields: Iterable[tuple[str, str]], facts: dict[str, Fact]) -> Answers:
    """Return what the fields of a page answer; fields of other purposes are left alone."""
    found = Answers()
    for key, value in fields:
        name, _, part = key.partition(".")
        value = value.strip()[:_LONGEST]
        if key in {"asked", "added"} and value in facts:
            (found.asked if key == "asked" else found.added).append(value)
        elif key in _KEPT and value:
            found.kept[key] = value
        elif name in facts and part in {"", "unit", "rest"}:
            {"": found.values, "unit": found.units, "rest": found.rest}[part][name] = value
    return found


def answers_from_form(text: str, name: str, knowledge: Knowledge) -> Answers:
    """Return what a saved form answers. Raises InputError for a form that cannot be read."""
    form_record(text, name, knowledge.terms)
    found = Answers()
    for key, value in dict(parse_yaml(text, name).data).items():
        words_ = {True: "yes", False: "no", None: ""}.get(value) if isinstance(value, bool | None) else str(value)
        if key in _KEPT:
            found.kept[key] = words_ or ""
            continue
        _take(found, knowledge, key, (words_ or "").strip())
    return found


def _take(found: Answers, knowledge: Knowledge, key: str, value: str) -> None:
    """Note one line of a saved form, a quantity in its parts."""
    fact = knowledge.library.facts[key]
    match = _SPLIT.match(value) if fact.kind == "quantity" else None
    if match is None:
        found.values[key] = value
    else:
        codes = {unit.words: unit.code for unit in units_of(fact, knowledge.terms)}
        found.values[key], found.rest[key] = match[1].strip(), match[3] or ""
        found.units[key] = codes.get(match[2], match[2])
    found.added.append(key)


def form_text(answers: Answers, facts: dict[str, Fact]) -> str:
    """Return the answers as a form, one line a fact."""
    lines = [f"{key}: {_quoted(value)}" for key, value in answers.kept.items()]
    for name, value in answers.given.items():
        if name not in answers.errors:
            lines.append(f"{name}: {_quoted(_answer(answers, facts[name], value))}")
    return "\n".join(lines) + "\n" if lines else ""


def read_answers(answers: Answers, knowledge: Knowledge) -> Record:
    """Return the record that the answers make; an answer that cannot be read is noted and left out."""
    facts = knowledge.library.facts
    answers.errors = {}
    for name, value in answers.given.items():
        error = _error(answers, facts[name], value, knowledge)
        if error:
            answers.errors[name] = error
    text = form_text(answers, facts)
    return form_record(text or "{}", "form", knowledge.terms)


def _answer(answers: Answers, fact: Fact, value: str) -> str:
    if fact.kind != "quantity" or value.lower() in _FLAGS:
        return value
    unit = answers.units.get(fact.id) or fact.unit
    return f"{_point(value)} {unit}{answers.rest.get(fact.id, '')}"


def _point(number: str) -> str:
    """Return a number with a decimal point, where a comma can only be one."""
    return number.replace(",", ".") if re.fullmatch(r"[<>]?=?\s*-?\d+,\d{1,2}", number) else number


def _error(answers: Answers, fact: Fact, value: str, knowledge: Knowledge) -> str:
    """Return what is wrong with an answer, said for the field that holds it."""
    texts = words()["form"]
    if fact.kind == "quantity" and value.lower() not in _FLAGS and not _NUMBER.match(_point(value)):
        meant = value.translate(_LOOKS_LIKE_DIGIT)
        remedy = texts["did_you_mean"].format(meant=meant) if meant != value and _NUMBER.match(meant) else ""
        return f"{texts['no_number'].format(said=value)} {remedy}".strip()
    try:
        form_record(f"{fact.id}: {_quoted(_answer(answers, fact, value))}\n", "form", knowledge.terms)
    except InputError as error:
        return str(texts["expected"].format(said=value, expected=error.problems[0].expected))
    return ""


def _quoted(value: str) -> str:
    return value if _PLAIN.match(value) else json.dumps(value, ensure_ascii=False)
