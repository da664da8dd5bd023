"""The claims of popular pages with the literature's verdict, as JSON and by subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from calcinosis.library.entries import Claim
from calcinosis.words.en import documents as words

VERDICTS = ("harmful-if-followed", "contradicted", "partly", "unsupported", "supported")


def claim_object(claim: Claim) -> dict[str, Any]:
    """Return a claim with the keys of the contract."""
    return {
        "id": claim.id,
        "source": claim.source,
        "line": claim.line,
        "kind": claim.kind,
        "subject": claim.subject,
        "says": claim.says,
        "verdict": claim.verdict,
        "because": claim.because,
        "cite": list(dict.fromkeys(cite.source for cite in claim.cite)),
        "searched": claim.searched,
        "entry": claim.entry,
        "same_as": list(claim.same_as),
        "disagrees_with": list(claim.disagrees_with),
    }


def claim_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the claims by subject, subjects with a disagreement first."""
    listed = sorted(claims, key=lambda claim: (claim.subject.lower(), claim.id))
    subjects = [(subject, list(group)) for subject, group in groupby(listed, key=lambda claim: claim.subject)]
    subjects.sort(key=lambda item: (not _disagree(item[1]), item[0].lower()))
    counts = {verdict: sum(claim.verdict == verdict for claim in listed) for verdict in VERDICTS}
    verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    yield words.CLAIMS_COUNTED.format(count=len(listed), verdicts=verdicts)
    for subject, group in subjects:
        yield ""
        yield words.DISAGREED.format(subject=subject) if _disagree(group) else subject
        for claim in sorted(group, key=lambda one: (VERDICTS.index(one.verdict), one.id)):
            told = words.CLAIM.format(
                verdict=claim.verdict, says=claim.says, source=claim.source, line=claim.line, id=claim.id
            )
            yield f"  {told}"
            yield f"      {claim.because}" + _basis(claim)


def _disagree(claims: list[Claim]) -> bool:
    return any(claim.disagrees_with for claim in claims)


def _basis(claim: Claim) -> str:
    cited = ", ".join(dict.fromkeys(cite.source for cite in claim.cite))
    return f" [{cited}]" if cited else words.LOOKED_IN.format(places=claim.searched)
