"""Looking up in the web: every entry has its page, every link leads somewhere, search finds what is named."""

from __future__ import annotations

import asyncio
import html
import re
import statistics
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import unquote, urldefrag, urljoin

import httpx2
import orjson
import pytest
from starlette.testclient import TestClient

from calcinosis.compiled import knowledge
from calcinosis.errors import ExtraMissingError
from calcinosis.evidence.describe import evidence_object
from calcinosis.interfaces.web import forest, search
from calcinosis.interfaces.web.app import create_app
from calcinosis.interfaces.web.catalogue import Place, catalogue
from calcinosis.interfaces.web.citing import mentions, role_of, sources_of
from calcinosis.interfaces.web.entry_head import alternative_words
from calcinosis.interfaces.web.index import folded
from calcinosis.interfaces.web.words import words
from calcinosis.library.entries import Claim, FollowUp, Source
from calcinosis.rules.syntax import Absent, criteria
from tests.interfaces.pages import Seen, read_page
from tests.pace import loop_seconds, seconds

BASE = "http://127.0.0.1:8000"
ELSEWHERE = ("/static/", "/assess", "/form", "/note", "/many", "/examples", "/token")
PLACES = [*catalogue().places()]
TREATMENTS = [place for place in PLACES if place.section == "treatments"]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A browser on this computer."""
    with TestClient(create_app(), base_url=BASE) as found:
        yield found


@pytest.fixture(scope="module")
def site() -> dict[str, Seen]:
    """Every page that links lead to from the start of the look-up, by its address."""
    with ThreadPoolExecutor(max_workers=1) as apart:  # where a browser ran before, this thread has a loop of its own
        return apart.submit(lambda: asyncio.run(walked())).result()


async def walked() -> dict[str, Seen]:
    """Follow every link; a client without a thread of its own, for there are three thousand pages."""
    found: dict[str, Seen] = {}
    waiting = deque(["/look-up", "/search?q=calcium"])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(create_app()), base_url=BASE) as client:
        while waiting:
            path = waiting.popleft()
            if path in found:
                continue
            answer = await client.get(path)
            assert answer.status_code == 200, f"{path} answers {answer.status_code}"
            is_page = answer.headers["content-type"].startswith("text/html")
            found[path] = read_page(answer.text) if is_page else Seen()
            for target in found[path].links:
                address = urldefrag(urljoin(path, target)).url
                if address not in found and address != "/" and not address.startswith(ELSEWHERE):
                    waiting.append(address)
    return found


def every_entry_has_a_page_that_links_lead_to(site: dict[str, Seen]) -> None:
    """Each entry stands at its address, with its name as title and heading."""
    for place in PLACES:
        page = site[place.path]
        assert place.name in page.title, place.path
        assert page.h1.startswith(place.name), place.path
    assert len(PLACES) == sum(knowledge().library.counts().values())


def pages_are_well_formed(site: dict[str, Seen]) -> None:
    """One first heading, headings without gaps, named tables, ids once, nothing that the policy forbids."""
    wrong = {path: page.wrong for path, page in site.items() if page.wrong and page.title}
    assert not wrong


def no_link_within_the_site_is_broken(site: dict[str, Seen]) -> None:
    """Links to a place in a page lead to an id of that page; the crawl has shown that the pages exist."""
    broken = []
    for path, page in site.items():
        for target in page.links:
            address, part = urldefrag(urljoin(path, target))
            if part and address in site and unquote(part) not in site[address].ids:
                broken.append(f"{path}: {target}")
    assert not broken


def every_entry_can_be_cited(site: dict[str, Seen]) -> None:
    """Each page says how to cite it: the version of the knowledge, the address, the day of the last check."""
    version = knowledge().library.version
    for place in PLACES:
        text = " ".join(site[place.path].text.split())
        assert f"knowledge {version} of" in text, place.path
        assert f"({place.path.lstrip('/')}), checked" in text, place.path


def sources_of_an_entry_are_linked(site: dict[str, Seen]) -> None:
    """Each source that an entry cites stands on its page, with the canonical address, told no referrer."""
    for place in PLACES:
        page = site[place.path]
        hrefs = {one["href"] for one in page.outside}
        assert all("noreferrer" in one.get("rel", "") for one in page.outside), place.path
        for number, source in enumerate(sources_of(place.entry), start=1):
            assert isinstance(source.entry, Source)
            assert f"s-{number}" in page.ids, f"{place.path} does not list {source.id}"
            assert source.path in page.links, f"{place.path} does not lead to {source.id}"
            assert not source.entry.link or source.entry.link in hrefs, f"{place.path}: {source.id}"


def test_the_whole_site(site: dict[str, Seen], subtests: pytest.Subtests) -> None:
    """What holds for all pages; the walk through them is long, so that one worker does it for all checks."""
    for check in (
        every_entry_has_a_page_that_links_lead_to,
        pages_are_well_formed,
        no_link_within_the_site_is_broken,
        every_entry_can_be_cited,
        sources_of_an_entry_are_linked,
    ):
        with subtests.test(check.__name__):
            check(site)


def test_quoted_sources_carry_the_dagger(client: TestClient) -> None:
    """Whoever is only quoted is marked wherever its name stands."""
    page = client.get("/treatments/diltiazem").text
    listed = [source.id for source in sources_of(catalogue().sections["treatments"]["diltiazem"].entry)]
    found = re.findall(r'<a class="cite([^"]*)" href="(?:#s-|/sources/)([^"]+)"[^>]*>(.*?)</a>', page)
    assert found
    for kind, target, shown in found:
        source = listed[int(target) - 1] if target.isdigit() else target
        quoted = not knowledge().library.sources[source].supports
        assert ("weak" in kind) == quoted == ("†" in shown), source
    assert "†" in read_page(client.get("/sources/seed-000").text).h1


@pytest.mark.parametrize("place", TREATMENTS, ids=lambda place: place.id)
def test_plot_agrees_with_the_evidence(client: TestClient, place: Place) -> None:
    """Each study that counts is drawn where its interval lies, and the pooled mean; the others are listed below."""
    found = evidence_object(knowledge().library.treatments[place.id], knowledge().library)
    text = client.get(place.path).text
    drawn = [
        (float(low), float(high), float(value))
        for low, high, value in re.findall(
            r'<line class="ci" x1="([\d.]+)%" x2="([\d.]+)%"[^>]*/>\s*<svg x="([\d.]+)%"', text
        )
    ]
    with_numbers = [row for row in found["rows"] if row["interval"]]
    counts = [row for row in with_numbers if not row["not_counted"]]
    assert drawn == [
        tuple(round(100 * row["interval"][name], 1) for name in ("low", "high", "value")) for row in counts
    ]
    assert text.count('class="pooled"') == bool(found["pooled"])
    for row in counts:
        assert f'aria-label="{row["improved"]} of {row["patients"]}, {100 * row["interval"]["value"]:.0f} %' in text
    below = html.unescape(text.partition('class="fp"')[2] or text)
    for row in with_numbers:
        if row["not_counted"]:
            assert f"{row['improved']} of {row['patients']}." in below
            assert f"Not counted: {row['not_counted']}" in below


def test_treatment_without_statistics_libraries(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where intervals cannot be worked out, the studies stand there in words, and the page says what is missing."""

    def missing(*_: object) -> None:
        raise ExtraMissingError

    monkeypatch.setattr(forest, "wilson", missing)
    forest.forest_of.cache_clear()
    try:
        shown = forest.forest_of(knowledge().library.treatments["diltiazem"])
    finally:
        forest.forest_of.cache_clear()
    assert shown is not None
    assert not shown.rows
    assert "9 of 17" in {row.numbers for row in shown.without_numbers}
    assert "evidence" in shown.pooling


