"""What was read of a record, and what was not, in English."""

from __future__ import annotations

READ = "Read: {facts}, {used} of them used by a rule."
READ_NOT_USED = "Read: {facts}, {used} of them used by a rule. Read, and used by no rule: {items}."
NOT_USED_WORD = "not used"
NOT_READ = "Not read: {items}."
NOT_READ_WORD = "not read"
ALL_READ = "Read: {facts}, {used} of them used by a rule. Nothing was left unread."
NOT_UNDERSTOOD, TO_CLARIFY = "not understood", "to clarify"
"""What could not be used, and what was read in one way and wants a question answered."""
SENSES = {
    "present": "",
    "absent": "absent",
    "suspected": "suspected",
    "unlikely": "unlikely",
    "past": "past",
    "family": "in the family",
    "asked": "asked",
    "not-stated": "not known",
    "planned": "planned",
}
"""How something was said, where it is not simply there."""
COMPUTED = "calculated from {parts}"
NOT_TO_BE_GIVEN = "not to be given: {medicine}"
WITHOUT_CODE = "{kind} without a code or a text"
SOME_RESOURCE = "resource"
ONLY_REFERRED = "{kind} that is referred to and is not in the record"
ATTACHMENT = "attachment ({kind}) {title}"
ATTACHMENT_ELSEWHERE = "attachment kept elsewhere ({kind}) {title}"
NOT_READ_KINDS = {
    "kind": "{says} resources",
    "attachment": "{says}",
    "language": "{says}",
    "code": "{says}",
    "number": "the number of {says}",
    "words": "{says}",
    "not-stated": "{says} (said not to be stated)",
    "asked": "{says} (asked)",
}
"""How each kind of what was not read is named."""
DIED, DIED_ON = "died, day not known", "died on {day}"
NO_DANGER_OF_THE_DEAD = (
    "The record says that this person has died: no dangers are named.",
    "The record says that this person has died.",
)
