"""Texts that stand in a record as an attachment: decoded for the reader of notes, or named as not read."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

from calcinosis.person.dates import Day
from calcinosis.readers.fhir.gathering import Reader
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, text
from calcinosis.words.en.account import ATTACHMENT, ATTACHMENT_ELSEWHERE

LONGEST = 5_000_000
"""Letters of the longest text that is decoded."""


@dataclass(frozen=True, slots=True)
class Attached:
    """Where an attachment stands, when it was written and under which title."""

    origin: Origin
    day: Day | None
    time: str
    title: str


TextReader = Callable[[Reader, str, Attached], None]
"""Reads a plain text into what a reader gathers; it reports itself what of the text was not read."""
TEXT_READERS: list[TextReader] = []
"""The reader of notes enters itself here; without one every text is named as not read."""


def read_attachment(reader: Reader, attachment: Json, attached: Attached) -> None:
    """Read an attachment of plain text, or count it as not read. Raises ShapeError."""
    kind = text(attachment, "contentType").partition(";")[0].strip().lower()
    told = _decoded(text(attachment, "data")) if kind in {"text/plain", ""} else None
    if told and TEXT_READERS:
        for read in TEXT_READERS:
            read(reader, told, attached)
        return
    where = ATTACHMENT if "data" in attachment else ATTACHMENT_ELSEWHERE
    title = text(attachment, "title") or attached.title
    reader.not_read.add(
        "attachment", where.replace("{kind}", kind or "?").replace("{title}", title[:80]).strip(), attached.origin
    )


def _decoded(data: str) -> str | None:
    if not data or len(data) > LONGEST:
        return None
    try:
        return base64.b64decode(data, validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
