"""A question to its answer: dangers first, then statements of the knowledge, chosen and ordered, none made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calcinosis.answers.answer import Answer, Audience, Contested, Said, Urgent
from calcinosis.answers.care import with_doses
from calcinosis.answers.choosing import Chosen, chosen, chosen_of_parts
from calcinosis.answers.compiled_parts import make_ready
from calcinosis.answers.composing import is_same, text_for
from calcinosis.answers.dangers import danger_told
from calcinosis.answers.index import statement_index
from calcinosis.answers.names import names_disease, words_only
from calcinosis.answers.of_record import said_of_record, urgent_of
from calcinosis.answers.parts import parts_of
from calcinosis.answers.question import Question, question_of
from calcinosis.answers.related import related
from calcinosis.answers.safe_with import facts_named, said_of_safety
from calcinosis.answers.statements import Told
from calcinosis.compiled import Knowledge
from calcinosis.conclusions.assessment import Assessment
from calcinosis.library.library import Library
from calcinosis.library.subjects import names_of
from calcinosis.terminology.tokens import tokens_of
from calcinosis.words.en import answers as words

_MOST_CONTESTED = 3
_SURELY, _SURELY_BESIDE, _SEEMS, _EXCLUDED = 0.3, 0.5, -1.5, -4.0
"""How sure it has to be by its words that a question asks for something else: by them alone, beside the name of the
disease, where it names something strange, and where it asks for what is not collected or commands."""
_USUAL = 0.35
"""The share of its words in the examples of an intent by which a question on the disease is a usual one."""
_KNOWN = 0.5
"""The likeness to an example question by which a question is none of something strange."""
_OF_OTHERS = frozenset({"follow-up", "help", "inherited", "life"})
"""What is answered of another disease, because it is told here for the calcium that comes of it."""
_PLAYS_DOWN = frozenset({"outlook", "symptoms", "frequency", "life", "home", "difference"})
"""What is not told to a patient in danger: how it mostly goes, and what can be lived with."""
_WAITS = frozenset({"treatment", "follow-up", "prevention"})
"""What is not told either where every minute counts."""
_NOT_CLAIMED = frozenset({"safety", "dose", "follow-up", "difference", "taken"})
"""What is asked of a treatment where nobody wants to know whether pages praise it."""
_HEAD = 6
"""Words at the beginning of a question in which its subject stands."""
_DONE = frozenset({"medicine", "procedure", "exposure"})
"""The kinds of facts of which is asked what they do."""
_FOR_ALL = "life"
"""What is told of daily life holds whatever the disease behind the calcium is."""


def answer_to(
    text: str, known: Knowledge, audience: Audience = "patient", assessment: Assessment | None = None
) -> Answer:
    """Return the answer to a question; with an assessment, what holds for that person stands first."""
    make_ready(known)
    asked = question_of(text, known)
    of_record = urgent_of(assessment.red_flags, audience) if assessment else None
    urgent = of_record or danger_told(text, asked, known, audience)
    index = statement_index(known)
    of_person = tuple(said_of_record(asked, assessment, known.library, audience)) if assessment else ()
    is_open = not (assessment or asked.commands or asked.decides or asked.is_unanswered)
    together = tuple(said_of_safety(asked, known, audience)) if is_open else ()
    length = sum(len(one.says.split()) for one in together)
    written = () if "difference" in asked.aspects else parts_of(text, known)
    parts = {part.written if written[1:] else "": question_of(part.asks, known) for part in written}
    parts = with_doses(parts, index, known.library)
    told, open_parts = chosen_of_parts(parts, index, known.library, audience, length)
    told = _beside(asked, urgent, told or chosen(asked, index, known.library, audience, length), audience)
    reason = "" if of_person or together else _reason(asked, [one.told for one in told], urgent, known, audience)
    is_told = not reason or reason == words.NOT_DECIDED
    general = tuple(one.said for one in told) if is_told else ()
    said = tuple({one.says: one for one in (*of_person, *together, *general)}.values())  # nothing is told twice
    contested = () if urgent else tuple(_contested(asked, said, known.library, audience))
    return Answer(
        question=text,
        answered=not reason,
        audience=audience,
        answer=said,
        open_parts=open_parts if is_told else (),
        contested=contested,
        urgent=urgent,
        related=tuple(related(asked, index, known.library)),
        reason=reason,
        read_as=tuple(f"{wrong} → {right}" for wrong, right in asked.corrected),
        sources=_sources(said, contested, urgent, known.library),
    )


def _reason(asked: Question, told: list[Told], urgent: Urgent | None, known: Knowledge, audience: Audience) -> str:
    """Return why a question is not answered; empty where it is."""
    library = known.library
    if audience == "patient" and asked.decides and asked.is_known and not _everyday(asked, library):
        return words.NOT_DECIDED if told else words.NOT_DECIDED_ALONE
    others = {
        *(name for name, cause in library.causes.items() if "iatrogenic" not in cause.leads_to),
        *library.look_alikes,
    }
    themes = {*library.topics, *library.red_flags, *library.follow_up}
    things = [name for name in asked.entries if name not in themes]
    calcium = any(name in library.types or names_disease(name, known) for name in asked.entries)
    of_others = bool(things) and not asked.of_disease and not calcium and others.issuperset(things)
    of_others = of_others and not _told_of(asked, things, told, known)
    is_elsewhere = asked.is_elsewhere and not (asked.is_compared and asked.of_disease and asked.names_thing)
    is_strange = not asked.is_known or (not asked.of_disease and not calcium and _is_of_strange(asked, known))
    seems_strange = (of_others and not asked.refers) or (is_strange and asked.likeness.nearest < _KNOWN)
    is_excluded = asked.commands or asked.is_unanswered or is_elsewhere
    is_usual = asked.of_disease and bool(asked.intents) and asked.intents[0].share >= _USUAL
    is_beside = asked.of_disease or calcium
    least = _EXCLUDED if is_excluded else _SEEMS if seems_strange else _SURELY_BESIDE if is_beside else _SURELY
    if asked.outside >= least and (is_excluded or not is_usual):
        return words.NOT_COVERED if urgent is None else words.URGENT_ONLY if is_excluded else ""
    if urgent is not None:
        return ""
    if asked.unknown:
        return words.NOT_READ_OF.format(what=" ".join(asked.unknown))
    not_told = _not_spoken_of(asked, told, known, audience)
    if not_told:
        return words.NOTHING_ON_EFFECT.format(what=not_told)
    if not told:
        return words.NOTHING_KNOWN
    return ""


def _is_of_strange(asked: Question, known: Knowledge) -> bool:
    """Whether what nobody knows here is asked of: another disease, or any strange thing where no known one is named."""
    strange = asked.foreign
    if asked.names_thing:
        strange = tuple(one for one in strange if one in known.terms.questions.other_diseases)
    return len(strange) >= max(1, len(asked.named))


def _not_spoken_of(asked: Question, told: list[Told], known: Knowledge, audience: Audience) -> str:
    """Return what a general question begins with, where it is a medicine or procedure that no statement speaks of."""
    library, opening = known.library, asked.tokens[:_HEAD]
    is_named = not library.types.keys() >= set(asked.entries)
    if is_named or not asked.asks_whether_it_helps or not known.terms.questions.told.persons.isdisjoint(asked.tokens):
        return ""
    said = [set(words_only(text_for(one, audience))) for one in told]
    for fact in facts_named(asked.text, known, _DONE):
        for name in names_of(library.facts[fact]):
            words_of = words_only(name)
            if _stands_in(words_of, opening) and not any(one.issuperset(words_of[-1:]) for one in said):
                return " ".join(words_of)
    return ""


def _stands_in(some: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    return any(tokens[place : place + len(some)] == some for place in range(len(tokens)))


def _told_of(asked: Question, things: list[str], told: list[Told], known: Knowledge) -> bool:
    """Whether of another disease just that is known what is asked, such as how it is watched."""
    index = statement_index(known)
    rows = {row for name in things for ways in (index.own, index.title, index.said) for row in ways.get(name, ())}
    fits = bool(told) and told[0].aspect in _OF_OTHERS and asked.asks_for(told[0].aspect)
    return fits and (told[0].aspect == _FOR_ALL or any(index.told[row] is told[0] for row in rows))


def _everyday(asked: Question, library: Library) -> bool:
    """Whether all that is asked of is what people do for themselves, on which no doctor decides."""
    kinds = [library.treatments[name].kind for name in asked.entries if name in library.treatments]
    return bool(kinds) and set(kinds) <= {"self-care", "supportive"}


def _beside(asked: Question, urgent: Urgent | None, told: list[Chosen], audience: Audience) -> list[Chosen]:
    """Return what is told beside a danger: to patients nothing that plays it down, unless just that is asked."""
    if urgent is None or audience == "clinician":
        return told
    said = (urgent.says, *urgent.steps)
    new = [one for one in told if not any(is_same(one.says, it) for it in said)]
    told_of = [one for one in new if one.told.aspect not in _PLAYS_DOWN or one.told.aspect in asked.aspects]
    at_once = [one for one in told_of if one.told.aspect not in _WAITS or one.told.aspect in asked.aspects]
    return at_once if urgent.urgency == "emergency" and (at_once or not asked.aspects) else told_of


def _contested(asked: Question, said: Iterable[Said], library: Library, audience: Audience) -> Iterator[Contested]:
    """Yield what popular pages say of what is asked of and answered, the most harmful first."""
    order = ("harmful-if-followed", "contradicted", "unsupported", "partly")
    if asked.aspects and _NOT_CLAIMED.issuperset(asked.aspects):
        return
    told = {one.entry for one in said}.intersection(asked.entries)
    wanted = set(asked.words)
    about = []
    for claim in library.claims.values():
        shared = len(wanted & set(tokens_of(claim.says)))
        if claim.entry in told and claim.verdict in order and (shared or claim.entry in library.treatments):
            about.append((order.index(claim.verdict), -shared, claim.id))
    most = _MOST_CONTESTED if audience == "clinician" or "claims" in asked.aspects else 1
    for _, _, name in sorted(about)[:most]:
        claim = library.claims[name]
        yield Contested(claim.says, claim.verdict, claim.because, tuple(one.source for one in claim.cite))


def _sources(
    said: Iterable[Said], contested: Iterable[Contested], urgent: Urgent | None, library: Library
) -> dict[str, str]:
    groups = [urgent.cite] if urgent else []
    groups += [one.cite for one in said] + [one.cite for one in contested]
    cited = [name for group in groups for name in group]
    return {name: library.sources[name].citation for name in dict.fromkeys(cited)}
