"""Numbers in the name of a diagnosis that has no code: "Potassium 7.2 mmol/L", "headache, blood pressure 210/120"."""

from __future__ import annotations

import re

from calcinosis.person.dates import Day
from calcinosis.person.sayings import Remark, Said
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, items, text

_NUMBER = re.compile(r"(?<![\w.-])(?:[0-9]{2,}|[0-9]+[.,][0-9]+)(?![\w-])")
"""A number of a result; a stage, a type and a range ("30-59") are none."""


def say_told_numbers(reader: Reader, code: Json, day: Day | None, time: str, origin: Origin) -> None:
    """Add the results that the words of a diagnosis tell, as a note would tell them; bounds and ranges name a class."""
    words = text(code, "text")
    if not words or _NUMBER.search(words) is None or items(code, "coding"):
        return
    from calcinosis.readers.note.dates import Dates
    from calcinosis.readers.note.results import ResultReader

    reading = reader.terms.matcher.read(words)
    results = ResultReader(reading, reader.terms, Dates.of(words, reader.terms.notes))
    for one in results.results(dict.fromkeys(range(len(reading.sentences)), origin)):
        if one.value is None:
            reader.remarks.append(Remark(origin, one.problem, one.ask))
        elif one.value.low is not None and one.value.low == one.value.high:
            reader.said.append(Said(one.fact, one.value, one.day or day, "" if one.day else time))
