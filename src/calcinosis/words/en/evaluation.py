"""An evaluation against what the authors of cases concluded, in words."""

from __future__ import annotations

CASE_FOLDERS, NO_EXPECTED = "case folders with bundle.json and expected.json", "no `expected.json`"
AN_EXPECTED, NO_FILE = "an expected.json", "a folder, a pipe or a device"
AN_ASSESSMENT = "an assessment as JSON, with `presentation` and `leading_type`, in a file named as its case"
NO_OBJECT, NO_LEADING_TYPE = "no object", "no `leading_type`, which is the id of a type or null"
NO_PRESENTATION = "`presentation` is {given}, none of calcinosis, suspected, look-alike and none"
NO_TYPE_GIVEN, OBJECT_WITH_TYPE = "no `type`", "an object with `type`, the type that the authors concluded"
NO_LIST_OF_TYPES, LIST_OF_TYPES = "`acceptable_types` that is no list of types", "a list of types"

ALL_CASES, DERIVABLE_CASES = "All cases", "Cases whose type follows from the record"
SCORE, NOTHING_SCORED = "{cases}: {correct} of {scored} right ({share})", "nothing scored"
CONFUSIONS = "Expected → found"
NO_DIFFERENCE, DIFFERENCES = "No case differs.", "What differed, and why"
FOUND, NO_TYPE = "{type} ({status})", "no type ({presentation})"
NOT_DERIVABLE = "; the authors knew more than the record holds"
CASE = "{case}: expected {expected}, found {found}{note}"
OR = " or "
