"""Results in prose and in tables: a name with its number, unit, limits and flag, or a list of names with one flag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calcinosis.quantities.parse import Amount, AmountError, number_at
from calcinosis.quantities.units import UnitError
from calcinosis.readers.note.result_patterns import (
    BEFORE_NUMBER,
    COUNT_PER,
    LIMITS,
    LIMITS_END,
    NEXT_NUMBER,
    NOW,
    PER,
    THOUSANDS,
    UNIT,
    ResultName,
)
from calcinosis.rules.vocabulary import Fact, Flag, Origin, Value
from calcinosis.terminology.amounts import NoUnitError, is_possible, reading_of
from calcinosis.terminology.context import SAYS_NOTHING
from calcinosis.terminology.statements import SentenceRead, TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE
from calcinosis.words.en import remarks

_FLAG_WITHIN = 4
_WORDS_BETWEEN = 14


@dataclass(frozen=True, slots=True)
class ResultRead:
    """A result that a note tells: the fact, its value, and the words from where to where; or why it was not used."""

    fact: str
    start: int
    end: int
    value: Value | None = None
    problem: str = ""


@dataclass(slots=True)
class ResultReader:
    """Reads the results of one text."""

    reading: TextReading
    terms: Terms

    def results(self, origin_of: dict[int, Origin]) -> Iterator[ResultRead]:
        """Yield the results of the text, sentence by sentence; ``origin_of`` gives the place of each sentence."""
        for number, sentence in enumerate(self.reading.sentences):
            if sentence.language == "en":
                yield from self._of_sentence(sentence, origin_of[number])

    def _of_sentence(self, sentence: SentenceRead, origin: Origin) -> Iterator[ResultRead]:
        names = self._names(sentence)
        if not names:
            return
        taken: set[int] = set()
        waiting: list[ResultName] = []
        for place, name in enumerate(names):
            following = names[place + 1].start if place + 1 < len(names) else sentence.end
            found = self._number(name, following, origin, is_listed=len(names) > 1)
            if found is None:
                waiting.append(name)
            else:
                taken.update(range(name.start, found.end))
                yield found
        yield from self._flagged(sentence, waiting, taken, origin)

    def _names(self, sentence: SentenceRead) -> list[ResultName]:
        """Return the names of quantities in a sentence, and the short ones that only results have."""
        facts, tokens = self.terms.facts, self.reading.words.tokens
        nothing = {
            place
            for one in sentence.mentions
            for place in range(one.start, one.end)
            if facts[one.fact].kind != "quantity" or one.sense in SAYS_NOTHING
        } | {place for span in sentence.unsaid for place in range(*span)}
        found = {
            one.start: ResultName(one.fact, one.start, one.end, is_denied=one.sense == "absent")
            for one in sentence.mentions
            if facts[one.fact].kind == "quantity"
            and facts[one.fact].learned_by != "demographics"
            and one.sense not in SAYS_NOTHING
        }
        place = sentence.start
        while place < sentence.end:
            match = self.terms.notes.results.at(tokens, place)
            if match is not None and place not in nothing:
                known = found.get(place)
                if known is None or known.end < place + match[0]:
                    for inner in range(place, place + match[0]):
                        found.pop(inner, None)
                    denied = known is not None and known.is_denied
                    found[place] = ResultName(match[1], place, place + match[0], True, denied)
                    place += match[0]
                    continue
            place += 1
        return sorted(found.values(), key=lambda name: name.start)

    def _number(self, name: ResultName, following: int, origin: Origin, is_listed: bool) -> ResultRead | None:
        """Return the number that stands behind a name, with its unit, limits and flag."""
        text, words, fact = self.reading.text, self.reading.words, self.terms.facts[name.fact]
        if fact.kind != "quantity":
            return None
        gap = BEFORE_NUMBER.match(text, words.ends[name.end - 1])
        start = gap.end() if gap else words.ends[name.end - 1]
        last = words.starts[following] if following < len(words.starts) else len(text)
        try:
            found = number_at(text, start)
        except AmountError:
            return None
        if found is None or found.end > last or start - words.ends[name.end - 1] > 60:
            return None
        end, unit = self._unit(fact, found.end)
        written = text[start : found.end]
        if (today := self._of_today(fact, found.end, last)) is not None:
            start, stop = today
            written = text[start:stop]
            end, own = self._unit(fact, stop)
            unit = own or unit
        is_letter = name.is_short and len(words.tokens[name.start]) < 2
        if is_letter and not unit and not is_listed and fact.unit != "1":
            return None
        try:
            amount = self._amount(written, unit, fact)
        except NoUnitError:
            return ResultRead(
                name.fact, name.start, words.at_letter(end - 1) + 1, None, f"{fact.name}: {remarks.NO_UNIT}"
            )
        except (AmountError, UnitError) as error:
            return ResultRead(name.fact, name.start, words.at_letter(end - 1) + 1, None, f"{fact.name}: {error}")
        scaled = amount.times(self.terms.scale(fact, amount.unit)) if amount.unit else amount
        lower, upper, end = self._limits(fact, end, amount.unit)
        flag = self._flag_after(words.at_letter(end - 1) + 1, following)
        value = Value(
            truth=TRUE,
            low=scaled.low,
            high=scaled.high,
            open_low=scaled.open_low,
            open_high=scaled.open_high,
            lower_limit=lower,
            upper_limit=upper,
            flag=flag if lower is None and upper is None else "",
            said=text[start:end].strip(" ,;")[:60],
            origins=(origin,),
        )
        return ResultRead(name.fact, name.start, words.at_letter(end - 1) + 1, value)

    def _of_today(self, fact: Fact, place: int, last: int) -> tuple[int, int] | None:
        """Return where a later number stands that is said to be the one of now: "9.3 on 1 March, 14.6 today"."""
        text = self.reading.text
        for opened in NEXT_NUMBER.finditer(text, place, last):
            try:
                found = number_at(text, opened.end())
            except AmountError:
                continue
            if found is not None and NOW.match(text, self._unit(fact, found.end)[0]):
                return opened.end(), found.end
        return None

    def _amount(self, written: str, unit: str, fact: Fact) -> Amount:
        if THOUSANDS.fullmatch(written):
            written = written.replace(",", "")
        if unit or fact.unit in {"1", "{INR}"}:
            return reading_of(written, fact, self.terms, unit or fact.unit)
        usual = [fact.unit, *(("mmol/L",) if fact.molar_mass and fact.unit.endswith("/dL") else ())]
        found = []
        for one in usual:
            try:
                amount = reading_of(written, fact, self.terms, one)
            except (AmountError, UnitError):
                continue
            if is_possible(amount.times(self.terms.scale(fact, amount.unit)), fact):
                found.append(amount)
        if len(found) != 1:
            raise NoUnitError(remarks.NO_UNIT)
        return found[0]

    def _unit(self, fact: Fact, place: int) -> tuple[int, str]:
        """Return where the unit behind a number ends, and the unit; empty where none follows."""
        text = self.reading.text
        count = COUNT_PER.match(text, place)
        if count is not None and self._measures(fact, "/uL"):
            return count.end(), "/uL"  # a cubic millimetre is a microlitre
        match = UNIT.match(text, place)
        if match is None:
            return place, ""
        unit = match["unit"].rstrip(".:")
        below = PER.match(text, match.end())
        for written, end in (
            (f"{unit}/{below['below']}" if below else "", below.end() if below else 0),
            (unit, match.end()),
        ):
            if written and self._measures(fact, written):
                return end, written
        return place, ""

    def _measures(self, fact: Fact, unit: str) -> bool:
        try:
            self.terms.scale(fact, unit)
        except UnitError:
            return False
        return True

    def _limits(self, fact: Fact, place: int, unit: str) -> tuple[float | None, float | None, int]:
        text = self.reading.text
        opened = LIMITS.match(text, place)
        assert opened is not None
        if not opened[0].strip():
            return None, None, place
        try:
            found = number_at(text, opened.end())
        except AmountError:
            return None, None, place
        if found is None:
            return None, None, place
        amount = found.readings[0]
        scale = self.terms.scale(fact, unit) if unit else 1.0
        closing = LIMITS_END.match(text, found.end)
        end = closing.end() if closing and opened[0].strip()[:1] in {"(", "["} else found.end
        low = None if amount.low is None else amount.low * scale
        high = None if amount.high is None else amount.high * scale
        return (None, None, place) if amount.is_exact else (low, high, end)

    def _flag_after(self, place: int, last: int) -> Flag:
        """Return the flag that follows a number within a few words, before the next result."""
        tokens = self.reading.words.tokens
        for at in range(place, min(place + _FLAG_WITHIN, last, len(tokens))):
            match = self.terms.notes.flags.at(tokens, at)
            if match is not None:
                return _as_flag(match[1])
            if tokens[at] in {";", "."}:
                break
        return ""

    def _flagged(
        self, sentence: SentenceRead, names: list[ResultName], taken: set[int], origin: Origin
    ) -> Iterator[ResultRead]:
        """Yield the results that a word calls high, low or normal, before or behind a list of names."""
        flags = [one for one in self._flags(sentence) if not taken & set(range(one[0], one[1]))]
        if not flags:
            return
        starts = {place: name for name in names for place in range(name.start, name.end)}
        last_flag: Flag = ""
        for name in names:
            flag = self._flag_of(name, flags, starts, taken, sentence)
            if flag == "again":
                flag = last_flag
            if not flag:
                continue
            last_flag = _as_flag(flag)
            value = Value(truth=TRUE, flag=last_flag, said=last_flag, origins=(origin,))
            yield ResultRead(name.fact, name.start, name.end, value)

    def _flags(self, sentence: SentenceRead) -> list[tuple[int, int, str]]:
        tokens, found, place = self.reading.words.tokens, [], sentence.start
        while place < sentence.end:
            match = self.terms.notes.again.at(tokens, place) or self.terms.notes.flags.at(tokens, place)
            if match is None:
                place += 1
                continue
            denied = place > sentence.start and tokens[place - 1] in {"not", "no", "never", "nor"}
            if not denied:
                found.append((place, place + match[0], match[1]))
            place += match[0]
        return found

    def _flag_of(
        self,
        name: ResultName,
        flags: list[tuple[int, int, str]],
        starts: dict[int, ResultName],
        taken: set[int],
        sentence: SentenceRead,
    ) -> str:
        ahead = next((one for one in flags if one[0] >= name.end and one[2] != "again"), None)
        again = next((one for one in reversed(flags) if one[1] <= name.start and one[2] == "again"), None)
        if again is not None and self._joins(again[1], name.start, starts, taken, unknown=1):
            return "again"
        before = [] if name.is_denied else flags  # "no high calcium" says nothing of it being high
        back = next((one for one in reversed(before) if one[1] <= name.start and one[2] != "again"), None)
        is_ahead = ahead is not None and self._joins(name.end, ahead[0], starts, taken, unknown=_WORDS_BETWEEN)
        is_back = back is not None and self._joins(back[1], name.start, starts, taken, unknown=3)
        if is_ahead and ahead is not None and (not is_back or self._has_verb(name.end, ahead[0])):
            return ahead[2]
        return back[2] if is_back and back is not None else ""

    def _has_verb(self, start: int, end: int) -> bool:
        return not {"is", "was", "were", "are", "remained"}.isdisjoint(self.reading.words.tokens[start:end])

    def _joins(self, start: int, end: int, starts: dict[int, ResultName], taken: set[int], unknown: int) -> bool:
        """Whether only names, list words and a few unknown nouns of a list stand between."""
        tokens, between = self.reading.words.tokens, self.terms.notes.between
        if end - start > 40:
            return False
        others = verbs = 0
        for place in range(start, end):
            token = tokens[place]
            if place in taken or token in {";", ".", "?", "but", "while", "not", "no"} or token[0].isdigit():
                return False
            if token in {"is", "was", "were", "are", "remained"}:
                verbs += 1
            elif place not in starts and token not in between:
                others += 1
                if verbs:
                    return False
        return others <= unknown and verbs <= 1


def _as_flag(word: str) -> Flag:
    return "high" if word == "high" else "low" if word == "low" else "normal"
