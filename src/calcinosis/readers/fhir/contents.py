"""What bundles hold: each resource once, in its current version, and what a bundle says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from calcinosis.errors import InputError, Problem
from calcinosis.person.dates import instant
from calcinosis.person.sayings import Remark
from calcinosis.rules.vocabulary import Origin
from calcinosis.shapes import Json, ShapeError, items, kind_of, obj, text
from calcinosis.words.en import inputs, remarks

Entry = tuple[str, Json]
"""The address that an entry gives to a resource, and the resource."""


class Contents(Struct):
    """The resources of bundles in their order, what was deleted before which place, and which came from a history."""

    entries: list[Entry] = field(default_factory=list)
    deleted: list[tuple[str, int, bool]] = field(default_factory=list)
    histories: list[range] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def current(self) -> list[Entry]:
        """Return each resource once: of several versions the newest, where they say which it is."""
        names = {name for _, resource in self.entries if type(name := resource.get("id")) is str}
        if len(names) == len(self.entries) and not self.deleted:
            return self.entries
        places: dict[tuple[str, str], int] = {}
        again: dict[tuple[str, str], list[int]] = {}
        for place, (_, resource) in enumerate(self.entries):
            name = resource.get("id")
            if type(name) is str:
                key = resource["resourceType"], name
                first = places.setdefault(key, place)
                if first != place:
                    again.setdefault(key, [first]).append(place)
        if not again and not self.deleted:
            return self.entries
        left_out = {place for versions in again.values() for place in self._old(versions)}
        left_out |= {place for place in places.values() if self._is_deleted(place)}
        return [entry for place, entry in enumerate(self.entries) if place not in left_out]

    def _old(self, versions: list[int]) -> Iterator[int]:
        """Yield the places of the versions of one id that another replaces; those of other servers are others."""
        by_server: dict[str, list[int]] = {}
        for place in versions:
            address = self.entries[place][0]
            by_server.setdefault(address.partition("/_history/")[0] if "://" in address else "", []).append(place)
        unknown = by_server.pop("", [])
        groups = list(by_server.values()) or [[]]
        groups[0] = [*groups[0], *unknown]
        for group in groups:
            if len(group) > 1:
                yield from self._old_of_one(group)

    def _old_of_one(self, group: list[int]) -> Iterator[int]:
        stamps = {place: stamp(self.entries[place][1]) for place in group}
        newest = max(stamps.values())
        last = [place for place in group if stamps[place] == newest]
        if len(last) > 1 and self._is_history(last[0]):
            last = last[:1]  # a history has the newest first
        first = self.entries[last[0]][1]
        same = [place for place in last[1:] if self.entries[place][1] == first]
        if len(last) - len(same) > 1:
            name = f"{first['resourceType']}/{first.get('id')}"
            self.remarks.append(Remark(Origin("resource", name), remarks.versions_not_ordered(len(last) - len(same))))
        yield from same
        yield from (place for place in group if place not in last)

    def _is_deleted(self, place: int) -> bool:
        address, resource = self.entries[place]
        name = f"{resource['resourceType']}/{resource.get('id')}"
        for deleted, before, is_history in self.deleted:
            if name == deleted or (address and address.partition("/_history/")[0].endswith(f"/{deleted}")):
                # In a history what stands above a deletion was made again after it.
                return not is_history or place >= before
        return False

    def _is_history(self, place: int) -> bool:
        return any(place in one for one in self.histories)


def stamp(resource: Json) -> tuple[str, int]:
    """Return by what versions of a resource are ordered: when it was changed, then the number of the version."""
    meta = resource.get("meta")
    written = meta.get("lastUpdated") if isinstance(meta, dict) else None
    number = meta.get("versionId") if isinstance(meta, dict) else None
    is_number = isinstance(number, str) and number.isdecimal() and len(number) < 20
    return instant(written) if isinstance(written, str) else "", int(str(number)) if is_number else -1


def contents_of(data: list[Json], name: str) -> Contents:
    """Return what resources and bundles hold; bundles within are opened. Raises InputError."""
    found = Contents()
    for resource in data:
        _add(found, resource, name)
    return found


def _add(found: Contents, resource: Json, name: str) -> None:
    kind = resource.get("resourceType") if isinstance(resource, dict) else None
    if not isinstance(kind, str):
        is_object = isinstance(resource, dict)
        what = inputs.NO_RESOURCE_TYPE if is_object else inputs.no_place_for(kind_of(resource))
        raise InputError([Problem(name, 0, what, inputs.RESOURCE_OR_BUNDLE, inputs.CHECK_THE_EXPORT)])
    if kind != "Bundle":
        found.entries.append(("", resource))
        return
    try:
        _open(found, resource, name)
    except ShapeError as error:
        raise InputError([Problem(name, 0, f"Bundle.{error}", inputs.A_BUNDLE)]) from error


def _open(found: Contents, bundle: Json, name: str) -> None:
    is_history = bundle.get("type") == "history"
    begin = len(found.entries)
    _note_pages(found, bundle)
    for entry in items(bundle, "entry"):
        inner, request = obj(entry, "resource"), entry.get("request")
        kind = inner.get("resourceType")
        may_delete = request is not None and not (type(request) is dict and request.get("method") in _ADDING)
        if may_delete and (address := _deletion(obj(entry, "request"), text(entry, "fullUrl"))):
            found.deleted.append((address, len(found.entries), is_history))
        elif type(kind) is str and kind not in _OPENED:
            found.entries.append((text(entry, "fullUrl"), inner))
        elif kind == "OperationOutcome":
            found.remarks += _outcome(inner)
        elif inner:
            _add(found, inner, name)
    if is_history:
        found.histories.append(range(begin, len(found.entries)))


_ADDING = ("POST", "PUT")
"""Methods of entries that add or change a resource, as those of most bundles do."""
_OPENED = frozenset({"Bundle", "OperationOutcome"})


def _deletion(request: Json, address: str) -> str:
    """Return type and id of what an entry deletes; empty where it deletes nothing."""
    method = request.get("method")
    if type(method) is not str or method.upper() != "DELETE":
        return ""
    named = (text(request, "url") or address).partition("/_history")[0].partition("?")[0]
    return "/".join(named.rsplit("/", 2)[-2:])


def _note_pages(found: Contents, bundle: Json) -> None:
    """Note that a bundle is one page of several."""
    if any(text(link, "relation") == "next" for link in items(bundle, "link")):
        identifier = bundle.get("id")
        origin = Origin("resource", f"Bundle/{identifier}" if isinstance(identifier, str) else "Bundle")
        total = bundle.get("total")
        found.remarks.append(Remark(origin, remarks.one_page(total if type(total) is int else None)))


def _outcome(outcome: Json) -> Iterator[Remark]:
    """Yield what a server says of its answer, such as that something was left out of it."""
    for issue in items(outcome, "issue"):
        said = text(issue, "diagnostics") or text(obj(issue, "details"), "text") or text(issue, "code")
        if text(issue, "severity") != "information":
            yield Remark(Origin("resource", "OperationOutcome"), remarks.server_says(said[:120]))
