"""What is said of the facts of a group of people, settled: one row for each person and fact.

The plain majority is decided here for all at once: one saying, sayings that agree, or a result that is the newest by
days. Whatever is not plain is settled by the code for one person, ``person.sayings``, so that nothing is decided twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import replace

from calcinosis.person.ends import has_companions
from calcinosis.person.sayings import EVER
from calcinosis.population.resources.meanings import Constant
from calcinosis.population.resources.outline import NO_DAY
from calcinosis.population.settle_each import Group, Sayings, age_rows, other_rows
from calcinosis.population.settle_lasting import lasting_values, with_lasting
from calcinosis.population.settle_relations import relation_rows
from calcinosis.population.settled import SETTLED
from calcinosis.readers.fhir.timeline import BOUND_TO_DAY
from calcinosis.rules.vocabulary import Fact

_NEAR = 2
"""Days within which the order of results may depend on their times."""


def settled_of(said: Sayings, group: Group, wrong: Any, facts: Mapping[str, Fact]) -> pa.Table:
    """Return what is settled of a group, in the columns of SETTLED; ``wrong`` holds dates that cannot be."""
    said = _with_sexes(said, group)
    constants = Constants(said.constants, facts)
    said = _without_wrong(said, wrong, constants)
    column = said.columns
    as_of = group.as_of[column["person"] - group.first]
    begun = (column["earliest"] == NO_DAY) | (as_of == NO_DAY) | (column["earliest"] <= as_of)
    places = np.flatnonzero(begun)
    key = _keys(said, constants)[places]
    order = np.argsort(key, kind="stable")
    places, key = places[order], key[order]
    newest = _newest(said, constants, places, key)
    shown = lasting_values(said, places, group, facts)
    said, key = said.taken(places[newest]), key[newest]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    size = np.diff(first, append=len(key))
    plain = _plain(said, constants, first, size, group)
    told = pa.concat_tables(
        [
            _plain_rows(said, constants, first[plain], size[plain], group.first),
            other_rows(said.taken(_places(first[~plain], size[~plain])), group, facts),
        ]
    )
    told = pa.concat_tables([with_lasting(told, shown), relation_rows(said, group, facts)])
    ages = age_rows(group)
    return pa.concat_tables([_without_age(told, ages), ages]).unify_dictionaries()


class Constants:
    """What sayings have in common, as arrays by its number."""

    def __init__(self, listed: Sequence[Constant], facts: Mapping[str, Fact]) -> None:
        columns = list(zip(*listed, strict=True)) or [()] * 12
        self.names = sorted(set(columns[0]))
        codes = {name: number for number, name in enumerate(self.names)}
        kinds = [facts[name].kind for name in self.names]
        self.fact = np.array([codes[name] for name in columns[0]], dtype=np.int64)
        self.truth = np.array(columns[1], dtype=np.int8)
        self.words = [one or None for one in columns[2]]
        self.weak = np.array(columns[4], dtype=bool)
        self.opens = [np.array(columns[number], dtype=bool) for number in (6, 7)]
        self.limits = [np.array(columns[number], dtype=np.float64) for number in (8, 9)]
        self.flags = [one or None for one in columns[10]]
        self.is_latest = np.array([kind in {"quantity", "choice"} for kind in kinds], dtype=bool)
        self.is_quantity = np.array([kind == "quantity" for kind in kinds], dtype=bool)
        self.may_end = np.array([kind not in {"quantity", "choice", *EVER} for kind in kinds], dtype=bool)
        self.is_bound = np.array([kind in BOUND_TO_DAY for kind in kinds], dtype=bool)
        self.has_companions = np.array(
            [bool(facts[name].companion_of) or has_companions(name, facts) for name in self.names], dtype=bool
        )
        self.valid = np.array(
            [
                int(facts[name].valid_for.split()[0]) if facts[name].valid_for and kind == "quantity" else _ALWAYS
                for name, kind in zip(self.names, kinds, strict=True)
            ],
            dtype=np.int64,
        )


_ALWAYS = 2**40


def _keys(said: Sayings, constants: Constants) -> Any:
    """Return a number for each saying, the same for those of one person on one fact."""
    person = said.columns["person"].astype(np.int64)
    return person * max(len(constants.names), 1) + constants.fact[said.columns["saying"]]


def _without_wrong(said: Sayings, wrong: Any, constants: Constants) -> Sayings:
    """Return what is said without the dates that cannot be; a result goes with its date."""
    if not len(wrong):
        return said
    column = said.columns
    cannot = {tuple(row) for row in wrong.tolist()}
    people = np.unique(wrong[:, 0])
    is_wrong = np.zeros(len(column["person"]), dtype=bool)
    for place in np.flatnonzero(np.isin(column["person"], people)):
        row = (int(column["person"][place]), int(column["earliest"][place]), int(column["latest"][place]))
        is_wrong[place] = row in cannot
    kept = ~(is_wrong & constants.is_bound[constants.fact[column["saying"]]])
    found, undated = said.taken(kept), is_wrong[kept]
    days = {name: np.where(undated, NO_DAY, found.columns[name]) for name in ("earliest", "latest")}
    time = np.where(undated, -1, found.columns["time"])
    return replace(found, columns={**found.columns, **days, "time": time})


def _newest(said: Sayings, constants: Constants, places: Any, key: Any) -> Any:
    """Return which of the sayings at some places count: of results and choices all that may be of about the last day.

    Of a month it is not known whether it began before or after one of its days: whichever may be the newest stays.
    """
    latest, earliest = (said.columns[name][places].astype(np.int64) for name in ("latest", "earliest"))
    first = np.flatnonzero(np.diff(key, prepend=-1))
    if not len(first):
        return np.zeros(0, dtype=bool)
    size = np.diff(first, append=len(key))
    newest = np.repeat(np.maximum.reduceat(earliest, first), size)
    undated = np.repeat(np.logical_or.reduceat(latest == NO_DAY, first), size)
    return ~constants.is_latest[constants.fact[said.columns["saying"][places]]] | undated | (latest >= newest - _NEAR)


def _plain(said: Sayings, constants: Constants, first: Any, size: Any, group: Group) -> Any:
    """Return of which persons and facts the sayings are plain: one, or some that agree, dated and not over."""
    if not len(first):
        return np.zeros(0, dtype=bool)
    column = said.columns
    saying = column["saying"]
    fact = constants.fact[saying]
    as_of = group.as_of[column["person"] - group.first].astype(np.int64)
    exact = (column["earliest"] == column["latest"]) & (column["earliest"] != NO_DAY)
    ended = (column["until_earliest"] != NO_DAY) & (column["until_earliest"] < as_of) & (as_of != NO_DAY)
    truth = constants.truth[saying]
    stands = ~constants.may_end[fact] | (truth != 1) | (~ended & (exact | (column["earliest"] == NO_DAY)))
    dated = (column["latest"] != NO_DAY) & (as_of != NO_DAY)
    old = dated & (as_of - column["latest"] > constants.valid[fact])
    alone = (size == 1) & ~old[first]
    agree = np.minimum.reduceat(truth, first) == np.maximum.reduceat(truth, first)
    agree &= (truth[first] != -1) & ~constants.is_latest[fact[first]]
    agree &= np.logical_and.reduceat(exact & ~constants.weak[saying], first)
    return np.logical_and.reduceat(stands, first) & (alone | agree) & ~constants.has_companions[fact[first]]


def _places(first: Any, size: Any) -> Any:
    """Return the places of all sayings of some groups, by the first of each and how many there are."""
    return np.repeat(first - (np.cumsum(size) - size), size) + np.arange(size.sum())


def _plain_rows(said: Sayings, constants: Constants, first: Any, size: Any, start: int) -> pa.Table:
    """Return the rows of plain sayings: the newest of each, since the day of the first."""
    column = said.columns
    place = _places(first, size)
    at = first
    earliest = column["earliest"][place].astype(np.int64)
    since, newest = (np.full(len(first), NO_DAY, dtype=np.int64) for _ in range(2))
    if len(first):
        starts = np.cumsum(size) - size
        since, newest = np.minimum.reduceat(earliest, starts), np.maximum.reduceat(earliest, starts)
    saying = column["saying"][at]
    fact, truth = constants.fact[saying], constants.truth[saying]
    exact = column["earliest"][at] == column["latest"][at]
    dated = newest != NO_DAY
    key = np.where(exact, 2 * newest + 1, 2 * _first_of_year(newest))
    first_known = dated & exact & (truth == 1) & ~constants.is_latest[fact]
    quantity = constants.is_quantity[fact]
    columns = {
        "person": column["person"][at] - start,
        "fact": _dictionary(fact, constants.names),
        "truth": truth,
        "word": _dictionary(saying, constants.words),
        **{name: _or_null(column[name][at], quantity) for name in ("low", "high")},
        **{name: constants.opens[number][saying] for number, name in enumerate(("open_low", "open_high"))},
        **{
            name: _or_null(constants.limits[number][saying], quantity)
            for number, name in enumerate(("lower_limit", "upper_limit"))
        },
        "flag": _dictionary(saying, constants.flags),
        "first": pa.array(since, mask=~first_known).cast(pa.int32()),
        "date_key": pa.array(key, mask=~dated).cast(pa.int32()),
    }
    return pa.table(columns).select(SETTLED.names).cast(SETTLED)


def _first_of_year(days: Any) -> Any:
    dated = np.where(days == NO_DAY, 0, days)
    return dated.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)


def _dictionary(codes: Any, words: Sequence[str | None]) -> pa.Array:
    every = pa.array(words, pa.string()).dictionary_encode()
    indices = every.indices.take(pa.array(codes))
    return pa.DictionaryArray.from_arrays(indices.cast(pa.int32()), every.dictionary)


def _or_null(values: Any, known: Any) -> pa.Array:
    return pa.array(values, pa.float64(), mask=~known | np.isnan(values))


def _with_sexes(said: Sayings, group: Group) -> Sayings:
    """Return what is said with the sexes that the Patients have."""
    sexes = sorted(set(group.sexes) - {""})
    constants = list(said.constants)
    constants += [("sex", 1, sex, "", False, False, False, False, None, None, "", "") for sex in sexes]
    places = {sex: len(said.constants) + number for number, sex in enumerate(sexes)}
    told = [number for number, sex in enumerate(group.sexes) if sex]
    none = np.full(len(told), NO_DAY, dtype=np.int32)
    more: dict[str, Any] = {
        "person": np.array(told, dtype=np.int32) + group.first,
        "saying": np.array([places[group.sexes[number]] for number in told], dtype=np.int32),
        **dict.fromkeys(("earliest", "latest", "until_earliest", "until_latest"), none),
        **dict.fromkeys(("low", "high"), np.full(len(told), np.nan)),
        "time": np.full(len(told), -1),
        "origin": np.arange(len(told)) + len(said.texts.ids),
    }
    texts = said.texts.with_ids("Patient", [group.ids[number] for number in told])
    columns = {name: np.concatenate([said.columns[name], column]) for name, column in more.items()}
    return Sayings(columns, constants, texts)


def _without_age(told: pa.Table, ages: pa.Table) -> pa.Table:
    """Return what is told without the ages that a birth date tells better."""
    is_age = pc.equal(told["fact"].cast(pa.string()), "age")
    return told.filter(pc.invert(pc.and_(is_age, pc.is_in(told["person"], ages["person"].combine_chunks()))))
