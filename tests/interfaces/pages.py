"""A page of the web application as a test reads it: links, ids, headings, tables, and whether it is well formed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
Attributes = list[tuple[str, str | None]]


@dataclass
class Seen:
    """What stands on a page."""

    links: list[str] = field(default_factory=list)
    outside: list[dict[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    referred: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    tables: list[dict[str, int | bool]] = field(default_factory=list)
    title: str = ""
    h1: str = ""
    text: str = ""
    wrong: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        if len(told) < len(attrs):
            self.seen.wrong.append(f"<{tag}> says an attribute twice")
        if "style" in told or any(name.startswith("on") for name in told):
            self.seen.wrong.append(f"<{tag}> has a style or a script in it, which the policy forbids")
        if tag == "script" and "src" not in told:
            self.seen.wrong.append("a script stands in the page")
        self._note(tag, told)
        if tag not in _VOID:
            self.open.append(tag)

    def _note(self, tag: str, told: dict[str, str]) -> None:
        seen = self.seen
        if "id" in told:
            seen.ids.append(told["id"])
        seen.referred += [*told.get("aria-labelledby", "").split(), *filter(None, [told.get("for", "")])]
        if tag == "a" and "href" in told:
            (seen.outside.append(told) if "://" in told["href"] else seen.links.append(told["href"]))
        if tag in {"h1", "h2", "h3"}:
            seen.headings.append(int(tag[1]))
        if tag == "table":
            seen.tables.append({"named": "aria-labelledby" in told or "aria-label" in told, "heads": 0, "rows": 0})
        elif seen.tables and tag == "caption":
            seen.tables[-1]["named"] = True
        elif seen.tables and tag == "th":
            seen.tables[-1]["heads" if told.get("scope") == "col" else "rows"] += 1

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.seen.wrong.append(f"</{tag}> closes {self.open[-1:] or 'nothing'} at {self.getpos()}")
        else:
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self._note(tag, {name: value or "" for name, value in attrs})

    def handle_data(self, data: str) -> None:
        inside = self.open[-1:] or [""]
        if inside[0] == "title" and "svg" not in self.open:
            self.seen.title += data
        if "h1" in self.open:
            self.seen.h1 += data
        if inside[0] not in {"script", "style"}:
            self.seen.text += data


def read_page(text: str) -> Seen:
    """Return what stands on a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    seen = reader.seen
    seen.wrong += [f"<{tag}> is never closed" for tag in reader.open]
    seen.wrong += [
        f"the id {name} stands twice" for name in sorted({one for one in seen.ids if seen.ids.count(one) > 1})
    ]
    seen.wrong += [f"nothing has the id {name}" for name in sorted(set(seen.referred) - set(seen.ids))]
    seen.wrong += [] if seen.headings.count(1) == 1 else [f"{seen.headings.count(1)} first headings"]
    steps = zip(seen.headings, seen.headings[1:], strict=False)
    seen.wrong += [f"a heading {after} follows a heading {before}" for before, after in steps if after > before + 1]
    for table in seen.tables:
        if not (table["named"] and table["heads"] and table["rows"]):
            seen.wrong.append(f"a table without name or headings: {table}")
    return seen
