"""A source: its one canonical link, its citation, and the addresses that it may not have."""

from __future__ import annotations

import pytest

from calcinosis.library.copies import host_of, read_copies
from calcinosis.library.load import KNOWLEDGE
from calcinosis.library.source import Source
from calcinosis.report.bibliography import bibtex, csl


def source(**keys: str) -> Source:
    """Return a source with these keys."""
    return Source(id="review-1", kind="review", title="A review", read="abstract", checked="2026-01-01", **keys)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "link"),
    [
        ({"doi": "10.1000/182", "pmid": "123", "url": "https://example.org/"}, "https://doi.org/10.1000/182"),
        ({"pmid": "123", "url": "https://example.org/"}, "https://pubmed.ncbi.nlm.nih.gov/123/"),
        ({"url": "https://example.org/"}, "https://example.org/"),
        ({"published": "A journal 1:2-3"}, ""),
    ],
)
def test_link_is_the_most_lasting_one(keys: dict[str, str], link: str) -> None:
    """DOI before PubMed before the page; nothing for what is only printed."""
    assert source(**keys).link == link


def test_citation_leaves_out_what_is_not_known() -> None:
    """Neither an empty author nor an empty journal leaves a mark; what is known is printed in order."""
    assert source().citation == "A review."
    full = source(authors="Reiter N et al.", published="A journal 1:2-3")
    assert full.citation == "Reiter N et al. A review. A journal 1:2-3."


def test_where_it_was_printed_is_exported() -> None:
    """A source without an address can still be found by what the bibliography says."""
    printed = source(published="A journal 1:2-3")
    assert "howpublished = {A journal 1:2-3}" in "".join(bibtex([printed]))
    assert csl([printed])[0]["note"] == "A journal 1:2-3"
    assert "author" not in csl([printed])[0]


@pytest.mark.parametrize(
    "address",
    ["www.example.org", "ftp://example.org/", "https://example", "https://dermnetnz.org./topics", "https://a b.org/",
     "https://user:word@example.org/", "https://example.org:8081/", "https://47.251.13.51/", "https://[::1/", "https:///x"],
)  # fmt: skip
def test_malformed_address_has_no_host(address: str) -> None:
    """Another scheme, half a host name, a blank, a port or a number is no address of a publisher."""
    assert host_of(address) == ""


def test_host_of_an_address() -> None:
    """The host is read in small letters, whatever follows it."""
    assert host_of("https://pmc.ncbi.nlm.nih.gov/articles/PMC1/?a=b#c") == "pmc.ncbi.nlm.nih.gov"


def test_table_of_copies_names_every_pattern_once() -> None:
    """No pattern stands twice, and none is so wide that it takes in a publisher whom sources name."""
    document, table = read_copies(KNOWLEDGE / "terminology" / "copies.yaml", "copies.yaml")
    patterns = [pattern for kind in table for pattern in kind.hosts]
    assert document.problems == []
    assert len(patterns) == len(set(patterns)) > 50
    assert all(len(pattern.replace("*", "").replace(".", "")) >= 3 for pattern in patterns)
