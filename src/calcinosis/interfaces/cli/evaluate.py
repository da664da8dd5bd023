"""``calcinosis evaluate``: a folder of cases against what their authors concluded."""

from __future__ import annotations

from pathlib import Path

import click

from calcinosis.errors import Problem
from calcinosis.interfaces.cli.options import PlainFormat, plain_format
from calcinosis.interfaces.cli.output import finish, print_text
from calcinosis.words.en import command_line as words


@click.command(help=words.COMMANDS["evaluate"])
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--input", "kind", type=click.Choice(["bundle", "note"]), default="bundle", help=words.EVALUATE_INPUT)
@click.option("--assessments", type=click.Path(path_type=Path), metavar="FOLDER", help=words.EVALUATE_ASSESSMENTS)
@plain_format
def evaluate(folder: Path, kind: str, assessments: Path | None, form: PlainFormat) -> None:
    """Evaluate every case below a folder."""
    import orjson

    from calcinosis.compiled import knowledge
    from calcinosis.interfaces.evaluate import evaluate_folder, evaluation_lines
    from calcinosis.report.renderers.harmless import harmless_json

    if not folder.is_dir():
        finish([Problem(str(folder), 0, *words.EVALUATE_NO_FOLDER)])
    if assessments is not None and not assessments.is_dir():
        finish([Problem(str(assessments), 0, *words.EVALUATE_NO_ASSESSMENTS)])
    evaluation, problems = evaluate_folder(folder, knowledge(), kind, assessments)
    if evaluation["cases"]:
        as_json = form is PlainFormat.json
        written = harmless_json(orjson.dumps(evaluation, option=orjson.OPT_INDENT_2).decode()) if as_json else ""
        print_text(written or "\n".join(evaluation_lines(evaluation)))
    finish(problems)
