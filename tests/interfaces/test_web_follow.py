"""The pages of one person over time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from calcinosis.interfaces.web.app import create_app
from calcinosis.interfaces.web.settings import Settings

TIMELINE = (Path(__file__).parent.parent / "timelines" / "tumoral-phosphate.json").read_bytes()
VISITS = """person: A17
date: 2025-10-14
phosphate: 2.6 mmol/L
deposit right shoulder: 62 mm, by ct
---
person: A17
date: 2026-03-02
phosphate: 1.9 mmol/L
deposit right shoulder: 31 mm, by ct
"""


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Return a client of the application."""
    return TestClient(create_app(Settings()), base_url="http://127.0.0.1:8000")


def test_the_page_asks_for_records(client: TestClient) -> None:
    """Files, or visits that are pasted."""
    page = client.get("/follow")
    assert page.status_code == 200
    assert 'name="pasted"' in page.text
    assert "multiple" in page.text


def test_a_record_is_followed(client: TestClient) -> None:
    """The page holds the chart with its words, the table, and the record to be sent again."""
    page = client.post("/follow", data={"as_of": "2025-07-01"}, files={"record": ("one.json", TIMELINE)})
    assert page.status_code == 200
    assert "1 smaller, 1 gone" in page.text
    assert 'aria-label="Phosphate in serum: 2.45 on 4 October 2022, 1.9 mmol/L on 10 June 2025."' in page.text
    assert "<table" in page.text
    assert page.text.count('<textarea name="record" hidden>') == 1


def test_pasted_visits_are_followed_and_saved(client: TestClient) -> None:
    """Two visits are one person; the JSON is that of the contract."""
    page = client.post("/follow", data={"pasted": VISITS.replace("\n", "\r\n")})  # as a browser sends it
    assert page.status_code == 200
    assert page.text.count('<textarea name="record" hidden>') == 2
    first, second = VISITS.split("---\n")
    saved = client.post("/follow/json", data={"record": [first, second], "name": ["one", "two"]})
    found = json.loads(saved.text)
    assert found["schema"] == "calcinosis-follow-up/1"
    assert [point["value"] for point in found["lesions"][0]["points"]] == [62, 31]
    whole = client.post("/follow/html", data={"record": [first, second], "name": ["one", "two"]})
    assert 'http-equiv="Content-Security-Policy"' in whole.text


def test_two_persons_are_refused_by_name(client: TestClient) -> None:
    """The page says which visit is of another person, and keeps what was pasted."""
    page = client.post("/follow", data={"pasted": VISITS.replace("A17", "B3", 1)})
    assert page.status_code == 422
    assert "another person" in page.text
    assert "visit 2" in page.text
    assert "date: 2025-10-14" in page.text


def test_script_in_a_record_stays_text(client: TestClient) -> None:
    """Whatever a record holds is shown as it stands."""
    page = client.post(
        "/follow", data={"pasted": VISITS.replace("right shoulder", "right <script>x</script> shoulder")}
    )
    assert "<script>x" not in page.text
