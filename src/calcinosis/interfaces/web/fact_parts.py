"""What the page of a fact shows beside its rules: names, words, limits, kinds and codes."""

from __future__ import annotations

from collections.abc import Iterator

from calcinosis.interfaces.web.catalogue import catalogue
from calcinosis.interfaces.web.entry_parts import Part, Term
from calcinosis.interfaces.web.statements import cites_of
from calcinosis.interfaces.web.words import words
from calcinosis.report.document import Line
from calcinosis.report.lines import clean
from calcinosis.rules.vocabulary import Fact, UsualLimits


def fact_parts(fact: Fact) -> Iterator[Part]:
    """Yield the names, the limits, the kinds and the codes of a fact."""
    titles = words()["look_up"]["parts"]
    found = (("names", _names(fact)), ("limits", _limits(fact)), ("codes", _codes(fact)))
    for name, items in found:
        if items:
            yield Part(id=name, title=titles[name], layout="codes", items=items)


def _names(fact: Fact) -> tuple[Term, ...]:
    titles = words()["look_up"]["fields"]
    found = [Term(titles["names"], words=tuple(map(clean, fact.names)))] if fact.names else []
    found += [
        Term(word.replace("_", " ").capitalize(), words=tuple(map(clean, details.names)))
        for word, details in fact.words.items()
        if details.names
    ]
    if fact.includes:
        found.append(Term(titles["includes"], places=tuple(map(catalogue().fact, fact.includes))))
    return tuple(found)


def _limits(fact: Fact) -> tuple[Term, ...]:
    titles = words()["look_up"]["fields"]
    found = [Term(_who(one), (Line(says=_range(one), cites=cites_of(one.cite)),)) for one in fact.usual_limits]
    if fact.formula:
        found.append(Term(titles["formula"], (Line(says=fact.formula, cites=cites_of(fact.cite)),)))
    if fact.plausible:
        low, high = fact.plausible
        text = words()["look_up"]["between"].format(low=f"{low:g}", high=f"{high:g}", unit=fact.unit)
        found.append(Term(titles["plausible"], (Line(says=text),)))
    if fact.valid_for:
        found.append(Term(titles["valid_for"], (Line(says=fact.valid_for),)))
    return tuple(found)


def _who(limits: UsualLimits) -> str:
    texts = words()["look_up"]["limits"]
    ages = texts["ages"].format(low=f"{limits.from_age:g}", high=f"{limits.to_age:g}")
    if limits.to_age >= 200:
        ages = texts["from_age"].format(low=f"{limits.from_age:g}") if limits.from_age else texts["everyone"]
    return f"{ages}, {limits.sex}" if limits.sex else str(ages)


def _range(limits: UsualLimits) -> str:
    texts = words()["look_up"]["limits"]
    name = "both" if limits.lower and limits.upper else ("upper" if limits.upper else "lower")
    return str(texts[name]).format(lower=limits.lower, upper=limits.upper)


def _codes(fact: Fact) -> tuple[Term, ...]:
    names = words()["look_up"]["code_systems"]
    tables = [fact.codes, *(details.codes for details in fact.words.values())]
    listed: dict[str, dict[str, None]] = {}
    for table in tables:
        for system, codes in table.items():
            for code, shown in codes.items():
                listed.setdefault(system, {}).setdefault(f"{code} {clean(shown)}".strip())
    return tuple(Term(names.get(system, system), words=tuple(codes)) for system, codes in listed.items())
