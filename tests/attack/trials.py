"""What is done with each kind of hostile input, and what must not come of it.

Each trial is made from a number alone. It must end in an answer or in named problems: no crash, no hang, no word that
was not there, no difference between the two readers of records, no byte of a record outside its answer.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import re
import signal
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import pyarrow.parquet as pq
from starlette.testclient import TestClient

from calcinosis.answers.ask import answer_to
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.errors import InputError
from calcinosis.interfaces.web.app import create_app
from calcinosis.interfaces.web.security import HEADERS
from calcinosis.population.checkpoints import Work
from calcinosis.population.engines.here import Here
from calcinosis.population.export.files import find_export
from calcinosis.population.export.one_person import resources_of
from calcinosis.population.screen import Screen, Summary, plan_of
from calcinosis.readers.fhir.bundle import fhir_record
from calcinosis.readers.recognise import parse_record
from calcinosis.report.answer_text import answer_object, answer_text
from calcinosis.report.renderers.json import as_json
from calcinosis.report.renderers.text import as_text
from calcinosis.report.row import row_of
from calcinosis.words.en.remarks import CRITICALLY
from tests.attack import fuzzed
from tests.attack.generators.forms import form
from tests.attack.generators.lines import broken_line
from tests.attack.generators.mutations import mutated_bundle, mutated_text, records, sentences
from tests.attack.generators.people import Json, person
from tests.attack.generators.questions import question
from tests.attack.generators.requests import Sent, request
from tests.attack.generators.structured import structured_note
from tests.attack.generators.timelines import timeline
from tests.attack.verdicts import is_refused, untellable
from tests.population.exports import write_export

LONGEST = 5
"""Seconds of the processor after which an input counts as hanging."""
CANARY = "Wilhelmina Zz9"
"""A name that stands in what is sent to the web, and may stand in no other place than the answer to it."""
PEOPLE = 12
"""People of one export."""
STATUSES = frozenset({200, 204, 303, 307, 400, 401, 403, 404, 405, 408, 413, 415, 421, 422, 501, 503, 504})
_LETTERS = re.compile(r"[^\W\d_]{3,}")


class HangError(Exception):
    """An input takes too long."""


@contextmanager
def time_limit() -> Iterator[None]:
    """End the block with HangError when it takes too much of the processor."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def tried(kind: str, number: int, found: Counter[str]) -> str:
    """Try one input; count what came of it, and return what is wrong with that, or nothing."""
    ready()
    try:
        with time_limit():
            return TRIALS[kind](Random(f"{kind} {number}"), found)
    except InputError:
        found[f"{kind} refused"] += 1
        return ""
    except HangError:
        return f"more than {LONGEST} s"
    except Exception:  # whatever it is, it is a crash
        return traceback.format_exc(limit=-3)


@lru_cache(maxsize=1)
def ready() -> None:
    """Load what the first input would wait for."""
    pools()
    for path in ("/", "/form", "/types", "/api/openapi.json"):
        _client().get(path)


@lru_cache(maxsize=1)
def pools() -> tuple[list[str], list[list[Any]]]:
    """Return the sentences and the records that are mutated."""
    return sentences(), records()


def strings(value: Any) -> str:
    """Return all that stands in a JSON value as one text."""
    if isinstance(value, dict):
        return " ".join(f"{key} {strings(one)}" for key, one in value.items())
    return " ".join(map(strings, value)) if isinstance(value, list) else str(value)


def invented(assessment: Assessment, source: str, *, is_text: bool) -> list[str]:
    """Return the words of read facts that do not stand in what was read; a code of a flag is told in words."""
    whole = " ".join(unicodedata.normalize("NFC", source).split())
    if is_text:
        said = (one.words for entered in assessment.entered for one in entered.from_ if one.words)
        return [words for words in said if " ".join(words.split()) not in whole]
    known = {word.casefold() for word in _LETTERS.findall(f"{whole} {' '.join(CRITICALLY.values())}")}
    return [
        one.words
        for entered in assessment.entered
        for one in entered.from_
        if any(word.casefold() not in known for word in _LETTERS.findall(unicodedata.normalize("NFC", one.words))[:-1])
    ]


def _assessed(data: bytes, source: str, kind: str, found: Counter[str], *, is_text: bool) -> str:
    """Read, assess and write an input; return what is wrong with that."""
    assessment = assess_record(parse_record(data, knowledge().terms, "input"), knowledge().library)
    found[f"{kind} read"] += 1
    found[f"{kind} facts"] += sum(bool(one.from_) for one in assessment.entered)
    json.loads(as_json(assessment))
    if untellable(as_text(assessment)):
        return "a sign that a terminal obeys"
    words = invented(assessment, source, is_text=is_text)
    return f"words that do not stand there: {words[0]!r}" if words else ""


def notes(chance: Random, found: Counter[str]) -> str:
    """Read a changed note."""
    text = mutated_text(pools()[0], chance)
    return _assessed(text.encode("utf-8", "surrogatepass"), text, "notes", found, is_text=True)


def structured(chance: Random, found: Counter[str]) -> str:
    """Read a note of headings, lists and tables."""
    text = structured_note(pools()[0], chance)
    return _assessed(text.encode("utf-8", "surrogatepass"), text, "structured", found, is_text=True)


def timelines(chance: Random, found: Counter[str]) -> str:
    """Follow a changed course of one person."""
    fuzzed.timelines(timeline(chance))
    found["timelines followed"] += 1
    return ""


