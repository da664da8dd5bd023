"""Notes of structure: headings, lists, boxes, tables of results in every order of columns, and what breaks them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.attack.generators.mutations import CHANGES, NUMBERS

HEADINGS = [
    "Medications",
    "Allergies",
    "PMH",
    "Past medical history",
    "Family history",
    "Social history",
    "Labs",
    "LABORATORY DATA",
    "Examination",
    "O/E",
    "Imaging",
    "Histology",
    "Assessment and plan",
    "Plan",
    "Impression",
    "Differential diagnosis",
    "Review of systems",
    "Discharge medication",
    "Course",
    "Follow-up",
    "History of present illness",
    "Anything else",
]
AROUND = ["{}:", "{}", "# {}", "## {}", "**{}**", "== {} ==", "{}\n-----", "1. {}", "[{}]", "{} -", "{}：", "_{}_"]
ITEMS = [
    "- {}",
    "* {}",
    "• {}",
    "1) {}",
    "2. {}",
    "[x] {}",
    "[ ] {}",
    "☐ {}",
    "☒ {}",
    "– {}",
    "a) {}",
    "  {}",
    "+ {}",
    "{};",
]
THINGS = [
    "warfarin 5 mg daily",
    "no known allergies",
    "systemic sclerosis",
    "calcinosis of the left elbow",
    "Raynaud: yes",
    "gout - no",
    "? calciphylaxis",
    "mother: lupus",
    "haemodialysis since 2019",
    "prednisolone stopped",
    "skin necrosis: [ ]",
    "diltiazem 60 mg tds (declined)",
    "n/a",
    "none",
    "",
    "see above",
    "Ca 9.3 P 7.4 PTH 1245",
    "55F",
    "ulcer R thigh 3x4 cm",
]
TESTS = [
    ("Calcium", "mg/dL", "8.5-10.5"),
    ("Phosphate", "mmol/L", "0.8-1.5"),
    ("PTH", "pg/mL", "15-65"),
    ("Albumin", "g/dL", "3.5–5"),
    ("Creatinine", "µmol/L", "<90"),
    ("ANA", "", "<1:80"),
    ("CRP", "mg/L", "0-5"),
    ("Ca x P", "mg2/dL2", ""),
    ("K+", "mmol/L", "3.5-5"),
    ("eGFR", "ml/min/1.73m2", ">60"),
    ("INR", "", "0.9-1.1"),
    ("Copper", "µmol/L", "11-22"),
    ("CK", "U/L", "(30 - 200)"),
]
VALUES = [
    "9.3",
    "7,4",
    "1245",
    "1,245",
    ">1000",
    "neg",
    "POS",
    "1:320",
    "12.1 H",
    "L 2.0",
    "n.d.",
    "-",
    "",
    "++",
    "9.3*",
    "3..4",
]
DAYS = ["1/3/24", "2024-03-01", "01.03.2024", "today", "Mar 24", "day 3", "baseline", "31/02/2024", "24"]
SEPARATORS = [" | ", "|", "\t", "  ", "   ", ", ", "; ", " - ", ": ", " "]


def _list(chance: Random) -> str:
    kind = chance.choice(ITEMS)
    return "\n".join(kind.format(chance.choice(THINGS)) for _ in range(chance.randrange(1, 9)))


def _table(chance: Random) -> str:
    """Return a table, with a head or without, one column or several of values, some of whose rows are broken."""
    separator, several = chance.choice(SEPARATORS), chance.randrange(1, 5)
    order = chance.sample(range(4), 4)
    head = ["Test", "Unit", "Reference", *(chance.choice([*DAYS, "Result", "Value"]) for _ in range(several))]
    rows = [head] if chance.random() < 0.6 else []
    for name, unit, limits in chance.sample(TESTS, chance.randrange(1, 8)):
        values = [chance.choice(VALUES) if chance.random() < 0.8 else chance.choice(NUMBERS) for _ in range(several)]
        rows.append([name, unit, limits, *values])
    lines = []
    for row in rows:
        cells = [[row[0]], [row[1]], [row[2]], row[3:]]
        placed = [cell for place in order for cell in cells[place]]
        if chance.random() < 0.15:
            del placed[chance.randrange(len(placed))]
        lines.append(separator.join(placed))
    if chance.random() < 0.3:
        lines.insert(1, "|---|---|---|" if "|" in separator else "-" * 20)
    return "\n".join(lines)


def structured_note(sentences: list[str], chance: Random) -> str:
    """Return a note of a few sections, changed at most three times."""
    makers: tuple[Callable[[Random], str], ...] = (_list, _table, lambda one: one.choice(sentences))
    parts = []
    for _ in range(chance.randrange(1, 6)):
        if chance.random() < 0.8:
            parts.append(chance.choice(AROUND).format(chance.choice(HEADINGS)))
        parts.append(chance.choice(makers)(chance))
    text = chance.choice(["\n", "\n\n", "\r\n", "\n \n"]).join(parts)
    for _ in range(chance.randrange(4)):
        text = chance.choice(CHANGES)(text, chance) or "gout"
    return text
