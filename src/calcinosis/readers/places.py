"""Where and when what is said was, beside other findings: added to the sayings of which a rule asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from calcinosis.person.sayings import Said
from calcinosis.terminology.places import Began, places_joined
from calcinosis.terminology.terms import Terms


def placed(
    said: Iterable[Said], terms: Terms, sites: Sequence[str] = (), words: str = "", began: Began = ""
) -> Iterator[Said]:
    """Yield sayings of one statement with their places: its ``sites``, in words, else what its words say.

    ``words`` are those of the statement, where a saying keeps only the first of them.
    """
    places = terms.places
    named = [place for site in sites for place in places.in_words(site)]
    for one in said:
        if one.fact not in places.facts:
            yield one
            continue
        told = words or one.value.said
        here, order = places.of_fact(told, one.fact)
        yield replace(one, site=places_joined(named or here), began=order or one.began or began)
