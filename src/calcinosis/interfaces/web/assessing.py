"""What the pages that assess one record answer, made where records are read: form, running result, result."""

from __future__ import annotations

from datetime import date

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError
from calcinosis.interfaces.web.answers import (
    Answers,
    answers_from_fields,
    answers_from_form,
    count_in,
    form_text,
    read_answers,
)
from calcinosis.interfaces.web.examples import Example
from calcinosis.interfaces.web.form_page import form_page
from calcinosis.interfaces.web.made import Made, made_page
from calcinosis.interfaces.web.names import GROUPS, Group, names_of
from calcinosis.interfaces.web.note_facts import Strikes, strikes_of
from calcinosis.interfaces.web.note_page import note_page
from calcinosis.interfaces.web.open_questions import open_page
from calcinosis.interfaces.web.pages import Asked
from calcinosis.interfaces.web.records import Assessed, assessed
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.uploads import Posted, Upload
from calcinosis.interfaces.web.words import words
from calcinosis.report.patient_page import patient_page
from calcinosis.report.renderers.html import as_html, report_values
from calcinosis.report.renderers.json import as_json, json_bytes
from calcinosis.words.en import patient as patient_words
from calcinosis.words.en import report as report_words
from calcinosis.words.en.documents import THE_ANSWERS


def empty_form(asked: Asked) -> Made:
    """Return the empty form, in the units that this browser chose, or that are usual where it is."""
    return _form(asked, Answers(system=asked.system))


def form_again(asked: Asked, form: Posted) -> Made:
    """Return the form with the answers that were sent: its own fields, or a saved form."""
    saved = form.text("record")
    if saved:
        answers = answers_from_form(saved, form.text("name") or "form", knowledge())
        answers.system = asked.system
        return _form(asked, answers)
    return _form(asked, _answers(form))


def assessment_page(asked: Asked, form: Posted) -> Made:
    """Return the assessment of a record or of the answers of the form; the form again if an answer is wrong."""
    if not form.uploads("record") and not form.text("record"):
        answers = _answers(form)
        read_answers(answers, knowledge())
        if answers.errors or answers.typed or answers.doubts or not answers.given:
            return _form(asked, answers, 422)
        return result_page(asked, _record(form))
    answers = _answers_to_open(form)
    if answers.errors or answers.doubts:
        return _open(asked, form, answers, 422)
    found = _assessed(asked, form, form_text(answers, knowledge().library.facts))
    if found.record.source == "note" and form.uploads("record"):
        return note_shown(asked, found.text, found.name, strikes_of(form))
    return _result(asked, found)


def open_questions(asked: Asked, form: Posted) -> Made:
    """Return the page of the questions that a record leaves open."""
    return _open(asked, form, _answers_to_open(form))


def result_page(asked: Asked, upload: Upload, shown: Example | None = None) -> Made:
    """Return the page of the assessment of a record."""
    return _result(asked, assessed(upload, asked.settings), shown)


def note_read(asked: Asked, form: Posted) -> Made:
    """Return the page of a pasted note with what was read of it; of what is a record or a form, its assessment."""
    sent = form.text("record")
    if not sent.strip():
        return note_to_paste(asked, form, words()["note"]["empty"])
    try:
        found = _assessed(asked, form, "")
    except InputError as error:
        first, text = error.problems[0], words()["note"]["unreadable"]
        return note_to_paste(asked, form, text.format(found=first.found, wanted=first.expected))
    return note_shown(asked, sent, "note", strikes_of(form)) if found.record.source == "note" else _result(asked, found)


def note_shown(asked: Asked, text: str, name: str, strikes: Strikes) -> Made:
    """Return the page of a note with what was read of it."""
    note = note_page(text, name, strikes, knowledge())
    return made_page(asked, "note.html.j2", title=words()["note"]["title"], note=note, name=name)


def note_to_paste(asked: Asked, form: Posted, problem: str = "") -> Made:
    """Return the page on which a note is pasted, with the text that was sent."""
    text, title = form.text("record"), words()["note"]["paste"]
    status = 422 if problem else 200
    return made_page(asked, "paste_note.html.j2", status, title=title, text=text, problem=problem)


def _assessed(asked: Asked, form: Posted, answers: str) -> Assessed:
    """Return the assessment of the record of a form, without what is struck out, and of answers that are added."""
    return assessed(_record(form), asked.settings, answers=answers, strikes=strikes_of(form))


def _result(asked: Asked, found: Assessed, shown: Example | None = None) -> Made:
    return made_page(asked, "result.html.j2", found=found, example=shown, **report_values(found.assessment))


def progress_parts(asked: Asked, form: Posted) -> Made:
    """Return what the answers lead to so far, and which questions they make relevant."""
    return made_page(asked, "progress.html.j2", form=form_page(_answers(form)))


