"""The fixed words of a report; medicine is in the knowledge, not here."""

from __future__ import annotations

from calcinosis.words.en.quantities import age as age_in_words

VERDICT: dict[str, str] = {
    "consider": "consider",
    "check-first": "check first",
    "avoid": "avoid",
    "not-for-this-type": "not for this type",
}
TRUTH: dict[str, str] = {"true": "true", "false": "false", "unknown": "unknown"}
LOOK_ALIKE = {"established": "established", "provisional": "provisional", "suspected": "suspected"}
CAUSE = {"confirmed": "confirmed", "suspected": "suspected", "excluded": "excluded"}
ASSOCIATED, ASSOCIATED_ELSEWHERE, RECORDED = "association", "risk of another type", "recorded"
"""What a confirmed cause is called that only raises a risk, and one where there is no calcium to explain."""
URGENCY: dict[str, str] = {"emergency": "emergency", "urgent": "urgent", "soon": "soon"}
URGENCY_TIME: dict[str, str] = {
    "emergency": "emergency, now",
    "urgent": "urgent, today or within two days",
    "soon": "soon, within 1 to 2 weeks",
}
"""Each urgency with its time."""
EMERGENCY_CALL = "Emergency: act now"
STEPS = "Now, in this order"

TITLES: dict[str, str] = {
    "why": "Why",
    "types": "The other types",
    "causes": "Causes",
    "change": "What would change this",
    "tests": "Test next",
    "treatments": "Treatments",
    "stop": "Taken now",
    "follow-up": "Follow-up",
    "cases": "Cases like this one",
    "record": "The record",
    "sources": "Sources",
}
ALL_TYPES = "The types"
HOW_SURE, NEXT, DANGER, WORDS_FOR, CLINICIAN, PATIENT = (
    "How sure", "Next", "Danger", "Language", "Clinician", "Patient")  # fmt: skip
LOOK_ALIKE_LABEL, FORM_LABEL = "Look-alike: {name}", "Form: {name}"

TITLE_SURE = "{status} {name}"
TITLE_TYPE = "{name}, {status}"
TITLE_NOT_SHOWN = "{title}; calcium not yet shown"
"""A type that is confirmed, probable or suspected; another one; and where no one has shown the calcium."""
TITLE_NO_TYPE = "Calcinosis cutis, type open"
TITLE_LOOK_ALIKE = "{name} fits better than calcinosis cutis"
TITLE_NONE = "Nothing that was read points to calcinosis cutis"
TITLE_DANGER = "Danger first; no type can be named yet"
SKIP = "Skip to content"
DOCUMENT_TITLE = "{title}: assessment: calcinosis"

SUPPORTED_BY = "Supported by: {findings}."
DEFINED = "The defining findings are present."
NOT_KNOWN_YET = "Not known: {open}."
AGAINST_LIST = "Against it: {findings}."
RULED_OUT = "Ruled out by: {findings}."
CONFLICTING = "The defining findings are present, but so is what excludes it: {findings}."
PLAIN_SURE: dict[str, str] = {
    "established": "Your record shows what defines it.",
    "provisional": "It fits what your record says. Your doctors will ask about a few more things.",
    "undetermined": "It may fit. Some things are not known yet.",
    "not-supported": "Your record does not fit it.",
    "excluded": "Your record rules it out.",
    "conflicting": "Some findings speak for it and some against it. Your doctors need to look at both.",
}
SURE_NO_TYPE = ("Nothing that was read points to one type.",
                "Your record does not show yet which type it is.")  # fmt: skip
SURE_DANGER = ("Calcium in the skin is neither shown nor excluded by what was read.",
               "Your record does not show yet whether there is calcium in the skin.")  # fmt: skip
SURE_NONE = ("Neither calcium in the skin nor a finding that points to it was read.",
             "Nothing that was read in your record is a sign of calcium in the skin.")  # fmt: skip
CALCIUM_SUSPECTED = "Calcium in the skin is suspected, not shown."
CALCIUM_NOT_SHOWN = "Calcium in the skin is not shown."
NO_DANGER = ("No danger sign recorded. What was not asked is not excluded.",
             "No danger sign is written in your record. What was not asked is not ruled out.")  # fmt: skip

NEXT_REVIEW = "Review with the prescriber: {name}"
NEXT_TEST = "Test: {name}"
NEXT_CAUSE = "Treat the cause: {name}"
NEXT_ASK = "Find out"
NEXT_NOTHING = "No next step suggested by what was read."
SETTLES = "It would settle: {types}."

