"""The command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from calcinosis import __version__
from calcinosis.errors import CalcinosisError, ExtraMissingError, InputError, Problem
from calcinosis.interfaces.cli.knowledge import knowledge_app
from calcinosis.interfaces.cli.output import finish, print_text
from calcinosis.interfaces.cli.screen import day_of_option, screen
from calcinosis.interfaces.documents import STANDARD_INPUT, Format, Style, is_folder, together, write_each, write_text

if TYPE_CHECKING:
    from calcinosis.conclusions.assessment import Assessment

app = typer.Typer(
    name="calcinosis",
    help="The open, cited, computable reference for calcinosis cutis (calcium in the skin). It informs clinicians.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(knowledge_app, name="knowledge")
app.command()(screen)


class PlainFormat(StrEnum):
    """How other answers are written."""

    text = "text"
    json = "json"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def assess(
    files: Annotated[list[str], typer.Argument(help="FHIR records (JSON, NDJSON) or YAML forms; - is standard input.")],
    format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.text,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The day to assess at; by default the record's last.")
    ] = "",
    output: Annotated[
        str,
        typer.Option("--output", metavar="PATH", help="Write to this file, or a file for each record to this folder."),
    ] = "",
    verbose: Annotated[
        bool, typer.Option("--verbose", help="In text, show every reason, every treatment and all sources.")
    ] = False,
    patient: Annotated[
        str, typer.Option("--patient", metavar="ID", help="The patient of an export; FILES is then its folder.")
    ] = "",
) -> None:
    """Write one assessment for each record."""
    from calcinosis.compiled import knowledge
    from calcinosis.conclusions.assess import assess_record
    from calcinosis.readers.recognise import read_record

    day = day_of_option(as_of) or None
    _check_output(files, format, output)
    assessed: list[tuple[str, Assessment]] = []
    problems: list[Problem] = []
    for file in files:
        try:
            loaded = knowledge()
            source = _of_patient(file, patient) if patient else file
            assessed.append((file, assess_record(read_record(source, loaded.terms), loaded.library, day)))
        except CalcinosisError as error:
            problems.extend(error.problems)
    style = Style(format, verbose, colour=not output and sys.stdout.isatty())
    problems += _written(assessed, files, style, output) if assessed else []
    finish(problems)


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder with case folders: bundle.json and expected.json.")],
    input: Annotated[str, typer.Option("--input", help="Which file of a case is read: bundle.")] = "bundle",
    format: Annotated[PlainFormat, typer.Option("--format", help="How to write it.")] = PlainFormat.text,
) -> None:
    """Compare with what the authors of cases concluded."""
    import orjson

    from calcinosis.compiled import knowledge
    from calcinosis.interfaces.evaluate import evaluate_folder, evaluation_lines

    if input != "bundle":
        raise typer.BadParameter(f'"{input}": only "bundle" can be read so far', param_hint="--input")
    if not folder.is_dir():
        finish([Problem(str(folder), 0, "no such folder", "case folders with bundle.json and expected.json")])
    evaluation, problems = evaluate_folder(folder, knowledge())
    if evaluation["cases"]:
        text = (
            orjson.dumps(evaluation, option=orjson.OPT_INDENT_2).decode()
            if format is PlainFormat.json
            else "\n".join(evaluation_lines(evaluation))
        )
        print_text(text)
    finish(problems)


@app.command(short_help="What popular pages claim, with verdicts.")
def claims(
    verdict: Annotated[str, typer.Option("--verdict", help="Only claims with this verdict, such as partly.")] = "",
    source: Annotated[str, typer.Option("--source", help="Only claims of this page, such as seed-000.")] = "",
    format: Annotated[PlainFormat, typer.Option("--format", help="How to write it.")] = PlainFormat.text,
) -> None:
    """Show what popular pages claim, and what the literature says of it."""
    import orjson

    from calcinosis.compiled import knowledge
    from calcinosis.report.claims import VERDICTS, claim_lines, claim_object

    if verdict and verdict not in VERDICTS:
        raise typer.BadParameter(f'"{verdict}": one of {", ".join(VERDICTS)}', param_hint="--verdict")
    known = knowledge().library.claims.values()
    sources = sorted({claim.source for claim in known})
    if source and source not in sources:
        raise typer.BadParameter(f'"{source}": one of {", ".join(sources)}', param_hint="--source")
    wanted = [claim for claim in known if verdict in {"", claim.verdict} and source in {"", claim.source}]
    if format is PlainFormat.json:
        print_text(orjson.dumps([claim_object(claim) for claim in wanted], option=orjson.OPT_INDENT_2).decode())
    else:
        print_text("\n".join(claim_lines(wanted)))


@app.command(short_help="The studies behind a treatment.")
def evidence(
    treatment: Annotated[str, typer.Argument(help="The id of a treatment; leave it out with --compare.")] = "",
    compare: Annotated[
        str, typer.Option("--compare", metavar="TYPE", help="All treatments of a type, side by side.")
    ] = "",
    plot: Annotated[Path | None, typer.Option("--plot", help="Draw a forest plot to this .svg or .png file.")] = None,
    format: Annotated[PlainFormat, typer.Option("--format", help="How to write it.")] = PlainFormat.text,
) -> None:
    """Show the studies behind a treatment, pooled where that is honest."""
    from calcinosis.compiled import knowledge
    from calcinosis.interfaces.cli.evidence import show_comparison, show_treatment
    from calcinosis.library.lookup import unknown_id

    if bool(treatment) == bool(compare):
        raise typer.BadParameter("give either the id of a treatment or --compare TYPE", param_hint="TREATMENT")
    library = knowledge().library
    known = library.types if compare else library.treatments
    word, as_json = compare or treatment, format is PlainFormat.json
    if word not in known:
        names = {one.id: one.name for one in known.values()}
        finish([unknown_id(word, names, "type" if compare else "treatment")])
    elif compare:
        print_text(show_comparison(library, compare, plot, as_json=as_json))
    else:
        print_text(show_treatment(library, library.treatments[treatment], plot, as_json=as_json))


class SourceFormat(StrEnum):
    """How the bibliography is written."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"


