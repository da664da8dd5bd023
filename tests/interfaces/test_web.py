"""The web application: the same answers as the command line, safe, and kept by nobody."""

from __future__ import annotations

import asyncio
import html
import json
import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import calcinosis
from calcinosis.interfaces.cli.main import app as command_line
from calcinosis.interfaces.web import records
from calcinosis.interfaces.web.app import create_app
from calcinosis.interfaces.web.examples import examples
from calcinosis.interfaces.web.names import names_of
from calcinosis.interfaces.web.settings import Settings
from calcinosis.report.renderers.json import SCHEMA
from calcinosis.words.en.documents import NOT_REVIEWED
from tests.interfaces.memory import SECRET, remembered_of_the_record, secret_record

CASES = sorted((Path(__file__).parent.parent / "cases" / "published").glob("*/bundle.json"))
BASE = "http://127.0.0.1:8000"
TOKEN = "a-token-of-some-length"
FORM = {"skin_necrosis": "yes", "severe_pain": "yes", "age": "64", "age.unit": "a", "sex": "female"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A browser that is nobody's, on this computer."""
    with TestClient(create_app(), base_url=BASE) as found:
        yield found


def client_with(**settings: Any) -> TestClient:
    """Return a client of an application with other settings."""
    return TestClient(create_app(Settings(**settings)), base_url=BASE)


def hidden_record(page: str) -> dict[str, str]:
    """Return what a result page sends again: the record and its name."""
    record = re.search(r'<textarea name="record" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    name = re.search(r'<input type="hidden" name="name" value="(.*?)">', page)
    assert record
    assert name
    return {"record": html.unescape(record[1]), "name": html.unescape(name[1])}


def body_of(page: str) -> str:
    """Return what a page says of the assessment, without the tools around it."""
    start = page.index('<header class="head')
    tools = r'<form class="again".*?</form>|<p class="to-open.*?</p>'
    without_tools = re.sub(tools, "", page[start : page.index("</main>")], flags=re.DOTALL)
    return re.sub(r"\s+", " ", without_tools)


class Fields(HTMLParser):
    """The fields of the form of a page with their values, as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._form = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is filled in, ticked or chosen."""
        given = {name: value or "" for name, value in attrs}
        if tag in {"form", "select"}:
            self._form = given.get("id", "") if tag == "form" else self._form
            self._select = given.get("name", "") if tag == "select" else ""
        is_set = given.get("type") not in {"radio", "checkbox"} or "checked" in given
        if self._form == "answers" and tag == "input" and "name" in given and is_set:
            self.found.setdefault(given["name"], []).append(given.get("value", ""))
        if self._form == "answers" and tag == "option" and self._select and "selected" in given:
            self.found.setdefault(self._select, []).append(given["value"])


def fields_of(page: str) -> dict[str, list[str]]:
    """Return the fields of the form of a page."""
    return Fields(page).found


@pytest.mark.parametrize("bundle", CASES, ids=lambda path: path.parent.name)
def test_same_answer_on_every_way(client: TestClient, bundle: Path) -> None:
    """Page, API and command line give one assessment of a published case."""
    arguments = ["assess", str(bundle), "--format"]
    wanted = json.loads(CliRunner().invoke(command_line, [*arguments, "json"]).stdout)
    data = bundle.read_bytes()
    assert client.post("/api/assess", content=data).json() == wanted
    page = client.post("/assess", files={"record": ("bundle.json", data)})
    assert page.status_code == 200
    assert client.post("/assess/json", data=hidden_record(page.text)).json() == wanted
    printed = CliRunner().invoke(command_line, [*arguments, "html"]).stdout
    assert body_of(page.text) == body_of(printed)


def test_open_questions_of_a_record(client: TestClient) -> None:
    """Answers to what a record leaves open are added to it, read as those of a form, kept in the page, and changed."""
    data = next(path for path in CASES if path.parent.name == "hd-breast-64f").read_bytes()
    result = client.post("/assess", files={"record": ("bundle.json", data)}).text
    assert 'formaction="/assess/open"' in result
    before = client.post("/assess/json", data=hidden_record(result)).json()
    page = client.post("/assess/open", data=hidden_record(result)).text
    asked = fields_of(page)["asked"]
    assert asked == list(dict.fromkeys(asked))
    leading = next(kind for kind in before["types"] if kind["id"] == before["leading_type"])
    assert set(asked) & set(leading["assumes_absent"])
    stated = {reason["fact"] for kind in before["types"] for reason in kind["because"] if reason.get("from")}
    assert not stated & set(asked)
    answers = {name: "no" for name in asked if name in leading["assumes_absent"]}
    sent = {**hidden_record(page), "asked": asked, **answers}
    answered = client.post("/assess", data=sent).text
    again = {**hidden_record(answered), "answers": "\n".join(f"{name}: no" for name in answers)}
    after = client.post("/assess/json", data=again).json()
    assert all(name in html.unescape(answered) for name in answers)
    left = next(kind for kind in after["types"] if kind["id"] == before["leading_type"])
    assert set(left["assumes_absent"]) == set(leading["assumes_absent"]) - set(answers)
    assert after["record"] == before["record"]
    third = client.post("/assess/open", data=again).text
    assert {name: fields_of(third)[name] for name in answers} == {name: ["no"] for name in answers}
    wrong = client.post("/assess", data={**hidden_record(page), "asked": "calcium", "calcium": "9O"})
    assert wrong.status_code == 422
    assert "Did you mean 90?" in wrong.text
    bad = client.post("/assess/json", data={**hidden_record(page), "answers": "nonsense: yes\n"})
    assert bad.status_code == 422


def test_a_value_is_added_by_name(client: TestClient) -> None:
    """A value that is not asked for is found by any of its names, asked for, and read; it answers nothing by itself."""
    offered = client.post("/assess/names/value", data={"add_value": "PTH"}).text
    assert "Parathyroid hormone, intact" in offered
    page = client.post("/form", data={"add_value": "PTH"}).text
    assert fields_of(page)["parathyroid_hormone"] == [""]
    fields = {**fields_of(page), "parathyroid_hormone": "1251"}
    assert "parathyroid_hormone: 1251 pg/mL" in client.post("/assess/save", data=fields).text
    again = client.post("/form", data={**fields, "add_value": "intact PTH"}).text
    assert fields_of(again)["parathyroid_hormone"] == ["1251"]
    assert "Choose what is meant" in client.post("/form", data={"add_value": "parathyroid horm"}).text


def test_a_disease_that_is_asked_for_is_answered_when_it_is_added(client: TestClient) -> None:
    """A name that is added is answered with yes, also where the question stood there as not known."""
    fields = {"asked": "dialysis", "dialysis": "unknown", "add_condition": "haemodialysis"}
    assert fields_of(client.post("/form", data=fields).text)["dialysis"] == ["yes"]


def test_same_answer_for_many_at_once(client: TestClient) -> None:
    """Records that come together, small and large, get the answers that they get alone."""
    bodies = [path.read_bytes() for path in CASES[:24]] + [CASES[0].read_bytes() + b" " * 1_000_000]
    alone = [client.post("/api/assess", content=body).content for body in bodies]

    async def together() -> list[bytes]:
        transport = httpx2.ASGITransport(app=create_app())
        async with httpx2.AsyncClient(transport=transport, base_url=BASE) as visitor:
            sent = [visitor.post("/api/assess", content=body) for body in bodies * 4]
            return [answer.content for answer in await asyncio.gather(*sent)]

    with ThreadPoolExecutor(max_workers=1) as apart:  # a browser of other tests may run a loop in this thread
        assert apart.submit(lambda: asyncio.run(together())).result() == alone * 4


def test_examples_are_the_published_cases(client: TestClient) -> None:
    """The cases that the package carries are those of the tests, unchanged, and open from the start page."""
    start = client.get("/").text
    by_name = {path.parent.name: path for path in CASES}
    for example in examples():
        assert example.data == by_name[example.id].read_bytes()
        source = json.loads(by_name[example.id].with_name("expected.json").read_text(encoding="utf-8"))["source"]
        assert (example.citation, example.url) == (source["citation"], source["url"])
        assert f'href="/examples/{example.id}"' in start
        page = client.get(f"/examples/{example.id}")
        assert page.status_code == 200
        assert html.escape(example.citation, quote=False)[:40] in page.text


@pytest.mark.parametrize(
    "path", ["/", "/form", "/many", "/examples/hd-breast-64f", "/look-up", "/types", "/api", "/no"]
)
def test_every_page_says_who_has_not_reviewed_it(client: TestClient, path: str) -> None:
    """Each page says it in its frame, and prints it at the foot of each sheet."""
    page = client.get(path).text
    foot = page[page.index('<footer class="site-foot">') :]
    assert f"<strong>{NOT_REVIEWED}</strong>" in foot
    style = re.search(r'href="(/static/printed-foot[^"]+)"', page)
    assert style is not None
    assert "No clinician has reviewed it yet." in client.get(style[1]).text


@pytest.mark.parametrize("path", ["/", "/form", "/many", "/examples/hd-breast-64f", "/api", "/search?q=pth"])
def test_no_page_shows_what_only_a_program_reads(client: TestClient, path: str) -> None:
    """A word that is called like a method of a dict is that word: no button has the name of a method."""
    assert not re.search(r"&lt;(built-in|bound|function)|object at 0x|Undefined", client.get(path).text)


NOTE = "A 52-year-old woman with systemic sclerosis. No fever. She takes warfarin. Possible gout. Calcium 2.32 mmol/L."


def test_a_note_is_read_and_struck_out(client: TestClient) -> None:
    """What a reader strikes out of a note counts nowhere, stays struck out, and is told; the rest is as it was."""
    page = client.post("/note", data={"record": NOTE})
    keys = re.findall(r'name="keep" id="k-\d+" value="([^"]+)" checked', page.text)
    assert {"warfarin.present", "fever.absent", "calcium.present.2.32 mmol/L", "systemic_sclerosis.present"} <= {*keys}
    kept = [key for key in keys if not key.startswith(("warfarin", "gout"))]
    struck = {"record": NOTE, "name": "note", "shown": "yes", "keep": kept}
    result = client.post("/assess", data=struck).text
    again = {"record": NOTE, "struck": re.findall(r'name="struck" value="([^"]+)"', result)}
    assert sorted(again["struck"]) == sorted({*keys} - {*kept})
    told = client.post("/assess/json", data=again).json()
    assert {one["fact"] for one in told["entered"]}.isdisjoint({"warfarin", "gout", "suspected_gout"})
    assert any("warfarin" in one["says"] for one in told["not_understood"])
    whole = client.post("/assess/json", data={"record": NOTE}).json()
    left = [one for one in whole["entered"] if one["fact"] not in {"warfarin", "gout", "suspected_gout"}]
    assert [one for one in told["entered"] if not one.get("parts")] == [one for one in left if not one.get("parts")]
    page_again = client.post("/note", data=again).text
    assert 'value="warfarin.present">' in page_again
    assert 'value="fever.absent" checked' in page_again


@pytest.mark.parametrize(("text", "status"), [("", 422), ("  \n", 422), ("Bonjour", 422), ('{"resourceType": 1}', 422)])
def test_what_is_no_note_is_told_and_kept(client: TestClient, text: str, status: int) -> None:
    """A text of which nothing can be read stands in the field again, with what is wrong above it."""
    page = client.post("/note", data={"record": text})
    assert page.status_code == status
    assert 'role="alert"' in page.text
    assert text.strip() in html.unescape(page.text)


def test_a_note_that_is_a_file_is_checked_first(client: TestClient) -> None:
    """A text file that is chosen is shown with what was read, like a pasted note."""
    page = client.post("/assess", files={"record": ("note.txt", NOTE.encode())}).text
    assert 'value="warfarin.present" checked' in page
    assert "Skin" not in re.findall(r"<title>(.*?)</title>", page)[0]


def test_the_page_of_the_example_is_small(client: TestClient) -> None:
    """The result of the first example is quickly there on a slow line."""
    record = (CASES[0].parents[4] / "examples" / "scleroderma-thumb.json").read_bytes()
    page = client.post("/assess", files={"record": ("a.json", record)})
    assert len(page.content) < 150_000


def test_form_to_result_and_back(client: TestClient) -> None:
    """Answers lead to a result, from it back to the same answers, and through a file to the same result."""
    page = client.post("/assess", data=FORM)
    assert page.status_code == 200
    assert "Skin necrosis" in page.text
    again = client.post("/form", data=hidden_record(page.text)).text
    assert re.search(r'id="f-skin_necrosis" value="yes" checked', again)
    assert re.search(r'name="age" [^>]*value="64"', again)
    assert client.post("/assess/save", data={**FORM, "phosphate": "9O"}).status_code == 422
    saved = client.post("/assess/save", data=FORM)
    assert saved.headers["content-disposition"].startswith("attachment")
    loaded = client.post("/assess", files={"record": ("form.yaml", saved.content)})
    assert body_of(loaded.text) == body_of(page.text)


def test_a_saved_form_fills_the_page(client: TestClient) -> None:
    """Names, other words, limits and flags of a saved form come back as the same answers, and lead to the same."""
    form = (
        "id: a-form\ndate: 2024-05-01\ngender: F\nage: 54\nscleroderma: yes\nPTH: high\nfever: maybe\n"
        "phosphate: 7.4 mg/dL, upper_limit 5.5 mg/dL\ncalcium: > 2.1 mmol/L\nav_block: second degree\n"
    )
    page = html.unescape(client.post("/form", data={"record": form, "name": "form"}).text)
    assert '<option value="female" selected>' in page
    assert re.search(r'id="f-systemic_sclerosis" value="yes" checked', page)
    assert re.search(r'id="f-fever-suspected" value="suspected" checked', page)
    assert re.search(r'name="parathyroid_hormone" [^>]*value="high"', page)
    assert 'name="phosphate.rest" value=", upper_limit 5.5 mg/dL"' in page
    assert '.unit" value="mmol/L">' in page
    assert '<option value="second_degree" selected>' in page
    fields = fields_of(page)
    assert body_of(client.post("/assess", data=fields).text) == body_of(
        client.post("/assess", data={"record": form, "name": "form"}).text
    )


def test_either_unit_is_one_value(client: TestClient) -> None:
    """A phosphate in mg/dL and the same in mmol/L give the same result, and each shows the other."""
    first = client.post("/assess/progress", data={"phosphate": "7.4", "phosphate.unit": "mg/dL"}).text
    second = client.post("/assess/progress", data={"phosphate": "2,389", "phosphate.unit": "mmol/L"}).text
    assert "= 2.39 mmol/L" in first
    assert "is not a number" not in second  # two thousand nobody has
    hormone = {"parathyroid_hormone": "1,245", "parathyroid_hormone.unit": "pg/mL", "added": "parathyroid_hormone"}
    assert "nothing between thousands" in client.post("/assess", data=hormone).text
    third = client.post("/assess/progress", data={"phosphate": "2,39", "phosphate.unit": "mmol/L"}).text
    assert "= 7.4 mg/dL" in third
    result = {key: client.post("/assess", data=fields).text for key, fields in (
        ("a", {"phosphate": "7.402621", "phosphate.unit": "mg/dL", "skin_calcification": "yes", "age": "54"}),
        ("b", {"phosphate": "2.39", "phosphate.unit": "mmol/L", "skin_calcification": "yes", "age": "54"}),
    )}  # fmt: skip
    titles = {key: re.search(r"<h1>(.*?)</h1>", page) for key, page in result.items()}
    assert titles["a"]
    assert titles["b"]
    assert titles["a"][1] == titles["b"][1]
    assert "metastatic" in titles["a"][1]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"phosphate": "9O"}, "“9O” is not a number. Did you mean 90?"),
        ({"phosphate": "much"}, "“much” is not a number."),
        (
            {"phosphate": "9000", "phosphate.unit": "mg/dL"},
            "9000 mg/dL is outside the possible range, 0.2 to 30",
        ),
        (
            {"phosphate": "25", "phosphate.unit": "mmol/L"},
            "possible range, 0.065 to 9.7 mmol/L. Did you mean mg/dL?",
        ),
        ({"age": "640", "age.unit": "a"}, "640 years is outside the possible range, 0 to 125 years."),
        ({"phosphate": "3", "phosphate.unit": "furlong"}, "a unit of Phosphate"),
        ({"skin_necrosis": "perhaps"}, "yes, no, suspected or not known"),
        ({"add_condition": "systemic sclerosi s"}, "was not found"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: TestClient, fields: dict[str, str], says: str) -> None:
    """An answer that cannot be read is told on the form, with what was typed still in it; the rest works on."""
    answers = {**FORM, **fields}
    running = client.post("/assess/progress", data=answers)
    assert running.status_code == 200
    assert "Skin necrosis" in running.text or "skin_necrosis" in fields
    page = client.post("/assess", data=answers)
    assert page.status_code == 422
    assert says in html.unescape(page.text)
    assert html.escape(next(iter(fields.values()))) in page.text
    assert page.headers["cache-control"] == running.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("group", "typed", "fact"),
    [
        ("condition", "CREST", "crest_syndrome"),
        ("condition", "M34.1", "crest_syndrome"),
        ("condition", "scleroderma", "systemic_sclerosis"),
        ("medicine", "Marcumar", "phenprocoumon"),
        ("medicine", "coumadin", "warfarin"),
    ],
)
def test_names_synonyms_and_codes_are_added(client: TestClient, group: str, typed: str, fact: str) -> None:
    """A disease or a medicine is added by any of its names, as a question with the answer yes."""
    page = client.post("/form", data={f"add_{group}": typed}).text
    assert re.search(rf'id="f-{fact}" value="yes" checked', page)
    offered = client.post(f"/assess/names/{group}", data={f"add_{group}": typed[:4]}).text
    assert f'name="pick_{group}" value="{fact}"' in offered


