"""What is expected of an assessment, held against its JSON and its text: one function for each kind of expectation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from calcinosis.compiled import knowledge


@dataclass(frozen=True)
class Seen:
    """An assessment as JSON and as text, and what the expectations ask of it."""

    data: dict[str, Any]
    text: str

    @property
    def types(self) -> dict[str, str]:
        """The statuses of the types and of their forms; that of a form which nothing points to is empty."""
        told = [form for kind in self.data["types"] for form in (kind, *kind.get("forms", ()))]
        return dict.fromkeys(knowledge().library.types, "") | {one["id"]: one["status"] for one in told}

    @property
    def lead(self) -> str:
        """The leading type, or none."""
        return self.data["leading_type"] or "none"

    @property
    def whole(self) -> str:
        """The JSON without the bibliography."""
        return json.dumps({k: v for k, v in self.data.items() if k not in {"sources", "names"}}, ensure_ascii=False)

    @property
    def flags(self) -> list[str]:
        """The dangers, in words."""
        return [f"{flag['name']} {flag['says']} {flag['id']}" for flag in self.data["red_flags"]]

    @property
    def emergencies(self) -> list[str]:
        """The emergencies."""
        return [flag["id"] for flag in self.data["red_flags"] if flag["urgency"] == "emergency"]

    @property
    def tests(self) -> list[str]:
        """The names of the tests, in order."""
        return [test["name"] for test in self.data["workup"]]

    @property
    def taken(self) -> str:
        """What is said of medicines that are taken."""
        part = " ".join(re.findall(r"Taken now.*?(?=\nFollow-up|\nThe record|\Z)", self.text, re.S))
        return part + json.dumps([self.data[key] for key in ("stop", "taken", "red_flags")], ensure_ascii=False)

    @property
    def stop(self) -> set[str]:
        """The treatments that are taken and should not be."""
        return {one["id"] for one in self.data["stop"]}

    def verdict(self, treatment: str) -> str:
        """Return the verdict on a treatment."""
        found = (one["verdict"] for one in self.data["treatments"] if one["id"] == treatment)
        return next(found, "absent")

    def behind(self, treatment: str) -> str:
        """Return the reasons of a treatment and what is to be checked."""
        found = next((one for one in self.data["treatments"] if one["id"] == treatment), None)
        if found is None:
            return ""
        named = [self.data["names"].get(name, name) for name in found["check"]]
        return json.dumps([found["why"], found["because"], found["against"], named, found["check"]])

    def causes(self, *statuses: str) -> set[str]:
        """Return the causes of these statuses."""
        return {one["id"] for one in self.data["causes"] if one["status"] in statuses}


Check = Callable[[Seen, Any], Iterator[str]]


def differences(expected: dict[str, Any], seen: Seen) -> list[str]:
    """Return everything in which an assessment is not as expected."""
    found = []
    for name, wanted in expected.items():
        if name == "testtop":
            continue
        found += [f"{name}: {one}" for one in CHECKS[name](seen, (wanted, expected))]
    return found


def _any(pattern: str, texts: list[str], flags: int = 0) -> bool:
    return any(re.search(pattern, text, flags) for text in texts)


def _lead(seen: Seen, wanted: Any) -> Iterator[str]:
    leads = {seen.lead, "look-alike"} if seen.data["presentation"] == "look-alike" else {seen.lead}
    if not leads & set(wanted[0]):
        yield seen.lead


def _tests(seen: Seen, wanted: Any) -> Iterator[str]:
    for pattern in wanted[0]:
        places = [place for place, name in enumerate(seen.tests) if re.search(pattern, name)]
        if not places or places[0] >= wanted[1].get("testtop", 8):
            yield pattern


def _first_step(seen: Seen, wanted: Any) -> Iterator[str]:
    steps = [step["says"] for flag in seen.data["red_flags"][:1] for step in flag["steps"][:2]]
    if not _any(wanted[0], steps, re.IGNORECASE):
        yield str(steps)


def _type_statuses(seen: Seen, wanted: Any) -> Iterator[str]:
    yield from (name for name, statuses in wanted[0].items() if seen.types[name] in statuses)


def _certainties(seen: Seen, wanted: Any) -> Iterator[str]:
    words = {one["id"]: one["certainty"] for one in seen.data["types"]}
    yield from (f"{name} is {words[name]}" for name, expected in wanted[0].items() if words[name] not in expected)


def _no_certainties(seen: Seen, wanted: Any) -> Iterator[str]:
    words = {one["id"]: one["certainty"] for one in seen.data["types"]}
    yield from (f"{name} is {words[name]}" for name, wrong in wanted[0].items() if words[name] in wrong)


def _taken(seen: Seen, wanted: Any) -> Iterator[str]:
    for pattern, verdicts in wanted[0].items():
        found = [one["verdict"] for one in seen.data["taken"] if re.search(pattern, one["medicine"])]
        if not found or not set(found) <= set(verdicts):
            yield f"{pattern} {found}"


def _reasons(seen: Seen, wanted: Any) -> Iterator[str]:
    for name, patterns in wanted[0].items():
        yield from (f"{name} {one}" for one in patterns if not re.search(one, seen.behind(name), re.IGNORECASE))


def _emergency_or_question(seen: Seen, wanted: Any) -> Iterator[str]:
    end = " ".join(seen.text.split("Test next")[0].splitlines()[-60:])
    if not seen.emergencies and not re.search(wanted[0], end, re.IGNORECASE):
        yield wanted[0]


def each(holds: Callable[[Seen, Any], bool]) -> Check:
    """Return a check of every item that is wanted."""

    def check(seen: Seen, wanted: Any) -> Iterator[str]:
        yield from (str(item) for item in wanted[0] if not holds(seen, item))

    return check


def one(holds: Callable[[Seen, Any], bool]) -> Check:
    """Return a check of what is wanted as a whole."""

    def check(seen: Seen, wanted: Any) -> Iterator[str]:
        if not holds(seen, wanted[0]):
            yield str(wanted[0])

    return check


_OFFERED = {"consider", "check-first"}
_BEHIND_TYPES = ("confirmed", "suspected")
CHECKS: dict[str, Check] = {
    "lead": _lead,
    "leadnot": one(lambda seen, names: seen.lead not in names),
    "status": one(lambda seen, names: seen.lead not in seen.types or seen.types[seen.lead] in names),
    "nottype": _type_statuses,
    "certainty": _certainties,
    "notcertainty": _no_certainties,
    "taken": _taken,
    "notreat": one(lambda seen, _: not any(one["verdict"] in _OFFERED for one in seen.data["treatments"])),
    "notexcluded": each(lambda seen, name: seen.types[name] not in {"excluded", "not-supported"}),
    "danger": each(lambda seen, pattern: _any(pattern, seen.flags, re.IGNORECASE)),
    "nodanger": each(lambda seen, pattern: not _any(pattern, seen.flags)),
    "emergency": one(lambda seen, wanted: not wanted or bool(seen.emergencies)),
    "noemergency": one(lambda seen, wanted: not wanted or not seen.emergencies),
    "anydanger": one(lambda seen, wanted: not wanted or bool(seen.flags)),
    "emergencyorasks": _emergency_or_question,
    "firststep": _first_step,
    "tests": _tests,
    "notest": each(lambda seen, pattern: not _any(pattern, seen.tests)),
    "testfirst": one(lambda seen, pattern: not seen.tests or bool(re.search(pattern, seen.tests[0]))),
    "nottestfirst": one(lambda seen, pattern: not _any(pattern, seen.tests[:3])),
    "maxtests": one(lambda seen, most: len(seen.tests) <= most),
    "avoid": each(lambda seen, name: seen.verdict(name) == "avoid"),
    "noavoid": each(lambda seen, name: seen.verdict(name) != "avoid"),
    "nocons": each(lambda seen, name: seen.verdict(name) != "consider"),
    "cons": each(lambda seen, names: any(seen.verdict(name) in _OFFERED for name in names.split("|"))),
    "stop": each(lambda seen, names: any(name in seen.stop for name in names.split("|"))),
    "nostop": each(lambda seen, name: name not in seen.stop),
    "stopnames": each(lambda seen, pattern: bool(re.search(pattern, seen.taken))),
    "takensays": each(lambda seen, pattern: bool(re.search(pattern, seen.taken))),
    "checks": _reasons,
    "nocheckfact": each(
        lambda seen, pattern: not any(_any(pattern, treatment["check"]) for treatment in seen.data["treatments"])
    ),
    "look": each(lambda seen, names: bool({alike["id"] for alike in seen.data["look_alikes"]} & set(names.split("|")))),
    "cause": each(lambda seen, names: bool(seen.causes(*_BEHIND_TYPES) & set(names.split("|")))),
    "nocause": each(lambda seen, name: name not in seen.causes(*_BEHIND_TYPES)),
    "notcause": each(lambda seen, name: name not in seen.causes("confirmed")),
    "says": each(lambda seen, pattern: bool(re.search(pattern, seen.whole) and re.search(pattern, seen.text))),
    "nosays": each(lambda seen, pattern: not re.search(pattern, seen.whole)),
    "textsays": each(lambda seen, pattern: bool(re.search(pattern, seen.text))),
    "textnosays": each(lambda seen, pattern: not re.search(pattern, seen.text)),
    "saysunit": one(
        lambda seen, pattern: bool(re.search(pattern, json.dumps(seen.data["not_understood"]), re.IGNORECASE))
    ),
    "noclaimall": one(lambda seen, _: "Everything in the record was understood" not in seen.text),
    "dangerornotread": one(lambda seen, _: bool(seen.flags) or "not read" in seen.text or "not used" in seen.text),
    "subform": one(
        lambda seen, name: name in {form["id"] for kind in seen.data["types"] for form in kind.get("forms", [])}
    ),
}
