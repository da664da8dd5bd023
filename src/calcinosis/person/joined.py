"""Several documents of one person as one record: a note beside a coded record, several notes, several exports."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import Day
from calcinosis.person.history import histories_joined
from calcinosis.person.record import Record
from calcinosis.person.sayings import Said
from calcinosis.words.en import inputs


def dated(record: Record) -> Record:
    """Return a form or a note of one of several days with its day for what has none; FHIR dates what it says itself."""
    if record.source == "fhir" or not record.last_day:
        return record
    day = Day(record.last_day, record.last_day)

    def with_day(said: tuple[Said, ...]) -> tuple[Said, ...]:
        return tuple(one if one.day is not None else replace(one, day=day) for one in said)

    return replace(
        record,
        said=with_day(record.said),
        other_medicines=with_day(record.other_medicines),
        mentions=with_day(record.mentions),
        history=replace(
            record.history,
            prescriptions=tuple(
                replace(one, seen=day, start=one.start or (None if one.state == "ended" else day))
                for one in record.history.prescriptions
            ),
            lesion_events=tuple(
                one if one.day is not None else replace(one, day=day) for one in record.history.lesion_events
            ),
        ),
    )


def joined(records: Sequence[Record], name: str) -> Record:
    """Return one record that says what all of them say; where two clash, settling shows it. Raises InputError.

    Records with different ids or birth dates are of different persons.
    """
    ids = sorted({record.id for record in records if record.id})
    births = {record.birth for record in records if record.birth is not None}
    if len(ids) > 1 or len(births) > 1:
        raise InputError([Problem(name, 0, inputs.DIFFERENT_PERSONS, inputs.OF_ONE_PERSON, inputs.SPLIT_BY_PERSON)])
    days = {record.last_day for record in records if record.source != "fhir"}
    if len(days) > 1:
        records = [dated(record) for record in records]
    born = next((record for record in records if record.birth is not None), records[0])
    unused: dict[str, int] = {}
    for record in records:
        for label, count in record.unused:
            unused[label] = unused.get(label, 0) + count
    return Record(
        id=ids[0] if ids else "",
        source=records[0].source,
        said=tuple(said for record in records for said in record.said),
        other_medicines=tuple(said for record in records for said in record.other_medicines),
        remarks=tuple(sorted({remark for record in records for remark in record.remarks})),
        unused=tuple(sorted(unused.items())),
        mentions=tuple(said for record in records for said in record.mentions),
        not_read=tuple(sorted({one for record in records for one in record.not_read})),
        birth=born.birth,
        birth_origin=born.birth_origin,
        last_day=max(record.last_day for record in records),
        history=histories_joined(record.history for record in records),
    )
