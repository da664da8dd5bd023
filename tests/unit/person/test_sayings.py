"""Several sayings about one fact to one value."""

from __future__ import annotations

import itertools

import pytest

from calcinosis.library.library import Library
from calcinosis.person.dates import parse_date
from calcinosis.person.sayings import Remark, Said, settle
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth

T, F, U = TRUE, FALSE, UNKNOWN
AS_OF = "2024-06-30"


def origin(name: str) -> Origin:
    """Return the origin of a resource."""
    return Origin("resource", name)


def told(fact: str, truth: Truth, day: str = "", name: str = "r", **more: object) -> Said:
    """Return the saying that a fact holds or not."""
    value = Value(truth=truth, said=f"{fact} {name}", origins=(origin(name),))
    return Said(fact, value, parse_date(day) if day else None, **more)  # type: ignore[arg-type]


def measured(fact: str, number: float, day: str = "", name: str = "r", time: str = "", **more: object) -> Said:
    """Return the saying of a number."""
    value = Value(truth=T, low=number, high=number, said=f"{number:g} mg/dL", origins=(origin(name),), **more)  # type: ignore[arg-type]
    return Said(fact, value, parse_date(day) if day else None, time)


def chosen(word: str, day: str = "", name: str = "r") -> Said:
    """Return the saying of a word of the choice; an empty word is none of them."""
    value = Value(truth=T if word else F, word=word, origins=(origin(name),))
    return Said("av_block", value, parse_date(day) if day else None)


def settled(library: Library, *said: Said, as_of: str = AS_OF) -> tuple[Value | None, list[Remark]]:
    """Return the value of the one fact spoken of, whatever the order in which it was said."""
    results = [settle(order, as_of, library.facts) for order in itertools.permutations(said)]
    values = [values for values, _ in results]
    remarks = [sorted(left) for _, left in results]
    assert all(value == values[0] for value in values)
    assert all(left == remarks[0] for left in remarks)
    assert len(values[0]) <= 1
    return next(iter(values[0].values()), None), remarks[0]


def truth_of(library: Library, *said: Said, as_of: str = AS_OF) -> Truth:
    """Return the truth of the one fact spoken of; it must be known to have been spoken of."""
    value, _ = settled(library, *said, as_of=as_of)
    assert value is not None
    return value.truth


def test_the_latest_wins(library: Library) -> None:
    """What was said last holds, for presence, numbers and choices."""
    assert truth_of(library, told("gout", T, "2024-01-01"), told("gout", F, "2024-02-01", "s")) is F
    assert truth_of(library, told("gout", F, "2024-01-01"), told("gout", T, "2024-02-01", "s")) is T
    value, _ = settled(library, measured("phosphate", 7, "2024-01-01"), measured("phosphate", 4, "2024-02-01", "s"))
    assert value is not None
    assert (value.low, value.high, value.date, value.origins) == (4, 4, "2024-02-01", (origin("s"),))
    word, _ = settled(library, chosen("first_degree", "2024-01-01"), chosen("third_degree", "2024-02-01", "s"))
    assert word is not None
    assert word.word == "third_degree"


def test_the_time_of_day_counts(library: Library) -> None:
    """Of two results of a day the later one holds."""
    morning = measured("phosphate", 7, "2024-01-01", "a", "2024-01-01T08:00:00Z")
    evening = measured("phosphate", 4, "2024-01-01", "b", "2024-01-01T20:00:00Z")
    value, remarks = settled(library, morning, evening)
    assert value is not None
    assert (value.low, remarks) == (4, [])


def test_what_has_no_date_is_said_at_the_end(library: Library) -> None:
    """A problem list without dates speaks of now."""
    assert truth_of(library, told("gout", F, "2024-06-01"), told("gout", T, "", "s")) is T


def test_what_comes_later_is_not_known_yet(library: Library) -> None:
    """The same record at an earlier day gives what was known then."""
    said = told("gout", T, "2024-06-01"), told("gout", F, "2024-07-01", "s")
    assert truth_of(library, *said) is T
    assert truth_of(library, *said, as_of="2024-07-01") is F
    assert settled(library, *said, as_of="2024-05-31") == (None, [])
    assert truth_of(library, *said, as_of="") is F