@app.command()
def sources(
    format: Annotated[SourceFormat, typer.Option("--format", help="Text, BibTeX or CSL-JSON.")] = SourceFormat.text,
) -> None:
    """List every source, each with its canonical link."""
    import orjson

    from calcinosis.compiled import knowledge
    from calcinosis.report.bibliography import bibtex, csl, source_lines

    known = [knowledge().library.sources[name] for name in sorted(knowledge().library.sources)]
    if format is SourceFormat.csl:
        print_text(orjson.dumps(csl(known), option=orjson.OPT_INDENT_2).decode())
    else:
        print_text("\n".join(bibtex(known) if format is SourceFormat.bibtex else source_lines(known)))


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    token: Annotated[
        str, typer.Option("--token", envvar="CALCINOSIS_TOKEN", help="Wanted of everyone; needed beyond this computer.")
    ] = "",
) -> None:
    """Open the web application on this computer."""
    from calcinosis.interfaces.web.serve import run
    from calcinosis.interfaces.web.settings import Settings

    settings = Settings(host=host, port=port, token=token)
    if settings.token_problem:
        raise typer.BadParameter(settings.token_problem, param_hint="--token")
    finish(run(settings, lambda line: typer.echo(line, err=True)))


def _of_patient(folder: str, patient: str) -> list[dict[str, Any]]:
    from calcinosis.population.person import resources_of

    return resources_of(folder, patient)


def _check_output(files: list[str], format: Format, output: str) -> None:
    """Refuse what cannot be one stream: several pages, or standard input twice."""
    if format is Format.html and len(files) > 1 and not is_folder(output):
        raise typer.BadParameter(
            "a page holds one record; with several, name a folder: --output FOLDER/", param_hint="--format html"
        )
    if files.count(STANDARD_INPUT) > 1:
        raise typer.BadParameter("standard input can be read once", param_hint="FILES")


def _written(assessed: list[tuple[str, Assessment]], files: list[str], style: Style, output: str) -> Iterable[Problem]:
    """Write the documents, and return what could not be written."""
    try:
        if is_folder(output):
            write_each(assessed, files, Path(output), style)
        elif output:
            write_text(Path(output), together(assessed, style, len(files) > 1), files)
        else:
            print_text(together(assessed, style, len(files) > 1))
    except InputError as error:
        return error.problems
    return ()


def main() -> None:
    """Run the command line; what is wrong with the knowledge itself is told, not traced."""
    try:
        app()
    except (CalcinosisError, ExtraMissingError) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


__all__ = ["InputError", "app", "main"]
