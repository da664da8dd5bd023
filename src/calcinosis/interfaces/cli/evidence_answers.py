"""What `calcinosis evidence` prints and draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from calcinosis.errors import InputError, Problem
from calcinosis.evidence.describe import comparison_lines, evidence_lines, evidence_object, treatments_of
from calcinosis.evidence.plot import comparison_points, save_forest, treatment_forest
from calcinosis.evidence.rows import rows_of
from calcinosis.library.entries import Treatment
from calcinosis.library.library import Library
from calcinosis.words.en import command_line as words


def show_treatment(library: Library, treatment: Treatment, plot: Path | None, *, as_json: bool) -> str:
    """Return the studies of a treatment as text or JSON; draw them if a path is given. Raises InputError."""
    if plot is not None:
        _drawn(plot, lambda: treatment_forest(treatment, rows_of(treatment, library), plot))
    if as_json:
        return orjson.dumps(evidence_object(treatment, library), option=orjson.OPT_INDENT_2).decode()
    return "\n".join(evidence_lines(treatment, library))


def show_comparison(library: Library, type_id: str, plot: Path | None, *, as_json: bool) -> str:
    """Return all treatments of a type side by side; draw them if a path is given. Raises InputError."""
    found = treatments_of(library, type_id)
    if plot is not None:
        title = words.COMPARISON_TITLE.format(type=library.types[type_id].name)
        subtitle = words.COMPARISON_SUBTITLE
        _drawn(plot, lambda: save_forest(comparison_points(library, found), title, subtitle, plot))
    if as_json:
        objects = [evidence_object(library.treatments[name], library) for name in found]
        return orjson.dumps(objects, option=orjson.OPT_INDENT_2).decode()
    return "\n".join(comparison_lines(library, type_id))


def _drawn(path: Path, draw: Callable[[], None]) -> None:
    """Draw, and say what is wrong with the path if it cannot be written."""
    try:
        draw()
    except (ValueError, OSError) as error:
        found = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(str(path), 0, found, words.PLOT_EXPECTED)]) from error
