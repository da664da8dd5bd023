"""Medicines as they are sold: the RxNorm codes of products, and the facts that they mean."""

from __future__ import annotations

import csv
from collections.abc import Container
from pathlib import Path

from calcinosis.errors import Problem
from calcinosis.words.en import knowledge as words


def products_of(path: Path, facts: Container[str], problems: list[Problem]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the name and the facts of each product by its code; a fact that is none becomes a problem."""
    products: dict[str, tuple[str, tuple[str, ...]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row["fact"] not in facts:
                expected = words.LISTED_FACT
                problems.append(Problem(f"terminology/{path.name}", line, row["fact"], expected))
            known = products.get(row["rxcui"], (row["name"], ()))[1]
            products[row["rxcui"]] = (row["name"], (*known, row["fact"]))
    return products
