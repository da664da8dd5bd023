"""Whether the facts, words and units of a rule fit together; a rule that does comes back ready to evaluate."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.quantities.units import UnitError, factor
from calcinosis.rules.syntax import Amount, Compare, Criterion, Is, Rule, Test
from calcinosis.rules.vocabulary import Fact
from calcinosis.words.en import knowledge as words
from calcinosis.words.en.inputs import did_you_mean

Report = Callable[[int, str, str, str], None]
"""Takes the line of the criterion, what was found, what was expected, and a remedy."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a question that names the most similar known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return did_you_mean(close[0]) if close else ""


class RuleChecker(Struct):
    """Checks rules against the facts; amounts are turned into the unit of their fact."""

    facts: Mapping[str, Fact]
    tell: Report
    line: int = 0

    def rule(self, rule: Rule) -> Rule:
        """Return the rule with its amounts in fact units; problems are reported."""
        if isinstance(rule, Criterion):
            self.line = rule.line
            return replace(rule, test=self.test(rule.test))
        return replace(rule, parts=tuple(self.rule(part) for part in rule.parts))

    def test(self, test: Test) -> Test:
        """Return the test with its amount in the unit of the fact; problems are reported."""
        fact = self.facts.get(test.fact)
        if fact is None:
            self.report(words.FACT.format(fact=test.fact), words.LISTED_FACT, nearest(test.fact, self.facts))
            return test
        if isinstance(test, Compare):
            return self._compare(test, fact)
        if isinstance(test, Is):
            return self._is(test, fact)
        if fact.kind == "quantity":
            self.report(
                words.AS_PRESENCE.format(fact=test.fact),
                words.A_COMPARISON.format(fact=fact.id, unit=fact.unit),
                words.WRITE_COMPARISON.format(fact=fact.id, unit=fact.unit),
            )
        if fact.kind == "choice":
            self.report(
                words.AS_PRESENCE.format(fact=test.fact),
                words.A_WORD.format(fact=fact.id, words=", ".join(fact.words)),
                words.WRITE_WORD.format(fact=fact.id, word=next(iter(fact.words), "word")),
            )
        return test

    def report(self, found: str, expected: str, remedy: str) -> None:
        """Report a problem of the criterion that is being checked."""
        self.tell(self.line, found, expected, remedy)

    def _compare(self, test: Compare, fact: Fact) -> Test:
        if fact.kind != "quantity":
            self.report(words.COMPARED.format(fact=fact.id, kind=fact.kind), words.ONLY_QUANTITIES, "")
            return test
        if not isinstance(test.limit, Amount):
            return test
        try:
            scale = factor(test.limit.unit, fact.unit, fact.molar_mass, fact.valence)
        except UnitError as error:
            self.report(str(error), words.UNIT_OF.format(fact=fact.id, unit=fact.unit), "")
            return test
        return replace(test, limit=replace(test.limit, in_fact_unit=test.limit.number * scale))

    def _is(self, test: Is, fact: Fact) -> Test:
        if fact.kind != "choice":
            self.report(words.IS_OF_KIND.format(fact=fact.id, kind=fact.kind), words.ONLY_CHOICES, "")
            return test
        for word in test.words:
            if word not in fact.words:
                remedy = nearest(word, fact.words)
                self.report(words.WORD.format(word=word), words.ONE_OF.format(words=", ".join(fact.words)), remedy)
        return test