def test_next_questions_follow_from_the_answers(client: TestClient) -> None:
    """What is asked next depends on what is known, keeps its place, and is not asked twice."""
    asked = re.compile(r'name="asked" value="(\w+)"')
    first = asked.findall(client.post("/assess/progress", data={"systemic_sclerosis": "yes"}).text)
    assert len(first) == len(set(first)) == 6
    fields = {"systemic_sclerosis": "yes", "asked": first, first[0]: "yes"}
    second = asked.findall(client.post("/assess/progress", data=fields).text)
    kept = [name for name in first if name in second]
    assert second[: len(kept)] == kept
    assert first[0] in second
    assert len(second) == len(set(second))
    other = asked.findall(client.post("/assess/progress", data={"skin_calcification": "no", "age": "3"}).text)
    assert other != first


def test_many_records(client: TestClient) -> None:
    """A table with a row a person, sorted both ways, opened, and downloaded; one bad file does not stop the others."""
    files = [("record", (f"{path.parent.name}.json", path.read_bytes())) for path in CASES[:12]]
    page = client.post("/many", files=[*files, ("record", ("broken.json", b'{"a'))])
    assert page.status_code == 200
    assert "12 read, 1 not" in page.text
    assert "broken.json" in page.text
    order = re.compile(r'name="open" value="\d+" formaction="/many/open">(.*?)</button>')
    up = order.findall(client.post("/many", files=files, data={"sort": "name"}).text)
    down = order.findall(client.post("/many", files=files, data={"sort": "-name"}).text)
    assert up == sorted(up) == down[::-1]
    assert len(up) == 12
    assert 'aria-sort="ascending"' in client.post("/many", files=files, data={"sort": "age"}).text
    urgent = re.findall(r'class="cap">(Emergency|emergency|urgent|soon)<', page.text)
    assert urgent == sorted(urgent, key=("emergency", "urgent", "soon").index)
    opened = client.post("/many/open", files=files, data={"open": "3"})
    assert body_of(opened.text) == body_of(client.post("/assess", files=[files[3]]).text)


