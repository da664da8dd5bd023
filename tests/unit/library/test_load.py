"""A folder of knowledge files to a Library."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcinosis.compiled import compile_knowledge
from calcinosis.errors import KnowledgeError
from calcinosis.library.library import Library
from calcinosis.library.load import load_library, read_library
from calcinosis.rules.syntax import Amount, AnyOf, Citation, Compare, Criterion, Is, Present, criteria
from tests.unit.small_library import CHECKED, FILES, write_knowledge


def test_every_file_becomes_an_entry(library: Library) -> None:
    """The library holds what the folder holds, by folder and id, and the facts that exist by themselves."""
    counts = library.counts()
    for folder in ("types", "causes", "treatments", "investigations", "look-alikes", "follow-up", "sources", "claims"):
        assert counts[folder] == sum(name.startswith(f"{folder}/") for name in FILES)
    assert counts["red flags"] == 1
    assert counts["facts"] == sum(name.startswith("facts/") for name in FILES) + 17
    assert library.version == "0"
    assert library.checked == "2026-01-01"


def test_entries_are_found_by_id(library: Library) -> None:
    """An id leads to its entry in whichever folder, and to nothing where there is none."""
    assert library.entry("warfarin") is library.treatments["warfarin"]
    assert library.entry("phosphate") is library.facts["phosphate"]
    assert library.entry("nothing") is None
    assert {"warfarin", "review-1", "phosphate"} <= set(library.ids())


def test_rules_are_ready_to_evaluate(library: Library) -> None:
    """Amounts stand in the unit of their fact, criteria know their line and their citation."""
    rule = library.treatments["diltiazem"].do_not_use_when
    pressure, block = criteria(rule)
    limit = Amount(90, "mm[Hg]", 90.0)
    assert isinstance(pressure.test, Compare)
    assert pressure.test.limit == limit
    assert block.test == Is("av_block", ("second_degree", "third_degree"))
    assert block.cite == (Citation("label-1"),)
    assert FILES["treatments/diltiazem.yaml"].splitlines()[block.line - 1].strip().startswith("- {when:")


def test_rules_inside_lists_are_read_too(library: Library) -> None:
    """The rule of an indication is a rule like any other."""
    rule = library.treatments["diltiazem"].for_[0].consider_when
    assert rule is not None
    assert rule.facts == {"connective_tissue_disease"}


def test_usual_limits_come_into_the_unit_of_the_fact(library: Library) -> None:
    """Each limit has its own unit; a missing one stays missing."""
    child, adult = library.facts["phosphate"].usual_limits
    digits = 0.05  # a value is beyond a limit only in the digits in which the limit is written
    assert (child.lower_value, child.upper_value) == pytest.approx((3.2, 5.7), abs=digits)
    assert adult.lower_value == pytest.approx(0.8 * 3.0973762)
    assert adult.upper_value == pytest.approx(4.5, abs=digits)
    assert adult.from_age == 18


def test_facts_that_exist_by_themselves(library: Library) -> None:
    """The causes of a type, confirmed and suspected, and what points to it, are facts; associations are no causes."""
    rule = library.facts["cause_of_dystrophic"].true_when
    assert isinstance(rule, AnyOf)
    assert [one.test for one in criteria(rule)] == [Present("systemic_sclerosis")]
    suspected = library.facts["suspected_cause_of_dystrophic"].true_when
    assert [one.test for one in criteria(suspected)] == [Present("anti_centromere")]
    assert library.facts["cause_of_metastatic"].true_when is None
    assert library.facts["pointing_to_calciphylaxis"].true_when is not None
    assert "cause_of_idiopathic" not in library.facts


def test_the_vocabulary_knows_what_hangs_together(library: Library) -> None:
    """Kinds at any depth; what a fact has to do with, itself included."""
    vocabulary = library.vocabulary
    assert vocabulary.kinds["connective_tissue_disease"] == {
        "systemic_sclerosis",
        "dermatomyositis",
        "limited_systemic_sclerosis",
    }
    touched = vocabulary.touches["limited_systemic_sclerosis"]
    assert {"limited_systemic_sclerosis", "systemic_sclerosis", "connective_tissue_disease"} <= touched
    assert {"cause_of_dystrophic", "pointing_to_dystrophic"} <= touched
    assert "gout" not in touched
    assert {"egfr", "kidney_disease"} <= vocabulary.touches["creatinine"]
    assert isinstance(vocabulary.conditions["egfr"], Compare)


def test_facts_may_define_a_word_without_a_source(library: Library) -> None:
    """Only in facts may a criterion stand without citation."""
    rule = library.facts["calcinosis_proven"].true_when
    assert isinstance(rule, AnyOf)
    assert isinstance(rule.parts[0], Criterion)
    assert rule.parts[0].cite == ()


def test_every_problem_of_every_file_at_once(tmp_path: Path) -> None:
    """The error names all problems, sorted by file and line; what is right is still loaded."""
    changes = {
        "facts/gout.yaml": "id: gout\nname: Gout\nkind: condition\n" + CHECKED,
        "types/leg-form.yaml": "id: leg-form\nname: &x Leg\n",
        "look-alikes/gouty-tophus.yaml": "- not a mapping\n",
    }
    folder = write_knowledge(tmp_path, changes)
    library, problems = read_library(folder)
    assert "phosphate" in library.facts
    with pytest.raises(KnowledgeError) as raised:
        load_library(folder)
    assert list(raised.value.problems) == sorted(problems)
    places = [(one.file, one.line, one.found) for one in raised.value.problems]
    assert places == [
        ("facts/gout.yaml", 1, "no `learned_by`"),
        ("look-alikes/gouty-tophus.yaml", 1, "no mapping"),
        ("types/leg-form.yaml", 2, "the anchor &x"),
    ]


def test_a_product_of_an_unknown_fact(tmp_path: Path) -> None:
    """The table of products is checked line by line."""
    table = "rxcui,name,fact\n1,Warfarin,warfarin\n2,Other,nothing\n1,Warfarin,diltiazem\n"
    library, problems = read_library(write_knowledge(tmp_path, {"terminology/rxnorm-products.csv": table}))
    assert [(one.file, one.line, one.found) for one in problems] == [("terminology/rxnorm-products.csv", 3, "nothing")]
    assert library.products["1"] == ("Warfarin", ("warfarin", "diltiazem"))


def test_compiled(tmp_path: Path) -> None:
    """The compiled knowledge of a folder is its library with the tables to read records by."""
    folder = write_knowledge(tmp_path)
    compiled = compile_knowledge(folder)
    assert compiled.library == load_library(folder)
    meaning = compiled.terms.meaning("loinc", "2777-1")
    assert meaning is not None
    assert meaning.facts == (("phosphate", ""),)
    assert compiled.terms.scale(compiled.library.facts["phosphate"], "mg/dl") == 1.0
    assert compiled.terms.route("one tablet a day") == "oral"
