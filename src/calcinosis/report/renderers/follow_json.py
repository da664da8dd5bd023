"""A follow-up as the JSON of the contract, and the object that it is made of."""

from __future__ import annotations

from typing import Any

import orjson
from msgspec import Struct

from calcinosis.follow_up.results import FollowUp
from calcinosis.report.renderers.harmless import harmless_json
from calcinosis.rules.vocabulary import Origin
from calcinosis.words.en.documents import INTENDED_USE

SCHEMA = "calcinosis-follow-up/1"
_EMPTY_IS_NOT_KNOWN = frozenset(
    {"stop", "start", "last", "due", "label", "ended", "sex", "died", "id", "supplied_until"}
)
"""Names of which an empty text says that nothing is known; the contract has null there."""


def follow_json(found: FollowUp, indent: bool = True) -> str:
    """Return a follow-up as JSON text."""
    return harmless_json(orjson.dumps(follow_object(found), option=orjson.OPT_INDENT_2 if indent else 0).decode())


def follow_object(found: FollowUp) -> dict[str, Any]:
    """Return a follow-up as plain data with the names of the contract."""
    assessment = found.assessment
    return {
        "schema": SCHEMA,
        "knowledge": {"version": assessment.knowledge_version, "checked": assessment.knowledge_checked},
        "intended_use": INTENDED_USE,
        "record": _plain(found.record),
        **{
            name: _plain(getattr(found, name))
            for name in (
                *("visits", "series", "courses", "lesions", "scores", "responses", "due", "stop_signals"),
                "since_last_visit",
            )
        },
        "red_flags": [_danger(one) for one in assessment.red_flags],
        "earlier_dangers": [_danger(one) for one in assessment.earlier_dangers],
        "leading_type": assessment.leading_type,
        "taken": [one.medicine for one in assessment.taken],
        "sources": _plain(found.sources),
    }


def _danger(danger: Any) -> dict[str, Any]:
    found = {"id": danger.id, "name": danger.name, "urgency": danger.urgency, "says": danger.says, "cite": danger.cite}
    return {**found, **({"date": danger.date} if getattr(danger, "date", "") else {})}


def _plain(value: Any) -> Any:
    """Return a result as plain data by the names of the contract."""
    if isinstance(value, Origin):
        return {value.kind: value.name}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if not isinstance(value, Struct):
        return value
    found: dict[str, Any] = {}
    for name in value.__struct_fields__:
        key, held = name.rstrip("_"), getattr(value, name)
        found[key] = None if held == "" and key in _EMPTY_IS_NOT_KNOWN else _plain(held)
    return found
