"""Texts that stand in a record as an attachment: decoded for the reader of notes, or named as not read."""

from __future__ import annotations

import base64
import binascii

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.errors import InputError
from calcinosis.person.dates import Day
from calcinosis.readers.fhir.gathering import Reader, saw
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, text
from calcinosis.words.en.account import ATTACHMENT, ATTACHMENT_ELSEWHERE

LONGEST = 5_000_000
"""Letters of the longest text that is decoded."""


class Attached(Struct, frozen=True):
    """Where an attachment stands, when it was written and under which title."""

    origin: Origin
    day: Day | None
    time: str
    title: str


NOT_OF_A_TEXT = frozenset({"age", "sex"})
"""What the Patient says of the person, and a text beside it need not."""
_CHARSETS = frozenset({"utf-8", "us-ascii", "iso-8859-1", "windows-1252"})


def read_attachment(reader: Reader, attachment: Json, attached: Attached) -> None:
    """Read an attachment of plain text as a clinic note, or count it as not read. Raises ShapeError."""
    kind, _, parameters = (part.strip().lower() for part in text(attachment, "contentType").partition(";"))
    told = _decoded(text(attachment, "data"), parameters) if kind in {"text/plain", ""} else None
    if told and _read_note(reader, told, attached):
        return
    where = ATTACHMENT if "data" in attachment else ATTACHMENT_ELSEWHERE
    title = text(attachment, "title") or attached.title
    reader.not_read.add(
        "attachment", where.replace("{kind}", kind or "?").replace("{title}", title[:80]).strip(), attached.origin
    )


def _read_note(reader: Reader, told: str, attached: Attached) -> bool:
    """Add what a text says, at the place and, without a day of its own, of the day of the resource that holds it.

    Whether anything was read.
    """
    from calcinosis.readers.note.note import note_record

    try:
        note = note_record(told, attached.origin.name, reader.terms)
    except InputError:
        return False
    here = (attached.origin,)
    for listed, gathered in (
        (note.said, reader.said),
        (note.mentions, reader.mentions),
        (note.other_medicines, reader.other_medicines),
    ):
        for one in listed:
            if one.fact not in NOT_OF_A_TEXT:
                value, day = replace(one.value, origins=here), one.day or attached.day
                gathered.append(replace(one, value=value, day=day, time=one.time if one.day else attached.time))
                saw(reader, day, attached.origin)
    reader.remarks += [replace(remark, origin=attached.origin) for remark in note.remarks]
    for unread in note.not_read:
        reader.not_read.add(unread.kind, unread.says, attached.origin, unread.count)
    return True


def _decoded(data: str, parameters: str) -> str | None:
    if not data or len(data) > LONGEST:
        return None
    charset = parameters.partition("charset=")[2].strip("\"' ") or "utf-8"
    try:
        return base64.b64decode(data, validate=False).decode(charset) if charset in _CHARSETS else None
    except (binascii.Error, ValueError):
        return None
