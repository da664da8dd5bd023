"""``calcinosis knowledge``: check the knowledge, or show an entry."""

from __future__ import annotations

from pathlib import Path

import click

from calcinosis.errors import Problem
from calcinosis.interfaces.cli.output import finish, print_text
from calcinosis.words.en import command_line as words


@click.group(help=words.COMMANDS["knowledge"], no_args_is_help=True)
def knowledge() -> None:
    """Hold the commands on the knowledge itself."""


@knowledge.command("check", help=words.KNOWLEDGE_CHECK)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def knowledge_check(folder: Path | None) -> None:
    """Load every file, and tell all problems or how many entries there are."""
    from calcinosis.answers.compiled_parts import make_ready
    from calcinosis.answers.example_questions import example_problems
    from calcinosis.compiled import keep
    from calcinosis.compiled import knowledge as compiled
    from calcinosis.library.load import KNOWLEDGE, read_library
    from calcinosis.published import case_problems

    if folder is not None and not folder.is_dir():
        finish([Problem(str(folder), 0, *words.KNOWLEDGE_NO_FOLDER)])
    library, problems = read_library(folder or KNOWLEDGE)
    count, wrong_cases = (0, []) if problems else case_problems(library, folder or KNOWLEDGE)
    wrong_examples = [] if problems else example_problems(library, folder or KNOWLEDGE)
    problems = [*problems, *wrong_cases, *wrong_examples]
    if not problems:
        counts = ", ".join(f"{count} {name}" for name, count in {**library.counts(), words.CASES: count}.items())
        print_text(words.KNOWLEDGE_NO_PROBLEM.format(counts=counts))
        if folder is None:
            keep(library)
            make_ready(compiled())
    finish(problems)


@knowledge.command("show", help=words.KNOWLEDGE_SHOW)
@click.argument("entry")
def knowledge_show(entry: str) -> None:
    """Show one entry."""
    from calcinosis.compiled import knowledge as compiled
    from calcinosis.library.lookup import unknown_id
    from calcinosis.report.entry import entry_lines

    library = compiled().library
    found = library.entry(entry)
    if found is None:
        names = {one: getattr(library.entry(one), "name", "") for one in library.ids()}
        finish([unknown_id(entry, names, "entry")])
    else:
        print_text("\n".join(entry_lines(found, library)))
