"""The parts of a question that asks several things at once, each as a question of its own about the same subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from calcinosis.answers.names import JOIN, found_in, names_of_entries, words_only
from calcinosis.answers.narrowed import narrowed
from calcinosis.compiled import Knowledge
from calcinosis.terminology.question_words import QuestionWords

_SENTENCE = re.compile(r"(?<=[.?!]) ")
_CUT = re.compile(r"(?P<comma>, (?!and |but ))|[;:] |, (?:and|but) | and ")
_LEAST = 3
"""Words of a part that begins with a verb: "is it safe"."""
_MOST_PARTS, _MOST_SUBJECTS = 4, 3
_INHERITED = frozenset({"disease", "life"})
"""What a part is about too where another part names it, such as scleroderma or pregnancy."""
_OF_SUBJECT = "{subject}: {part}"


class Part(Struct, frozen=True):
    """A part of a question as it is written, and with the diseases and treatments that it asks of."""

    written: str
    asks: str


def parts_of(text: str, known: Knowledge) -> tuple[Part, ...]:
    """Return the parts of a question, each with the diseases and treatments that the others name; one part is none.

    "Diltiazem for calcinosis: what dose, and what are the adverse effects?" asks two things of one treatment.
    """
    asked, text = known.terms.questions, " ".join(text.split())
    pieces = tuple(_pieces(text, known))
    asks = [piece for piece, begins in pieces if begins or _asks(words_only(piece), asked)]
    is_behind_case = len(asks) == 1 and len(pieces) == 2 and f": {asks[0]}" in text
    if not (1 < len(asks) <= _MOST_PARTS or is_behind_case):
        return ()
    return tuple(Part(piece.strip(), _with_subject(piece, text, known)) for piece in asks)


def _pieces(text: str, known: Knowledge) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, each up to where the next begins to ask, and whether it is asked by naming a thing.

    A verb behind a comma says the same again; a treatment or test behind a colon is asked of.
    """
    asked = known.terms.questions
    for sentence in _SENTENCE.split(text):
        start, begins = 0, False
        for cut in _CUT.finditer(sentence):
            words = words_only(sentence[cut.end() :])
            is_case = cut[0][0] == ":" and not _asks(words_only(sentence[start : cut.start()]), asked)
            names = is_case and _names_thing(sentence[cut.end() :], known)
            if names or (
                _asks(words, asked) and not (cut["comma"] and words[0] in asked.told.opens - asked.interrogatives)
            ):
                yield sentence[start : cut.start()], begins
                start, begins = cut.end(), names
        yield sentence[start:], begins


def _names_thing(text: str, known: Knowledge) -> bool:
    """Whether a text names a treatment or test before it goes on."""
    end = _CUT.search(text)
    return any(kind not in _INHERITED for kind, _ in _subjects(text[: end.start()] if end else text, known))


def _asks(words: tuple[str, ...], asked: QuestionWords) -> bool:
    """Whether words begin to ask: "which tests", "at what dose", "is it safe"."""
    if words[:1] and words[0] in asked.before_interrogatives:
        words = words[1:]
    is_verb = bool(words) and words[0] in asked.told.opens and len(words) >= _LEAST
    return bool(words) and (words[0] in asked.interrogatives or is_verb)


def _with_subject(piece: str, text: str, known: Knowledge) -> str:
    """Return a part with what the whole question is about, unless the part names a thing of that kind itself."""
    own = {kind for kind, _ in _subjects(piece, known)}
    found: list[str] = []
    for told in () if own & {"treatment", "test"} else (text[: text.index(piece)], text):
        found = found or [words for kind, words in _subjects(told, known) if kind == "treatment"]
    found += [words for kind, words in _subjects(text, known) if kind in _INHERITED and kind not in own]
    subjects = list(dict.fromkeys(found))[:_MOST_SUBJECTS]
    return _OF_SUBJECT.format(subject=", ".join(subjects), part=piece) if subjects else piece


def _subjects(text: str, known: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield the diseases, treatments and tests that a text names, with the words that name them."""
    library, tokens = known.library, words_only(known.terms.questions.in_full(text))
    for start, length, meaning in found_in(tokens, names_of_entries(known).phrases):
        group = tuple(meaning.split(JOIN))
        meant, words = narrowed(group, tokens, known), " ".join(tokens[start : start + length])
        if len(meant) == 1 < len(group):
            words = meant[0].replace("-", " ")  # what another word of the question picked out
        named = set(group)
        if named & {*library.types, *library.causes, *library.look_alikes}:
            yield "disease", words
        elif named & library.treatments.keys():
            yield "treatment", words
        elif named & library.investigations.keys():
            yield "test", words
        elif any(one in library.topics and library.topics[one].kind == "daily-life" for one in named):
            yield "life", words
