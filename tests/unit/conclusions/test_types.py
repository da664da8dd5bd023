"""Status of the types, which one leads, and what the record is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from calcinosis.conclusions.assessment import Status, TypeResult
from calcinosis.conclusions.decisions import STATUS
from calcinosis.conclusions.types import Classified, classify
from calcinosis.library.library import Library
from calcinosis.rules.vocabulary import Origin, Value
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from tests.unit.small_library import FILES, Told, known, small_library

T, F, U = TRUE, FALSE, UNKNOWN
PHOSPHATE = (Origin("question", "phosphate"),)
HIGH = Value(truth=T, low=7, high=7, upper_limit=4.5, origins=PHOSPHATE)
NORMAL = Value(truth=T, low=4, high=4, upper_limit=4.5, origins=PHOSPHATE)


def classified(library: Library, **stated: Told) -> Classified:
    """Return the classification of a person of whom this is known."""
    facts = known(library, **stated)
    return classify(library, facts, facts.assuming_absent())


def result(library: Library, kind: str, **stated: Told) -> TypeResult:
    """Return the result of one type."""
    return next(one for one in classified(library, **stated).types if one.id == kind)


@pytest.mark.parametrize(
    ("established", "excluded", "status"),
    [
        (T, F, "established"),
        (T, U, "undetermined"),
        (T, T, "conflicting"),
        (U, F, "undetermined"),
        (U, U, "undetermined"),
        (U, T, "excluded"),
        (F, F, "not-supported"),
        (F, U, "not-supported"),
        (F, T, "excluded"),
    ],
)
def test_the_table_of_status(established: Truth, excluded: Truth, status: Status) -> None:
    """The nine cells as they are printed in the design."""
    assert STATUS.of(established=established, excluded=excluded) == status


def test_all_types_are_there_and_forms_are_not(library: Library) -> None:
    """Every type has a result, whatever is known; a form stands within its type."""
    found = classified(library)
    assert {one.id for one in found.types} == {"calciphylaxis", "iatrogenic", "metastatic", "dystrophic", "idiopathic"}
    assert (found.presentation, found.leading, found.active) == ("none", None, ())


def test_established(library: Library) -> None:
    """What the record says is enough; the reasons are those of the rule, with their sources."""
    found = result(library, "metastatic", skin_calcification=True, phosphate=HIGH)
    assert (found.status, found.assumes_absent, found.settled_by) == ("established", (), ())
    assert [reason.says for reason in found.because] == [
        "calcium in the skin",
        "phosphate 7 mg/dL is above 4.5 mg/dL",
    ]
    assert {reason.cite for reason in found.because} == {("review-1",)}
    assert [origin.name for reason in found.because for origin in reason.from_] == ["skin_calcification", "phosphate"]


def test_provisional_names_its_assumptions(library: Library) -> None:
    """It would hold if what is not mentioned were absent; these are the questions to ask."""
    found = result(library, "dystrophic", skin_calcification=True, systemic_sclerosis=True)
    assert (found.status, found.assumes_absent) == ("provisional", ("skin_necrosis",))
    assert found.if_not_mentioned_is_absent == "established"
    assert found.because[-1].says == "no skin necrosis mentioned"


def test_a_mention_is_not_assumed_away(library: Library) -> None:
    """Suspected necrosis leaves the type open."""
    found = result(library, "dystrophic", skin_calcification=True, systemic_sclerosis=True, skin_necrosis=None)
    assert found.status == "undetermined"


def test_laboratory_values_are_never_assumed(library: Library) -> None:
    """A type that turns on a laboratory value is undetermined, and the tests that settle it are named."""
    found = result(library, "metastatic", skin_calcification=True)
    assert (found.status, found.assumes_absent) == ("undetermined", ())
    assert found.settled_by == ("serum-phosphate", "skin-biopsy")


def test_settled_by_leaves_out_what_is_not_supported_by_evidence(library: Library) -> None:
    """An investigation that the literature advises against settles nothing; the least burden comes first."""
    found = result(library, "idiopathic", skin_calcification=True)
    assert "hair-analysis" not in found.settled_by
    assert found.settled_by == ("serum-phosphate", "skin-biopsy")


def test_not_supported_and_excluded(library: Library) -> None:
    """A false rule is not supported, a true exclusion excludes, with its reasons."""
    assert result(library, "metastatic", skin_calcification=True, phosphate=NORMAL).status == "not-supported"
    infusion = Value(truth=T, first="2020-01-01")
    deposit = Value(truth=T, first="2024-01-01")
    found = result(library, "iatrogenic", calcium_infusion=infusion, skin_calcification=deposit)
    assert found.status == "conflicting"
    assert [reason.says for reason in found.against] == ["days from infusion to deposit 1461 days is above 60 days"]
    absent = result(library, "iatrogenic", days_to_deposit=100.0, skin_calcification=True, calcium_infusion=False)
    assert absent.status == "excluded"


def test_conflicting_leads_and_is_acted_on(library: Library) -> None:
    """Where both rules are true both traces are shown, and the type is not dropped."""
    stated: dict[str, Told] = {
        "calcium_infusion": Value(truth=T, first="2020-01-01"),
        "skin_calcification": Value(truth=T, first="2024-01-01"),
    }
    found = classified(library, **stated)
    assert found.leading == "iatrogenic"
    assert found.types[0].because
    assert found.types[0].against


def test_an_exclusion_that_is_assumed_absent(library: Library) -> None:
    """Whether the exclusion rule holds is among the assumptions of a provisional type."""
    found = result(library, "iatrogenic", skin_calcification=True, calcium_infusion=True)
    assert found.status == "undetermined"
    assert found.if_not_mentioned_is_absent == "undetermined"


def test_more_than_one_type_holds(library: Library) -> None:
    """A person can have two; both are shown and both are acted on."""
    found = classified(library, skin_calcification=True, systemic_sclerosis=True, skin_necrosis=False, phosphate=HIGH)
    assert [one.id for one in found.types if one.status == "established"] == ["metastatic", "dystrophic"]
    assert found.leading == "metastatic"
    assert found.active == ("metastatic", "dystrophic")


@pytest.mark.parametrize(
    ("stated", "leading"),
    [
        ({"phosphate": HIGH, "systemic_sclerosis": True, "skin_necrosis": False}, "metastatic"),
        (
            {"phosphate": HIGH, "skin_necrosis": True, "kidney_disease": True, "calcium_infusion": True},
            "calciphylaxis",
        ),
        ({"phosphate": HIGH, "systemic_sclerosis": True}, "metastatic"),
        ({"systemic_sclerosis": True}, "dystrophic"),
        ({"phosphate": NORMAL}, "idiopathic"),
        ({"connective_tissue_disease": True}, "dystrophic"),
    ],
)
def test_ties_go_by_rank(stated: dict[str, Told], leading: str, library: Library) -> None:
    """Of types with equal status the one with the lowest rank leads."""
    assert classified(library, skin_calcification=True, **stated).leading == leading


def test_rank_comes_after_status(library: Library) -> None:
    """An established type of low rank goes before a provisional one of high rank."""
    types = {**library.types, "dystrophic": replace(library.types["dystrophic"], rank=0)}
    found = classified(replace(library, types=types), skin_calcification=True, systemic_sclerosis=True, phosphate=HIGH)
    assert [(one.id, one.status) for one in found.types[:2]] == [
        ("metastatic", "established"),
        ("dystrophic", "provisional"),
    ]


def test_the_rank_of_the_knowledge_decides(library: Library) -> None:
    """Ranks are read from the entries, not from the program."""
    types = {**library.types, "dystrophic": replace(library.types["dystrophic"], rank=0)}
    stated: dict[str, Told] = {"systemic_sclerosis": True, "skin_necrosis": False, "phosphate": HIGH}
    assert classified(replace(library, types=types), skin_calcification=True, **stated).leading == "dystrophic"


def test_undetermined_leads_only_with_support(library: Library) -> None:
    """A type that is merely open does not lead; one that the record points to does."""
    assert classified(library, skin_calcification=True).leading is None
    pointed = classified(library, hard_nodules=True, connective_tissue_disease=True)
    assert (pointed.presentation, pointed.leading) == ("suspected", "dystrophic")
    assert pointed.types[0].because[0].says == "connective tissue disease"


def test_a_danger_is_acted_on_before_it_is_settled(library: Library) -> None:
    """Calciphylaxis that the record points to counts as a type to act on."""
    found = classified(library, skin_calcification=True, phosphate=HIGH, skin_necrosis=True)
    assert found.leading == "metastatic"
    assert found.active == ("metastatic", "calciphylaxis")


@pytest.mark.parametrize(
    ("stated", "presentation"),
    [
        ({}, "none"),
        ({"systemic_sclerosis": True, "phosphate": HIGH}, "none"),
        ({"hard_nodules": True}, "suspected"),
        ({"skin_calcification": None}, "none"),
        ({"skin_calcification": True}, "calcinosis"),
        ({"urate_crystals": True}, "look-alike"),
        ({"urate_crystals": True, "hard_nodules": True}, "look-alike"),
        ({"urate_crystals": True, "skin_calcification": True}, "calcinosis"),
        ({"gout": True, "hard_nodules": True}, "suspected"),
    ],
)
def test_what_the_record_is_about(stated: dict[str, Told], presentation: str, library: Library) -> None:
    """Calcium that is shown, a look-alike that is proven, a suspicion, or nothing of it."""
    found = classified(library, **stated)
    assert found.presentation == presentation
    if presentation in {"none", "look-alike"}:
        assert (found.leading, found.active) == (None, ())


def test_look_alikes(library: Library) -> None:
    """Established with proof, suspected with a sign; otherwise not named."""
    (proven,) = classified(library, urate_crystals=True).look_alikes
    assert (proven.id, proven.status) == ("gouty-tophus", "established")
    (suspected,) = classified(library, gout=True).look_alikes
    assert (suspected.status, suspected.tell_apart[0].says) == ("suspected", "Look for crystals.")
    (refuted,) = classified(library, gout=True, urate_crystals=False).look_alikes
    assert refuted.status == "suspected"
    assert classified(library, gout=False).look_alikes == ()


def test_forms(library: Library) -> None:
    """A form is named within a type that is possible, when the record points to it."""
    form = result(library, "idiopathic", skin_calcification=True, leg=True).forms
    assert [(one.id, one.status) for one in form] == [("leg-form", "established")]
    assert result(library, "idiopathic", skin_calcification=True).forms == ()
    assert result(library, "idiopathic", skin_calcification=True, leg=True, phosphate=HIGH).forms == ()


def test_a_look_alike_that_outweighs_shown_calcium(tmp_path: Path) -> None:
    """Where a look-alike explains even calcium that was shown, it is the answer, and types are in conflict with it."""
    outweighing = FILES["look-alikes/gouty-tophus.yaml"].replace(
        "tell_apart:", "outweighs_when: {any: [{when: urate_crystals, cite: review-1}]}\ntell_apart:"
    )
    library = small_library(tmp_path, {"look-alikes/gouty-tophus.yaml": outweighing})
    found = classified(library, urate_crystals=True, skin_calcification=True, phosphate=HIGH)
    assert (found.presentation, found.leading, found.active) == ("look-alike", None, ())
    assert (found.types[0].id, found.types[0].status) == ("metastatic", "conflicting")
    assert [reason.says for reason in found.types[0].against] == ["urate crystals"]
