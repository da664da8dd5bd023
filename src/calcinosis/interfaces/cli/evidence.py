"""``calcinosis evidence``: the studies behind a treatment."""

from __future__ import annotations

from pathlib import Path

import click

from calcinosis.interfaces.cli.options import PlainFormat, plain_format
from calcinosis.interfaces.cli.output import finish, print_text
from calcinosis.words.en import command_line as words


@click.command(help=words.EVIDENCE)
@click.argument("treatment", required=False, default="")
@click.option("--compare", metavar="TYPE", default="", help=words.EVIDENCE_COMPARE)
@click.option("--plot", type=click.Path(path_type=Path), help=words.EVIDENCE_PLOT)
@plain_format
def evidence(treatment: str, compare: str, plot: Path | None, form: PlainFormat) -> None:
    """Show one treatment, or all treatments of a type."""
    from calcinosis.compiled import knowledge
    from calcinosis.interfaces.cli.evidence_answers import show_comparison, show_treatment
    from calcinosis.library.lookup import unknown_id

    if bool(treatment) == bool(compare):
        raise click.BadParameter(words.EVIDENCE_EITHER, param_hint="TREATMENT")
    library = knowledge().library
    known = library.types if compare else library.treatments
    word, as_json = compare or treatment, form is PlainFormat.json
    if word not in known:
        names = {one.id: one.name for one in known.values()}
        finish([unknown_id(word, names, "type" if compare else "treatment")])
    elif compare:
        print_text(show_comparison(library, compare, plot, as_json=as_json))
    else:
        print_text(show_treatment(library, library.treatments[treatment], plot, as_json=as_json))
