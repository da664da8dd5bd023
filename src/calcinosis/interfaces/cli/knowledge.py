"""The commands on the knowledge itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from calcinosis.errors import Problem
from calcinosis.interfaces.cli.output import finish, print_text

knowledge_app = typer.Typer(help="Check the knowledge, or show an entry.", no_args_is_help=True, rich_markup_mode=None)


@knowledge_app.command("check")
def knowledge_check(
    folder: Annotated[Path | None, typer.Argument(help="Knowledge folder; by default the package's own.")] = None,
) -> None:
    """Load and check every knowledge file, and list all problems at once."""
    from calcinosis.library.load import KNOWLEDGE, read_library

    if folder is not None and not folder.is_dir():
        finish([Problem(str(folder), 0, "no such folder", "a folder of knowledge files")])
    library, problems = read_library(folder or KNOWLEDGE)
    if not problems:
        counts = library.counts()
        print_text(", ".join(f"{count} {name}" for name, count in counts.items()) + ": no problem.")
    finish(problems)


@knowledge_app.command("show")
def knowledge_show(entry: Annotated[str, typer.Argument(help="The id of an entry, such as diltiazem.")]) -> None:
    """Show one entry with its sources."""
    from calcinosis.compiled import knowledge
    from calcinosis.library.lookup import unknown_id
    from calcinosis.report.entry import entry_lines

    library = knowledge().library
    found = library.entry(entry)
    if found is None:
        names = {one: getattr(library.entry(one), "name", "") for one in library.ids()}
        finish([unknown_id(entry, names, "entry")])
    else:
        print_text("\n".join(entry_lines(found, library)))