def test_filtered_records(client: TestClient) -> None:
    """Rows are left by type and danger sign, in their order, in the table and in what is downloaded."""
    paths = CASES[:16]
    files = [("record", (f"{path.parent.name}.json", path.read_bytes())) for path in paths]
    answers = [client.post("/api/assess", content=path.read_bytes()).json() for path in paths]
    wanted = {
        path.parent.name: (one["leading_type"], {flag["id"] for flag in one["red_flags"]})
        for path, one in zip(paths, answers, strict=True)
    }
    a_type, signs = next(one for one in wanted.values() if one[1])
    sign = sorted(signs)[0]
    open_row = re.compile(r'name="open" value="(\d+)" formaction="/many/open">(.*?)</button>')
    expected: dict[tuple[str, str], Callable[[tuple[str, set[str]]], bool]] = {
        ("", sign): lambda one: sign in one[1],
        (a_type, ""): lambda one: one[0] == a_type,
        (a_type, sign): lambda one: one[0] == a_type and sign in one[1],
        ("", "none"): lambda one: not one[1],
        ("", "any"): lambda one: bool(one[1]),
        ("nonsense", ""): lambda one: True,
    }
    for choice, fits in expected.items():
        data = {"type": choice[0], "danger": choice[1], "sorted": "-name"}
        page = client.post("/many", files=files, data=data).text
        left = sorted((name for name, one in wanted.items() if fits(one)), reverse=True)
        rows = open_row.findall(page)
        assert [name for _, name in rows] == left
        assert all(paths[int(place)].parent.name == name for place, name in rows)
        assert len(client.post("/many/csv", files=files, data=data).text.splitlines()) == len(left) + 1
        assert f'value="{choice[1]}" selected' in page or not choice[1]
        assert ("records are shown" in page) is (len(left) < len(wanted))
    nobody = client.post("/many", files=files[:1], data={"type": answers[0]["leading_type"], "danger": "any"})
    assert nobody.status_code == 200


