"""The command that screens an export: from its options to the rows, the page beside them, and what it tells."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from calcinosis.errors import ExtraMissingError, InputError, Problem
from calcinosis.interfaces.cli.options import as_of
from calcinosis.interfaces.cli.output import print_text, tell
from calcinosis.population.engines.memory import megabytes
from calcinosis.population.engines.settings import Settings, engine_of
from calcinosis.population.export.places import name_of
from calcinosis.report.renderers.harmless import harmless
from calcinosis.words.en import command_line as words

if TYPE_CHECKING:
    from calcinosis.compiled import Knowledge
    from calcinosis.population.export.files import Export
    from calcinosis.population.screen import Summary

SHOWN = 20
"""Problems that are written to standard error; the page names more."""


class Engine(StrEnum):
    """The engine that computes the tables."""

    duckdb = "duckdb"
    spark = "spark"


@click.command(help=words.SCREEN)
@click.argument("export")
@click.option("--output", type=click.Path(path_type=Path), required=True, help=words.SCREEN_OUTPUT)
@click.option("--engine", type=click.Choice(Engine), default=Engine.duckdb, help=words.SCREEN_ENGINE)
@as_of(words.SCREEN_AS_OF)
@click.option("--strict", is_flag=True, help=words.SCREEN_STRICT)
@click.option("--suppress-below", metavar="N", type=click.IntRange(0), default=0, help=words.SCREEN_SUPPRESS)
@click.option("--memory", metavar="SIZE", default="2GB", show_default=True, help=words.SCREEN_MEMORY)
@click.option("--master", metavar="URL", default="local[*]", show_default=True, help=words.SCREEN_MASTER)
def screen(
    export: str,
    output: Path,
    engine: Engine,
    as_of: str,
    strict: bool,
    suppress_below: int,
    memory: str,
    master: str,
) -> None:
    """Write one row for each patient of a FHIR export, and a page that sums them up."""
    try:
        megabytes(memory)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--memory") from error
    try:
        summary = _screened(export, output, Settings(engine.value, memory, master), as_of, suppress_below)
    except OSError as error:
        found = error.strerror or words.UNUSABLE_PLACE
        raise InputError([Problem(str(error.filename or output), 0, found, words.USABLE_FILES)]) from error
    shown = [str(problem) for problem in summary.problems[:SHOWN]]
    more = len(summary.problems) - len(shown)
    tell("\n".join([*shown, *([words.MORE_PROBLEMS.format(count=more)] if more > 0 else [])]))
    print_text(words.SCREENED.format(patients=summary.patients, rows=output, page=_page_of(output)))
    print_text(words.LINES_READ.format(lines=sum(summary.lines.values()), rejected=summary.rejected))
    if strict and (summary.rejected or summary.problems):
        raise click.exceptions.Exit(1)


def _screened(export: str, output: Path, settings: Settings, day: str, suppress_below: int) -> Summary:
    from calcinosis.compiled import knowledge
    from calcinosis.population.export.files import find_export

    try:
        from calcinosis.interfaces.cli.arrow import start_without_pandas
        from calcinosis.population.checkpoints import Work
        from calcinosis.population.screen import Screen, plan_of
    except ModuleNotFoundError as error:
        raise ExtraMissingError("population", words.POPULATION_LIBRARIES) from error
    if settings.engine != "spark":  # which asks Arrow for pandas
        start_without_pandas()
    found, loaded = find_export(export), knowledge()
    work = Work(output, plan_of(found, day, settings.engine, loaded))
    with _progress(found) as told, engine_of(settings, work.spill, export) as chosen:
        summary = Screen(found, loaded, chosen, work, as_of=day, tell=told).run(output)
    _write_page(export, output, summary, loaded, suppress_below)
    work.done()
    return summary


def _write_page(export: str, output: Path, summary: Summary, loaded: Knowledge, suppress_below: int) -> None:
    import pyarrow.parquet as pq

    from calcinosis.report.screen import Counts, Source, screen_page

    counts = Counts()
    for batch in pq.ParquetFile(output).iter_batches():
        counts.add(batch)
    source = Source(
        name=name_of(export),
        lines=summary.lines,
        skipped=sorted(summary.skipped),
        in_question=summary.in_question,
        missing=summary.missing,
        rejected=summary.rejected,
        problems=summary.problems,
        unknown=summary.unknown,
        unused=summary.unused,
    )
    page = screen_page(counts, source, loaded.library, suppress_below)
    unfinished = output.with_name(f".{output.name}.html.partial")
    unfinished.write_text(page, encoding="utf-8")
    unfinished.replace(_page_of(output))


def _page_of(output: Path) -> Path:
    return output.with_suffix(".html")


@contextmanager
def _progress(export: Export) -> Iterator[Callable[[str, int], None]]:
    """Give what tells what was done; on a terminal it is a bar: what was read last, how far, how long it will take."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _what, _size: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.percentage:>3.0f} %")
    with Progress(*columns, TimeRemainingColumn(), console=Console(file=sys.stderr)) as bar:
        task = bar.add_task("reading", total=sum(_sizes(export)) or 1)
        yield lambda what, size: bar.update(task, description=harmless(what), advance=size)


def _sizes(export: Export) -> Iterable[int]:
    from calcinosis.population.resources.elements import ELEMENTS

    for kind in ("Patient", *ELEMENTS):
        yield from (part.size for part in export.parts(kind))
