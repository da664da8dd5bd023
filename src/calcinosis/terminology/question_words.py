"""What a question asks for, by the words of ``terminology/questions.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from calcinosis.terminology.names import Phrases
from calcinosis.terminology.phrase_patterns import Pattern, is_pattern
from calcinosis.terminology.tokens import tokens_of

_WORD = re.compile(r"[\w/]+")
NO_LISTS: Mapping[str, Sequence[str]] = {}


class LayWords(Struct, frozen=True):
    """A complaint in the words of a clinician, as ``reads``, and in those of patients: ``said``, or ``together``."""

    reads: str
    said: Phrases
    together: tuple[Phrases, ...]
    unless: Phrases
    over: Phrases
    """What stands near a sign of long ago."""


class ToldWords(Struct, frozen=True):
    """By which words a question tells of a person: who that is, now or then, and what is complained of."""

    persons: frozenset[str]
    opens: frozenset[str]
    heard: Phrases
    relatives: tuple[str, ...]
    called: tuple[str, ...]
    young: frozenset[str]
    dead: Phrases
    over_now: Phrases
    """Words behind a clause of the past by which it is over."""
    present: frozenset[str]
    past: frozenset[str]
    denied: frozenset[str]
    denied_verbs: frozenset[str]
    """Those of ``denied`` that end with their clause."""
    patient: str
    sentence: str
    pressure: str
    asks_whether: Phrases
    """How somebody asks whether it is what is named; ``clinicians`` are those who think of it as doctors do."""
    ruled_out: Phrases
    clinicians: frozenset[str]
    adult: tuple[float, float]
    """The years of somebody of whom no age is told, where none of ``children`` tells of a child."""
    children: frozenset[str]
    ended: tuple[str, ...]
    """What stands behind "now" and is said of what stands before."""
    speakers: tuple[str, ...]
    """Who writes ("Ward nurse here: ..."), of whom nothing is told."""
    own: Phrases
    """How somebody tells an own illness or medicine, beside which a relative is another person."""
    moments: Phrases
    somebody: frozenset[str]
    """What a sentence that asks nothing begins with if it is about one person, and times of ``moments`` in it."""
    noted: tuple[tuple[str, tuple[str, ...]], ...]
    """What words of patients that mean something else in a note are read as, and these words."""
    lay: tuple[LayWords, ...]

    @staticmethod
    def of(data: Mapping[str, Any]) -> ToldWords:
        """Build from what stands under ``told`` in ``terminology/questions.yaml``."""
        words = data["words"]
        lay = tuple(
            LayWords(
                reads=str(one["reads"]),
                said=_phrases(one.get("said", []), "said", words),
                together=tuple(_phrases(part, "said", words) for part in one.get("together", [])),
                unless=_phrases(one.get("unless", []), "unless", words),
                over=_phrases(one.get("over", []), "over", words),
            )
            for one in data["lay"]
        )
        return ToldWords(
            persons=_words(data["persons"]),
            opens=_words(data["opens"]),
            heard=_phrases(data["heard"], "heard"),
            relatives=tuple(map(str, data["relatives"])),
            called=tuple(map(str, data["called"])),
            young=_words(data["young"]),
            dead=_phrases(data["dead"], "dead"),
            over_now=_phrases(data["over_now"], "over now", words),
            present=_words(data["present"]),
            past=_words(data["past"]),
            denied=_words(data["denied"]),
            denied_verbs=_words(data["denied_verbs"]),
            patient=str(data["patient"]),
            sentence=str(data["sentence"]),
            pressure=str(data["pressure"]),
            asks_whether=_phrases(data["asks_whether"], "asked", words),
            ruled_out=_phrases(data["ruled_out"], "ruled out", words),
            clinicians=_words(data["clinicians"]),
            adult=(float(data["adult"][0]), float(data["adult"][1])),
            children=_words(data["children"]),
            ended=tuple(map(str, data["ended"])),
            speakers=tuple(map(str, data["speakers"])),
            own=_phrases(data["own"], "own", words),
            moments=_phrases(data["moments"], "moment"),
            somebody=_words(data["somebody"]),
            noted=tuple((str(one["reads"]), tuple(map(str, one["said"]))) for one in data["noted"]),
            lay=lay,
        )


class Intent(Struct, frozen=True):
    """What questions ask: the aspect, the entries that answer, best first, and such questions."""

    aspect: str
    entries: tuple[str, ...]
    general: tuple[str, ...]
    """The entries that answer where nothing but the disease is named."""
    asked: tuple[str, ...]


class QuestionWords(Struct, frozen=True):
    """Phrases by the aspect that they ask for, of the disease, of asking for a decision, and silent words.

    ``same`` are groups of words with one meaning; ``elsewhere`` is calcium that lies in no skin of a person,
    ``compared`` that with which it is compared, ``unanswered`` is what is not collected, ``choice`` are words by which
    one thing is asked for instead of another, ``everywhere`` are words that tell no statement from another.
    """

    aspects: Phrases
    disease: Phrases
    called: Mapping[str, tuple[str, ...]]
    """Other names of entries, by id."""
    decide: Phrases
    interrogatives: frozenset[str]
    before_interrogatives: frozenset[str]
    commands: Phrases
    elsewhere: Phrases
    compared: Phrases
    other_diseases: frozenset[str]
    unanswered: Phrases
    choice: Phrases
    number: Phrases
    """Words by which a number is asked for."""
    situations: Mapping[str, Phrases]
    """Words that tell of a situation which few people are in, by its name."""
    same: tuple[tuple[str, ...], ...]
    silent: frozenset[str]
    pronouns: frozenset[str]
    light: frozenset[str]
    """Words that tell no question from another."""
    everywhere: frozenset[str]
    told: ToldWords
    intents: tuple[Intent, ...]
    words: frozenset[str]
    """Every word of these phrases and questions."""
    shorthand: Mapping[str, str]
    """What words that are written short or without their apostrophe stand for."""
    results: frozenset[str]
    """Words right before a test that tell its result and do not ask of it."""

    def in_full(self, text: str) -> str:
        """Return a text with what is written short in full."""
        return _WORD.sub(lambda found: self.shorthand.get(found[0].lower(), found[0]), text)

    def situations_of(self, tokens: tuple[str, ...]) -> frozenset[str]:
        """Return the situations that some words tell of."""
        return frozenset(name for name, some in self.situations.items() if some.stand_in(tokens))

    @staticmethod
    def of(data: Mapping[str, Any]) -> QuestionWords:
        """Build from ``terminology/questions.yaml``."""
        phrases = [word for words in data["aspects"].values() for word in words]
        phrases += [word for group in data["same"] for word in group]
        intents = tuple(
            Intent(
                aspect=str(one["aspect"]),
                entries=tuple(map(str, one.get("entries", ()))),
                general=tuple(map(str, one.get("general", ()))),
                asked=tuple(map(str, one["asked"])),
            )
            for one in data["intents"]
        )
        phrases += [question for intent in intents for question in intent.asked]
        phrases += [*data["disease"], *data["decide"], *data["elsewhere"], *data["unanswered"], *data["silent"]]
        return QuestionWords(
            aspects=Phrases.of((str(word), aspect) for aspect, words in data["aspects"].items() for word in words),
            disease=_phrases(data["disease"], "disease"),
            called={entry: tuple(map(str, names)) for entry, names in data["called"].items()},
            decide=_phrases(data["decide"], "decide"),
            interrogatives=frozenset(map(str, data["interrogatives"])),
            before_interrogatives=frozenset(map(str, data["before_interrogatives"])),
            commands=_phrases(data["commands"], "command"),
            elsewhere=_phrases(data["elsewhere"], "elsewhere"),
            compared=_phrases(data["compared"], "compared"),
            other_diseases=_words(data["other_diseases"]),
            unanswered=_phrases(data["unanswered"], "unanswered"),
            choice=_phrases(data["choice"], "choice"),
            number=_phrases(data["number"], "number"),
            situations={str(name): _phrases(some, "situation") for name, some in data["situations"].items()},
            same=tuple(tuple(token for word in group for token in tokens_of(str(word))) for group in data["same"]),
            silent=_words(data["silent"]),
            pronouns=_words(data["pronouns"]),
            light=_words(data["light"]),
            everywhere=_words(data["everywhere"]),
            told=ToldWords.of(data["told"]),
            intents=intents,
            words=_words(phrases),
            shorthand={str(short): str(full) for full, some in data["shorthand"].items() for short in some},
            results=_words(data["results"]),
        )


def _phrases(written: list[Any], meaning: str, words: Mapping[str, Sequence[str]] = NO_LISTS) -> Phrases:
    """Return phrases, some with choices in them; ``words`` are the lists that choices name."""
    phrases = [str(one) for one in written]
    patterns = ((Pattern.of(one, words), meaning) for one in phrases if is_pattern(one))
    return Phrases.of(((one, meaning) for one in phrases if not is_pattern(one)), patterns)


def _words(words: list[Any]) -> frozenset[str]:
    return frozenset(token for word in words for token in tokens_of(str(word)))
