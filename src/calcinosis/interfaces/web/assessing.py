"""What the pages that assess one record answer, made where records are read: form, running result, result."""

from __future__ import annotations

from datetime import date

from calcinosis.compiled import knowledge
from calcinosis.interfaces.web.answers import Answers, answers_from_fields, answers_from_form, form_text, read_answers
from calcinosis.interfaces.web.examples import Example
from calcinosis.interfaces.web.form_page import form_page
from calcinosis.interfaces.web.made import Made, made_page
from calcinosis.interfaces.web.names import GROUPS, names_of
from calcinosis.interfaces.web.open_questions import open_page
from calcinosis.interfaces.web.pages import Asked
from calcinosis.interfaces.web.records import assessed
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.uploads import Posted, Upload
from calcinosis.interfaces.web.words import words
from calcinosis.report.renderers.html import as_html, report_values
from calcinosis.report.renderers.json import as_json, json_bytes
from calcinosis.words.en.documents import THE_ANSWERS


def empty_form(asked: Asked) -> Made:
    """Return the empty form."""
    return _form(asked, Answers())


def form_again(asked: Asked, form: Posted) -> Made:
    """Return the form with the answers that were sent: its own fields, or a saved form."""
    saved = form.text("record")
    if saved:
        return _form(asked, answers_from_form(saved, form.text("name") or "form", knowledge()))
    return _form(asked, _answers(form))


def assessment_page(asked: Asked, form: Posted) -> Made:
    """Return the assessment of a record or of the answers of the form; the form again if an answer is wrong."""
    if not form.uploads("record") and not form.text("record"):
        answers = _answers(form)
        read_answers(answers, knowledge())
        wrong = answers.errors or answers.typed
        if wrong or not answers.given:
            return _form(asked, answers, 422 if wrong else 200)
        return result_page(asked, _record(form))
    answers = _answers_to_open(form)
    if answers.errors:
        return _open(asked, _record(form), answers, 422)
    return result_page(asked, _record(form), answers=form_text(answers, knowledge().library.facts))


def open_questions(asked: Asked, form: Posted) -> Made:
    """Return the page of the questions that a record leaves open."""
    return _open(asked, _record(form), _answers_to_open(form))


def result_page(asked: Asked, upload: Upload, shown: Example | None = None, answers: str = "") -> Made:
    """Return the page of the assessment of a record, and of answers to what it leaves open."""
    found = assessed(upload, asked.settings, answers=answers)
    return made_page(asked, "result.html.j2", found=found, example=shown, **report_values(found.assessment))


def progress_parts(asked: Asked, form: Posted) -> Made:
    """Return what the answers lead to so far, and which questions they make relevant."""
    return made_page(asked, "progress.html.j2", form=form_page(_answers(form)))


def saved_form(asked: Asked, form: Posted) -> Made:
    """Return the answers as a file that can be loaded again; the form again if an answer is wrong."""
    answers = _answers(form)
    read_answers(answers, knowledge())
    if answers.errors or answers.typed:
        return _form(asked, answers, 422)
    return _file(form_text(answers, knowledge().library.facts), "application/yaml", "calcinosis-form.yaml")


def html_file(asked: Asked, form: Posted) -> Made:
    """Return the assessment as a page that needs no other file."""
    found = assessed(_record(form), asked.settings, answers=form.text("answers"))
    return _file(as_html(found.assessment), "text/html; charset=utf-8", "calcinosis-assessment.html")


def json_file(asked: Asked, form: Posted) -> Made:
    """Return the assessment as JSON to save."""
    found = assessed(_record(form), asked.settings, answers=form.text("answers"))
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
    for group in GROUPS:
        typed = form.text(f"add_{group}").strip()
        fact = names_of(group).exact(typed) if typed else ""
        if fact:
            answers.added.append(fact)
            if group != "value":
                answers.values[fact] = "yes"
            answers.matched.append(group)
        elif typed:
            answers.typed[group] = typed
    return answers


def _answers_to_open(form: Posted) -> Answers:
    """Return the answers that are added to a record: as they were typed, or as a result page sends them again."""
    again = form.text("answers")
    if again:
        return answers_from_form(again, THE_ANSWERS, knowledge())
    answers = answers_from_fields(form.fields, knowledge().library.facts)
    answers.kept.clear()
    read_answers(answers, knowledge())
    return answers


def _open(asked: Asked, upload: Upload, answers: Answers, status: int = 200) -> Made:
    known, title = knowledge(), words()["open"]["title"]
    found = assessed(upload, asked.settings, answers=form_text(answers, known.library.facts))
    form = open_page(found.record, found.assessment, answers, known)
    return made_page(asked, "open.html.j2", status, title=title, form=form, upload=upload, live=False)


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
    title, form = words()["form"]["title"], form_page(answers)
    return made_page(asked, "form.html.j2", status, title=title, form=form)


def _file(text: str, kind: str, name: str) -> Made:
    return Made(text.encode(), kind, name=name)
