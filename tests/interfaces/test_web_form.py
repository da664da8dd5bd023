"""The short form: what is asked first, units, doubted numbers, names in any spelling, what is told when it is sent."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from calcinosis.compiled import knowledge
from calcinosis.interfaces.web.form_design import OTHER, OWN, design, system_of, unit_in
from calcinosis.interfaces.web.names import Group, names_of
from calcinosis.words.en.quantities import unit_offered
from tests.interfaces.test_web import client_with, fields_of

LOW = {"hard_nodule": "yes", "calcium": "2.4", "calcium.unit": "mg/dL", "system": "own", "system_before": "own"}


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A visitor of a running application."""
    return client_with()


def text_of(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_dermatologist_is_asked_first_what_is_there(client: TestClient) -> None:
    """What is there, where, open, painful, black; then connective-tissue disease, kidneys, the place; then blood."""
    page = client.get("/form").text
    order = ["skin_necrosis", "site_finger", "white_chalky_discharge", "painful_skin_lesion", "age"]
    order += ["connective_tissue_disease", "kidney_failure", "injection_site_lesion", "local_trauma", "calcium"]
    places = [page.index(f'id="f-{name}"') for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("languages", "system"),
    [
        ("en-US,en;q=0.9", OWN),
        ("en-GB,en;q=0.9", OTHER),
        ("en,en-GB", OTHER),
        ("de-DE", OWN),
        ("", OWN),
        ("nl-NL", OTHER),
    ],
)
def test_units_follow_the_place_at_first(client: TestClient, languages: str, system: str) -> None:
    """A browser that says where it is gets the units that are usual there."""
    assert system_of(languages) == system
    page = client.get("/form", headers={"accept-language": languages}).text
    assert f'id="system-{system}" value="{system}" checked' in page
    assert f'name="calcium.unit" value="{"mmol/L" if system == OTHER else "mg/dL"}"' in page


def test_units_are_chosen_once_and_remembered() -> None:
    """What was typed is meant in the units that are chosen, and the next empty form begins with them."""
    client = client_with()
    chosen = client.post("/form", data={**LOW, "calcium": "2.31", "system": "other"}).text
    assert fields_of(chosen)["calcium.unit"] == ["mmol/L"]
    assert "= 9.26 mg/dL" in chosen
    assert 'name="phosphate.unit" value="mmol/L"' in client.get("/form").text
    cookie = client.cookies.get("calcinosis-units")
    assert cookie == "other"


def test_a_number_that_fits_the_other_unit_is_asked_about(client: TestClient) -> None:
    """Calcium 2.4 in mg/dL makes no page and no danger until one of two buttons says which unit is meant."""
    so_far = text_of(client.post("/assess/progress", data=LOW).text)
    assert "2.4 mg/dL fits mmol/L better. Which is meant?" in so_far
    assert "mergency" not in so_far
    sent = client.post("/assess", data=LOW)
    assert sent.status_code == 422
    assert '<a href="#f-calcium">' in sent.text
    meant = client.post("/form", data={**LOW, "meant": "calcium mmol/L"}).text
    assert fields_of(meant)["calcium.unit"] == ["mmol/L"]
    assert "Which is meant" not in meant
    kept = fields_of(client.post("/form", data={**LOW, "meant": "calcium mg/dL"}).text)
    assert kept["calcium.unit"] == ["mg/dL"]
    assert kept["sure"] == ["calcium 2.4"]
    told = client.post("/assess", data=kept)
    assert told.status_code == 200
    assert "mergency" in told.text
    saved = client.post("/assess/save", data=kept).text
    assert "calcium: 2.4 mg/dL, unit_confirmed" in saved
    again = client.post("/form", data={"record": saved, "name": "form.yaml"}).text
    assert fields_of(again)["sure"] == ["calcium 2.4"]
    assert "Which is meant" in client.post("/assess/progress", data={**kept, "calcium": "2.5"}).text


def test_a_number_that_cannot_be_offers_the_unit_in_which_it_could(client: TestClient) -> None:
    """One press takes it in the other unit; what is kept is not offered, nor what its own unit was typed with."""
    impossible = {"hard_nodule": "yes", "phosphate": "25", "phosphate.unit": "mmol/L", "system": "other"}
    page = client.post("/assess", data=impossible)
    assert page.status_code == 422
    assert re.findall(r'name="meant" value="([^"]*)"', page.text) == ["phosphate mg/dL"]
    assert page.text.count('<a href="#f-phosphate">') == 1
    meant = client.post("/form", data={**impossible, "meant": "phosphate mg/dL"}).text
    assert fields_of(meant)["phosphate.unit"] == ["mg/dL"]
    assert "= 8.07 mmol/L" in meant
    for typed in ("900", "25 mmol/L"):
        assert 'name="meant"' not in client.post("/assess/progress", data={**impossible, "phosphate": typed}).text


def test_a_number_added_to_a_record_is_asked_about_without_losing_it(client: TestClient) -> None:
    """The unit of an answer to an open question is settled beside the record, which is sent along."""
    record = "hard_nodule: yes\nsystemic_sclerosis: yes\n"
    sent = {"record": record, "name": "form.yaml", "asked": "calcium", "calcium": "2.4", "calcium.unit": "mg/dL"}
    page = client.post("/assess", data=sent)
    assert page.status_code == 422
    assert re.findall(r'name="meant" value="([^"]*)" formaction="([^"]*)"', page.text) == [
        ("calcium mmol/L", "/assess/open"),
        ("calcium mg/dL", "/assess/open"),
    ]
    meant = client.post("/assess/open", data={**sent, "meant": "calcium mmol/L"}).text
    settled = fields_of(meant)
    assert settled["calcium.unit"] == ["mmol/L"]
    shown = client.post("/assess", data={**sent, **settled})
    assert shown.status_code == 200
    assert "2.4 mmol/L" in shown.text
    assert "systemic sclerosis" in shown.text.lower()


def test_several_presses_are_taken_together(client: TestClient) -> None:
    """What was pressed before an answer came is sent again with what is pressed next: units and names, each once."""
    fields = {
        **{"calcium": "2.35", "calcium.unit": "mg/dL", "phosphate": "1.1", "phosphate.unit": "mg/dL", "system": "own"},
        "meant": ["calcium mmol/L", "phosphate mmol/L", "calcium mmol/L"],
        **{"pick_condition": ["systemic_sclerosis", "haemodialysis"], "add_condition": "lump und"},
    }
    found = fields_of(client.post("/form", data=fields).text)
    assert found["calcium.unit"] == found["phosphate.unit"] == ["mmol/L"]
    assert found.get("sure") is None
    assert found["systemic_sclerosis"] == found["dialysis"] == ["yes"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ({"calcium": "9", "albumin": "2"}, "Calcium corrected for albumin 10.6 mg/dL"),
        ({"calcium": "9", "phosphate": "5"}, "Calcium-phosphate product 45 mg²/dL²"),
        ({"creatinine": "0.9", "age": "52", "sex": "female"}, "glomerular filtration rate 7"),
    ],
)
def test_what_follows_from_values_stands_beside_them(client: TestClient, typed: dict[str, str], shown: str) -> None:
    """Corrected calcium, product and filtration rate stand beside the values as they are typed."""
    assert shown in text_of(client.post("/assess/progress", data=typed).text)


