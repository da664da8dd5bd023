"""Lines of an export are read by their layout as they are read one by one, and none is lost in silence."""

from __future__ import annotations

import gzip
import re
import tracemalloc
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest

from calcinosis.compiled import knowledge
from calcinosis.errors import Problem
from calcinosis.population.conclude import facts_read
from calcinosis.population.export import lines
from calcinosis.population.export.lines import Block, Buffers, blocks
from calcinosis.population.resources.elements import ELEMENTS
from calcinosis.population.resources.meanings import Meanings
from calcinosis.population.resources.problems import NAMED, Problems
from calcinosis.population.resources.read import Context, read_block
from calcinosis.population.resources.told import Told
from calcinosis.readers.fhir.bundle import handle
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.readers.fhir.resources import HANDLERS
from tests.population.exports import entries_of
from tests.population.test_screen import bundles, screened, small_export

Json = dict[str, Any]
SIGNS = (b"\xc3\xa9", b"\xff", b'"', b"\\", b"\\n", b"\t", b"\x00")
"""What an id of the same length may hold, or must not."""
PEOPLE = {f"p{number}": number for number in range(50)}


@pytest.fixture(scope="module")
def resources() -> dict[str, list[Json]]:
    """The resources of all records of the tests, by type."""
    found: dict[str, list[Json]] = {kind: [] for kind in ELEMENTS}
    for bundle in bundles():
        for _, resource in entries_of(bundle):
            if resource.get("resourceType") in found:
                found[resource["resourceType"]].append(resource)
    return found


def varied(resource: Json, chance: Random) -> Json:
    """Return a resource of another person, of another day, with another number."""
    own: Json = orjson.loads(orjson.dumps(resource))
    key = "patient" if "patient" in own else "subject"
    own |= {"id": f"r{chance.randrange(10**6)}", key: {"reference": f"Patient/p{chance.randrange(51)}"}}
    for name in ("effectiveDateTime", "issued", "recordedDate", "onsetDateTime", "authoredOn", "abatementDateTime"):
        if name in own and chance.random() < 0.7:
            day = f"20{chance.randrange(10, 24)}-0{chance.randrange(1, 10)}-{chance.choice(('05', '17', '31'))}"
            own[name] = chance.choice((day, day, f"{day}T10:2{chance.randrange(10)}:00Z", day[:7], "soon"))
    parts = own.get("component")
    for part in [own, *(parts if isinstance(parts, list) else [])]:
        quantity = part.get("valueQuantity") if isinstance(part, dict) else None
        if isinstance(quantity, dict) and isinstance(quantity.get("value"), int | float) and chance.random() < 0.7:
            quantity["value"] = chance.choice((quantity["value"] * chance.uniform(0.2, 3), 0, -1.5, 1e9, 7))
    return own


def rows(told: list[Told], meanings: Meanings) -> list[Any]:
    """Return what was told, in an order of its own."""
    found = []
    for one in told:
        for row in one.said.to_pylist():
            row["saying"] = meanings.constants[row["saying"]]
            found.append(repr(sorted(row.items())))
        found += [repr(row) for row in (*one.days.to_pylist(), *one.stamps.to_pylist())]
    return sorted(found)


@pytest.mark.parametrize("kind", ["Observation", "Condition", "MedicationRequest", "Procedure"])
def test_lines_of_a_known_layout_say_what_they_say_read_one_by_one(kind: str, resources: dict[str, list[Json]]) -> None:
    """Whatever their days, numbers, ids and broken neighbours are."""
    chance = Random(kind)
    terms, facts = knowledge().terms, facts_read(knowledge().library)
    some = chance.sample(resources[kind], min(60, len(resources[kind])))
    made = [orjson.dumps(varied(one, chance)) for one in some for _ in range(12)]
    made += [
        made[0].replace(b'"id":"', b'"id":"\xff'),
        made[1][:-1],
        made[2].replace(b":", b": ", 3),
        *(made[number].replace(b'"id":"r', b'"id":"' + sign, 1) for number in range(3, 9) for sign in SIGNS),
        *(made[number].replace(b'"20', b'"2' + sign, 1) for number in range(12, 30) for sign in SIGNS),
        *(
            re.sub(rb'("value":[0-9])[0-9]', rb"\g<1>" + re.escape(sign), made[number])
            for number in range(12, 60)
            for sign in SIGNS
        ),
        *(made[number].replace(b":", b" ", 1).replace(b" ", b":", 1) for number in range(9, 12)),
        b"",
        b"  ",
        b"[1,}",
    ]
    chance.shuffle(made)
    learned, single = Meanings(terms, facts), Meanings(terms, facts)
    context = Context(kind, PEOPLE, {}, learned)
    for _ in range(2):  # the second time most layouts are known
        data = b"\n".join(made)
        fast = [read_block(Block("file", 1, data), context)]
    assert len(context.layouts.listed) > 20
    assert len(context.layouts.stencils.layouts) >= len(context.layouts.listed)
    slow = [read_block(Block("file", n, line), Context(kind, PEOPLE, {}, single)) for n, line in enumerate(made, 1)]
    one_by_one = Problems()
    for told in slow:
        one_by_one.merge(told.problems)
    assert list(fast[0].problems.listed()) == list(one_by_one.listed())
    assert fast[0].lines == sum(told.lines for told in slow)
    said = [sorted(row for row in rows(told, m) if "saying" in row) for told, m in ((fast, learned), (slow, single))]
    assert said[0] == said[1]


