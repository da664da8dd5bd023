"""What a screen says of the files of an export and of its output."""

from __future__ import annotations

IS_LINK = "a link"
IS_FOLDER = "a folder"
NO_FOLDER = "a folder that does not exist"
NO_FILE = "something that is not a regular file"
A_NEW_FILE = "a new file, or one that a screen may replace, in a folder that is there"
ANOTHER_NAME = "give another name with --output"
PAGE_IS_ROWS = "the name of the page that is written beside the rows"
OTHER_ENDING = "end the name of the rows with .parquet"
IN_EXPORT = "a place inside the export, which the next screen would read"
OUTSIDE_EXPORT = "a file outside the folder of the export"
IN_USE = "another screen writes it: {holder}"
UNUSED = "an output that no other screen writes"
WAIT = "wait for that one to end, or give another name with --output"
HOLDER = "process {process} on {host}, since {since}"
UNKNOWN_HOLDER = "it does not say which"

LEFT_OUT = "a file that is not read: {why}"
ITS_ENDING = "its name ends with none of {endings}"
ITS_UNDERSCORE = "its name begins with an underscore"
ITS_DOT = "its name begins with a dot"
ITS_LINK = "it is a link to a folder, or to nothing"
IS_DEVICE = "it is a device, a pipe or a socket"
READ_FILES = "NDJSON, plain or gzip, or Parquet"
RENAME = "rename it, or unpack it, if it belongs to the export"
CHANGED = "it was changed while it was read"
STILL = "files that nobody writes while they are read"
AGAIN = "screen again when the export is complete"

ONE_OBJECT = "one JSON object per line"
NO_OBJECT = "JSON that is not an object"
NO_ID, AN_ID = "no `id`", "an `id`"
NO_SUBJECT, A_SUBJECT = "no reference to a patient", "a reference to a Patient of the export"
NOT_TO_PATIENT = "a reference to something other than a Patient"
NOT_IN_EXPORT = "a reference to a Patient that is not in the export"
ONE_PATIENT_AN_ID, NONE_USED = "one Patient for each id", "none of them was used"
COUNTED = "{count} more lines of this kind, not named one by one: {found}"


def other_type(kind: str) -> str:
    """Say that a resource is of this type."""
    return f"resourceType {kind}"


def one_type(kind: str) -> str:
    """Say that a file holds one type."""
    return f"{kind}: resources of one type per file"


def same_id(count: int) -> str:
    """Say how many patients have one id."""
    return f"an id that {count} Patients have"


WHOLE_LINES, EXPORT_AGAIN = "NDJSON, plain or gzip, whole", "export it again"


def unreadable(why: str) -> str:
    """Say that a file cannot be read."""
    return f"it cannot be read: {why}"


WHOLE_FILES = "files that are whole"
TOO_MUCH, ROOM = "more data than memory and disk hold", "room"
FILES_FOR_SPARK = "files and a cluster that Spark can use"
MEND_FOR_SPARK = "correct what Spark names, or screen with --engine duckdb"


def more_memory(memory: str) -> str:
    """Say what to do where memory does not suffice."""
    return f"give more with --memory (it was {memory}), or free space on the disk of the output"


def long_line(size: int) -> str:
    """Say that a line has more than so many MB."""
    return f"a line over {size} MB"


def shorter_line(size: int) -> str:
    """Say how long a line may be."""
    return f"lines of at most {size} MB"


NO_FHIR_FILES = "no file of FHIR resources"
ONE_RESOURCE_A_LINE = "one FHIR resource a line, all of one type"
ONE_PERSON = "one person's record, such as a Bundle, is read by `calcinosis assess`"
FILES_OF_PATIENTS = "files with one resource a line, those of Patient among them"
FOLDER_OF_EXPORT = (
    f"give the folder that the export wrote, with Patient.ndjson or Patient.ndjson.gz in it; {ONE_PERSON}"
)
NO_SUCH_PARQUET, PARQUET_OF_FHIR = "no such Parquet", "Parquet with a column `resourceType`"
IN_PARQUET, LINES_TO_SHOW = "an export in Parquet", "NDJSON, to show one patient of it"
ONE_WITH_ID, LOOK_AT_SCREEN = "one Patient with this id", "look at `patient_id` of a screen"
A_FOLDER_OF_EXPORT = "a folder with a FHIR Bulk Data export (NDJSON or Parquet)"
A_FILE, NOTHING = "a file", "nothing"
FSSPEC, LIBRARIES = "fsspec, to read from a URL", "the libraries of populations"
A_SIZE = '"{given}": write a size such as 2GB'
NO_JAVA, A_JAVA, A_SPARK = "no Java", "Java 17 or later, on PATH or in JAVA_HOME", "a Spark that starts"


def no_resource(lines: int) -> str:
    """Say that the first lines of a file hold no resource."""
    return f"no FHIR resource in its first {lines} lines"


def unlisted(why: str) -> str:
    """Say that a folder cannot be listed."""
    return f"it cannot be listed: {why}"


def patients_with_id(count: int) -> str:
    """Say how many patients have the id that was asked for."""
    return f"{count} Patients with the id that --patient names"
