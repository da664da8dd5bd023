"""What a command writes: its answer to standard output, problems to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from calcinosis.errors import Problem


def print_text(text: str) -> None:
    """Write an answer."""
    try:
        click.echo(text)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()


def finish(problems: Iterable[Problem]) -> None:
    """Write the problems to standard error; exit with status 1 if there are any."""
    listed = list(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    if listed:
        raise click.exceptions.Exit(1)