def test_the_other_unit_is_one_that_is_read(client: TestClient) -> None:
    """Beside a value stands the same in the unit of the other system, not in one that nobody reads."""
    assert "= 79.6 µmol/L" in text_of(client.post("/assess/progress", data={"creatinine": "0.9"}).text)
    assert "= 624" not in text_of(client.post("/assess/progress", data={"age": "52"}).text)


@pytest.mark.parametrize(
    ("group", "typed", "name"),
    [
        ("condition", "Raynaud phenomenon", "Raynaud phenomenon"),
        ("condition", "reynauds", "Raynaud phenomenon"),
        ("condition", "sclerosis systemic", "Systemic sclerosis"),
        ("condition", "calcifilaxis", "Calciphylaxis"),
        ("condition", "AHO", "Pseudohypoparathyroidism"),
        ("condition", "haemodialisis", "Dialysis"),
        ("medicine", "ASA", "Aspirin"),
        ("medicine", "asprin", "Aspirin"),
        ("medicine", "nifedipin", "Nifedipine"),
    ],
)
def test_names_in_any_usual_spelling(client: TestClient, group: Group, typed: str, name: str) -> None:
    """A slip, another order of words or a short form finds the fact first, as something to press that adds it."""
    offered = client.post(f"/assess/names/{group}", data={f"add_{group}": typed}).text
    pressed = re.findall(rf'name="pick_{group}" value="(\w+)"[^>]*>([^<]+)', offered)
    assert pressed[0][1].strip() == name
    page = client.post("/form", data={f"add_{group}": typed, f"pick_{group}": pressed[0][0]}).text
    assert re.search(rf'id="f-{pressed[0][0]}" value="yes" checked', page)
    assert "was not found" not in page


