"""What is said of published cases like a person."""

from __future__ import annotations

from collections.abc import Iterable

NONE_SIMILAR = "No similar published case here."
NO_CLOSE_CASE = "No close case: too few look-alikes are published here to compare."
IN_SHORT = "{count} published; they show what has been done, not what works. See --cases."
TITLE, NOBODY = "{who}: {says}", "One person"
SERIES = "Results in series of patients are given with each treatment."
ALIKE, HERE_ONLY, THERE_ONLY, TRIED, OUTCOME, TYPE, SOURCE = (
    "Alike", "Only this person", "Only the case", "Tried", "Outcome", "Type by its authors", "Source",
)  # fmt: skip
FOLLOWED, NOT_FOLLOWED = "{outcome} Followed for: {time}.", "{outcome} Length of follow-up not reported."
IN_SHORT_TITLE = "Cases"
AT_SITE = "at the {site}"
DENIED_THERE, DENIED_HERE = "{fact} (absent in the case)", "{fact} (absent here)"
MORE = "{listed}; and {count} more"
NOT_TOLD = "Not reported in the text that was read."
NOTHING_TRIED = "No treatment reported in the text that was read."
TRIED_SO = "{what}: {outcome}"
OUTCOME_NOT_TOLD = "outcome not reported"
TO_BE_AVOIDED = "For this person: to be avoided."
OTHER_TYPE = "{type}; this record leads to another type ({leading})"
NO_LEADING_TYPE = "none yet"
INFERRED = "{type} (not their word: inferred from the report)"
SINGLE_REPORT = "Single report; read: {read}."
WHO = {"female": ("Woman of {age}", "Girl of {age}", "Woman"), "male": ("Man of {age}", "Boy of {age}", "Man")}
PERSON_OF, NEWBORN, MONTHS, YEARS, CHILD_BELOW = "Person of {age}", "newborn {child}", "{count} months", "{count}", 16
CHILD_OF, NO_SEX = "{child} of {age}", "child"
TYPES = {"not-calcinosis": "no calcinosis", "uncertain": "uncertain"}


def listed(says: Iterable[str], most: int) -> str:
    """Return the first of some findings in one line, and how many more there are."""
    told = list(says)
    shown = "; ".join(told[:most])
    return MORE.format(listed=shown, count=len(told) - most) if len(told) > most else shown


def came_of_it(outcome: str, time: str) -> str:
    """Return what the authors say came of a case and after how long; that it is not told where they do not say."""
    if not outcome:
        return NOT_TOLD
    return FOLLOWED.format(outcome=outcome, time=time) if time else NOT_FOLLOWED.format(outcome=outcome)


def who(age: float | None, sex: str) -> str:
    """Return a person by age in years, and sex where it is known: "Woman of 62", "Newborn boy", "Child of 7 months"."""
    if age is None:
        return WHO[sex][2] if sex in WHO else NOBODY
    if age >= CHILD_BELOW:
        words = WHO[sex][0] if sex in WHO else PERSON_OF
        return words.format(age=YEARS.format(count=int(age)))
    child = {"female": "girl", "male": "boy"}.get(sex, NO_SEX)
    if age < 0.08:
        return NEWBORN.format(child=child).capitalize()
    shown = YEARS.format(count=int(age)) if age >= 2 else MONTHS.format(count=round(age * 12))
    return CHILD_OF.format(child=child, age=shown).capitalize()
