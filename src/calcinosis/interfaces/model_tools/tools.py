"""What each tool answers: statements with their sources, and the sentence that no clinician has reviewed them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from calcinosis.errors import InputError, Problem
from calcinosis.words.en import model_tools as words

if TYPE_CHECKING:
    from calcinosis.answers.answer import Audience
    from calcinosis.conclusions.assessment import Assessment

MOST_CLAIMS = 40
"""Claims in one answer; more are counted."""
_NAMES = re.compile(r"[\w-]+")


def assess_record(record: str, as_of: str = "", parts: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the assessment of a record as text, with its sources, and the parts of its JSON that are asked for.

    Raises InputError for a record, a day or a part that cannot be used.
    """
    from calcinosis.report.renderers.json import as_object
    from calcinosis.report.renderers.text import as_text

    assessment = _assessment(record, as_of)
    whole = as_object(assessment)
    if unknown := [part for part in parts if part not in whole]:
        expected = words.PARTS_EXPECTED.format(parts=", ".join(whole))
        raise InputError([Problem("parts", 0, ", ".join(unknown), expected)])
    text = as_text(assessment)
    shown = set(_NAMES.findall(text))
    sources = {name: source for name, source in whole["sources"].items() if name in shown}
    return _reviewed({"report": text, "sources": sources, "parts": {part: whole[part] for part in parts}})


def ask(question: str, audience: Audience = "clinician", record: str = "") -> dict[str, Any]:
    """Return the answer to a question, for the person of a record if one is given. Raises InputError."""
    from calcinosis.answers.ask import answer_to
    from calcinosis.compiled import knowledge
    from calcinosis.report.answer_text import answer_object

    assessment = _assessment(record) if record else None
    return _reviewed(answer_object(answer_to(question, knowledge(), audience, assessment)))


def look_up_entry(entry: str) -> dict[str, Any]:
    """Return an entry of the knowledge as text, with its sources. Raises InputError for an id that is none."""
    from calcinosis.compiled import knowledge
    from calcinosis.library.lookup import unknown_id
    from calcinosis.report.entry import entry_lines

    library = knowledge().library
    found = library.entry(entry)
    if found is None:
        names = {one: getattr(library.entry(one), "name", "") for one in library.ids()}
        raise InputError([unknown_id(entry, names, "entry")])
    return _reviewed({"entry": entry, "says": "\n".join(entry_lines(found, library))})


def popular_claims(words_sought: str = "", verdict: str = "") -> dict[str, Any]:
    """Return the claims whose subject or text holds all the words, with their verdicts. Raises InputError."""
    from calcinosis.compiled import knowledge
    from calcinosis.report.claims import VERDICTS, claim_object

    if verdict and verdict not in VERDICTS:
        expected = words.VERDICT_EXPECTED.format(verdicts=", ".join(VERDICTS))
        raise InputError([Problem("verdict", 0, verdict, expected)])
    sought = words_sought.lower().split()
    found = [
        claim
        for claim in knowledge().library.claims.values()
        if verdict in {"", claim.verdict} and all(word in f"{claim.subject} {claim.says}".lower() for word in sought)
    ]
    shown = [claim_object(claim) for claim in islice(found, MOST_CLAIMS)]
    return _reviewed({"count": len(found), "claims": shown})


def similar_cases(record: str, as_of: str = "") -> dict[str, Any]:
    """Return published cases like the person of a record, below what such cases are worth. Raises InputError."""
    from calcinosis.conclusions.citations import sources_named
    from calcinosis.report.case_lines import case_objects, cases_worth

    assessment = _assessment(record, as_of)
    says, cite = cases_worth(assessment.account.library)
    sources = sources_named(assessment.account.library, cite)
    return _reviewed({"worth": says, "cite": cite, "sources": sources, "cases": case_objects(assessment)})


def _assessment(record: str, as_of: str = "") -> Assessment:
    from calcinosis.compiled import knowledge
    from calcinosis.conclusions.assess import assess_record as assessed
    from calcinosis.person.dates import DateError, parse_date
    from calcinosis.readers.recognise import parse_record

    known = knowledge()
    try:
        day = parse_date(as_of).latest if as_of else None
    except DateError as error:
        raise InputError([Problem("as_of", 0, str(error), words.DAY_EXPECTED)]) from error
    return assessed(parse_record(record.encode(), known.terms, words.A_RECORD), known.library, day)


def _reviewed(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with the sentence on its review, as plain data."""
    plain: dict[str, Any] = to_builtins({"review": words.REVIEW, **answer})
    return plain
