"""Text to nodes: the two shapes of a rule and the sentence grammar of a criterion."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from calcinosis.quantities.parse import AmountError, readings
from calcinosis.rules.relations import SENTENCE, relation_name
from calcinosis.rules.syntax import (
    Absent,
    All,
    Amount,
    AnyOf,
    AtLeast,
    Citation,
    Compare,
    Comparison,
    Criterion,
    Is,
    Limit,
    Present,
    Rule,
    Test,
)
from calcinosis.words.en import knowledge as words

_COMPARE = re.compile(r"^(\w++)\s*+(>=|<=|>|<)\s*+(.+)$")
_IS = re.compile(r"^(\w++)\s++is\s++(one\s++of\s++)?(.+)$")
_NOT = re.compile(r"not\s++(\w++)")
_WORD = re.compile(r"\w++")
_CITE = re.compile(r"^([a-z0-9][a-z0-9-]*+)\s*+(?:,\s*+(.+))?$", re.DOTALL)

Path = tuple[str | int, ...]
"""Where a value stands within its file: keys and indexes from the top."""

Report = Callable[[Path, str, str, str], None]
"""Takes the path of a value, what was found, what was expected, and a remedy."""


class RuleParser(Struct):
    """Turns the plain data of a YAML file into rules and citations, and reports every problem with its place."""

    report: Report
    line: Callable[[Path], int] = lambda path: 0

    def rule(self, data: Any, path: Path, cited: bool = True) -> Rule | None:
        """Return the rule that the data describes; None where a problem was reported."""
        if not isinstance(data, dict):
            self._wrong(path, data, words.GROUP_OR_CRITERION)
            return None
        keys = set(data)
        if keys == {"all"} or keys == {"any"}:
            key = "all" if "all" in keys else "any"
            parts = self._parts(data[key], (*path, key), cited)
            return None if parts is None else (All(parts) if key == "all" else AnyOf(parts))
        if keys == {"at_least"}:
            return self._at_least(data["at_least"], (*path, "at_least"), cited)
        if "when" in keys and keys <= {"when", "cite"}:
            return self._criterion(data, path, cited)
        self._wrong(path, ", ".join(map(str, data)), words.KNOWN_GROUPS)
        return None

    def citations(self, data: Any, path: Path) -> tuple[Citation, ...]:
        """Return the citations that a `cite` value names."""
        listed = data if isinstance(data, list) else [data]
        found = []
        for item in listed:
            match = _CITE.match(item.strip()) if isinstance(item, str) else None
            if match is None:
                self._wrong(path, item, words.A_CITATION)
            else:
                found.append(Citation(match[1], (match[2] or "").strip()))
        return tuple(found)

    def test(self, text: str, path: Path) -> Test | None:
        """Return the test that a criterion's sentence describes."""
        text = text.strip()
        if match := _COMPARE.match(text):
            return self._compare(match[1], Comparison(match[2]), match[3].strip(), path)
        if match := _IS.match(text):
            names = tuple(word.strip() for word in match[3].split(",")) if match[2] else (match[3].strip(),)
            if all(_WORD.fullmatch(word) for word in names):
                return Is(match[1], names)
        elif match := SENTENCE.fullmatch(text):
            return Present(relation_name(match[1], bool(match[2]), match[3], match[4]))
        elif match := _NOT.fullmatch(text):
            return Absent(match[1])
        elif _WORD.fullmatch(text):
            return Present(text)
        self._wrong(path, text, words.GRAMMAR)
        return None

    def _parts(self, data: Any, path: Path, cited: bool) -> tuple[Rule, ...] | None:
        if not isinstance(data, list) or not data:
            self._wrong(path, data, words.RULES)
            return None
        parts = [self.rule(item, (*path, index), cited) for index, item in enumerate(data)]
        return tuple(part for part in parts if part is not None)

    def _at_least(self, data: Any, path: Path, cited: bool) -> Rule | None:
        if not isinstance(data, dict) or set(data) != {"count", "of"} or type(data["count"]) is not int:
            self._wrong(path, data, words.COUNT_OF_RULES)
            return None
        parts = self._parts(data["of"], (*path, "of"), cited)
        if parts is None:
            return None
        if not 1 <= data["count"] <= len(parts):
            self._wrong(path, data["count"], words.COUNT_IN_RANGE.format(count=len(parts)))
            return None
        return AtLeast(parts, count=data["count"])

    def _criterion(self, data: dict[str, Any], path: Path, cited: bool) -> Rule | None:
        if not isinstance(data["when"], str):
            self._wrong((*path, "when"), data["when"], words.GRAMMAR)
            return None
        cite = self.citations(data["cite"], (*path, "cite")) if "cite" in data else ()
        if cited and "cite" not in data:
            self._wrong(path, words.UNCITED.format(when=data["when"]), words.CITATION_MISSING)
        test = self.test(data["when"], (*path, "when"))
        return None if test is None else Criterion(test, cite, data["when"].strip(), self.line((*path, "when")))

    def _compare(self, fact: str, comparison: Comparison, limit: str, path: Path) -> Test | None:
        if limit in {"upper_limit", "lower_limit"}:
            return Compare(fact, comparison, Limit(limit))
        try:
            found = readings(limit)
        except AmountError:
            found = ()
        if len(found) == 1 and found[0].is_exact and found[0].low is not None:
            return Compare(fact, comparison, Amount(found[0].low, found[0].unit, found[0].low))
        self._wrong(path, limit, words.A_LIMIT)
        return None

    def _wrong(self, path: Path, found: Any, expected: str) -> None:
        self.report(path, str(found)[:120], expected, "")
