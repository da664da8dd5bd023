"""What is done with any bytes at each reader of bytes; `benchmarks/fuzz.py` looks for bytes of which nobody thought.

A target returns where bytes are read, raises InputError where they are refused by name, and anything else where
something is wrong.
"""

from __future__ import annotations

import gzip
import io
import json
import math
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import orjson

from calcinosis.answers.ask import answer_to
from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.follow_up.follow_record import follow_record
from calcinosis.population.conclude import facts_read
from calcinosis.population.export.lines import blocks
from calcinosis.population.resources.meanings import Meanings
from calcinosis.population.resources.read import Context, read_block
from calcinosis.quantities.parse import AmountError, readings
from calcinosis.readers.form.form import form_record
from calcinosis.readers.json_text import JsonError, decoded, without_nulls
from calcinosis.readers.language_model.endpoint import Endpoint
from calcinosis.readers.language_model.statements import with_model
from calcinosis.readers.note.note import note_record
from calcinosis.readers.recognise import parse_record
from calcinosis.report.answer_text import answer_object, answer_text
from calcinosis.report.renderers.follow_formats import follow_document
from calcinosis.report.renderers.json import as_json
from calcinosis.report.renderers.text import as_text
from calcinosis.stored import read, write
from tests.attack.generators.forms import form
from tests.attack.generators.mutations import sentences
from tests.attack.generators.questions import asked
from tests.attack.verdicts import is_refused, untellable

TESTS = Path(__file__).parent.parent
EXAMPLES = TESTS.parent / "examples"
LONGEST = 4000
"""Bytes of the longest input that is tried."""
_NOTE = "A 54-year-old woman has hard nodules on the left elbow. She has no gout.\nShe takes warfarin."
_PERSON, _STAMP = "p", "a stamp"
_ANSWERS = ("yes", "no", "suspected", "past", "high", "7.4", "7,4 mg/dL", "")


def _told(text: str) -> None:
    assert not untellable(text), "a sign that a terminal obeys"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore").replace("\x00", "")


def records(data: bytes) -> None:
    """Read a record of whatever kind the bytes are, assess it and write it."""
    known = knowledge()
    assessment = assess_record(parse_record(data, known.terms, "input"), known.library)
    _told(as_text(assessment))
    json.loads(as_json(assessment))


def grammar(data: bytes) -> None:
    """Decode JSON, and hold the verdict to Python's own reader: what is taken has no key twice and the same value."""
    try:
        found = decoded(data)
    except JsonError:
        return

    def pairs(read: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({key for key, _ in read}) == len(read), "a key twice was taken"
        return dict(read)

    own = json.loads(data, object_pairs_hook=pairs, parse_int=lambda one: int(one) if len(one) < 19 else float(one))
    assert _near(found, without_nulls(own)), "another value"


def _near(one: Any, other: Any) -> bool:
    """Whether two values are the same; whole numbers of 19 digits may have lost the last."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_near(inner, other[key]) for key, inner in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_near, one, other))
    is_number = all(isinstance(inner, int | float) and not isinstance(inner, bool) for inner in (one, other))
    return math.isclose(one, other, rel_tol=1e-12) if is_number else type(one) is type(other) and one == other


def forms(data: bytes) -> None:
    """Read a form."""
    form_record(_text(data), "input", knowledge().terms)


def notes(data: bytes) -> None:
    """Read a note, assess it and write it."""
    known = knowledge()
    _told(as_text(assess_record(note_record(_text(data), "input", known.terms), known.library)))


def numbers(data: bytes) -> None:
    """Read a number: finite, its bounds in order."""
    with suppress(AmountError):
        for amount in readings(_text(data)):
            assert all(map(math.isfinite, amount.bounds))
            assert amount.low is None or amount.high is None or amount.low <= amount.high


def lines(data: bytes) -> None:
    """Read a file of a screen, packed or not: the lines that it leaves out are those that the reader of one refuses."""
    is_packed = data[:2] == b"\x1f\x8b"
    with tempfile.NamedTemporaryFile(suffix=".ndjson.gz" if is_packed else ".ndjson") as file:
        file.write(data)
        file.flush()
        context = Context("Observation", {_PERSON: 0}, {}, Meanings(knowledge().terms, _facts()))
        told = [read_block(block, context) for block in blocks(file.name, "input")]
    if is_packed:
        with suppress(OSError, EOFError), gzip.GzipFile(fileobj=io.BytesIO(data)) as whole:
            data = whole.read(10_000_000)
    split = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    refused = sum(is_refused(line, "Observation", [_PERSON]) for line in split)
    assert sum(one.problems.total for one in told) == refused, f"{refused} lines are refused"
    assert sum(one.lines for one in told) == sum(not line.isspace() and line != b"" for line in split), "lines are lost"


@lru_cache(maxsize=1)
def _facts() -> frozenset[str]:
    return frozenset(facts_read(knowledge().library))


def stored(data: bytes) -> None:
    """Read compiled knowledge that is damaged: None, which makes the program compile it again."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "knowledge.pickle"
        file.write_bytes(data)
        found = read(file, _STAMP, object)
    assert found is None or data in set(seeds("stored")), "damaged, and read"


def questions(data: bytes) -> None:
    """Answer a question."""
    answer = answer_to(_text(data), knowledge())
    answer_text(answer)
    orjson.dumps(answer_object(answer))


def timelines(data: bytes) -> None:
    """Follow a record over time."""
    known = knowledge()
    found = follow_record(parse_record(data, known.terms, "input"), known.library, known.terms)
    _told(follow_document(found, "text"))
    json.loads(follow_document(found, "json"))


class _Given(Endpoint, frozen=True, kw_only=True):
    """A language model that answers what it is given."""

    given: str

    def answer(self, instruction: str, text: str) -> str:
        return self.given


def models(data: bytes) -> None:
    """Take what a language model says of a note."""
    known = knowledge()
    endpoint = _Given(address="http://127.0.0.1", model="m", given=_text(data))
    record = with_model(note_record(_NOTE, "input", known.terms), _NOTE, "input", known.terms, endpoint)
    _told(as_text(assess_record(record, known.library)))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "records": records,
    "grammar": grammar,
    "forms": forms,
    "notes": notes,
    "numbers": numbers,
    "lines": lines,
    "stored": stored,
    "questions": questions,
    "timelines": timelines,
    "models": models,
}
"""What is done with bytes, by name."""


