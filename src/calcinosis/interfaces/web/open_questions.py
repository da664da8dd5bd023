"""The questions that a record leaves open, and the record with their answers: nothing that it says itself is lost."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.compiled import Knowledge
from calcinosis.conclusions.ask import asking_weights
from calcinosis.conclusions.assessment import Assessment
from calcinosis.interfaces.web.answers import Answers
from calcinosis.interfaces.web.fields import Field, field_of
from calcinosis.interfaces.web.form_design import design
from calcinosis.interfaces.web.form_page import is_question, weighed
from calcinosis.person.record import Record
from calcinosis.readers.form.form import form_record
from calcinosis.report.document import Head
from calcinosis.report.head import head_of
from calcinosis.words.en.documents import THE_ANSWERS


class OpenPage(Struct, frozen=True, kw_only=True):
    """What the page shows: what the record leads to, the answers given before, and what is open."""

    head: Head
    answered: tuple[Field, ...]
    asked: tuple[Field, ...]


def with_answers(record: Record, answers: str, knowledge: Knowledge) -> Record:
    """Return a record to which the answers of a form are added. Raises InputError for answers that cannot be read."""
    if not answers.strip():
        return record
    more = form_record(answers, THE_ANSWERS, knowledge.terms)
    return replace(record, said=(*record.said, *more.said))


def open_page(record: Record, assessment: Assessment, answers: Answers, knowledge: Knowledge) -> OpenPage:
    """Return the open questions of a record; ``answers`` are those given before, which can be changed."""
    facts, _ = record.facts(knowledge.library.vocabulary, assessment.record.as_of)
    weights = weighed(asking_weights(knowledge.library, facts, assessment.treatments), knowledge)
    assumed = {name for kind in assessment.types for name in kind.assumes_absent}
    ordered = sorted(weights, key=lambda name: name not in assumed)  # what is taken as absent stands in the result
    asked = [name for name in ordered if is_question(name, knowledge) and name not in answers.given]
    most: int = design()["questions_open"]
    return OpenPage(
        head=head_of(assessment),
        answered=tuple(field_of(name, answers, knowledge) for name in answers.given),
        asked=tuple(field_of(name, answers, knowledge) for name in asked[:most]),
    )
