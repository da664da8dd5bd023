"""The facts of a published case, which are answers of a form, to what is compared of it."""

from __future__ import annotations

import json

from calcinosis.conclusions.case_features import causes_of, features_of
from calcinosis.conclusions.cases import PublishedCase
from calcinosis.conclusions.causes import cause_results
from calcinosis.errors import InputError, KnowledgeError, Problem
from calcinosis.library.cases import Case
from calcinosis.library.library import Library
from calcinosis.readers.form.form import form_record
from calcinosis.terminology.terms import Terms


def published_case(case: Case, library: Library, terms: Terms) -> PublishedCase:
    """Return what is compared of a case. Raises KnowledgeError where an answer cannot be read."""
    form = "\n".join(f"{fact}: {json.dumps(answer)}" for fact, answer in case.facts.items())
    file = f"cases/{case.id}.yaml"
    try:
        record = form_record(form, file, terms)
    except InputError as error:
        raise KnowledgeError(Problem(file, 0, one.found, one.expected, one.remedy) for one in error.problems) from error
    facts, _ = record.facts(library.vocabulary, "")
    age, sex = facts.value("age"), facts.value("sex")
    return PublishedCase(
        case=case,
        features=features_of(facts, library),
        causes=causes_of(cause_results(library, facts), library, case.causes),
        age=age.low if age else None,
        sex=sex.word if sex else "",
    )
