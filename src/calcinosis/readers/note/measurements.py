"""The results, tests and sizes of a note: read part by part, told at the end, when it is known which is of now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.person.dates import Day
from calcinosis.person.sayings import Remark, Said
from calcinosis.readers.note.dates import Dates
from calcinosis.readers.note.results import ResultReader
from calcinosis.readers.note.sections import Part
from calcinosis.readers.note.sizes import last_thing, length_words, sizes
from calcinosis.readers.note.time_order import ResultRead, in_time
from calcinosis.rules.vocabulary import Origin
from calcinosis.terminology.language import ENGLISH
from calcinosis.terminology.statements import TextReading
from calcinosis.terminology.terms import Terms

Letters = tuple[int, int]
"""From one letter of the note to another."""


class Heard(Struct, frozen=True):
    """A part of a note as read: which words its results, doses and other medicines took, and what its tests showed."""

    part: Part
    reading: TextReading
    told: set[int]
    tests: dict[int, list[ResultRead]]
    """The tests that are called positive or negative, by the first word of their sentence."""
    levels: set[int]
    """Words of the name of a medicine that is a result here."""
    problems: list[Remark]


class Measurements(Struct):
    """What a note measures, with the letters where it stands."""

    terms: Terms
    results: list[tuple[ResultRead, Letters]] = field(default_factory=list)
    largest: dict[str, tuple[Said, Letters]] = field(default_factory=dict)
    """The largest size of each fact."""

    def read(
        self, part: Part, reading: TextReading, origins: dict[int, Origin], day: Day | None, is_told: bool
    ) -> Heard:
        """Read a part of a note of a day; where it is not told of the person, its dates alone are known words."""
        dates = Dates.of(part.text, self.terms.notes, day)
        results = ResultReader(reading, self.terms, dates)
        heard = Heard(part, reading, _words_of_dates(reading, dates), {}, results.levels, [])
        if not is_told:
            return heard
        starts = [sentence.start for sentence in reading.sentences]
        for result in results.results(origins):
            heard.told.update(range(result.start, result.end))
            if result.problem and result.origin is not None:
                heard.problems.append(Remark(result.origin, result.problem, result.ask))
            if result.value is None:
                continue
            if self.terms.facts[result.fact].kind == "quantity":
                place = _letters(part, reading, result.start, result.end)
                self.results.append((replace(result, day=result.day or part.day), place))
            else:
                heard.tests.setdefault(starts[bisect_right(starts, result.start) - 1], []).append(result)
        self._sizes(heard, origins, day)
        return heard

    def sayings(self, day: Day | None) -> Iterator[tuple[Said, Letters]]:
        """Yield what a note of a day says of quantities; of those that words tell to be earlier, that they are past."""
        named = {result.fact for result, _ in self.results}
        yield from (found for fact, found in self.largest.items() if fact not in named)
        in_order = in_time([result for result, _ in self.results])
        for (result, is_past), (_, place) in zip(in_order, self.results, strict=True):
            if result.value is not None:
                yield Said(result.fact, result.value, day=result.day or day, sense="past" if is_past else ""), place

    def _sizes(self, heard: Heard, origins: dict[int, Origin], day: Day | None) -> None:
        part, reading, before = heard.part, heard.reading, ""
        lengths = length_words(reading.words.tokens)
        if not lengths:
            return
        for number, sentence in enumerate(reading.sentences):
            if sentence.language != ENGLISH or number not in origins:
                continue
            thing, before = before, last_thing(sentence, reading, self.terms)
            if lengths.isdisjoint(reading.words.tokens[sentence.start : sentence.end]):
                continue
            for size in sizes(sentence, thing, reading, self.terms, origins[number]):
                heard.told.update(range(size.start, size.end))
                known = self.largest.get(size.fact)
                if known is None or (known[0].value.low or 0.0) < (size.value.low or 0.0):
                    place = _letters(part, reading, size.start, size.end)
                    words = reading.text[slice(*reading.words.span(sentence.start, sentence.end))]
                    site, method = self.terms.places.named_in(words), self.terms.courses.method_named(words)
                    self.largest[size.fact] = Said(size.fact, size.value, day=day, site=site, method=method), place


def _letters(part: Part, reading: TextReading, start: int, end: int) -> Letters:
    first, last = reading.words.span(start, end)
    return part.start + first, part.start + last


def _words_of_dates(reading: TextReading, dates: Dates) -> set[int]:
    words = reading.words
    return {
        place
        for one in (dates.found if words.starts else ())
        for place in range(words.at_letter(one.start), words.at_letter(one.end - 1) + 1)
    }
