"""The sources as a bibliography: in words, BibTeX and CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from calcinosis.library.source import Source
from calcinosis.words.en import documents as words
from calcinosis.words.en.knowledge import MACHINE_WRITTEN

_BETWEEN_AUTHORS, _SPECIAL = re.compile(r",| and "), re.compile(r"([&%$#_])")
_BIBTEX = dict.fromkeys(("textbook", "label", "database", "consumer", "seed", "guideline"), "misc")
_CSL = {
    "textbook": "chapter",
    "label": "document",
    "database": "dataset",
    "consumer": "webpage",
    "seed": "webpage",
    "guideline": "report",
}


def source_lines(sources: Iterable[Source]) -> Iterator[str]:
    """Yield each source with how it was read and its link."""
    for source in sources:
        rank = MACHINE_WRITTEN if source.machine_written else source.kind
        yield words.SOURCE_LINE.format(
            id=source.id, citation=source.citation, rank=rank, read=source.read, link=source.link
        ).rstrip()


def bibtex(sources: Iterable[Source]) -> Iterator[str]:
    """Yield each source as a BibTeX entry."""
    for source in sources:
        fields = {
            "author": " and ".join(part.strip() for part in _BETWEEN_AUTHORS.split(source.authors) if part.strip()),
            "title": "{" + source.title + "}",
            "howpublished": source.published,
            "year": str(source.year or ""),
            "doi": source.doi,
            "url": source.link,
            "note": f"PMID {source.pmid}" if source.pmid else "",
        }
        body = "".join(f"  {name} = {{{_escaped(value)}}},\n" for name, value in fields.items() if value)
        yield f"@{_BIBTEX.get(source.kind, 'article')}{{{source.id},\n{body}}}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text) if "://" not in text else text


def csl(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Return the sources as CSL-JSON items."""
    items = []
    for source in sources:
        kind = _CSL.get(source.kind, "article-journal")
        item: dict[str, Any] = {"id": source.id, "type": kind, "title": source.title}
        if source.authors:
            item["author"] = [{"literal": part.strip()} for part in source.authors.split(",") if part.strip()]
        if source.year:
            item["issued"] = {"date-parts": [[source.year]]}
        names = {"DOI": source.doi, "PMID": source.pmid, "URL": source.link, "note": source.published}
        item |= {key: value for key, value in names.items() if value}
        items.append(item)
    return items
