"""What the check of the knowledge says of its files: found, expected, and what to do."""

from __future__ import annotations

UTF_8_TEXT, SAVE_AS_UTF_8, NOT_UTF_8 = "a UTF-8 text", "save the file as UTF-8", "bytes that are not UTF-8 ({reason})"
WELL_FORMED_YAML = "well-formed YAML 1.2"
ANCHOR, NO_ANCHORS = "the anchor &{name}", "no anchors: write the value where it is used"
TAG, NO_TAGS = "the tag {tag}", "no tags"
PLAIN_VALUE = "a text, a number, a list or a mapping"
KEY_OF_PARTS, KEY_OF_A_WORD = "a key that is a list or mapping", "a key that is a word"
KEY_AGAIN, EACH_KEY_ONCE = 'the key "{key}" a second time', "each key once"

KNOWLEDGE_FOLDER, NO_SUCH_FILE = "a knowledge folder; this one is {folder}", "no such file"
NO_MAPPING, ONE_ENTRY = "no mapping", "one entry: `id: ...` and its other keys"
SEE_README, A_FORMULA = "see knowledge/README.md", "a formula: see knowledge/README.md"
ID, NAME_OF_FILE = "the id {id}", "{name}, the name of the file"
KEY_MISSING, KEY, KEY_OF_ENTRY = "no `{key}`", "the key `{key}`", "a key of this entry"
FACT, LISTED_FACT = 'a fact named "{fact}"', "a fact listed in facts/"
CONCEPT, LISTED_CONCEPT = 'the concept "{concept}"', "a concept of terminology/concepts.yaml or sites.yaml"
A_QUANTITY = "a result with a number"
NUMBER_AND_UNIT = "a number and a unit such as {unit}"

LISTED_ENTRY = "an id of an entry of the knowledge"
SOURCE, LISTED_SOURCE = 'the source "{source}"', "a source listed in sources/"
WEAK_SUPPORT, SUPPORTING_SOURCE = "{source}, a {rank} page, as support", "a source that may support a statement"
MACHINE_WRITTEN = "machine-written"
QUOTE_IT = "find a better source, or move the line under `quoted`"
CHECKED_ON, DAY = "checked: {day}", "a day such as 2026-11-22"
DAY_IN_TIME, CHECK_AGAIN = (
    "a day in the two years before {released}",
    "hold the entry against its sources again, then set the day",
)
ID_OF_ENTRY, ID_OF_CLAIM, CLAIM = "the id of an entry", "the id of a claim", "the claim {claim}"
NO_BASIS, CITED_OR_SEARCHED = "no `cite` and no `searched`", "a citation, or where was looked in vain"
VERDICT_ALONE, CITED_OR_UNSUPPORTED = "{verdict} without a citation", "a citation, or the verdict unsupported"
LEVEL, LEVELS = "the level {level}", "I, II, III, IV or V, with a letter or without"
MORE_IMPROVED, NO_MORE_IMPROVED = "{improved} improved of {patients}", "no more improved than treated"
PARTS, PARTS_ADD_UP = "{parts} complete or partial, {improved} improved", "parts that add up"
MORE_OUTCOMES, NO_MORE_OUTCOMES = "{total} outcomes in {patients} patients", "no more outcomes than patients"
NAME, CODE = 'the name "{name}"', "the {system} code {code}"
SHARED, ONE_MEANING = "{what}, which {facts} share", "a name or code that means one fact"
ID_ELSEWHERE, ID_OF_ONE_FOLDER = "the id {id}, also in {folder}", "an id that no other folder uses"

THE_TABLE, WRITE_COPIES = "the table", "write `carries`, `instead` and `hosts`"
NO_ADDRESS, ONE_OF_THEM = "no `doi`, `pmid`, `url` or `published`", "one of them"
SAY_WHERE_PRINTED = "without an address say under `published` what it is and where it was printed"
A_DOI, DOI_ALONE = "a DOI such as 10.1016/j.jaad.2010.08.038", "leave https://doi.org/ out"
A_PUBMED_ID = 'the digits of a PubMed id, such as "21679810"'
AN_ADDRESS = "an address such as https://dermnetnz.org/topics/calciphylaxis"
WHOLE_ADDRESS = "https://, a whole host name, no blanks"
COPY, OWN_ADDRESS = "{host}, which carries {carries}", "the publisher's own address, a `doi`, a `pmid`, or no `url`"

GRAMMAR = (
    "`fact`, `not fact`, `fact > number unit`, `fact > upper_limit`, `fact is word`, `fact is one of word, word`, "
    "`fact at fact`, `fact perhaps at fact`, `fact before fact` or `fact perhaps before fact`"
)
GROUP_OR_CRITERION = "a group (`all`, `any`, `at_least`) or a criterion (`when` with `cite`)"
KNOWN_GROUPS = "only `all`, `any`, `at_least`, or `when` with `cite`"
A_CITATION, CITATION_MISSING = "a source id, then a comma and the place in it", "a citation: `cite: source-id, place`"
RULES, COUNT_OF_RULES = "a list of at least one rule", "`count: number` and `of: [rules]`"
COUNT_IN_RANGE = "a count from 1 to {count}, the number of rules in `of`"
UNCITED = "`{when}` without `cite`"
A_LIMIT = "a number with its unit, `upper_limit` or `lower_limit`"
AS_PRESENCE = "`{fact}` as if it were present or absent"
A_COMPARISON, WRITE_COMPARISON = (
    "a comparison: {fact} is a quantity in {unit}",
    "write `{fact} > 1 {unit}` or `{fact} > upper_limit`",
)
A_WORD, WRITE_WORD = "a word: {fact} is one of {words}", "write `{fact} is {word}`"
COMPARED, ONLY_QUANTITIES = "{fact}, a {kind}, compared", "a comparison with a quantity"
UNIT_OF = "a unit of {fact}, such as {unit}"
IS_OF_KIND, ONLY_CHOICES = "`{fact} is ...`, but it is a {kind}", "`is` only with a choice"
WORD, ONE_OF = 'the word "{word}"', "one of {words}"
NO_FORMULA, NO_ELSE = "not a formula: {text}", "`if` without `else`: {text}"
NO_PART_OF_FORMULA = "`{part}` is not part of the formula language"
CIRCLE, NO_CIRCLE = "worked out through itself: {circle}", "no circle"

KNOWN_CAUSE, SUSPECTED_CAUSE = "Known cause of {type} calcification", "Suspected cause of {type} calcification"
WIDE_CAUSE = "Known cause of {type} calcification beyond one place"
POINTING_SIGNS = "Signs that point to {type} disease"
"""Names of the facts that exist by themselves."""

RED_FLAGS = "red flags"
OUTCOME_MEASURES = "outcome measures"
MEDICINE_SAFETY = "safety of medicines"
NO_SUCH, ID_OF = "no {what} of this name", "the id of {what}"
DID_YOU_MEAN, OR_ANOTHER = "did you mean {ids}?", "did you mean {ids}, or another of {count}?"


def listed(ids: list[str]) -> str:
    """Return ids of which one may be meant."""
    return " or ".join(f'"{one}"' for one in ids)


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


LESSON_EXPECTED = "a leaflet or a quiz with all its keys, named as its file"
QUOTE_EXPECTED = "the beginning of a statement of this entry that has words for the reader"
EXAMPLE_ANSWERED = "an entry and an aspect of which the knowledge has a statement"
EXAMPLE_ONCE = "each example question once; it stands in line {line} already"
