"""Several records as those of one person: forms each with their date and the same person, or a named error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calcinosis.errors import InputError, Problem
from calcinosis.person.joined import dated, joined
from calcinosis.person.record import Record
from calcinosis.words.en import inputs


def one_person(records: Sequence[Record], names: Sequence[str] = ()) -> Record:
    """Return one record that says what all say; ``names`` are what they are called in errors. Raises InputError."""
    called = list(names) or [inputs.record_number(place) for place, _ in enumerate(records, start=1)]
    if not records:
        raise InputError([Problem(inputs.THE_RECORD, 0, inputs.NO_RECORD, inputs.OF_ONE_PERSON)])
    problems = list(_problems(records, called)) if len(records) > 1 else []
    if problems:
        raise InputError(problems)
    return joined(records, called[0]) if len(records) > 1 else dated(records[0])


def _problems(records: Sequence[Record], names: Sequence[str]) -> Iterator[Problem]:
    """Yield what keeps several records from being put together: no date, no person, another person than the first."""
    told = [(record.id, name) for record, name in zip(records, names, strict=True) if record.id]
    for record, name in zip(records, names, strict=True):
        if record.source == "form" and not record.last_day:
            yield Problem(name, 0, inputs.FORM_WITHOUT_DATE, inputs.A_DATE, inputs.ADD_DATE)
        if record.source == "form" and not record.id:
            yield Problem(name, 0, inputs.FORM_WITHOUT_PERSON, inputs.A_PERSON, inputs.ADD_PERSON)
        if record.id and record.id != told[0][0]:
            yield Problem(name, 0, inputs.ANOTHER_PERSON, inputs.same_person_as(told[0][1]), inputs.SPLIT_BY_PERSON)
