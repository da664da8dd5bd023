"""The matcher: texts to mentions of facts, remembered; and whether a name is all that a text says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from calcinosis.terminology.definitions import Definitions
from calcinosis.terminology.language import Languages
from calcinosis.terminology.names import CARED_FOR, Mention, Phrases, context_words
from calcinosis.terminology.statements import ClauseReader, TextReading
from calcinosis.terminology.tokens import tokens_of, without_brackets

_SPECIMEN = re.compile(
    r"\b(?:(?:in|of) (?:(?:venous|arterial|whole) )?(?:serum|plasma|blood)|using|predicted by)\b", re.IGNORECASE
)
"""What ends the name of a measurement: the specimen, or the formula by which it was worked out."""
_MEASURE = frozenset({"level", "concentration", "value", "measurement", "lvl", "poc"})
_REMEMBERED = 2000
"""Letters up to which a text is remembered."""


class Matcher(Struct, frozen=True):
    """Finds the names of facts in texts and reads their context; the history of what is ``lasting`` is its presence."""

    names: Phrases
    reader: ClauseReader
    _cache: dict[tuple[str, str], tuple[Mention, ...]] = field(default_factory=dict)

    @staticmethod
    def of(
        names: Iterable[tuple[str, str]],
        context: Mapping[str, object],
        lasting: frozenset[str] = frozenset(),
        definitions: Definitions | None = None,
        seen: frozenset[str] = frozenset(),
        languages: Languages | None = None,
        taken: frozenset[str] = frozenset(),
        planned: frozenset[str] = frozenset(),
    ) -> Matcher:
        """Build from pairs of a name and ``fact`` or ``fact=word``, the context words, and the definitions of facts.

        ``seen`` are facts that are seen or shown, which "the" in a question presupposes, ``taken`` those that are taken
        or done, which a question whether to stop or to change them presupposes, ``planned`` those of which a rule asks
        whether they are planned.
        """
        phrases = Phrases.of(names)
        marks, beside = context_words(context)
        words = [
            word
            for people in (context.get("family"), context.get("other_person"))
            if isinstance(people, Mapping)
            for word in people.get("before", ())
        ]
        relatives = frozenset(tokens[0] for word in words if len(tokens := tokens_of(str(word))) == 1)
        shared = frozenset(token for word in _listed(context.get("shared_noun")) for token in tokens_of(word))
        plurals = frozenset(token for word in _listed(context.get("plural_not_a_name")) for token in tokens_of(word))
        cared = context.get(CARED_FOR)
        persons = {word: str(one) for one, some in cared.items() for word in some} if isinstance(cared, Mapping) else {}
        reader = ClauseReader(
            phrases,
            marks,
            lasting,
            definitions,
            seen,
            languages,
            relatives,
            shared,
            beside,
            plurals,
            taken,
            persons,
            planned,
        )
        return Matcher(phrases, reader)

    def forget(self) -> None:
        """Forget the texts that were read."""
        self._cache.clear()
        self.reader.forget()

    def mentions(self, text: str, title: str = "") -> tuple[Mention, ...]:
        """Return the mentions in a text, in the order in which they stand; a title says how and where it was found."""
        found = self._cache.get((text, title))
        if found is None:
            found = self.read(text, title).mentions
            if len(self._cache) > 20000:
                self._cache.clear()
            if len(text) <= _REMEMBERED:
                self._cache[text, title] = found
        return found

    def read(self, text: str, title: str = "") -> TextReading:
        """Return all that is read from a text; what it leaves open, its title says."""
        return self.reader.read(text, title)

    def is_elsewhere(self, fact: str, sites: str) -> bool:
        """Whether sites, in words, are places of which the definitions of a fact do not speak, as organs."""
        return self.reader.is_elsewhere(fact, sites)

    def not_asked(self, question: str) -> frozenset[str]:
        """Return what a question takes for granted, and does not deny with its answer: "are the lumps painful?"."""
        tokens, found = tokens_of(question), self.mentions(question)
        return frozenset(
            one.fact
            for one in found
            if one.start > 0
            and tokens[one.start - 1] in _GRANTED
            and any(other.start < one.start or other.end > one.end for other in found)
        )

    def covers(self, text: str) -> Mention | None:
        """Return the mention that is the whole text, apart from words in brackets; None if there is more."""
        shorter = _without_specimen(without_brackets(text))
        for said in (text, shorter):
            for tokens in (tokens_of(said), tuple(token for token in tokens_of(said) if token not in _MEASURE)):
                match = self.names.at(tokens, 0) if tokens else None
                if match is not None and match[0] == len(tokens):
                    fact, _, word = match[1].partition("=")
                    return Mention(fact, word, 0, len(tokens), "present")
        return None


_GRANTED = frozenset({"the", "your", "this", "these", "those", "his", "her"})
"""Words before what is spoken of as known."""


def _listed(words: object) -> list[str]:
    return [str(word) for word in words] if isinstance(words, list | tuple) else []


def _without_specimen(text: str) -> str:
    """Return a text without "in serum" and what follows it on the last line."""
    before, line, last = text.rpartition("\n")
    found = _SPECIMEN.search(last)
    return text if found is None else f"{before}{line}{last[: found.start()]} "
