"""A question to its answer: dangers first, then statements of the knowledge, chosen and ordered, none made up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calcinosis.answers.answer import Answer, Audience, Contested, Said, Urgent
from calcinosis.answers.index import statement_index
from calcinosis.answers.of_record import said_of_record, urgent_of
from calcinosis.answers.question import Question, question_of, subjects
from calcinosis.answers.statements import Told
from calcinosis.compiled import Knowledge
from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.causes import red_flag_results
from calcinosis.errors import InputError
from calcinosis.library.library import Library
from calcinosis.library.subjects import short_name
from calcinosis.readers.note.note import note_record
from calcinosis.words.en import answers as words

_ENTRY, _ASPECT, _WORDS, _TYPE = 2.0, 1.6, 1.5, 0.6
"""What counts for a statement: its entry is named, it tells what is asked, shares words, is of a named type."""
_WEIGHT_BESIDE_NAMES = 0.5
_SPECIFIC = 0.8
"""What a named treatment or test counts beside a type or a disease that is named too."""
_OF_TYPES = frozenset({"outlook", "resolves", "inherited", "prevention"})
"""Aspects that are asked of the type where one is named beside another disease."""
_ENOUGH = 1.55
"""A statement that reaches less does not answer."""
_MOST_WORDS: dict[Audience, int] = {"patient": 120, "clinician": 220}
_MOST_STATEMENTS, _MOST_OF_ENTRY, _MOST_CONTESTED, _MOST_RELATED = 6, 3, 3, 4
_NEAR_ASPECTS = {
    "resolves": ("outlook", "home", "follow-up"),
    "home": ("prevention", "safety"),
    "treatment": ("home",),
    "evidence": ("treatment", "outlook"),
    "difference": ("what", "tests"),
    "causes": ("what",),
    "inherited": ("causes", "frequency", "what"),
    "contagious": ("causes",),
    "safety": ("treatment", "dose"),
    "dose": ("treatment",),
    "symptoms": ("what",),
}
"""Aspects that answer too where nothing tells exactly what is asked, nearest first."""


def answer_to(
    text: str, known: Knowledge, audience: Audience = "patient", assessment: Assessment | None = None
) -> Answer:
    """Return the answer to a question; with an assessment, what holds for that person stands first."""
    asked = question_of(text, known)
    urgent = (urgent_of(assessment.red_flags) if assessment else None) or _urgent(text, known)
    told = _chosen(asked, known, audience)
    of_person = tuple(said_of_record(asked, assessment, known.library, audience)) if assessment else ()
    contested = tuple(_contested(asked, known.library))
    reason = "" if of_person else _reason(asked, told, urgent, known.library)
    general = tuple(_said(one, audience) for one in told) if not reason or reason == words.NOT_DECIDED else ()
    said = (*of_person, *general)
    return Answer(
        question=text,
        answered=not reason,
        audience=audience,
        answer=said,
        contested=contested if said else (),
        urgent=urgent,
        related=tuple(_related(asked, known.library)),
        reason=reason,
        read_as=tuple(f"{wrong} → {right}" for wrong, right in asked.corrected),
        sources=_sources(said, contested if said else (), urgent, known.library),
    )


def _reason(asked: Question, told: list[Told], urgent: Urgent | None, library: Library) -> str:
    """Return why a question is not answered; empty where it is."""
    if asked.decides and asked.is_known and not _everyday(asked, library):
        return words.NOT_DECIDED if told else words.NOT_DECIDED_ALONE
    others = {*library.causes, *library.look_alikes}
    of_others = bool(asked.entries) and not asked.of_disease and others.issuperset(asked.entries)
    if (
        asked.commands
        or of_others
        or not asked.is_known
        or (asked.foreign and not asked.of_disease and len(asked.foreign) > len(asked.entries))
    ):
        return words.NOT_COVERED if urgent is None else words.URGENT_ONLY
    if not told:
        return words.NOTHING_KNOWN
    return ""


def _everyday(asked: Question, library: Library) -> bool:
    """Whether all that is asked of is what people do for themselves, on which no doctor decides."""
    kinds = [library.treatments[name].kind for name in asked.entries if name in library.treatments]
    return bool(kinds) and set(kinds) <= {"self-care", "supportive"}


def _urgent(text: str, known: Knowledge) -> Urgent | None:
    """Return the gravest danger that the person who asks tells of."""
    try:
        record = note_record(text, "question", known.terms)
    except InputError:
        return None
    facts, _ = record.facts(known.library.vocabulary, record.last_day)
    return urgent_of(red_flag_results(known.library, facts))


def _chosen(asked: Question, known: Knowledge, audience: Audience) -> list[Told]:
    """Return the statements that answer, best first, as many as a reader takes."""
    library = known.library
    index = statement_index(library)
    lexical = index.scores(asked.words)
    kinds = set(library.types) & set(asked.entries)
    about = subjects(known)
    specific = _specific(asked, kinds, library)
    aspects = _weights(asked, specific)
    unspoken = specific - {one.entry for one in index.told if one.plain}
    scored: list[tuple[float, int]] = []
    for row, one in enumerate(index.told):
        if not one.cite or (audience == "patient" and not one.plain and one.entry not in unspoken):
            continue
        fits = aspects.get(one.aspect, 0.0 if asked.aspects or one.entry not in specific else 0.8)
        score = _WORDS * lexical.get(row, 0.0) + _ASPECT * fits
        if one.entry in asked.entries:
            is_asked = one.entry in specific or not specific
            score += (_ENTRY if fits and is_asked else _ENTRY / 2) + (_SPECIFIC if one.entry in specific else 0.0)
        elif about[row].named.intersection(specific or asked.entries):
            score += _ENTRY - 0.3
        elif about[row].said.intersection(specific or asked.entries):
            score += _ENTRY * 0.7
        elif asked.entries and not kinds.intersection(one.types):
            score -= _ENTRY / 2
        score += one.weight * (1 if not asked.entries else _WEIGHT_BESIDE_NAMES)
        score += _TYPE * bool(kinds.intersection(one.types))
        scored.append((score, row))
    scored.sort(key=lambda item: (-item[0], item[1]))
    rows = list(_cut(((score, row, index.told[row]) for score, row in scored), audience))
    told = [index.told[row] for row in rows]
    if specific and not any(specific & {index.told[row].entry, *about[row].named, *about[row].said} for row in rows):
        return []  # what is named is not spoken of
    return told


def _specific(asked: Question, kinds: set[str], library: Library) -> set[str]:
    """Return what a question turns on: a treatment or test before a disease, a disease before a type."""
    others = set(asked.entries) - kinds
    if kinds and _OF_TYPES.intersection(asked.aspects):
        return kinds
    return others - set(library.causes) or others


def _weights(asked: Question, specific: set[str]) -> dict[str, float]:
    """Return what each aspect counts; of a thing that is named, without asking what of it, all that is said fits."""
    found: dict[str, float] = {}
    for aspect in asked.aspects or (() if specific else ("what",)):
        found[aspect] = 0.4 if aspect == "treatment" and "home" in asked.aspects else 1.0
    for aspect in asked.aspects:
        for place, near in enumerate(_NEAR_ASPECTS.get(aspect, ())):
            found.setdefault(near, 0.6 - 0.15 * place)
    return found


def _cut(scored: Iterable[tuple[float, int, Told]], audience: Audience) -> Iterator[int]:
    """Yield the rows of the best statements until one is too weak or a reader has enough."""
    count, seen, of_entry = 0, set[str](), dict[str, int]()
    best = None
    for score, row, one in scored:
        best = score if best is None else best
        if score < _ENOUGH or score < best * 0.6 or len(seen) >= _MOST_STATEMENTS:
            return
        says = _text(one, audience)
        length = len(says.split())
        if says in seen or of_entry.get(one.entry, 0) >= _MOST_OF_ENTRY or count + length > _MOST_WORDS[audience]:
            continue
        seen.add(says)
        of_entry[one.entry] = of_entry.get(one.entry, 0) + 1
        count += length
        yield row


def _text(one: Told, audience: Audience) -> str:
    return one.plain or one.says if audience == "patient" else one.says


def _said(one: Told, audience: Audience) -> Said:
    return Said(_text(one, audience), one.cite, one.entry)


def _contested(asked: Question, library: Library) -> Iterator[Contested]:
    """Yield what popular pages say of the entries that are asked of, the most harmful first."""
    order = ("harmful-if-followed", "contradicted", "unsupported", "partly")
    about = [claim for claim in library.claims.values() if claim.entry in asked.entries and claim.verdict in order]
    wanted = set(asked.words)
    about.sort(key=lambda claim: (order.index(claim.verdict), -len(wanted & set(claim.says.lower().split())), claim.id))
    for claim in about[:_MOST_CONTESTED]:
        yield Contested(claim.says, claim.verdict, claim.because, tuple(one.source for one in claim.cite))


def _related(asked: Question, library: Library) -> Iterator[str]:
    """Yield what else can be asked of the first entry, or of the disease."""
    entry = library.entry(asked.entries[0]) if asked.entries else None
    name = short_name(str(getattr(entry, "name", words.DISEASE)))
    shown = name[:1].lower() + name[1:] if name[1:2].islower() else name
    told = {one.aspect for one in statement_index(library).told if not asked.entries or one.entry == asked.entries[0]}
    left = [aspect for aspect in words.RELATED if aspect not in asked.aspects and aspect in told]
    yield from (words.RELATED[aspect].format(name=shown) for aspect in left[:_MOST_RELATED])


def _sources(
    said: Iterable[Said], contested: Iterable[Contested], urgent: Urgent | None, library: Library
) -> dict[str, str]:
    groups = [urgent.cite] if urgent else []
    groups += [one.cite for one in said] + [one.cite for one in contested]
    cited = [name for group in groups for name in group]
    return {name: library.sources[name].citation for name in dict.fromkeys(cited)}
