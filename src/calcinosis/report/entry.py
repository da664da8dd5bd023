"""One entry of the knowledge as lines for a terminal: name, rules in words, statements, studies, sources."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from calcinosis.library.entries import Disagreement, Entry, Indication, Objection, Statement, StudyRow
from calcinosis.library.library import Library
from calcinosis.library.source import Source
from calcinosis.report.lines import clean
from calcinosis.rules.syntax import Citation, Criterion, Rule
from calcinosis.rules.vocabulary import Fact
from calcinosis.rules.words import asked, group_title
from calcinosis.words.en.report import FIELDS, counted

WIDTH, STEP = 100, 2
_HEADER = frozenset({"id", "name", "title", "checked"})
_SIDE = 46


def entry_lines(entry: Entry | Fact, library: Library) -> list[str]:
    """Return an entry, readable, with the sources that it cites."""
    name = getattr(entry, "name", "") or getattr(entry, "title", "") or entry.id
    lines = [clean(name), f"{type(entry).__name__} {entry.id}, checked {entry.checked}"]
    for name in entry.__struct_fields__:
        value = getattr(entry, name)
        if name not in _HEADER and value is not False and value not in (None, "", (), {}):
            lines += _field_lines(name, value, library)
    if isinstance(entry, Source):
        lines += ["", clean(entry.citation)]
    return [*lines, *_source_lines(entry, library)]


def rule_lines(rule: Rule, facts: Mapping[str, Fact], indent: int = 0, bullet: str = "") -> list[str]:
    """Return a rule in words, one criterion a line, groups indented."""
    if isinstance(rule, Criterion):
        return _wrapped(f"- {asked(rule.test, facts)}{_cites(rule.cite)}", indent)
    inner = [line for part in rule.parts for line in rule_lines(part, facts, indent + STEP, "- ")]
    return [f"{' ' * indent}{bullet}{group_title(rule)}:", *inner]


def _field_lines(name: str, value: Any, library: Library) -> Iterator[str]:
    title = FIELDS.get(name, name.replace("_", " ").strip().capitalize())
    if isinstance(value, str | int | float) or (isinstance(value, tuple) and all(_is_plain(item) for item in value)):
        yield from _wrapped(f"{title}: {_plain(value)}", 0)
        return
    yield ""
    yield f"{title}:"
    for item in value if isinstance(value, tuple) else (value,):
        yield from _value_lines(item, library)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float | Citation)


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(clean(str(item)) for item in value)
    return clean(str(value))


def _value_lines(value: Any, library: Library) -> Iterator[str]:
    """Yield the lines of one value, by what it is."""
    if isinstance(value, Rule):
        yield from rule_lines(value, library.facts, STEP)
    elif isinstance(value, Statement):
        yield from _statement_lines(value, STEP)
    elif isinstance(value, Indication | Objection):
        yield from _indication_lines(value, library)
    elif isinstance(value, Disagreement):
        yield from _disagreement_lines(value)
    elif isinstance(value, StudyRow):
        yield from _wrapped(f"- {_study_words(value)}{_cites(value.cite)}", STEP)
    elif isinstance(value, Mapping):
        yield from _mapping_lines(value)
    else:
        yield from _wrapped(f"- {_object_words(value)}", STEP)


def _statement_lines(statement: Statement, indent: int) -> Iterator[str]:
    yield from _wrapped(f"- {clean(statement.says)}{_cites(statement.cite)}", indent)
    if statement.plain:
        yield from _wrapped(f"{FIELDS['plain']}: {clean(statement.plain)}", indent + STEP)


def _indication_lines(value: Indication | Objection, library: Library) -> Iterator[str]:
    if isinstance(value, Indication):
        title = FIELDS["for_entry"].format(type=value.type, directness=value.directness, level=value.level)
        rule = value.consider_when
    else:
        title, rule = FIELDS["against_entry"].format(type=value.type), value.when
    yield f"{' ' * STEP}{title}:"
    yield from _statement_lines(Statement(says=value.says, plain=value.plain, cite=value.cite), 2 * STEP)
    if rule is not None:
        yield from rule_lines(rule, library.facts, 2 * STEP)


def _disagreement_lines(value: Disagreement) -> Iterator[str]:
    """Yield what sources say differently: two positions side by side, more of them one after the other."""
    yield from _wrapped(f"{clean(value.about)}:", STEP)
    if len(value.positions) == 2:
        yield from _side_by_side(*(f"{clean(one.says)}{_cites(one.cite)}" for one in value.positions))
    else:
        for one in value.positions:
            yield from _statement_lines(one, 2 * STEP)
    if value.verdict is not None:
        yield from _wrapped(f"{FIELDS['verdict']}: {clean(value.verdict.says)}{_cites(value.verdict.cite)}", 2 * STEP)


def _side_by_side(left: str, right: str) -> Iterator[str]:
    lefts, rights = textwrap.wrap(left, _SIDE), textwrap.wrap(right, _SIDE)
    for place in range(max(len(lefts), len(rights))):
        one = lefts[place] if place < len(lefts) else ""
        other = rights[place] if place < len(rights) else ""
        yield f"{' ' * 2 * STEP}{one:<{_SIDE}} | {other}".rstrip()


def _study_words(row: StudyRow) -> str:
    numbers = [counted(row.patients, "patient")] if row.patients is not None else []
    counts = ("improved", "complete", "partial", "none", "worse")
    numbers += [f"{getattr(row, name)} {name}" for name in counts if getattr(row, name) is not None]
    told = [row.design, row.disease, ", ".join(numbers), row.duration, row.says, row.harms, row.note]
    return "; ".join(clean(part).rstrip(".") for part in told if part) + "."


def _mapping_lines(value: Mapping[str, Any]) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, Mapping):
            words = "; ".join(f"{code} {clean(str(says))}" for code, says in item.items())
        else:
            words = _object_words(item)
        yield from _wrapped(f"- {clean(str(key)).replace('_', ' ')}: {words}", STEP)


def _object_words(value: Any) -> str:
    """Return the fields of a small object that hold something."""
    if not isinstance(value, Struct):
        return clean(str(value))
    told = []
    for name in value.__struct_fields__:
        item = getattr(value, name)
        if item not in (None, "", (), {}) and not name.endswith("_value"):
            told.append(f"{name.replace('_', ' ')} {_plain(item)}")
    return "; ".join(told)


def _cites(cites: Iterable[Citation]) -> str:
    listed = "; ".join(map(str, cites))
    return f" [{listed}]" if listed else ""


def _wrapped(text: str, indent: int) -> list[str]:
    hang = indent + (STEP if text.startswith("- ") else 0)
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
        break_long_words=False,
    ) or [""]


def _source_lines(entry: Entry | Fact, library: Library) -> Iterator[str]:
    cited = dict.fromkeys(citation.source for citation in _citations(entry))
    found = [library.sources[name] for name in cited if name in library.sources]
    if found:
        yield ""
        yield f"{FIELDS['sources']}:"
    for source in found:
        mark = "" if source.supports else f" ({FIELDS['not_supporting']})"
        yield from _wrapped(f"- {source.id}{mark}: {clean(source.citation)} {source.link}".rstrip(), STEP)


def _citations(value: Any) -> Iterator[Citation]:
    """Yield every citation in an entry, wherever it stands."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _citations(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _citations(getattr(value, name))