def test_what_is_not_confirmed_does_not_overturn(library: Library) -> None:
    """A mention leaves a confirmed fact as it is, but reopens one that was denied before."""
    assert truth_of(library, told("gout", T, "2024-01-01"), told("gout", U, "2024-02-01", "s")) is T
    assert truth_of(library, told("gout", F, "2024-01-01"), told("gout", U, "2024-02-01", "s")) is U
    assert truth_of(library, told("gout", U, "2024-01-01"), told("gout", F, "2024-02-01", "s")) is F
    assert truth_of(library, told("gout", U, "2024-01-01"), told("gout", U, "2024-02-01", "s")) is U


def test_disagreement_on_one_day(library: Library) -> None:
    """Present and absent at one moment is unknown, and said so."""
    value, remarks = settled(library, told("gout", T, "2024-01-01", "a"), told("gout", F, "2024-01-01", "b"))
    assert value is not None
    assert value.truth is U
    assert value.origins == (origin("a"), origin("b"))
    says = "the record says both that Gout is present and that it is absent: taken as unknown"
    assert remarks == [Remark(origin("a"), says)]


def test_different_places_do_not_disagree(library: Library) -> None:
    """A nodule of the arm is not refuted by an unremarkable leg."""
    arm = told("hard_nodules", T, "2024-01-01", "a", site="arm")
    leg = told("hard_nodules", F, "2024-01-01", "b", site="leg")
    assert truth_of(library, arm, leg) is T
    assert truth_of(library, arm, told("hard_nodules", F, "2024-01-01", "b", site="arm")) is U


def test_disagreement_of_before_does_not_matter(library: Library) -> None:
    """What was said later settles it."""
    said = told("gout", T, "2024-01-01", "a"), told("gout", F, "2024-01-01", "b"), told("gout", T, "2024-02-01", "c")
    value, remarks = settled(library, *said)
    assert value is not None
    assert (value.truth, remarks) == (T, [])


def test_two_words_on_one_day(library: Library) -> None:
    """Two words of a choice at one moment give none; a word beside "none" gives the word."""
    value, remarks = settled(library, chosen("first_degree", "2024-01-01"), chosen("third_degree", "2024-01-01", "s"))
    assert value is not None
    assert (value.truth, value.word) == (U, "")
    assert [one.says for one in remarks] == [
        "Atrioventricular block is given as first_degree and third_degree: not used"
    ]
    same, _ = settled(library, chosen("first_degree", "2024-01-01", "b"), chosen("first_degree", "2024-01-01", "a"))
    assert same is not None
    assert same.origins == (origin("a"),)
    other, _ = settled(library, chosen("first_degree", "2024-01-01"), chosen("", "2024-01-01", "s"))
    assert other is not None
    assert other.word == "first_degree"


def test_two_results_of_one_moment_are_a_range(library: Library) -> None:
    """The value lies between, both are named, and it is remarked."""
    said = measured("phosphate", 7, "2024-01-01", "a"), measured("phosphate", 4, "2024-01-01", "b")
    value, remarks = settled(library, *said)
    assert value is not None
    assert (value.low, value.high, value.said) == (4, 7, "4 mg/dL or 7 mg/dL")
    assert value.origins == (origin("a"), origin("b"))
    assert [one.says for one in remarks] == ["Phosphate has 2 different results at the same time: taken as a range"]


def test_an_open_result_keeps_the_range_open(library: Library) -> None:
    """More than 7 and 4 at one moment is at least 4."""
    more = Said("phosphate", Value(truth=T, low=7, open_low=True, origins=(origin("a"),)), parse_date("2024-01-01"))
    value, _ = settled(library, more, measured("phosphate", 4, "2024-01-01", "b"))
    assert value is not None
    assert (value.low, value.high, value.open_low) == (4, None, False)


def test_the_same_result_twice(library: Library) -> None:
    """A result that is repeated is one result."""
    value, remarks = settled(
        library, measured("phosphate", 7, "2024-01-01", "b"), measured("phosphate", 7, "2024-01-01", "a")
    )
    assert value is not None
    assert (value.low, value.origins, remarks) == (7, (origin("a"),), [])


def test_results_of_one_origin_that_differ_in_their_limits(library: Library) -> None:
    """Two resources without id are told apart by what they say, not by which comes first."""
    said = measured("phosphate", 7, "2024-01-01"), measured("phosphate", 7, "2024-01-01", upper_limit=4.5)
    value, _ = settled(library, *said)
    assert value is not None


