"""Statements, rules, disagreements and claims of an entry as the items of its page."""

from __future__ import annotations

from collections.abc import Iterable

from calcinosis.evidence.recommend import recommendations_of
from calcinosis.interfaces.web.catalogue import catalogue
from calcinosis.interfaces.web.citing import Target, mentions
from calcinosis.interfaces.web.entry_parts import ClaimRow, NamedRule, Outcome, RuleGroup, RuleLine, Sides, Term
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Claim, Disagreement, Entry, Indication, Objection, Statement, Treatment
from calcinosis.library.recommendation import Recommended
from calcinosis.report.document import Line, Mark
from calcinosis.report.lines import clean, whole
from calcinosis.rules.syntax import Citation, Criterion, Rule
from calcinosis.rules.vocabulary import Fact
from calcinosis.rules.words import asked, group_title

VERDICT_MARKS: dict[str, Mark] = {
    "supported": "true",
    "partly": "provisional",
    "unsupported": "false",
    "contradicted": "false",
    "harmful-if-followed": "danger",
}


def cites_of(cites: Iterable[Citation]) -> tuple[str, ...]:
    """Return the ids of the sources of some citations, each once."""
    return tuple(dict.fromkeys(cite.source for cite in cites))


def statement_line(said: Statement | Indication | Objection, label: str = "", mark: Mark = "") -> Line:
    """Return a statement as a line with its sources."""
    return Line(says=clean(said.says), plain=clean(said.plain), cites=cites_of(said.cite), label=label, mark=mark)


def terms(entry: Entry | Fact, names: Iterable[str]) -> tuple[Term, ...]:
    """Return the statements of some fields of an entry, a term for each field that says something."""
    titles = words()["look_up"]["fields"]
    found = ((name, getattr(entry, name)) for name in names)
    return tuple(Term(titles[name], tuple(map(statement_line, said))) for name, said in found if said)


def rules(entry: Entry | Fact, names: Iterable[str]) -> tuple[NamedRule, ...]:
    """Return the rules of some fields of an entry in words."""
    titles = words()["look_up"]["fields"]
    found = ((name, getattr(entry, name)) for name in names)
    return tuple(NamedRule(titles[name], rule_group(rule)) for name, rule in found if rule is not None)


def rule_group(rule: Rule) -> RuleGroup:
    """Return a rule as a group; a lone criterion is a group of one, which has no name."""
    if isinstance(rule, Criterion):
        return RuleGroup("", (_criterion(rule),))
    parts = tuple(_criterion(part) if isinstance(part, Criterion) else rule_group(part) for part in rule.parts)
    return RuleGroup(group_title(rule), parts)


def _criterion(criterion: Criterion) -> RuleLine:
    place = catalogue().fact(criterion.test.fact)
    return RuleLine(whole(asked(criterion.test, catalogue().library.facts)), place.path, cites_of(criterion.cite))


def sides(entry: Entry | Fact) -> tuple[Sides, ...]:
    """Return what sources say differently about an entry."""
    return tuple(map(_sides, getattr(entry, "disagreements", ())))


def _sides(one: Disagreement) -> Sides:
    verdict = statement_line(one.verdict) if one.verdict else None
    return Sides(clean(one.about), tuple(map(statement_line, one.positions)), verdict)


def outcomes(treatment: Treatment) -> tuple[Outcome, ...]:
    """Return what speaks against a treatment, and what follows from the evidence for each type that it is for."""
    found = zip(treatment.for_, recommendations_of(treatment, catalogue().library), strict=True)
    return (*map(_against, treatment.against), *(_considered(said, follows) for said, follows in found))


def _against(said: Objection) -> Outcome:
    word = words()["look_up"]["outcomes"]["words"]["avoid" if said.when is None else "avoid-some"]
    return _outcome(said, "avoid", word, "", said.when)


def _considered(said: Indication, follows: Recommended) -> Outcome:
    texts = words()["look_up"]["outcomes"]
    directness = texts["directness"][str(said.directness)]
    basis = texts["basis"].format(grade=follows.grade, level=said.level, directness=directness)
    notes = [texts[name] for name in ("few", "inconclusive") if getattr(follows, name)]
    mark: Mark = "consider" if follows.consider else "unknown"
    word = texts["words"]["consider" if follows.consider else "no-statement"]
    return _outcome(said, mark, word, "; ".join((basis, *notes)), said.consider_when)


def _outcome(said: Indication | Objection, mark: Mark, word: str, basis: str, rule: Rule | None) -> Outcome:
    kind = catalogue().sections["types"].get(said.type)
    name = kind.name if kind else words()["look_up"]["outcomes"]["all_types"]
    return Outcome(kind, name, mark, word, basis, statement_line(said), rule_group(rule) if rule is not None else None)


def claims_about(entry: Entry | Fact) -> tuple[ClaimRow, ...]:
    """Return the claims of popular pages that an entry deals with, the worst verdict first."""
    if isinstance(entry, Fact):
        return ()
    known = catalogue().library.claims.values()
    order = list(VERDICT_MARKS)[::-1]
    found = sorted((one for one in known if one.entry == entry.id), key=lambda one: (order.index(one.verdict), one.id))
    return tuple(map(claim_row, found))


def claim_row(claim: Claim) -> ClaimRow:
    """Return a claim with its verdict and the entry that deals with it."""
    places = catalogue()
    against = [places.sections["claims"][one] for one in claim.disagrees_with]
    against += [one.by for one in mentions().get(Target("claim", claim.id), ()) if one.role == "disagrees_with"]
    return ClaimRow(
        place=places.place(claim),
        says=clean(claim.says),
        source=claim.source,
        page=places.source(claim.source),
        line=claim.line,
        verdict=claim.verdict,
        mark=VERDICT_MARKS[claim.verdict],
        because=Line(says=clean(claim.because), cites=cites_of(claim.cite)),
        searched="" if claim.cite else clean(claim.searched),
        entry=places.named(claim.entry),
        disagrees=tuple(dict.fromkeys(against)),
        subject=clean(claim.subject),
    )
