"""The level of an indication follows one rule of design and number of patients; an entry may claim less, never more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from calcinosis.library.load import KNOWLEDGE
from calcinosis.library.read import read_yaml
from calcinosis.library.recommendation import level_of

TREATMENTS = sorted((KNOWLEDGE / "treatments").glob("*.yaml"))
ORDER = ("I", "II", "III", "IV", "V")
COUNTED = re.compile(
    r"(\d[\d,]*) (?:\w+ ){0,3}?(?:patients|children|people|persons|cases|adults|newborns|randomised|treated|supervised)"
    r"|(?:series|cohort|among|of) (\d[\d,]*)\b"
)
WORDS = {"single case": 1, "two cases": 2, "three cases": 3, "four cases": 4}
NO_STUDY = re.compile(
    r"protocol|registered|withdrawn|animal|consumer|machine|lecture|textbook|teaching|opinion|expert|label", re.I
)
RANDOMISED = re.compile(r"randomi[sz]ed|double-blind|placebo-controlled", re.IGNORECASE)
COMPARED = re.compile(
    r"case-control|controlled study|meta-analysis|comparison|with and (?:\w+ )*without|\bvs\b|against|did worse",
    re.IGNORECASE,
)


def patients(row: dict[str, Any]) -> int | None:
    """Return how many a study row says were studied; None where it does not say."""
    text = f"{row['design']}; {row.get('says', '')}"
    numbers = [int((first or second).replace(",", "")) for first, second in COUNTED.findall(text)]
    numbers += [count for words, count in WORDS.items() if words in text]
    return row.get("patients") or max(numbers, default=None)


def level(row: dict[str, Any]) -> str:
    """Return the level of one study row: its design sets it, few or unstated patients lower it."""
    design, count = str(row["design"]), patients(row)
    if NO_STUDY.search(design):
        return "V"
    if RANDOMISED.search(design):
        return "I" if (count or 0) >= 100 else "II" if count is None or count >= 20 else "IV" if count >= 3 else "V"
    if COMPARED.search(f"{design} {row.get('says', '')}") and (count or 0) >= 20:
        return "III"
    return "IV" if (count or 0) >= 3 else "V"


@pytest.mark.parametrize("path", TREATMENTS, ids=lambda path: path.stem)
def test_no_level_is_better_than_its_studies(path: Path) -> None:
    """Each indication rests on a study row of its own sources, or of its type, that reaches its level."""
    entry = read_yaml(path, path.name).data
    for indication in entry.get("for") or ():
        cited = [indication["cite"]] if isinstance(indication["cite"], str) else indication["cite"]
        sources = {place.split(",")[0] for place in cited}
        rows = [
            row
            for row in entry.get("evidence") or ()
            if str(row["cite"]).split(",")[0] in sources or indication["type"] in row.get("types", ())
        ]
        reached = min((ORDER.index(level(row)) for row in rows), default=len(ORDER) - 1)
        claimed = level_of(indication["level"])
        assert claimed is not None
        assert ORDER.index(claimed) >= reached, (indication["type"], claimed, ORDER[reached])


def test_few_patients_lower_a_level() -> None:
    """A trial of eight is no trial of a hundred, and one case is no series."""
    assert level({"design": "randomised trial", "patients": 120}) == "I"
    assert level({"design": "randomised trial", "patients": 8}) == "IV"
    assert level({"design": "retrospective series", "patients": 12}) == "IV"
    assert level({"design": "single case", "patients": 1}) == "V"
    assert level({"design": "registered placebo-controlled trial"}) == "V"