def saved_form(asked: Asked, form: Posted) -> Made:
    """Return the answers as a file that can be loaded again; the form again if an answer is wrong."""
    answers = _answers(form)
    read_answers(answers, knowledge())
    if answers.errors or answers.typed or not answers.given:
        return _form(asked, answers, 422)
    return _file(form_text(answers, knowledge().library.facts), "application/yaml", "calcinosis-form.yaml")


def html_file(asked: Asked, form: Posted) -> Made:
    """Return the assessment as a page that needs no other file."""
    found = _assessed(asked, form, form.text("answers"))
    return _file(as_html(found.assessment), "text/html; charset=utf-8", "calcinosis-assessment.html")


def patient_sheet(asked: Asked, form: Posted) -> Made:
    """Return the page for the patient."""
    found = _assessed(asked, form, form.text("answers"))
    shown = patient_page(found.assessment)
    return made_page(asked, "patient_page.html.j2", found=found, page=shown, w=patient_words, report_words=report_words)


def json_file(asked: Asked, form: Posted) -> Made:
    """Return the assessment as JSON to save."""
    found = _assessed(asked, form, form.text("answers"))
    return _file(as_json(found.assessment), "application/json", "calcinosis-assessment.json")


def yaml_file(asked: Asked, form: Posted) -> Made:
    """Return a record that was a form as the file that it was."""
    return _file(_record(form).data.decode(), "application/yaml", "calcinosis-form.yaml")


def json_answer(upload: Upload, settings: Settings, as_of: str | None) -> Made:
    """Return the assessment as JSON for a program."""
    return Made(json_bytes(assessed(upload, settings, as_of).assessment), "application/json")


def _answers(form: Posted) -> Answers:
    """Return the answers of a form, with the diseases and medicines that were added by name."""
    answers = answers_from_fields(form.fields, knowledge().library.facts)
    answers.kept.setdefault("as_of", date.today().isoformat())
    count_in(answers, form.text("system"), form.text("system_before"), knowledge())
    _settle_doubts(answers, form)
    for group in GROUPS:
        for name in dict.fromkeys(form.texts(f"pick_{group}") or form.texts(f"add_{group}")):
            _add(answers, group, name.strip())
    return answers


def _add(answers: Answers, group: Group, name: str) -> None:
    """Add a disease, medicine or value by its id or its name; a name that is not known is kept as it was typed."""
    fact = name if name in names_of(group).facts else names_of(group).exact(name) if name else ""
    if fact:
        answers.added.append(fact)
        if group != "value":
            answers.values[fact] = "yes"
        answers.matched.append(group)
    elif name:
        answers.typed[group] = name


def _settle_doubts(answers: Answers, form: Posted) -> None:
    """Take each number in the unit that was pressed: the one that it fits better, or the one that it has."""
    for fact, _, unit in (one.partition(" ") for one in dict.fromkeys(form.texts("meant"))):
        if fact in answers.values and unit:
            if answers.units.get(fact) == unit:
                answers.sure[fact] = answers.values[fact]
            answers.units[fact] = unit


def _answers_to_open(form: Posted) -> Answers:
    """Return the answers that are added to a record: as they were typed, or as a result page sends them again."""
    again = form.text("answers")
    if again:
        return answers_from_form(again, THE_ANSWERS, knowledge())
    answers = answers_from_fields(form.fields, knowledge().library.facts)
    answers.kept.clear()
    _settle_doubts(answers, form)
    read_answers(answers, knowledge())
    return answers


def _open(asked: Asked, sent: Posted, answers: Answers, status: int = 200) -> Made:
    known, title = knowledge(), words()["open"]["title"]
    found = _assessed(asked, sent, form_text(answers, known.library.facts))
    form = open_page(found.record, found.assessment, answers, known)
    return made_page(asked, "open.html.j2", status, title=title, form=form, found=found, live=False)


def _record(form: Posted) -> Upload:
    """Return the record that a form carries: a file, a record sent again, or the answers themselves."""
    files = form.uploads("record")
    if files:
        return files[0]
    text = form.text("record")
    if text:
        return Upload(form.text("name") or "record", text.encode())
    answers = _answers(form)
    read_answers(answers, knowledge())
    return Upload("form", form_text(answers, knowledge().library.facts).encode())


def _form(asked: Asked, answers: Answers, status: int = 200) -> Made:
    title, form = words()["form"]["title"], form_page(answers, is_sent=status == 422)
    return made_page(asked, "form.html.j2", status, title=title, form=form)


def _file(text: str, kind: str, name: str) -> Made:
    return Made(text.encode(), kind, name=name)
