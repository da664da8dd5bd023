"""Rows of resources and what their meanings say, joined: one row for each saying of each person's record."""

from __future__ import annotations

import sys

import ibis
import ibis.expr.types as ir


def said_rows(kind: str, rows: ir.Table, sayings: ir.Table) -> ir.Table:
    """Return what the resources of one type say, as ``Said`` has it; ``''`` where there is no date."""
    both = rows.join(sayings.rename(said_day="day", said_time="time", said_until="until"), "meaning")
    numbered = "number" in rows.columns
    low, high = (_number(both, end) if numbered else both[end] for end in ("low", "high"))
    valued = both.mutate(low=low, high=high)
    earliest, latest = _dated(valued, "said_day", "day", "earliest"), _dated(valued, "said_day", "day", "latest")
    return valued.filter(_is_possible(valued)).select(
        "person",
        "fact",
        "truth",
        "word",
        "site",
        "weak",
        "once",
        "low",
        "high",
        "open_low",
        "open_high",
        "lower_limit",
        "upper_limit",
        "flag",
        earliest=earliest,
        latest=latest,
        time=ibis.cases(
            (valued.said_time == "row", valued.time),
            (valued.said_time == "day", latest),
            (valued.said_time == "given", valued.time_given),
            else_="",
        ),
        until_earliest=_dated(valued, "said_until", "until", "until_earliest"),
        until_latest=_dated(valued, "said_until", "until", "until_latest"),
        origin=ibis.literal(f"{kind}/") + valued.id,
    )


def seen_days(rows: ir.Table, sights: ir.Table, given: ir.Table) -> ir.Table:
    """Return the days that the resources of each person tell of, each once."""
    plain = rows.join(sights.filter(sights.seen == "row").select("meaning"), "meaning")
    found = [
        plain.filter(plain[name] != "").select("person", earliest=plain[name], latest=plain[name])
        for name in ("seen", "onset")
    ]
    return ibis.union(*found, rows.join(given, "meaning").select("person", "earliest", "latest")).distinct()


def stamps(rows: ir.Table, sights: ir.Table) -> ir.Table:
    """Return the first and last day on which resources of each person were updated; ``''`` as first if one has none."""
    both = rows.join(sights.filter(~sights.needs_number).select("meaning", "updated_given"), "meaning")
    updated = ibis.ifelse(both.updated == "", both.updated_given, both.updated)
    return both.group_by("person").aggregate(least=updated.min(), most=updated.max())


def _number(both: ir.Table, end: str) -> ir.FloatingValue:
    """Return a bound as it is given, or the number of its slot times the factor."""
    slot, factor = both[f"{end}_slot"], both[end]
    number = ibis.ifelse(slot == 0, both.number, both.numbers[(slot - 1).cast("int32")])
    return ibis.ifelse(slot.isnull(), factor, number * factor)


def _is_possible(valued: ir.Table) -> ir.BooleanValue:
    """Whether the bounds that the engine has worked out are finite and within what is possible."""
    held = ibis.literal(True)
    for end in ("low", "high"):
        bound, is_given = valued[end], valued[f"{end}_slot"].isnull()
        possible = bound.notnull() & (bound.abs() <= sys.float_info.max)  # NaN is above all numbers
        possible &= valued.least.isnull() | ((bound >= valued.least) & (bound <= valued.most))
        held &= is_given | possible.fill_null(False)
    return held


def _dated(valued: ir.Table, place: str, row: str, given: str) -> ir.StringValue:
    turns = ((valued[place] == "row", valued[row]), (valued[place] == "day", valued.day))
    return ibis.cases(*turns, (valued[place] == "given", valued[given]), else_="")
