"""The real knowledge: it loads, cites, and its numbers are possible."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from msgspec import Struct

from calcinosis import stored
from calcinosis.compiled import COMPILED, Knowledge, compile_knowledge, knowledge
from calcinosis.conclusions.decisions import PROVEN, SUSPECTED
from calcinosis.evidence.rows import rows_of
from calcinosis.library.check import FOLDERS, QUOTING, rules_of
from calcinosis.library.entries import TYPE_IDS, Treatment
from calcinosis.library.library import Library
from calcinosis.library.load import KNOWLEDGE, read_library
from calcinosis.quantities.units import CELSIUS, factor
from calcinosis.rules.formula import compute
from calcinosis.rules.syntax import Amount, Citation, Compare, Rule, criteria
from calcinosis.rules.vocabulary import Fact

SUPPORTED_BY_NO_TEST = {"history", "examination", "demographics"}
ENTRIES = [(folder, entry) for folder in (*FOLDERS, "facts") for entry in getattr(knowledge().library, folder).values()]
QUANTITIES = [fact for fact in knowledge().library.facts.values() if fact.kind == "quantity"]


def named(value: Any) -> str:
    """Return the id of an entry as the name of its test."""
    return value if isinstance(value, str) else str(getattr(value, "id", value))


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the library as the program uses it."""
    return knowledge().library


def cited(value: Any, quoting: bool = False) -> Iterator[tuple[Citation, bool]]:
    """Yield every citation of an entry, and whether it only quotes."""
    if isinstance(value, Citation):
        yield value, quoting
    elif isinstance(value, tuple):
        for item in value:
            yield from cited(item, quoting)
    elif isinstance(value, Rule):
        for criterion in criteria(value):
            yield from cited(criterion.cite, quoting)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from cited(getattr(value, name), quoting or name in QUOTING)


def test_it_loads_without_a_problem() -> None:
    """Every file is right, and there is something in every folder."""
    loaded, problems = read_library(KNOWLEDGE)
    assert "\n".join(map(str, problems)) == ""
    assert all(loaded.counts().values())


def test_every_entry_cites_and_every_source_exists() -> None:
    """A statement without a source does not stand; claims without one say where was looked."""
    silent = []
    for folder, entry in ENTRIES:
        citations = [citation for citation, _ in cited(entry)]
        assert all(citation.source in library().sources for citation in citations), entry.id
        looked = folder == "claims" and entry.searched
        needs_none = folder == "facts" or (folder == "investigations" and not entry.tells and not entry.order_when)
        needs_none |= folder == "outcome_measures" and entry.worst is None  # a count or a size
        if not citations and not looked and not needs_none:
            silent.append(f"{folder}/{entry.id}")
    assert silent == []


def test_computed_facts_and_usual_limits_cite() -> None:
    """A formula and a limit are medical statements too."""
    assert [fact.id for fact in QUANTITIES if fact.formula and not fact.cite] == []
    assert [fact.id for fact in QUANTITIES if any(not limit.cite for limit in fact.usual_limits)] == []


def test_what_supports_nothing_is_only_quoted() -> None:
    """No page for consumers, founding document or page written by a machine carries a statement."""
    wrong = {
        f"{folder}/{entry.id}: {citation.source}"
        for folder, entry in ENTRIES
        for citation, quoting in cited(entry)
        if not quoting and not library().sources[citation.source].supports
    }
    assert wrong == set()


@pytest.mark.parametrize("fact", QUANTITIES, ids=named)
def test_quantities(fact: Fact) -> None:
    """The unit is one, what is plausible is a range, the term can be read."""
    assert fact.unit
    assert factor(fact.unit, fact.unit) == 1.0
    is_multiple = not fact.unit.startswith(("{", "/")) and fact.unit != CELSIUS
    assert factor(f"10*3.{fact.unit}" if is_multiple else fact.unit, fact.unit) > 0
    if fact.plausible is not None:
        least, most = fact.plausible
        assert math.isfinite(least)
        assert math.isfinite(most)
        assert least < most
    assert re.fullmatch(r"(\d+ days)?", fact.valid_for)


@pytest.mark.parametrize("fact", [fact for fact in QUANTITIES if fact.usual_limits], ids=named)
def test_usual_limits(fact: Fact) -> None:
    """Limits are possible values, lower below upper, and no two of them are for the same person."""
    least, most = fact.plausible or (-math.inf, math.inf)
    for limits in fact.usual_limits:
        known = [value for value in (limits.lower_value, limits.upper_value) if value is not None]
        assert known
        assert known == sorted(known)
        assert len(set(known)) == len(known)
        assert all(least <= value <= most for value in known)
        assert 0 <= limits.from_age < limits.to_age
        assert limits.sex in {"", "female", "male"}
    for index, one in enumerate(fact.usual_limits):
        for other in fact.usual_limits[index + 1 :]:
            same_sex = not one.sex or not other.sex or one.sex == other.sex
            overlap = max(one.from_age, other.from_age) < min(one.to_age, other.to_age)
            assert not (same_sex and overlap), f"{one} and {other}"


