"""The statuses of all versions of FHIR, as they are spelled; one that is none of them was not understood, and is told.

A status is what makes a statement void, over or doubtful: a word that nobody knows must not pass for the usual one.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.shapes import Json, items, obj, text

# fmt: off
_STATUSES = frozenset({
    "abandoned", "aborted", "accepted", "active", "amended", "appended", "arrived", "available", "booked", "cancelled",
    "cannot-be-obtained", "checked-in", "completed", "corrected", "current", "declined", "discharged", "discontinued",
    "draft", "ended", "entered-in-error", "failed", "final", "finished", "fulfilled", "health-unknown", "in-progress",
    "inactive", "intended", "modified", "noshow", "not-available", "not-done", "not-taken", "nullified", "on-hold",
    "onleave", "partial", "pending", "planned", "preliminary", "preparation", "proposed", "ready", "received",
    "recorded", "registered", "rejected", "requested", "retired", "revoked", "specimen-in-process", "stopped",
    "superseded", "suspended", "triaged", "unknown", "waitlist", "confirmed", "unconfirmed", "refuted", "resolved",
})
_CODED = {
    "clinicalStatus": frozenset(
        {"active", "inactive", "recurrence", "relapse", "remission", "resolved", "unknown"}
    ),
    "verificationStatus": frozenset({
        "confirmed", "differential", "entered-in-error", "presumed", "provisional", "refuted", "unconfirmed", "unknown",
    }),
}
# fmt: on


def code_of_words(words: str) -> str:
    """Return the code of a status that is written out: "Entered in Error"."""
    return "-".join(words.lower().split())


def as_spelled(resource: Json) -> Json:
    """Return a resource whose statuses are spelled as FHIR does, where they are such. Raises ShapeError."""
    changed: Json = {}
    status = resource.get("status")
    if type(status) is str and status not in _STATUSES and (code := code_of_words(status)) in _STATUSES:
        changed["status"] = code
    for key, known in _CODED.items():
        if type(concept := resource.get(key)) is not dict or not _unknown_words(concept, known):
            continue
        if code := next((one for one in map(code_of_words, _unknown_words(concept, known)) if one in known), ""):
            changed[key] = {**concept, "coding": [*items(concept, "coding"), {"code": code}]}
    return {**resource, **changed} if changed else resource


def statuses_not_known(resource: Json) -> Iterator[str]:
    """Yield the statuses of a resource that no version of FHIR has. Raises ShapeError."""
    status = text(resource, "status")
    if status and status not in _STATUSES:
        yield status
    for key, known in _CODED.items():
        if key in resource:
            yield from _unknown_words(obj(resource, key), known)[:1]


def _unknown_words(concept: Json, known: frozenset[str]) -> list[str]:
    """Return what a coded status says in words and codes, where none of its codes is known."""
    codings = items(concept, "coding")
    if any(text(coding, "code") in known for coding in codings):
        return []
    told = [text(concept, "text"), *(text(one, key) for key in ("display", "code") for one in codings)]
    return [one for one in told if one.strip()]
