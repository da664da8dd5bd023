"""``calcinosis claims``: what popular pages claim."""

from __future__ import annotations

import click

from calcinosis.interfaces.cli.options import PlainFormat, plain_format
from calcinosis.interfaces.cli.output import print_text
from calcinosis.words.en import command_line as words


@click.command(help=words.CLAIMS)
@click.option("--verdict", default="", help=words.CLAIMS_VERDICT)
@click.option("--source", default="", help=words.CLAIMS_SOURCE)
@plain_format
def claims(verdict: str, source: str, form: PlainFormat) -> None:
    """Show the claims that are asked for, each with the literature's verdict."""
    import orjson

    from calcinosis.compiled import knowledge
    from calcinosis.report.claims import VERDICTS, claim_lines, claim_object

    _check(verdict, VERDICTS, "--verdict")
    known = knowledge().library.claims.values()
    _check(source, sorted({claim.source for claim in known}), "--source")
    asked = [claim for claim in known if verdict in {"", claim.verdict} and source in {"", claim.source}]
    if form is PlainFormat.json:
        print_text(orjson.dumps([claim_object(claim) for claim in asked], option=orjson.OPT_INDENT_2).decode())
    else:
        print_text("\n".join(claim_lines(asked)))


def _check(found: str, choices: list[str] | tuple[str, ...], option: str) -> None:
    if found and found not in choices:
        raise click.BadParameter(words.ONE_OF.format(found=found, choices=", ".join(choices)), param_hint=option)
