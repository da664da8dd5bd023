"""What is only possible, conditional, ordered or long over: "may", "if", "avoid ...", "three years ago she had ..."."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.terminology.context import Heard
from calcinosis.terminology.noun_phrases import VERBS
from calcinosis.terminology.sentence import ADVISED, Scope, SentenceParts

LONG_AGO = "long ago"
"""The kind of a scope of what was once: what lasts is still there."""
_PERSONS = frozenset({"she", "he", "they", "it", "i", "we", "you", "patient", "this", "that", "which", "who", "these"})
_JOINS = frozenset({"and", "or", "but", ",", "then"})
_NO_SUBJECT = frozenset({"on", "with", "in", "under", "after", "for", "take", "has"})
_OF_A_DATE = frozenset(
    {"in", "since", "of", "until", "till", "by", "from", "last", "early", "late", "mid", "and", "to"}
)
_NO_ORDER = frozenset({"of", "from", "to", ":", ",", "and", "is", "was", "show", "in", "on", "at", "with", "."})
_BEFORE_AN_ORDER = frozenset({"do", "not", "never", "always", "only", "first", "then", "now", "also", "and", "or"})
_SUBORDINATES = frozenset(
    {
        ",",
        ":",
        "if",
        "when",
        "whether",
        "because",
        "as",
        "until",
        "unless",
        "once",
        "where",
        "while",
        "how",
        "what",
        "for",
    }
)
_FINITE = frozenset({"is", "are", "was", "were", "has", "had", "show", "showed", "reveal", "revealed"})
_STARTS = frozenset({";", ":", "."})
_ARISES_WITHIN = 7
_SHORT = 6
"""Words up to which a note without a verb is one: "pneumonia 2009", "prednisolone if the pain returns"."""
_YEARS = range(1900, 2100)


def of_moods(sentence: SentenceParts) -> Iterator[Scope]:
    """Yield the parts of a sentence of which a verb or its mood says that they are not so now."""
    yield from _modal(sentence)
    yield from _ordered(sentence)
    yield from _conditional(sentence)
    yield from _long_ago(sentence)
    yield from _headed_by_year(sentence)
    yield from _not_borne(sentence)


def _modal(sentence: SentenceParts) -> Iterator[Scope]:
    """What a modal verb governs, and its subject: "gout may well be the answer", "dialysis will be needed"."""
    tokens = sentence.tokens
    for start, end, kind in sentence.marks:
        if kind not in {"modal", "modal guess"} or (tokens[start] == "may" and _is_month(sentence, start)):
            continue
        sense: Heard = "uncertain" if kind == "modal guess" else "hypothetical"
        yield Scope(end, sentence.end_of_predicate(end), sense, ADVISED)
        if start == sentence.start:  # "should the fingers turn black"
            yield from _what_arises(sentence, end)
        subject = _subject(sentence, start)
        if subject is not None:
            yield Scope(subject, start, sense, ADVISED)


def _what_arises(sentence: SentenceParts, place: int) -> Iterator[Scope]:
    """What a condition says to arise is not there, although its subject is: "if the toes go black"."""
    last = sentence.end_of_clause(place)
    verbs = sorted((*sentence.of_kind("when arises"), *sentence.of_kind("when turns")))
    arises = [start for start, _, _ in verbs if place <= start <= place + _ARISES_WITHIN]
    if arises and VERBS.isdisjoint(sentence.tokens[place : arises[0]]):  # but "if it is cold my toes go blue"
        comma = next((at for at in range(arises[0], last) if sentence.tokens[at] == ","), last)
        yield Scope(arises[0], comma, "hypothetical")


def _is_month(sentence: SentenceParts, place: int) -> bool:
    around = (*sentence.tokens[max(sentence.start, place - 1) : place], *sentence.tokens[place + 1 : place + 2])
    before = sentence.tokens[place - 1 : place] if place > sentence.start else ()
    if sentence.tokens[place + 1 : place + 2] in {(), (":",), (",",), (";",), (".",)}:
        return True  # "films (May): deposits"
    return any(token.isdigit() for token in around) or not _OF_A_DATE.isdisjoint(before)


def _subject(sentence: SentenceParts, place: int) -> int | None:
    """Return where the subject of a verb begins; None where it is a pronoun, or that of the verb before."""
    tokens = sentence.tokens
    ends = (end for _, end, _ in sentence.of_kind("ends") if end <= place)
    first = max((sentence.start_of_clause(place), *ends))
    if first >= place or tokens[place - 1] in _PERSONS | _JOINS:
        return None
    before = [
        at
        for at in range(first, place)
        if tokens[at] in _PERSONS | VERBS or (at == first and tokens[at] in _NO_SUBJECT)
    ]
    if not before:
        return first
    return next((at + 1 for at in range(place - 1, before[-1], -1) if tokens[at] == ","), None)


def _ordered(sentence: SentenceParts) -> Iterator[Scope]:
    """What an order names: "suggest prednisolone", "never combine with warfarin"."""
    tokens = sentence.tokens
    stops = sentence.of_kind("order stop")
    for start, end, kind in (*sentence.of_kind("order"), *stops):
        first = start
        while first > sentence.start and tokens[first - 1] in _BEFORE_AN_ORDER:
            first -= 1
        is_first = first == sentence.start or tokens[first - 1] in _STARTS
        is_told = is_first and _has_verb(tokens[end : sentence.end_of_clause(end)])
        if is_first and end < sentence.end and tokens[end] not in _NO_ORDER | VERBS and not is_told:
            sense: Heard = "past" if kind == "order stop" else "hypothetical"
            yield Scope(end, sentence.end_of_predicate(end), sense, ADVISED)


def _has_verb(words: tuple[str, ...]) -> bool:
    """Whether words that look like an order go on with a verb of their own: "ring finger has turned black"."""
    ends = (at for at, word in enumerate(words) if word in _SUBORDINATES or word in _PERSONS)
    return not _FINITE.isdisjoint(words[: next(ends, len(words))])


def _conditional(sentence: SentenceParts) -> Iterator[Scope]:
    """What comes only with something else, on both sides: "prednisolone if the pain returns"."""
    tokens = sentence.tokens
    arises = [start for start, _, _ in sentence.of_kind("when arises")]
    for start, end, _ in sentence.of_kind("when"):
        if tokens[start] == "if":
            yield from _what_arises(sentence, end)
        if any(end <= at <= end + _ARISES_WITHIN for at in arises):
            yield Scope(end, sentence.end_of_clause(end), "hypothetical", ADVISED)
            first = sentence.start_of_clause(start)
            if (
                start - first <= _SHORT
                and VERBS.isdisjoint(tokens[first:start])
                and _PERSONS.isdisjoint(tokens[first:start])
            ):
                yield Scope(first, start, "hypothetical", ADVISED)
    if (
        tokens[sentence.start : sentence.start + 1] == ("were",)
        and "to" in tokens[sentence.start : sentence.start + _SHORT]
    ):
        yield Scope(sentence.start, sentence.end, "hypothetical", ADVISED)


def _long_ago(sentence: SentenceParts) -> Iterator[Scope]:
    """What was once: "three years ago she had pneumonia", "pneumonia 2009"; not what began then."""
    tokens = sentence.tokens
    when = [(start, end) for start, end, _ in sentence.of_kind("long_ago")]
    when += [(at, at + 1) for at in range(sentence.start, sentence.end) if _is_year(tokens[at])]
    verbs = [start for start, _, _ in sentence.of_kind("long_ago verb")]
    onsets = [start for start, _, _ in (*sentence.of_kind("long_ago onset"), *sentence.of_kind("not_a_negation"))]
    reasons = [start for start, _, _ in sentence.of_kind("long_ago reason")]
    for start, _ in when:
        first, last = sentence.start_of_clause(start), sentence.end_of_predicate(start)
        if any(first <= at < last for at in onsets):
            continue
        item, ends = _item(sentence, start, first, last)
        longest = _SHORT if "for" not in tokens[item:ends] else 2 * _SHORT  # "warfarin for a month in 1999"
        if ends - item <= longest and VERBS.isdisjoint(tokens[first:last]) and _is_end(sentence, last):
            yield Scope(item, ends, "history", LONG_AGO)
        elif any(first <= at < last for at in verbs):
            if any(start < at <= last for at in reasons):  # "was abandoned in 2018 because of nausea"
                last = sentence.end_of_clause(start)
            yield Scope(first, last, "history", LONG_AGO)


def _item(sentence: SentenceParts, place: int, first: int, last: int) -> tuple[int, int]:
    """Return the item of a list in which a time stands: "gout, splenectomy 2015, ulcers", "ulcers, in 2015"."""
    tokens = sentence.tokens
    end = next((at for at in range(place, last) if tokens[at] == ","), last)
    near = next((at for at in range(place - 1, first, -1) if tokens[at].isalpha() and tokens[at] != "in"), first)
    start = next((at + 1 for at in range(near, first - 1, -1) if tokens[at] == ","), first)
    return start, end


def _is_end(sentence: SentenceParts, place: int) -> bool:
    """Whether a note without a verb ends at a place: "pneumonia 2009; now well"."""
    return place == sentence.end or sentence.tokens[place] == ";"


def _headed_by_year(sentence: SentenceParts) -> Iterator[Scope]:
    """What stands behind a year and a colon: "in 2015: ulcers of both shins"."""
    tokens, first = sentence.tokens, sentence.start + (sentence.tokens[sentence.start : sentence.start + 1] == ("in",))
    if first + 1 < sentence.end and _is_year(tokens[first]) and tokens[first + 1] == ":":
        yield Scope(first + 2, sentence.end, "history", LONG_AGO)


def _not_borne(sentence: SentenceParts) -> Iterator[Scope]:
    """A side effect for which a medicine was not borne is over with it: "not tolerated because of vomiting"."""
    tokens, unborne = sentence.tokens, sentence.of_kind("long_ago unborne")
    for start, end, _ in sentence.of_kind("long_ago reason"):
        if any(0 <= start - at <= _SHORT and "," not in tokens[at:start] for _, at, _ in unborne):
            last = sentence.end_of_predicate(end)
            comma = next((at for at in range(end, last) if tokens[at] == ","), last)
            effects = sentence.of_kind("long_ago side_effect")
            yield from (Scope(at, ends, "history", LONG_AGO) for at, ends, _ in effects if end <= at < comma)


def _is_year(token: str) -> bool:
    return len(token) == 4 and token.isdigit() and int(token) in _YEARS
