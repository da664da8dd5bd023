"""The signs for which a person at risk should look out, of dangers that are not there."""

from __future__ import annotations

from functools import lru_cache

from calcinosis.conclusions.assessment import RedFlagResult, WatchResult
from calcinosis.conclusions.decisions import red_flag_place
from calcinosis.conclusions.mentioned import Mentioned, read_by
from calcinosis.conclusions.reasons import source_ids
from calcinosis.library.entries import RedFlag
from calcinosis.library.library import Library
from calcinosis.person.facts import PatientFacts
from calcinosis.truth import TRUE


def watch_results(
    library: Library, facts: PatientFacts, red_flags: tuple[RedFlagResult, ...]
) -> tuple[WatchResult, ...]:
    """Return the signs of the dangers that this person is at risk of, most urgent first."""
    present = {flag.id for flag in red_flags}
    found = [
        WatchResult(id=flag.id, urgency=flag.urgency, says=one.says, plain=one.plain, cite=source_ids(one.cite))
        for flag in _watched(library).by(facts.touched)
        if flag.id not in present
        for one in flag.watch
        if facts.truth(one.when) is TRUE
    ]
    return tuple(sorted(found, key=lambda result: red_flag_place(result.urgency, result.id)))


@lru_cache(maxsize=8)
def _watched(library: Library) -> Mentioned[RedFlag]:
    """Return the dangers with signs to look out for, by the facts that make a person one at risk."""
    flags = (flag for flag in library.red_flags.values() if flag.watch)
    return Mentioned.of(flags, lambda flag: read_by(*(one.when for one in flag.watch)))
