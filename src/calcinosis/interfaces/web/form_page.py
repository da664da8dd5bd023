"""The form as it stands: its questions in their places, and what the answers lead to so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from calcinosis.compiled import Knowledge, knowledge
from calcinosis.conclusions.ask import asking_weights
from calcinosis.conclusions.assess import assess_record
from calcinosis.conclusions.assessment import Assessment
from calcinosis.interfaces.web.answers import Answers, read_answers
from calcinosis.interfaces.web.fields import Field, field_of
from calcinosis.interfaces.web.form_design import Side, design, figure_sites, sides
from calcinosis.interfaces.web.names import GROUPS, Group, names_of
from calcinosis.interfaces.web.words import words
from calcinosis.person.facts import PatientFacts
from calcinosis.report.document import Head
from calcinosis.report.head import head_of
from calcinosis.rules.vocabulary import Fact

PERSON = ("age", "sex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of the body to tick; ``on_figure`` says whether it can be pressed there too."""

    fact: str
    name: str
    is_ticked: bool
    on_figure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SoFar:
    """The running result: what the answers lead to, and which question would decide most next.

    ``points`` says whether they point to calcium in the skin, or to what is mistaken for it, at all.
    """

    is_empty: bool
    points: bool
    head: Head
    decides_next: Field | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The figure of the body: its outline, what fills it, and both sides."""

    fill: str
    outline: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """Everything that the page of the form shows."""

    answers: Answers
    first: tuple[Field, ...]
    person: tuple[Field, ...]
    sites: tuple[Site, ...]
    figure: Figure
    quantities: tuple[Field, ...]
    added_values: tuple[Field, ...]
    added: tuple[Field, ...]
    asked: tuple[Field, ...]
    unknown: dict[str, str]
    so_far: SoFar

    @property
    def shown(self) -> frozenset[str]:
        """The facts that are asked somewhere on the page."""
        fields = (*self.first, *self.person, *self.quantities, *self.added_values, *self.added, *self.asked)
        return frozenset(field.fact for field in fields)


def form_page(answers: Answers) -> FormPage:
    """Return the form with these answers, worked out anew."""
    known = knowledge()
    record = read_answers(answers, known)
    assessment = assess_record(record, known.library)
    facts, _ = record.facts(known.library.vocabulary, record.last_day)
    weights = weighed(asking_weights(known.library, facts, assessment.treatments), known)
    first, quantities = _first_questions()
    standing = {*PERSON, *first, *quantities}
    added = [name for name in dict.fromkeys(answers.added) if name not in standing and is_question(name, known)]
    asked = _asked(answers, weights, {*standing, *added}, known)
    return FormPage(
        answers=answers,
        first=_fields(first, answers),
        person=_fields(PERSON, answers, short=True),
        sites=_sites(answers, known),
        figure=Figure(fill=design()["figure"]["fill"], outline=design()["figure"]["outline"], sides=sides()),
        quantities=_fields(quantities, answers, short=True),
        added_values=_fields([name for name in added if _is_value(name, known)], answers, short=True),
        added=_fields([name for name in added if not _is_value(name, known)], answers, short=True),
        asked=_fields(asked, answers),
        unknown={group: _unknown(group, answers.typed.get(group, "")) for group in GROUPS},
        so_far=_so_far(answers, assessment, weights, known),
    )


def _unknown(group: Group, typed: str) -> str:
    """Return what is wrong with a name that the knowledge does not have, and the nearest ones."""
    if not typed:
        return ""
    near = [suggestion.name for suggestion in names_of(group).like(typed)[:3]]
    texts = words()["form"]
    if near:
        return str(texts["no_such_name"].format(said=typed, meant=", ".join(near)))
    return str(texts["no_such_name_at_all"].format(said=typed))


@lru_cache(maxsize=1)
def _first_questions() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the questions and the laboratory values that decide most when nothing is known."""
    known = knowledge()
    weights = weighed(asking_weights(known.library, PatientFacts(known.library.vocabulary, {})), known)
    facts = known.library.facts
    asked = [name for name in weights if is_question(name, known) and name not in PERSON]
    first = [name for name in asked if facts[name].kind not in {"quantity", "choice"}]
    measured = [name for name in asked if facts[name].kind == "quantity"]
    return tuple(first[: design()["questions_first"]]), tuple(measured[: design()["quantities_first"]])


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
