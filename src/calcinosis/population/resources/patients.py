"""The patients of an export, numbered in the order of their ids: who they are, born when, of which sex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

import numpy as np
import orjson
from msgspec import Struct

from calcinosis.errors import Problem
from calcinosis.person.dates import DateError, Day, parse_date
from calcinosis.person.record import has_died
from calcinosis.population.export.lines import Block
from calcinosis.population.resources.elements import REFERRED
from calcinosis.population.resources.lines import LineError, resource_in
from calcinosis.population.resources.outline import address_in_outline
from calcinosis.population.resources.problems import Problems, long_line
from calcinosis.population.resources.versions import left_out, some_lines
from calcinosis.readers.fhir.bundle import death_of
from calcinosis.readers.fhir.contents import stamp
from calcinosis.shapes import Json, ShapeError, text
from calcinosis.words.en import population as words

Death = tuple[bool, Day | None]
ELEMENTS_OF_PATIENT = ("birthDate", "gender", "deceasedBoolean", "deceasedDateTime")
"""What is read of a Patient."""


class Patients(Struct, frozen=True):
    """Ids in order, birth dates as written (``''`` where there is none that can be read), sexes and deaths.

    A death says whether the person has died, and when, as far as it is said.
    """

    ids: list[str]
    births: list[str]
    sexes: list[str]
    deaths: list[Death]
    problems: Problems
    lines: int

    def dead(self, as_of: str) -> list[bool]:
        """Return who has died, by a day that is asked for."""
        return [has_died(*death, as_of) for death in self.deaths]


def patients_of(blocks: Callable[[], Iterable[Block]], deleted: Collection[str] = ()) -> Patients:
    """Return the patients in some lines, which are read a second time where an id stands in several.

    Of several versions the current one counts; ids that more than one Patient has all the same are left out.
    """
    found: list[tuple[str, str, str, Death, str, int]] = []
    problems, lines = Problems(), 0
    for block in blocks():
        if block.too_long:
            problems.add("long", long_line(block))
        for number, line in numbered_lines(block):
            lines += 1
            try:
                patient = resource_in(line, "Patient")
            except LineError as error:
                problems.add(error.kind, Problem(block.file, number, error.found, error.expected))
                continue
            found.append((str(patient["id"]), *_born_of_sex(patient), _death(patient), block.file, number))
        lines += block.too_long
    counts = Counter(one[0] for one in found)
    again = {one[-2:] for one in found if counts[one[0]] > 1 or one[0] in deleted}
    if again:
        wanted = {file: np.array(sorted(n for name, n in again if name == file)) for file, _ in again}
        without = left_out("Patient", some_lines(blocks(), wanted), deleted)
        found = [one for one in found if one[-2:] not in without]
        counts = Counter(one[0] for one in found)
    for name, *_, file, number in found:
        if counts[name] > 1:
            wrong = Problem(file, number, words.same_id(counts[name]), words.ONE_PATIENT_AN_ID, words.NONE_USED)
            problems.add("same id", wrong)
    known = sorted((one[:4] for one in found if counts[one[0]] == 1), key=lambda one: one[0])
    ids, births, sexes = [one[0] for one in known], [one[1] for one in known], [one[2] for one in known]
    return Patients(ids, births, sexes, [one[3] for one in known], problems, lines)


def numbered_lines(block: Block) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a block that are not empty, with their numbers."""
    for number, line in enumerate(block.lines(), start=block.first):
        if line and not line.isspace():
            yield number, line


def referred_of(kind: str, blocks: Iterable[Block]) -> dict[str, bytes]:
    """Return the resources of a type that others refer to, by their address, as JSON of what is read of them.

    Of several with one address it is the newest, and of equals always the same.
    """
    found: dict[str, tuple[tuple[str, int], bytes]] = {}
    for block in blocks:
        for _, line in numbered_lines(block):
            try:
                resource = resource_in(line, kind)
            except LineError:
                continue  # it is named where resources of this type are read for themselves, if they are
            kept = {name: resource[name] for name in REFERRED[kind] if name in resource}
            written = orjson.dumps({"resourceType": kind, "id": address_in_outline(""), **kept})
            address = f"{kind}/{resource['id']}"
            version = stamp(resource), written
            found[address] = max(version, found.get(address, version))
    return {address: written for address, (_, written) in found.items()}


@lru_cache(maxsize=100_000)
def _is_date(written: str) -> bool:
    try:
        parse_date(written)
    except DateError:
        return False
    return True


def _born_of_sex(patient: Json) -> tuple[str, str]:
    """Return birth date and sex as the reader of patients takes them: after a wrong date it reads no more."""
    written = ""
    try:
        written = text(patient, "birthDate")
        if written and not _is_date(written):
            return "", ""
        sex = text(patient, "gender")
    except ShapeError:
        return written, ""
    return written, sex if sex in {"female", "male"} else ""


def _death(patient: Json) -> Death:
    """Return what a Patient says of its death; a day that cannot be read is none, as the reader of patients has it."""
    try:
        return death_of(patient)
    except (ShapeError, DateError):
        return True, None