@pytest.mark.parametrize("fact", [fact for fact in QUANTITIES if fact.formula], ids=named)
def test_formulas_rise_or_fall_in_each_fact(fact: Fact) -> None:
    """A range is computed from its corners: no point inside may lie outside them."""
    chance = random.Random(7)
    formula = library().vocabulary.formulas[fact.id]
    reads = [library().facts[name] for name in library().vocabulary.reads[fact.id]]
    for _ in range(200):
        words = {one.id: chance.choice(sorted(one.words)) for one in reads if one.kind == "choice"}
        ranges: dict[str, tuple[float, float]] = {}
        inside: dict[str, tuple[float, float]] = {}
        for one in reads:
            if one.kind == "quantity":
                assert one.plausible is not None
                low, high = sorted(chance.uniform(*one.plausible) for _ in range(2))
                ranges[one.id] = (low, high)
                inside[one.id] = (chance.uniform(low, high),) * 2
        corners, point = compute(formula, ranges, words), compute(formula, inside, words)
        if corners is not None and point is not None:
            assert corners[0] - 1e-9 <= point[0] <= corners[1] + 1e-9


def test_amounts_in_rules_are_plausible() -> None:
    """No rule compares with a number that the fact cannot have."""
    wrong = []
    for folder, entry in ENTRIES:
        for _, rule in rules_of(entry):
            for criterion in criteria(rule):
                test = criterion.test
                if isinstance(test, Compare) and isinstance(test.limit, Amount):
                    least, most = library().facts[test.fact].plausible or (-math.inf, math.inf)
                    if not least <= test.limit.in_fact_unit <= most:
                        wrong.append(f"{folder}/{entry.id}: {criterion.text}")
    assert wrong == []


@pytest.mark.parametrize("treatment", library().treatments.values(), ids=named)
def test_study_rows(treatment: Treatment) -> None:
    """Numbers of people are not negative, and parts do not exceed their whole."""
    for row in treatment.evidence:
        parts = [row.complete, row.partial, row.none, row.worse]
        counted = [number for number in (row.patients, row.improved, *parts) if number is not None]
        assert all(number >= 0 for number in counted)
        if row.patients is not None:
            assert row.patients > 0
            assert sum(part or 0 for part in parts) <= row.patients
            assert (row.improved or 0) <= row.patients
        if row.improved is not None:
            assert (row.complete or 0) + (row.partial or 0) <= row.improved


def test_every_study_that_counts_names_its_types() -> None:
    """Its numbers are shown for these types only, so that a row without a type would never be."""
    for treatment in library().treatments.values():
        meant = {one.type for one in treatment.for_}
        for row in rows_of(treatment, library()):
            assert not row.counts or row.study.types, (treatment.id, row.name)
            assert not meant or not row.study.types or meant & {*row.study.types}, (treatment.id, row.name)


def test_every_medicine_that_may_be_given_has_contraindications() -> None:
    """What may come out as consider or check first carries the contraindications of its label."""
    medicines = [one for one in library().treatments.values() if one.kind == "medicine" and one.for_]
    always_avoided = {one.id for one in medicines if any(o.type == "all" and o.when is None for o in one.against)}
    unsafe = [one.id for one in medicines if one.do_not_use_when is None and one.id not in always_avoided]
    assert unsafe == []


def test_every_fact_of_a_rule_can_be_found_out() -> None:
    """A fact that a rule turns on is measured by an investigation, or is learned by asking and looking."""
    measured = {fact for test in library().investigations.values() for fact in test.measures}
    reached = {fact for name in measured for fact in (name, *library().vocabulary.kinds.get(name, ()))}
    used = {fact for _, entry in ENTRIES for _, rule in rules_of(entry) for fact in rule.facts}
    blind = {
        name
        for name in used - reached
        if library().facts[name].learned_by not in SUPPORTED_BY_NO_TEST and not library().facts[name].is_derived
    }
    assert blind == set()


def test_what_the_program_names_exists() -> None:
    """The types and the facts that the program speaks of by name are in the knowledge."""
    assert set(TYPE_IDS) <= set(library().types)
    assert {kind.id for kind in library().types.values() if kind.part_of is None} == set(TYPE_IDS)
    assert sorted(library().types[kind].rank for kind in TYPE_IDS) == [1, 2, 3, 4, 5]
    assert all(library().types[kind].rank_cite for kind in TYPE_IDS)
    assert {"age", "sex", PROVEN, SUSPECTED} <= set(library().facts)
    assert all(library().facts[name].true_when is not None for name in (PROVEN, SUSPECTED))


def test_the_compiled_form_is_the_yaml() -> None:
    """What an installed package loads is what the files say: every field of the library, and the tables of codes."""
    knowledge()  # in a checkout it is compiled again where a file has changed
    compiled, loaded = compile_knowledge(), stored.read(COMPILED, None, Knowledge)
    for name in Library.__struct_fields__:
        assert getattr(compiled.library, name) == getattr(loaded.library, name), name
    assert compiled.terms.codes == loaded.terms.codes
    assert compiled.terms.products == loaded.terms.products
    assert compiled.terms.factors == loaded.terms.factors
    assert compiled.terms.matcher.names == loaded.terms.matcher.names
    assert compiled.terms.matcher.reader == loaded.terms.matcher.reader
    assert compiled.terms == loaded.terms
    assert compiled == loaded
