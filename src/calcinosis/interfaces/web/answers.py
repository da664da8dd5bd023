"""What was answered: from the fields of a page or a saved form, and back to the form that the reader reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.compiled import Knowledge
from calcinosis.errors import InputError
from calcinosis.interfaces.web.form_design import OTHER, OWN, unit_in, units_of
from calcinosis.interfaces.web.words import words
from calcinosis.person.record import Record, doubted_unit
from calcinosis.quantities.parse import Amount, AmountError, number_at, readings
from calcinosis.quantities.units import UnitError
from calcinosis.readers.form.answers import UNIT_CONFIRMED
from calcinosis.readers.form.form import form_record
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE
from calcinosis.truth import UNKNOWN as NOT_SURE
from calcinosis.words.en.quantities import amount, amount_range, unit_offered

UNKNOWN = "unknown"
_KEPT = ("id", "as_of")
_LONGEST = 200
"""Letters of one answer."""
_PLAIN = re.compile(r"^\w[\w .,/%()+-]*+$")
_FLAGS = frozenset({"high", "low", "normal"})
_TRUTHS = {TRUE: "yes", FALSE: "no", NOT_SURE: "suspected"}
_LOOKS_LIKE_DIGIT = str.maketrans("OoIlSB", "001158")


class Answers(Struct):
    """The answers by fact as they were typed, with their units; ``asked`` and ``added`` say where they stand.

    ``typed`` is a name to add that is not known, by its group, ``matched`` are the groups in which one was added, and
    ``rest`` is what a saved form says beside number and unit, such as the limit of the laboratory. ``sure`` are the
    numbers that are meant as they stand, ``doubts`` the units that others fit better, ``system`` how units are counted.
    """

    values: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    rest: dict[str, str] = field(default_factory=dict)
    sure: dict[str, str] = field(default_factory=dict)
    system: str = OWN
    doubts: dict[str, str] = field(default_factory=dict)
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
        elif key == "sure" and value.partition(" ")[0] in facts:
            fact, _, number = value.partition(" ")
            found.sure[fact] = number
        elif name in facts and part in {"", "unit", "rest"}:
            {"": found.values, "unit": found.units, "rest": found.rest}[part][name] = value
    return found


def count_in(found: Answers, system: str, before: str, knowledge: Knowledge) -> None:
    """Count in a system of units; what was typed while another was chosen is meant in this one."""
    found.system = system if system in {OWN, OTHER} else OWN
    for name, unit in found.units.items():
        fact = knowledge.library.facts[name]
        if before in {OWN, OTHER} and before != found.system and unit == unit_in(fact, before, knowledge.terms):
            found.units[name] = unit_in(fact, found.system, knowledge.terms)


def answers_from_form(text: str, name: str, knowledge: Knowledge) -> Answers:
    """Return what a saved form answers. Raises InputError for a form that cannot be read."""
    record = form_record(text, name, knowledge.terms)
    kept = {"id": record.id, "as_of": record.last_day}
    found = Answers(kept={key: value for key, value in kept.items() if value})
    for said in record.said:
        _take(found, knowledge, knowledge.library.facts[said.fact], said.value)
    return found


def _take(found: Answers, knowledge: Knowledge, fact: Fact, value: Value) -> None:
    """Note one answer of a saved form, a quantity in its parts."""
    found.added.append(fact.id)
    number = number_at(value.said, 0) if fact.kind == "quantity" and not value.flag else None
    if number is None:
        found.values[fact.id] = value.flag or value.word or _TRUTHS[value.truth]
        return
    codes = {unit.words: unit.code for unit in units_of(fact, knowledge.terms)}
    limits = {"lower_limit": value.lower_limit, "upper_limit": value.upper_limit}
    found.values[fact.id], unit = value.said[: number.end].strip(), value.said[number.end :].strip()
    found.units[fact.id] = codes.get(unit, unit or fact.unit)
    if value.unit_confirmed:
        found.sure[fact.id] = found.values[fact.id]
    found.rest[fact.id] = "".join(
        f", {side} {limit:.12g} {fact.unit}" for side, limit in limits.items() if limit is not None
    )


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
    answers.errors, answers.doubts = {}, {}
    for name, value in answers.given.items():
        error = _error(answers, facts[name], value, knowledge)
        if error:
            answers.errors[name] = error
    record = form_record(form_text(answers, facts) or "{}", "form", knowledge.terms)
    doubts = ((said.fact, doubted_unit(facts[said.fact], said.value)) for said in record.said)
    answers.doubts |= {fact: other for fact, other in doubts if other}
    others = dict(_usual_elsewhere(answers, record, knowledge))
    answers.doubts |= others
    return replace(record, said=tuple(said for said in record.said if said.fact not in others))


def _usual_elsewhere(answers: Answers, record: Record, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield the values that are unusual in their unit and usual in that of the other system, with that unit.

    Asked are those whose units the knowledge knows to be mistaken for one another.
    """
    for said in record.said:
        fact, value = knowledge.library.facts[said.fact], said.value
        own, other = (unit_in(fact, system, knowledge.terms) for system in (OWN, OTHER))
        unit, span = answers.units.get(fact.id, ""), fact.usual_span
        if not fact.doubtful or value.unit_confirmed or span is None or unit not in {own, other}:
            continue
        elsewhere = other if unit == own else own
        scale = knowledge.terms.scale(fact, elsewhere) / knowledge.terms.scale(fact, unit)
        if not _is_usual(value, span) and _is_usual(value, span, scale):
            yield fact.id, elsewhere


