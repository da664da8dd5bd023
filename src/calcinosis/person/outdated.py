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
    old = [one for one in said if _has_expired(facts[one.fact], settled)]
    ageless = {one.fact: replace(facts[one.fact], valid_for="") for one in old}
    values, _ = settle(old, as_of, ageless)
    for name, value in settled.items():
        base = settled.get(facts[name].recent_of)
        if base is not None and value.truth is UNKNOWN and base.truth is TRUE:
            values[name] = base
    return values


def _has_expired(fact: Fact, settled: Mapping[str, Value]) -> bool:
    return fact.kind == "quantity" and bool(fact.valid_for) and fact.id not in settled
