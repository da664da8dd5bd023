"""The danger that a question tells of: what people say of themselves or of theirs, read as a note about one person."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from calcinosis.answers.answer import Audience, Urgent
from calcinosis.answers.complaints import complaints_in
from calcinosis.answers.names import words_only
from calcinosis.answers.of_record import in_question, urgent_of
from calcinosis.answers.question import Question
from calcinosis.compiled import Knowledge
from calcinosis.conclusions.asked_dangers import asked_dangers
from calcinosis.conclusions.causes import red_flag_results
from calcinosis.errors import InputError
from calcinosis.person.facts import PatientFacts
from calcinosis.readers.note.note import note_record
from calcinosis.rules.vocabulary import SUSPECTED, Value
from calcinosis.terminology.question_words import ToldWords
from calcinosis.terminology.tokens import tokens_of
from calcinosis.truth import TRUE

_OF_A_PERSON = frozenset({"age", "sex", "systolic_blood_pressure", "body_temperature"})
"""What is told of one person alone: "78M with myeloma, calcium 3.82 mmol/L: what first?"."""
_AHEAD = 8
"""Words after a relative in which a verb tells of then or now."""
_THEN_NOW = re.compile(r"(\d(?:\s[a-z/]{1,12}){0,4})\s(now(?:\s(?:is|it is|at|it))?\s\d)", re.IGNORECASE)
"""A number of then and one of now, with nothing between: "it was 6.8 last week now 4.4"."""
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_CLAUSE = re.compile(r"(?<=[.!?;,])\s+|\s(?=(?:and|but)\s)")
_HEAD = 3
"""Words with which a sentence about somebody begins: "dialysis patient", "67-year-old lady"."""
_PRESSURE = re.compile(r"\b([12]\d\d|[6-9]\d)\s*(?:/|over)\s*([3-9]\d|1[0-4]\d)\b(?!\s*/)")


def danger_told(text: str, asked: Question, known: Knowledge, audience: Audience) -> Urgent | None:
    """Return the gravest danger that the person who asks tells of; none where the question is a general one."""
    written, told = text, known.terms.questions.told
    text = known.terms.questions.in_full(text)
    try:
        record = note_record(as_note(text, told), "question", known.terms)
    except InputError:
        return None
    is_of_person = not _OF_A_PERSON.isdisjoint(one.fact for one in record.said) and not _is_heard(text, told)
    if not is_of_person and is_general(written, bool(asked.aspects), told):
        return None
    if _only_asks_whether(text, told):
        kept = tuple(one for one in record.said if not one.fact.startswith(SUSPECTED))
        record = replace(record, said=kept)
    facts, _ = record.facts(known.library.vocabulary, record.last_day)
    facts = _of_adult(facts, text, told)
    flags = red_flag_results(known.library, facts)
    return urgent_of(flags, audience) or in_question(asked_dangers(known.library, facts, flags))


def _of_adult(facts: PatientFacts, text: str, told: ToldWords) -> PatientFacts:
    """Return facts with the years of an adult, where no age is told and nothing tells of a child."""
    if "age" in facts.stated or not told.children.isdisjoint(words_only(text)):
        return facts
    low, high = told.adult
    return PatientFacts(facts.vocabulary, {**facts.stated, "age": Value(truth=TRUE, low=low, high=high)})


def is_general(text: str, asks_of: bool, told: ToldWords) -> bool:
    """Whether a text asks in general, or tells what was read or heard, and of no person."""
    tokens = words_only(text)
    if _is_heard(text, told):
        return True
    asks = asks_of or text.rstrip().endswith("?") or bool(tokens and tokens[0] in told.opens)
    return asks and told.persons.isdisjoint(tokens) and not _tells_of_somebody(text, told)


def _tells_of_somebody(text: str, told: ToldWords) -> bool:
    """Whether a text speaks of a relative, or a sentence that does not ask tells of one person or today, or lists."""
    if _relatives(told.relatives, told.called).search(text):
        return True
    telling = ((one, words_only(one)) for one in _SENTENCE.split(_parted(text, told)))
    return any(
        not told.somebody.isdisjoint(tokens[:_HEAD]) or told.moments.stand_in(tokens) or ", " in sentence
        for sentence, tokens in telling
        if tokens and tokens[0] not in told.opens
    )


def _is_heard(text: str, told: ToldWords) -> bool:
    """Whether a text tells what was read or heard."""
    return told.heard.stand_in(words_only(text))


def _only_asks_whether(text: str, told: ToldWords) -> bool:
    """Whether somebody asks if it is a disease, which no clinician is said to think of, or tells that it is none."""
    tokens = words_only(text)
    if told.ruled_out.stand_in(tokens):
        return True
    return told.asks_whether.stand_in(tokens) and told.clinicians.isdisjoint(tokens)


def as_note(text: str, told: ToldWords) -> str:
    """Return a text as a note about one person, with what people complain of in the words of a clinician."""
    text = _THEN_NOW.sub(
        r"\1, \2", _speaker(told.speakers).sub(lambda found: f"{found[1]}. " if found[1] else "", text)
    )
    text = _not_over(_parted(text, told), told)
    noted = _of_patient(text, told)
    is_of_others = noted == text and _relatives(told.relatives, told.called).search(text) is not None
    complaints = [] if is_of_others else complaints_in(noted, told)
    for reads, said in told.noted:
        noted = _any_of(said).sub(reads, noted)
    if told.pressure:
        noted = _PRESSURE.sub(told.pressure.format(systolic=r"\1", diastolic=r"\2"), noted)
    ended = noted if noted.rstrip().endswith((".", "?", "!")) or not complaints else f"{noted}."
    return " ".join([ended, *(told.sentence.format(complaint=one) for one in complaints)])


def _parted(text: str, told: ToldWords) -> str:
    """Return a text in which what is now stands apart from what was, and what is asked from what is told."""
    return " ".join(_asked_apart(one, told) for one in _SENTENCE.split(_now(told.ended).sub(". now ", text)))


def _asked_apart(sentence: str, told: ToldWords) -> str:
    """Return a sentence that tells something and asks in its last clause, or behind a colon, with this part apart."""
    place = sentence.find(": ")
    if place < 0 or told.opens.isdisjoint(words_only(sentence[place:])[:1]):
        place = max(sentence.rfind(f"{mark} ") for mark in ",:")
    if place < 0 or not sentence.endswith("?") or not told.opens.isdisjoint(words_only(sentence)[:1]):
        return sentence
    return f"{sentence[:place]}.{sentence[place + 1 :]}"


def _not_over(text: str, told: ToldWords) -> str:
    """Return a text without what was and is over: "I had a fever with the flu, better now"."""
    clauses = _CLAUSE.split(text)
    kept = [
        clause
        for clause, behind in zip(clauses, [*clauses[1:], ""], strict=True)
        if told.past.isdisjoint(words_only(clause)) or not told.over_now.stand_in(words_only(behind))
    ]
    return " ".join(kept) if len(kept) < len(clauses) else text


def _of_patient(text: str, told: ToldWords) -> str:
    """Return a text in which a relative of whom it tells how it is now is the patient, without those of the past."""

    def patient(match: re.Match[str]) -> str:
        ahead = tokens_of(text[match.end() :])[:_AHEAD]
        for token in ahead:
            if token in told.past:
                return match[0]
            if token in told.present:
                break
        words = (match["what"], match[0].split()[-1] if told.young.intersection(tokens_of(match[0])) else "")
        return f"{told.patient} ({' '.join(filter(None, words))})" if any(words) else told.patient

    others = _relatives(told.relatives, told.called)
    if told.own.stand_in(words_only(text)):
        text = " ".join(one for one in _CLAUSE.split(text) if not others.search(one))
    living = (one for one in _SENTENCE.split(text) if not (others.search(one) and told.dead.stand_in(tokens_of(one))))
    read = (others.sub(patient, one) for one in living)
    return " ".join(one for one in read if not (others.search(one) and told.past.intersection(tokens_of(one))))


@lru_cache(maxsize=4)
def _relatives(relatives: tuple[str, ...], called: tuple[str, ...]) -> re.Pattern[str]:
    """Return whom a text means: "my mother", "our little boy" (``what``), "wife" at its beginning, or by a pet name."""
    names, alone = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (relatives, called))
    of_mine = rf"(?:my|our)\s+(?:(?P<what>\w+)\s+)?(?:{names})(?:\s+(?:boy|girl))?"
    return re.compile(rf"(?:^(?:the\s+)?(?!patient)(?:{names})|\b(?:{of_mine}|(?:{alone})(?='?s?\b)))\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def _now(ended: tuple[str, ...]) -> re.Pattern[str]:
    """Return how a clause of now begins, if it tells neither a number nor the end of what stands before."""
    return re.compile(
        rf",\s(?:and\s)?now\s(?!(?:it is |is |at |it |all )?(?:\d|(?:{'|'.join(ended)})\b))", re.IGNORECASE
    )


@lru_cache(maxsize=4)
def _speaker(speakers: tuple[str, ...]) -> re.Pattern[str]:
    """Return how a text begins that says who writes it: "Ward nurse here.", "Carer:"."""
    names = "|".join(sorted(map(re.escape, speakers), key=len, reverse=True))
    return re.compile(rf"^\s*(?:(\w{{1,20}})\s)?(?:{names})(?:\s+here\b\s*[:,.;-]?|\s*:)\s*", re.IGNORECASE)


@lru_cache(maxsize=16)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(one) for one in longest_first)})\b", re.IGNORECASE)