def _is_usual(value: Value, span: tuple[float, float, float], scale: float = 1.0) -> bool:
    low, high = value.low, value.high
    return low is not None and high is not None and span[0] <= low * scale <= high * scale <= span[1]


def _answer(answers: Answers, fact: Fact, value: str) -> str:
    if fact.kind != "quantity" or value.lower() in _FLAGS:
        return value
    amount = _amount(value)
    unit = answers.units.get(fact.id) or fact.unit if amount is None or not amount.unit else ""
    sure = f", {UNIT_CONFIRMED}" if answers.sure.get(fact.id) == value else ""
    return f"{value} {unit}".strip() + answers.rest.get(fact.id, "") + sure


def _amount(value: str) -> Amount | None:
    """Return the number that stands in a field; None for what is no number."""
    try:
        return readings(value)[0]
    except AmountError:
        return None


def _is_number(value: str, fact: Fact, terms: Terms) -> bool:
    """Whether a number stands in a field, alone or with a unit: the unit has a field of its own."""
    amount = _amount(value)
    try:
        return amount is not None and (not amount.unit or terms.scale(fact, amount.unit) > 0)
    except UnitError:
        return False


def _error(answers: Answers, fact: Fact, value: str, knowledge: Knowledge) -> str:
    """Return what is wrong with an answer, said for the field that holds it."""
    texts, terms = words()["form"], knowledge.terms
    if fact.kind == "quantity" and value.lower() not in _FLAGS and not _is_number(value, fact, terms):
        meant = value.translate(_LOOKS_LIKE_DIGIT)
        remedy = texts["did_you_mean"].format(meant=meant) if meant != value and _is_number(meant, fact, terms) else ""
        return f"{texts['no_number'].format(said=value)} {remedy}".strip()
    if outside := _outside(answers, fact, value, terms):
        return outside
    try:
        form_record(f"{fact.id}: {_quoted(_answer(answers, fact, value))}\n", "form", knowledge.terms)
    except InputError as error:
        return str(texts["expected"].format(said=value, expected=error.problems[0].expected))
    return ""


def _outside(answers: Answers, fact: Fact, value: str, terms: Terms) -> str:
    """Return that a number cannot be, with what can be in its unit; the other unit, in which it could, is noted."""
    found = _amount(value)
    if (
        fact.kind != "quantity"
        or fact.plausible is None
        or found is None
        or found.low is None
        or found.low != found.high
    ):
        return ""
    low, high = fact.plausible
    scales = {unit.code: unit.factor for unit in units_of(fact, terms)}
    chosen = found.unit or answers.units.get(fact.id) or fact.unit
    if chosen not in scales or low <= found.low * scales[chosen] <= high:
        return ""
    texts = words()["form"]
    lowest, highest = (
        (float(f"{limit / scales[chosen]:.2g}") if chosen != fact.unit else limit) for limit in (low, high)
    )
    possible = amount_range(lowest, highest, chosen)
    says = str(texts["outside"].format(number=amount(found.low, chosen), possible=possible))
    system = OTHER if chosen == unit_in(fact, OWN, terms) else OWN
    other = unit_in(fact, system, terms)
    if other == chosen or other not in scales or not low <= found.low * scales[other] <= high:
        return says
    if not found.unit:
        answers.doubts[fact.id] = other
    return f"{says} {texts['did_you_mean'].format(meant=unit_offered(other))}"


def _quoted(value: str) -> str:
    return value if _PLAIN.match(value) else json.dumps(value, ensure_ascii=False)
