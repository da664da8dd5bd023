"""Reasons and cited sentences of an assessment to lines of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from calcinosis.conclusions.assessment import Cited, Reason, TypeResult
from calcinosis.library.source import Source
from calcinosis.report.document import Line, Mark
from calcinosis.rules.vocabulary import Origin
from calcinosis.words.en.language_model import READ_BY_MODEL
from calcinosis.words.en.report import (
    AGAINST_WORD,
    ASSUMED_LINE,
    ASSUMED_WORD,
    MORE,
    MORE_FINDINGS,
    PATIENT_STOP,
    TRUTH,
    counted,
)
from calcinosis.words.en.rules import open_name

MANY = 3
"""From this number on, findings that the record does not mention become one line."""

OPEN_IN_BRIEF = 2
"""So many of the findings that are not known always stand in the one-minute view."""

_MANY_AUTHORS = re.compile(r"^([^,.]{2,40}), [^,.]+, [^,.]+, [^.]+\.(?= )")
"""Four names or more before the first full stop, such as "Balin SJ, Wetter DA, Andersen LK, Davis MD."."""

_FEW_WORDS = 5
_BETWEEN_AUTHORS, _INITIALS, _LONGEST_TITLE = re.compile(r",| (?:and|et) "), re.compile(r"(?: [A-Z]{1,3})+$"), 90
_SENTENCE_END = re.compile(r"(?<=[.?!]) (?=[A-Z])")
_ORDER = {"true": 0, "false": 1, "unknown": 2}


def clean(text: str) -> str:
    """Return a text of a record or of the knowledge in one line, without signs that a terminal would obey."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())


def whole(text: str) -> str:
    """Return a fragment such as "phosphate is high" as a whole sentence."""
    text = clean(text)
    if not text:
        return text
    first = text.split(" ", 1)[0]
    is_word = first.islower() and not any(sign.isdigit() for sign in first)
    start = text[0].upper() + text[1:] if is_word else text
    return start if start.endswith((".", "?", "!", ":")) else f"{start}."


def decapitalised(name: str) -> str:
    """Return a name of plain words as it stands inside a sentence."""
    return name[:1].lower() + name[1:] if name.partition(" ")[0][1:].islower() else name


def short_citation(citation: str) -> str:
    """Return a citation with its first author for four and more; the bibliography names them all."""
    return _MANY_AUTHORS.sub(r"\1 et al.", citation)


def by_line(source: Source) -> str:
    """Return the first author and the year of a source; its title where nobody is named."""
    author = _INITIALS.sub("", _BETWEEN_AUTHORS.split(clean(source.authors), maxsplit=1)[0])
    return " ".join(filter(None, (author, str(source.year or "")))) if author else clean(source.title).rstrip(".")


def short_title(source: Source) -> str:
    """Return the first author, the year and the title of a source, a long title cut at a word."""
    title = clean(source.title).rstrip(".")
    if len(title) > _LONGEST_TITLE:
        title = f"{title[:_LONGEST_TITLE].rpartition(' ')[0].rstrip(' ,:;')} …"
    whole_title = title if title.endswith("…") else f"{title}."
    named = by_line(source) if source.authors else str(source.year or "")
    return f"{named}. {whole_title}" if named else whole_title


def author_and_year(source: Source) -> str:
    """Return the first author and the year of a source, or its title where it names no author."""
    author = _INITIALS.sub("", _BETWEEN_AUTHORS.split(clean(source.authors), maxsplit=1)[0])
    words = clean(source.title).split()
    cut = " ".join(words[:_FEW_WORDS]).rstrip(" ,:;.") + (" …" if len(words) > _FEW_WORDS else "")
    return " ".join(filter(None, (author or cut, str(source.year or ""))))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def joined(reasons: Iterable[Reason], limit: int = 2) -> str:
    """Return the first reasons as one phrase without a full stop."""
    says = list(dict.fromkeys(clean(reason.says).rstrip(".") for reason in reasons))
    rest = len(says) - limit
    return "; ".join(says[:limit]) + (f"; {counted(rest, MORE_FINDINGS)}" if rest > 0 else "")


def joined_open(reasons: Iterable[Reason], limit: int = 2) -> str:
    """Return the first of what is not known as one phrase, each without saying so."""
    names = list(dict.fromkeys(open_name(clean(reason.says).rstrip(".")) for reason in reasons))
    rest = len(names) - limit
    return "; ".join(names[:limit]) + (f"; {MORE['names'].format(count=rest)}" if rest > 0 else "")