@pytest.mark.parametrize("typed", ["prematurity", "qwertz", "no such thing"])
def test_nothing_is_offered_for_what_is_not_known(typed: str) -> None:
    """A name that nothing has is not taken for something else."""
    assert names_of("condition").like(typed) == []


def test_what_is_wrong_is_listed_on_top(client: TestClient) -> None:
    """An unreadable number, a name that is not known and an empty form are each told, with the field that mends it."""
    wrong = {"calcium": "9O", "phosphate": "4", "add_condition": "reynauds"}
    page = client.post("/assess", data=wrong)
    assert page.status_code == 422
    links = re.findall(r'<li><a href="#([\w-]+)">', page.text.partition('id="problems"')[2].partition("</div>")[0])
    assert links == ["f-calcium", "f-add-condition"]
    assert all(f'id="{link}"' in page.text for link in links)
    assert 'role="alert"' in page.text
    empty = client.post("/assess", data={"calcium": "", "white_chalky_discharge": "unknown"})
    assert empty.status_code == 422
    assert "No question is answered yet" in empty.text


def test_no_is_kept_where_a_sign_is_only_ticked(client: TestClient) -> None:
    """A saved form that denies a sign shows it as a question answered with no."""
    page = client.post("/form", data={"record": "skin_necrosis: no\nhard_nodule: yes\n", "name": "form.yaml"}).text
    assert fields_of(page)["skin_necrosis"] == ["no"]
    assert fields_of(page)["hard_nodule"] == ["yes"]


def test_every_button_has_a_name(client: TestClient) -> None:
    """Each button of the form is called by words, also those that are seen without JavaScript alone."""
    page = client.post("/form", data=LOW).text
    names = [text_of(one) for one in re.findall(r"<button[^>]*>(.*?)</button>", page, re.DOTALL)]
    assert len(names) > 8
    assert all(re.fullmatch(r"[A-Z][\w ./]*", name) for name in names), names


def test_the_design_speaks_of_facts(client: TestClient) -> None:
    """Everything that the form asks first is a fact, and what is only ticked has a short label."""
    page = client.get("/form").text
    for name in ("signs", "questions", "history", "at_the_place", "quantities"):
        assert all(f'id="f-{fact}"' in page for fact in design()[name])


def test_a_high_phosphate_does_not_hide_in_the_other_unit(client: TestClient) -> None:
    """A phosphate of 2.1, low in mg/dL and high in mmol/L, is asked about, and counts nowhere until it is answered."""
    fields = {"calcium": "9.4", "calcium.unit": "mg/dL", "phosphate": "2.1", "phosphate.unit": "mg/dL"}
    so_far = text_of(client.post("/assess/progress", data=fields).text)
    assert "2.1 mg/dL fits mmol/L better. Which is meant?" in so_far
    assert "Calcium-phosphate product" not in so_far
    assert client.post("/assess", data=fields).status_code == 422
    meant = fields_of(client.post("/form", data={**fields, "meant": "phosphate mmol/L"}).text)
    assert meant["phosphate.unit"] == ["mmol/L"]
    kept = fields_of(client.post("/form", data={**fields, "meant": "phosphate mg/dL"}).text)
    assert client.post("/assess", data=kept).status_code == 200
    usual = {**fields, "phosphate": "3.6"}
    assert "Which is meant" not in client.post("/assess/progress", data=usual).text


@pytest.mark.parametrize("system", [OWN, OTHER])
def test_a_usual_value_of_the_other_units_is_never_taken_as_it_stands(client: TestClient, system: str) -> None:
    """What is normal in the other system is refused or asked about in the chosen one, for each value that is asked."""
    known = knowledge()
    names = set(design()["quantities"]) - {"parathyroid_hormone"}  # 40 pmol/L is common on dialysis
    for fact in (known.library.facts[name] for name in sorted(names)):
        chosen, other = (unit_in(fact, one, known.terms) for one in (system, OWN if system == OTHER else OTHER))
        if chosen == other or fact.usual_span is None:
            continue
        low, high, _ = fact.usual_span
        number = f"{(low + high) / 2 / known.terms.scale(fact, other):.3g}"
        fields = {fact.id: number, f"{fact.id}.unit": chosen, "system": system, "age": "52", "sex": "female"}
        told = text_of(client.post("/assess/progress", data=fields).text)
        asked, refused = (
            "Which is meant?" in told,
            re.search(r"possible range, [\d.]+ to [\d.]+ (\S+)\.", told),
        )
        assert asked or refused, (fact.id, number, chosen)
        assert refused is None or refused[1] == unit_offered(chosen)
        assert "mergency" not in told
