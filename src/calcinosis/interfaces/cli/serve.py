"""``calcinosis serve``: the web application."""

from __future__ import annotations

import click

from calcinosis.interfaces.cli.output import finish, tell
from calcinosis.words.en import command_line as words


@click.command(help=words.COMMANDS["serve"])
@click.option("--host", default="127.0.0.1", show_default=True, help=words.SERVE_HOST)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=words.SERVE_PORT)
@click.option("--token", envvar="CALCINOSIS_TOKEN", default="", help=words.SERVE_TOKEN)
def serve(host: str, port: int, token: str) -> None:
    """Run the server until it is stopped."""
    from calcinosis.interfaces.web.serve import run
    from calcinosis.interfaces.web.settings import Settings

    settings = Settings(host=host, port=port, token=token)
    if settings.token_problem:
        raise click.BadParameter(settings.token_problem, param_hint="--token")
    finish(run(settings, tell))