def test_rows_as_csv_and_parquet(client: TestClient) -> None:
    """Both downloads have the columns of a screen, and say what the assessments say."""
    import csv
    import io

    from pyarrow import parquet

    files = [("record", (path.parent.name, path.read_bytes())) for path in CASES[:12]]
    wanted = [client.post("/api/assess", content=path.read_bytes()).json() for path in CASES[:12]]
    table = parquet.read_table(io.BytesIO(client.post("/many/parquet", files=files).content)).to_pylist()
    lines = list(csv.DictReader(io.StringIO(client.post("/many/csv", files=files).text)))
    assert [row["leading_type"] for row in table] == [one["leading_type"] for one in wanted]
    assert [row["red_flags"] for row in table] == [[flag["id"] for flag in one["red_flags"]] for one in wanted]
    assert [line["red_flags"] for line in lines] == ["; ".join(row["red_flags"]) for row in table]
    assert [line["leading_type"] for line in lines] == [row["leading_type"] or "" for row in table]
    assert list(lines[0]) == list(table[0])


def test_csv_holds_no_formula(client: TestClient) -> None:
    """An id that a spreadsheet would run is written as text."""
    form = b'id: "=HYPERLINK(1)"\nage: 54\n'
    assert "'=HYPERLINK(1)" in client.post("/many/csv", files=[("record", ("a.yaml", form))]).text


