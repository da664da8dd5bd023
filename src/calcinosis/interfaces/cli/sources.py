"""``calcinosis sources``: the bibliography."""

from __future__ import annotations

from enum import StrEnum

import click

from calcinosis.interfaces.cli.output import print_text
from calcinosis.words.en import command_line as words


class SourceFormat(StrEnum):
    """How the bibliography is written."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"


@click.command(help=words.COMMANDS["sources"])
@click.option("--format", "form", type=click.Choice(SourceFormat), default=SourceFormat.text, help=words.SOURCES_FORMAT)
def sources(form: SourceFormat) -> None:
    """List every source."""
    import orjson

    from calcinosis.compiled import knowledge
    from calcinosis.report.bibliography import bibtex, csl, source_lines

    known = [knowledge().library.sources[name] for name in sorted(knowledge().library.sources)]
    if form is SourceFormat.csl:
        print_text(orjson.dumps(csl(known), option=orjson.OPT_INDENT_2).decode())
    else:
        print_text("\n".join(bibtex(known) if form is SourceFormat.bibtex else source_lines(known)))
