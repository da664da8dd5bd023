"""YAML forms with what people and programs write wrong: other names, commas, units, twice the same, broken syntax."""

from __future__ import annotations

from random import Random

# fmt: off
KEYS = [
    "age", "sex", "gender", "phosphate", "calcium", "Calcium", "PTH", "albumin", "creatinine", "dialysis",
    "warfarin", "systemic_sclerosis",
    "scleroderma", "skin_necrosis", "painful skin lesion", "site_finger", "as_of", "date", "id", "pregnancy",
    "kidney failure", "eGFR",
    "unknown thing", "", "?", "- age", "!!python/object", "&a x", "<<", "calcium ", "diltiazem", "unit_confirmed",
]
VALUES = [
    "54", "54 years", "5 weeks", "female", "F", "yes", "no", "suspected", "healed", "7.4 mg/dL", "7,4 mg/dl",
    "≥ 7.4", "2.4", "1,245 pg/mL",
    "9.4 mg/dL, upper_limit 10.2 mg/dL", "high", "NaN", ".inf", "1e400", "-3", "2024-05-01", "May 2024", "soon",
    "0012345", "null", "~", "[1, 2]",
    "{a: b}", "|\n  text", "'open", "*a", "\u202eyes", "\ud7ff", "\x07", "yes # no", "12:30", "0x1f", "1_000", "on",
    "warfarin", "< 5 mmol/L", "5-7 mg/dL",
]
# fmt: on


def form(chance: Random) -> str:
    """Return a form of up to fifteen lines, most of which can be read."""
    lines = [f"{chance.choice(KEYS[:22])}: {chance.choice(VALUES[:22])}" for _ in range(chance.randrange(1, 12))]
    lines += [f"{chance.choice(KEYS)}: {chance.choice(VALUES)}" for _ in range(chance.randrange(3))]
    chance.shuffle(lines)
    text = chance.choice(["\n", "\n", "\r\n", "\n\n", "\n  "]).join(lines)
    if chance.random() < 0.2:
        place = chance.randrange(len(text) + 1)
        text = (
            text[:place] + chance.choice([":", "\t", "#", '"', "}", "\x00", "\ufeff", "---\n", "é" * 9]) + text[place:]
        )
    return text
