"""A source: what was read, where it was published, and the one link that leads there."""

from __future__ import annotations

from typing import Literal

from calcinosis.data import FromFile


class Source(FromFile, frozen=True, kw_only=True):
    """A publication, label or page that was read."""

    id: str
    kind: Literal[
        "RCT",
        "systematic-review",
        "guideline",
        "cohort",
        "case-series",
        "case-report",
        "review",
        "textbook",
        "label",
        "database",
        "consumer",
        "seed",
    ]
    authors: str = ""
    title: str
    year: int | None = None
    published: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    read: Literal["abstract", "full text", "excerpt", "label section"]
    machine_written: bool = False
    note: str = ""
    checked: str

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def supports(self) -> bool:
        """Whether a recommendation may rest on it; otherwise it can only be quoted."""
        return self.kind not in {"consumer", "seed"} and not self.machine_written

    @property
    def citation(self) -> str:
        """The source as a reference in one line."""
        parts = (self.authors, self.title, self.published, str(self.year or ""))
        return " ".join(f"{part}." for part in parts if part).replace("..", ".")

    @property
    def link(self) -> str:
        """The canonical link: DOI, else PubMed, else the publisher's page; empty for what is only printed."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else self.url
