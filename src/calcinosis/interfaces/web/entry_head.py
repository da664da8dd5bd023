"""The head of an entry page: what it is in one line, how strong, which danger."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.interfaces.web import statements
from calcinosis.interfaces.web.catalogue import Place, catalogue
from calcinosis.interfaces.web.entry_parts import Term
from calcinosis.interfaces.web.forest import summary_of
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import (
    Cause,
    Claim,
    FollowUp,
    Indication,
    Investigation,
    LookAlike,
    Objection,
    OutcomeMeasure,
    RedFlag,
    Source,
    Statement,
    Target,
    Topic,
    Treatment,
    Type,
)
from calcinosis.report.document import Line
from calcinosis.report.lines import clean, whole
from calcinosis.rules.syntax import All, AnyOf, AtLeast, Criterion, Rule
from calcinosis.rules.vocabulary import Fact
from calcinosis.rules.words import asked
from calcinosis.words.en.report import URGENCY

_SHOWN = 4
"""So many of the reasons that rule a treatment out stand in the head."""


def head_of(place: Place) -> tuple[Term, ...]:
    """Return the answers at the head of a page, each with its name."""
    return tuple(term for term in _answers(place) if term.lines or term.places)


def _answers(place: Place) -> Iterator[Term]:
    entry = place.entry
    if isinstance(entry, Treatment):
        yield from _treatment(entry)
    elif isinstance(entry, Type | LookAlike):
        yield _said("one_line", entry.summary)
        if isinstance(entry, Type) and entry.part_of:
            yield _places("part_of", entry.part_of)
    elif isinstance(entry, Cause):
        yield _said("one_line", entry.summary)
        yield _places(f"leads_to_{entry.strength}", *entry.leads_to)
    elif isinstance(entry, RedFlag):
        urgency = Line(says=URGENCY[entry.urgency], mark="danger", word=entry.urgency)
        yield Term(_title("urgency"), (urgency,))
        yield Term(_title("why_danger"), (Line(says=clean(entry.says), plain=clean(entry.plain),
                                               cites=statements.cites_of(entry.cite)),))  # fmt: skip
    else:
        yield from _others(place)


def _others(place: Place) -> Iterator[Term]:
    entry = place.entry
    if isinstance(entry, FollowUp):
        cites = statements.cites_of(entry.cite)
        yield Term(_title("one_line"), (Line(says=clean(entry.says), plain=clean(entry.plain), cites=cites),))
        yield _text("how_often", entry.interval)
    elif isinstance(entry, Target):
        limits = words()["look_up"]["limits"]
        shape = limits["both"] if entry.lower and entry.upper else limits["upper" if entry.upper else "lower"]
        says = f"{shape.format(lower=entry.lower, upper=entry.upper)}. {clean(entry.says)}"
        yield Term(_title("one_line"), (Line(says=says, cites=statements.cites_of(entry.cite)),))
        yield Term(_title("measures"), places=(catalogue().fact(entry.fact),))
    elif isinstance(entry, OutcomeMeasure):
        yield Term(_title("measures"), places=(catalogue().fact(entry.fact),))
        told = [(one.says, one.cite) for one in entry.changes] + [(one.says, one.cite) for one in entry.notes]
        yield Term(
            _title("one_line"),
            tuple(Line(says=clean(says), cites=statements.cites_of(cite)) for says, cite in told),
        )
    elif isinstance(entry, Investigation):
        yield _text("sort", words()["look_up"]["groups"][entry.group])
        if entry.advice == "not-supported":
            yield _text("advice", words()["look_up"]["advice"][entry.advice])
        yield Term(_title("measures"), places=tuple(map(catalogue().fact, entry.measures)))
    elif isinstance(entry, Claim):
        yield from _claim(entry)
    elif isinstance(entry, Source):
        yield from _source(entry)
    elif isinstance(entry, Topic):
        yield _places("types", *entry.types)
    elif isinstance(entry, Fact):
        yield from _fact(entry)


def _treatment(entry: Treatment) -> Iterator[Term]:
    reasons: list[Indication | Objection] = [*entry.for_, *entry.against]
    yield _said("one_line", reasons[0] if reasons else None)
    if entry.evidence:
        yield _text("evidence", summary_of(entry))
    yield _rule_in_brief("do_not_use", entry.do_not_use_when)
    if entry.medicine:
        yield Term(_title("medicine"), places=(catalogue().fact(entry.medicine),))


def _claim(entry: Claim) -> Iterator[Term]:
    row = statements.claim_row(entry)
    verdict = words()["look_up"]["verdicts"][entry.verdict]
    yield Term(_title("verdict"), (Line(says=verdict, mark=row.mark, word=entry.verdict),))
    searched = words()["look_up"]["searched"].format(where=row.searched) if row.searched else ""
    yield Term(_title("because"), (Line(says=f"{row.because.says} {searched}".strip(), cites=row.because.cites),))
    said = words()["look_up"]["said_in"].format(line=entry.line, section=clean(entry.section))
    yield Term(_title("said_by"), (Line(says=said.strip(), cites=(entry.source,)),))


def _source(entry: Source) -> Iterator[Term]:
    texts = words()["look_up"]
    yield _text("citation", entry.citation)
    kind = texts["source_kinds"][entry.kind]
    yield _text("sort", texts["read"].format(kind=kind, read=entry.read))
    yield _text("address", entry.link)
    if not entry.supports:
        yield _text("standing", texts["machine_written" if entry.machine_written else "only_quoted"])
    yield _text("note", entry.note)


def _fact(entry: Fact) -> Iterator[Term]:
    texts = words()["look_up"]
    yield Term(
        _title("question"), (Line(says=clean(entry.question), plain=clean(entry.plain)),) if entry.question else ()
    )
    learned = texts["learned_by"][entry.learned_by]
    yield _text("sort", texts["fact_sort"].format(kind=texts["fact_kinds"][entry.kind], learned=learned))
    yield _text("unit", entry.unit)


def _title(name: str) -> str:
    return str(words()["look_up"]["answers"][name])


def _text(name: str, text: str) -> Term:
    return Term(_title(name), (Line(says=clean(text)),) if text else ())


def _said(name: str, said: Statement | Indication | Objection | None) -> Term:
    return Term(_title(name), (statements.statement_line(said),) if said else ())


def _places(name: str, *ids: str) -> Term:
    return Term(_title(name), places=tuple(catalogue().sections["types"][one] for one in ids))


def _rule_in_brief(name: str, rule: Rule | None) -> Term:
    """Return the first alternatives of a rule in words, and how many more there are."""
    if rule is None:
        return _text(name, "")
    said = [alternative_words(part) for part in (rule.parts if isinstance(rule, AnyOf) else (rule,))]
    more = words()["look_up"]["and_more"].format(count=len(said) - _SHOWN) if len(said) > _SHOWN else ""
    return _text(name, whole(f"{'; '.join(said[:_SHOWN])}{more}"))


def alternative_words(rule: Rule) -> str:
    """Return a rule in one line: what is absent stays absent, and what is joined stays joined."""
    texts = words()["look_up"]["joined"]
    if isinstance(rule, Criterion):
        return asked(rule.test, catalogue().library.facts)
    parts = [f"({text})" if isinstance(part, AnyOf | All | AtLeast) else text
             for part, text in ((part, alternative_words(part)) for part in rule.parts)]  # fmt: skip
    if isinstance(rule, AtLeast):
        return str(texts["at_least"]).format(count=rule.count, parts=", ".join(parts))
    return str(texts["all" if isinstance(rule, All) else "any"]).join(parts)
