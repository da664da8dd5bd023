"""``calcinosis follow``: what changed in one person over time, what is due, what speaks against what is taken."""

from __future__ import annotations

from pathlib import Path

import click

from calcinosis.errors import CalcinosisError, Problem
from calcinosis.interfaces.cli.options import as_of
from calcinosis.interfaces.cli.output import finish, print_text
from calcinosis.words.en import command_line as words

FORMATS = ("text", "json", "html")


@click.command(help=words.FOLLOW)
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], help=words.FORMAT)
@as_of(words.FOLLOW_AS_OF)
@click.option("--output", metavar="PATH", default="", help=words.FOLLOW_OUTPUT)
def follow(files: tuple[str, ...], form: str, as_of: str, output: str) -> None:
    """Read all files as those of one person and write their course; what is wrong with one of them is told."""
    from calcinosis.compiled import knowledge
    from calcinosis.follow_up.follow_record import follow_record
    from calcinosis.follow_up.one_person import one_person
    from calcinosis.interfaces.documents import STANDARD_INPUT, write_text
    from calcinosis.readers.recognise import read_record
    from calcinosis.report.renderers.follow_formats import follow_document

    if files.count(STANDARD_INPUT) > 1:
        raise click.BadParameter(words.STANDARD_INPUT_ONCE, param_hint="FILES")
    known, records, problems = knowledge(), [], list[Problem]()
    for file in files:
        try:
            records.append(read_record(file, known.terms))
        except CalcinosisError as error:
            problems.extend(error.problems)
    if problems:
        finish(problems)
    try:
        found = follow_record(one_person(records, files), known.library, known.terms, as_of or None)
        document = follow_document(found, form)
        if output:
            write_text(Path(output), document, files)
        else:
            print_text(document)
    except CalcinosisError as error:
        finish(error.problems)
