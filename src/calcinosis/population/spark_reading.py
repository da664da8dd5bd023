"""The elements of FHIR resources as JSON texts, in the SQL of Spark.

``from_json`` gives every element as a text, but a string without its quotes, so that "5" and 5 look alike. Where a text
could be either, the element is taken out of its line once more, by a path that keeps the quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calcinosis.population.wanted import OWNERS

_REFERENCE = "STRUCT<`reference`: STRING>"
_END = "the end of the line"
_STRICT = "map('allowSingleQuotes', 'false', 'allowNonNumericNumbers', 'false')"
_NUMBER = r"-?[0-9.]+([eE][-+]?[0-9]+)?"


def lines_query(table: str, elements: Sequence[str]) -> str:
    """Return the query that splits the lines in ``value`` of a table: all elements NULL for a broken one."""
    types = {"resourceType": "STRING", "id": "STRING", **dict.fromkeys(OWNERS, _REFERENCE)}
    types |= dict.fromkeys(elements, "STRING")
    fields = ", ".join(f"`{name}`: {kind}" for name, kind in types.items())
    # What stands behind the object breaks the array or hides its end; as an array Spark reads all of the line.
    text = f"CONCAT('[', value, ',{{\"id\":\"{_END}\"}}]')"
    read = f"SELECT value, from_json({text}, 'ARRAY<STRUCT<{fields}>>', {_STRICT}) AS found FROM {table}"
    whole = f"size(found) = 2 AND found[1].id = '{_END}' AND is_valid_utf8(value) AND NOT ({_HALF_CHARACTER})"
    owners = [f"held.`{owner}`.`reference` AS `{owner}`" for owner in OWNERS]
    texts = [f"{_quoted_if_text(element)} AS `{element}`" for element in elements]
    return (
        f"SELECT {', '.join(['held.`resourceType`', 'held.`id`', *owners, *texts])} "
        f"FROM (SELECT value, IF({whole}, found[0], NULL) AS held FROM ({read} WHERE trim(value) <> ''))"
    )


# A pair of surrogates is one character, half of one is none; a doubled backslash stands for itself.
_WHOLE = r"r'\\(\\|u[dD][89abAB]..\\u[dD][c-fC-F]..)'"
_HALF_CHARACTER = rf"value LIKE '%\\\\u%' AND regexp_replace(value, {_WHOLE}, '') RLIKE r'\\u[dD][89a-fA-F]'"


def _quoted_if_text(element: str) -> str:
    text = f"held.`{element}`"
    again = f"get_json_object(CONCAT('[', value, ']'), '$[*].{element}')"
    holds_odd_text = r"""contains(value, '"{') OR contains(value, '"[') OR contains(value, '"\\u00')"""
    return (
        f"CASE WHEN {text} RLIKE r'^({_NUMBER}|true|false)$' THEN {again} "
        f"WHEN {text} RLIKE r'^[{{\\[]' THEN IF({holds_odd_text}, {again}, {text}) "
        f"ELSE {written(text)} END"
    )


def written(value: str) -> str:
    """Return the expression of a value as JSON."""
    whole = f"to_json(array({value}), map('ignoreNullFields', 'true'))"
    return f"IF({value} IS NULL, CAST(NULL AS STRING), substring({whole}, 2, length({whole}) - 2))"


def columns_query(table: str, elements: Sequence[str], types: Mapping[str, str]) -> str:
    """Return the query that gives the columns of a table in the same form as lines; those it lacks are NULL."""
    heads = [_column(name, types, f"CAST(`{name}` AS STRING)") for name in ("resourceType", "id")]
    owners = [_column(owner, types, _reference(owner, types)) for owner in OWNERS]
    texts = [_column(element, types, _as_json(element, types)) for element in elements]
    return f"SELECT {', '.join([*heads, *owners, *texts])} FROM {table}"


def _column(name: str, types: Mapping[str, str], expression: str) -> str:
    return f"{expression if name in types else 'CAST(NULL AS STRING)'} AS `{name}`"


def _reference(name: str, types: Mapping[str, str]) -> str:
    if types.get(name, "").startswith("struct"):
        return f"`{name}`.`reference`"
    return f"get_json_object(`{name}`, '$.reference')"


def _as_json(name: str, types: Mapping[str, str]) -> str:
    """Return a column as JSON: a text that holds an object as it stands, other texts quoted."""
    whole = written(f"`{name}`")
    return f"IF(`{name}` RLIKE r'^[{{\\[]', `{name}`, {whole})" if types.get(name) == "string" else whole