def test_api_of_the_knowledge(client: TestClient) -> None:
    """Every entry that is listed opens, with the sources that it cites."""
    listed = client.get("/api/knowledge").json()["entries"]
    assert {entry["folder"] for entry in listed} >= {"types", "causes", "treatments", "red-flags", "sources", "claims"}
    for entry in [entry for entry in listed if entry["folder"] in {"types", "red-flags", "treatments"}]:
        found = client.get(f"/api/knowledge/{entry['id']}").json()
        assert found["id"] == entry["id"]
        assert found["cited"], entry["id"]
    assert client.get("/api/claims?verdict=contradicted").json()
    assert client.get("/api/evidence/diltiazem").json()["counted"]["patients"] > 0
    assert client.post("/api/assess", content=b"age: 54\n").json()["schema"] == SCHEMA
    near = client.get("/api/knowledge/metastatik")
    assert near.status_code == 404
    assert "metastatic" in near.json()["detail"]


@pytest.mark.parametrize(
    "path",
    ["/", "/form", "/many", "/examples/hd-breast-64f", "/api", "/api/knowledge", "/nothing", "/static/web.css"],
)
def test_every_answer_is_guarded(client: TestClient, path: str) -> None:
    """Each answer has the headers, no page has an inline script or style, and none names another host to load from."""
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    is_knowledge = path.startswith(("/static", "/nothing"))
    assert answer.headers["cache-control"] == ("no-cache" if is_knowledge else "no-store")
    if answer.headers["content-type"].startswith("text/html"):
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=\"/static/)", answer.text)
        assert not re.search(r'(src|action|formaction)="(?!/)', answer.text)
        assert not re.search(r'<link[^>]* href="(?!/static/)', answer.text)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"])
