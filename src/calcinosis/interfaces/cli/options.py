"""Options that several commands share, and the checks of what they were given."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import click

from calcinosis.words.en import command_line as words

if TYPE_CHECKING:
    Command = TypeVar("Command", bound=Callable[..., Any])


class PlainFormat(StrEnum):
    """How other answers than assessments are written."""

    text = "text"
    json = "json"


def plain_format(command: Command) -> Command:
    """Give a command the option ``--format text|json``."""
    choice = click.Choice(PlainFormat, case_sensitive=True)
    return click.option("--format", "form", type=choice, default=PlainFormat.text, help=words.FORMAT)(command)


def as_of(help: str) -> Callable[[Command], Command]:
    """Give a command the option ``--as-of DATE``; a date that cannot be is wrong usage."""
    return click.option("--as-of", metavar="DATE", default="", callback=_day, help=help)


def _day(context: click.Context, option: click.Parameter, written: str) -> str:
    if not written:
        return ""
    from calcinosis.person.dates import DateError, parse_date

    try:
        return parse_date(written).latest
    except DateError as error:
        raise click.BadParameter(words.NOT_A_DAY.format(error=error), param_hint="--as-of") from error
