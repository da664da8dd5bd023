"""What is wrong with a record, form or file that is given to be read: found, expected, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

RECORD_OR_FORM = "a FHIR record (JSON), a YAML form or a clinic note"
IN_UTF_8 = f"{RECORD_OR_FORM}, in UTF-8"
THE_RECORD, STANDARD_INPUT = "the record", "standard input"
A_FILE, A_FOLDER, EMPTY_NAME, EMPTY_FILE = "a file", "a folder", "an empty name", "an empty file"
GIVE_ITS_FILES = "give the files in it"
UNREADABLE_FILE, READABLE_FILE = "an unreadable file", "a file that can be read"
NO_TEXT, BINARY_FILE, BINARY_OR_UTF_16 = "bytes that are not text", "a binary file", "a binary file, or UTF-16 text"
WELL_FORMED_JSON, WELL_FORMED_LINES = "well-formed JSON, each key once", "one well-formed JSON object per line"
OF_ONE_PERSON, SPLIT_BY_PERSON = "the record of one person", "split it by person"

DIFFERENT_PERSONS = "resources of different persons"
NO_RESOURCE = "no resource"
ABOUT_A_PERSON = "a Patient, or conditions, observations, procedures or medicines of one person"
NO_RESOURCE_TYPE = "no `resourceType`"
RESOURCE_OR_BUNDLE, A_BUNDLE = "a FHIR R4 resource or Bundle", "a FHIR R4 Bundle"
CHECK_THE_EXPORT = "check that this is a FHIR export"

NO_ANSWERS = "no list of answers"
ONE_LINE_A_FACT = "one line per fact, such as `warfarin: no`"
A_FORM = f"a form: {ONE_LINE_A_FACT}"
A_DAY = "a day such as 2026-11-22"
A_KNOWN_FACT = "a fact of the knowledge"
WHOLE_CHARACTERS = "whole characters"
ONE_WORD = "one word or number"
EACH_FACT_ONCE, EACH_LIMIT_ONCE = "each fact once", "each limit once"
NOTHING_BETWEEN_THOUSANDS = "a decimal point, and nothing between thousands"
YES_OR_NO = "yes, no, suspected or not known"
LIMITS_AFTER_COMMA = "`upper_limit number unit`, `lower_limit number unit` or `unit_confirmed` after the comma"
NUMBER_WITHOUT_UNIT = "a number without a unit"
GIVE_AGE = "give `age`"
FHIR_IS_JSON = "FHIR is read as JSON"

ASK_FOR_FHIR = "ask the system that made it for a FHIR export (JSON)"
WRITE_A_FORM = "write what is known as a form, one line per fact: `warfarin: no`"
WRITE_FORMS = "write one form per person, one line per fact: `warfarin: no`"
ASK_FOR_JSON = "FHIR is read as JSON: ask for `application/fhir+json`"
EXPORT_AS_FHIR = "export the records as FHIR (JSON), one person per file"
UNPACK_ARCHIVE, UNPACK_GZIP = "unpack it, and give the files in it", "unpack it first, for example with `gunzip`"
SAVE_AS_UTF_8 = "save it as UTF-8"
ARCHIVE, GZIP, PDF = "a ZIP archive, or a file of an office program", "a gzip file", "a PDF"
WORD_PROCESSOR, PICTURE, DATABASE, PARQUET = "a word processor file", "a picture", "a database", "a Parquet file"
HL7_MESSAGE, HL7_MESSAGES, X12_MESSAGE = "an HL7 v2 message", "a file of HL7 v2 messages", "an X12 message"
UTF_16, DICOM, C_CDA = "UTF-16 text", "a DICOM file", "a C-CDA document (XML)"
FHIR_XML, OTHER_MARKUP = "FHIR as XML", "XML or HTML"
ONLY_COMMENTS, A_TABLE = "only comments", "a table (CSV)"


def broken_json(message: str) -> str:
    """Return what makes a text no JSON."""
    return f"broken JSON: {message}"


def too_deep(most: int) -> str:
    """Return that objects stand in objects too deep."""
    return f"objects or lists nested more than {most} deep"


def half_character(key: str) -> str:
    """Return that a text holds half of a character that UTF-16 writes in two."""
    return f"half a character (a lone surrogate) in `{key}`"


def key_again(key: str) -> str:
    """Return that a key stands twice in one object."""
    return f'the key "{key}" a second time in one object'


def more_than_megabytes(limit: int) -> str:
    """Return that a file is larger than what is read."""
    return f"more than {limit} MB"


def more_than_kilobytes(limit: int) -> str:
    """Return that a text is longer than what is read."""
    return f"more than {limit} kB"


def more_brackets(limit: int) -> str:
    """Return that a form has more brackets than any answer needs."""
    return f"more than {limit} brackets"


def no_place_for(kind: str) -> str:
    """Return what stands where a resource is expected."""
    return f"{kind} in place of a resource"


def different_patients(count: int) -> str:
    """Return that a record holds several patients."""
    return f"{count} different Patient resources"


def another_answer(fact: str) -> str:
    """Return that an answer is none of those that a question has."""
    return f"another answer to `{fact}`"


def no_or_one_of(words: Iterable[str]) -> str:
    """Return the answers to a choice."""
    return f"no, or one of {', '.join(words)}"


def wrong_in(found: object, fact: str) -> str:
    """Return what is wrong with an answer to a question."""
    return f"{found} in `{fact}`"


def limit_again(side: str, fact: str) -> str:
    """Return that a limit is given twice."""
    return f"`{side}` a second time in `{fact}`"


def more_than_number(fact: str) -> str:
    """Return that more than a number and its unit is given."""
    return f"more than a number and its unit in `{fact}`"


def number_with_unit(unit: str) -> str:
    """Return how a number with its unit is written."""
    return f"a number with its unit, such as 5 {unit}".rstrip()


def unit_of(name: str, unit: str) -> str:
    """Return a unit that fits a quantity."""
    return f"a unit of {name}, such as {unit}"


def unit_missing(fact: str) -> str:
    """Return that a number has no unit."""
    return f"{NUMBER_WITHOUT_UNIT} in `{fact}`"


def possible_value(least: float, most: float, unit: str) -> str:
    """Return what can be, in the unit of the fact."""
    return f"a possible value: {least:g} to {most:g} {unit}".rstrip()


def impossible_number(fact: str) -> str:
    """Return that a number cannot be."""
    return f"a number that `{fact}` cannot have"


def question(key: str) -> str:
    """Return a question that no fact asks."""
    return f'the question "{key}"'


def question_again(key: str, before: str) -> str:
    """Return that a question is asked twice, in other words perhaps."""
    return f'the question "{key}" a second time, after "{before}"'


def did_you_mean(word: str) -> str:
    """Return a word that is near."""
    return f'did you mean "{word}"?'


DIFFERENT_PERSONS = "records of different persons: another id or another birth date"

NO_RECORD = "no record"
FORM_WITHOUT_DATE, A_DATE = "a form without its date", "the day of the visit, when there are several forms"
ADD_DATE = "add a line such as date: 2026-03-02"
FORM_WITHOUT_PERSON, A_PERSON = "a form that does not say whose it is", "the same person in each form"
ADD_PERSON = "add a line such as person: A17 to each form of this person"
ANOTHER_PERSON = "another person than in the first record"


def record_number(place: int) -> str:
    """Return what one of several records is called."""
    return f"record {place}"


def same_person_as(name: str) -> str:
    """Return that records are to be of one person."""
    return f"the person of {name}"


CUT_OFF = "a form that is cut off before its end"
