"""The command line: its commands, each in a module of its own that is loaded when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from calcinosis import __version__
from calcinosis.errors import CalcinosisError, ExtraMissingError
from calcinosis.words.en import command_line as words

COMMANDS = (
    "ask", "assess", "claims", "evaluate", "evidence", "follow", "knowledge", "mcp", "screen", "serve", "sources",
)  # fmt: skip
"""The commands; each is a function of its name in the module of its name beside this one."""


class _Commands(click.Group):
    """The commands by name: the list of all needs their lines of help alone."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found = getattr(import_module(f"calcinosis.interfaces.cli.{name}"), name)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words.COMMANDS[name]) for name in COMMANDS])


@click.group(cls=_Commands, help=words.PROGRAM, no_args_is_help=True)
@click.version_option(__version__, message="%(version)s", help=words.VERSION)
def app() -> None:
    """Hold the commands."""


def main() -> None:
    """Run the command line; what is wrong with the knowledge itself is told, not traced."""
    try:
        app(prog_name="calcinosis")
    except (CalcinosisError, ExtraMissingError) as error:
        from calcinosis.interfaces.cli.output import tell

        tell(str(error))
        sys.exit(1)
