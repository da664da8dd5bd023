"""The application for programs: the same assessments and the same knowledge as JSON."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from calcinosis.compiled import knowledge
from calcinosis.errors import InputError, Problem
from calcinosis.interfaces.web.assessing import json_answer
from calcinosis.interfaces.web.made import answer
from calcinosis.interfaces.web.problems import MEDIA_TYPE, answer_problem, named
from calcinosis.interfaces.web.settings import MEGABYTE, Settings
from calcinosis.interfaces.web.uploads import Upload
from calcinosis.interfaces.web.work import worked
from calcinosis.library.library import Library
from calcinosis.person.dates import DateError, parse_date
from calcinosis.report.bibliography import csl
from calcinosis.report.claims import claim_object
from calcinosis.report.entry_json import entry_object
from calcinosis.rules.check import nearest
from calcinosis.words.en import documents
from calcinosis.words.en.inputs import A_DAY
from calcinosis.words.en.knowledge import ID_OF_ENTRY

Verdict = Literal["supported", "partly", "contradicted", "unsupported", "harmful-if-followed"]
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_FHIR: dict[str, Any] = {
    "schema": {
        "type": "object",
        "required": ["resourceType"],
        "properties": {
            "resourceType": {"type": "string", "examples": ["Bundle"]},
            "entry": {
                "type": "array",
                "items": {"type": "object", "properties": {"resource": {"type": "object"}}},
            },
        },
    }
}
_RECORD = {
    "requestBody": {
        "required": True,
        "description": documents.API_RECORD,
        "content": {
            "application/fhir+json": _FHIR,
            "application/json": _FHIR,
            "application/x-ndjson": _TEXT,
            "application/yaml": _TEXT,
        },
    }
}


class OneProblem(BaseModel):
    """One thing that is wrong: where, what was found, what was expected, what to do."""

    file: str
    line: int
    found: str
    expected: str
    remedy: str


class ProblemAnswer(BaseModel):
    """What went wrong, as RFC 9457 writes it."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    detail: str = ""
    problems: list[OneProblem] = []


def _answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of an answer as JSON, and of the problems that can come instead."""
    schema = {"$ref": "#/components/schemas/ProblemAnswer"}
    return {
        status: {
            "model": ProblemAnswer,
            "description": named(_TITLES[status], megabytes=Settings().largest_upload // MEGABYTE)[0],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in sorted({*_OF_ALL, *statuses})
    }


_TITLES = {
    400: "wrong_origin", 401: "no_token", 403: "foreign", 404: "not_found", 408: "too_slow", 413: "too_large",
    415: "compressed", 421: "wrong_host", 422: "unreadable", 501: "extra_missing", 503: "busy", 504: "too_long",
}  # fmt: skip
_OF_ALL = (400, 401, 413, 415, 421)
"""What every request can be answered by the guard of the application."""
router = APIRouter(prefix="/api", tags=["calcinosis"])


@router.post("/assess", responses=_answers(403, 408, 422, 503, 504), openapi_extra=_RECORD, response_class=Response)
async def assess(
    request: Request,
    as_of: Annotated[str, Query(description=documents.API_AS_OF)] = "",
) -> Response:
    """Return the assessment of one person's record."""
    data = await request.body()
    return answer(await worked(json_answer, Upload("record", data), request.app.state.settings, _day(as_of)))


@router.get("/knowledge", responses=_answers(422), response_class=Response)
def entries(folder: Annotated[str, Query(description=documents.API_FOLDER)] = "") -> Response:
    """Return the version of the knowledge and every entry by folder and id."""
    library = knowledge().library
    found = [
        {
            "folder": _folder(name),
            "id": entry_id,
            "name": getattr(entry, "name", "") or getattr(entry, "title", entry_id),
        }
        for name, listed in library.folders().items()
        for entry_id, entry in listed.items()
        if folder in {"", _folder(name)}
    ]
    version = {"version": library.version, "released": library.released, "checked": library.checked}
    return _json({"knowledge": version, "entries": found})


@router.get("/knowledge/{entry_id}", responses=_answers(404, 422), response_class=Response)
def entry(request: Request, entry_id: str) -> Response:
    """Return one entry of the knowledge with its rules and sources."""
    library = knowledge().library
    found = library.entry(entry_id)
    if found is None:
        return _no_entry(request, entry_id, ID_OF_ENTRY, library.ids())
    return _json({"kind": type(found).__name__, **entry_object(found), "cited": _cited(entry_object(found), library)})


@router.get("/claims", responses=_answers(422), response_class=Response)
def claims(verdict: Verdict | None = None, source: str = "") -> Response:
    """Return what popular pages claim, with the literature's verdict."""
    known = knowledge().library.claims.values()
    wanted = (claim for claim in known if verdict in {None, claim.verdict} and source in {"", claim.source})
    return _json([claim_object(claim) for claim in wanted])


@router.get("/sources", responses=_answers(), response_class=Response)
def sources() -> Response:
    """Return the bibliography as CSL-JSON."""
    known = knowledge().library.sources
    return _json(csl([known[name] for name in sorted(known)]))


@router.get("/evidence/{treatment_id}", responses=_answers(404, 422, 501), response_class=Response)
def evidence(request: Request, treatment_id: str) -> Response:
    """Return the studies behind a treatment, pooled where that is honest."""
    from calcinosis.evidence.describe import evidence_object

    library = knowledge().library
    if treatment_id not in library.treatments:
        return _no_entry(request, treatment_id, documents.ID_OF_TREATMENT, list(library.treatments))
    return _json(evidence_object(library.treatments[treatment_id], library))


def _day(text: str) -> str | None:
    """Return the day to assess at. Raises InputError."""
    if not text:
        return None
    try:
        return parse_date(text).latest
    except DateError as error:
        problem = Problem("as_of", 0, documents.NO_DAY, A_DAY, documents.MEND_DAY)
        raise InputError([problem]) from error


def _folder(name: str) -> str:
    return name.replace(" ", "-")


def _name(listed: object, entry_id: str) -> str:
    return str(getattr(listed, "name", "") or getattr(listed, "title", entry_id))


def _no_entry(request: Request, entry_id: str, expected: str, known: list[str]) -> Response:
    title, _ = named("not_found")
    problem = Problem(entry_id[:80], 0, documents.NO_ENTRY, expected, nearest(entry_id[:80], known))
    return answer_problem(request, 404, title, problem.remedy, [problem])


def _cited(found: dict[str, Any], library: Library) -> dict[str, dict[str, Any]]:
    """Return the sources that an entry cites, wherever in it."""
    text = orjson.dumps(found).decode()
    names = (name for name in library.sources if f'"{name}"' in text or f'"{name}, ' in text)
    return {name: entry_object(library.sources[name]) for name in sorted(names) if name != found["id"]}


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), media_type="application/json")
