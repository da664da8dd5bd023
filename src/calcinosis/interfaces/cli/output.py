"""What a command writes: its answer to standard output, problems to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from calcinosis.errors import Problem
from calcinosis.report.renderers.harmless import harmless


def print_text(text: str, colour: bool = False) -> None:
    """Write an answer; ``colour`` says that it holds the signs of colours."""
    try:
        click.echo(harmless(text, colour))
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()


def tell(text: str) -> None:
    """Write to standard error."""
    click.echo(harmless(text), err=True)


def finish(problems: Iterable[Problem]) -> None:
    """Write the problems to standard error; exit with status 1 if there are any."""
    listed = list(problems)
    for problem in listed:
        tell(str(problem))
    if listed:
        raise click.exceptions.Exit(1)
