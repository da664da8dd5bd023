"""What a language model proposes to have read in a clinic note: used only with words that stand in the note.

Each proposal names a fact of the knowledge and quotes the words that state it. What the program read itself stands; a
proposal never contradicts it. What is used is marked as read by a model wherever it is shown.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import Day
from calcinosis.person.record import Record
from calcinosis.person.sayings import EVER, Remark, Said, SaidSense
from calcinosis.readers.language_model.endpoint import Endpoint, not_as_asked
from calcinosis.readers.places import placed
from calcinosis.rules.vocabulary import Fact, Origin, Value
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en import language_model as words

LONGEST = 60_000
"""Letters of the longest note that is sent."""
KINDS = frozenset({"condition", "finding", "exposure", "procedure"})
"""Kinds of facts that a model may propose: numbers, results and medicines are read by the program alone."""
_PARTS = ("fact", "sense", "quote")
_MOST, _LONGEST_QUOTE, _LONGEST_WORDS = 200, 300, 120
_SENSES: dict[str, tuple[Truth, SaidSense]] = {
    "present": (TRUE, ""),
    "absent": (FALSE, ""),
    "suspected": (UNKNOWN, "suspected"),
    "past": (UNKNOWN, "past"),
}
_FENCE = re.compile(r"\A\s*```(?:json)?\s*(.*?)\s*```\s*\Z", re.DOTALL)


def with_model(record: Record, text: str, name: str, terms: Terms, endpoint: Endpoint) -> Record:
    """Return the record of a note with what a language model read beside the program. Raises InputError."""
    if record.source != "note":
        raise InputError([Problem(name, 0, *words.ONLY_NOTES, words.WITHOUT_MODEL)])
    if len(text) > LONGEST:
        found, most = words.TOO_LONG.format(count=len(text)), words.SHORT_ENOUGH.format(most=LONGEST)
        raise InputError([Problem(name, 0, found, most, words.WITHOUT_MODEL)])
    proposed = _proposals(endpoint.answer(instruction(terms), text))
    known = {one.fact for one in (*record.said, *record.mentions)}
    said: list[Said] = []
    refused: Counter[str] = Counter()
    day = max((one.day for one in record.said if one.day is not None), default=None)
    for proposal in proposed[:_MOST]:
        why, one = _checked(proposal, text, known, terms, day)
        if one is None:
            refused[why] += 1
        elif one not in said:
            said.append(one)
    used = tuple(placed(said, terms, began="unknown"))
    return replace(
        record,
        said=(*record.said, *used),
        remarks=tuple(sorted({*record.remarks, *_remarks(endpoint.model, used, refused, terms)})),
    )


def instruction(terms: Terms) -> str:
    """Return what the model is told: its task, and the facts that it may name."""
    listed = (
        f"{fact.id}: {fact.name}" for fact in sorted(terms.facts.values(), key=lambda fact: fact.id) if _may_be(fact)
    )
    return "\n".join((words.INSTRUCTION, *listed))


def _may_be(fact: Fact) -> bool:
    is_of_its_own = fact.true_when is not None and not fact.names
    return fact.kind in KINDS and bool(fact.checked) and not (fact.companion_of or fact.relation or is_of_its_own)


def _proposals(answer: str) -> list[Any]:
    """Return the statements of an answer, fenced or not. Raises InputError."""
    match = _FENCE.match(answer)
    try:
        found = json.loads(match[1] if match else answer)["statements"]
    except (ValueError, LookupError, TypeError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise not_as_asked()
    return found


def _checked(proposal: Any, text: str, known: set[str], terms: Terms, day: Day | None) -> tuple[str, Said | None]:
    """Return why a proposal is not used, or the saying that it is."""
    values = [proposal.get(key) for key in _PARTS] if isinstance(proposal, dict) else []
    told = [one for one in values if isinstance(one, str)]
    if len(told) < len(_PARTS):
        return "shape", None
    fact, sense, quote = told
    if fact not in terms.facts or not _may_be(terms.facts[fact]):
        return "fact", None
    if sense not in _SENSES:
        return "sense", None
    place = _place(quote, text)
    if place is None:
        return "quote", None
    if fact in known:
        return "known", None
    truth, how = _SENSES[sense]
    if how == "past" and terms.facts[fact].kind in EVER:
        truth = TRUE
    line = words.LINE.format(number=text.count("\n", 0, place) + 1)
    value = Value(truth=truth, said=" ".join(quote.split())[:_LONGEST_WORDS], origins=(Origin("model", line),))
    return "", Said(fact, value, day, weak=how == "past", sense=how)


def _place(quote: str, text: str) -> int | None:
    """Return where a quote stands in a text, in whole words, whatever the spaces between them; else None."""
    wanted = " ".join(quote.split())
    if not wanted or len(quote) > _LONGEST_QUOTE or not any(sign.isalpha() for sign in wanted):
        return None
    places = [place for place, sign in enumerate(text) if not (sign.isspace() and text[place - 1 : place].isspace())]
    flat = "".join(" " if text[place].isspace() else text[place] for place in places)
    start = flat.find(wanted)
    while start >= 0:
        around = flat[start - 1 : start] + flat[start + len(wanted) : start + len(wanted) + 1]
        if not any(sign.isalnum() for sign in around):
            return places[start]
        start = flat.find(wanted, start + 1)
    return None


def _remarks(model: str, used: Sequence[Said], refused: Counter[str], terms: Terms) -> Iterator[Remark]:
    """Yield what was used of the proposals, and what was not and why."""
    origin = Origin("model", model)
    if used:
        facts = "; ".join(_named(one, terms) for one in used)
        yield Remark(origin, words.USED.format(model=model, facts=facts))
    if refused:
        reasons = ", ".join(words.REASONS[why].format(count=count) for why, count in sorted(refused.items()))
        yield Remark(origin, words.NOT_USED.format(model=model, count=refused.total(), reasons=reasons))


def _named(said: Said, terms: Terms) -> str:
    sense = said.sense or ("absent" if said.value.truth is FALSE else "present")
    return words.USED_FACT.format(name=terms.facts[said.fact].name, sense=sense, line=said.value.origins[0].name)
