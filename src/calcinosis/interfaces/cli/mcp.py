"""``calcinosis mcp``: tools for language models."""

from __future__ import annotations

import click

from calcinosis.interfaces.cli.output import finish, tell
from calcinosis.interfaces.cli.serve import where_to_listen
from calcinosis.words.en import model_tools as words


@click.command(help=words.COMMAND)
@click.option("--http", is_flag=True, help=words.HTTP)
@where_to_listen(8001)
def mcp(http: bool, host: str, port: int, token: str) -> None:
    """Answer tools until stopped."""
    from calcinosis.interfaces.cli.serve import settings_of
    from calcinosis.interfaces.model_tools.server import run

    finish(run(settings_of(host, port, token) if http else None, tell))
