"""An entry of the knowledge as the page that is shown of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from calcinosis.interfaces.web import statements
from calcinosis.interfaces.web.catalogue import Place, catalogue
from calcinosis.interfaces.web.citing import places_in, sources_of, used_by
from calcinosis.interfaces.web.decision_path import decision_path
from calcinosis.interfaces.web.entry_head import head_of
from calcinosis.interfaces.web.entry_parts import EntryPage, Layout, Part, Term
from calcinosis.interfaces.web.fact_parts import fact_parts
from calcinosis.interfaces.web.forest import forest_of
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import (
    Cause,
    Claim,
    Entry,
    FollowUp,
    Investigation,
    LookAlike,
    MedicineSafety,
    RedFlag,
    Source,
    Target,
    Topic,
    Treatment,
    Type,
)
from calcinosis.rules.vocabulary import Fact
from calcinosis.words.en.report import day_words

_KNOWN = {
    Type: ("care", "mechanism", "sites", "features", "complications", "prognosis"),
    Cause: ("treat_first", "features", "seen_in"),
    LookAlike: ("tell_apart",),
    Investigation: ("tells", "thresholds", "cautions"),
    Topic: ("statements",),
    MedicineSafety: ("if_taken",),
    RedFlag: ("care", "watch"),
}
_RULES = {
    Cause: ("present_when", "suspect_when", "excluded_when"),
    LookAlike: ("suspect_when", "established_when", "outweighs_when"),
    Investigation: ("order_when", "never_when"),
    RedFlag: ("when",),
    MedicineSafety: ("do_not_use_when", "caution_when", "not_known_when"),
    FollowUp: ("applies_when",),
    Target: ("applies_when",),
    Fact: ("true_when", "absent_when"),
}
_DURING = ("if_taken", "held_for", "monitoring", "harms", "doses_seen", "mechanism")


@lru_cache(maxsize=4096)
def entry_page(place: Place) -> EntryPage:
    """Return the page of an entry."""
    parts = tuple(_parts(place))
    return EntryPage(
        place=place,
        kind=words()["look_up"]["kinds"][place.section],
        answers=head_of(place),
        parts=parts,
        sources=sources_of(place.entry),
        cite=_cite(place),
        checked=day_words(place.entry.checked),
        has_patient_words=_has_patient_words(place.entry),
    )


def part(name: str, layout: Layout, items: tuple[object, ...], note: str = "") -> Iterator[Part]:
    """Yield a part with its title, if it has items."""
    if items:
        yield Part(id=name, title=words()["look_up"]["parts"][name], layout=layout, items=items, note=note)


def _parts(place: Place) -> Iterator[Part]:
    entry = place.entry
    if isinstance(entry, Source):
        yield from part("cited-by", "cited", _cited(place))
        return
    if isinstance(entry, Treatment):
        yield from _treatment_parts(entry)
    else:
        if isinstance(entry, Type):
            yield from part("path", "path", decision_path(entry))
        yield from part("known", "terms", statements.terms(entry, _KNOWN.get(type(entry), ())))
        if isinstance(entry, RedFlag):
            yield from part("steps", "steps", tuple(map(statements.statement_line, entry.steps)))
        if isinstance(entry, Fact):
            yield from fact_parts(entry)
        if isinstance(entry, Claim):
            yield from part("same", "codes", _other_claims(entry))
        yield from part("rules", "rules", statements.rules(entry, _RULES.get(type(entry), ())))
    yield from part("disagree", "sides", statements.sides(entry))
    yield from _popular(entry)
    if isinstance(entry, Treatment):
        yield from _safety(entry)
    if not isinstance(entry, Claim):
        yield from part("used", "used", used_by(place))


def _treatment_parts(entry: Treatment) -> Iterator[Part]:
    yield from part("outcomes", "outcomes", statements.outcomes(entry))
    forest = forest_of(entry)
    if forest is not None:
        yield from part("evidence", "forest", (forest,))


def _safety(entry: Treatment) -> Iterator[Part]:
    """Yield what to know before and during a treatment."""
    yield from part("safety", "rules", statements.rules(entry, ("do_not_use_when", "caution_when")))
    yield from part("during", "terms", statements.terms(entry, _DURING))


def _popular(entry: Entry | Fact) -> Iterator[Part]:
    """Yield what popular pages say: claims with their verdicts, and what is only quoted."""
    yield from part("claims", "claims", statements.claims_about(entry))
    quoted = tuple(map(statements.statement_line, getattr(entry, "quoted", ())))
    if quoted:
        title = words()["look_up"]["fields"]["quoted"]
        yield from part("quoted", "terms", (Term(title, quoted),), words()["look_up"]["quoted_note"])


def _other_claims(claim: Claim) -> tuple[Term, ...]:
    """Return the entry that deals with a claim, and the claims that say the same or the opposite."""
    places, titles = catalogue(), words()["look_up"]["fields"]
    entry = places.named(claim.entry)
    against = statements.claim_row(claim).disagrees
    same = tuple(places.sections["claims"][one] for one in claim.same_as)
    found = (("entry", (entry,) if entry else ()), ("same_as", same), ("disagrees_with", against))
    return tuple(Term(titles[name], places=listed) for name, listed in found if listed)


def _cited(place: Place) -> tuple[Term, ...]:
    """Return the entries that rest on a source, by section, with the places in it."""
    titles = words()["look_up"]["sections"]
    found = places_in(place)
    return tuple(
        Term(titles[group.role], places=group.places, words=tuple(found[one] for one in group.places))
        for group in used_by(place)
    )


def _cite(place: Place) -> str:
    """Return the line by which the page is cited."""
    library = catalogue().library
    text: str = words()["look_up"]["cite"]
    return text.format(
        name=place.name.rstrip("."),
        path=place.path.lstrip("/"),
        version=library.version,
        released=day_words(library.released),
        checked=day_words(place.entry.checked),
    )


def _has_patient_words(value: object) -> bool:
    """Whether an entry says anything in words for a patient."""
    if isinstance(value, tuple):
        return any(map(_has_patient_words, value))
    names = getattr(type(value), "__struct_fields__", ())
    return any(
        bool(getattr(value, name)) if name == "plain" else _has_patient_words(getattr(value, name)) for name in names
    )
