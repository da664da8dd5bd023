"""``calcinosis assess``: one assessment for each record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from calcinosis.errors import CalcinosisError, InputError, Problem
from calcinosis.interfaces.cli.language_model import model_endpoint, read_by_model
from calcinosis.interfaces.cli.options import as_of
from calcinosis.interfaces.cli.output import finish, print_text, shows_colour
from calcinosis.interfaces.documents import STANDARD_INPUT, is_folder, together, write_each, write_text
from calcinosis.report.renderers.formats import FORMATS, OutputFormat, Style
from calcinosis.words.en import command_line as words
from calcinosis.words.en import language_model as model_words

if TYPE_CHECKING:
    from calcinosis.conclusions.assessment import Assessment


@click.command(help=words.COMMANDS["assess"])
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@click.option(
    "--format", "form", type=click.Choice(tuple(FORMATS)), default=next(iter(FORMATS)), help=words.ASSESS_FORMAT
)
@as_of(words.ASSESS_AS_OF)
@click.option("--output", metavar="PATH", default="", help=words.ASSESS_OUTPUT)
@click.option("--verbose", is_flag=True, help=words.ASSESS_VERBOSE)
@click.option("--cases", is_flag=True, help=words.ASSESS_CASES)
@click.option("--same-person", is_flag=True, help=words.ASSESS_SAME_PERSON)
@click.option("--patient", metavar="ID", default="", help=words.ASSESS_PATIENT)
@click.option("--language-model", "address", metavar="ADDRESS", default="", help=model_words.OPTION)
@click.option("--model", metavar="NAME", default="", help=model_words.OPTION_MODEL)
@click.option("--model-seconds", type=click.FloatRange(1, 3600), default=60, help=model_words.OPTION_SECONDS)
def assess(
    files: tuple[str, ...],
    form: str,
    as_of: str,
    output: str,
    verbose: bool,
    cases: bool,
    same_person: bool,
    patient: str,
    address: str,
    model: str,
    model_seconds: float,
) -> None:
    """Assess each file, write what succeeded, and tell every problem of the others."""
    from calcinosis.compiled import knowledge
    from calcinosis.conclusions.assess import assess_record
    from calcinosis.person.joined import joined
    from calcinosis.person.record import Record
    from calcinosis.readers.recognise import read_record

    _check_output(files, form, output)
    endpoint = model_endpoint(address, model, model_seconds)
    records: list[tuple[str, Record]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            if endpoint is not None:
                records.append((file, read_by_model(file, endpoint, knowledge().terms)))
            else:
                records.append((file, read_record(_of_patient(file, patient) if patient else file, knowledge().terms)))
        except CalcinosisError as error:
            problems.extend(error.problems)
    try:
        if same_person and records:
            files = files[:1]
            records = [(files[0], joined([record for _, record in records], files[0]))]
        library = knowledge().library
        assessed = [(file, assess_record(record, library, as_of or None)) for file, record in records]
    except CalcinosisError as error:
        problems.extend(error.problems)
        assessed = []
    several = len(files) > 1 and not is_folder(output)
    style = Style(verbose, colour=not output and shows_colour(), several=several, cases=cases)
    problems += _written(assessed, files, FORMATS[form], style, output) if assessed else []
    finish(problems)


def _of_patient(folder: str, patient: str) -> list[dict[str, Any]]:
    from calcinosis.population.export.one_person import resources_of

    return resources_of(folder, patient)


def _check_output(files: Sequence[str], form: str, output: str) -> None:
    """Refuse what cannot be one stream: several pages, or standard input twice."""
    if FORMATS[form].one_record and len(files) > 1 and not is_folder(output):
        raise click.BadParameter(words.ONE_PAGE_A_RECORD, param_hint=f"--format {form}")
    if files.count(STANDARD_INPUT) > 1:
        raise click.BadParameter(words.STANDARD_INPUT_ONCE, param_hint="FILES")


def _written(
    assessed: list[tuple[str, Assessment]], files: Sequence[str], form: OutputFormat, style: Style, output: str
) -> Iterable[Problem]:
    """Write the documents, and return what could not be written."""
    try:
        if is_folder(output):
            write_each(assessed, files, Path(output), form, style)
        elif output:
            write_text(Path(output), together(assessed, form, style), files)
        else:
            print_text(together(assessed, form, style), style.colour)
    except InputError as error:
        return error.problems
    return ()
