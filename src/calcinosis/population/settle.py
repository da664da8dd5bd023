"""Several sayings of one person about one fact to one value at a day: ``patient.said.settle`` over tables.

A truth is a word ("true", "false", "unknown") and never NULL, and a date that there is not is ``''``: so no aggregate
meets a NULL that it would skip. Bounds of numbers, which can be NULL, are picked by row and never aggregated unseen.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from calcinosis.person.sayings import EVER
from calcinosis.rules.vocabulary import Fact

KEYS = ("person", "fact")
_BOUNDS = ("low", "high", "open_low", "open_high", "lower_limit", "upper_limit", "flag")
_OF_WORDS, _OF_NUMBERS = ("word",), ("earliest", "latest", "as_of", *_BOUNDS)
_NO_DAY = "9999\t9999"


def settled(said: ir.Table, facts: Mapping[str, Fact]) -> tuple[ir.Table, ir.Table, ir.Table]:
    """Return presences, choices and numbers of each person and fact; ``said`` has ``as_of`` beside each saying."""
    begun = said.filter((said.earliest == "") | (said.as_of == "") | (said.earliest <= said.as_of))
    moment = ibis.ifelse(begun.time == "", begun.latest, begun.time) + "\t" + begun.earliest
    is_exact = begun.earliest == begun.latest
    date = ibis.ifelse(is_exact, begun.latest, begun.earliest.substr(0, 4))
    timed = begun.mutate(moment=ibis.ifelse(begun.earliest == "", _NO_DAY, moment), date=date)
    choices = [name for name, fact in facts.items() if fact.kind == "choice"]
    numbers = [name for name, fact in facts.items() if fact.kind == "quantity"]
    others = timed.filter(~timed.fact.isin([*choices, *numbers]))
    return (
        _presences(_at_day(others, facts), facts),
        _words(_latest(timed.filter(timed.fact.isin(choices)), _OF_WORDS)),
        _numbers(_latest(timed.filter(timed.fact.isin(numbers)), _OF_NUMBERS), facts),
    )


def _of_kinds(column: ir.Column, facts: Mapping[str, Fact], kinds: frozenset[str]) -> ir.BooleanValue:
    return column.isin([name for name, fact in facts.items() if fact.kind in kinds])


def _at_day(said: ir.Table, facts: Mapping[str, Fact]) -> ir.Table:
    """Return sayings as they stand at the day: what may not have begun, or may have ended, is unknown."""
    asked = (said.as_of != "") & (said.truth == "true") & ~_of_kinds(said.fact, facts, EVER)
    unbegun = (said.earliest != "") & (said.latest > said.as_of)
    ended = (said.until_earliest != "") & (said.until_earliest < said.as_of)
    over = ended & (said.until_latest < said.as_of) & _of_kinds(said.fact, facts, frozenset({"medicine"}))
    truth = ibis.cases(
        (~asked, said.truth),
        (unbegun, "unknown"),
        (over & ~said.once, "false"),
        (ended, "unknown"),
        else_=said.truth,
    )
    return said.mutate(truth=truth, weak=said.weak | (asked & ~unbegun & over))


def _latest(told: ir.Table, columns: tuple[str, ...]) -> ir.Table:
    """Return the sayings of the last moment on each fact, with the columns that are read of them."""
    said = told.select(*KEYS, "moment", "truth", "date", "origin", *columns)
    last = said.group_by(KEYS).aggregate(last_moment=said.moment.max())
    both = said.join(last, KEYS)
    return both.filter(both.moment == both.last_moment)


def _presences(said: ir.Table, facts: Mapping[str, Fact]) -> ir.Table:
    """Return whether each fact of presence holds, and since when."""
    is_true, is_false = said.truth == "true", said.truth == "false"
    dated = (said.earliest != "") & (said.earliest == said.latest)
    stamp = said.moment + "\n" + said.date
    marked = said.mutate(stamp=stamp, is_true=is_true, is_firm=is_true | is_false, is_dated=dated, is_strong=~said.weak)
    heads = marked.group_by(KEYS).aggregate(
        any_strong=marked.is_strong.any(),
        ever=(marked.is_true & _of_kinds(marked.fact, facts, EVER)).any(),
    )
    heard = marked.join(heads, KEYS)
    heard = heard.filter(heard.ever | heard.is_strong | ~heard.any_strong)
    has_day = heard.earliest != ""
    last = heard.group_by(KEYS).aggregate(
        last_firm=ibis.ifelse(heard.is_firm, heard.moment, "").max(),
        last_true=ibis.ifelse(heard.is_true, heard.moment, "").max(),
        last_dated=ibis.ifelse(heard.is_firm & has_day, heard.moment, "").max(),
    )
    told = heard.join(last, KEYS)
    at_last = told.is_firm & (told.moment == told.last_firm)
    denied = (told.last_firm == _NO_DAY) & (told.last_true != told.last_firm)  # by what has no date
    at_last |= denied & told.is_true & (told.moment == told.last_dated)
    summed = told.group_by(KEYS).aggregate(
        ever=told.ever.any(),
        any_firm=told.is_firm.any(),
        true_last=(at_last & told.is_true).any(),
        false_last=(at_last & ~told.is_true).any(),
        later=(~told.is_firm & (told.moment > told.last_firm)).any(),
        true_stamp=ibis.ifelse(told.is_true, told.stamp, "").max(),
        last_stamp=ibis.ifelse(at_last, told.stamp, "").max(),
        last_true_stamp=ibis.ifelse(at_last & told.is_true, told.stamp, "").max(),
        unknown_stamp=ibis.ifelse(told.is_firm, "", told.stamp).max(),
        undated=(told.is_true & ~told.is_dated).any(),
        first=ibis.ifelse(told.is_true, told.earliest, "9999").min(),
        undated_last=(at_last & told.is_true & ~told.is_dated).any(),
        first_last=ibis.ifelse(at_last & told.is_true, told.earliest, "9999").min(),
    )
    return _judged(summed.left_join(_contradicted(told.filter(at_last)), KEYS).drop("person_right", "fact_right"))


def _contradicted(at_last: ir.Table) -> ir.Table:
    """Return the persons and facts of which one place is called both present and absent at the last moment."""
    sites = at_last.group_by(*KEYS, "site").aggregate(
        is_present=at_last.is_true.any(), is_absent=(~at_last.is_true).any()
    )
    return sites.filter(sites.is_present & sites.is_absent).select(*KEYS, contradicted=True).distinct()


def _judged(summed: ir.Table) -> ir.Table:
    both = ~summed.ever & summed.true_last & summed.false_last
    shared = summed.contradicted.fill_null(False)
    truth = ibis.cases(
        (summed.ever, "true"),
        (~summed.any_firm, "unknown"),
        (both & shared, "unknown"),
        (summed.true_last, "true"),
        (summed.later, "unknown"),
        else_="false",
    )
    first = ibis.ifelse(both, summed.first_last, summed.first)
    undated = ibis.ifelse(both, summed.undated_last, summed.undated)
    newest = ibis.cases(
        (summed.ever, summed.true_stamp),
        (~summed.any_firm, summed.unknown_stamp),
        ((truth == "unknown") & ~both, summed.unknown_stamp),
        (truth == "true", summed.last_true_stamp),
        else_=summed.last_stamp,
    )
    since = ibis.ifelse((truth == "true") & ~undated, first, "")
    return summed.select(*KEYS, truth=truth, first=since, date=newest.split("\n")[1])


def _words(latest: ir.Table) -> ir.Table:
    """Return the word of each choice: the one of the last moment, unknown where there are several."""
    order = latest.origin + "\t" + latest.truth
    summed = latest.group_by(KEYS).aggregate(
        least=ibis.ifelse(latest.word == "", "\U0010ffff", latest.word).min(),
        most=latest.word.max(),
        any_true=(latest.truth == "true").any(),
        first=order.min(),
        date=latest.date.max(),
    )
    truth = ibis.cases(
        ((summed.most != "") & (summed.least != summed.most), "unknown"),
        ((summed.most != "") | summed.any_true, "true"),
        else_=summed.first.re_extract("\t([a-z]+)$", 1),
    )
    word = ibis.ifelse((summed.most != "") & (summed.least == summed.most), summed.most, "")
    return summed.select(*KEYS, "date", truth=truth, word=word)


def _numbers(latest: ir.Table, facts: Mapping[str, Fact]) -> ir.Table:
    """Return the number of each quantity: the last that still counts, a range where several stand at one moment."""
    fresh = latest.filter(~_is_old(latest, facts))
    numbered = fresh.mutate(is_number=fresh.low.notnull() | fresh.high.notnull())
    counts = numbered.group_by(KEYS).aggregate(count=numbered.count(), any_number=numbered.is_number.any())
    counted = numbered.join(counts, KEYS)
    told = (*KEYS, "truth", "date", *_BOUNDS)
    several = counted.filter((counted["count"] > 1) & (counted.is_number | ~counted.any_number))
    return ibis.union(counted.filter(counted["count"] == 1).select(*told), _of_several(several).select(*told))


def _of_several(used: ir.Table) -> ir.Table:
    """Return one number of several that stand at one moment: a range if they differ."""
    bounds = ibis.literal("") + _written(used.low) + " " + _written(used.high)
    used = used.mutate(bounds=bounds, rank=ibis.row_number().over(group_by=KEYS, order_by=_order(used)))
    summed = used.group_by(KEYS).aggregate(
        several=used.bounds.min() != used.bounds.max(),
        open_below=used.low.isnull().any(),
        open_above=used.high.isnull().any(),
        least=used.low.min(),
        most=used.high.max(),
    )
    both = used.filter(used.rank == 0).join(summed, KEYS)
    one = ~both.several
    return both.mutate(
        low=ibis.ifelse(one, both.low, ibis.ifelse(both.open_below, ibis.null("float64"), both.least)),
        high=ibis.ifelse(one, both.high, ibis.ifelse(both.open_above, ibis.null("float64"), both.most)),
        open_low=one & both.open_low,
        open_high=one & both.open_high,
        flag=ibis.ifelse(one, both.flag, ""),
    )


def _written(number: ir.FloatingValue) -> ir.StringValue:
    return number.cast("string").fill_null("None")


def _order(used: ir.Table) -> list[ir.Value]:
    """Order sayings as ``patient.said`` does: by origin, then as their values are written."""
    written = [_written(used[name]) for name in ("low", "high")]
    limits = [_written(used[name]) for name in ("lower_limit", "upper_limit")]
    return [used.origin, *written, used.open_low, used.open_high, *limits, used.flag]


def _is_old(latest: ir.Table, facts: Mapping[str, Fact]) -> ir.BooleanValue:
    """Whether a result is older at the day than its fact is valid for."""
    days = {name: int(fact.valid_for.split()[0]) for name, fact in facts.items() if fact.valid_for}
    is_limited = latest.fact.isin(list(days)) & (latest.earliest != "") & (latest.as_of != "")
    limit = ibis.cases(*((latest.fact == name, number) for name, number in days.items()), else_=0)
    age = _day(latest.as_of).delta(_day(latest.latest), unit="day")
    return (is_limited & (age > limit)).fill_null(False)


def _day(written: ir.StringValue) -> ir.DateValue:
    return written.try_cast("date")