def test_a_number_goes_before_a_flag(library: Library) -> None:
    """Of a number and a mere "high" at one moment, the number is used."""
    flag = Said("phosphate", Value(truth=T, flag="high", origins=(origin("a"),)), parse_date("2024-01-01"))
    value, remarks = settled(library, flag, measured("phosphate", 7, "2024-01-01", "b"))
    assert value is not None
    assert (value.low, value.flag, remarks) == (7, "", [])


@pytest.mark.parametrize(("day", "used"), [("2024-06-30", True), ("2023-07-01", True), ("2023-06-30", False)])
def test_too_old(day: str, used: bool, library: Library) -> None:
    """A value older than it is valid is not used, and said so; 2024 has a leap day between."""
    value, remarks = settled(library, measured("phosphate", 7, day))
    assert (value is not None) is used
    assert [one.says for one in remarks] == (
        [] if used else [f"Phosphate of {day} is older than 365 days: it settles no rule"]
    )


def test_a_fact_without_term_does_not_grow_old(library: Library) -> None:
    """Only what the knowledge gives a term to expires."""
    assert truth_of(library, measured("calcium", 9, "1999-01-01")) is T


def test_an_old_result_does_not_come_back(library: Library) -> None:
    """Where the latest is too old, no older one steps in."""
    value, _ = settled(library, measured("phosphate", 7, "2020-01-01"), measured("phosphate", 4, "2019-01-01", "s"))
    assert value is None


def test_a_weak_ending_speaks_only_alone(library: Library) -> None:
    """That one prescription is completed does not end another that goes on."""
    ended = told("warfarin", F, "2024-03-01", "a", weak=True)
    assert truth_of(library, ended) is F
    assert truth_of(library, ended, told("warfarin", T, "2024-01-01", "b")) is T
    assert truth_of(library, told("warfarin", F, "2024-03-01", "a"), told("warfarin", T, "2024-01-01", "b")) is F


@pytest.mark.parametrize(
    ("fact", "until", "expected"),
    [
        ("warfarin", "2024-06-29", F),
        ("warfarin", "2024-06-30", T),
        ("warfarin", "2024-07", T),
        ("warfarin", "2024-06", U),
        ("warfarin", "2024", U),
        ("warfarin", "2023", F),
        ("gout", "2024-06-29", U),
        ("gout", "2024-07-01", T),
        ("calcium_infusion", "2024-01-01", T),
        ("biopsy_taken", "2024-01-01", T),
    ],
)
def test_what_has_ended(fact: str, until: str, expected: Truth, library: Library) -> None:
    """An ended medicine is not taken, an ended condition is open, an exposure stays; a partial end may leave it."""
    assert truth_of(library, told(fact, T, "2022-01-01", until=parse_date(until))) is expected


@pytest.mark.parametrize(("day", "expected"), [("2024-06-30", T), ("2024-06", T), ("2024", U), ("2023", T)])
def test_what_may_not_have_begun(day: str, expected: Truth, library: Library) -> None:
    """A year that goes on beyond the day leaves open whether it had begun."""
    assert truth_of(library, told("gout", T, day)) is expected


def test_once_is_enough_for_an_exposure(library: Library) -> None:
    """That it did not happen on another day changes nothing."""
    assert (
        truth_of(library, told("calcium_infusion", T, "2023-01-01"), told("calcium_infusion", F, "2024-01-01", "s"))
        is T
    )
    assert truth_of(library, told("biopsy_taken", F, "2024-01-01"), told("biopsy_taken", T, "2023-01-01", "s")) is T


def test_the_first_day(library: Library) -> None:
    """The day on which something was first said to hold is kept, if all days are exact."""
    said = told("gout", T, "2024-01-05"), told("gout", T, "2023-01-05", "s")
    value, _ = settled(library, *said)
    assert value is not None
    assert (value.first, value.date, value.said) == ("2023-01-05", "2024-01-05", "gout r")
    partial, _ = settled(library, told("gout", T, "2024-01-05"), told("gout", T, "2023", "s"))
    assert partial is not None
    assert partial.first == ""


def test_a_partial_date_is_shown_as_its_year(library: Library) -> None:
    """The day of a value that is known only by its year is that year."""
    value, _ = settled(library, told("gout", T, "2023"))
    assert value is not None
    assert value.date == "2023"


def test_nothing_said() -> None:
    """Of an empty record nothing is known."""
    assert settle([], AS_OF, {}) == ({}, [])
