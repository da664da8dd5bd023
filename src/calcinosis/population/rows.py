"""Resources as rows: whose each is, its dates, its numbers, and what decides its meaning apart from these.

A resource is plain when all of its dates are whole days written as FHIR has them. Then its dates are taken out of its
meaning (a stand-in takes their place) and put back by the engine. Any other resource keeps them in its meaning and is
read as it is; so what the engine does with dates is little, and what is odd is read by the patient reader alone.
"""

from __future__ import annotations

from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir

from calcinosis.population.wanted import NUMBERED, Wanted

DAY, END = "2000-01-01", "2000-01-03"
"""Stand-ins for the day on which something began and the one on which it ended."""
TIMED = f"{DAY}T00"
NUMBER = "taken out: number"
"""Stand-in for a number."""

_FULL_DAY = r'^"\d{4}-\d{2}-\d{2}(?:[T ][0-9:.,Zz+-]*)?"$'
_DIGITS = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_TOP_NUMBER = rf'^(\{{"value":)({_DIGITS})([,}}])'
_PART_NUMBER = rf'("valueQuantity":\{{"value":)({_DIGITS})([,}}])'


@ibis.udf.scalar.builtin(name="regexp_extract_all", signature=(("string", "string", "int32"), "array<string>"))
def _all_matches(text, pattern, group):  # type: ignore[no-untyped-def]
    """Return the group of each match."""


def rows_of(wanted: Wanted, raw: ir.Table) -> ir.Table:
    """Return the rows of the resources of one type: JSON texts in, days, numbers and meaning out."""
    dated = {name: _whole_day(raw[name]) for name in (*wanted.days, *wanted.ends)}
    spans = {name: _whole_span(raw[name]) for name in (*wanted.periods, *wanted.end_periods)}
    plain = reduce(and_, [*dated.values(), *spans.values(), *_other_plain(wanted, raw)], ibis.literal(True))
    rows = raw.mutate(plain=plain)
    columns = {name: rows[name] for name in wanted.meaning}
    columns |= _stand_ins(wanted, rows)
    if "focus" in wanted.meaning:
        columns["mine"] = ibis.ifelse(rows.focus.notnull(), rows.person_id, ibis.null("string"))
    if wanted.refers:
        columns["referred"] = rows.referred
    columns["is_plain"] = ibis.ifelse(rows.plain, "1", "0")
    named = {f"m_{name}": column for name, column in columns.items()}
    return rows.select("id", "person", **_dates(wanted, rows), **_numbers(wanted, rows), **named)


def meaning_columns(rows: ir.Table) -> list[str]:
    """Return the columns that decide what the resources say."""
    return [name for name in rows.columns if name.startswith("m_")]


def with_numbers(rows: ir.Table) -> ir.Table:
    """Return the rows with their numbers put back into their meaning."""
    return rows.mutate(**{f"m_{name}": rows[f"n_{name}"] for name in NUMBERED if f"n_{name}" in rows.columns})


def _text(column: ir.Column) -> ir.StringValue:
    return column.cast("string")


def _whole_day(written: ir.StringColumn) -> ir.BooleanColumn:
    day = written.substr(1, 10)
    is_day = written.re_search(_FULL_DAY) & day.try_cast("date").notnull() & (day > "0001")
    return written.isnull() | is_day.fill_null(False)


def _end_of_span(span: ir.StringColumn, key: str) -> ir.StringColumn:
    return _text(span.cast("json")[key])


def _whole_span(span: ir.StringColumn) -> ir.BooleanColumn:
    """Whether a period is an object whose ends, where it has them, are whole days."""
    good = span.startswith("{")
    for key in ("start", "end"):
        end = _end_of_span(span, key)
        good &= ibis.ifelse(span.contains(f'"{key}"'), end.notnull() & _whole_day(end), True)
    return span.isnull() | good


def _other_plain(wanted: Wanted, raw: ir.Table) -> list[ir.BooleanValue]:
    found = []
    if "dosageInstruction" in wanted.meaning:
        found.append(~raw.dosageInstruction.contains("boundsPeriod").fill_null(False))
    if wanted.kind == "MedicationRequest":
        supplied = raw.dispenseRequest
        end = _validity_end(supplied)
        known = ibis.ifelse(supplied.contains('"validityPeriod"'), end.notnull() & _whole_day(end), True)
        found.append(supplied.isnull() | (supplied.startswith("{") & known))
    return found


