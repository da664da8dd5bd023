"""What is said of a treatment can stand beside the name of a medicine of its class: it names whom it speaks of."""

from __future__ import annotations

import re

import pytest

from calcinosis.compiled import knowledge
from calcinosis.library.entries import MedicineSafety, Treatment

LIBRARY = knowledge().library
ENTRIES: dict[str, Treatment | MedicineSafety] = {**LIBRARY.treatments, **LIBRARY.medicine_safety}
NO_SUBJECT = re.compile(r"(They|It|Its|Their|These|This|Those|He|She)\b")
SEVERAL = re.compile(r"(They|Their|These|Those)\b")


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_a_sentence_beside_a_name_has_its_own_subject(name: str) -> None:
    """Alfacalcidol is no `They`: a reason and an advice name the class, and speak to a patient of one medicine."""
    entry = ENTRIES[name]
    told = [(one.says, one.plain) for one in entry.if_taken]
    if isinstance(entry, Treatment):
        told += [(one.says, one.plain) for one in entry.for_] + [(one.says, one.plain) for one in entry.against]
    assert [says for says, _ in told if NO_SUBJECT.match(says)] == []
    assert [plain for _, plain in told if SEVERAL.match(plain)] == []
