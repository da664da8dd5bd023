"""Whose each resource is, and what it refers to."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from calcinosis.population.engine_functions import json_part
from calcinosis.population.wanted import PATIENT, Wanted

_USUAL = "Patient/"


def owned(wanted: Wanted, raw: ir.Table, people: ir.Table, referred: ir.Table) -> ir.Table:
    """Return the resources with the number of their patient: NULL where there is none, and what they refer to."""
    reference = ibis.coalesce(raw.subject, raw.patient)
    is_whole = (raw.resourceType == wanted.kind) & raw.id.notnull() & (raw.id != "")
    person_id = ibis.ifelse(is_whole, _id_in(reference), ibis.null("string"))
    mine = raw.mutate(person_id=person_id).left_join(people, "person_id").drop("person_id_right")
    if not wanted.refers:
        return mine
    return mine.mutate(address=_address(wanted, mine)).left_join(referred, "address").drop("address_right")


def _id_in(reference: ir.StringValue) -> ir.StringValue:
    """Return the id of a patient in a reference; the usual form needs no pattern."""
    rest = reference.substr(len(_USUAL))
    is_usual = reference.startswith(_USUAL) & ~rest.contains("/") & (rest != "")
    return ibis.ifelse(is_usual, rest, reference.re_extract(PATIENT, 1))


def _address(wanted: Wanted, owned: ir.Table) -> ir.StringValue:
    """Return what a resource refers to as ``Type/id``."""
    if wanted.kind == "DeviceUseStatement":
        return _word(json_part(owned.device, "$.reference"))
    newer = _word(json_part(owned.medication, "$.reference.reference"))
    reference = ibis.coalesce(_word(json_part(owned.medicationReference, "$.reference")), newer)
    return reference.re_extract(r"(?:^|/)(Medication/[^/]+)(?:/_history/.*)?$", 1)


def _word(json: ir.StringValue) -> ir.StringValue:
    """Return a JSON string without its quotes, NULL for what is none."""
    return ibis.ifelse(json.startswith('"'), json.substr(1, json.length() - 2), ibis.null("string"))


def referred_resources(kind: str, elements: tuple[str, ...], raw: ir.Table) -> ir.Table:
    """Return the resources that others refer to, as JSON by their address."""
    parts: list[ir.StringValue] = [ibis.literal(f'{{"resourceType":"{kind}","id":"') + raw.id + '"']
    parts += [
        ibis.ifelse(raw[name].notnull(), ibis.literal(f',"{name}":') + raw[name], "").fill_null("") for name in elements
    ]
    written = parts[0]
    for part in parts[1:]:
        written = written + part
    known = raw.filter((raw.resourceType == kind) & raw.id.notnull())
    return known.select(address=ibis.literal(f"{kind}/") + known.id, referred=written + "}").distinct()
