"""A long note is read in linear time: what is asked of one sentence does not go through the whole text."""

from __future__ import annotations

from collections.abc import Callable

from calcinosis.compiled import knowledge
from calcinosis.readers.note.not_understood import not_understood
from calcinosis.readers.note.result_names import result_names
from calcinosis.terminology.context import Surroundings
from calcinosis.terminology.methods import Methods
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.tokens import Words
from tests.pace import seconds

LONG, SHORT = 1_000_000, 10
MOST = 8
"""What is done a hundred thousand times over takes at most so many times as long, on a machine that is busy."""


def least(work: Callable[[], object]) -> float:
    """Return the least processor time of some runs of a piece of work."""
    return min(seconds(lambda: [work() for _ in range(20)]) for _ in range(7))


def reading(before: int, *words: str, fact: str = "") -> tuple[TextReading, SentenceRead]:
    """Return a text of so many other words, a sentence that may name a fact, and one word more."""
    tokens, end = ("other",) * before + words + ("other",), before + len(words)
    mentions = (Mention(fact, "", before, end, "present"),) if fact else ()
    sentence = SentenceRead(before, end, "en", Methods(""), {}, mentions)
    places = tuple(range(len(tokens)))
    return TextReading("", Words(tokens, places, places), mentions, (sentence,)), sentence


def test_what_other_sentences_told_is_not_gone_through() -> None:
    terms = knowledge().terms
    text, sentence = reading(SHORT, "warm", "and", "dry", "hands")
    few, many = set(range(SHORT)), set(range(100, LONG))

    def read(told: set[int]) -> list[object]:
        return list(not_understood(text, sentence, [], told, terms))

    assert read(few) == read(many) != []
    assert least(lambda: read(many)) < MOST * least(lambda: read(few))


def test_a_name_is_looked_for_in_its_own_words() -> None:
    terms = knowledge().terms
    short, long = (reading(before, "raised", "serum", "calcium", fact="hypercalcaemia") for before in (SHORT, LONG))

    def names(one: tuple[TextReading, SentenceRead]) -> list[str]:
        return [name.fact for name in result_names(one[1], one[0], terms)]

    assert names(short) == names(long) == ["calcium"]
    assert least(lambda: names(long)) < MOST * least(lambda: names(short))


def test_a_question_mark_looks_at_the_name_before_it() -> None:
    def queried(before: int) -> tuple[Surroundings, int]:
        tokens = ("other", "name") * before + ("?", "gout", "?", "sepsis")
        end = len(tokens)
        return Surroundings(tokens, frozenset(range(1, end, 2)), frozenset(range(2, end + 1, 2))), end

    def sense(around: Surroundings, end: int) -> str:
        return around.heard(end - 1, end, [(end - 2, end - 1, "uncertain_next before")])

    short, long = queried(SHORT), queried(LONG // 2)
    assert sense(*short) == sense(*long) == "uncertain"
    assert least(lambda: sense(*long)) < MOST * least(lambda: sense(*short))
