"""What both the standing attack and the search of bytes hold an answer to."""

from __future__ import annotations

import re
from collections.abc import Collection

from calcinosis.readers.json_text import JsonError, decoded

_UNTELLABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def untellable(text: str) -> bool:
    """Whether a text holds a sign that a terminal obeys."""
    return bool(_UNTELLABLE.search(text))


def is_refused(line: bytes, kind: str, people: Collection[str]) -> bool:
    """Whether a line is no resource of its kind, with an id and of one of the people, to the reader of one record."""
    try:
        resource = decoded(line)
    except JsonError:
        return bool(line.strip())
    if not isinstance(resource, dict) or resource.get("resourceType") != kind:
        return True
    if not isinstance(resource.get("id"), str):
        return True
    subject = resource.get("subject")
    reference = subject.get("reference") if isinstance(subject, dict) else None
    server, _, person_id = str(reference).partition("Patient/")
    return person_id not in people or not (server == "" or server.endswith("/"))