def test_foreign_names_are_refused(client: TestClient, host: str) -> None:
    """A name that was made to lead here is not answered."""
    assert client.get("/", headers={"host": host}).status_code == 421
    assert client.post("/api/assess", content=b"age: 54\n", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9000"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": BASE}, 403),
        ({"sec-fetch-site": "same-origin", "origin": BASE}, 200),
        ({"origin": BASE}, 200),
        ({}, 200),
    ],
)
def test_other_sites_cannot_send(client: TestClient, headers: dict[str, str], status: int) -> None:
    """What a page of another site sends is refused; programs and our own pages are answered."""
    assert client.post("/assess", data=FORM, headers=headers).status_code == status
    assert client.post("/api/assess", content=b"age: 54\n", headers=headers).status_code == status


def test_limits() -> None:
    """Too much is refused as it arrives, whatever was announced, as are compressed bodies and deep nesting."""
    small = client_with(largest_upload=20_000, largest_record=10_000)
    assert small.post("/api/assess", content=b" " * 20_001).status_code == 413
    assert small.post("/api/assess", content=iter([b" " * 15_000] * 9)).status_code == 413
    too_long = small.post("/api/assess", content=b"age: 54\n" + b"# \n" * 5_000)
    assert too_long.status_code == 422
    assert "more than" in too_long.json()["problems"][0]["found"]
    assert small.post("/many", files=[("record", ("a.yaml", b"x" * 9_000))] * 3).status_code == 413
    usual = client_with()
    assert usual.post("/api/assess", content=b"x", headers={"content-encoding": "gzip"}).status_code == 415
    for bomb in (b"[" * 100_000, b'{"a":' * 100_000, b"a: " + b"[" * 5_000, b"PK\x03\x04" + b"\0" * 100):
        assert usual.post("/api/assess", content=bomb).status_code == 422
    few = client_with(most_records=2)
    assert few.post("/many", files=[("record", ("a.yaml", b"age: 5\n"))] * 3).status_code in {400, 413}


