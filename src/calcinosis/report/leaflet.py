"""A leaflet: one printed side for one situation, when to get help before what it is, made from plain statements."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from calcinosis.answers.answer import Said
from calcinosis.answers.quoting import quoted
from calcinosis.compiled import Knowledge
from calcinosis.library.lesson import Leaflet, Quoted
from calcinosis.library.subjects import short_name
from calcinosis.report.lines import author_and_year, decapitalised
from calcinosis.words.en import leaflet as words
from calcinosis.words.en.report import day_words


class Help(Struct, frozen=True):
    """What needs help within one time; ``urgency`` is emergency for what cannot wait."""

    urgency: str
    heading: str
    says: tuple[str, ...]


class Part(Struct, frozen=True):
    """Sentences under a heading."""

    heading: str
    says: tuple[str, ...]


class LeafletPage(Struct, frozen=True, kw_only=True):
    """Everything on a leaflet. ``drawing`` is the id of the type that is drawn."""

    id: str
    title: str
    drawing: str
    intro: tuple[str, ...]
    help: tuple[Help, ...]
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    checked: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence but headings, sources and the note on how it was made."""
        groups = [one.says for one in self.help] + [one.says for one in self.parts]
        return (*self.intro, *(says for group in groups for says in group))


def leaflet_page(leaflet: Leaflet, known: Knowledge) -> LeafletPage:
    """Return a leaflet in the words that the knowledge has for patients. Raises KnowledgeError for a lost statement."""
    said: list[Said] = []

    def says(some: Iterable[Quoted]) -> tuple[str, ...]:
        found = [quoted(one, "patient", known) for one in some]
        said.extend(found)
        return tuple(one.says for one in found)

    groups = ((leaflet.now, "now"), (leaflet.today, "today"), (leaflet.two_days, "two_days"), (leaflet.visit, "visit"))
    told = tuple(Help("emergency" if when == "now" else "", words.HELP[when], says(some)) for some, when in groups)
    intro = says(leaflet.what)
    parts = tuple(
        Part(heading, sentences)
        for heading, sentences in (
            (words.DONE, says(leaflet.done)),
            (words.UNPROVEN, says(leaflet.unproven)),
            (words.DO, says(leaflet.do)),
            (words.BRING, says(leaflet.bring)),
            (words.ASK, tuple(_question(name, known) for name in leaflet.ask)),
        )
    )
    cited = dict.fromkeys(name for one in said for name in one.cite)
    return LeafletPage(
        id=leaflet.id,
        title=leaflet.title,
        drawing=leaflet.drawing,
        intro=intro,
        help=told,
        parts=parts,
        sources=tuple(dict.fromkeys(author_and_year(known.library.sources[name]) for name in cited)),
        checked=words.CHECKED.format(day=day_words(leaflet.checked)),
    )


def _question(entry: str, known: Knowledge) -> str:
    """Return a question to ask the doctor about an entry."""
    library = known.library
    name = decapitalised(short_name(str(getattr(library.entry(entry), "name", entry))))
    if entry in library.investigations:
        return words.ASK_TEST.format(name=name)
    if entry in library.causes:
        return words.ASK_CAUSE.format(name=name)
    return words.ASK_TREATMENT.format(name=name)
