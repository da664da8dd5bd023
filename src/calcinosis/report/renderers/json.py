"""An assessment as the JSON of the contract, and the object that it is made of."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, json
from msgspec.structs import asdict

from calcinosis.conclusions.assessment import Assessment, CauseResult, NotUnderstood, Reason
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
        return list(map(_named, value)) if value and isinstance(value[0], Struct) else value
    if type(value) is Reason:
        return {
            "says": value.says,
            "truth": value.truth,
            "from": list(map(_origin, value.from_)),
            "cite": value.cite,
            "fact": value.fact,
        }
    if type(value) is Origin:
        return _origin(value)
    is_renamed, inner = _differing(type(value))
    return _renamed(value) if is_renamed or any(getattr(value, name) for name in inner) else value


def _renamed(result: Any) -> dict[str, Any]:
    """Return the fields of a result by the names of the contract."""
    found = asdict(result)
    is_renamed, inner = _differing(type(result))
    for name in inner:
        found[name] = _named(found[name])
    return {name.rstrip("_"): value for name, value in found.items()} if is_renamed else found


_DIFFERING: dict[type[Struct], tuple[bool, tuple[str, ...]]] = {}


def _differing(kind: type[Struct]) -> tuple[bool, tuple[str, ...]]:
    """Return whether a field of a class has another name in the contract, and the fields inside which one may."""
    if kind not in _DIFFERING:
        written = written_types(kind)
        inner = (name for name, type_ in written.items() if any(one in type_ for one in _WITH_OTHER_NAMES))
        _DIFFERING[kind] = any(name[-1] == "_" for name in written), tuple(inner)
    return _DIFFERING[kind]


_WITH_OTHER_NAMES = ("Reason", "Origin", "TypeResult")
"""Classes of which a field, or one inside, is named otherwise in the contract."""
