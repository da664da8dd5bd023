"""A YAML form to a Record: one line a fact, `warfarin: no`, `phosphate: 7.4 mg/dL, upper_limit 4.5 mg/dL`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from calcinosis.errors import InputError, Problem
from calcinosis.library.read import Document, parse_yaml
from calcinosis.patient.dates import DateError, Day, parse_date
from calcinosis.patient.record import Record
from calcinosis.patient.said import Said
from calcinosis.patient.terms import Terms
from calcinosis.rules.check import nearest
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN
from calcinosis.units import UnitError

_YES = frozenset({"yes", "true", "present", "positive", "proven", "y"})
_NO = frozenset({"no", "false", "absent", "negative", "n", "none"})
_NOT_KNOWN = frozenset({"not known", "unknown", "?", "not_known", ""})
_AMOUNT = re.compile(r"^\s*(<=|>=|<|>)?\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*?)\s*$")
_KEYS = frozenset({"id", "as_of"})
_WORDS: dict[bool | None, str] = {True: "yes", False: "no", None: ""}
_FLAGS = ("high", "low", "normal")
_ABOVE = re.compile(r"^(\w+[ \t]*:[ \t]+)(>=?[ \t]*\d[^\"#\n]*?)(?=[ \t]*(?:#.*)?$)", re.MULTILINE)
"""An answer such as `> 4.5 mg/dL`, which YAML would take for the start of a long text."""
_LONGEST = 128 * 1024
"""Characters of a form; one that answers every question has a quarter of them."""
_MOST_BRACKETS = 100
_MOST_SUGGESTIONS = 20


def form_record(text: str, name: str, terms: Terms) -> Record:
    """Return the record that a form describes. Raises InputError with every problem of the form."""
    if len(text) > _LONGEST or max(text.count("["), text.count("{")) > _MOST_BRACKETS:
        found = f"more than {_LONGEST // 1024} kB" if len(text) > _LONGEST else f"more than {_MOST_BRACKETS} brackets"
        raise InputError([Problem(name, 0, found, "a form: one line a fact, such as `warfarin: no`")])
    document = parse_yaml(_ABOVE.sub(r'\1"\2"', text), name)
    data = document.data
    if not document.problems and not isinstance(data, dict):
        document.report((), "no list of answers", "one line a fact, such as `warfarin: no`")
    said = [] if document.problems else list(_answers(data, document, terms))
    as_of = _as_of(data, document) if isinstance(data, dict) else ""
    if document.problems:
        raise InputError(document.problems)
    return Record(id=str(data.get("id") or ""), source="form", said=tuple(said), last_day=as_of)


def looks_like_form(text: str) -> bool:
    """Whether a text is a form and not a note: its first lines are keys in one word, each with a short answer."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        return False
    keys = [re.match(r"^([A-Za-z]\w*)\s*:(\s|$)", line) for line in lines]
    return keys[0] is not None and sum(key is not None for key in keys) * 2 > len(lines)


def _as_of(data: Mapping[str, Any], document: Document) -> str:
    if "as_of" not in data:
        return ""
    try:
        return parse_date(str(data["as_of"])).latest
    except DateError as error:
        document.report(("as_of",), str(error), "a day such as 2026-11-22")
        return ""


def _answers(data: Mapping[str, Any], document: Document, terms: Terms) -> Iterator[Said]:
    askable = [name for name, fact in terms.facts.items() if fact.checked]
    for key, answer in data.items():
        if key in _KEYS:
            continue
        fact = terms.facts.get(key)
        if fact is None or not fact.checked:
            mention = terms.matcher.covers(key.replace("_", " "))
            remedy = ""
            if len(document.problems) < _MOST_SUGGESTIONS:
                remedy = f'did you mean "{mention.fact}"?' if mention else nearest(key, askable)
            document.report((key,), f'the question "{key}"', "a fact of the knowledge", remedy)
            continue
        value = _value(fact, answer, document, terms)
        if value is not None:
            yield Said(key, value)


