"""Where a source may point: to its DOI, PubMed or publisher, never to a host that only carries copies."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from calcinosis.data import FromFile
from calcinosis.library.document import Document, Place
from calcinosis.library.read import read_yaml
from calcinosis.library.source import Source
from calcinosis.words.en import knowledge as words

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_PMID = re.compile(r"[1-9]\d{0,8}")
_HOST = re.compile(r"(?:[a-z0-9]++(?:-++[a-z0-9]++)*+\.)++[a-z](?:-*+[a-z0-9]++)++")
_SPACE = re.compile(r"\s")


COPIES = "terminology/copies.yaml"
"""Where the hosts are listed, in the folder of the knowledge."""


class Copies(FromFile, frozen=True, kw_only=True):
    """Hosts that only carry copies of one kind, and what to write instead of their address."""

    carries: str
    instead: str
    hosts: tuple[str, ...]


_TABLE = TypeAdapter(tuple[Copies, ...])


def read_copies(path: Path, name: str) -> tuple[Document, tuple[Copies, ...]]:
    """Return the table of hosts that only carry copies, and its document with what is wrong in it."""
    document = read_yaml(path, name)
    if document.problems:
        return document, ()
    try:
        return document, _TABLE.validate_python(document.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _report_detail(detail["loc"], detail, document)
        return document, ()


def _report_detail(place: Place, detail: ErrorDetails, document: Document) -> None:
    last = place[-1] if place else words.THE_TABLE
    missing = detail["type"] in {"missing", "missing_argument", "missing_keyword_only_argument"}
    found = words.KEY_MISSING.format(key=last) if missing else f"{last}: {str(detail['input'])[:80]}"
    expected = words.KEY.format(key=last) if missing else detail["msg"]
    document.report(place[:-1] if missing else place, found, expected, words.WRITE_COPIES)


def check_sources(sources: dict[str, Source], documents: dict[str, Document], copies: tuple[Copies, ...]) -> None:
    """Report every source that cannot be found by what it says, or that points to a copy."""
    for name, source in sources.items():
        document = documents[name]
        if not (source.doi or source.pmid or source.url or source.published):
            document.report(("id",), words.NO_ADDRESS, words.ONE_OF_THEM, words.SAY_WHERE_PRINTED)
        if source.doi and not _DOI.fullmatch(source.doi):
            document.report(("doi",), f"doi: {source.doi}", words.A_DOI, words.DOI_ALONE)
        if source.pmid and not _PMID.fullmatch(source.pmid):
            document.report(("pmid",), f"pmid: {source.pmid}", words.A_PUBMED_ID)
        if source.url:
            check_address(source.url, ("url",), document, copies)


def check_address(url: str, place: Place, document: Document, copies: tuple[Copies, ...]) -> None:
    """Report an address that is none, or that leads to a copy of what others published."""
    host = host_of(url)
    if not host:
        document.report(place, f"url: {url}", words.AN_ADDRESS, words.WHOLE_ADDRESS)
        return
    for kind in copies:
        if any(fnmatchcase(host, pattern) for pattern in kind.hosts):
            found = words.COPY.format(host=host, carries=kind.carries)
            document.report(place, found, words.OWN_ADDRESS, kind.instead)
            return


def host_of(url: str) -> str:
    """Return the host of a well-formed http or https address, otherwise nothing."""
    if _SPACE.search(url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    known = parts.scheme in {"http", "https"} and parts.netloc.lower() == host
    return host if known and _HOST.fullmatch(host) else ""
