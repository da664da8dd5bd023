"""The command that screens an export: from its options to the rows, the page beside them, and what it tells."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calcinosis.errors import ExtraMissingError, InputError, Problem
from calcinosis.population.engines import Settings, engine_of, megabytes
from calcinosis.population.places import name_of

if TYPE_CHECKING:
    from calcinosis.compiled import Knowledge
    from calcinosis.population.export import Export
    from calcinosis.population.screen import Summary

SHOWN = 20
"""Problems that are written to standard error; the page names more."""


class Engine(StrEnum):
    """What works the tables out."""

    duckdb = "duckdb"
    spark = "spark"


def screen(
    export: Annotated[
        str, typer.Argument(help="Folder with a FHIR Bulk Data export (NDJSON, NDJSON.gz or Parquet), or its URL.")
    ],
    output: Annotated[Path, typer.Option("--output", help="The Parquet file to write; a page is written beside it.")],
    engine: Annotated[Engine, typer.Option("--engine", help="What works the tables out.")] = Engine.duckdb,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The day to assess at; by default each record's last.")
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 if a line was left out.")] = False,
    suppress_below: Annotated[
        int, typer.Option("--suppress-below", metavar="N", min=0, help="Hide numbers of patients below N in the page.")
    ] = 0,
    memory: Annotated[
        str, typer.Option("--memory", metavar="SIZE", help="What the engine may take; the rest goes to disk.")
    ] = "2GB",
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="Where Spark runs: on this machine or on a cluster.")
    ] = "local[*]",
) -> None:
    """Write one row for each patient of a FHIR export, and a page that sums them up."""
    day = day_of_option(as_of)
    try:
        megabytes(memory)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--memory") from error
    if not output.parent.is_dir() or output.is_dir():
        found = "a folder" if output.is_dir() else "a folder that is not there"
        raise InputError([Problem(str(output), 0, found, "a file in a folder that is there")])
    try:
        summary = _screened(export, output, Settings(engine.value, memory, master), day, suppress_below)
    except OSError as error:
        found = error.strerror or "a place that cannot be read or written"
        raise InputError(
            [Problem(str(error.filename or output), 0, found, "files that can be read and written")]
        ) from error
    shown = [str(problem) for problem in summary.problems[:SHOWN]]
    more = len(summary.problems) - len(shown)
    typer.echo("\n".join([*shown, *([f"and {more} more, named in the page"] if more > 0 else [])]), err=True)
    typer.echo(f"{summary.patients} patients: {output}, {_page_of(output)}")
    typer.echo(f"{sum(summary.lines.values())} lines were read, {summary.rejected} of them left out.")
    if strict and (summary.rejected or summary.problems):
        raise typer.Exit(1)


def _screened(export: str, output: Path, settings: Settings, day: str, suppress_below: int) -> Summary:
    from calcinosis.compiled import knowledge
    from calcinosis.population.export import find_export

    try:
        from calcinosis.population.queries import queries_of
        from calcinosis.population.screen import Screen, plan_of
        from calcinosis.population.work import Work
    except ModuleNotFoundError as error:
        raise ExtraMissingError("population", "the libraries of populations") from error
    found, loaded = find_export(export), knowledge()
    work = Work(output, plan_of(found, day, settings.engine, loaded))
    with _Progress(found) as progress, engine_of(settings, work.spill, export) as backend:
        queries = queries_of(loaded.library, backend.dialect)
        summary = Screen(found, loaded, backend, work, queries, as_of=day, tell=progress.tell).run(output)
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


class _Progress:
    """A bar on standard error: what was read last, how far, how long it will take."""

    def __init__(self, export: Export) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            console=Console(file=sys.stderr),
            disable=not sys.stderr.isatty(),
        )
        self.task = self.bar.add_task("reading", total=sum(_sizes(export)) or 1)

    def __enter__(self) -> _Progress:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def tell(self, what: str, size: int) -> None:
        """Show what was done."""
        self.bar.update(self.task, description=what, advance=size)


def _sizes(export: Export) -> Iterable[int]:
    from calcinosis.population.wanted import WANTED

    for kind in ("Patient", *WANTED):
        yield from (part.size for part in export.parts(kind))


def day_of_option(written: str) -> str:
    """Return the day of --as-of; a wrong one is wrong usage."""
    if not written:
        return ""
    from calcinosis.person.dates import DateError, parse_date

    try:
        return parse_date(written).latest
    except DateError as error:
        raise typer.BadParameter(f"{error}; write a day such as 2026-11-22", param_hint="--as-of") from error
