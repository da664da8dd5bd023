"""Published cases like a person: who is shown, in which order, and what stands on the cards."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import calcinosis
from calcinosis.conclusions.assessment import Assessment
from calcinosis.conclusions.cases import MOST, PublishedCase, case_library, cases_like
from calcinosis.conclusions.overlap import overlap_of
from calcinosis.library.cases import Tried
from calcinosis.published import cases_like_this, published_cases
from calcinosis.report.case_lines import card, case_object, case_objects, cases
from calcinosis.report.renderers.json import as_object
from calcinosis.words.en import cases as words
from tests.unit.conclusions.forms import assessed

ROOT = Path(__file__).parents[3]
RECORDS = ROOT / "tests" / "cases"


def of_record(path: Path) -> Assessment:
    """Return the assessment of a record in a file."""
    return calcinosis.assess(calcinosis.read(path))


def dialysis() -> Assessment:
    """Return the assessment of somebody on dialysis with painful necrosis."""
    return assessed(age="58 years", sex="female", dialysis="yes", painful_skin_necrosis="yes", livedo_racemosa="yes",
                    site_thigh="yes", phosphate="7.1 mg/dL", warfarin="yes")  # fmt: skip


def named(name: str) -> PublishedCase:
    """Return a published case by id."""
    return next(one for one in published_cases().cases if one.case.id == name)


def test_at_most_five_each_with_something_alike() -> None:
    """Up to five cases are shown; each shares something and none is doubled."""
    found = cases_like_this(dialysis())
    assert 0 < len(found) <= MOST
    assert len({one.case.id for one in found}) == len(found)
    assert all(one.alike for one in found)


@pytest.mark.parametrize(
    "case",
    ["published/hd-breast-64f", "published-more/glans-65m-missed-dialysis", "published-sixth/sle-30f-both-knees"],
)
def test_a_published_person_is_not_like_himself(case: str) -> None:
    """The record of a published case is not shown its own report."""
    found = {one.case.id for one in cases_like_this(of_record(RECORDS / case / "bundle.json"))}
    assert found
    assert case.partition("/")[2] not in found


def test_a_note_in_other_words_is_mostly_known_as_the_case_that_it_tells() -> None:
    """Age, sex and half of the findings tell a published case apart; another person of that age and sex is shown."""
    told = ("glans-65m-missed-dialysis", "pd-48f-fingertips", "scar-66f-thigh-abdomen", "foot-1mo-f-firm-mass")
    for name in told:
        note = of_record(RECORDS / "published-more" / name / "note.txt")
        assert name not in {one.case.id for one in cases_like_this(note)}
        older = replace(note, record=replace(note.record, age=(note.record.age or 0) + 1))
        assert name in {one.case.id for one in cases_like_this(older)}


def test_two_reports_of_one_paper_are_left_out_together() -> None:
    """Where the record is that of a published case, other patients of the same paper are not shown either."""
    own = named("glans-65m-missed-dialysis")
    other = replace(own, case=replace(own.case, id="other-of-the-paper", record=""))
    library = case_library([*published_cases().cases, other])
    found = cases_like(of_record(RECORDS / "published-more" / own.case.id / "bundle.json"), library)
    assert not {"other-of-the-paper", own.case.id} & {one.case.id for one in found}


def test_the_order_of_a_record_changes_nothing() -> None:
    """The entries of a bundle in another order give the same cards."""
    bundle = json.loads((ROOT / "examples" / "dialysis-breast.json").read_text(encoding="utf-8"))
    first = as_object(calcinosis.assess(calcinosis.read(bundle)))["cases"]
    for seed in range(3):
        random.Random(seed).shuffle(bundle["entry"])
        assert as_object(calcinosis.assess(calcinosis.read(bundle)))["cases"] == first


def test_the_order_of_the_library_changes_nothing() -> None:
    """The cases in another order give the same cards."""
    shuffled = list(published_cases().cases)
    random.Random(1).shuffle(shuffled)
    assert cases_like(dialysis(), case_library(shuffled)) == cases_like_this(dialysis())


def test_who_is_like_nobody_is_told_so() -> None:
    """Below the threshold, and where nothing points to calcium, there is no similar case."""
    scleroderma = case_library(one for one in published_cases().cases if "systemic-sclerosis" in one.case.causes)
    nobody = assessed(
        age="3 years", sex="male", calcinosis_cutis="yes", site_ear="yes", down_syndrome="yes", milium="yes"
    )
    assert cases_like(nobody, scleroderma) == ()
    assert cases(assessed(age="40 years", sex="male", asthma="yes")).note == words.NONE_SIMILAR


def test_a_look_alike_has_no_close_case() -> None:
    """Too few look-alikes are published here: none is shown, and that is said."""
    gout = of_record(RECORDS / "published" / "limb-nodules-55m-chalky-sinuses" / "bundle.json")
    assert gout.presentation == "look-alike"
    assert cases(gout).note == words.NO_CLOSE_CASE
    assert case_objects(gout) == []


def test_failures_stand_first_among_equals() -> None:
    """Of two cases that are equally alike the one that failed stands first, whatever the ids are."""
    first = named(cases_like_this(dialysis())[0].case.id)
    own = replace(first, case=replace(first.case, tried=()))
    equal = replace(own.case.source, doi="another paper")
    good = replace(own, case=replace(own.case, id="a-good-one", result="healed", source=equal))
    bad = replace(own, case=replace(own.case, id="z-bad-one", result="died", source=equal))
    found = [one.case.id for one in cases_like(dialysis(), case_library([*published_cases().cases, good, bad]))]
    assert found.index("z-bad-one") < found.index("a-good-one")


def test_what_is_to_be_avoided_keeps_its_verdict() -> None:
    """A card of somebody who was given warfarin says that this person should avoid it."""
    found = cases_like_this(dialysis())[0]
    case = replace(found.case, tried=(Tried(says="warfarin", treatment="warfarin", result="worse"),))
    told = next(part for part in card(replace(found, case=case), dialysis()).parts if part.label == words.TRIED)
    assert (told.mark, told.aside) == ("avoid", words.TO_BE_AVOIDED)
    assert case_object(replace(found, case=case), dialysis())["tried"][0]["verdict"] == "avoid"


def test_another_type_is_told() -> None:
    """A case whose authors found another type than the record leads to says so."""
    library = case_library(
        one for one in published_cases().cases if one.case.type == "metastatic" and not one.case.also
    )
    found = cases_like(dialysis(), library)[0]
    told = next(part.says for part in card(found, dialysis()).parts if part.label == words.TYPE)
    assert not found.same_type
    assert "calciphylaxis" in told
    assert "metastatic" in told.lower()


def test_the_json_is_that_of_the_contract() -> None:
    """Each card has the keys of the contract, in words or ids, and nothing that counts successes."""
    whole = as_object(dialysis())
    assert 0 < len(whole["cases"]) <= MOST
    for shown in whole["cases"]:
        assert {"id", "alike", "different", "tried", "outcome", "follow_up", "source"} <= shown.keys()
        assert all(shown[key] for key in ("alike", "outcome", "follow_up", "source"))
        assert all(one["here"] != one["there"] for one in shown["different"])
        assert shown["design"] == "single report"
    text = json.dumps(whole["cases"]).lower()
    assert "success" not in text
    assert "response rate" not in text
    chosen = cases(dialysis()).lines[0]
    assert (
        set(chosen.cites) == {"archives-dermatology-case-survey", "albrecht-2005-lancet-cases"} <= set(whole["sources"])
    )


def test_nobody_pays_for_cases_unasked() -> None:
    """An assessment alone reads no case."""
    published_cases.cache_clear()
    dialysis()
    assert published_cases.cache_info().currsize == 0


def test_overlap_is_a_weighted_share() -> None:
    """What both hold counts by its rarity; what no set holds counts nothing."""
    index = overlap_of([frozenset({"a", "b"}), frozenset({"a", "c"}), frozenset({"a"})])
    alike = index.with_each(frozenset({"a", "b", "unheard of"}))
    assert alike[0] == 1.0
    assert alike[0] > alike[1]
    assert index.rarity["b"] > index.rarity["a"]


def test_cards_of_the_web_and_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTML and Markdown show each card; the text counts them, and shows them where asked."""
    from calcinosis.report.renderers.html import as_html
    from calcinosis.report.renderers.markdown import as_markdown
    from calcinosis.report.renderers.text import as_text

    monkeypatch.setenv("COLUMNS", "100")
    person = of_record(ROOT / "examples" / "scleroderma-thumb.json")
    titles: list[Any] = [one["says"] for one in as_object(person)["cases"]]
    page, markdown, text = as_html(person), as_markdown(person), as_text(person)
    assert len(text.splitlines()) <= 60
    assert words.IN_SHORT.format(count=len(titles)) in text
    asked = " ".join(as_text(person, cases=True).split())
    for title in titles:
        assert title in page
        assert title in markdown.replace("\\", "")
        assert title in asked
        assert title not in " ".join(text.split())