def test_what_is_absent_stays_absent_in_brief() -> None:
    """A rule in one line says of each criterion what it asks for: absence is never read as presence."""
    library = knowledge().library
    rules = [one.do_not_use_when for one in library.treatments.values() if one.do_not_use_when is not None]
    absent = [one for rule in rules for one in criteria(rule) if isinstance(one.test, Absent)]
    assert absent
    for one in absent:
        assert re.match(r"no |does not take |.* negative", alternative_words(one)), one.text
    diltiazem = library.treatments["diltiazem"].do_not_use_when
    assert diltiazem is not None
    assert "(sick sinus syndrome and no working ventricular pacemaker)" in alternative_words(diltiazem)


def found_at(text: str, place: Place) -> int:
    """Return at which place of the results an entry stands, from 1; 0 where it is not found."""
    hits = [hit.place for hit in search.search(text).hits]
    return hits.index(place) + 1 if place in hits else 0


def test_search_finds_each_entry_by_its_name() -> None:
    """An entry is first for its own name, behind none but those of the same name or id."""
    called = Counter(name for place in PLACES for name in {folded(place.name), folded(place.id.replace("_", " "))})
    late = {}
    for place in PLACES:
        at = found_at(place.name, place)
        if len(place.name) <= search.LONGEST and not 1 <= at <= called[folded(place.name)]:
            late[place.path] = at
    assert not late