def seeds(name: str) -> list[bytes]:
    """Return the inputs from which the search for one target begins, small ones of the tests' own data."""
    return [one for one in _SEEDS[name]() if len(one) <= LONGEST]


def _small_bundles(pattern: str, most: int) -> list[bytes]:
    """Return bundles of a few resources of larger ones, all of their resources in turn."""
    found = []
    for path in sorted(TESTS.glob(pattern)):
        entries = orjson.loads(path.read_bytes())["entry"]
        for start in range(0, len(entries), most):
            bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries[start : start + most]}
            found.append(orjson.dumps(bundle))
    return found


def _observations() -> list[bytes]:
    found = []
    for path in sorted(TESTS.glob("cases/*/*/bundle.json"))[:40]:
        for entry in orjson.loads(path.read_bytes())["entry"]:
            if entry["resource"]["resourceType"] == "Observation":
                of_person = {"id": "o", "subject": {"reference": f"Patient/{_PERSON}"}}
                found.append(orjson.dumps(entry["resource"] | of_person))
    some = [b"\n".join(found[place : place + 3]) for place in range(0, len(found), 3)]
    return [
        *some,
        *map(gzip.compress, some),
        b"\xef\xbb\xbf" + some[0],
        gzip.compress(some[0]) + gzip.compress(some[1]),
    ]


def _written() -> list[bytes]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for one in list(knowledge().library.topics.values())[:40]:
            write(Path(folder) / "a", _STAMP, one)
            found.append((Path(folder) / "a").read_bytes())
    return found


def _inputs() -> list[bytes]:
    return [path.read_bytes() for path in sorted((Path(__file__).parent / "inputs").iterdir())]


def _forms() -> list[bytes]:
    places = (*EXAMPLES.glob("*/*.yaml"), *(Path(__file__).parent / "inputs").glob("*.yaml"))
    known = sorted(name for name, fact in knowledge().terms.facts.items() if fact.checked)
    plain = [f"{name}: {answer}\nage: 54\n".encode() for name, answer in zip(known, cycle(_ANSWERS), strict=False)]
    made = [form(Random(number)).encode("utf-8", "replace") for number in range(60)]
    return [*(path.read_bytes() for path in sorted(places)), *plain, *made]


def _proposed() -> list[bytes]:
    one = {"fact": "gout", "sense": "absent", "quote": "no gout"}
    other = {"fact": "calcinosis_cutis", "sense": "present", "quote": "hard nodules on the left elbow"}
    return [orjson.dumps({"statements": told}) for told in ([], [one], [one, other])] + [
        b'```json\n{"statements": []}\n```'
    ]


_SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "records": lambda: [*_inputs(), *_small_bundles("cases/*/*/bundle.json", 2)[:300], *_forms(), _NOTE.encode()],
    "grammar": lambda: [*_inputs(), *_small_bundles("cases/*/*/bundle.json", 1)[:60]],
    "forms": _forms,
    "notes": lambda: [one.encode() for one in sentences()[:1500]],
    "numbers": lambda: [
        b"7.4",
        b">= 7,4 mg/dL",
        b"up to 5",
        b"1.2-1.4 mmol/L",
        b"between 1 and 2 g",
        b"1,245.6",
        b"3e5",
    ],
    "lines": _observations,
    "stored": _written,
    "questions": lambda: [one.encode() for one in asked()],
    "timelines": lambda: _small_bundles("timelines/*.json", 4),
    "models": _proposed,
}
