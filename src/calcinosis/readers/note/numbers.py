"""The numbers behind the name of a result: on the way to each, words and dates; behind it, unit, limits, flag, time."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from calcinosis.quantities.parse import AmountError, number_at
from calcinosis.quantities.units import CELSIUS, UnitError
from calcinosis.readers.note.dates import DateRead, Dates
from calcinosis.readers.note.flags import flag_meant
from calcinosis.readers.note.gaps import Gap, gap_ahead, word_from
from calcinosis.readers.note.measures import (
    amount_written,
    is_given,
    limits_behind,
    spaced_thousands,
    unit_ahead,
    unit_behind,
    unit_of_name,
)
from calcinosis.readers.note.result_names import ResultName
from calcinosis.readers.note.result_patterns import (
    BEHIND,
    FLAG_CODE,
    FROM_TO,
    NEXT_OF_SERIES,
    NUMBER_BESIDE,
    REACHED,
    ROW_LIMITS,
)
from calcinosis.readers.note.shared_numbers import shared_numbers
from calcinosis.readers.note.time_order import ORDERS, Number, Order, ResultRead, in_order
from calcinosis.readers.note.unit_system import UnitSystem
from calcinosis.rules.vocabulary import Fact, Flag, Origin, Value
from calcinosis.terminology.amounts import NoUnitError
from calcinosis.terminology.statements import TextReading
from calcinosis.terminology.terms import Terms
from calcinosis.truth import TRUE
from calcinosis.words.en import remarks
from calcinosis.words.en.quantities import amount as amount_in_words

_FLAG_WITHIN = 4
_OF_A_DATE = frozenset({"on", "in", "at", "from", "of", "as", "dated"})
_ENDS_A_PART = frozenset(",;.)]\n")
_TIME_BEFORE = 5
"""Words before a name within which its time stands: "on 1 March serum calcium 9.3"."""


class NumberReader(Struct):
    """Reads the numbers of one text."""

    reading: TextReading
    terms: Terms
    dates: Dates
    system: UnitSystem = field(default_factory=UnitSystem)
    """The system of units that the text uses, as far as it was read."""

    def numbers(
        self,
        name: ResultName,
        following: int,
        origin: Origin,
        before: list[ResultName],
        is_listed: bool,
        is_row: bool = False,
    ) -> list[ResultRead]:
        """Return the numbers that stand behind a name, each with its unit, limits, flag and time.

        ``is_row`` says that its sentence tells several results, so that one may tell the unit of another; ``before``
        are names of the same list that wait for a number: "calcium and phosphate were 2.4 and 2.1 mmol/L".
        """
        if self.terms.facts[name.fact].kind != "quantity":
            return []
        found: list[Number] = []
        problems: list[ResultRead] = []
        place, unit = unit_of_name(
            self.reading.text, self.reading.words.ends[name.end - 1], self.terms.facts[name.fact], self.terms
        )
        at = word_from(self.reading.words, place) if unit else name.end
        ahead = self._time_ahead(name.start)
        while (gap := gap_ahead(self.reading, self.terms, self.dates, at, place, following)) is not None:
            if not found:
                words = self.reading.words
                stop = words.starts[following] if following < len(words.starts) else len(self.reading.text)
                names = [*before, name]
                if shared := shared_numbers(names, gap.place, stop, self.reading, self.terms, origin):
                    return shared
                gap = replace(gap, order=gap.order or ahead[0], dated=gap.dated or ahead[1])
            one = self._number(name, gap, following, origin, is_listed, unit, is_first=not found, is_row=is_row)
            if one is None:
                break
            if one.read.value is None:
                problems.append(one.read)
                break
            is_limits = found and one.read.value.low != one.read.value.high and not (gap.order or gap.dated)
            if one.stop <= place or is_limits:
                break
            found += self._earlier_of(name, gap, one, origin)
            found.append(one)
            unit, place = one.unit, one.stop
            at = word_from(self.reading.words, place)
        columns = self.dates.columns_of(self.reading.words.starts[name.start]) if len(found) > 1 else ()
        if len(columns) == len(found):
            found = [replace(one, dated=one.dated or date) for one, date in zip(found, columns, strict=True)]
        return [*in_order(found), *problems]

    def _earlier_of(self, name: ResultName, gap: Gap, one: Number, origin: Origin) -> list[Number]:
        """Return the earlier of two numbers that a word or an arrow joins: "from 9.8 to 12.4"."""
        changed, fact = self._change(gap), self.terms.facts[name.fact]
        if changed is None:
            return []
        try:
            amount = amount_written(changed["first"], one.unit, fact, self.terms)
        except (AmountError, UnitError):
            return []
        scaled = self.terms.in_unit_of(fact, amount)
        value = Value(
            truth=TRUE,
            low=scaled.low,
            high=scaled.high,
            said=changed["first"],
            origins=(origin,),
        )
        return [Number(replace(one.read, value=value, order="earlier", day=None), None, one.unit, one.stop)]

    def _time_ahead(self, start: int) -> tuple[Order, DateRead | None]:
        """Return what the words right before a name say of the time of its number."""
        words, notes = self.reading.words, self.terms.notes
        end = words.starts[start]
        for place in range(start - 1, max(start - 1 - _TIME_BEFORE, -1), -1):
            token = words.tokens[place]
            if (date := self.dates.before(end)) is not None and not self.reading.text[date.end : end].strip(" \t,:()"):
                return "", date
            match = notes.order.at(words.tokens, place)
            if match is not None and place + match[0] <= start and match[1] != "later":
                return ORDERS[match[1]], None
            if token not in notes.between and notes.before_number.at(words.tokens, place) is None:
                break
            end = words.starts[place]
        return "", None

    def _change(self, gap: Gap) -> re.Match[str] | None:
        """Return the earlier of two numbers and the way to the later: a range has neither "from" nor an arrow."""
        changed = FROM_TO.match(self.reading.text, gap.place)
        return changed if changed is not None and (gap.is_from or "to" not in changed[0]) else None

    def _number(
        self,
        name: ResultName,
        gap: Gap,
        following: int,
        origin: Origin,
        is_listed: bool,
        unit_before: str,
        is_first: bool,
        is_row: bool,
    ) -> Number | None:
        """Return one number with what stands behind it; None where it is none of this name."""
        text, words, fact = self.reading.text, self.reading.words, self.terms.facts[name.fact]
        place, order_before = gap.place, gap.order
        if (changed := self._change(gap)) is not None:
            place, order_before = changed.end(), ""
            while (following_of_series := NEXT_OF_SERIES.match(text, place)) is not None:
                place = following_of_series.end()
        reached = REACHED.match(text, place)
        place = reached.end() if reached is not None else place  # "creatinine up to 190" has reached it
        try:
            found = number_at(text, place)
        except AmountError:
            return None
        if found is None:
            return None
        written, ends = spaced_thousands(text, place, fact, self.terms) or (text[place : found.end], found.end)
        end, unit = unit_behind(text, ends, fact, self.terms)
        is_plain = gap.is_plain and is_first and not (name.is_medicine and not self._printed_flag(ends)[1])
        is_dose = is_given(words.tokens, word_from(words, ends), self.terms)
        if not unit and (is_dose or self._counts_another(ends, following, is_plain)):
            return None  # "phosphate 500 mg tds", "normal in 3 patients", "vitamin D 400 IU"
        is_letter = name.is_short and len(words.tokens[name.start]) < 2 and text[words.ends[name.start] :][:1] != "+"
        is_degrees = fact.unit == CELSIUS and "." in written
        if is_letter and not (unit or is_degrees) and (fact.unit == CELSIUS or (not is_listed and fact.unit != "1")):
            return None  # "T 12" is a vertebra, "T 38" a troponin
        unit = unit or unit_before
        if not unit:
            stop = words.starts[following] if following < len(words.starts) else len(text)
            unit = unit_ahead(text, ends, stop, fact, self.terms)
        behind, lower, upper, doubted = end, None, None, ""
        if not unit:
            lower, upper, behind = limits_behind(text, end, fact, "", self.terms)
            behind, unit = unit_behind(text, behind, fact, self.terms) if behind > end else (behind, "")
            if upper is None and not unit and (row := ROW_LIMITS.match(text, end)) is not None:
                lower, upper = float(row["lower"]), float(row["upper"])
        try:
            is_told = is_row or lower is not None or upper is not None or self.system.is_molar is not None
            if not unit and is_told and (unit := self.system.of(written, lower, upper, fact, self.terms)):
                doubted = remarks.taken_as(written.strip(), unit)
            amount = amount_written(written, unit, fact, self.terms)
        except (AmountError, UnitError) as error:
            if not is_first or not (gap.is_plain or unit):
                return None
            told, ask, value = str(error), "", None
            if isinstance(error, NoUnitError):
                ask = remarks.which_unit(fact.name, written.strip())
                value, told = _without_unit(error, fact, written, origin)
            last = words.at_letter(end - 1) + 1
            doubtful = ResultRead(name.fact, name.start, last, value, f"{fact.name}: {told}", origin=origin, ask=ask)
            return Number(doubtful, None, unit, end)
        scaled = self.terms.in_unit_of(fact, amount) if amount.unit else amount
        lower, upper, end = limits_behind(text, end, fact, amount.unit, self.terms)
        end, flag = self._printed_flag(end)
        if flag and lower is None and upper is None:
            lower, upper, end = limits_behind(text, end, fact, amount.unit, self.terms)
        flag = flag or self._flag_after(words.at_letter(end - 1) + 1, following) or gap.flag
        value = Value(
            truth=TRUE,
            low=scaled.low,
            high=scaled.high,
            open_low=scaled.open_low,
            open_high=scaled.open_high,
            lower_limit=lower,
            upper_limit=upper,
            flag=flag if lower is None and upper is None else "",
            said=text[place:end].strip(" ,;").rstrip(".")[:60],
            origins=(origin,),
        )
        self.system.note(amount.unit, fact)
        end = max(end, behind)
        order, dated, stop = self._time_behind(end, following)
        taken = f"{fact.name}: {doubted}", remarks.which_unit(fact.name, written.strip())
        problem, ask = taken if doubted else ("", "")
        last = words.at_letter(end - 1) + 1
        read = ResultRead(name.fact, name.start, last, value, problem, order or order_before, origin=origin, ask=ask)
        return Number(read, dated or gap.dated, unit, stop)

    def _counts_another(self, place: int, following: int, is_plain: bool) -> bool:
        """Whether a number without a unit counts what follows it: "normal in 3 patients", "3 days later"."""
        words, notes = self.reading.words, self.terms.notes
        at = word_from(self.reading.words, place)
        if at >= following or at >= len(words.tokens):
            return False
        token = words.tokens[at]
        if token in notes.times or token in notes.multiples:
            return True
        if is_plain or not token.isalpha() or not _ENDS_A_PART.isdisjoint(self.reading.text[place : words.starts[at]]):
            return False
        known = (notes.order, notes.flags, notes.before_number)
        return not any(phrases.at(words.tokens, at) for phrases in known) and token not in notes.between

    def _time_behind(self, place: int, following: int) -> tuple[Order, DateRead | None, int]:
        """Return what the words right behind a number say of its time, and where they end."""
        text, words = self.reading.text, self.reading.words
        stop = words.starts[following] if following < len(words.starts) else len(text)
        order: Order = ""
        dated, end = None, place
        while end < stop:
            passed = BEHIND.match(text, end)
            here = passed.end() if passed else end
            at = word_from(self.reading.words, here)
            if at < following and words.tokens[at] in _OF_A_DATE and words.starts[at] == here:
                passed = BEHIND.match(text, words.ends[at])
                after = passed.end() if passed else words.ends[at]
                here = after if self.dates.at(after) is not None else here
            if (date := self.dates.at(here)) is not None and dated is None:
                dated, end = date, date.end
                continue
            match = self.terms.notes.order.at(words.tokens, at) if at < following else None
            if match is None or words.starts[at] != here or match[1] == "later":
                break
            if "(" in text[end:here] and NUMBER_BESIDE.match(text, words.ends[at + match[0] - 1]):
                break  # "214 (baseline 84 in May)"
            order, end = ORDERS[match[1]], words.ends[at + match[0] - 1]
        return order, dated, end

    def _printed_flag(self, place: int) -> tuple[int, Flag]:
        """Return where the letter for high or low ends that is printed behind a result, and what it says."""
        found = FLAG_CODE.match(self.reading.text, place)
        flag = self.terms.results.flag_codes.get(found["code"], "") if found else ""
        return (found.end(), flag) if found and flag else (place, "")

    def _flag_after(self, place: int, last: int) -> Flag:
        """Return the flag that follows a number within a few words, before the next number or result."""
        tokens = self.reading.words.tokens
        for at in range(place, min(place + _FLAG_WITHIN, last, len(tokens))):
            match = self.terms.notes.flags.at(tokens, at)
            if match is not None:
                return flag_meant(match[1])
            if tokens[at] in {";", "."} or tokens[at][0].isdigit():
                break
        return ""


def _without_unit(error: NoUnitError, fact: Fact, written: str, origin: Origin) -> tuple[Value | None, str]:
    """Return what a number is in the units that fit it, with what is told of it: of several it lies between them."""
    exact = [one.bounds[0] for one in error.possible if len(set(one.bounds)) == 1]
    fits = [one for one in exact if not any(each.at_least <= one <= each.at_most for each in fact.doubtful)]
    if not fits:
        return None, remarks.NO_UNIT
    told = remarks.NO_UNIT if len(fits) > 1 else remarks.taken_as(written.strip(), amount_in_words(fits[0], fact.unit))
    said = written.strip()
    value = Value(truth=TRUE, low=min(fits), high=max(fits), is_disputed=len(fits) > 1, said=said, origins=(origin,))
    return value, told