def test_nothing_touches_a_disk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file is read in memory: no temporary file is opened for it."""
    import tempfile

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a temporary file was opened")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    data = CASES[0].read_bytes() + b" " * 3_000_000
    assert client.post("/assess", files={"record": ("bundle.json", data)}).status_code == 200


def test_nothing_of_a_record_is_remembered(client: TestClient) -> None:
    """After the answer neither its texts nor its dates stand in what the program keeps to read faster."""
    bundle = secret_record()
    assert calcinosis.assess(calcinosis.read(bundle)).presentation == "calcinosis"
    assert remembered_of_the_record()
    assert client.post("/api/assess", json=bundle).text.count("9.876")
    assert remembered_of_the_record() == []


@pytest.mark.parametrize(
    ("typed", "fact"),
    [("subcutaneous nodules", "subcutaneous_nodule"), ("haemodialysis", "dialysis"), ("no such thing", "")],
)
def test_names_are_found_in_any_spelling(typed: str, fact: str) -> None:
    """One or many, British or American; what is no name is none."""
    assert names_of("condition").exact(typed) == fact


def test_no_patient_data_in_logs_or_errors(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Neither a bad record nor a fault of the program tells a name in a log or an answer."""
    caplog.set_level(logging.DEBUG)
    client = client_with()
    bundle = {
        "resourceType": "Bundle",
        "entry": [{"resource": {"resourceType": "Patient", "name": [{"text": SECRET}], "birthDate": "1950"}}],
    }
    answers = [
        client.post("/api/assess", content=json.dumps(bundle)),
        client.post("/api/assess", content=json.dumps(bundle)[:-9]),
        client.post("/api/assess", content=f"age: {SECRET}\nsex: {SECRET}\n"),
        client.post("/assess/json", data={"record": json.dumps(bundle)}),
    ]

    def broken(*arguments: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(records, "assess_record", broken)
    fault = client.post("/api/assess", content=CASES[0].read_bytes())
    assert fault.status_code == 500
    assert fault.headers["content-type"] == "application/problem+json"
    assert "ValueError at broken" in caplog.text
    for answer in [*answers, fault]:
        assert SECRET not in answer.text
        assert SECRET not in str(answer.url)
    assert SECRET not in caplog.text


def test_token() -> None:
    """Where other computers reach it, nothing but the look of the page that asks is given without the token."""
    client = client_with(host="0.0.0.0", token=TOKEN)
    for path in ("/", "/many", "/api/knowledge", "/api/openapi.json", "/examples/hd-breast-64f"):
        assert client.get(path).status_code == 401, path
    assert client.post("/api/assess", content=b"age: 54\n").status_code == 401
    assert client.get("/static/web.css").status_code == 200
    assert client.get("/api/knowledge", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/api/knowledge", headers={"authorization": "Bearer x"}).status_code == 401
    assert client.post("/token", data={"token": "wrong"}).status_code == 401
    entered = client.post("/token", data={"token": TOKEN}, follow_redirects=False)
    assert entered.status_code == 303
    assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in entered.headers["set-cookie"].split(";")}
    assert TOKEN not in entered.headers["set-cookie"]
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"host": "192.168.1.5:8000"}).status_code in {200, 401}
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--token", "short"], ["--port", "0"]])
def test_serve_refuses_what_is_unsafe(arguments: list[str]) -> None:
    """Without a token it does not open to other computers, and a short token is none."""
    found = CliRunner().invoke(command_line, ["serve", *arguments], env={"CALCINOSIS_TOKEN": ""})
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "Traceback" not in found.stderr


def test_a_taken_port_is_told() -> None:
    """A port that something else listens on is named, with what to do."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = CliRunner().invoke(command_line, ["serve", "--port", str(taken.getsockname()[1])])
    assert found.exit_code == 1
    assert "--port" in found.stderr
