"""Emergencies as people type them come first; what is past, denied, of others or asked in general raises none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import calcinosis
from calcinosis.answers.answer import Audience

SETS: dict[str, dict[str, list[dict[str, Any]]]] = YAML(typ="safe").load(
    Path(__file__).parents[1] / "data" / "emergencies-told.yaml"
)
DANGERS, NONE = ([story for stories in SETS.values() for story in stories[kind]] for kind in ("dangers", "none"))


def is_raised(text: str) -> bool:
    """Return whether a danger stands before the answer, for a patient and a clinician alike."""
    audiences: tuple[Audience, ...] = ("patient", "clinician")
    found = {calcinosis.ask(text, one).urgent is not None for one in audiences}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("story", DANGERS, ids=lambda story: str(story["says"])[:60])
def test_a_danger_that_is_told_comes_first(story: dict[str, Any]) -> None:
    """It is raised; one that is left is not, or comes off the list."""
    assert is_raised(story["says"]) != ("left" in story)


@pytest.mark.parametrize("story", NONE, ids=lambda story: str(story["says"])[:60])
def test_nothing_alarms_where_there_is_no_danger(story: dict[str, Any]) -> None:
    """None is raised; one that is left is, or comes off the list."""
    assert is_raised(story["says"]) == ("left" in story)


HARDEST = [
    # words of a danger that mean something else
    "on rivaroxaban, the loo was covered in blood from a shaving cut, one drop really, stopped at once",
    "my poo is dark because of the iron, on edoxaban, haemoglobin stable",
    "I take apixaban, red beetroot turned my urine pink",
    "lost my keys, take prednisolone 5 mg, feeling sick of it all",
    "I collapsed on the sofa with laughter, plaquenil and citalopram for years",
    "the blackout curtains help me sleep, I am on citalopram and hydroxychloroquine",
    "the rash on my face is faint, on hydroxychloroquine",
    "burning up calories on the bike, calcium lumps on the knees",
    "spiking my hair, calcinosis on the elbows",
    "a fit young man with low calcium as a baby, well now",
    "the chemist gave me too many boxes of diltiazem",
    "drank too much coffee and my heart raced, on diltiazem, fine now",
    "a rash on one side of my face from the sun, sore for a day, on methotrexate",
    "she will not swallow her pride, my daughter with jdm",
    "no control of my remote any more because my fingers are stiff, scleroderma",
    "my kidneys do not bother me, a spot on my chin itches",
    "old black tattoo on my thigh, can it calcify?",
    # past
    "I hit my head on the shelf in 2012, on apixaban since last year",
    "I fainted when I gave blood in 2010, on plaquenil and citalopram now, never since",
    "had a bleed on warfarin in 2018, switched to apixaban, no trouble since",
    "had a fever two weeks ago with flu, better now, tofacitinib restarted by my doctor",
    "I was pregnant on methotrexate in 2005, my son is healthy",
    "my potassium was 6.7 last month now 4.9 on the new diet",
    "calciphylaxis was suspected last year and ruled out by the kidney team",
    "throat infection last month, rituximab in October, all clear now",
    "the antibiotics worked for my cough, the lump is flat, on methotrexate weekly",
    # of somebody else
    "my wife has shingles, I am on adalimumab, had chickenpox as a boy, what should we do?",
    "my mother fainted at my wedding from the heat, is lupus hereditary?",
    "my brother took an overdose years ago, unrelated, I take diltiazem",
    "my neighbour took methotrexate daily by mistake and nearly died, I take it weekly",
    # as usual, or as it should be
    "I take my diltiazem and bisoprolol all at once with breakfast, ok?",
    "I take colchicine 0.5 mg, took two tablets this week, is that too many?",
    "off prednisolone since January, tapered over 8 months, energy is back",
    "sats 98 on room air, dermatomyositis in remission",
    "headache after too much screen time, scleroderma, bp normal",
    # asked
    "how much colchicine is an overdose?",
    "what should I do if I faint on hydroxychloroquine?",
    "patient on dialysis, warfarin, diabetes: risk of calciphylaxis?",
    "pharmacist: max dose of colchicine with diltiazem?",
    "systemic sclerosis, calcinosis, Raynaud: is that CREST?",
    "sevelamer, lanthanum, calcium acetate: which binder is best?",
]


@pytest.mark.parametrize("text", HARDEST)
def test_ordinary_words_stay_silent(text: str) -> None:
    """Words of a danger in an ordinary sentence raise none."""
    assert not is_raised(text)
