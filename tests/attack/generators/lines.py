"""Lines of NDJSON, broken as files are: cut, joined, commas too many, keys twice, numbers that are none, odd bytes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import orjson

from tests.attack.generators.people import Json


def _cut(line: bytes, chance: Random) -> bytes:
    return line[: chance.randrange(len(line))]


def _byte(line: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(line))
    return line[:place] + bytes([chance.randrange(256)]) + line[place + 1 :]


def _inserted(line: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(line))
    odd = chance.choice(
        [b",", b"NaN", b"Infinity", b"\\ud800", b"\xff", b"\x00", b"01", b"1_0", b"//x", b"'", b"{}", b" "]
    )
    return line[:place] + odd + line[place:]


def _twice(line: bytes, chance: Random) -> bytes:
    key = chance.choice([b'"id":"other",', b'"status":null,', b'"resourceType":"Patient",', b'"code":{},'])
    return b"{" + key + line[1:]


def _trailing(line: bytes, chance: Random) -> bytes:
    return line[:-1] + chance.choice([b",}", b"},", b"}}", b"}[]", b"} {}"])


def _deep(line: bytes, chance: Random) -> bytes:
    depth = chance.choice([50, 500, 5000])
    return line[:-1] + b',"extension":' + b"[" * depth + b"]" * depth + b"}"


def _number(line: bytes, chance: Random) -> bytes:
    odd = chance.choice([b"1e999", b"-0", b"1E5", b"00.5", b"5.", b"+5", b"9" * 400])
    return line[:-1] + b',"valueInteger":' + odd + b"}"


CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (_cut, _byte, _inserted, _twice, _trailing, _deep, _number)


def broken_line(resource: Json, chance: Random) -> bytes:
    """Return the line of a resource with one or two changes; no line holds an end of line."""
    line = orjson.dumps(resource)
    for _ in range(chance.randrange(1, 3)):
        line = chance.choice(CHANGES)(line, chance) or b"{"
    return line.replace(b"\n", b" ").replace(b"\r", b" ")
