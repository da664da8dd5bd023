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

from calcinosis.population.engine_functions import all_matches, json_part, meaning_hash, to_json
from calcinosis.population.owners import owned
from calcinosis.population.stand_ins import DAY, END, NUMBER, TIMED, VALUE
from calcinosis.population.wanted import NUMBERED, Wanted

_DATED_ONCE = frozenset({"Observation", "DiagnosticReport"})
"""Types of which only the first date counts."""
_FULL_DAY = r'^"\d{4}-\d{2}-\d{2}(?:[T ][0-9:.,Zz+-]*)?"$'
_DIGITS = r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
_PART_NUMBER = rf'("valueQuantity":\{{"value":)({_DIGITS})([,}}])'


def known_patients(raw: ir.Table) -> ir.Table:
    """Return the patients of whom a resource tells, birth date and sex as JSON texts."""
    known = raw.filter((raw.resourceType == "Patient") & raw.id.notnull() & (raw.id != ""))
    return known.select("id", "birthDate", "gender")


def rows_of(wanted: Wanted, raw: ir.Table, people: ir.Table, referred: ir.Table) -> ir.Table:
    """Return the rows of the resources of one type: JSON texts in, days, numbers and meaning out."""
    whole = _with_first_date(wanted, owned(wanted, raw, people, referred))
    dated = {name: _whole_day(whole[name]) for name in (*wanted.days, *wanted.ends)}
    if "first_is_day" in whole.columns:
        dated[wanted.days[0]] = whole.first_is_day | whole[wanted.days[0]].isnull()
    spans = {name: _whole_span(whole[name]) for name in (*wanted.periods, *wanted.end_periods)}
    plain = reduce(and_, [*dated.values(), *spans.values(), *_other_plain(wanted, whole)], ibis.literal(True))
    rows = whole.mutate(plain=plain)
    columns = {name: rows[name] for name in wanted.meaning}
    columns |= _stand_ins(wanted, rows)
    if "focus" in wanted.meaning:
        columns["mine"] = ibis.ifelse(rows.focus.notnull(), rows.person_id, ibis.null("string"))
    if wanted.refers:
        columns["referred"] = rows.referred
    columns["is_plain"] = ibis.ifelse(rows.plain, "1", "0")
    updated = _end_of_span(rows.meta, "lastUpdated")
    columns["updated"] = ibis.ifelse(_whole_day(updated), ibis.null("string"), updated)
    told = rows.select(
        "id",
        "person",
        **_dates(wanted, rows),
        **_numbers(wanted, rows),
        said=ibis.struct(columns),
        numbered=ibis.struct({name: rows[name] for name in NUMBERED} if wanted.kind == "Observation" else {"none": ""}),
    )
    return told.mutate(meaning=meaning_hash(told.said))


def with_texts(rows: ir.Table, known: ir.Table) -> ir.Table:
    """Return the rows with their meaning as JSON ``texts``, where it is not ``known`` or depends on numbers.

    ``number_texts`` are the elements that hold numbers, with them.
    """
    both = rows.left_join(known.select(read="meaning", needs_number="needs_number"), [("meaning", "read")])
    is_open = both.person.notnull() & (both.read.isnull() | both.needs_number)
    texts = {"texts": both.said, "number_texts": both.numbered}
    written = {name: ibis.ifelse(is_open, to_json(held), ibis.null("string")) for name, held in texts.items()}
    return both.mutate(**written).drop("said", "numbered", "read", "needs_number")


def numbered(rows: ir.Table, known: ir.Table) -> ir.Table:
    """Return the rows of which the meaning depends on numbers, with these put back into it."""
    needing = rows.semi_join(known.filter(known.needs_number), "meaning").filter(lambda row: row.person.notnull())
    texts = needing.texts.substr(0, needing.texts.length() - 1) + "," + needing.number_texts.substr(1)
    both = needing.mutate(texts=texts, number=ibis.null("float64"))
    return both.mutate(meaning=meaning_hash(both.texts))


def _with_first_date(wanted: Wanted, raw: ir.Table) -> ir.Table:
    """Return resources that are dated once: where the first of their dates is a whole day, the others say nothing."""
    if wanted.kind not in _DATED_ONCE:
        return raw
    first, *others = (*wanted.days, *wanted.periods)
    is_day = raw[first].notnull() & _whole_day(raw[first])
    dated = raw.mutate(first_is_day=is_day)
    return dated.mutate(**{name: ibis.ifelse(dated.first_is_day, ibis.null("string"), dated[name]) for name in others})


def _whole_day(written: ir.StringColumn) -> ir.BooleanColumn:
    day = written.substr(1, 10)
    is_day = written.re_search(_FULL_DAY) & day.try_cast("date").notnull() & (day > "0001")
    return written.isnull() | is_day.fill_null(False)


def _end_of_span(span: ir.StringColumn, key: str) -> ir.StringColumn:
    return json_part(span, f"$.{key}")


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
    return json_part(supplied, "$.validityPeriod.end")


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
        found["valueQuantity"] = ibis.ifelse(_number(rows).isnull(), rows.valueQuantity, _after_number(rows))
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
    onset = rows.onsetDateTime.substr(1, 10).fill_null("") if wanted.kind == "Condition" else ibis.literal("")
    updated = _end_of_span(rows.meta, "lastUpdated")
    stamp = ibis.ifelse(_whole_day(updated), updated.substr(1, 10).fill_null(""), "")
    time = ibis.ifelse(written.length() > 12, written.substr(1, written.length() - 2), "").fill_null("")
    return {
        "day": day,
        "time": time,
        "until": ended.substr(1, 10).fill_null(""),
        "seen": seen,
        "onset": onset,
        "updated": stamp,
    }


def _numbers(wanted: Wanted, rows: ir.Table) -> dict[str, ir.Value]:
    """Return the numbers of an Observation in their order, its own first."""
    if wanted.kind != "Observation":
        return {}
    others = all_matches(rows.component, _PART_NUMBER, 2).cast("array<float64>")
    return {"number": _number(rows), "numbers": others}


def _number_end(rows: ir.Table) -> ir.IntegerValue:
    comma = rows.valueQuantity.find(",")
    return ibis.ifelse(comma < 0, rows.valueQuantity.length() - 1, comma)


def _number(rows: ir.Table) -> ir.FloatingValue:
    """Return the number with which a quantity begins; NULL where it begins otherwise."""
    written = rows.valueQuantity.substr(len(VALUE), _number_end(rows) - len(VALUE))
    return ibis.ifelse(rows.valueQuantity.startswith(VALUE), written, ibis.null("string")).try_cast("float64")


def _after_number(rows: ir.Table) -> ir.StringValue:
    return rows.valueQuantity.substr(_number_end(rows))
