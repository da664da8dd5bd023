"""The language model that a user names for ``assess``: which, and what is told of what is sent to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from calcinosis.interfaces.cli.output import tell
from calcinosis.words.en import language_model as words

if TYPE_CHECKING:
    from calcinosis.person.record import Record
    from calcinosis.readers.language_model.endpoint import Endpoint
    from calcinosis.terminology.terms import Terms

KEY = "CALCINOSIS_MODEL_KEY"
"""The variable of the environment that holds the key of an endpoint, so that no command line shows it."""


def model_endpoint(address: str, model: str, seconds: float) -> Endpoint | None:
    """Return the endpoint that the options name; None without them. Raises BadParameter."""
    if not address and not model:
        return None
    if not address or not model:
        raise click.BadParameter(words.BOTH_OPTIONS, param_hint="--language-model")
    from calcinosis.readers.language_model.endpoint import Endpoint

    return Endpoint(address=address, model=model, key=os.environ.get(KEY, ""), seconds=seconds)


def read_by_model(file: str, endpoint: Endpoint, terms: Terms) -> Record:
    """Return the record of a note with what the model read, and tell on standard error where its text was sent.

    Raises InputError.
    """
    from calcinosis.readers.language_model.statements import with_model
    from calcinosis.readers.recognise import parse_record, source_bytes, source_name

    endpoint.check()
    data, name = source_bytes(file), source_name(file)
    record = parse_record(data, terms, name)
    if record.source == "note":
        tell(words.SENT.format(name=name, model=endpoint.model, host=endpoint.host))
    return with_model(record, data.decode("utf-8", errors="replace"), name, terms, endpoint)