def test_search_finds_each_fact_by_each_synonym() -> None:
    """Whatever name the knowledge has for a fact, the fact is among the first results."""
    late = {}
    for fact in knowledge().library.facts.values():
        place = catalogue().fact(fact.id)
        for name in fact.names:
            if not 1 <= found_at(name, place) <= 6:
                late[name] = fact.id
    assert not late


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("CREST", "/causes/systemic-sclerosis"),
        ("warfrin", "/treatments/warfarin"),
        ("calcifilaxis", "/types/calciphylaxis"),
        ("hypercalcemia", "/facts/hypercalcaemia"),
        ("sodium thiosulphate", "/treatments/sts-iv"),
        ("mtx", "/treatments/methotrexate"),
        ("heel prick", "/causes/heel-stick"),
        ("Reiter 2011", "/sources/reiter-2011-part1"),
        ("scleroderma", "/causes/systemic-sclerosis"),
    ],
)
def test_search_knows_synonyms_spellings_and_slips(client: TestClient, typed: str, path: str) -> None:
    """What people type leads to what they mean, among the first ten."""
    page = read_page(client.get("/search", params={"q": typed}).text)
    assert path in [one for one in page.links if one.count("/") == 2][:12]


def test_search_answers_at_once() -> None:
    """Half of all searches take no longer than one loop of a million steps (50 ms), slips included."""
    search.search("calcium")
    names = [place.name.replace("e", "", 1) for place in PLACES[::20]]
    times = [seconds(partial(search.search, name)) for name in names]
    assert statistics.median(times) < loop_seconds()


@pytest.mark.parametrize("typed", ["", "   ", "qqqqqq", '"', "a AND (b", "*", "NEAR(", "x" * 5000, "\x00", "é—†", "--"])
def test_search_takes_anything(client: TestClient, typed: str) -> None:
    """Nothing that can be typed breaks the search or is read as a command of its index."""
    answer = client.get("/search", params={"q": typed})
    assert answer.status_code == 200
    assert not read_page(answer.text).wrong


