"""Numbers in the words of a resource: "Potassium 7.2 mmol/L", "headache, blood pressure 210/120"."""

from __future__ import annotations

import re

from calcinosis.person.dates import Day
from calcinosis.person.sayings import Remark, Said
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, items, text
from calcinosis.terminology.statements import TextReading

_NUMBER = re.compile(r"(?<![\w.-])(?:[0-9]{2,}|[0-9]+[.,][0-9]+)(?![\w-])")
"""A number of a result; a stage, a type and a range ("30-59") are none."""


def say_told_numbers(reader: Reader, code: Json, day: Day | None, time: str, origin: Origin) -> None:
    """Add the results that the words of a diagnosis without a code tell, as a note would tell them."""
    words = text(code, "text")
    if words and _NUMBER.search(words) is not None and not items(code, "coding"):
        say_numbers(reader, reader.terms.matcher.read(words), day, time, origin)


def say_numbers(reader: Reader, reading: TextReading, day: Day | None, time: str, origin: Origin) -> list[int]:
    """Add the results that a text tells, and return the words at which they begin; bounds and ranges name a class."""
    if _NUMBER.search(reading.text) is None:
        return []
    from calcinosis.readers.note.dates import Dates
    from calcinosis.readers.note.results import ResultReader

    found = []
    results = ResultReader(reading, reader.terms, Dates.of(reading.text, reader.terms.notes))
    for one in results.results(dict.fromkeys(range(len(reading.sentences)), origin)):
        if one.value is None:
            reader.remarks.append(Remark(origin, one.problem, one.ask))
        elif one.value.low is not None and one.value.low == one.value.high:
            reader.said.append(Said(one.fact, one.value, one.day or day, "" if one.day else time))
            found.append(one.start)
    return found
