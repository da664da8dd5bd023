"""The names of results in a sentence: quantities, tests, their short names, and what a list leaves out of a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from calcinosis.terminology.context import SAYS_NOTHING
from calcinosis.terminology.names import Mention
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms

_IN_A_LIST = frozenset({"and", "or", ",", "/", "nor"})
_LONGEST_PART = 4
_ANTI = "anti"
_YEAR = 4
"""Digits of a year, which is no result."""
_RESULTS = frozenset({"quantity", "result"})


class ResultName(Struct, frozen=True):
    """A name of a result: its fact, from where to where, whether it is a short one or denied.

    ``is_medicine`` says that it is the name of a medicine as well: "vitamin D".
    """

    fact: str
    start: int
    end: int
    is_short: bool = False
    is_denied: bool = False
    is_medicine: bool = False


def result_names(sentence: SentenceRead, reading: TextReading, terms: Terms) -> list[ResultName]:
    """Return the names of results in a sentence, in their order."""
    facts = terms.facts
    nothing = {place for span in sentence.unsaid for place in range(*span)}
    other: set[int] = set()
    medicines: dict[int, int] = {}
    found: dict[int, ResultName] = {}
    for one in sentence.mentions:
        fact = facts[one.fact]
        if fact.kind in _RESULTS and one.sense not in SAYS_NOTHING and fact.learned_by != "demographics":
            found[one.start] = ResultName(one.fact, one.start, one.end, is_denied=one.sense == "absent")
        elif fact.kind == "condition" and (inner := _measured_in(one, reading, terms)) is not None:
            found[inner.start] = inner
            other.update(range(one.start, inner.start))
        elif one.fact in terms.notes.quantities and _is_before_number(reading.words.tokens, one.end):
            found[one.start] = ResultName(terms.notes.quantities[one.fact], one.start, one.end)
        elif fact.kind == "medicine" and one.sense not in SAYS_NOTHING:
            medicines[one.start] = one.end
        else:
            other.update(range(one.start, one.end))
    _add_short_names(found, sentence, reading, terms, nothing | other, medicines)
    tokens = reading.words.tokens
    more: dict[tuple[int, str], ResultName] = {}
    listed = (_antibodies(sentence, tokens, terms), _within(found, tokens, terms), _shortened(found, tokens, terms))
    for name in chain(*listed):
        if nothing.isdisjoint(range(name.start, name.end)):
            more.setdefault((name.start, name.fact), name)
    known = {(name.start, name.fact): name for name in found.values()}
    return sorted({**more, **known}.values(), key=lambda name: (name.start, name.end))


def _measured_in(one: Mention, reading: TextReading, terms: Terms) -> ResultName | None:
    """Return the quantity in the name of a condition that begins with its flag: "raised serum calcium"."""
    tokens = reading.words.tokens[one.start : one.end]
    flag = terms.notes.flags.at(tokens, 0)
    start = flag[0] if flag is not None else len(tokens)
    if start >= len(tokens) or one.sense in SAYS_NOTHING:
        return None
    match = terms.matcher.names.at(tokens, start)
    fact = match[1].partition("=")[0] if match is not None and start + match[0] == len(tokens) else ""
    if not fact or terms.facts[fact].kind != "quantity":
        return None
    return ResultName(fact, one.start + start, one.end, is_denied=one.sense == "absent")


def _is_before_number(tokens: tuple[str, ...], place: int) -> bool:
    """Whether a number stands right behind the name of a condition: "hyperkalaemia of 7.1 mmol/L"."""
    at = place + (tokens[place : place + 1] in {("of",), ("at",), (":",), (",",)})
    return at < len(tokens) and tokens[at][0].isdigit() and not (len(tokens[at]) == _YEAR and tokens[at].isdigit())


def _add_short_names(
    found: dict[int, ResultName],
    sentence: SentenceRead,
    reading: TextReading,
    terms: Terms,
    nothing: set[int],
    medicines: dict[int, int],
) -> None:
    """Add the short names that only results have, where no longer name of a result stands."""
    tokens = reading.words.tokens
    within = {place: start for start, end in medicines.items() for place in range(start, end)}
    place, first = sentence.start, terms.notes.results.by_first
    while place < sentence.end:
        match = terms.notes.results.at(tokens, place) if tokens[place] in first else None
        if match is None or place in nothing or _is_initial(tokens, place, terms):
            place += 1
            continue
        end, known = place + match[0], found.get(place)
        is_medicine = place in within
        if (is_medicine and medicines.get(place) != end) or (known is not None and known.end >= end):
            place = max(end, place + 1) if known is not None else place + 1
            continue
        for inner in range(place, end):
            found.pop(inner, None)
        found[place] = ResultName(match[1], place, end, True, known is not None and known.is_denied, is_medicine)
        place = end


def _is_initial(tokens: tuple[str, ...], place: int, terms: Terms) -> bool:
    """Whether a letter stands for the name of a person, and no number behind it: "Mrs K", "Dr. P", "Baby K"."""
    before = [token for token in tokens[max(0, place - 2) : place] if token != "."]
    is_letter = len(tokens[place]) == 1 and not "".join(tokens[place + 1 : place + 2])[:1].isdigit()
    return is_letter and bool(before) and before[-1] in terms.notes.titles


def _within(found: dict[int, ResultName], tokens: tuple[str, ...], terms: Terms) -> Iterator[ResultName]:
    """Yield the quantities that the name of a panel lists: "calcium and phosphate", "calcium, phosphorus and PTH"."""
    for name in list(found.values()):
        whole = tokens[name.start : name.end]
        if terms.facts[name.fact].kind != "result" or _IN_A_LIST.isdisjoint(whole):
            continue
        for place in range(len(whole)):
            for phrases in (terms.matcher.names, terms.notes.results):
                match = phrases.at(whole, place)
                fact = match[1].partition("=")[0] if match is not None else ""
                if match is not None and terms.facts[fact].kind == "quantity":
                    yield ResultName(fact, name.start + place, name.start + place + match[0], is_denied=name.is_denied)
                    break


def _shortened(found: dict[int, ResultName], tokens: tuple[str, ...], terms: Terms) -> Iterator[ResultName]:
    """Yield the first of two names that share their last word: "liver and kidney function"."""
    for name in list(found.values()):
        before = name.start - 2
        if name.end - name.start < 2 or before < 0 or tokens[name.start - 1] not in _IN_A_LIST or before in found:
            continue
        whole = (tokens[before], *tokens[name.start + 1 : name.end])
        meant = _meaning(whole, terms)
        if meant:
            yield ResultName(meant, before, before + 1, is_denied=name.is_denied)


def _antibodies(sentence: SentenceRead, tokens: tuple[str, ...], terms: Terms) -> Iterator[ResultName]:
    """Yield the antibodies of a list of what they are against: "antibodies against centromere and Scl-70"."""
    for _, at, _ in terms.notes.antibodies_to.places(tokens, sentence.start, sentence.end):
        while at < sentence.end:
            item = _antibody(tokens, at, sentence.end, terms)
            if item is not None:
                yield item
                at = item.end
            elif tokens[at] in _IN_A_LIST or tokens[at] == "the":
                at += 1
            else:
                break


def _antibody(tokens: tuple[str, ...], at: int, end: int, terms: Terms) -> ResultName | None:
    for length in range(min(_LONGEST_PART, end - at), 0, -1):
        meant = _meaning((_ANTI, *tokens[at : at + length]), terms)
        if meant:
            return ResultName(meant, at, at + length)
    return None


def _meaning(whole: tuple[str, ...], terms: Terms) -> str:
    """Return the result that a whole name means."""
    match = terms.matcher.names.at(whole, 0)
    if match is None or match[0] != len(whole):
        return ""
    fact = match[1].partition("=")[0]
    return fact if terms.facts[fact].kind in _RESULTS else ""
