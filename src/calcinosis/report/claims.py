"""The claims of popular pages with the literature's verdict, as JSON and by subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from calcinosis.library.entries import Claim

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
    yield f"{len(listed)} claims: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)
    for subject, group in subjects:
        yield ""
        yield subject + ("   (the pages disagree)" if _disagree(group) else "")
        for claim in sorted(group, key=lambda one: (VERDICTS.index(one.verdict), one.id)):
            yield f"  {claim.verdict}: {claim.says} [{claim.source}, line {claim.line}; {claim.id}]"
            yield f"      {claim.because}" + _basis(claim)


def _disagree(claims: list[Claim]) -> bool:
    return any(claim.disagrees_with for claim in claims)


def _basis(claim: Claim) -> str:
    cited = ", ".join(dict.fromkeys(cite.source for cite in claim.cite))
    return f" [{cited}]" if cited else f" Looked in: {claim.searched}"
