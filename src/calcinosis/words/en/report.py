"""The fixed words of a report; medicine is in the knowledge, not here."""

from __future__ import annotations

from calcinosis.words.en.quantities import age as age_in_words

STATUS: dict[str, str] = {
    "established": "established",
    "provisional": "provisional",
    "undetermined": "undetermined",
    "not-supported": "not supported",
    "excluded": "excluded",
    "conflicting": "conflicting",
}
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
EMERGENCY_CALL = "Emergency: act today"
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
    "record": "The record",
    "sources": "Sources",
}
ALL_TYPES = "The types"
HOW_SURE, NEXT, DANGER, WORDS_FOR, CLINICIAN, PATIENT = (
    "How sure", "Next", "Danger", "Words for", "Clinician", "Patient")  # fmt: skip
LOOK_ALIKE_LABEL, FORM_LABEL = "Look-alike: {name}", "Form: {name}"

TITLE_TYPE = "{name}, {status}"
TITLE_NO_TYPE = "Calcinosis cutis, type undetermined"
TITLE_LOOK_ALIKE = "{name} fits better than calcinosis cutis"
TITLE_NONE = "Nothing in this record points to calcium in the skin"
SKIP = "Skip to content"
DOCUMENT_TITLE = "{title}: assessment: calcinosis"

SURE: dict[str, tuple[str, str]] = {
    "established": ("Every finding that its rule asks for is in the record.", "The record shows what is asked for it."),
    "provisional": (
        "It holds if {assumed} that the record does not mention are absent; ask about them.",
        "It fits, as long as {assumed} that your record does not mention are really absent.",
    ),
    "undetermined": ("{speaking} for it; {open} not known.", "It may fit, but {open} not known yet."),
    "not-supported": ("{against} against it.", "The record does not fit it."),
    "excluded": ("{against} against it.", "The record rules it out."),
    "conflicting": (
        "Its rule holds, and so does the rule against it; both are shown.",
        "Some findings speak for it and some against it. Your doctors need to look at both.",
    ),
}
SURE_NO_TYPE = ("No type is established or provisional, and nothing in the record points to one.",
                "The record does not show yet which type it is.")  # fmt: skip
SURE_NONE = ("The record shows neither calcium in the skin nor a finding that points to it.",
             "Your record has no sign of calcium in the skin.")  # fmt: skip
CALCIUM_SUSPECTED = "Calcium in the skin is suspected here, not shown."
CALCIUM_NOT_SHOWN = "Calcium in the skin is not shown by this record."
NO_DANGER = ("None of the danger signs known here is in the record.",
             "None of the danger signs known here is in your record.")  # fmt: skip

NEXT_REVIEW = "Review with the prescriber: {name}"
NEXT_TEST = "Test: {name}"
NEXT_CAUSE = "Treat the cause: {name}"
NEXT_NOTHING = "No step follows from the rules."
SETTLES = "It would settle: {types}."

POINTS_TO = "In its favour: {findings}."
POINTS_NOT = "Nothing in the record points to it"
TURNS_ON = "it turns on {open} not known"
UNMENTIONED = "if what the record does not mention is absent, it is not supported"
ASSUMED_LINE = "{count} that the record does not mention are taken as absent; each is a question to ask."
ASSUMED_WORD = "assumed"
AGAINST_WORD = "against"
TURNS_ON_LINE = "Turns on {open} not known."
SETTLED_BY = "Settled by: {tests}."
NOT_SETTLED = "No single test that is still to do settles it."
NO_WHY = "No finding in the record points to a type."
NO_CAUSES = "No cause is confirmed, suspected or excluded."
NONE_IN_SHORT = "None is confirmed or suspected."
NO_CHANGE = "Nothing that is open could change the answer."
NO_CHANGE_YET = "A sign of calcium in the skin, if one is found."
NO_TESTS = "No test follows from the rules."
NO_TREATMENTS = "No treatment is judged, because no type is established, provisional or pointed to."
NO_FOLLOW_UP = "No follow-up follows from the rules."
ASSOCIATION = "Goes with {types}."
LEADS_TO = "Leads to {types}."
TREAT_FIRST = "Treat first"
CAUTION = "Caution"
TELL_APART = "To tell apart"
ADVICE = "Advice"
FACT, DOSE, MORE_REASON = "Fact", "Dose seen in studies", "Also"
SAFETY_OF = "safety of {count}"
WOULD_SETTLE = "settles {aside}"
PATIENT_STOP = "Do not stop a medicine on your own. Ask your doctor or pharmacist first, today if it is urgent."

FOR_TYPES = "For {types}."
BAR_NOTE = "Bar: people in the studies of the treatment, whatever the type; full width 100; the dark part improved."
CONTRAINDICATED = "Contraindicated in this person: {findings}."
ASKED_BY_TREATMENT = "A treatment that comes into question asks for it."
AGAINST_IT = "Against it in this person: {findings}."
LEVEL = "level {level}"
IMPROVED = "{improved} of {patients} improved"
OTHER_TYPES = "no patients of this type counted, {patients} of others"
NOT_COUNTED = "no patients counted"
TAKEN = "taken now"
NOTHING = "Nothing"

AS_OF, UNDATED = "Assessed on what was known on that day.", "Assessed on everything that it says."
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
    "treatment": "Treatment", "verdict": "For this person", "reason": "Reason", "evidence": "Evidence",
    "check": "Check first", "monitor": "Monitor", "facts": "Read in", "source": "Source", "cause": "Cause",
    "safety": "Which", "title": "Title",
}  # fmt: skip
MORE = {
    "names": "and {count} more",
    "steps": "{count} more steps",
    "lines": "{count} more",
    "tests": "{count} more to test",
    "causes": "{count} more",
    "check-first": "{count} more to check first",
    "consider": "{count} more to consider",
    "avoid": "{count} more to avoid",
    "not-for-this-type": "{count} not for this type",
    "sources": "{count} more sources",
    "basis": "Basis",
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
