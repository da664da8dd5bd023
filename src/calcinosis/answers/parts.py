"""The parts of a question that asks several things at once, each as a question of its own about the same subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calcinosis.answers.names import JOIN, found_in, names_of_entries, words_only
from calcinosis.compiled import Knowledge
from calcinosis.terminology.question_words import QuestionWords

_SENTENCE = re.compile(r"(?<=[.?!]) ")
_CUT = re.compile(r"(?P<comma>, (?!and |but ))|[;:] |, (?:and|but) | and ")
_LEAST = 3
"""Words of a part that begins with a verb: "is it safe"."""
_MOST_PARTS, _MOST_SUBJECTS = 4, 3
_OF_SUBJECT = "{subject}: {part}"


def parts_of(text: str, known: Knowledge) -> tuple[str, ...]:
    """Return the parts of a question, each with the diseases and treatments that the others name; one part is none.

    "Diltiazem for calcinosis: what dose, and what are the adverse effects?" asks two things of one treatment.
    """
    asked, text = known.terms.questions, " ".join(text.split())
    asks = [piece for piece in _pieces(text, asked) if _asks(words_only(piece), asked)]
    if not 1 < len(asks) <= _MOST_PARTS:
        return ()
    return tuple(_with_subject(piece, text, known) for piece in asks)


def _pieces(text: str, asked: QuestionWords) -> Iterator[str]:
    """Yield a text in pieces, each up to where the next begins to ask; a verb behind a comma says the same again."""
    for sentence in _SENTENCE.split(text):
        start = 0
        for cut in _CUT.finditer(sentence):
            words = words_only(sentence[cut.end() :])
            if _asks(words, asked) and not (cut["comma"] and words[0] in asked.told.opens - asked.interrogatives):
                yield sentence[start : cut.start()]
                start = cut.end()
        yield sentence[start:]


def _asks(words: tuple[str, ...], asked: QuestionWords) -> bool:
    """Whether words begin to ask: "which tests", "at what dose", "is it safe"."""
    if words[:1] and words[0] in asked.before_interrogatives:
        words = words[1:]
    is_verb = bool(words) and words[0] in asked.told.opens and len(words) >= _LEAST
    return bool(words) and (words[0] in asked.interrogatives or is_verb)


def _with_subject(piece: str, text: str, known: Knowledge) -> str:
    """Return a part with what the whole question is about, unless the part names a thing of that kind itself."""
    own = {kind for kind, _ in _subjects(piece, known)}
    before = _subjects(text[: text.index(piece)], known) if not own & {"treatment", "test"} else ()
    found = [words for kind, words in before if kind == "treatment"]
    found += [words for kind, words in _subjects(text, known) if kind == "disease" and kind not in own]
    subjects = list(dict.fromkeys(found))[:_MOST_SUBJECTS]
    return _OF_SUBJECT.format(subject=", ".join(subjects), part=piece) if subjects else piece


def _subjects(text: str, known: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield the diseases, treatments and tests that a text names, with the words that name them."""
    library, tokens = known.library, words_only(known.terms.questions.in_full(text))
    for start, length, meaning in found_in(tokens, names_of_entries(known).phrases):
        named, words = set(meaning.split(JOIN)), " ".join(tokens[start : start + length])
        if named & {*library.types, *library.causes, *library.look_alikes}:
            yield "disease", words
        elif named & library.treatments.keys():
            yield "treatment", words
        elif named & library.investigations.keys():
            yield "test", words
