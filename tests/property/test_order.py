"""The order in which a record is written down changes nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from calcinosis.compiled import knowledge
from calcinosis.conclusions.assess import assess_record
from calcinosis.errors import InputError
from calcinosis.readers.recognise import read_record
from calcinosis.report.renderers.json import as_json
from tests.property.bundles import random_bundle

SHUFFLES = 3
KEYS = st.sampled_from(("resourceType", "entry", "resource", "code", "text", "coding", "id", "status"))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=10,
)


def assessed(bundle: dict[str, Any]) -> str:
    """Return the whole assessment of a bundle as text."""
    loaded = knowledge()
    return as_json(assess_record(read_record(bundle, loaded.terms), loaded.library))


def shuffled(bundle: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Return the same bundle with its entries in another order."""
    entries = list(bundle["entry"])
    chance.shuffle(entries)
    return {**bundle, "entry": entries}


def test_published_bundles(all_cases: dict[str, Path]) -> None:
    """Every published case gives the same bytes, however its entries are ordered."""
    chance = Random(11)
    for name, folder in all_cases.items():
        bundle = orjson.loads((folder / "bundle.json").read_bytes())
        expected = assessed(bundle)
        for _ in range(SHUFFLES):
            assert assessed(shuffled(bundle, chance)) == expected, name


@given(st.integers(min_value=0, max_value=2**32))
def test_random_bundles(seed: int) -> None:
    """So do bundles in which resources disagree, have no id, or share a day."""
    chance = Random(seed)
    bundle = random_bundle(chance)
    expected = assessed(bundle)
    for _ in range(SHUFFLES):
        assert assessed(shuffled(bundle, chance)) == expected


@given(st.integers(min_value=0, max_value=2**32))
def test_twice_the_same(seed: int) -> None:
    """The same record gives the same bytes again, and the same as one that lists every resource twice."""
    bundle = random_bundle(Random(seed))
    assert assessed(bundle) == assessed(bundle)


@given(ANY_JSON)
def test_any_json_is_read_or_refused(data: Any) -> None:
    """Whatever JSON is given, the answer is an assessment or an InputError."""
    if not isinstance(data, dict | list):
        return
    try:
        read_record(data, knowledge().terms)
    except InputError:
        return
