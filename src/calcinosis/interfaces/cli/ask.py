"""``calcinosis ask``: a question in plain words, answered from the knowledge alone."""

from __future__ import annotations

from typing import Literal

import click

from calcinosis.errors import InputError
from calcinosis.interfaces.cli.options import PlainFormat, plain_format
from calcinosis.interfaces.cli.output import finish, print_text
from calcinosis.words.en import command_line as words


@click.command(help=words.ASK)
@click.argument("question")
@click.option("--audience", type=click.Choice(["patient", "clinician"]), default="clinician", help=words.ASK_AUDIENCE)
@click.option("--record", metavar="FILE", default="", help=words.ASK_RECORD)
@plain_format
def ask(question: str, audience: Literal["patient", "clinician"], record: str, form: PlainFormat) -> None:
    """Answer a question."""
    from pathlib import Path

    import orjson

    import calcinosis
    from calcinosis.report.answer_text import answer_object, answer_text
    from calcinosis.report.renderers.harmless import harmless_json

    if not question.strip():
        raise click.BadParameter(words.ASK_NOTHING, param_hint="QUESTION")
    try:
        answer = calcinosis.ask(question, audience, calcinosis.read(Path(record)) if record else None)
    except InputError as error:
        finish(error.problems)
        return
    if form is PlainFormat.json:
        print_text(harmless_json(orjson.dumps(answer_object(answer), option=orjson.OPT_INDENT_2).decode()))
    else:
        print_text(answer_text(answer))
