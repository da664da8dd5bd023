"""What is said of the medicines that are taken now: five lines, from avoid to no objection found."""

from __future__ import annotations

AVOID = "Avoid"
CAUTION = "Caution"
CANNOT_BE_JUDGED = "Cannot be judged"
NOT_JUDGED = "Not judged"
NO_OBJECTION = "No objection found"

NOT_KNOWN = "Not known: {facts}."
OPEN = "{medicine} ({facts} not known)"
NOT_JUDGED_HERE = "No rule here speaks of them, which does not mean that they are safe."
LOOKED_AT = "Looked at: {subjects}."
OWN_RULES = "its own rules as a treatment"
NO_MEDICINES = "The record names no medicine that is taken now; ask which ones are."
SUBJECTS = {
    "pregnancy": "pregnancy",
    "breast-feeding": "breast-feeding",
    "qt-interval": "QT interval",
    "g6pd": "G6PD deficiency",
    "blood-counts": "blood counts",
    "live-vaccines": "live vaccines",
    "infection-screening": "hepatitis B and tuberculosis",
    "minerals": "calcium, phosphate and potassium",
    "kidney": "kidney",
    "liver": "liver",
    "circulation": "blood flow and clots",
    "interactions": "interactions",
    "dose": "dose and interval",
}
