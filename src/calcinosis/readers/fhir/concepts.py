"""A CodeableConcept to the facts that it means: codes first, then text, with what does not fit together reported."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from calcinosis.shapes import Json, items, text
from calcinosis.terminology.context import NOT_SAID, Sense
from calcinosis.terminology.nothing_known import Nothing
from calcinosis.terminology.terms import Meaning, Terms
from calcinosis.terminology.tokens import tokens_of
from calcinosis.words.en.remarks import code_and_text, different_meanings, several_measures

_NOT_OBSERVED = frozenset({"quantity", "site", "medicine", "allergy"})
"""Kinds of which an Observation's words say nothing: a finding of "calcium deposits" is not taking calcium."""


class Meant(Struct, frozen=True):
    """A fact that a concept speaks of, the word of a choice, and the sense in which it does."""

    fact: str
    word: str = ""
    sense: Sense = "present"
    by_code: bool = False


class Reading(Struct, frozen=True):
    """What a concept means and what was wrong with it.

    ``quantities`` and ``findings`` are what it means as the code of an Observation: a test names what it measures, and
    words in that name ("in platelet poor plasma") are not findings. ``number`` is the one quantity of a code that means
    nothing else, as that of most results does. ``route`` is how a medicine is given by its name. ``codes`` are those of
    a concept without words of which none is known. ``nothing`` is of what it says that there is none.
    """

    meant: tuple[Meant, ...] = ()
    conflicts: tuple[str, ...] = ()
    label: str = ""
    quantities: tuple[str, ...] = ()
    findings: tuple[Meant, ...] = ()
    number: str = ""
    route: str = ""
    codes: tuple[str, ...] = ()
    nothing: Nothing = ""


def read_concept(concept: Json, terms: Terms, sites: str = "") -> Reading:
    """Return the facts that the codes and the text of a concept mean, at ``sites`` said beside it. Raises ShapeError.

    What is found of the skin is not meant where the sites are an organ: "gangrene", and beside it "gallbladder".
    """
    try:
        key = (*_key(concept), sites) if sites else _key(concept)
        known = terms.readings.get(key)
    except (TypeError, AttributeError):  # a shape that FHIR does not give: the careful reading names it
        return _read(concept, terms, sites)
    if known is None:
        known = _read(concept, terms, sites)
        if len(terms.readings) > 50_000:
            terms.readings.clear()
        terms.readings[key] = known
    assert isinstance(known, Reading)
    return known


def _key(concept: Json) -> tuple[object, ...]:
    """Return what the reading of a concept depends on; written out for one coding, for most concepts have one."""
    codings = concept.get("coding")
    if codings is None:
        return concept.get("text"), ()
    if len(codings) == 1:
        (one,) = codings
        return concept.get("text"), one.get("system"), one.get("code"), one.get("display")
    coded = [(one.get("system"), one.get("code"), one.get("display")) for one in codings]
    return concept.get("text"), *coded


def _read(concept: Json, terms: Terms, sites: str) -> Reading:
    meant: list[Meant] = []
    conflicts: list[str] = []
    told = text(concept, "text")
    label = told
    codings = items(concept, "coding")
    displays = [text(coding, "display") for coding in codings]
    nothing = terms.nothing.says((text(coding, "code") for coding in codings), filter(None, (told, *displays)))
    if nothing and nothing != "allergies":
        return Reading(label=next(filter(None, (told, *displays)), ""), nothing=nothing)
    conflicting: set[str] = set()
    measured: list[set[str]] = []
    named: list[frozenset[str]] = []
    unknown: list[str] = []
    for coding in codings:
        display = text(coding, "display")
        label = label or display
        system, code = terms.systems.coded(text(coding, "system"), text(coding, "code"))
        meaning = terms.meaning(system, code) if system and code else None
        if meaning is None:
            if display and display != told:
                _add_mentions(meant, terms.systems.without_tag(display), terms, sites)
            unknown.append(f"{terms.systems.name(text(coding, 'system'))} {text(coding, 'code')}".strip())
            continue
        shown = display or (told if system == "rxnorm" else "")
        if shown and not terms.agrees(meaning, shown, system):
            conflicting.add(shown)
            conflicts.append(_conflict(meaning, shown, system, code, terms))
        elif meaning.enough:
            measured.append({fact for fact, _ in meaning.facts if terms.facts[fact].kind == "quantity"})
            meant.extend(Meant(fact, word, by_code=True) for fact, word in meaning.facts)
            named.append(_illnesses((fact for fact, _ in meaning.facts), terms))
            if any(terms.facts[fact].kind == "medicine" for fact, _ in meaning.facts):
                _add_parts(meant, shown, terms)
    if told and told not in conflicting:
        meant = _as_told(meant, told, terms)
        _add_mentions(meant, terms.systems.without_tag(told), terms, sites)
        whole = terms.matcher.covers(terms.systems.without_tag(told))
        named.append(_illnesses([] if whole is None else [whole.fact], terms))
    conflicts += _apart([one for one in named if one], terms)
    if sites:
        meant = [one for one in meant if not terms.matcher.is_elsewhere(one.fact, sites)]
    if any(measured) and not set.intersection(*(one for one in measured if one)):
        names = sorted({terms.facts[fact].name for one in measured for fact in one})
        conflicts.append(several_measures(names))
        meant = [one for one in meant if terms.facts[one.fact].kind != "quantity"]
    quantities, findings = _as_observed(meant, label, terms)
    number = quantities[0] if len(quantities) == 1 and not findings and not conflicts else ""
    codes = tuple(filter(None, unknown)) if not label and not meant and not conflicts else ()
    return Reading(
        tuple(meant), tuple(conflicts), label, quantities, findings, number, terms.route(label), codes, nothing
    )


