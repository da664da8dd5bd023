"""What a record last said of facts of which nothing current is known: old results, and acute findings long ago.

It is no value of the day: it settles no rule, but it is told with its date where it would decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from calcinosis.person.sayings import Said, settle
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.truth import TRUE, UNKNOWN


def last_known(
    said: Iterable[Said], as_of: str, facts: Mapping[str, Fact], settled: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the last value of every fact whose values are all too old at a day."""
    told = {one.fact for one in said} - settled.keys()
    expired = {name for name in told if facts[name].kind == "quantity" and facts[name].valid_for}
    ageless = {name: replace(facts[name], valid_for="") for name in expired}
    values, _ = settle((one for one in said if one.fact in expired), as_of, ageless) if expired else ({}, [])
    for name, value in settled.items():
        base = settled.get(facts[name].recent_of)
        if base is not None and value.truth is UNKNOWN and base.truth is TRUE:
            values[name] = base
    return values
