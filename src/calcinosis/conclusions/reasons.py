"""Findings to reasons: the sentences of a trace, with where each was read and what supports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from calcinosis.conclusions.assessment import Cited, Reason
from calcinosis.library.statement import ConditionalStatement, Statement
from calcinosis.person.dates import parse_date
from calcinosis.person.ends import is_old
from calcinosis.person.facts import PatientFacts
from calcinosis.person.measures import answering, beside, disagreeing
from calcinosis.rules.syntax import Absent, Citation, Compare, Criterion, Present, Rule, Test, criteria
from calcinosis.rules.trace import carrying
from calcinosis.rules.vocabulary import Fact, Value
from calcinosis.rules.words import kind_present, sentence
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.judgement import disagree, no_later_value
from calcinosis.words.en.rules import taken_as_absent

_DEEP = 6

Reasons = dict[Reason, None]
"""Reasons in the order in which they were found, each once."""


def reasons(rule: Rule | None, facts: PatientFacts) -> tuple[Reason, ...]:
    """Return the reasons that carry the truth of a rule."""
    found: Reasons = {}
    if rule is not None:
        collect_reasons(rule, facts, found)
    return tuple(found)


def true_reasons(rule: Rule | None, facts: PatientFacts) -> tuple[Reason, ...]:
    """Return the reasons among those of a rule that are true."""
    found: Reasons = {}
    if rule is not None:
        collect_true_reasons(rule, facts, found)
    return tuple(found)


def collect_true_reasons(rule: Rule, facts: PatientFacts, found: Reasons) -> None:
    """Add the reasons among those of a rule that are true."""
    if not facts.assume_absent and rule.facts.isdisjoint(facts.touched):
        return  # nothing of it is known, so nothing of it is true
    truth = facts.truth(rule)
    if truth is FALSE:
        return
    if type(rule) is Criterion:
        if truth is TRUE:
            collect_reasons(rule, facts, found)
        return
    for part in rule.parts:
        if truth is UNKNOWN or facts.truth(part) is TRUE:
            collect_true_reasons(part, facts, found)


def outdated_day(reason: Reason, facts: PatientFacts) -> str:
    """Return the day of what a reason among the last known rests on, where nothing current is known; else empty."""
    last = facts.last_known
    value = last.value(reason.fact) if last is not None and reason.truth == TRUE.value else None
    return value.date if value is not None and value != facts.value(reason.fact) else ""


def last_known_reasons(rule: Rule, facts: PatientFacts) -> tuple[Reason, ...]:
    """Return the reasons of a rule that is not true today and was by what was last known, each with its day.

    What was known of several days, today's among them, counts together only where none was too old on the newest.
    """
    last = facts.last_known
    if last is None or facts.truth(rule) is TRUE or last.truth(rule) is not TRUE:
        return ()
    found = true_reasons(rule, last)
    if not any(outdated_day(reason, facts) for reason in found) or _are_days_apart(found, last):
        return ()
    return tuple(
        replace(reason, says=no_later_value(reason.says, day)) if (day := outdated_day(reason, facts)) else reason
        for reason in found
    )


def _are_days_apart(found: Iterable[Reason], last: PatientFacts) -> bool:
    """Whether one thing that some reasons rest on was too old already on the day of another."""
    spans = {span for reason in found for span in _days(reason.fact, last)}
    newest = max((parse_date(day).latest for day, _ in spans), default="")
    return any(is_old(parse_date(day), longest, newest) for day, longest in spans)


def _days(name: str, last: PatientFacts) -> Iterator[tuple[str, str]]:
    """Yield the day and the longest life of what a fact rests on: of a computed number its parts, of a disease none."""
    fact, value = last.vocabulary.facts[name], last.value(name)
    longest = fact.valid_for or fact.recent_for
    if fact.formula and name not in last.stated:
        for part in last.vocabulary.reads[name]:
            yield from _days(part, last)
    elif value is not None and value.date and longest:
        yield value.date, longest


def cited(statement: Statement) -> Cited:
    """Return a statement of the knowledge as a line of the assessment."""
    return Cited(statement.says, source_ids(statement.cite), statement.plain)


def told_statements(statements: Iterable[ConditionalStatement], assumed: PatientFacts) -> tuple[Cited, ...]:
    """Return those of some statements that this person is told, the unmentioned taken as absent."""
    return tuple(cited(one) for one in statements if one.when is None or assumed.truth(one.when) is TRUE)


@lru_cache(maxsize=16384)
def source_ids(citations: tuple[Citation, ...]) -> tuple[str, ...]:
    """Return the ids of the sources cited, each once, in order."""
    return tuple(dict.fromkeys(citation.source for citation in citations))


def collect_reasons(rule: Rule, facts: PatientFacts, found: Reasons, deep: int = _DEEP) -> None:
    """Add the reasons that carry the truth of a rule: of a true group its true parts, of a false one the false ones,
    of an unknown one the unknown and the true ones.
    """
    _collect(rule, facts.truth(rule), facts, found, deep)


def _collect(rule: Rule, truth: Truth, facts: PatientFacts, found: Reasons, deep: int) -> None:
    if rule.facts.isdisjoint(facts.touched):
        found.update(_untouched_reasons(rule, facts))
    elif type(rule) is Criterion:
        _collect_criterion_reasons(rule, truth, facts, found, deep)
    else:
        for part in rule.parts:
            told = facts.truth(part)
            if told is truth or (truth is UNKNOWN and told is TRUE):
                _collect(part, told, facts, found, deep)


def _collect_criterion_reasons(
    criterion: Criterion, truth: Truth, facts: PatientFacts, found: Reasons, deep: int
) -> None:
    fact = facts.vocabulary.facts[criterion.test.fact]
    inner = fact.true_when if type(criterion.test) is Present and fact.id not in facts.stated else None
    if inner is not None and deep and truth is TRUE and facts.truth(inner) is TRUE:
        # A fact that is present because others are: they are the reasons.
        collect_reasons(inner, facts, found, deep - 1)
        return
    if truth is UNKNOWN and fact.true_when is not None and (asked := _open_relations(fact.true_when, facts)):
        for one in asked:
            found[_reason(one, facts.vocabulary.facts[one.test.fact], None, UNKNOWN)] = None
        return
    kinds = _kinds_read(criterion.test, fact, truth, facts)
    for kind in kinds:
        found[_of_kind(criterion, fact, kind, facts)] = None
    if not kinds:
        measured = _measured_reason(criterion, fact, truth, facts)
        found[measured or _reason(criterion, fact, facts.value(fact.id), truth)] = None


def _open_relations(rule: Rule, facts: PatientFacts) -> list[Criterion]:
    """Return the criteria on what is there, and of which it is not known whether it is where the deposit is."""
    mentioned = rule.facts & facts.touched
    asked = {
        fact.id
        for fact in facts.vocabulary.relations
        if fact.id in mentioned
        and fact.relation is not None
        and not fact.relation.perhaps
        and facts.is_present(fact.relation.of[0])
    }
    return [one for one in criteria(rule) if one.test.fact in asked and facts.truth(one) is UNKNOWN] if asked else []


def _untouched_reasons(rule: Rule, facts: PatientFacts) -> Reasons:
    """Return the reasons of a rule that has nothing to do with the record; the same for every record."""
    remembered, key = facts.vocabulary.untouched_reasons, (id(rule), facts.assume_absent)
    known = remembered.get(key)
    if known is None or known[0] is not rule:
        found: Reasons = {}
        for _, criterion in carrying(facts, rule, facts.truth(rule), 1):
            fact, value = facts.vocabulary.facts[criterion.test.fact], facts.value(criterion.test.fact)
            found[_reason(criterion, fact, value, facts.truth(criterion))] = None
        known = remembered[key] = (rule, found)
    reasons_found: Reasons = known[1]
    return reasons_found


def _measured_reason(criterion: Criterion, fact: Fact, truth: Truth, facts: PatientFacts) -> Reason | None:
    """Return the reason of a number that is not told by itself: a better measure answers, or others disagree."""
    test = criterion.test
    if type(test) is not Compare or not (fact.measured_with or fact.outranked_by):
        return None
    told = answering(test, facts)
    if told is not test:
        better = facts.vocabulary.facts[told.fact]
        return _reason(replace(criterion, test=told), better, facts.value(better.id), beside(told, facts))
    others = disagreeing(test, facts) if truth is UNKNOWN else ()
    if not others:
        return None
    own, other = facts.value(fact.id), facts.value(others[0])
    assert own is not None
    assert other is not None
    sides = [
        sentence(one, facts.vocabulary.facts[one.fact], value, beside(one, facts))
        for one, value in ((test, own), (replace(test, fact=others[0]), other))
    ]
    origins = tuple(dict.fromkeys((*own.origins, *other.origins)))
    return Reason(disagree(sides), truth.value, origins, source_ids(criterion.cite), fact.id)


def _reason(criterion: Criterion, fact: Fact, value: Value | None, truth: Truth) -> Reason:
    origins = value.origins if value is not None else ()
    cites = source_ids(criterion.cite)
    if value is not None and value.upper_limit is not None and not value.flag:
        cites = tuple(dict.fromkeys((*cites, *_limit_sources(fact, value))))
    says = sentence(criterion.test, fact, value, truth)
    told_absent = FALSE if type(criterion.test) is Present else TRUE if type(criterion.test) is Absent else UNKNOWN
    if value is not None and value.assumed and truth is told_absent:
        says = taken_as_absent(says)
    return Reason(says, truth.value, origins, cites, fact.id)


def _kinds_read(test: Test, fact: Fact, truth: Truth, facts: PatientFacts) -> list[Fact]:
    """Return what the record names, where a fact is present because kinds of it are: warfarin of the anticoagulants."""
    if type(test) is not Present or truth is not TRUE or not fact.includes:
        return []
    stated = facts.stated.get(fact.id)
    if stated is not None and stated.truth is TRUE:
        return []
    present = {name for name in facts.vocabulary.kinds[fact.id] & facts.touched if facts.is_present(name)}
    narrowest = [name for name in present if present.isdisjoint(facts.vocabulary.kinds.get(name, ()))]
    return [facts.vocabulary.facts[name] for name in sorted(narrowest)]


def _of_kind(criterion: Criterion, fact: Fact, kind: Fact, facts: PatientFacts) -> Reason:
    value = facts.value(kind.id)
    origins = value.origins if value is not None else ()
    return Reason(kind_present(fact, kind), TRUE.value, origins, source_ids(criterion.cite), fact.id)


def _limit_sources(fact: Fact, value: Value) -> tuple[str, ...]:
    """Return the sources of the usual limits, where the result printed none."""
    for limits in fact.usual_limits:
        if limits.upper_value == value.upper_limit and limits.lower_value == value.lower_limit:
            return source_ids(limits.cite)
    return ()