POINTS_NOT = "Nothing that was read points to it"
TURNS_ON = "not known: {open}"
UNMENTIONED = "unlikely unless something unrecorded turns up"
ASSUMED_LINE = "Not mentioned, and taken as absent: {count}. Ask about each."
ASSUMED_WORD = "assumed"
AGAINST_WORD = "against"
TURNS_ON_LINE = "Turns on {open}."
SETTLED_BY = "Settled by: {tests}."
NOT_SETTLED = "No single outstanding test settles it."
NO_WHY = "No finding that was read points to a type."
NO_CAUSES = "No cause confirmed, suspected or excluded by what was read."
NONE_IN_SHORT = "None confirmed or suspected by what was read."
NO_CHANGE = "Nothing that is open would change the answer."
NO_CHANGE_YET = "Any sign of calcium in the skin."
NO_TESTS = "No further test suggested by what was read."
NO_TREATMENTS = "No treatment is judged until something points to a type."
NO_FOLLOW_UP = "No follow-up suggested by what was read."
ASSOCIATION = "Associated with {types}."
LEADS_TO = "Leads to {types}."
TREAT_FIRST = "Treat first"
CAUTION = "Caution"
TELL_APART = "To tell apart"
ADVICE = "Advice"
FACT, DOSE, MORE_REASON = "Fact", "Dose seen in studies", "Also"
SAFETY_OF = "safety of {count}"
CHANGES_TYPES, CHANGES_TREATMENTS = "Settles: {types}", "Safety of: {treatments}"
WOULD_SETTLE = "settles {aside}"
PATIENT_STOP = "Do not stop a medicine on your own. Ask your doctor or pharmacist first, today if it is urgent."

FOR, AGAINST, OPEN = "For", "Against", "Open"
SOURCE_NUMBER = "Source {number}"
SHOWN = "{shown} of {count} shown"
KNOWN, ASK = "Known here", "Ask"
ASK_EACH = "Triangle: known here. Ring with a question mark: ask first."
WITHIN_WEEKS = "Within 2 weeks"
FOR_TYPES = "For {types}."
BAR_NOTE = "Bar: patients in the studies of the treatment, of any type; full width 100; the dark part improved."
CONTRAINDICATED = "Contraindicated here: {findings}."
ASKED_BY_TREATMENT = "Needed before a treatment that may be considered."
AGAINST_IT = "Contraindicated here: {findings}."
LEVEL = "level {level}"
IMPROVED = "{improved} of {patients} improved"
OTHER_TYPES = "no patients of this type counted, {patients} of others"
NOT_COUNTED = "no patients counted"
TAKEN = "taken now"
NOTHING, NONE_RECORDED = "Nothing", "None."

AS_OF, UNDATED = "Assessed on what was known on that day.", "Assessed on everything it says."
PERSON = "{person}; {record}."
RECORD = {
    (True, True): "record {id} of {day}",
    (True, False): "undated record {id}",
    (False, True): "record of {day}",
    (False, False): "undated record",
}
"""How a record is called, by whether its id and its day are known."""
FILE, STANDARD_INPUT_NAME = "File: {name}", "standard input"
QUOTED = "† A quoted page records what is being said; no verdict rests on it."
KNOWLEDGE = "Knowledge {version}, checked {day}"
SOURCES_COUNT = "Sources: {count}, see --verbose."
SOURCES_LISTED = "[sources; entry]: read each with calcinosis knowledge show ID. In full: --format markdown or html."

KINDS: dict[str, str] = {
    "RCT": "randomised trial",
    "systematic-review": "systematic review",
    "case-series": "case series",
    "case-report": "case report",
    "consumer": "quoted page",
    "seed": "quoted page",
}
READ = "{kind}, read: {read}"
SEX: dict[str, str] = {"female": "Female", "male": "Male"}
SEX_UNKNOWN, AGE_UNKNOWN = "Sex not known", "age not known"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
COLUMNS = {
    "type": "Type", "status": "Status", "because": "Because", "test": "Test", "settles": "Would settle",
    "treatment": "Treatment", "changes": "What it changes", "verdict": "For this person", "reason": "Reason",
    "evidence": "Evidence", "check": "Check first", "monitor": "Monitor", "facts": "Read in", "source": "Source",
    "cause": "Cause",
    "safety": "Which", "title": "Title",
}  # fmt: skip
MORE_FINDINGS, MORE_STEP = "more finding", "more step"
MORE = {
    "names": "and {count} more",
    "lines": "{count} more",
    "tests": "{count} more to test",
    "causes": "{count} more, excluded or associated with another type",
    "check-first": "{count} more to check first",
    "consider": "{count} more to consider",
    "avoid": "{count} more to avoid",
    "not-for-this-type": "{count} not for this type",
    "sources": "{count} more sources",
    "basis": "Basis",
    "basis_and_monitor": "Basis and monitoring",
    "steps_and_basis": "Steps and basis",
}

FIELDS = {
    "for_": "For",
    "against": "Against",
    "for_entry": "For {type}, directness {directness}, level {level}",
    "against_entry": "Against, {type}",
    "plain": "In plain words",
    "verdict": "Verdict of the literature",
    "sources": "Sources",
    "not_supporting": "quoted only",
}


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return a count with its noun, such as "1 finding" or "3 findings"."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def holds_if_absent(count: int) -> str:
    """Return on what a provisional answer rests: findings that nobody has mentioned."""
    if count == 1:
        return "Holds if the one finding that is not mentioned is absent; ask about it."
    return f"Holds if the {count} findings that are not mentioned are absent; ask about each."


def day_words(day: str) -> str:
    """Return a date such as 2024-06-15 as 15 June 2024, and what is no full date as it stands."""
    parts = day[:10].split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return day
    return f"{int(parts[2])} {MONTHS[int(parts[1]) - 1]} {parts[0]}"


def age_words(age: float | None) -> str:
    """Return an age, if it is known."""
    if age is None:
        return AGE_UNKNOWN
    return age_in_words(age)
