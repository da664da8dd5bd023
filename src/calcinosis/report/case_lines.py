"""Published cases like the person of an assessment: a card each, and the same as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from calcinosis.conclusions.assessment import Assessment, SourceResult
from calcinosis.conclusions.case_features import HOLDS, HOLDS_NOT, Feature
from calcinosis.conclusions.cases import CaseLike
from calcinosis.conclusions.citations import sources_named
from calcinosis.library.cases import Tried
from calcinosis.library.library import Library
from calcinosis.published import cases_like_this
from calcinosis.report.document import Line, Section
from calcinosis.report.lines import clean, whole
from calcinosis.rules.words import presence, short_name
from calcinosis.truth import FALSE, TRUE
from calcinosis.words.en import cases as words
from calcinosis.words.en import rules
from calcinosis.words.en.report import TITLES

MOST_ALIKE, MOST_ALONE = 6, 4
"""So many findings stand on a card that are alike, and that are in one of the two alone."""


def cases(assessment: Assessment) -> Section:
    """Return the published cases, below the sentence on how single reports are chosen."""
    found = cases_like_this(assessment)
    if not found:
        note = words.NO_CLOSE_CASE if assessment.presentation == "look-alike" else words.NONE_SIMILAR
        return Section(id="cases", title=TITLES["cases"], note=note)
    says, cites = cases_worth(assessment.account.library)
    chosen = Line(says=says, aside=words.SERIES, cites=cites)
    return Section(id="cases", title=TITLES["cases"], lines=(chosen, *(card(one, assessment) for one in found)))


def sources_of_cases(assessment: Assessment) -> dict[str, SourceResult]:
    """Return the sources of the sentence on how single reports are chosen."""
    return sources_named(assessment.account.library, cases_worth(assessment.account.library)[1])


def case_objects(assessment: Assessment) -> list[dict[str, Any]]:
    """Return the published cases as plain data with the names of the contract."""
    return [case_object(one, assessment) for one in cases_like_this(assessment)]


def cases_worth(library: Library) -> tuple[str, tuple[str, ...]]:
    """Return the sentence on how single reports are chosen, and its sources."""
    worth = library.recommendation.single_reports
    return clean(worth.says), tuple(cite.source for cite in worth.cite)


def card(found: CaseLike, assessment: Assessment) -> Line:
    """Return one case as a line that opens to what is alike, what differs, what was tried and what came of it."""
    case = found.case
    alone = {
        words.HERE_ONLY: words.listed((_alone(one, words.DENIED_THERE, assessment) for one in found.here), MOST_ALONE),
        words.THERE_ONLY: words.listed((_alone(one, words.DENIED_HERE, assessment) for one in found.there), MOST_ALONE),
    }
    parts = [
        Line(label=words.ALIKE, says=words.listed((_says(one, assessment) for one in found.alike), MOST_ALIKE)),
        *(Line(label=label, says=says) for label, says in alone.items() if says),
        *_tried(found, assessment),
        Line(label=words.OUTCOME, says=words.came_of_it(whole(case.outcome), case.follow_up)),
        Line(label=words.TYPE, says=whole(_type(found, assessment))),
        Line(
            label=words.SOURCE,
            says=whole(case.source.citation),
            aside=words.SINGLE_REPORT.format(read=case.source.read.rstrip(".")),
            url=_address(found),
        ),
    ]
    return Line(says=_title(found), parts=tuple(parts), entry=case.id)


def _title(found: CaseLike) -> str:
    return words.TITLE.format(who=words.who(found.age, found.sex), says=clean(found.case.says))


def _tried(found: CaseLike, assessment: Assessment) -> Iterator[Line]:
    """Yield what was tried in order; what the assessment says to avoid keeps that verdict."""
    if not found.case.tried:
        yield Line(label=words.TRIED, says=words.NOTHING_TRIED)
    for tried in found.case.tried:
        said = words.TRIED_SO.format(what=tried.says, outcome=tried.outcome or words.OUTCOME_NOT_TOLD)
        is_avoided = _verdict(tried, assessment) == "avoid"
        yield Line(
            label=words.TRIED,
            says=whole(said[:1].upper() + said[1:]),
            mark="avoid" if is_avoided else "",
            aside=words.TO_BE_AVOIDED if is_avoided else "",
        )


def _verdict(tried: Tried, assessment: Assessment) -> str:
    """Return the verdict of the assessment on what was tried; empty where it names no treatment."""
    if tried.treatment and any(one.id == tried.treatment for one in assessment.stop):
        return "avoid"
    return next((one.verdict for one in assessment.treatments if one.id == tried.treatment), "")


def _type(found: CaseLike, assessment: Assessment) -> str:
    """Return the type by the authors, how far it is their word, and whether the record leads to another."""
    said = words.TYPES.get(found.case.type, found.case.type)
    if found.case.type_said == "inferred":
        said = words.INFERRED.format(type=said)
    if found.same_type:
        return said
    return words.OTHER_TYPE.format(type=said, leading=assessment.leading_type or words.NO_LEADING_TYPE)


def _address(found: CaseLike) -> str:
    source = found.case.source
    address = f"https://doi.org/{source.doi}" if source.doi else source.url
    return address if address.startswith(("https://", "http://")) else ""


def _says(feature: Feature, assessment: Assessment) -> str:
    """Return a finding in words."""
    name, word = feature
    fact = assessment.account.library.facts[name]
    if fact.kind == "site" and word == HOLDS:
        return words.AT_SITE.format(site=short_name(fact))
    if word in (HOLDS, HOLDS_NOT):
        return presence(fact, TRUE if word == HOLDS else FALSE)
    return rules.choice_is(short_name(fact), word)


def _alone(found: tuple[str, bool], denied: str, assessment: Assessment) -> str:
    name, is_denied = found
    said = _says((name, HOLDS), assessment)
    return denied.format(fact=said) if is_denied else said


def case_object(found: CaseLike, assessment: Assessment) -> dict[str, Any]:
    """Return one case as plain data with the names of the contract."""
    case = found.case
    return {
        "id": case.id,
        "says": _title(found),
        "likeness": round(found.likeness, 3),
        "type": case.type,
        "type_said": case.type_said,
        "same_type": found.same_type,
        "causes": case.causes,
        "alike": [
            {"fact": name, "truth": word, "says": _says((name, word), assessment)}
            for name, word in found.alike[:MOST_ALIKE]
        ],
        "different": [
            {"fact": name, "says": _says((name, HOLDS), assessment), "here": here, "there": there}
            for names, is_here in ((found.here, True), (found.there, False))
            for name, is_denied in names[:MOST_ALONE]
            for here, there in [_sides(is_here, is_denied)]
        ],
        "tried": [
            {
                "says": tried.says,
                "treatment": tried.treatment or None,
                "verdict": _verdict(tried, assessment) or None,
                "outcome": tried.outcome or words.OUTCOME_NOT_TOLD,
                "result": tried.result,
            }
            for tried in case.tried
        ],
        "outcome": case.outcome or words.NOT_TOLD,
        "result": case.result,
        "follow_up": case.follow_up or words.NOT_TOLD,
        "source": case.source.citation,
        "url": _address(found) or None,
        "design": "single report",
        "read": case.source.read,
    }


def _sides(is_here: bool, is_denied: bool) -> tuple[str, str]:
    """Return what is known of a finding of one of the two: here, and there."""
    other = "false" if is_denied else "unknown"
    return ("true", other) if is_here else (other, "true")