def cites_of(items: Iterable[Reason | Cited | Line]) -> tuple[str, ...]:
    """Return the sources of several lines, each once, in order."""
    return tuple(
        dict.fromkeys(source for item in items for source in (item.cites if isinstance(item, Line) else item.cite))
    )


def origin_words(origin: Origin) -> str:
    """Return where something was read: the id of a resource, or the line of a note."""
    if origin.kind == "model":
        return clean(READ_BY_MODEL.format(line=origin.name))
    return clean(origin.name if origin.kind == "resource" else f"{origin.kind} {origin.name}")


def reason_line(reason: Reason, brief: bool = True, against: bool = False) -> Line:
    """Return one line of a trace; where it speaks against a type, a true finding is not marked as false."""
    mark: Mark = "against" if against else _mark(reason.truth)
    return Line(
        says=whole(reason.says),
        mark=mark,
        word=AGAINST_WORD if against else TRUTH[reason.truth],
        cites=reason.cite,
        origins=tuple(dict.fromkeys(map(origin_words, reason.from_))),
        brief=brief,
    )


def cited_line(cited: Cited, label: str = "", mark: Mark = "", brief: bool = True) -> Line:
    """Return a sentence of the knowledge as a line."""
    return Line(says=clean(cited.says), plain=clean(cited.plain), cites=cited.cite, label=label, mark=mark, brief=brief)


def to_ask(kind: TypeResult) -> tuple[str, ...]:
    """Return the facts that are taken as absent for a type; the diagnosis of the type itself is no question."""
    return tuple(fact for fact in kind.assumes_absent if fact.replace("_", "-") != kind.id)


def open_reasons(kind: TypeResult) -> tuple[Reason, ...]:
    """Return what is not known of a type, apart from whether somebody has diagnosed it already."""
    found = tuple(reason for reason in merged(kind.because) if reason.truth == "unknown")
    return tuple(reason for reason in found if reason.fact.replace("_", "-") != kind.id) or found


def never_alone(line: Line) -> Line:
    """Return a line on a medicine that is taken; a patient who has no own words for it reads to ask, not to stop."""
    return line if line.plain else replace(line, plain=PATIENT_STOP)


def merged(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the reasons with those that say the same made one, true ones first and open ones last."""
    found: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        key = (reason.says, reason.truth)
        old = found.get(key)
        found[key] = reason if old is None else _both(old, reason)
    return tuple(sorted(found.values(), key=lambda reason: _ORDER.get(reason.truth, 3)))


def trace(reasons: Iterable[Reason], brief: int = 6) -> tuple[Line, ...]:
    """Return the lines of a trace; many findings that the record does not mention stand together in one."""
    found = merged(reasons)
    silent = [reason for reason in found if reason.truth != "unknown" and not reason.from_]
    if len(silent) <= MANY:
        silent = []
    lines = [reason_line(reason) for reason in found if reason not in silent]
    if silent:
        lines.append(assumed_line(silent))
    settled = [line for line in lines if line.mark != "unknown"]
    open_ones = [line for line in lines if line.mark == "unknown"]
    kept = min(OPEN_IN_BRIEF, len(open_ones), brief)
    return (*_shortened(settled, brief - kept), *_shortened(open_ones, max(kept, brief - len(settled))))


def _shortened(lines: Sequence[Line], brief: int) -> tuple[Line, ...]:
    return tuple(line if place < brief else replace(line, brief=False) for place, line in enumerate(lines))


def assumed_line(silent: Sequence[Reason]) -> Line:
    """Return the one line for many findings that are taken as absent."""
    return Line(
        says=ASSUMED_LINE.format(count=counted(len(silent), "finding")),
        mark="assumed",
        word=ASSUMED_WORD,
        cites=cites_of(silent)[:2],
        names=tuple(whole(reason.says).rstrip(".") for reason in silent),
        parts=tuple(reason_line(reason) for reason in silent),
    )


def _mark(truth: str) -> Mark:
    return "true" if truth == "true" else ("false" if truth == "false" else "unknown")


def _both(first: Reason, second: Reason) -> Reason:
    origins = tuple(dict.fromkeys((*first.from_, *second.from_)))
    return Reason(first.says, first.truth, origins, cites_of((first, second)), first.fact)
