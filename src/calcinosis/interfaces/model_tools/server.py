"""The tools as a server of the Model Context Protocol: on standard input and output, or over HTTP behind the same guard
as the web application."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from calcinosis import __version__
from calcinosis.errors import CalcinosisError, ExtraMissingError, Problem
from calcinosis.interfaces.model_tools import tools
from calcinosis.interfaces.web.settings import Settings
from calcinosis.interfaces.web.worker import FaultError, forgetting
from calcinosis.words.en import model_tools as words

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer
    from starlette.types import ASGIApp

LOG = logging.getLogger("calcinosis.model_tools")


def tool_server() -> MCPServer:
    """Return a server that offers the tools. Raises ExtraMissingError without the library."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp_types import ToolAnnotations
    except ImportError as error:
        raise ExtraMissingError("mcp", words.LIBRARY) from error
    server: MCPServer = MCPServer(
        "calcinosis", version=__version__, instructions=words.INSTRUCTIONS, log_level="CRITICAL", subscriptions=False
    )
    reads_only = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool, (title, description) in (
        (_assess_record, words.ASSESS_RECORD),
        (_ask, words.ASK),
        (_look_up_entry, words.LOOK_UP_ENTRY),
        (_popular_claims, words.POPULAR_CLAIMS),
        (_similar_cases, words.SIMILAR_CASES),
    ):
        name = tool.__name__.removeprefix("_")
        server.add_tool(tool, name=name, title=title, description=description, annotations=reads_only)
    return server


def run(settings: Settings | None, tell: Callable[[str], None]) -> list[Problem]:
    """Answer on standard input and output, or where the settings say, until stopped; return what keeps it from that."""
    server = tool_server()
    if settings is None:
        server.run("stdio")
        return []
    from calcinosis.interfaces.web.serve import listening_socket, serve_app

    listening = listening_socket(settings)
    if isinstance(listening, Problem):
        return [listening]
    tell(words.READY.format(address=settings.address))
    serve_app(guarded(server, settings), listening)
    return []


def guarded(server: MCPServer, settings: Settings) -> ASGIApp:
    """Return the tools over streamable HTTP behind what every request of the web application passes."""
    from mcp.server.transport_security import TransportSecuritySettings

    from calcinosis.interfaces.web.security import Guard

    checked_already = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    app = server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        max_request_body_size=settings.largest_record,
        transport_security=checked_already,
    )
    return Guard(app, settings)


def _assess_record(record: str, as_of: str = "", parts: list[str] | None = None) -> dict[str, Any]:
    return _answered(tools.assess_record, record, as_of, tuple(parts or ()))


def _ask(question: str, audience: Literal["patient", "clinician"] = "clinician", record: str = "") -> dict[str, Any]:
    return _answered(tools.ask, question, audience, record)


def _look_up_entry(entry: str) -> dict[str, Any]:
    return _answered(tools.look_up_entry, entry)


def _popular_claims(words: str = "", verdict: str = "") -> dict[str, Any]:
    return _answered(tools.popular_claims, words, verdict)


def _similar_cases(record: str, as_of: str = "") -> dict[str, Any]:
    return _answered(tools.similar_cases, record, as_of)


def _answered(tool: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Return what a tool answers, and keep nothing of what it was given.

    Raises the library's ToolError with what is wrong with the input, or with a sentence that tells nothing of it.
    """
    from mcp.server.mcpserver.exceptions import ToolError

    try:
        return forgetting(tool, *arguments).result()
    except CalcinosisError as error:
        raise ToolError(str(error)) from None
    except FaultError as fault:
        LOG.critical("%s at %s", fault.kind, fault.place)
        raise ToolError(words.BROKEN) from None
