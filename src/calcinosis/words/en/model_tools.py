"""What a language model is told of the tools that it may call, and what comes with each of their answers."""

from __future__ import annotations

from calcinosis.words.en.documents import INFORMS, NOT_REVIEWED, SUPERVISED

INSTRUCTIONS = (
    "Cited knowledge of calcinosis cutis (calcium in the skin), and its rules for one person's record. Quote "
    "statements with their sources; add none of your own. Say to whoever reads it that no clinician has reviewed "
    "the knowledge. If an answer holds `urgent` or a danger, say that first. If a tool declines, say so; "
    "do not fill the gap."
)
REVIEW = f"{NOT_REVIEWED} {INFORMS} {SUPERVISED}"

ASSESS_RECORD = (
    "Assess one person's record",
    "Which type of calcinosis cutis and how sure, dangers, next tests, treatments to consider or avoid, medicines. "
    "`record` is the text of FHIR R4 (JSON or NDJSON), of a YAML form (`age: 54`, `phosphate: 7.4 mg/dL`) or of a "
    "clinic note. The answer holds a report as text and the sources that it cites; `parts` asks for whole parts of the "
    "assessment as JSON, such as treatments or entered. The record is kept nowhere.",
)
ASK = (
    "Ask a question",
    "A question in plain words, answered by statements of the knowledge, each with its sources; what the knowledge "
    "does not cover is declined. With `record`, what holds for that person stands first; the record is kept nowhere.",
)
LOOK_UP_ENTRY = (
    "Look up an entry",
    "One entry of the knowledge with all its statements and sources: a type, cause, treatment, test, danger, "
    "look-alike, topic or source, by id (such as diltiazem).",
)
POPULAR_CLAIMS = (
    "What popular pages claim",
    "Claims that popular pages make, each with what the literature says of it. `words` are looked for in subject and "
    "claim; `verdict` is one of harmful-if-followed, contradicted, partly, unsupported, supported.",
)

SIMILAR_CASES = (
    "Published cases like this one",
    "Up to five published single reports that are most like the person of a record: what is alike, what differs, what "
    "was tried and what the authors say came of it. They are chosen, and show what has been done, not what works: work "
    "out no rate from them. An empty list means that no published case here is similar. The record is kept nowhere.",
)

A_RECORD = "the record"
PARTS_EXPECTED = "parts of an assessment: {parts}"
DAY_EXPECTED = "a day such as 2026-11-22"
VERDICT_EXPECTED = "one of {verdicts}"
BROKEN = "The program failed; nothing was assessed."

COMMAND = "Offer the program's tools to a language model (Model Context Protocol), on standard input and output."
HTTP = "Offer them over streamable HTTP at /mcp instead."
LIBRARY = "the Model Context Protocol library"
READY = "Tools for language models at {address}mcp. Stop with Ctrl+C."