def _validity_end(supplied: ir.StringColumn) -> ir.StringColumn:
    return _text(supplied.cast("json")["validityPeriod"]["end"])


def _stand_ins(wanted: Wanted, rows: ir.Table) -> dict[str, ir.StringValue]:
    """Return dates, periods and numbers as they stand in the meaning."""
    found = {name: _replaced(rows, name, f'"{TIMED}"') for name in wanted.days}
    found |= {name: _replaced(rows, name, f'"{END}"') for name in wanted.ends}
    found |= {name: _span_stand_in(rows, name, DAY) for name in wanted.periods}
    found |= {name: _span_stand_in(rows, name, END) for name in wanted.end_periods}
    if wanted.kind == "MedicationRequest":
        has_end = _validity_end(rows.dispenseRequest).notnull()
        supplied = ibis.ifelse(has_end, f'{{"validityPeriod":{{"end":"{END}"}}}}', ibis.null("string"))
        found["dispenseRequest"] = ibis.ifelse(rows.plain, supplied, rows.dispenseRequest)
    if wanted.kind == "Observation":
        marked = rf'\1"{NUMBER}"\3'
        found["valueQuantity"] = rows.valueQuantity.re_replace(_TOP_NUMBER, marked)
        found["component"] = rows.component.re_replace(_PART_NUMBER, marked)
    return found


def _replaced(rows: ir.Table, name: str, stand_in: str) -> ir.StringValue:
    return ibis.ifelse(rows.plain & rows[name].notnull(), stand_in, rows[name])


def _span_stand_in(rows: ir.Table, name: str, start: str) -> ir.StringValue:
    span = rows[name]
    starts, ends = span.contains('"start"'), span.contains('"end"')
    taken_out = ibis.cases(
        (starts & ends, f'{{"start":"{start}","end":"{END}"}}'),
        (starts, f'{{"start":"{start}"}}'),
        (ends, f'{{"end":"{END}"}}'),
        else_="{}",
    )
    return ibis.ifelse(rows.plain & span.notnull(), taken_out, span)


def _dates(wanted: Wanted, rows: ir.Table) -> dict[str, ir.Value]:
    """Return the days of a plain resource, ``''`` where it has none; those of others are in their meaning."""
    none = ibis.null("string")
    written = ibis.coalesce(none, *(rows[name] for name in wanted.days))
    begun = ibis.coalesce(written, *(_end_of_span(rows[name], "start") for name in wanted.periods), none)
    seen = begun.substr(1, 10).fill_null("")
    ended = ibis.coalesce(
        none, *(rows[name] for name in wanted.ends), *(_end_of_span(rows[name], "start") for name in wanted.end_periods)
    )
    day = seen
    if wanted.refers == "Medication":
        start = _end_of_span(rows.effectivePeriod, "start").substr(1, 10).fill_null("")
        if wanted.kind == "MedicationRequest":
            ended = _validity_end(rows.dispenseRequest)
        else:
            ended = _end_of_span(rows.effectivePeriod, "end")
            day = ibis.ifelse(start > day, start, day)
    if wanted.kind == "Condition":
        onset = rows.onsetDateTime.substr(1, 10).fill_null("")
        seen = ibis.ifelse(onset > seen, onset, seen)
    time = ibis.ifelse(written.length() > 12, written.substr(1, written.length() - 2), "").fill_null("")
    return {"day": day, "time": time, "until": ended.substr(1, 10).fill_null(""), "seen": seen}


def _numbers(wanted: Wanted, rows: ir.Table) -> dict[str, ir.Value]:
    """Return the numbers of an Observation in their order, its own first, and the elements that hold them."""
    if wanted.kind != "Observation":
        return {}
    first = rows.valueQuantity.re_extract(_TOP_NUMBER, 2).try_cast("float64")
    others = _all_matches(rows.component, _PART_NUMBER, 2).cast("array<float64>")
    return {"number": first, "numbers": others, **{f"n_{name}": rows[name] for name in NUMBERED}}
