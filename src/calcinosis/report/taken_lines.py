"""The medicines that are taken now as lines: what to avoid and to be careful with, one by one, the rest by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from calcinosis.conclusions.assessment import Assessment, TakenResult
from calcinosis.library.speaking import NOTHING, speaking
from calcinosis.report.brief import limits
from calcinosis.report.document import Line, Mark, Section
from calcinosis.report.lines import (
    cited_line,
    cites_of,
    clean,
    first_sentence,
    joined,
    merged,
    never_alone,
    origin_words,
    whole,
)
from calcinosis.report.sections import section
from calcinosis.words.en import taken as words
from calcinosis.words.en.report import ADVICE, MORE, MORE_REASON, PATIENT_STOP

_MARKS: dict[str, tuple[Mark, str]] = {
    "avoid": ("avoid", words.AVOID),
    "caution": ("check-first", words.CAUTION),
    "cannot-be-judged": ("unknown", words.CANNOT_BE_JUDGED),
    "not-judged": ("unknown", words.NOT_JUDGED),
    "no-objection-found": ("", words.NO_OBJECTION),
}
_NAMED, _FINDINGS, _FACTS, _LISTED = 3, 3, 1, 8


def by_word(lines: Iterable[Line]) -> list[tuple[Mark, str, list[Line]]]:
    """Return the lines by what is said of the medicines, always all of it, from avoid to no objection found."""
    listed = list(lines)
    return [(mark, word, [line for line in listed if line.word == word.lower()]) for mark, word in _MARKS.values()]


def stop(assessment: Assessment) -> Section:
    """Return every medicine that is taken now with what is said of it."""
    return section("stop", _lines(assessment), words.NO_MEDICINES, plain_note=PATIENT_STOP)


def _lines(assessment: Assessment) -> Iterator[Line]:
    wanted = limits(assessment).taken
    objected = [result for result in assessment.taken if result.verdict in {"avoid", "caution"}]
    for place, result in enumerate(objected):
        yield replace(_objected(result), brief=place < wanted, entry=_entry(result, assessment))
    open_ones = [result for result in assessment.taken if result.verdict == "cannot-be-judged"]
    if open_ones:
        yield _open(open_ones, assessment)
    for verdict in ("not-judged", "no-objection-found"):
        named = [result for result in assessment.taken if result.verdict == verdict]
        if named:
            entries = dict.fromkeys(filter(None, (_entry(result, assessment) for result in named)))
            yield replace(_listed(named), entry=", ".join(entries))


def _objected(result: TakenResult) -> Line:
    """Return the line of a medicine with an objection: the reasons that apply to this person, and what to do."""
    mark, word = _MARKS[result.verdict]
    reasons = merged(result.because)
    said = [cited_line(one, MORE_REASON) for one in result.why]
    advice = [cited_line(one, ADVICE) for one in result.advice]
    first = said[0] if said else Line(says="")
    if reasons:
        first = Line(says=whole(joined(reasons, _FINDINGS)), cites=cites_of(reasons))
    plain = next((one.plain for one in advice if one.plain), "")
    aside = first_sentence(advice[0].says) if advice and result.verdict == "avoid" else ""
    return never_alone(
        replace(
            first,
            label=clean(result.name),
            mark=mark,
            word=word.lower(),
            plain=plain,
            aside=aside,
            parts=(*advice, *said, *_looked_at(result)),
            origins=tuple(map(origin_words, result.from_)),
        )
    )


def _open(results: list[TakenResult], assessment: Assessment) -> Line:
    """Return one line for the medicines that cannot be judged, each with what is not known."""
    mark, word = _MARKS["cannot-be-judged"]
    parts = tuple(_open_part(result, assessment) for result in results)
    shown = "; ".join(_open_words(result, assessment) for result in results[:_NAMED])
    rest = len(results) - _NAMED
    says = shown + (f"; {MORE['names'].format(count=rest)}" if rest > 0 else "")
    entry = ", ".join(dict.fromkeys(part.entry for part in parts))
    return Line(says=f"{says}.", mark=mark, word=word.lower(), parts=parts, entry=entry)


def _open_words(result: TakenResult, assessment: Assessment) -> str:
    names = [clean(assessment.name_of(fact)) for fact in result.unknown]
    rest = len(names) - _FACTS
    facts = ", ".join(names[:_FACTS]) + (f", {MORE['names'].format(count=rest)}" if rest > 0 else "")
    return words.OPEN.format(medicine=clean(result.name), facts=facts) if names else clean(result.name)


def _open_part(result: TakenResult, assessment: Assessment) -> Line:
    names = [clean(assessment.name_of(fact)) for fact in result.unknown]
    told = [clean(one.says) for one in result.untold]
    says = [*told, *([words.NOT_KNOWN.format(facts="; ".join(names))] if names else [])]
    cites, entry = cites_of(result.untold), _entry(result, assessment)
    return Line(says=" ".join(says), label=clean(result.name), mark="unknown", cites=cites, entry=entry)


def _entry(result: TakenResult, assessment: Assessment) -> str:
    """Return the entries that speak of a medicine, or of its class; that of the medicine itself where none does."""
    library = assessment.account.library
    spoken = speaking(library).get(result.medicine, NOTHING)
    written = (one.id for one in spoken.entries if one.id not in library.other_sides)
    return ", ".join(written) or (result.medicine if result.medicine in library.facts else "")


def _looked_at(result: TakenResult) -> tuple[Line, ...]:
    looked = words.LOOKED_AT.format(subjects=", ".join(result.looked_at))
    return (Line(says=looked),) if result.looked_at else ()


def _listed(results: list[TakenResult]) -> Line:
    """Return one line for all medicines of which the same is said."""
    mark, word = _MARKS[results[0].verdict]
    subjects = dict.fromkeys(subject for result in results for subject in result.looked_at)
    looked = words.LOOKED_AT.format(subjects=", ".join(subjects)) if subjects else words.NOT_JUDGED_HERE
    names = [clean(result.name) for result in results]
    rest = len(names) - _LISTED
    shown = "; ".join(names[:_LISTED]) + (f"; {MORE['names'].format(count=rest)}" if rest > 0 else "")
    return Line(says=f"{shown}.", mark=mark, word=word.lower(), names=tuple(names), parts=(Line(says=looked),))
