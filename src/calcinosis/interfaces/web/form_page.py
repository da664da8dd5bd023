"""The form as it stands: its questions in their places, and what the answers lead to so far."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.compiled import Knowledge, knowledge
from calcinosis.conclusions.ask import asking_weights
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.interfaces.web.answers import UNKNOWN, Answers, read_answers
from calcinosis.interfaces.web.fields import Field, field_of
from calcinosis.interfaces.web.form_design import Side, design, figure_sites, sides, unit_in
from calcinosis.interfaces.web.names import GROUPS, Group, Suggestion, names_of
from calcinosis.interfaces.web.words import words
from calcinosis.report.document import Head
from calcinosis.report.head import head_of
from calcinosis.rules.vocabulary import Fact
from calcinosis.words.en.quantities import amount

PERSON = ("age", "sex")


class Site(Struct, frozen=True, kw_only=True):
    """A place of the body to tick; ``on_figure`` says whether it can be pressed there too."""

    fact: str
    name: str
    is_ticked: bool
    on_figure: bool


class SoFar(Struct, frozen=True, kw_only=True):
    """The running result: what the answers lead to, and which question would decide most next.

    ``points`` says whether they point to calcium in the skin, or to what is mistaken for it, at all.
    """

    is_empty: bool
    points: bool
    head: Head
    decides_next: Field | None


class Figure(Struct, frozen=True, kw_only=True):
    """The figure of the body: its outline, what fills it, and both sides."""

    fill: str
    outline: str
    sides: tuple[Side, ...]


class Unknown(Struct, frozen=True):
    """A name to add that is not known: what is said of it, and what it may mean."""

    says: str = ""
    meant: tuple[Suggestion, ...] = ()


class FormProblem(Struct, frozen=True):
    """What keeps the page from being made, and the field that mends it."""

    field: str
    says: str


class FormPage(Struct, frozen=True, kw_only=True):
    """Everything that the page of the form shows."""

    answers: Answers
    signs: tuple[Field, ...]
    first: tuple[Field, ...]
    person: tuple[Field, ...]
    history: tuple[Field, ...]
    at_the_place: tuple[Field, ...]
    sites: tuple[Site, ...]
    figure: Figure
    quantities: tuple[Field, ...]
    added_values: tuple[Field, ...]
    added: tuple[Field, ...]
    asked: tuple[Field, ...]
    unknown: dict[str, Unknown]
    problems: tuple[FormProblem, ...]
    so_far: SoFar

    @property
    def shown(self) -> frozenset[str]:
        """The facts that are asked somewhere on the page."""
        fields = (*self.signs, *self.first, *self.person, *self.history, *self.at_the_place, *self.quantities)
        return frozenset(field.fact for field in (*fields, *self.added_values, *self.added, *self.asked))


def form_page(answers: Answers, is_sent: bool = False) -> FormPage:
    """Return the form with these answers, worked out anew; ``is_sent`` says that the result was asked for."""
    known = knowledge()
    record = read_answers(answers, known)
    assessment = assess_record(record, known.library)
    facts, _ = record.facts(known.library.vocabulary, record.last_day)
    weights = weighed(asking_weights(known.library, facts, assessment.treatments), known)
    asked_first, ticked = _placed(answers)
    places = design()
    quantities: list[str] = places["quantities"]
    standing = {*PERSON, *asked_first, *ticked, *quantities}
    added = [
        name
        for name in dict.fromkeys(answers.added)
        if name not in standing and known.library.facts[name].kind != "site"
    ]
    asked = _asked(answers, weights, {*standing, *added}, known)
    beside = _worked_out(assessment, answers, known)
    values = _fields([*quantities, *(name for name in added if _is_value(name, known))], answers, short=True)
    values = tuple(replace(field, worked_out=beside.get(field.fact, ())) for field in values)
    return FormPage(
        answers=answers,
        signs=_ticks([name for name in places["signs"] if name in ticked], answers),
        first=_fields([name for name in asked_first if name not in places["history"]], answers),
        person=_fields(PERSON, answers, short=True),
        history=_fields(places["history"], answers),
        at_the_place=_ticks([name for name in places["at_the_place"] if name in ticked], answers),
        sites=_sites(answers, known),
        figure=Figure(fill=design()["figure"]["fill"], outline=design()["figure"]["outline"], sides=sides()),
        quantities=values[: len(quantities)],
        added_values=values[len(quantities) :],
        added=_fields([name for name in added if not _is_value(name, known)], answers, short=True),
        asked=_fields(asked, answers),
        unknown={group: _unknown(group, answers.typed.get(group, "")) for group in GROUPS},
        problems=tuple(_problems(answers, known)) if is_sent else (),
        so_far=_so_far(answers, assessment, weights, known),
    )


def _placed(answers: Answers) -> tuple[list[str], list[str]]:
    """Return the questions that are answered, and those that are only ticked; a tick cannot say "no" or "suspected"."""
    ticks = [*design()["signs"], *design()["at_the_place"]]
    said = [name for name in ticks if answers.values.get(name, "") not in {"", "yes", UNKNOWN}]
    return [*design()["questions"], *design()["history"], *said], [name for name in ticks if name not in said]


def _ticks(names: list[str], answers: Answers) -> tuple[Field, ...]:
    """Return facts that are ticked, by their short labels."""
    labels = words()["form"]["ticks"]
    return tuple(replace(field, label=labels[field.fact]) for field in _fields(names, answers))


def _problems(answers: Answers, known: Knowledge) -> Iterator[FormProblem]:
    """Yield what keeps the page from being made, each with the field that mends it."""
    texts, facts = words()["form"], known.library.facts
    if not answers.given and not answers.typed:
        yield FormProblem(f"f-{design()['signs'][0]}", texts["empty"])
    for name, error in answers.errors.items():
        yield FormProblem(f"f-{name}", texts["problem"].format(name=facts[name].name, says=error))
    for name in [one for one in answers.doubts if one not in answers.errors]:
        field = field_of(name, answers, known, short=True)
        says = texts["which"].format(
            number=field.value, unit=field.words_of(field.unit), other=field.words_of(field.doubt)
        )
        yield FormProblem(f"f-{name}", texts["problem"].format(name=field.label, says=says))
    for group in GROUPS:
        if answers.typed.get(group):
            yield FormProblem(f"f-add-{group}", _unknown(group, answers.typed[group]).says)


def _worked_out(assessment: Assessment, answers: Answers, known: Knowledge) -> dict[str, tuple[str, ...]]:
    """Return what was worked out, in the units that are chosen, by the value beside which it stands."""
    found = {}
    for name, results in design()["beside"].items():
        shown = []
        for one in assessment.entered:
            if one.parts and one.fact in results:
                fact, value = known.library.facts[one.fact], assessment.account.facts.value(one.fact)
                unit = unit_in(fact, answers.system, known.terms)
                number = one.value
                if value is not None and value.low is not None and value.low == value.high:
                    number = amount(value.low / known.terms.scale(fact, unit), unit)
                shown.append(words()["form"]["worked_out"].format(name=fact.name, value=number))
        found[name] = tuple(shown)
    return found


def _unknown(group: Group, typed: str) -> Unknown:
    """Return what is wrong with a name that the knowledge does not have, and what it may mean."""
    if not typed:
        return Unknown()
    near = tuple(names_of(group).like(typed))
    texts = words()["form"]
    return Unknown(texts["no_such_name" if near else "no_such_name_at_all"].format(said=typed), near)


def weighed(weights: dict[str, float], known: Knowledge) -> dict[str, float]:
    """Return the weights with those of what is seldom known lowered, heaviest first."""
    lowered = design()["weights"]
    facts = known.library.facts
    found = {
        name: weight * lowered.get(facts[name].kind, 1) * lowered.get(facts[name].learned_by, 1)
        for name, weight in weights.items()
    }
    return dict(sorted(found.items(), key=lambda item: (-round(item[1], 6), item[0])))


def is_question(name: str, known: Knowledge) -> bool:
    """Whether a fact is asked for as a question of its own."""
    fact = known.library.facts[name]
    return fact.kind != "site" and bool(fact.question)


def _is_value(name: str, known: Knowledge) -> bool:
    return known.library.facts[name].kind == "quantity"


def _asked(answers: Answers, weights: dict[str, float], elsewhere: set[str], known: Knowledge) -> list[str]:
    """Return the questions that the answers make relevant; those already shown keep their places."""
    given = answers.given
    shown = [name for name in dict.fromkeys(answers.asked) if name not in elsewhere]
    kept = [name for name in shown if name in given or name in weights]
    if not given:
        return kept
    fresh = [name for name in weights if name not in {*kept, *elsewhere} and is_question(name, known)]
    open_ones = sum(name not in given for name in kept)
    return kept + fresh[: max(0, design()["questions_next"] - open_ones)]


def _fields(names: tuple[str, ...] | list[str], answers: Answers, short: bool = False) -> tuple[Field, ...]:
    return tuple(field_of(name, answers, knowledge(), short) for name in names)


def _sites(answers: Answers, known: Knowledge) -> tuple[Site, ...]:
    """Return the places to tick: those of the figure from head to foot, then the others by name."""
    on_figure = figure_sites()
    facts = known.library.facts
    single = [fact.id for fact in facts.values() if fact.kind == "site" and not _is_region(fact, on_figure)]
    others = sorted((name for name in single if name not in on_figure), key=lambda name: facts[name].name)
    return tuple(
        Site(
            fact=name,
            name=facts[name].name,
            is_ticked=answers.values.get(name, "") == "yes",
            on_figure=name in on_figure,
        )
        for name in (*on_figure, *others)
    )


def _is_region(fact: Fact, on_figure: tuple[str, ...]) -> bool:
    """Whether a place only sums up places that are offered themselves."""
    return fact.id not in on_figure and bool(fact.includes)


def _so_far(answers: Answers, assessment: Assessment, weights: dict[str, float], known: Knowledge) -> SoFar:
    best = next((name for name in weights if is_question(name, known) and name not in answers.given), None)
    return SoFar(
        is_empty=not answers.given,
        points=assessment.presentation != "none",
        head=head_of(assessment),
        decides_next=field_of(best, answers, known, short=True) if best else None,
    )
