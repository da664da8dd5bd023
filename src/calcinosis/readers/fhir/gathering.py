"""What the resources of a record say about facts, gathered: sayings, remarks, what was not used, the last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from calcinosis.person.dates import Day, parse_date
from calcinosis.person.ends import end_by_nature
from calcinosis.person.history import LesionEvent, NamedLesion, Plan, Prescription, Visit
from calcinosis.person.not_read import Unread
from calcinosis.person.sayings import EVER, SENSE_SAID, Remark, Said
from calcinosis.readers.fhir.concepts import Meant, Reading
from calcinosis.rules.vocabulary import PAST, PLANNED, SUSPECTED, Origin, Value
from calcinosis.shapes import Json, items, obj, text
from calcinosis.terminology.context import SAYS_NOTHING, leaves_open
from calcinosis.terminology.language import ENGLISH
from calcinosis.terminology.terms import Terms
from calcinosis.truth import FALSE, TRUE, UNKNOWN, Truth
from calcinosis.words.en.account import ONLY_REFERRED, SOME_RESOURCE, WITHOUT_CODE
from calcinosis.words.en.remarks import nothing_known, site_not_known

DATE_KEYS: dict[str, tuple[str, ...]] = {
    "Observation": ("effectiveDateTime", "effectiveInstant"),
    "Condition": ("recordedDate", "onsetDateTime"),
    "Procedure": ("performedDateTime",),
    "MedicationRequest": ("authoredOn",),
    "MedicationStatement": ("effectiveDateTime", "dateAsserted"),
    "MedicationAdministration": ("effectiveDateTime",),
    "MedicationDispense": ("whenHandedOver", "whenPrepared"),
    "AllergyIntolerance": ("recordedDate", "onsetDateTime"),
    "DiagnosticReport": ("effectiveDateTime",),
    "Encounter": (),
    "Immunization": ("occurrenceDateTime",),
}
LATE_KEYS = {"Observation": "issued", "DiagnosticReport": "issued"}
"""What stands for a day where nothing says when something was measured."""
PERIOD_KEYS = ("effectivePeriod", "performedPeriod", "onsetPeriod", "period")
SKIN = frozenset({"examination", "imaging", "histology"})


class Reader(Struct):
    terms: Terms
    resources: list[tuple[str, Json]]
    mine: set[str]
    patient: Json = field(default_factory=dict)
    _by_reference: dict[str, Json] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    other_medicines: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unused: dict[str, int] = field(default_factory=dict)
    seen: list[tuple[Day, Origin]] = field(default_factory=list)
    mentions: list[Said] = field(default_factory=list)
    not_read: Unread = field(default_factory=lambda: Unread({}))
    last_day: str = ""
    prescriptions: list[Prescription] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    lesions: list[NamedLesion] = field(default_factory=list)
    lesion_events: list[LesionEvent] = field(default_factory=list)
    provisional: list[Origin] = field(default_factory=list)
    wrong_days: Mapping[Day, str] = field(default_factory=dict)

    @property
    def by_reference(self) -> dict[str, Json]:
        """The resources by the ways in which others refer to them."""
        if not self._by_reference:
            for full, resource in self.resources:
                self._by_reference[f"{resource['resourceType']}/{resource.get('id')}"] = resource
                if full:
                    self._by_reference[full] = resource
                    self._by_reference["/".join(full.rsplit("/", 2)[-2:])] = resource
        return self._by_reference

    def remark(self, origin: Origin, says: str, ask: str = "") -> None:
        """Note something that could not be used, and the question that settles it."""
        self.remarks.append(Remark(origin, says, ask))


def day_of(resource: Json, kind: str) -> tuple[Day | None, str]:
    """Return the day of a resource and its time as written. Raises DateError."""
    for key in DATE_KEYS.get(kind, ()):
        if key in resource and (written := text(resource, key)):
            return parse_date(written), written if len(written) > 10 else ""
    for key in PERIOD_KEYS:
        if key in resource and (written := text(obj(resource, key), "start")):
            return parse_date(written), ""
    if "effectiveTiming" in resource and (written := _of_timing(obj(resource, "effectiveTiming"))):
        return parse_date(written), written if len(written) > 10 else ""
    late = LATE_KEYS.get(kind, "")
    if late and late in resource and (written := text(resource, late)):
        return parse_date(written), written if len(written) > 10 else ""
    return None, ""


def _of_timing(timing: Json) -> str:
    """Return the first moment of a timing, as written; empty where it says none."""
    events = timing.get("event")
    written = [one for one in events if isinstance(one, str)] if isinstance(events, list) else []
    if written:
        return min(written)
    return text(obj(obj(timing, "repeat"), "boundsPeriod"), "start")


def start_of(resource: Json, key: str) -> Day | None:
    """Return the day on which a period starts; None when it does not say. Raises DateError."""
    start = text(obj(resource, key), "start")
    return parse_date(start) if start else None


def end_of(resource: Json, *keys: str) -> Day | None:
    for key in keys:
        if key in resource and (end := text(obj(resource, key), "end")):
            return parse_date(end)
    return None


def saw(reader: Reader, day: Day | None, origin: Origin) -> None:
    """Note a day on which something happened, and where it is written."""
    if day is not None:
        reader.seen.append((day, origin))
        if day.latest > reader.last_day:
            reader.last_day = day.latest


def note_reading(reader: Reader, reading: Reading, origin: Origin, *, relevant: bool) -> None:
    for conflict in reading.conflicts:
        reader.remark(origin, conflict)
    if reading.nothing:
        _note_nothing(reader, reading, origin)
        return
    for code in reading.codes if relevant else ():
        reader.not_read.add("code", code[:120], origin)
    label = reading.label[:120]
    is_foreign = any(meant.sense == "foreign" for meant in reading.meant)
    if relevant and label and (is_foreign or (not reading.meant and reader.terms.language_of(label) != ENGLISH)):
        reader.not_read.add("language", label, origin)
    elif relevant and not (label or reading.meant or reading.conflicts or reading.codes):
        reader.not_read.add("code", WITHOUT_CODE.format(kind=origin.name.partition("/")[0]), origin)
    elif relevant and not reading.meant and not reading.conflicts and label:
        reader.unused[label] = reader.unused.get(label, 0) + 1


def _note_nothing(reader: Reader, reading: Reading, origin: Origin) -> None:
    """Note that there is nothing to name, which denies no single thing, or that it is not told what there is."""
    if reading.nothing == "not-told":
        reader.not_read.add("not-stated", reading.label or origin.name.partition("/")[0], origin)
    elif reading.nothing != "allergies":
        reader.remark(origin, nothing_known(reading.label or origin.name.partition("/")[0]))


def note_missing(reader: Reader, references: Iterable[Json], origin: Origin) -> None:
    """Note what is only referred to and is not in the record, by the name that the reference has. Raises ShapeError."""
    for reference in references:
        address, shown = text(reference, "reference").partition("/_history/")[0], text(reference, "display")
        is_here = address in reader.by_reference or "/".join(address.rsplit("/", 2)[-2:]) in reader.by_reference
        if (address or shown) and not address.startswith("#") and not is_here:
            named = shown or ONLY_REFERRED.format(kind=_kind_of(address) or SOME_RESOURCE)
            reader.not_read.add("words", named[:120], origin)


def _kind_of(address: str) -> str:
    """Return the kind of resource that an address names; empty for one that does not say it."""
    kind = address.rpartition("/")[0].rpartition("/")[2]
    return kind if kind.isalpha() else ""


def say(
    reader: Reader,
    meant: Meant,
    truth: Truth,
    day: Day | None,
    origin: Origin,
    until: Day | None = None,
    *,
    weak: bool = False,
    **more: str,
) -> None:
    """Say that a fact holds or not, as the sense of its mention allows; ``weak`` counts if nothing else is said."""
    fact = reader.terms.facts[meant.fact]
    if fact.kind in {"quantity", "site"}:
        return
    if meant.sense in SAYS_NOTHING:
        if (sense := SENSE_SAID.get(meant.sense)) is not None:
            value = Value(truth=UNKNOWN, said=more.get("said", "")[:120], origins=(origin,))
            reader.mentions.append(Said(meant.fact, value, day, sense=sense))
        if meant.sense == "planned":
            companion(reader, PLANNED + meant.fact, TRUE, day, origin, until, **more)
        return
    if meant.sense == "absent" and truth is TRUE:
        truth = FALSE
    elif truth is TRUE and leaves_open(meant.sense, fact.kind):
        truth = UNKNOWN
    value = Value(
        truth=truth, word=meant.word if truth is TRUE else "", said=more.get("said", "")[:120], origins=(origin,)
    )
    if until is None and fact.valid_for:
        until = end_by_nature(fact, day)
    was_there = meant.sense == "past"
    is_over = weak or (was_there and fact.kind in EVER)
    reader.said.append(
        Said(meant.fact, value, day, more.get("time", ""), until, is_over, more.get("site", ""), was_there=was_there)
    )
    if meant.sense == "past":
        companion(reader, PAST + meant.fact, TRUE, day, origin, None, **more)
    suspected = FALSE if value.truth is FALSE else TRUE if meant.sense == "uncertain" else UNKNOWN
    if suspected is not UNKNOWN:
        companion(reader, SUSPECTED + meant.fact, suspected, day, origin, until, **more)


def companion(
    reader: Reader, name: str, truth: Truth, day: Day | None, origin: Origin, until: Day | None = None, **more: str
) -> None:
    """Say that somebody suspects a fact, or no longer does, that it is over or planned, where a rule asks for it."""
    if name in reader.terms.facts:
        value = Value(truth=truth, said=more.get("said", "")[:120], origins=(origin,))
        reader.said.append(Said(name, value, day, more.get("time", ""), until))


def say_sites(reader: Reader, words: Iterable[str], day: Day | None, origin: Origin) -> None:
    for said in words:
        for mention in reader.terms.sites.mentions(said):
            value = Value(truth=TRUE, said=said[:120], origins=(origin,))
            reader.said.append(Said(mention.fact, value, day=day))


def body_sites(resource: Json) -> list[str]:
    site = resource.get("bodySite")
    concepts = [site] if isinstance(site, dict) else items(resource, "bodySite")
    return [said for concept in concepts for said in words_of_concept(concept)]


def sites_said(resource: Json) -> str:
    """Return the places of a resource as one text, which says where what it names was found. Raises ShapeError."""
    return "; ".join(body_sites(resource)) if "bodySite" in resource else ""


def words_of_concept(concept: Json) -> list[str]:
    """Return the text of a concept and the displays of its codes. Raises ShapeError."""
    found = [text(concept, "text"), *(text(coding, "display") for coding in items(concept, "coding"))]
    return [said for said in found if said]


def remark_unknown_sites(reader: Reader, resource: Json, origin: Origin) -> None:
    """Note each place of a resource that no words or codes of the knowledge mean."""
    site = resource.get("bodySite")
    for concept in [site] if isinstance(site, dict) else items(resource, "bodySite"):
        told = [text(concept, "text"), *(text(coding, "display") for coding in items(concept, "coding"))]
        named = [*filter(None, told), *(text(coding, "code") for coding in items(concept, "coding"))]
        is_known = any(reader.terms.sites.mentions(one) or reader.terms.matcher.mentions(one) for one in told if one)
        if any(named) and not is_known:
            reader.remark(origin, site_not_known(next(filter(None, named))[:60]))


def is_of_skin(reader: Reader, meant: Iterable[Meant]) -> bool:
    return any(reader.terms.facts[one.fact].learned_by in SKIN or one.fact.startswith("calcinosis") for one in meant)
