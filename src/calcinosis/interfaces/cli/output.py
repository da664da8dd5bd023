"""What a command writes: its answer to standard output, problems to standard error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress

import click

from calcinosis.errors import Problem
from calcinosis.report.renderers.harmless import harmless
from calcinosis.words.en.documents import STANDARD_OUTPUT, UNWRITABLE, WRITABLE_FILE


def print_text(text: str, colour: bool = False) -> None:
    """Write an answer; ``colour`` says that it holds the signs of colours."""
    try:
        if sys.stdout is None:  # the program was started with it closed
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        click.echo(harmless(text, colour))
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
    except OSError as error:
        sys.stdout = None  # what is left of the answer cannot be written either, not even when the program ends
        finish([Problem(STANDARD_OUTPUT, 0, error.strerror or UNWRITABLE, WRITABLE_FILE)])


def shows_colour() -> bool:
    """Whether an answer is read on a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def tell(text: str) -> None:
    """Write to standard error, if there is one that takes it."""
    with suppress(OSError):
        click.echo(harmless(text), err=True)


def finish(problems: Iterable[Problem]) -> None:
    """Write the problems to standard error; exit with status 1 if there are any."""
    listed = list(problems)
    for problem in listed:
        tell(str(problem))
    if listed:
        raise click.exceptions.Exit(1)
