"""Texts and bundles of the published cases, changed: words swapped, cut, repeated, odd signs, other elements."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent.parent.parent / "cases"
_SENTENCE = re.compile(r"(?<=[.;:?])\s+|\n+")
_WORD = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# fmt: off
NUMBERS = [
    "0", "-1", "1e9", "1e400", "NaN", "1,2,3", "1.2.3", "7,4", "1,245", "0.0000001", "99999999999999999999",
    "١٢٣", "½", "1/2", "<5", ">= 3", "2-3", "3-2", "5 to", "12/13/14", "31 April", "2024-02-30",
]
ODD = [
    "\u202e", "\u200b", "\ufeff", "\u0301", "ß", "İ", "ﬁ", "🦴", "\x00", "\x0c", "\x1b[31m", "’", "—", "µ",
    "\u03bc", "Ω", "\ud7ff", "\t", "\r", "\n\n", " . ", " ? ", ";", ":", "(", "))",
    "[", '"', "'", "\\", "#", "- ", "* ", "1) ",
]
WORDS = [
    "no", "not", "without", "neither", "nor", "possible", "mother", "if", "is not mentioned", "whether", "today",
    "previously", "normal", "high", "negative", "mg/dL", "mmol/L", "cm", "weekly", "allergic to", "Medications:",
    "Family history:", "Plan:", "Ca", "PTH", "warfarin", "BP", "in her sixties", "1 March 2024:",
    "Kein", "sin", "pas de",
]
# fmt: on


def sentences() -> list[str]:
    """Return the sentences of all notes of the cases."""
    found = {
        " ".join(sentence.split())
        for path in sorted(CASES.glob("*/*/note.txt"))
        for sentence in _SENTENCE.split(path.read_text(encoding="utf-8"))
    }
    return sorted(sentence for sentence in found if sentence)


def records() -> list[list[Any]]:
    """Return the resources of each bundle of the cases."""
    bundles = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*/*/bundle.json")))
    return [[entry["resource"] for entry in bundle["entry"]] for bundle in bundles if bundle.get("entry")]


def _swapped(text: str, chance: random.Random) -> str:
    words = _WORD.split(text)
    first, second = chance.randrange(len(words)), chance.randrange(len(words))
    words[first], words[second] = words[second], words[first]
    return " ".join(words)


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randrange(1, 30) :]


def _repeated(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    part = text[start : start + chance.randrange(1, 25)]
    return text[:start] + part * chance.randrange(2, 12) + text[start:]


def _joined(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + text[place:].lstrip(" .,;:\n")


def _odd(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(ODD) + text[place:]


def _said(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) + 1)
    return f"{text[:place]} {chance.choice(WORDS)} {text[place:]}"


def _numbered(text: str, chance: random.Random) -> str:
    return _NUMBER.sub(lambda found: chance.choice([found[0], chance.choice(NUMBERS)]), text)


def _in_form(text: str, chance: random.Random) -> str:
    form: Callable[[str], str] = chance.choice(
        [
            str.upper,
            str.lower,
            str.title,
            lambda one: unicodedata.normalize("NFD", one),
            lambda one: one.replace(" ", "\n"),
        ]
    )
    return form(text)


CHANGES = (_swapped, _cut, _repeated, _joined, _odd, _said, _numbered, _in_form)


def mutated_text(pool: list[str], chance: random.Random) -> str:
    """Return some sentences, changed a few times."""
    text = chance.choice([" ", "\n", "\n\n"]).join(chance.sample(pool, chance.randrange(1, 5)))
    for _ in range(chance.randrange(1, 6)):
        text = chance.choice(CHANGES)(text, chance) or "gout"
    return text


def _places(value: Any) -> list[tuple[Any, Any]]:
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    found = [(value, key) for key in keys]
    return found + [place for key in keys for place in _places(value[key])]


def mutated_bundle(pool: list[list[Any]], texts: list[str], chance: random.Random) -> dict[str, Any]:
    """Return a bundle of some resources, its elements changed: swapped, taken out, repeated, of another kind."""
    record = chance.choice(pool)
    picked = json.loads(json.dumps(chance.sample(record, min(len(record), chance.randrange(1, 6)))))
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in picked]}
    for _ in range(chance.randrange(1, 4)):
        holders = bundle["entry"] if chance.random() < 0.1 else [one for one in picked if isinstance(one, dict)]
        places = _places(holders)
        places = [place for place in places if place[0] is not holders and place[1] != "resourceType"] or places
        if not places:
            break
        (holder, key), (other, other_key) = chance.choice(places), chance.choice(places)
        change = chance.randrange(6)
        if change == 0:
            holder[key], other[other_key] = json.loads(json.dumps([other[other_key], holder[key]]))
        elif change == 1:
            del holder[key]
        elif change == 2 and isinstance(holder, list):
            holder.extend(json.loads(json.dumps([holder[key]])) * chance.randrange(1, 8))
        elif change == 3 and isinstance(holder[key], str):
            holder[key] = chance.choice(CHANGES)(holder[key] or "gout", chance)
        elif change == 4:
            holder[key] = chance.choice([None, True, 0, -1.5, 1e300, "", [], {}, [[]], "x" * 3000, holder[key]])
        else:
            holder[key] = mutated_text(texts, chance)
    return bundle
