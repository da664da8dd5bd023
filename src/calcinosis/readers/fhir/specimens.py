"""What a laboratory examined: a number of urine, dialysate or another fluid is none of blood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calcinosis.readers.fhir.gathering import Reader
from calcinosis.shapes import Json, codes, items, obj, text
from calcinosis.terminology.results import Result
from calcinosis.terminology.tokens import tokens_of
from calcinosis.words.en.remarks import other_specimen


def without_other_specimen(reader: Reader, resource: Json, results: Iterable[Result]) -> Iterator[Result]:
    """Yield the results of an Observation; those of blood that were measured in something else become problems."""
    words, coded = _specimen(reader, resource)
    if not reader.terms.specimens.is_other(words, coded):
        yield from results
        return
    said = frozenset(tokens_of(words))
    for result in results:
        fact = reader.terms.facts.get(result.fact)
        is_of_laboratory = fact is not None and fact.learned_by == "laboratory"
        if fact is None or not is_of_laboratory or said & frozenset(tokens_of(fact.name)):
            yield result
        else:
            yield Result(problem=other_specimen(fact.name, (words or " ".join(sorted(coded)))[:60]))


def _specimen(reader: Reader, resource: Json) -> tuple[str, set[str]]:
    """Return the words and the codes of the specimen of an Observation, wherever they stand."""
    reference = obj(resource, "specimen")
    address = text(reference, "reference").partition("/_history/")[0]
    if address.startswith("#"):
        inner = (one for one in items(resource, "contained") if one.get("id") == address[1:])
        specimen = next(inner, None)
    else:
        found = reader.by_reference
        specimen = found.get(address) or found.get("/".join(address.rsplit("/", 2)[-2:]))
    kind = obj(specimen, "type") if specimen else {}
    displays = [text(one, "display") for one in items(kind, "coding")]
    return " ".join(filter(None, [text(reference, "display"), text(kind, "text"), *displays])), codes(kind) - {""}
