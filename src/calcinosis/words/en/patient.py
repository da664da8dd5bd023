"""The fixed words of the page for a patient: short sentences, everyday words, one idea each."""

from __future__ import annotations

from calcinosis.words.en.report import PATIENT_STOP as PATIENT_STOP

TITLE = "Calcium in the skin"
TITLES = {
    "suspected": "Possibly calcium in the skin",
    "look-alike": "Probably not calcium in the skin",
    "none": "No sign of calcium in the skin in your record",
}
EMERGENCY_TITLE = "Go to hospital today"
SURE: dict[str, str] = {
    "confirmed": "You have calcium in the skin. It has been shown.",
    "probable": "You probably have calcium in the skin.",
    "suspected": "You may have calcium in the skin. It has not been shown yet.",
    "conflicting": "You may have calcium in the skin. Some findings do not fit, and your doctors need to look at them.",
}
SHOWN_KIND_OPEN = "You have calcium in the skin. Your doctors are looking for the reason."
SUSPECTED_KIND_OPEN = "You may have calcium in the skin. It has not been shown yet."
LOOK_ALIKE = "It looks more like something else: {name}. Your doctors will check."
NONE = "Your record, as far as it was read, shows no sign of calcium in the skin. That does not rule it out."
CALLED = "Doctors call it {name}."
NEXT, DO_NOW, SOON, CALL, DO, ASK, WHAT = (
    "What happens next", "Do this now", "What needs a doctor now", "When to call", "What you can do", "Ask your doctor",
    "About the illness",
)  # fmt: skip
WHEN: dict[str, str] = {
    "emergency": "Go to hospital now",
    "urgent": "Call a doctor today",
    "soon": "See a doctor within two weeks",
}
"""The heading of signs and of dangers by their urgency."""
AFTER = "After that: {says}"
STILL_RIGHT = "Is it still right for me?"
MADE_ON = "Made from a record of {day}."
MADE = "Made from a record without a date."
REVIEW = "For you to talk over with your doctor. No clinician has reviewed this text yet."
TELEPHONE = "Telephone of your clinic:"
DOCUMENT_TITLE = "{title}: for the patient"