def _illnesses(facts: Iterable[str], terms: Terms) -> frozenset[str]:
    return frozenset(fact for fact in facts if terms.facts[fact].kind == "condition")


def _apart(named: list[frozenset[str]], terms: Terms) -> list[str]:
    """Return that the codes and the whole text of one concept name illnesses of which none is a kind of another."""
    for place, one in enumerate(named):
        for other in named[place + 1 :]:
            if not any(terms.is_related(fact, another) for fact in one for another in other):
                return [different_meanings(sorted(terms.facts[fact].name for group in (one, other) for fact in group))]
    return []


def _add_mentions(meant: list[Meant], words: str, terms: Terms, sites: str = "") -> None:
    known = {one.fact for one in meant}
    for mention in terms.matcher.mentions(words, sites):
        if mention.fact not in known:
            meant.append(Meant(mention.fact, mention.word, mention.sense))


def _add_parts(meant: list[Meant], shown: str, terms: Terms) -> None:
    """Add the other medicines of a combination that a code means in part and the words beside it name whole."""
    known = {one.fact for one in meant}
    for mention in terms.matcher.mentions(shown) if "/" in shown or " and " in shown else ():
        is_other = terms.facts[mention.fact].kind == "medicine" and mention.sense == "present"
        if is_other and not any(terms.is_related(mention.fact, one) for one in known):
            meant.append(Meant(mention.fact, mention.word))


_DOUBTS: frozenset[Sense] = NOT_SAID


def _as_told(meant: list[Meant], told: str, terms: Terms) -> list[Meant]:
    """Return what codes mean, in the sense of the text beside them: the code of gout with "r/o gout" is a question."""
    if meant and terms.is_doubted_elsewhere(told):
        return [replace(one, sense="foreign") for one in meant]
    heard: dict[str, set[Sense]] = {}
    for mention in terms.matcher.mentions(told):
        if mention.sense != "foreign":  # what another language only names, the code says
            heard.setdefault(mention.fact, set()).add(mention.sense)
    found = []
    for one in meant:
        senses = heard.get(one.fact, {"present"})
        doubted = terms.facts[one.fact].kind in {"condition", "finding"} and senses <= _DOUBTS
        found.append(replace(one, sense=min(senses)) if doubted else one)
    return found


def _as_observed(meant: list[Meant], label: str, terms: Terms) -> tuple[tuple[str, ...], tuple[Meant, ...]]:
    coded = [one for one in meant if one.by_code]
    if any(terms.facts[one.fact].kind in {"quantity", "result"} for one in coded):
        meant = coded
    quantities = tuple(dict.fromkeys(one.fact for one in meant if terms.facts[one.fact].kind == "quantity"))
    if quantities and not coded:
        whole = terms.matcher.covers(label)
        quantities = (whole.fact,) if whole is not None and whole.fact in quantities else ()
    elif coded:
        quantities = tuple(dict.fromkeys(one.fact for one in coded if terms.facts[one.fact].kind == "quantity"))
    taken_as_known = _taken_as_known(label, terms) if meant else frozenset()
    shows_contact = not coded and terms.results.shows_contact(label)
    return quantities, tuple(
        one
        for one in meant
        if (kind := terms.facts[one.fact].kind) not in _NOT_OBSERVED
        and (one.by_code or one.fact not in taken_as_known)
        and not (shows_contact and not one.by_code and kind in {"condition", "finding"})
    )


def _taken_as_known(label: str, terms: Terms) -> frozenset[str]:
    """Return what the name of a test takes as known, in which it looks for something: "ulcer in melanoma"."""
    if " in " not in label:
        return frozenset()
    tokens, found, asked = tokens_of(label), set[str](), set[str]()
    for mention in terms.matcher.mentions(label):
        before = tokens[max(1, mention.start - _BEHIND_IN) : mention.start]
        (found if "in" in before else asked).add(mention.fact)
    return frozenset(found - asked)


_BEHIND_IN = 4
"""Words behind "in" within which stands what a test takes as known."""


def _conflict(meaning: Meaning, shown: str, system: str, code: str, terms: Terms) -> str:
    names = [terms.facts[fact].name for fact, _ in meaning.facts]
    return code_and_text(system, code, names, shown[:80])
