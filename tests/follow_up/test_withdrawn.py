"""What a record takes back, says provisionally, or says in another unit or by another method."""

from __future__ import annotations

from typing import Any

import pytest

from tests.follow_up.invented import condition, finding, followed, order, patient, procedure, result, size, visits
from tests.follow_up.people import everything, series, sizes

Json = dict[str, Any]
KNOWN = [
    patient("female", "1960-01-01"),
    condition("Calcinosis cutis", "2022-01-01"),
    *visits("2023-01-10", "2024-01-10"),
    *size("left elbow", "radiograph", d2023_01_10=20, d2024_01_10=18),
    *result("Phosphate", "mg/dL", d2023_01_10=3.1, d2024_01_10=3.3),
]


def in_error(one: Json) -> Json:
    """Return a resource that was taken back."""
    if one["resourceType"] == "Condition":
        return {**one, "verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    return {**one, "status": "entered-in-error"}


TAKEN_BACK = {
    "a result": next(result("Phosphate", "mg/dL", d2023_06_10=9.9)),
    "a size": next(size("left elbow", "radiograph", d2023_06_10=77)),
    "a finding": finding("Skin necrosis", "2023-06-10", True, "left elbow"),
    "an order": order("warfarin", "2023-02-01", "2023-06-10", "bleeding"),
    "a procedure": procedure("Excision of calcinosis of left elbow", "2023-06-10", "left elbow"),
    "a condition": condition("Calciphylaxis", "2023-06-10"),
    "a visit": next(visits("2023-06-10")),
}


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_what_was_taken_back_changes_nothing(name: str) -> None:
    """A resource that was entered in error leaves no trace in what a reader sees."""
    plain = followed(KNOWN, "2024-02-01")
    assert everything(followed([*KNOWN, in_error(TAKEN_BACK[name])], "2024-02-01")) == everything(plain)
    assert everything(followed([*KNOWN, TAKEN_BACK[name]], "2024-02-01")) != everything(plain)


def test_a_split_that_was_taken_back_did_not_happen() -> None:
    """Neither words nor a named lesion that were withdrawn cut a series."""
    told = finding("Radiograph", "2023-06-10", "The deposit has split into two", "left elbow")
    more = [*KNOWN, *size("lower left elbow", "radiograph", d2023_06_10=6)]
    assert {one.ended_how for one in followed([*more, told], "2024-02-01").lesions} >= {"split"}
    assert {one.ended_how for one in followed([*more, in_error(told)], "2024-02-01").lesions} == {""}


def test_a_corrected_result_takes_the_place_of_none() -> None:
    """A result that was corrected counts; one that is not final does not."""
    for status, expected in (("corrected", [3.1, 4.0, 3.3]), ("amended", [3.1, 4.0, 3.3]), ("preliminary", [3.1, 3.3])):
        one = {**next(result("Phosphate", "mg/dL", d2023_06_10=4.0)), "status": status}
        found = series(followed([*KNOWN, one], "2024-02-01"), "phosphate")
        assert [point.value for point in found.points] == expected


def test_units_and_methods_that_change() -> None:
    """One series through two units; sizes in centimetres and millimetres are one scale, two methods are not."""
    found = followed(
        [
            *KNOWN,
            *result("Phosphate", "mmol/L", d2024_06_10=1.2),
            *({**one, "valueQuantity": {"value": 2.4, "unit": "cm", "code": "cm"}}
              for one in size("left elbow", "radiograph", d2024_06_10=1)),
            *size("left elbow", "ultrasound", d2024_06_10=30),
        ],
        "2024-07-01",
    )  # fmt: skip
    assert [round(point.value or 0, 1) for point in series(found, "phosphate").points] == [3.1, 3.3, 3.7]
    (one,) = found.lesions
    assert sizes(one) == [20, 18, 24, 30]
    assert {(change.from_value, change.to_value) for change in one.changes} == {(20, 18), (18, 24), (20, 24)}
