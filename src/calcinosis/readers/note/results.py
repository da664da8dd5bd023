"""Results in prose and in tables: a name with its numbers, or a list of names with one flag."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from calcinosis.quantities.parse import Amount
from calcinosis.readers.note.births import birth_results, with_weight_at_birth
from calcinosis.readers.note.dates import Dates
from calcinosis.readers.note.flags import FlagReader, flag_meant, truth_meant
from calcinosis.readers.note.gaps import gap_ahead
from calcinosis.readers.note.numbers import NumberReader
from calcinosis.readers.note.result_names import ResultName, result_names
from calcinosis.readers.note.result_patterns import OF_A_WHOLE, PAIR
from calcinosis.readers.note.time_order import ResultRead
from calcinosis.readers.note.unit_system import UnitSystem
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.terminology.amounts import is_possible
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE

_USE_BEFORE = 3
_TELL_A_WHOLE = frozenset({"/", "out"})
"""What stands between a score and its whole: "8/10", "8 out of 10"."""
_OF_A_LIST = frozenset({",", "and", "/", "the", "serum", "plasma"})


class ResultReader(Struct):
    """Reads the results of one text; ``levels`` are the words of a medicine's name that turn out to be a result."""

    reading: TextReading
    terms: Terms
    dates: Dates
    levels: set[int] = field(default_factory=set)
    system: UnitSystem = field(default_factory=UnitSystem)

    def results(self, origin_of: dict[int, Origin]) -> Iterator[ResultRead]:
        """Yield the results of the text, sentence by sentence; ``origin_of`` gives the place of each sentence."""
        for number, sentence in enumerate(self.reading.sentences):
            if sentence.language == "en":
                yield from self._of_sentence(sentence, origin_of[number])

    def _of_sentence(self, sentence: SentenceRead, origin: Origin) -> Iterator[ResultRead]:
        taken: set[int] = set()
        for pair in self._pairs(sentence, origin):
            taken.update(range(pair.start, pair.end))
            yield pair
        for score in self._scores(sentence, origin):
            taken.update(range(score.start, score.end))
            yield score
        births = {one.fact: one for one in birth_results(sentence, self.reading, self.terms, origin)}
        for one in births.values():
            taken.update(range(one.start, one.end))
            yield one
        names = with_weight_at_birth(
            result_names(sentence, self.reading, self.terms), sentence, self.reading, self.terms
        )
        names = [name for name in names if name.start not in taken and name.fact not in births]
        numbers = NumberReader(self.reading, self.terms, self.dates, self.system)
        waiting: list[ResultName] = []
        is_row = len({name.fact for name in names if self.terms.facts[name.fact].kind == "quantity"}) > 1
        for place, name in enumerate(names):
            following = names[place + 1].start if place + 1 < len(names) else sentence.end
            before = self._list_before(name, waiting)
            found = numbers.numbers(name, following, origin, before, is_listed=len(names) > 1, is_row=is_row)
            if len(found) > 1:
                told = {one.start for one in found}
                waiting = [one for one in waiting if one.start not in told]
            if name.is_medicine and any(one.value is None for one in found):
                found = []  # a dose: "vitamin D 1000 units"
            if not found:
                waiting.append(name)
            for one in found:
                taken.update(range(one.start, one.end))
                yield one
            if found and name.is_medicine:
                self.levels.update(range(name.start, name.end))
        yield from self._called(sentence, names, waiting, frozenset(taken), origin)

    def _list_before(self, name: ResultName, waiting: list[ResultName]) -> list[ResultName]:
        """Return the quantities without a number that stand right before a name in one list."""
        tokens, found, start = self.reading.words.tokens, list[ResultName](), name.start
        for one in reversed(waiting):
            between = tokens[one.end : start]
            if not between or not _OF_A_LIST.issuperset(between) or self.terms.facts[one.fact].kind != "quantity":
                break
            found.insert(0, one)
            start = one.start
        return found

    def _called(
        self,
        sentence: SentenceRead,
        names: list[ResultName],
        waiting: list[ResultName],
        taken: frozenset[int],
        origin: Origin,
    ) -> Iterator[ResultRead]:
        """Yield the results that a word calls high, low, normal, positive or negative."""
        tokens = self.reading.words.tokens
        called = dict(FlagReader(tokens, sentence, self.terms, taken).called(waiting)) if waiting else {}
        for name in waiting:
            found = called.get(name)
            if name.is_medicine and (found is not None or self._is_level(name, names, sentence)):
                self.levels.update(range(name.start, name.end))
            if found is None:
                yield from self._denied(name, origin)
                continue
            said = self.reading.text[slice(*self.reading.words.span(found.start, found.end))]
            if self.terms.facts[name.fact].kind == "quantity":
                value = Value(truth=TRUE, flag=flag_meant(found.word), said=said, origins=(origin,))
            else:
                value = Value(truth=truth_meant(found.word), origins=(origin,))
            yield ResultRead(name.fact, name.start, name.end, value)

    def _denied(self, name: ResultName, origin: Origin) -> Iterator[ResultRead]:
        """Yield the condition that is denied where a flag stands before a denied name: "no high calcium"."""
        start = name.start - 1
        flag = self.terms.notes.flags.at(self.reading.words.tokens, start) if name.is_denied and start >= 0 else None
        condition = self.terms.notes.conditions.get((name.fact, flag[1])) if flag is not None else None
        if condition is not None:
            yield ResultRead(condition, start, name.end, Value(truth=FALSE, origins=(origin,)))

    def _is_level(self, name: ResultName, names: list[ResultName], sentence: SentenceRead) -> bool:
        """Whether the name of a medicine stands for its level: "vitamin D metabolites", or in a list of results."""
        tokens = self.reading.words.tokens
        if name.end < sentence.end and tokens[name.end] in self.terms.notes.levels:
            return True
        others = [one for one in names if not one.is_medicine]
        before = tokens[max(sentence.start, name.start - _USE_BEFORE) : name.start]
        if not others or self.terms.uses.tells_use(before, tokens[name.end : min(name.end + 2, sentence.end)]):
            return False
        return not (name.end < sentence.end and tokens[name.end][0].isdigit())

    def _scores(self, sentence: SentenceRead, origin: Origin) -> Iterator[ResultRead]:
        """Yield the scores that are told as a number of the whole: "pain 8/10", "pain was 8 out of 10"."""
        words = self.reading.words
        if _TELL_A_WHOLE.isdisjoint(words.tokens[sentence.start : sentence.end]):
            return
        unsaid = {place for span in sentence.unsaid for place in range(*span)}
        for place, end, meant in self.terms.notes.scores.places(words.tokens, sentence.start, sentence.end):
            fact, _, whole = meant.partition("/")
            if place in unsaid or fact not in self.terms.facts:
                continue
            gap = gap_ahead(self.reading, self.terms, self.dates, end, words.ends[end - 1], sentence.end)
            found = OF_A_WHOLE.match(self.reading.text, gap.place) if gap is not None else None
            if found is not None and found["whole"] == whole and float(found["number"]) <= float(whole):
                number = float(found["number"])
                value = Value(truth=TRUE, low=number, high=number, said=found[0], origins=(origin,))
                yield ResultRead(fact, place, words.at_letter(found.end() - 1) + 1, value)

    def _pairs(self, sentence: SentenceRead, origin: Origin) -> Iterator[ResultRead]:
        """Yield the two numbers that stand behind one name: "BP 160/95"."""
        tokens, words = self.reading.words.tokens, self.reading.words
        unsaid = {place for span in sentence.unsaid for place in range(*span)}
        for place, end, at in self.terms.notes.pairs.places(tokens, sentence.start, sentence.end):
            if place in unsaid:
                continue
            gap = gap_ahead(self.reading, self.terms, self.dates, end, words.ends[end - 1], sentence.end)
            pair = PAIR.match(self.reading.text, gap.place) if gap is not None else None
            if pair is not None and int(pair["upper"]) > int(pair["lower"]):
                last = words.at_letter(pair.end() - 1) + 1
                for fact, number in zip(self.terms.notes.pair_facts[int(at)], pair.groups()[:2], strict=True):
                    if is_possible(Amount(float(number), float(number)), self.terms.facts[fact]):
                        value = Value(
                            truth=TRUE, low=float(number), high=float(number), said=pair[0], origins=(origin,)
                        )
                        yield ResultRead(fact, place, last, value)
