"""A line of a report as a row of a text: its sign, its label, its sentence and what stands dim behind it."""

from __future__ import annotations

from collections.abc import Sequence

from calcinosis.report.document import Line, Mark, TreatmentRow
from calcinosis.report.renderers.text_table import TextRow
from calcinosis.words.en.report import MORE, TAKEN

SIGNS: dict[Mark, str] = {
    "": " ", "true": "+", "false": "-", "unknown": "?", "assumed": "~", "against": "-", "established": "+",
    "provisional": "~", "undetermined": "?", "not-supported": "-", "excluded": "-", "conflicting": "!",
    "consider": "+", "check-first": "?", "avoid": "x", "not-for-this-type": ".", "danger": "!",
    "unlikely": "?", "past": "~", "family": "~", "planned": "~", "asked": "?", "not-stated": "?", "soon": "!",
    "known": "!",
}  # fmt: skip
STYLES: dict[Mark, str] = {"consider": "green", "check-first": "yellow", "avoid": "red", "danger": "red"}


def row(sign: str, line: Line, behind: str = "", word: str = "", style: str = "") -> TextRow:
    """Return a line as a row: label, sentence and remark, and behind them its sources and where it was read."""
    aside = line.aside if line.aside.endswith(".") or not line.says else f"({line.aside})" if line.aside else ""
    says = [(one, look) for one, look in ((line.says, style), (f" {aside}" if line.says else aside, "")) if one.strip()]
    pieces = [(f"{line.label}: " if says else line.label, "bold")] if line.label else []
    pieces += says
    pieces.append((behind, "dim"))
    return TextRow(sign, word, tuple(pieces))


def first(names: Sequence[str], count: int) -> str:
    """Return the first of some names, and how many more there are."""
    rest = len(names) - count
    return "; ".join(names[:count]) + (f"; {MORE['names'].format(count=rest)}" if rest > 0 else "")


def treatment_row(found: TreatmentRow, said: Sequence[str], behind: str) -> TextRow:
    """Return a treatment as a row: its name, what is said of it, and what stands dim behind it."""
    name = f"{found.name} ({TAKEN})" if found.taken and "taken" not in found.name else found.name
    told = f": {'. '.join(one.rstrip('.') for one in said)}." if said else "."
    return TextRow(SIGNS[found.verdict], "", ((name, STYLES.get(found.verdict, "")), (told, ""), (behind, "dim")))
