"""A YAML form to a Record: one line a fact, `warfarin: no`, `phosphate: 7.4 mg/dL, upper_limit 4.5 mg/dL`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from calcinosis.errors import InputError, Problem
from calcinosis.library.document import Document
from calcinosis.person.dates import DateError, parse_date
from calcinosis.person.history import History, LesionEvent, Prescription
from calcinosis.person.record import Record
from calcinosis.person.sayings import Remark, Said
from calcinosis.readers.form.answers import Question, says_over
from calcinosis.readers.form.course import lesion_answer, lesion_asked, medicine_answer
from calcinosis.readers.form.questions import Suggestions, about_the_form, fact_asked, parts_of
from calcinosis.rules.vocabulary import PAST, SUSPECTED, Value
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE
from calcinosis.words.en import inputs

_LONGEST = 128 * 1024
"""Characters of a form; one that answers every question has a quarter of them."""
_MOST_BRACKETS = 100


def form_record(text: str, name: str, terms: Terms) -> Record:
    """Return the record that a form describes. Raises InputError with every problem of the form."""
    if len(text) > _LONGEST or max(text.count("["), text.count("{")) > _MOST_BRACKETS:
        is_long = len(text) > _LONGEST
        found = inputs.more_than_kilobytes(_LONGEST // 1024) if is_long else inputs.more_brackets(_MOST_BRACKETS)
        raise InputError([Problem(name, 0, found, inputs.A_FORM)])
    from calcinosis.library.read import parse_yaml  # a record of another kind needs no YAML reader

    document = parse_yaml(_with_answers_above_quoted(text), name, numbers=False)
    data = document.data
    if not document.problems and not isinstance(data, dict):
        document.report((), inputs.NO_ANSWERS, inputs.ONE_LINE_A_FACT)
    prescriptions: list[Prescription] = []
    remarks: list[Remark] = []
    events: list[LesionEvent] = []
    said = [] if document.problems else list(_answers(data, document, terms, prescriptions, events, remarks))
    about = _about_itself(data, document) if isinstance(data, dict) else {}
    as_of = _as_of(about, document)
    if document.problems:
        raise InputError(document.problems)
    return Record(id=about.get("id", ("", ""))[1], source="form", said=tuple(said), last_day=as_of,
                  remarks=tuple(remarks),
                  history=History(prescriptions=tuple(prescriptions), lesion_events=tuple(events)))  # fmt: skip


def _with_answers_above_quoted(text: str) -> str:
    """Return a form with quotes around answers such as `> 4.5 mg/dL`, which YAML takes for the start of a long text."""
    return "\n".join(_quoted_above(line) if ">" in line else line for line in text.split("\n"))


def _quoted_above(line: str) -> str:
    key, answer = parts_of(line)
    told, comment, rest = answer.partition(" #")
    number = told.strip()
    if not number.startswith(">") or '"' in number or not number.lstrip(">= \t")[:1].isdigit():
        return line
    return f'{key}: "{number}"{comment}{rest}'


def _about_itself(data: Mapping[str, Any], document: Document) -> dict[str, tuple[str, str]]:
    """Return what the form says of itself, each with the key and the answer; what is said twice is told."""
    found: dict[str, tuple[str, str]] = {}
    for key, answer in data.items():
        about = about_the_form(key)
        if not about or answer is None:
            continue
        if about in found:
            document.report((key,), inputs.question_again(key, found[about][0]), inputs.EACH_FACT_ONCE)
        elif not isinstance(answer, str):
            document.report((key,), inputs.another_answer(key), inputs.ONE_WORD)
        else:
            found[about] = key, answer
    return found


def _as_of(about: Mapping[str, tuple[str, str]], document: Document) -> str:
    key, answer = about.get("as_of", ("", ""))
    if not key:
        return ""
    try:
        return parse_date(answer).latest
    except DateError as error:
        document.report((key,), str(error), inputs.A_DAY)
        return ""


def _answers(
    data: Mapping[str, Any],
    document: Document,
    terms: Terms,
    prescriptions: list[Prescription],
    events: list[LesionEvent],
    remarks: list[Remark],
) -> Iterator[Said]:
    suggestions = Suggestions(terms)
    asked: dict[str, str] = {}
    for key, answer in data.items():
        if about_the_form(key):
            continue
        fact = fact_asked(key, terms)
        lesion = lesion_asked(key, terms) if fact is None else None
        if lesion is not None:
            told = lesion_answer(Question(lesion.fact, key, document, terms, remarks), lesion, answer)
            events += [told.event] if told.event is not None else []
            if told.size is not None:
                yield Said(lesion.fact.id, told.size, site=lesion.place, method=told.method)
        elif fact is None:
            document.report((key,), inputs.question(key[:80]), inputs.A_KNOWN_FACT, suggestions.remedy(key))
        elif fact.id in asked:
            document.report((key,), inputs.question_again(key, asked[fact.id]), inputs.EACH_FACT_ONCE)
        else:
            asked[fact.id] = key
            question, since = Question(fact, key, document, terms, remarks), None
            if fact.kind == "medicine" and isinstance(answer, str) and "," in answer:
                value, prescription, since = medicine_answer(question, answer)
                prescriptions += [prescription] if prescription is not None else []
            else:
                value = question.value(answer)
            if value is not None:
                is_over = says_over(answer)
                yield Said(fact.id, value, day=since if value.truth is TRUE else None, weak=is_over)
                yield from _companions(fact.id, value, is_over, terms)


def _companions(fact: str, value: Value, is_over: bool, terms: Terms) -> Iterator[Said]:
    """Yield that a fact is over, or that somebody suspects it or denies it, where a rule asks for that."""
    name = PAST + fact if is_over else SUSPECTED + fact
    if name in terms.facts and (is_over or value.truth is not TRUE):
        yield Said(name, replace(value, truth=FALSE if value.truth is FALSE else TRUE))
