"""What the command line says: the help of its commands and options, and what is wrong with how it was called."""

from __future__ import annotations

PROGRAM = "The open, cited, computable reference for calcinosis cutis (calcium in the skin). It informs clinicians."
VERSION = "Show the version."

COMMANDS = {
    "ask": "Answer a question from the knowledge alone.",
    "assess": "Write one assessment for each record.",
    "claims": "What popular pages claim, with verdicts.",
    "evaluate": "Compare with what the authors of cases concluded.",
    "evidence": "The studies behind a treatment.",
    "follow": "What changed in one person, and what is due.",
    "knowledge": "Check the knowledge, or show an entry.",
    "mcp": "Offer the program's tools to a language model.",
    "screen": "One row for each patient of an export.",
    "serve": "Open the web application on this computer.",
    "sources": "List every source, each with its canonical link.",
}
"""One line for each command, as the list of commands shows it."""

ASK = "Answer a question in plain words from the knowledge alone, each sentence with its sources."
ASK_AUDIENCE = "The reader: patient or clinician."
ASK_RECORD = "Answer for the person of this record: a FHIR record, a form or a clinic note."
ASK_NOTHING = 'a question, such as "Does calcinosis cutis go away?"'

ASSESS_FORMAT = "How to write it."
ASSESS_AS_OF = "The day to assess at; by default the record's last."
ASSESS_OUTPUT = "Write to this file, or a file for each record to this folder."
ASSESS_VERBOSE = "In text, show every reason, every treatment and all sources."
CASES = "cases"
ASSESS_CASES = "In text, show the published cases that are most like this one."
ASSESS_SAME_PERSON = "All files are of one person: one assessment of what they say together."
ASSESS_PATIENT = "The patient of an export; FILES is then its folder."
ONE_PAGE_A_RECORD = "a page holds one record; with several, name a folder: --output FOLDER/"
STANDARD_INPUT_ONCE = "standard input can be read once"
NOT_A_DAY = "{error}; write a day such as 2026-11-22"

EVALUATE_INPUT = "Which file of a case is read."
EVALUATE_ASSESSMENTS = "Score these assessments (JSON, a file named as each case) in place of making them."
EVALUATE_NO_ASSESSMENTS = ("no such folder", "a folder with an assessment as JSON for each case")
EVALUATE_NO_FOLDER = ("no such folder", "case folders with bundle.json and expected.json")
FORMAT = "How to write it."

CLAIMS = "Show what popular pages claim, and what the literature says of it."
CLAIMS_VERDICT = "Only claims with this verdict."
CLAIMS_SOURCE = "Only claims of this page, such as seed-000."
ONE_OF = '"{found}": one of {choices}'

EVIDENCE = "Show the studies behind a treatment, pooled where that is honest."
EVIDENCE_COMPARE = "All treatments of a type, side by side."
EVIDENCE_PLOT = "Draw a forest plot to this .svg or .png file."
EVIDENCE_EITHER = "give either the id of a treatment or --compare TYPE"
COMPARISON_TITLE = "Treatments of {type}"
COMPARISON_SUBTITLE = "all patients of the studies that count; end points differ, so this is no ranking"
PLOT_EXPECTED = "a .svg or .png file that can be written"

FOLLOW = "Write what changed in one person over time, what is due, and which medicines to review."
FOLLOW_AS_OF = "The day up to which to follow; by default the last of the records."
FOLLOW_OUTPUT = "Write to this file."

KNOWLEDGE_CHECK = "Load and check every knowledge file, and list all problems at once."
KNOWLEDGE_NO_FOLDER = ("no such folder", "a folder of knowledge files")
KNOWLEDGE_NO_PROBLEM = "{counts}: no problem."
KNOWLEDGE_SHOW = "Show one entry with its sources."

SCREEN = "Write one row for each patient of a FHIR export, and a page that sums them up."
SCREEN_OUTPUT = "The Parquet file to write; a page is written beside it."
SCREEN_ENGINE = "The engine that computes the tables."
SCREEN_AS_OF = "The day to assess at; by default each record's last."
SCREEN_STRICT = "Exit with status 1 if a line was left out."
SCREEN_SUPPRESS = "Hide numbers of patients below N in the page."
SCREEN_MEMORY = "What the engine may take; the rest goes to disk."
SCREEN_MASTER = "Where Spark runs: on this machine or on a cluster."

SOURCES_FORMAT = "Text, BibTeX or CSL-JSON."

SERVE_HOST = "The address to listen on."
SERVE_PORT = "The port to listen on."
SERVE_FRESH_WORKERS = "End each process after one answer, so that nothing stays in its memory; slower."
SERVE_TOKEN = "Asked of everyone; required if other computers can reach this one."

A_FOLDER, MISSING_FOLDER = "a folder", "a folder that does not exist"
UNUSABLE_PLACE, USABLE_FILES = "a place that cannot be read or written", "files that can be read and written"
MORE_PROBLEMS = "and {count} more, named in the page"
SCREENED, LINES_READ = "{patients} patients: {rows}, {page}", "{lines} lines were read, {rejected} of them left out."
POPULATION_LIBRARIES = "the libraries of populations"
