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
    largest: dict[tuple[str, str, Day | None], tuple[Said, Letters]] = field(default_factory=dict)
    """The largest size of each fact at each place on each day."""

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
        sizes_told = [said for said, _ in self.largest.values()]
        for one, place in self.largest.values():
            if (one.site or one.fact not in named) and not _is_told_better(one, sizes_told):
                yield one, place
        in_order = in_time([result for result, _ in self.results])
        for (result, is_past), (_, place) in zip(in_order, self.results, strict=True):
            if result.value is None:
                continue
            told = Said(result.fact, result.value, day=result.day or day, sense="past" if is_past else "")
            if not _is_told_better(told, sizes_told):
                yield told, place

    def _sizes(self, heard: Heard, origins: dict[int, Origin], day: Day | None) -> None:
        part, reading, before = heard.part, heard.reading, ""
        lengths = length_words(reading.words.tokens)
        if not lengths:
            return
        for number, sentence in enumerate(reading.sentences):
            if sentence.language != ENGLISH or number not in origins:
                continue
            thing, before = before, last_thing(before, sentence, reading, self.terms)
            if lengths.isdisjoint(reading.words.tokens[sentence.start : sentence.end]):
                continue
            for size in sizes(sentence, thing, reading, self.terms, origins[number]):
                heard.told.update(range(size.start, size.end))
                known = self.largest.get((size.fact, size.site, day))
                if known is None or (known[0].value.low or 0.0) < (size.value.low or 0.0):
                    place = _letters(part, reading, size.start, size.end)
                    words = reading.text[slice(*reading.words.span(sentence.start, sentence.end))]
                    method = self.terms.courses.method_named(words)
                    told = Said(size.fact, size.value, day=day, site=size.site, method=method)
                    self.largest[size.fact, size.site, day] = told, place


def _is_told_better(size: Said, others: list[Said]) -> bool:
    """Whether a size tells nothing that another of the same day does not: with its place, or with the side of it."""
    mine = set(size.site.split())
    for one in others:
        if (one.fact, one.day) != (size.fact, size.day) or not mine < set(one.site.split()):
            continue
        if one.value.low == size.value.low or (not mine and (one.value.low or 0.0) > (size.value.low or 0.0)):
            return True
    return False


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
