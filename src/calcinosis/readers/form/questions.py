"""The questions of a form: what people write before the colon, and the fact that they mean."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from msgspec import Struct, field

from calcinosis.readers.note.tick_boxes import has_boxes
from calcinosis.rules.check import nearest
from calcinosis.rules.vocabulary import Fact
from calcinosis.terminology.terms import Terms
from calcinosis.terminology.tokens import tokens_of
from calcinosis.words.en import inputs

ABOUT_THE_FORM = {"id": "id", "person": "id", "as_of": "as_of", "date": "as_of"}
_SAME = {"gender": "sex"}
_INSTEAD = {
    **dict.fromkeys(("birthdate", "birth_date", "date_of_birth", "dob", "born"), inputs.GIVE_AGE),
    "resourcetype": inputs.FHIR_IS_JSON,
}
_LONGEST_ANSWER = 120
"""Letters behind the colon; what is longer is the sentence of a note."""
_MOST_SUGGESTIONS = 20
_SHORTEST = 4
"""A key of fewer letters is an abbreviation; what looks like it means something else."""
_LONGEST_KEY = 81
_SEPARATORS = re.compile(r"[\s-]+")
_ANOTHER = re.compile(r"[A-Za-z]:\s|[a-z?]\.[ \t]++[A-Z]|^\s*+\?[A-Za-z]")
"""Another question or sentence within an answer, or a diagnosis that is queried: what only a note has."""
_QUOTES = frozenset("\"'{[")
_ONE_WORD = re.compile(r"^[A-Za-z]\w*$")


def looks_like_form(text: str, terms: Terms) -> bool:
    """Whether a text is a form and not a note: its first line and most lines are one word, or a fact, and a colon."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not lines or not _is_question(lines[0], terms):
        return False
    return sum(_is_question(line, terms) for line in lines) * 2 > len(lines)


def about_the_form(key: str) -> str:
    """Return `id` or `as_of` for a key that speaks of the form itself; empty for a question."""
    return ABOUT_THE_FORM.get(_plain(key), "")


def fact_asked(key: str, terms: Terms) -> Fact | None:
    """Return the fact that a key names: its id in any case, with spaces or hyphens, or one of its names.

    The name under which every page shows a fact is one of them.
    """
    plain = _plain(key)
    shown = _shown_as(terms).get(plain, "")
    name = next((one for one in (key, plain, _SAME.get(plain, ""), shown) if one in terms.facts), "")
    if not name:
        mention = terms.matcher.covers(key.replace("_", " ")) or terms.sites.covers(key.replace("_", " "))
        name = mention.fact if mention is not None and not mention.word else ""
    fact = terms.facts.get(name)
    return fact if fact is not None and fact.checked else None


@lru_cache(maxsize=2)
def _shown_as(terms: Terms) -> dict[str, str]:
    """Return the facts by the name under which they are shown, apart from names that two of them have."""
    facts = [fact for fact in terms.facts.values() if fact.checked and fact.relation is None]
    counts = Counter(_plain(fact.name) for fact in facts)
    return {name: fact.id for fact in facts if counts[name := _plain(fact.name)] == 1}


class Suggestions(Struct):
    """Suggests a fact for a key that names none, for the first keys of a form only: looking for one takes its time."""

    terms: Terms
    _left: int = _MOST_SUGGESTIONS
    _ids: list[str] = field(default_factory=list)

    def remedy(self, key: str) -> str:
        """Return what to write instead, where something is near; empty otherwise."""
        if _plain(key) in _INSTEAD:
            return _INSTEAD[_plain(key)]
        if not self._left:
            return ""
        self._left -= 1
        for mention in self.terms.matcher.mentions(key.replace("_", " ")):
            if self.terms.facts[mention.fact].checked:
                return inputs.did_you_mean(mention.fact)
        if len(key) < _SHORTEST:
            return ""
        self._ids = self._ids or [name for name, fact in self.terms.facts.items() if fact.checked]
        return nearest(_plain(key), self._ids)


def _plain(key: str) -> str:
    return _SEPARATORS.sub("_", key.strip()).lower()


def _is_question(line: str, terms: Terms) -> bool:
    """Whether a line asks and answers: not a heading of a note, and not one with sentences behind the colon."""
    key, answer = parts_of(line)
    if not key or (len(answer) > _LONGEST_ANSWER and " " in answer.strip()[:_LONGEST_ANSWER]):
        return False
    if has_boxes(answer):
        return False
    if _ANOTHER.search(answer) and answer.lstrip()[:1] not in _QUOTES:
        return False  # "Raynaud: Y  Digital ulcers: N" are several answers in one line
    first = key.partition(" ")[0].lower()
    is_lesion = first in terms.courses.lesions and bool(terms.sites.mentions(key))
    is_word = _ONE_WORD.match(key) is not None and tokens_of(key) not in terms.notes.sections
    if is_lesion or (is_word and not terms.matcher.mentions(answer)):
        return True
    return fact_asked(key, terms) is not None  # "Traitement: warfarin" is a heading with what stands below it


def parts_of(line: str) -> tuple[str, str]:
    """Return the key of a line, which begins with a letter, and what follows its colon; two empty texts without one."""
    key, colon, answer = line.partition(":")
    key = key.rstrip()
    is_key = bool(colon) and key[:1].isalpha() and len(key) <= _LONGEST_KEY and (not answer or answer[0].isspace())
    return (key, answer) if is_key else ("", "")
