"""The patients of an export, numbered in the order of their ids: who they are, born when, of which sex."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import orjson
import pyarrow as pa

from calcinosis.person.dates import DateError, parse_date
from calcinosis.shapes import Json, ShapeError, text


@dataclass(frozen=True, slots=True)
class Patients:
    """Ids in order, birth dates as written (``''`` where there is none that can be read), sexes, and repeated ids."""

    ids: list[str]
    births: list[str]
    sexes: list[str]
    repeated: frozenset[str]

    def numbers(self) -> pa.Table:
        """Return the number of each id."""
        return pa.table(
            {"person_id": pa.array(self.ids, pa.string()), "person": pa.array(range(len(self.ids)), pa.int64())}
        )

    def said(self, first: int, last: int, schema: pa.Schema) -> pa.Table:
        """Return what is said of the sex of patients numbered from ``first`` to before ``last``."""
        told = [(number, self.sexes[number]) for number in range(first, last) if self.sexes[number]]
        known = {
            "person": [number for number, _ in told],
            "fact": ["sex"] * len(told),
            "truth": ["true"] * len(told),
            "word": [word for _, word in told],
            "origin": [f"Patient/{self.ids[number]}" for number, _ in told],
        }
        blank = {pa.string(): "", pa.bool_(): False, pa.float64(): None}
        columns = {field.name: known.get(field.name, [blank.get(field.type)] * len(told)) for field in schema}
        return pa.table(columns, schema=schema)


def patients_of(rows: pa.Table) -> Patients:
    """Return the patients by the rows of their resources; ids that more than one has are left out."""
    listed = sorted(zip(*(rows[name].to_pylist() for name in ("id", "birthDate", "gender")), strict=True), key=_first)
    counts = Counter(name for name, _, _ in listed)
    known = [(name, *_born_of_sex(birth, gender)) for name, birth, gender in listed if counts[name] == 1]
    return Patients(
        [name for name, _, _ in known],
        [birth for _, birth, _ in known],
        [sex for _, _, sex in known],
        frozenset(name for name, count in counts.items() if count > 1),
    )


def _first(row: tuple[str, str | None, str | None]) -> str:
    return row[0]


@lru_cache(maxsize=100_000)
def _born_of_sex(birth: str | None, gender: str | None) -> tuple[str, str]:
    """Return birth date and sex as the reader of patients takes them: after a wrong date it reads no more."""
    written = sex = ""
    try:
        told = {"birthDate": birth, "gender": gender}
        patient: Json = {name: orjson.loads(value) for name, value in told.items() if value is not None}
        written = text(patient, "birthDate")
        if written:
            parse_date(written)
        sex = text(patient, "gender")
    except (DateError, orjson.JSONDecodeError):
        return "", ""
    except ShapeError:
        return written, ""
    return written, sex if sex in {"female", "male"} else ""
