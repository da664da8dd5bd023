"""An assessment as the JSON of the contract, and the object that it is made of."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import orjson

from calcinosis.reasoning.assessment import Assessment, CauseResult
from calcinosis.rules.vocabulary import Origin

SCHEMA = "calcinosis-assessment/1"
INTENDED_USE = (
    "For clinicians, to inform; it shows the basis of every line and never replaces their judgement. "
    "It is not a device for decisions without supervision."
)


def as_object(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as plain data with the names of the contract."""
    return {
        "schema": SCHEMA,
        "knowledge": {"version": assessment.knowledge_version, "checked": assessment.knowledge_checked},
        "intended_use": INTENDED_USE,
        "record": {key: None if value == "" else value for key, value in _plain(assessment.record).items()},
        "presentation": assessment.presentation,
        "presentation_because": _plain(assessment.presentation_because),
        "leading_type": assessment.leading_type,
        **{
            name: _plain(getattr(assessment, name))
            for name in ("types", "look_alikes", "red_flags", "workup", "treatments", "stop", "follow_up")
        },
        "causes": [_cause(cause) for cause in assessment.causes],
        "not_understood": [{**_plain(item.origin), "says": item.says} for item in assessment.not_understood],
        "not_used": [{"says": says, "count": count} for says, count in assessment.not_used],
        "names": assessment.names,
        "sources": _plain(assessment.sources),
    }


def _cause(cause: CauseResult) -> dict[str, Any]:
    """Return a cause; ``leads_to`` is the type that it explains first, ``leads_to_all`` every one."""
    return {**_plain(cause), "leads_to": cause.leads_to[0], "leads_to_all": list(cause.leads_to)}


def as_json(assessment: Assessment, indent: bool = True) -> str:
    """Return the assessment as JSON text."""
    option = orjson.OPT_INDENT_2 if indent else 0
    return orjson.dumps(as_object(assessment), option=option).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Origin):
        return {value.kind: value.name}
    if is_dataclass(value):
        return {field.name.rstrip("_"): _plain(getattr(value, field.name)) for field in fields(value)}
    return value
