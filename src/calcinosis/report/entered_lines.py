"""What an assessment rests on, in groups: findings, medicines, values, what does not count, what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from calcinosis.conclusions.assessment import Assessment, NotUnderstood
from calcinosis.conclusions.entered import Entered
from calcinosis.person.not_read import NotRead
from calcinosis.report.account import not_read_words, said, with_count
from calcinosis.report.document import EnteredGroup, EnteredRow
from calcinosis.report.lines import clean, origin_words, whole
from calcinosis.report.marks import SENSE_MARKS
from calcinosis.rules.vocabulary import Origin
from calcinosis.words.en import entered as words
from calcinosis.words.en.account import SENSES
from calcinosis.words.en.report import day_words

_COUNTS = frozenset({"present", "absent", "suspected", "unlikely", "not-stated"})
_ORDER = tuple(SENSE_MARKS)


def entered_groups(assessment: Assessment) -> tuple[EnteredGroup, ...]:
    """Return everything that was read and not read, each with its date and where it stands; no group is empty."""
    rows: dict[str, list[EnteredRow]] = {name: [] for name in words.GROUPS}
    for one in sorted(said(assessment, assessment.entered), key=lambda one: _ORDER.index(one.sense)):
        rows[_group(one, assessment)].append(_row(one))
    rows["not-counted"] += [_plain(with_count(*one)) for one in assessment.not_used]
    rows["not-read"] += _not_read(assessment.not_understood, assessment.not_read)
    return tuple(
        _dated(EnteredGroup(title=words.GROUPS[name], rows=tuple(found))) for name, found in rows.items() if found
    )


def _dated(group: EnteredGroup) -> EnteredGroup:
    """Return a group that names the day once, where all of it is of one day."""
    days = {row.date for row in group.rows if not row.is_worked_out}
    if len(days) != 1 or not group.rows[0].date:
        return group
    title = words.OF_DAY.format(title=group.title, day=group.rows[0].date)
    return EnteredGroup(title=title, rows=tuple(replace(row, date="") for row in group.rows))


def _group(one: Entered, assessment: Assessment) -> str:
    if one.sense not in _COUNTS or not (one.used or one.parts):
        return "not-counted"
    fact = assessment.account.library.facts[one.fact]
    if fact.learned_by == "demographics":
        return "person"
    return {"quantity": "values", "medicine": "medicines"}.get(fact.kind, "findings")


def _row(one: Entered) -> EnteredRow:
    sense = SENSES[one.sense] if one.sense not in {"present", "absent"} else ""
    name = clean(one.name)
    return EnteredRow(
        mark="" if one.value and one.sense == "present" else SENSE_MARKS[one.sense],
        word=one.sense,
        name=words.WITH_SENSE.format(name=name, sense=sense) if sense else name,
        value=clean(one.value).rstrip(".,;").replace("_", " "),
        date=day_words(one.date) if one.date else "",
        place=_place(tuple(dict.fromkeys(place.origin for place in one.from_))),
        is_worked_out=bool(one.parts),
    )


def _place(origins: tuple[Origin, ...]) -> str:
    """Return where something was read; the question of a form is what it answers, and is not named again."""
    named = [origin_words(origin) for origin in origins if origin.kind != "question"]
    if len(named) > 1:
        return words.MORE_PLACES.format(place=named[0], count=len(named) - 1)
    return named[0] if named else ""


def _plain(text: str, place: str = "") -> EnteredRow:
    return EnteredRow(mark="unknown", name=text, place=place)


def _not_read(wrong: tuple[NotUnderstood, ...], unread: tuple[NotRead, ...]) -> Iterator[EnteredRow]:
    yield from (_plain(whole(one.says).rstrip("."), origin_words(one.origin)) for one in wrong)
    yield from (_plain(whole(not_read_words(one)).rstrip("."), origin_words(one.origin)) for one in unread)
