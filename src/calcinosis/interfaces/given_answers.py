"""What an evaluation scores: the answer of this program, or that of any other which writes the same JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct

from calcinosis.conclusions.assessment import Assessment
from calcinosis.errors import InputError, Problem
from calcinosis.readers.recognise import source_bytes
from calcinosis.words.en import evaluation as words

VERDICTS = ("consider", "check-first", "avoid")
PRESENTATIONS = frozenset({"calcinosis", "suspected", "look-alike", "none"})


class Answer(Struct, frozen=True, kw_only=True):
    """What of an assessment is scored, or shown beside the score: ids, and the reasons of the leading type."""

    presentation: str
    leading_type: str | None
    status: str | None = None
    because: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    treatments: Mapping[str, tuple[str, ...]]
    red_flags: tuple[str, ...] = ()


def answer_of(assessment: Assessment) -> Answer:
    """Return the answer of this program."""
    leading = assessment.types[0] if assessment.leading_type else None
    return Answer(
        presentation=assessment.presentation,
        leading_type=assessment.leading_type,
        status=leading.status if leading else None,
        because=tuple(reason.says for reason in leading.because) if leading else (),
        causes=tuple(cause.id for cause in assessment.causes if cause.status != "excluded"),
        look_alikes=tuple(result.id for result in assessment.look_alikes),
        treatments={
            verdict: tuple(result.id for result in assessment.treatments if result.verdict == verdict)
            for verdict in VERDICTS
        },
        red_flags=tuple(flag.id for flag in assessment.red_flags),
    )


def given_answer(path: Path) -> Answer:
    """Return the answer that a file holds as JSON of the contract. Raises InputError for another or a missing file."""
    data = json_file(path, words.AN_ASSESSMENT)
    wrong = _wrong(data)
    if wrong:
        raise InputError([Problem(str(path), 0, wrong, words.AN_ASSESSMENT)])
    leading: str | None = data["leading_type"]
    kind = next((one for one in _listed(data, "types") if one["id"] == leading), {})
    return Answer(
        presentation=data["presentation"],
        leading_type=leading,
        status=kind.get("status"),
        because=tuple(str(one["says"]) for one in _objects(kind.get("because")) if "says" in one),
        causes=tuple(one["id"] for one in _listed(data, "causes") if one.get("status") != "excluded"),
        look_alikes=_ids(data, "look_alikes"),
        treatments={
            verdict: tuple(one["id"] for one in _listed(data, "treatments") if one.get("verdict") == verdict)
            for verdict in VERDICTS
        },
        red_flags=_ids(data, "red_flags"),
    )


def json_file(path: Path, expected: str) -> Any:
    """Return what a file holds as JSON. Raises InputError, as for a pipe or a device, which may never end."""
    try:
        if path.exists() and not path.is_file():
            raise InputError([Problem(str(path), 0, words.NO_FILE, expected)])
        return orjson.loads(source_bytes(path))
    except orjson.JSONDecodeError as error:
        raise InputError([Problem(str(path), 0, str(error), expected)]) from error


def _wrong(data: Any) -> str:
    """Return what keeps data from being scored; empty if nothing does."""
    if not isinstance(data, dict):
        return words.NO_OBJECT
    if data.get("presentation") not in PRESENTATIONS:
        return words.NO_PRESENTATION.format(given=str(data.get("presentation"))[:40])
    if "leading_type" not in data or not isinstance(data["leading_type"], str | None):
        return words.NO_LEADING_TYPE
    return ""


def _ids(data: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(one["id"] for one in _listed(data, key))


def _listed(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the objects of a list that have an id; nothing where the program does not write that list."""
    return [one for one in _objects(data.get(key)) if isinstance(one.get("id"), str)]


def _objects(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
