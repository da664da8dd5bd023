"""The fixed words of quizzes."""

from __future__ import annotations

NOT_SURE = "I am not sure"
"""An answer that is never wrong."""
PLACE = "Question {place} of {count}"
RIGHT, OTHER, UNSURE = "Yes, that is it.", "Not quite.", "That is a good answer: now you can look it up."
ANSWER, BECAUSE = "The answer", "Why"
CHECK, NEXT, LAST = "Check", "Next question", "Back to the list"
NONE_CHOSEN = "Choose an answer first."
