"""What an answer says besides the statements of the knowledge."""

from __future__ import annotations

DISEASE = "calcinosis cutis"
NOT_DECIDED = (
    "Nobody can decide this for you from a question. What is known is below; ask the doctor who knows you and your "
    "medicines. Do not stop or start a medicine on your own."
)
NOT_DECIDED_ALONE = (
    "Nobody can decide this for you from a question. Ask the doctor who knows you and your medicines. Do not stop or "
    "start a medicine on your own."
)
NOT_COVERED = (
    "This is outside what is collected here. You can ask about calcium in the skin: its types, causes, signs, tests, "
    "treatments, medicines to avoid, outlook and when to get help."
)
URGENT_ONLY = "Read the warning first. Your other question is outside what is collected here."
NOTHING_ON_EFFECT = (
    "Nothing that was read for this program tells what {what} does for calcium deposits of the skin. Ask the doctor "
    "who treats you. You can ask about other treatments, their harms, and what helps at home."
)
NOT_READ_OF = (
    "Nothing that was read for this program mentions {what}. You can ask how calcium in the skin is found, treated "
    "and followed, what helps and what does not, and when to get help."
)
PART_OPEN = "{part} Nothing that was read for this program answers this."
"""What stands for a part of a question that no statement answers."""
NOTHING_KNOWN = (
    "Nothing that was read for this program answers this. You can ask how it is found, treated and followed, and when "
    "to get help."
)
RELATED: dict[str, dict[str, str]] = {
    "Type": {
        "what": "What is meant by {name}?",
        "causes": "What causes {name}?",
        "symptoms": "What are the signs of {name}?",
        "tests": "How can {name} be found?",
        "treatment": "How can {name} be treated?",
        "outlook": "What is the outlook with {name}?",
        "prevention": "Can {name} be prevented?",
        "follow-up": "How should {name} be followed up?",
        "help": "When should somebody with {name} see a doctor?",
    },
    "Cause": {
        "what": "How can {name} lead to calcium in the skin?",
        "causes": "How common is calcium in the skin with {name}?",
        "symptoms": "What are the signs of calcium in the skin with {name}?",
        "treatment": "How can calcium in the skin with {name} be treated?",
    },
    "Treatment": {
        "treatment": "What is known of the effect of {name}?",
        "safety": "What harm can {name} do?",
        "against": "What speaks against {name}?",
        "dose": "Which doses of {name} were studied?",
        "follow-up": "What has to be checked during treatment with {name}?",
    },
    "Investigation": {
        "tests": "What does this test show: {name}?",
        "safety": "What speaks against {name}?",
    },
    "LookAlike": {
        "difference": "How can {name} be told from calcium in the skin?",
    },
}
"""Other questions, by the kind of thing and by what they ask of it."""
OF_SUBJECT = "{name}: {says}"
WHERE: dict[str, dict[str, str]] = {
    "patient": {
        "iatrogenic": "Lumps after a drip or an injection",
        "metastatic": "Where the blood has too much calcium or phosphate",
        "calciphylaxis": "In calciphylaxis",
        "idiopathic": "Lumps without a known cause",
    },
    "clinician": {
        "iatrogenic": "Iatrogenic deposits",
        "metastatic": "Metastatic deposits",
        "calciphylaxis": "Calciphylaxis",
        "idiopathic": "Idiopathic deposits",
    },
}
"""Of which type a statement holds, by reader, where a question names none."""
VERDICT_OF_PERSON: dict[str, str] = {
    "consider": "{name}: may be considered for this person.",
    "check-first": "{name}: check first.",
    "avoid": "{name}: to be avoided by this person.",
    "not-for-this-type": "{name}: not for this type.",
}
"""What the rules say of a treatment for the person of a record, by its verdict."""
TAKEN_OF_PERSON: dict[str, str] = {
    "avoid": "{name} is taken now and should be avoided. Ask the prescriber today; never stop it on your own.",
    "caution": "{name} is taken now: with caution.",
    "cannot-be-judged": "{name} is taken now and cannot be judged: something that decides is not known.",
    "not-judged": "{name} is taken now and is not judged by this program.",
    "no-objection-found": "{name} is taken now: no objection found in what was looked at.",
}
SAFE_WITH: dict[str, dict[str, str]] = {
    "patient": {
        "avoid": "{name} is ruled out because of this: {reasons}. Ask whoever prescribes it; do not stop a medicine on "
        "your own.",
        "caution": "{name}: ask your doctor first, because of this: {reasons}.",
    },
    "clinician": {
        "avoid": "{name} is not to be used with this: {reasons}.",
        "caution": "{name}: caution with this, or not known to be safe: {reasons}.",
    },
}
"""What the rules of a treatment say of something else that a question names, by reader and gravity."""
BECAUSE = "Because: {reasons}."
CHECK_FIRST = "To be checked: {names}."
URGENT, CONTESTED, RELATED_TITLE, SOURCES = "First", "What popular pages say", "You can also ask", "Sources"
URGENCY: dict[str, str] = {
    "emergency": "This can be an emergency: act now.",
    "urgent": "Call a doctor today.",
}
VERDICTS: dict[str, str] = {
    "harmful-if-followed": "harmful if followed",
    "contradicted": "contradicted",
    "unsupported": "not supported",
    "partly": "partly right",
}
REVIEW = "Drawn from cited literature; no clinician has reviewed it yet. It informs and does not replace a doctor."
READ_AS = "Read as: {changes}."
DOSE_FOR_PATIENTS = "Your doctor sets your dose. The sources give this: {says}"
"""What stands before a dose that a patient asks for."""