def questions(chance: Random, found: Counter[str]) -> str:
    """Answer a changed question: each statement of the answer has a source."""
    answer = answer_to(question(pools()[0], chance), knowledge())
    found[f"questions {'answered' if answer.answered else 'declined'}"] += 1
    json.dumps(answer_object(answer))
    return "" if all(one.cite for one in answer.answer) and answer_text(answer) else "a statement without a source"


def bundles(chance: Random, found: Counter[str]) -> str:
    """Read a changed bundle."""
    made = mutated_bundle(pools()[1], pools()[0], chance)
    return _assessed(json.dumps(made).encode("utf-8", "surrogatepass"), strings(made), "bundles", found, is_text=False)


def forms(chance: Random, found: Counter[str]) -> str:
    """Read a form with what is written wrong."""
    text = form(chance)
    record = parse_record(text.encode("utf-8", "surrogatepass"), knowledge().terms, "form")
    assessment = assess_record(record, knowledge().library)
    found["forms read"] += 1
    return "a sign that a terminal obeys" if untellable(as_text(assessment)) else ""


def readers(chance: Random, found: Counter[str]) -> str:
    """Screen an export of made-up people, some of whose lines are broken, and assess each of them alone."""
    people = {f"p{number}": person(f"p{number}", chance) for number in range(PEOPLE)}
    with tempfile.TemporaryDirectory() as name:
        folder = write_export(people.values(), Path(name) / "export")
        broken = _broken(folder, people, chance)
        summary, rows = _screened(folder, Path(name))
        found["readers people"] += len(rows)
        found["readers lines left out"] += summary.rejected
        if summary.rejected != broken:
            return f"{summary.rejected} lines left out by a screen, {broken} refused by the reader of one record"
        for name_of, row in rows.items():
            record = fhir_record(resources_of(folder, name_of), knowledge().terms, name_of)
            alone = row_of(assess_record(record, knowledge().library), name_of)
            for column, value in row.items():
                if alone[column] != value and not (column == "as_of" and str(value or "") == (alone[column] or "")):
                    return f"{name_of}, {column}: {value!r} in a screen, {alone[column]!r} alone"
    return ""


def _broken(folder: Path, people: dict[str, list[Json]], chance: Random) -> int:
    """Add broken lines to the files of an export; return how many of them the reader of one record refuses."""
    refused = 0
    for resource in chance.sample([one for own in people.values() for one in own[1:]], 8):
        line = broken_line({**resource, "id": f"broken.{resource['id']}"}, chance)
        with (folder / f"{resource['resourceType']}.ndjson").open("ab") as file:
            file.write(line + b"\n")
        refused += is_refused(line, str(resource["resourceType"]), people)
    return refused


def _screened(folder: Path, place: Path) -> tuple[Summary, dict[str, Json]]:
    output = place / "rows.parquet"
    export, known = find_export(folder), knowledge()
    work = Work(output, plan_of(export, "", "duckdb", known))
    summary = Screen(export, known, Here(), work, "").run(output)
    work.done()
    return summary, {row["patient_id"]: row for row in pq.read_table(output).to_pylist()}


@lru_cache(maxsize=1)
def _client() -> TestClient:
    return TestClient(
        create_app(), base_url="http://127.0.0.1:8000", raise_server_exceptions=False, follow_redirects=False
    )


def requests(chance: Random, found: Counter[str]) -> str:
    """Send a request; look at its answer, and at what the program says beside it."""
    sent = request(_body(chance), chance)
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)
    try:
        with contextlib.redirect_stderr(heard), contextlib.redirect_stdout(heard):
            answer = _answer_to(sent)
    finally:
        logging.getLogger().removeHandler(handler)
    if answer is None:
        found["requests that no client sends"] += 1
        return ""
    found[f"requests answered {answer.status_code // 100}xx"] += 1
    if answer.status_code not in STATUSES:
        return f"{sent.method} {sent.path}: {answer.status_code}; {heard.getvalue()[:500]}"
    if CANARY in heard.getvalue():
        return f"{sent.method} {sent.path}: a name in the log"
    if missing := [name for name in HEADERS if name not in answer.headers]:
        return f"{sent.method} {sent.path}: without {missing[0]}"
    if CANARY in str(answer.headers):
        return f"{sent.method} {sent.path}: a name in the headers"
    return ""


def _answer_to(sent: Sent) -> Any:
    try:
        return _client().request(sent.method, sent.path, params=sent.query, headers=sent.headers, content=sent.body)
    except (UnicodeError, ValueError):  # no client sends it
        return None


def _body(chance: Random) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        made = mutated_bundle(pools()[1], pools()[0], chance)
        made["entry"].append({"resource": {"resourceType": "Patient", "id": "p", "name": [{"family": CANARY}]}})
        return json.dumps(made)
    if kind == 1:
        return f"{CANARY}. {mutated_text(pools()[0], chance)}"
    return f"id: {CANARY}\n{form(chance)}" if kind == 2 else f"{CANARY}{chance.choice(['', '<script>', '{', chr(0)])}"


TRIALS: dict[str, Callable[[Random, Counter[str]], str]] = {
    "notes": notes,
    "bundles": bundles,
    "forms": forms,
    "readers": readers,
    "requests": requests,
    "structured": structured,
    "timelines": timelines,
    "questions": questions,
}
"""What is tried, by name."""
