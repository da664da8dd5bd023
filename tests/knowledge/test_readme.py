"""The guide to the knowledge files lists every key and every fixed word, and no others."""

from __future__ import annotations

import re
from typing import Any, get_args, get_type_hints

import pytest

from calcinosis.library.cases import Case, CaseSource, Tried
from calcinosis.library.course_entries import ChangeLabel, ChangeRule, DueItem, HoldRule
from calcinosis.library.entries import Disagreement, EndPoint, Indication, Objection, Statement, StudyRow
from calcinosis.library.load import FOLDERS, KNOWLEDGE
from calcinosis.rules.definition import ReadDefinition
from calcinosis.rules.vocabulary import Doubtful, UsualLimits, Word

GUIDE = (KNOWLEDGE / "README.md").read_text(encoding="utf-8")
KINDS: dict[str, type[Any]] = {
    **FOLDERS,
    "usual_limits of a fact": UsualLimits,
    "doubtful of a fact": Doubtful,
    "words of a fact": Word,
    "read of a fact": ReadDefinition,
    "for of a treatment": Indication,
    "against of a treatment": Objection,
    "evidence of a treatment": StudyRow,
    "held_for of a treatment": HoldRule,
    "due of a follow-up": DueItem,
    "changes of an outcome measure": ChangeRule,
    "labels of a change": ChangeLabel,
    "cases": Case,
    "tried of a case": Tried,
    "source of a case": CaseSource,
    "a statement": Statement,
    "a disagreement": Disagreement,
}
WORKED_OUT = {"lower_value", "upper_value", "by_value", "beyond_value"}
"""Fields that no file holds."""


def rows(heading: str) -> dict[str, str]:
    """Return the keys and meanings of the first table under a heading of the guide."""
    found = re.search(rf"^### {re.escape(heading)}$\n(.*?)(?=^### |\Z)", GUIDE, re.DOTALL | re.MULTILINE)
    assert found, heading
    table = found[1].split("\n| word |")[0]
    return dict(re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", table, re.MULTILINE))


def keys_of(kind: type[Any]) -> set[str]:
    """Return the keys that a file of this kind may have."""
    return {name.rstrip("_") for name in kind.__struct_fields__} - WORKED_OUT


@pytest.mark.parametrize("name", KINDS)
def test_every_key_is_listed(name: str) -> None:
    """The lists of the guide are the keys that are read."""
    listed, common = rows(f"keys of {name}"), rows("every entry")
    assert set(listed) <= keys_of(KINDS[name])
    assert keys_of(KINDS[name]) <= {*listed, *(common if name in FOLDERS else ())}
    assert all(len(meaning) > 5 for meaning in (*listed.values(), *common.values()))


@pytest.mark.parametrize("name", KINDS)
def test_every_fixed_word_is_listed(name: str) -> None:
    """Where a key takes fixed words, the guide names each of them."""
    listed = rows(f"keys of {name}")
    hints = get_type_hints(KINDS[name])
    for key, meaning in listed.items():
        hint = hints.get(key) or hints[f"{key}_"]
        words = [word for word in get_args(hint) if isinstance(word, str)]
        assert [word for word in words if f"`{word}`" not in meaning] == [], key


def test_the_end_points() -> None:
    """The words of `end_point` are those of the code."""
    table = GUIDE.partition("The words of `end_point`")[2].partition("###")[0]
    assert tuple(re.findall(r"^\| `([a-z ]+)` \|", table, re.MULTILINE)) == get_args(EndPoint)