def _value(fact: Fact, answer: Any, document: Document, terms: Terms) -> Value | None:
    origins = (Origin("question", fact.id),)
    words = {True: "yes", False: "no", None: ""}.get(answer) if isinstance(answer, bool | None) else str(answer).strip()
    words = words or ""
    if words.lower() in _NOT_KNOWN:
        return None
    if fact.kind == "quantity":
        return _quantity(fact, words, document, terms, origins)
    if fact.kind == "choice":
        return _choice(fact, words, document, origins)
    if words.lower() in _YES | _NO:
        return Value(truth=TRUE if words.lower() in _YES else FALSE, said=words, origins=origins)
    if words.lower() in {"suspected", "possible"}:
        return Value(truth=UNKNOWN, said=words, origins=origins)
    document.report((fact.id,), f"another answer to `{fact.id}`", "yes, no, suspected or not known")
    return None


def _choice(fact: Fact, words: str, document: Document, origins: tuple[Origin, ...]) -> Value | None:
    word = words.lower().replace(" ", "_").replace("-", "_")
    if word in fact.words:
        return Value(truth=TRUE, word=word, said=words, origins=origins)
    if word in _NO:
        return Value(truth=FALSE, said=words, origins=origins)
    expected = f"no, or one of {', '.join(fact.words)}"
    document.report((fact.id,), f"another answer to `{fact.id}`", expected, nearest(word, fact.words))
    return None


def _quantity(fact: Fact, words: str, document: Document, terms: Terms, origins: tuple[Origin, ...]) -> Value | None:
    first, *others = [part.strip() for part in words.split(",")]
    if first.lower() in _FLAGS:
        return Value(truth=TRUE, flag=first.lower(), said=first.lower(), origins=origins)  # type: ignore[arg-type]
    amount = _amount(fact, first, document, terms)
    if amount is None:
        return None
    number, sign = amount
    limits: dict[str, float | None] = {"lower_limit": None, "upper_limit": None}
    for other in others:
        side, _, rest = other.partition(" ")
        limit = _amount(fact, rest, document, terms) if side in {"upper_limit", "lower_limit"} else None
        if side not in {"upper_limit", "lower_limit"}:
            found = f"more than a number and its unit in `{fact.id}`"
            document.report((fact.id,), found, "`upper_limit number unit` or `lower_limit number unit` after the comma")
        elif limit is not None:
            limits[side] = limit[0]
    return Value(
        truth=TRUE,
        low=None if sign.startswith("<") else number,
        high=None if sign.startswith(">") else number,
        open_low=sign == ">",
        open_high=sign == "<",
        said=first,
        origins=origins,
        lower_limit=limits["lower_limit"],
        upper_limit=limits["upper_limit"],
    )


def _amount(fact: Fact, words: str, document: Document, terms: Terms) -> tuple[float, str] | None:
    """Return a number in the unit of the fact and its sign; what is wrong is reported."""
    match = _AMOUNT.match(words)
    unit = fact.unit.replace("{1.73_m2}", "1.73m2").replace("mm[Hg]", "mmHg")
    if match is None:
        document.report((fact.id,), f"no number in `{fact.id}`", f"a number with its unit, such as 5 {unit}")
        return None
    number, said_unit = float(match[2]), match[3]
    if not said_unit and fact.unit in {"a", "{INR}", "/min"}:
        said_unit = fact.unit
    if not said_unit:
        document.report((fact.id,), f"a number without a unit in `{fact.id}`", f"a unit of {fact.name}, such as {unit}")
        return None
    try:
        number *= terms.scale(fact, said_unit)
    except UnitError as error:
        document.report((fact.id,), str(error), f"a unit of {fact.name}, such as {unit}")
        return None
    least, most = fact.plausible or (-math.inf, math.inf)
    if not math.isfinite(number) or not least <= number <= most:
        found = f"a number that `{fact.id}` cannot have"
        document.report((fact.id,), found, f"a possible value: {least:g} to {most:g} {unit}")
        return None
    return number, match[1] or ""


def form_day(record: Record) -> Day | None:
    """Return the day that a form was filled for."""
    return parse_date(record.last_day) if record.last_day else None
