"""Whatever is sent to the API as its description allows, or does not allow, is answered, never with a fault."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from calcinosis.interfaces.web.app import create_app

schema = schemathesis.openapi.from_asgi("/api/openapi.json", create_app(), headers={"host": "127.0.0.1:8000"})
CHECKS: list[CheckFunction] = [not_a_server_error, status_code_conformance, content_type_conformance]


@schemathesis.serializer("application/x-ndjson", "application/yaml")
def as_text(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a text as it is."""
    return str(value).encode("utf-8", errors="replace")


@schema.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_fault(case: schemathesis.Case[Any]) -> None:
    """Each operation answers with a status and a type that its description names."""
    case.call_and_validate(checks=CHECKS, headers={"host": "127.0.0.1:8000"})
