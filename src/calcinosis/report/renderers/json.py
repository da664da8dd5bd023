"""An assessment as the JSON of the contract, and the object that it is made of."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, json

from calcinosis.conclusions.assessment import Assessment, CauseResult, NotUnderstood
from calcinosis.conclusions.entered import Entered
from calcinosis.data import written_types
from calcinosis.report.case_lines import case_objects, sources_of_cases
from calcinosis.report.renderers.harmless import harmless_json
from calcinosis.rules.vocabulary import Origin
from calcinosis.words.en.documents import INTENDED_USE as INTENDED_USE

SCHEMA = "calcinosis-assessment/1"


def as_object(assessment: Assessment) -> dict[str, Any]:
    """Return the assessment as plain data with the names of the contract."""
    found: dict[str, Any] = json.decode(json_bytes(assessment))
    return found


def as_json(assessment: Assessment, indent: bool = True) -> str:
    """Return the assessment as JSON text."""
    if not indent:
        return harmless_json(json_bytes(assessment).decode())
    return harmless_json(json.format(json_bytes(assessment), indent=2).decode())


def json_bytes(assessment: Assessment) -> bytes:
    """Return the assessment as JSON in one line, as it is sent."""
    return json.encode(_contract(assessment))


def _contract(assessment: Assessment) -> dict[str, Any]:
    """Return the names of the contract with what they hold, as far as its names differ from those of the classes."""
    record = _renamed(assessment.record)
    return {
        "schema": SCHEMA,
        "knowledge": {"version": assessment.knowledge_version, "checked": assessment.knowledge_checked},
        "intended_use": INTENDED_USE,
        "record": {key: None if value == "" else value for key, value in record.items()},
        "presentation": assessment.presentation,
        "presentation_because": _named(assessment.presentation_because),
        "leading_type": assessment.leading_type,
        **{
            name: _named(getattr(assessment, name))
            for name in (
                *("types", "look_alikes", "red_flags", "watch", "earlier_dangers", "asked_dangers"),
                *("workup", "treatments", "stop", "follow_up"),
            )
        },
        "taken": [{**_renamed(one), "cite": one.cite} for one in assessment.taken],
        "cases": case_objects(assessment),
        "causes": [_cause(cause) for cause in assessment.causes],
        "not_understood": list(map(_not_understood, assessment.not_understood)),
        "not_used": [{"says": says, "count": count} for says, count in assessment.not_used],
        "entered": [_entered(one) for one in assessment.entered],
        "not_read": [
            {**_origin(one.origin), "says": one.says, "kind": one.kind, "count": one.count}
            for one in assessment.not_read
        ],
        "names": assessment.names,
        "sources": {**assessment.sources, **sources_of_cases(assessment)},
    }


def _cause(cause: CauseResult) -> dict[str, Any]:
    """Return a cause; ``leads_to`` is the type that it explains first, ``leads_to_all`` every one."""
    return {**_renamed(cause), "leads_to": cause.leads_to[0], "leads_to_all": cause.leads_to}


def _entered(entered: Entered) -> dict[str, Any]:
    """Return what was read of one fact; what is not known of it is left out."""
    found: dict[str, Any] = {"fact": entered.fact, "name": entered.name, "truth": entered.truth.value}
    for key, given in (("value", entered.value), ("sense", entered.sense), ("date", entered.date)):
        if given:
            found[key] = given
    places = [{**_origin(one.origin), **({"words": one.words} if one.words else {})} for one in entered.from_]
    parts = {"parts": entered.parts} if entered.parts else {}
    return {**found, "from": places, **parts, "used": entered.used}


def _not_understood(item: NotUnderstood) -> dict[str, str]:
    return {**_origin(item.origin), "says": item.says, **({"ask": item.ask} if item.ask else {})}


def _origin(origin: Origin) -> dict[str, str]:
    return {origin.kind: origin.name}


def _named(value: Any) -> Any:
    """Return a value in which every name is that of the contract; what has no other names is left to the encoder."""
    if type(value) is tuple:
        if value and type(value[0]) is Origin:
            return [_origin(item) for item in value]
        return [_named(item) for item in value] if value and isinstance(value[0], Struct) else value
    return _renamed(value) if isinstance(value, Struct) and _differs(type(value)) else value


def _renamed(result: Any) -> dict[str, Any]:
    """Return the fields of a result by the names of the contract."""
    return {
        key: _named(getattr(result, name)) if may_differ else getattr(result, name)
        for name, key, may_differ in _fields(type(result))
    }


_FIELDS: dict[type[Struct], tuple[tuple[str, str, bool], ...]] = {}


def _fields(kind: type[Struct]) -> tuple[tuple[str, str, bool], ...]:
    """Return each field of a class: its name, that of the contract, and whether anything inside is named otherwise."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(
            (name, name.rstrip("_"), _holds_reasons(written)) for name, written in written_types(kind).items()
        )
    return _FIELDS[kind]


def _differs(kind: type[Struct]) -> bool:
    return any(name != key or may_differ for name, key, may_differ in _fields(kind))


def _holds_reasons(kind: str) -> bool:
    return any(name in kind for name in ("Reason", "Origin", "TypeResult"))