def test_search_does_not_let_markup_through(client: TestClient) -> None:
    """What was typed is shown as it was typed."""
    text = client.get("/search", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_claims_are_chosen_by_verdict_and_page(client: TestClient) -> None:
    """The filters show the claims of the knowledge with this verdict of this page, and no others."""
    known = knowledge().library.claims.values()
    for verdict, source in (("", ""), ("contradicted", ""), ("", "seed-002"), ("harmful-if-followed", "seed-000")):
        page = read_page(client.get("/claims", params={"verdict": verdict, "source": source}).text)
        shown = {one.removeprefix("/claims/") for one in page.links if one.startswith("/claims/sc")}
        wanted = {one.id for one in known if verdict in {"", one.verdict} and source in {"", one.source}}
        others = {name for one in wanted for name in (*claim(one).disagrees_with, *opposed_by(one))}
        assert wanted <= shown <= wanted | others
        assert f"{len(wanted)} of {len(known)} claims" in page.text


def claim(name: str) -> Claim:
    """Return a claim."""
    return knowledge().library.claims[name]


def opposed_by(name: str) -> set[str]:
    """Return the claims that say that they disagree with one."""
    return {one.id for one in knowledge().library.claims.values() if name in one.disagrees_with}


def test_claims_on_which_pages_disagree_come_first(client: TestClient) -> None:
    """Warfarin is called a treatment and a cause: that stands before what all pages say alike."""
    text = client.get("/claims").text
    contested = next(one for one in knowledge().library.claims.values() if one.disagrees_with)
    assert text.index(f'href="/claims/{contested.id}"') < text.index('id="others"')


def test_bibliography_is_complete(client: TestClient) -> None:
    """Both downloads hold every source, and one source can be had alone."""
    sources = knowledge().library.sources
    listed = client.get("/sources.bib").text
    assert set(re.findall(r"^@\w+\{([^,]+),", listed, re.MULTILINE)) == set(sources)
    assert {item["id"] for item in orjson.loads(client.get("/sources.json").content)} == set(sources)
    assert client.get("/sources/balin-2012.bib").text.startswith("@article{balin-2012,")
    assert client.get("/sources/no-such.bib").status_code == 404


def test_a_page_that_is_not_there_suggests_what_is_near(client: TestClient) -> None:
    """A slip in an address is answered with 404 and the entry that was meant, wherever it stands."""
    for path in ("/treatments/diltiazen", "/diltiazen", "/types/diltiazen"):
        answer = client.get(path)
        assert answer.status_code == 404
        page = read_page(answer.text)
        assert "/treatments/diltiazem" in page.links
        assert not page.wrong


def test_an_entry_in_another_section_is_found(client: TestClient) -> None:
    """An address with the right id and the wrong section leads on to the page."""
    answer = client.get("/causes/diltiazem", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/treatments/diltiazem")
    assert client.get("/api/no-such").headers["content-type"] == "application/problem+json"


def test_types_are_compared_on_every_question(client: TestClient) -> None:
    """Each of the types has a column, each question a row; every cause and statement of the entries stands in it."""
    page = read_page(client.get("/types").text)
    library = knowledge().library
    types = [one for one in library.types.values() if not one.part_of]
    assert page.tables[0]["heads"] == len(types) + 1
    for one in types:
        for said in (one.summary, *one.sites, *one.prognosis):
            assert said.says in page.text
    causes = [one for one in library.causes.values() if one.strength == "cause"]
    assert {f"/causes/{one.id}" for one in causes} <= set(page.links)


def test_both_wordings_are_in_the_page(client: TestClient) -> None:
    """Where a statement has words for patients, both stand in the page, and a switch chooses."""
    text = client.get("/red-flags/sepsis").text
    flag = knowledge().library.red_flags["sepsis"]
    assert f'<span class="c-words">{flag.says}</span><span class="p-words">{flag.plain}</span>' in text
    assert 'id="words-patient"' in text
    assert 'id="words-patient"' not in client.get("/facts/phosphate").text


def test_follow_ups_are_named_after_their_ids() -> None:
    """A follow-up has no name of its own; single letters of its id stay capitals."""
    entry = knowledge().library.follow_up["vitamin-k-antagonist-in-kidney-failure"]
    assert isinstance(entry, FollowUp)
    assert catalogue().place(entry).name == "Vitamin K antagonist in kidney failure"


def test_every_way_of_use_has_a_title() -> None:
    """Whatever key of an entry speaks of a fact or a type, the pages have words for it."""
    used = {
        f"type.{one.role}" if target.kind == "type" else role_of(one)
        for target, found in mentions().items()
        if target.kind in {"fact", "type"}
        for one in found
    }
    assert used <= set(words()["look_up"]["used_by"])


def test_no_id_is_shown_as_a_citation(client: TestClient) -> None:
    """Sources are numbers with short titles; no page of the look-up shows the id of one as its name."""
    ids = {name for name in knowledge().library.sources if not name.isalpha()}
    for path in ("/types", "/claims", "/sources", "/types/metastatic", "/treatments/surgery", "/red-flags/sepsis"):
        page = client.get(path).text
        shown = re.findall(r"<(?:a|span|small|b)[^>]*>([^<]+)</", page.partition('id="cite"')[0])
        assert not ids & {" ".join(html.unescape(text).strip(" .,†").split()) for text in shown}, path


def test_the_way_to_the_decision_is_the_rules_of_the_type(client: TestClient) -> None:
    """Each type shows its rules as questions in their order, with every criterion and what follows from it."""
    for kind in knowledge().library.types.values():
        page = client.get(f"/types/{kind.id}").text
        way = html.unescape(page.partition('<ol class="path">')[2].partition("</ol>")[0])
        rules = [kind.suspect_when, kind.excluded_when, kind.established_when, kind.confirmed_when, kind.over_when]
        assert way.count("<h3>") == sum(rule is not None for rule in rules), kind.id
        for rule in rules:
            for fact in rule.facts if rule is not None else ():
                assert f'/{fact}"' in way, (kind.id, fact)
