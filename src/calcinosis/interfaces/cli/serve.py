"""``calcinosis serve``: the web application."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from calcinosis.interfaces.cli.output import finish, tell
from calcinosis.words.en import command_line as words

if TYPE_CHECKING:
    from calcinosis.interfaces.web.settings import Settings

    Command = TypeVar("Command", bound=Callable[..., Any])


def where_to_listen(port: int) -> Callable[[Command], Command]:
    """Give a command the options ``--host``, ``--port`` and ``--token``."""

    def with_options(command: Command) -> Command:
        command = click.option("--token", envvar="CALCINOSIS_TOKEN", default="", help=words.SERVE_TOKEN)(command)
        number = click.IntRange(1, 65535)
        command = click.option("--port", type=number, default=port, show_default=True, help=words.SERVE_PORT)(command)
        return click.option("--host", default="127.0.0.1", show_default=True, help=words.SERVE_HOST)(command)

    return with_options


@click.command(help=words.COMMANDS["serve"])
@where_to_listen(8000)
@click.option("--fresh-workers", is_flag=True, help=words.SERVE_FRESH_WORKERS)
def serve(host: str, port: int, token: str, fresh_workers: bool) -> None:
    """Run the server until it is stopped."""
    from calcinosis.interfaces.web.serve import run

    finish(run(settings_of(host, port, token, fresh_workers), tell))


def settings_of(host: str, port: int, token: str, fresh_workers: bool = False) -> Settings:
    """Return where to listen; a token that is missing or can be guessed is wrong usage."""
    from calcinosis.interfaces.web.settings import Settings

    settings = Settings(host=host, port=port, token=token, fresh_workers=fresh_workers)
    if settings.token_problem:
        raise click.BadParameter(settings.token_problem, param_hint="--token")
    return settings
