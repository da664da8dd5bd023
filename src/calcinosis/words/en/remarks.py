"""Remarks on a record: what was read and then doubted, settled or left aside, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from calcinosis.words.en.quantities import unit_words

OF_ANOTHER_PERSON = "it is about another person than the Patient of this record: not used"
MODIFIER_EXTENSION = "it has a modifier extension that is not understood: what it says is taken as unknown"
IMPLICIT_RULES = "it follows rules of its own (implicitRules) that are not known: what it says is taken as unknown"
NO_RESULT_YET = "it is only registered, and its result is still to come: what it says is taken as unknown"
REPLACED_PATIENT = "this Patient was replaced by another one, which is not in the record"
LINKED_PATIENTS = "it stands for the same person as another Patient of the record: read as one"
SUMMARY_ONLY = "it is a summary of a resource (SUBSETTED): what it leaves out is not known"
WITHHELD = "something in it was withheld (redacted or masked): what it leaves out is not known"
NO_MEDICINE = "it names no medicine, or one that is not in the record: not used"
NO_KNOWN_ALLERGY = "no known allergy"
NO_UNIT = "the number has no unit"
SOME_RANGE = "a range"
NO_NUMBER, SEVERAL_NUMBERS, TWO_UNITS = "no number", "more than one number", "two units"
DIGITS_WITHOUT_NUMBER, TOO_LARGE = "digits that are not a number", "a number that is too large"
SIGN_AND_RANGE = "a sign before a range"


def unreadable(error: object) -> str:
    """Return that a resource has an element of a wrong shape."""
    return f"it cannot be read: {error}; the resource was not used"


def resource_aside(error: object) -> str:
    """Return that a resource was left aside for what an error says."""
    return f"{error}; the resource was not used"


def aside(error: object) -> str:
    """Return that one element was left aside for what an error says."""
    return f"{error}; not used"


def no_date(written: str) -> str:
    """Return that a text is not a date."""
    return f'"{written}" is not a date'


def no_calendar_day(written: str) -> str:
    """Return that a date is not in the calendar, such as 30 February."""
    return f'"{written}" is not a day of the calendar'


def days(least: float, most: float) -> str:
    """Return a number of days, or between which numbers it lies."""
    return f"{most:g} days" if least == most else f"{least:g} to {most:g} days"


def years(least: float, most: float) -> str:
    """Return an age in years, or between which ages it lies."""
    return f"{least:g} years" if least == most else f"{least:g} to {most:g} years"


def day_range(earliest: str, latest: str) -> str:
    """Return the days between which a date lies."""
    return f"{earliest} to {latest}"


def impossible_age(birth: str, years_old: float, as_of: str) -> str:
    """Return that a birth date was not used for the age that it gives."""
    return f"the birth date {birth} gives an age of {years_old:g} years at {as_of}: not used"


def disputed(name: str, others: Iterable[str], is_present: bool) -> str:
    """Return that a record denies a fact which others of its resources show."""
    shown, taken = " and ".join(others), "present" if is_present else "unknown"
    return f"the record says that {name} is absent, but {shown} says that it is present: taken as {taken}"


def said_not_taken(words: str) -> str:
    """Return that the words of a resource deny what its status says of a medicine."""
    return f'its status says that it is taken, and "{words[:100]}" that it is not: taken as unknown'


def ordered_and_not_taken(name: str, order: str) -> str:
    """Return that a medicine is ordered, and said not to be taken."""
    return f"it says that {name} is not taken, and {order} orders it: the newer of the two counts; ask which is right"


def list_says_taken_off(title: str, item: str) -> str:
    """Return that a list says that something was taken off it."""
    return f'the list "{title}" says that "{item}" was taken off it: what its own resource says was used'


def nothing_known(said: str) -> str:
    """Return that a record names nothing, by which no single thing is denied."""
    return f'the record says "{said[:80]}": no single finding or medicine is taken as absent because of it'


def both_said(name: str) -> str:
    """Return that a fact is told as present and as absent at one moment."""
    return f"the record says both that {name} is present and that it is absent: taken as unknown"


def stayed_below(name: str, limit: float, unit: str, first: str, last: str) -> str:
    """Return that all results between two days were below a limit."""
    return f"{name} below {limit:g} {unit} from {first} to {last}"


def too_old(name: str, day: str, valid_for: str) -> str:
    """Return that a result is older than what it is good for."""
    return f"{name} of {day} is older than {valid_for}: it settles no rule"


def different_results(name: str, count: int) -> str:
    """Return that results of one moment differ."""
    return f"{name} has {count} different results at the same time: taken as a range"


def different_words(name: str, words: Iterable[str]) -> str:
    """Return that the latest answers to a choice differ."""
    return f"{name} is given as {' and '.join(words)}: not used"


def either(values: Iterable[str]) -> str:
    """Return values of which one holds."""
    return " or ".join(values)


def code_and_text(system: str, code: str, names: Iterable[str], shown: str) -> str:
    """Return that a code and the text beside it mean different things."""
    return f'the {system} code {code} means "{either(names)}" but is shown as "{shown}": neither was used'


def different_meanings(names: Iterable[str]) -> str:
    """Return that the codes and words of one diagnosis name several illnesses, of which none is a kind of another."""
    return f"its codes and words name different illnesses, {' and '.join(names)}: each was used, and one may be wrong"


def medicine_named(label: str, name: str) -> str:
    """Return that a diagnosis names a medicine and nothing of its use."""
    return f'"{label}" names {name} and does not say that it is taken: left open'


def value_not_understood(words: str) -> str:
    """Return that the words of a result mean nothing to the reader."""
    return f'the value "{words}" was not understood'


def interpretation_not_known(words: str) -> str:
    """Return that the interpretation of a result means nothing to the reader."""
    return f'the interpretation "{words}" was not understood: not used'


def status_not_known(words: str) -> str:
    """Return that a status of a resource means nothing to the reader."""
    return f'the status "{words}" was not understood: not used'


def site_not_known(words: str) -> str:
    """Return that a place of the body means nothing to the reader."""
    return f'the place "{words}" was not understood: not used'


def value_not_used(name: str, error: object) -> str:
    """Return that the value of a quantity was left aside."""
    return f"{name}: {error}; the value was not used"


def no_number(name: str, words: str) -> str:
    """Return that the value of a quantity is not a number."""
    return f'{name}: the value "{words}" is not a number'


def number_range(low: float, high: float, unit: str) -> str:
    """Return a range with its unit."""
    return f"{low:g} to {high:g} {unit_words(unit)}".rstrip()


def two_readings(words: str, values: Iterable[float]) -> str:
    """Return that a comma can be read in two ways."""
    return f'"{words}" may mean {either(f"{value:g}" for value in values)}'


def not_possible(words: str, possible: str) -> str:
    """Return that a number as it is written is outside what can be."""
    return f'"{words}" is outside what is possible ({possible})'


def sign_before_number(sign: str) -> str:
    """Return that a sign before a number is not known."""
    return f'the sign "{sign}" before the number'


def two_units(code: str, shown: str) -> str:
    """Return that the code and the text of a unit differ."""
    return f'the unit is coded "{code}" but shown as "{shown}"'


def not_finite(name: str, said: str) -> str:
    """Return that a number is infinite or none."""
    return f"{name}: {said} is not a finite number"


def impossible_value(name: str, said: str, possible: str) -> tuple[str, str]:
    """Return that a number is outside what can be, and the question that settles it."""
    says = f"{name}: {said} is outside what is possible ({possible}); the value was not used"
    return says, f"Are the number and the unit of {name[:1].lower() + name[1:] if name[1:2].islower() else name} right?"


def impossible_date(day: str, why: str) -> str:
    """Return that a date was not used."""
    return f"the date {day} {why}: not used"


def after_export(exported: str) -> str:
    """Return that a date lies after the day on which the record was exported."""
    return f"is later than the export of the record ({exported})"


def beyond_life(years_later: float, beginning: str) -> str:
    """Return that a date lies more than a life after the first one."""
    return f"is {years_later:g} years after {beginning}, where the life or the record begins"


def no_unit_of_ucum(unit: str) -> str:
    """Return that a unit is not known."""
    return f'"{unit}" is not a UCUM unit'


def not_converted(unit: str, to_unit: str) -> str:
    """Return that a unit cannot be turned into another."""
    return f'unit "{unit}" cannot be turned into "{to_unit}"'


def measures_another(unit: str, to_unit: str) -> str:
    """Return that a unit measures something else than another."""
    return f'unit "{unit}" does not measure the same as "{to_unit}"'


def several_measures(names: Iterable[str]) -> str:
    """Return that the codes of one result name different measurements."""
    return f"its codes name {' and '.join(names)}, and one number cannot be both: not used"


def other_specimen(name: str, specimen: str) -> str:
    """Return that a result of urine, dialysate or the like is none of blood."""
    return f'{name}: measured in "{specimen}", not in blood: not used'


def limits_doubted(name: str) -> str:
    """Return that printed limits cannot be those of a healthy person, such as limits in another unit."""
    return f"{name}: the printed limits are impossible in this unit: not used"


def order_not_known(name: str, count: int) -> str:
    """Return that it is not known which of several results is the latest."""
    return f"{name} has {count} different results and it is not known which is the latest: taken as a range"


CRITICALLY = {"high": "critically high", "low": "critically low"}
"""How a result is called that the laboratory flags as critical."""


def which_is_right(name: str, all_said: str, said: str) -> str:
    """Return on which of the numbers that a result can be a danger depends."""
    return f"Stands if {name} is {said}. The record leaves that open ({all_said}): ask, or measure it again today."


def number_missing(name: str, said: str) -> str:
    """Return that the number of a critical result is to be asked for."""
    return f"{name[:1].upper()}{name[1:]} is reported as {said} without its number: ask the laboratory for it today."


def excluded_by_person(name: str, others: Sequence[str]) -> tuple[str, str]:
    """Return that something is stated that age, sex or ``others`` exclude, and the question that settles it."""
    beside = " and ".join(other[:1].lower() + other[1:] for other in others)
    says = f"{name} does not fit {beside or 'the age or the sex of the record'}"
    return says, f"Which is right: {name}, or {beside or 'age and sex'}?"


def which_unit(name: str, written: str) -> str:
    """Return the question in which unit a number without one is."""
    return f"In which unit is {name.lower() if name[1:2].islower() else name} {written}?"


def taken_as(written: str, unit: str) -> str:
    """Return how a number without a unit was read, by its limits, its size or the other results."""
    return f"{written} has no unit; read as {unit}"


def which_holds(name: str) -> str:
    """Return the question that settles which of several results holds."""
    return f"Which result of {name.lower() if name[1:2].islower() else name} is the latest?"


def lasted_too_long(name: str, day: str, longest: str) -> str:
    """Return that something recorded as still there began too long ago to be so."""
    return f"{name}, recorded as present since {day}, cannot last longer than {longest}: taken as unknown"


def bound_not_judged(said: str) -> str:
    """Return that a bound or a titre does not tell on which side of the limit a result lies."""
    return f'the value "{said}" does not tell whether it is above the printed limit: taken as unknown'


def one_page(total: int | None) -> str:
    """Return that a bundle is a part of what a server found."""
    of = f" of {total} resources" if total is not None else ""
    return f"it is one page of several{of}: the other pages were not read"


def server_says(words: str) -> str:
    """Return what a server says of its own answer."""
    return f'the server that made the record says: "{words}"'


def versions_not_ordered(count: int) -> str:
    """Return that it is not known which version of a resource is the current one."""
    return f"the record has {count} versions of it and does not say which is the newest: all were read"