def test_the_elements_that_readers_use_are_those_that_are_kept(resources: dict[str, list[Json]]) -> None:
    """Recorded while all records of the tests are read: an element that a reader asks for is in the list."""

    class Recorded(dict[str, Any]):
        def __contains__(self, key: object) -> bool:
            used.add(str(key))
            return super().__contains__(key)

        def __getitem__(self, key: str) -> Any:
            used.add(key)
            return super().__getitem__(key)

        def get(self, key: str, default: Any = None) -> Any:
            used.add(key)
            return super().get(key, default)

    apart = {"id", "subject", "patient", "resourceType", "meta"}
    for kind, listed in resources.items():
        used: set[str] = set()
        for resource in listed:
            handle(Reader(knowledge().terms, [], set()), kind, Recorded(resource), HANDLERS[kind])
        missing = used - apart - set(ELEMENTS[kind])
        assert not missing, f"{kind}: add {sorted(missing)} to ELEMENTS, for the readers use them"


def test_a_null_is_nothing_in_both_readers(tmp_path: Path) -> None:
    """An export that writes every column says of an end that is null that there is none."""
    line = (
        b'{"resourceType":"Condition","id":"n","subject":{"reference":"Patient/a"},"abatementDateTime":null,'
        b'"clinicalStatus":{"coding":[{"code":null}]},"code":{"text":"calciphylaxis","coding":null}}'
    )
    screened(small_export(tmp_path / "in", line), tmp_path / "null.parquet")
    plain = line.replace(b'"abatementDateTime":null,', b"").replace(b',"coding":null', b"").replace(b'"code":null', b"")
    screened(small_export(tmp_path / "in", plain), tmp_path / "plain.parquet")
    assert (tmp_path / "null.parquet").read_bytes() == (tmp_path / "plain.parquet").read_bytes()


@pytest.mark.parametrize(
    "end",
    [b',"note":[1,]}', b',"x":NaN}', b',"x":-Infinity}', b',"id":"again"}', b',"x":"\\ud800"}', b',"x":01}', b",}"],
)
def test_one_grammar_says_what_a_broken_line_is(end: bytes, tmp_path: Path) -> None:
    """What `assess` cannot read is left out and named, also where many lines of the same layout stand before it."""
    good = (
        b'{"resourceType":"Condition","id":"%d","subject":{"reference":"Patient/a"},"code":{"text":"calcinosis cutis"}}'
    )
    many = [good % number for number in range(500)]
    summary = screened(small_export(tmp_path / "in", *many, many[0][:-1] + end), tmp_path / "out.parquet")
    assert [problem.line for problem in summary.problems] == [502]
    assert summary.rejected == 1


def test_a_byte_order_mark_is_accepted_and_a_long_line_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines around it are read, with their numbers."""
    monkeypatch.setattr(lines, "LARGEST_LINE", 200_000)
    folder = small_export(tmp_path / "in")
    path = folder / "Condition.ndjson"
    good = path.read_bytes().splitlines()
    long = good[0][:-1] + b',"note":[{"text":"' + b"a" * 500_000 + b'"}]}'
    path.write_bytes(b"\xef\xbb\xbf" + b"\n".join([*good, long, b"broken", good[0]]))
    summary = screened(folder, tmp_path / "out.parquet")
    assert [(problem.line, problem.found[:11]) for problem in summary.problems] == [
        (4, "a line over"),
        (5, "broken JSON"),
    ]
    assert summary.lines["Condition"] == 5


@pytest.mark.parametrize("size", [5, 64, 1000])
def test_blocks_hold_every_line_once_with_its_number(size: int, tmp_path: Path) -> None:
    """Wherever the blocks end, also in memory that served earlier ones, with and without an end of the last line."""
    chance = Random(size)
    path = tmp_path / "one.ndjson"
    for number in range(20):
        made = [bytes(chance.choices(b"ab", k=chance.randrange(200))) for _ in range(chance.randrange(30))]
        path.write_bytes(b"\n".join(made) + b"\n" * (number % 2))
        buffers, found, first = Buffers(), list[bytes](), 1
        for block in blocks(str(path), "one", size, buffers):
            assert block.first == first
            assert block.lines()[-1] == b""
            assert len(block.ends) == len(block.lines()) - 1
            found += block.lines()[:-1]
            first = len(found) + 1
            buffers.give(block)
        written = path.read_bytes().split(b"\n")
        assert found == (written if written[-1] else written[:-1])


def test_what_a_small_file_unpacks_to_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """300 MB of one line, and of many broken ones, unpacked from a few kB."""
    one = tmp_path / "one.ndjson.gz"
    one.write_bytes(gzip.compress(b'{"a":"' + b"x" * 300_000_000, 1))
    tracemalloc.start()
    found = [(block.first, len(block.data), block.too_long) for block in blocks(str(one), "one")]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(1, 0, True)]
    assert most < 150_000_000


def test_problems_of_one_kind_are_counted_after_the_first_hundred() -> None:
    """And those of another kind are named all the same, in the order of the lines."""
    problems = Problems()
    for number in range(1, 1001):
        problems.add("json", Problem("file", number, "broken", "whole"))
    problems.add("id", Problem("file", 7, "no id", "an id"))
    listed = list(problems.listed())
    assert problems.total == 1001
    assert len(listed) == NAMED + 2
    assert listed[7].found == "no id"
    assert listed[-1].found.startswith(f"{1000 - NAMED} more lines")
