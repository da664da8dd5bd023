"""Whether a sentence says that a fact is there: asked, thought of, planned, over, advised, of others, or there."""

from __future__ import annotations

from pathlib import Path

import pytest

from calcinosis.compiled import knowledge
from calcinosis.library.read import read_yaml
from calcinosis.readers.recognise import parse_record
from calcinosis.terminology.names import Phrases
from calcinosis.terminology.phrase_patterns import Pattern, is_pattern
from calcinosis.truth import FALSE, TRUE

FILE = Path(__file__).parents[2] / "data" / "senses.yaml"
SENTENCES = [
    (kind, *(part.strip() for part in line.rpartition("|")[::2]))
    for kind, lines in read_yaml(FILE, FILE.name).data.items()
    for line in lines
]
NEVER_DENIED = {"not_stated", "asked"}


@pytest.mark.parametrize(("kind", "sentence", "fact"), SENTENCES)
def test_what_a_sentence_says_to_be_there(kind: str, sentence: str, fact: str) -> None:
    """The fact, or one related to it, is said to be there in the sentences that say so, and in no other."""
    terms = knowledge().terms
    record = parse_record(f"{sentence}\nShe is a woman of 50.".encode(), terms, "note")
    told = [
        one
        for one in record.said
        if terms.is_related(one.fact, fact) and one.sense not in {"suspected", "past", "unlikely"}
    ]
    truths = {one.value.truth for one in told}
    assert (TRUE in truths) == (kind == "there")
    assert kind not in NEVER_DENIED or FALSE not in truths


def test_a_pattern_stands_for_its_choices() -> None:
    """A choice in a choice, words that may be left out, and lists of words; the longest that fits."""
    words = {"told": ["told", "put (down|aside)"]}
    pattern = Pattern.of("(is|has been) not (yet|) <told>", words)
    for fits in ("is not told", "has been not yet put aside", "is not yet put down"):
        assert pattern.length(tuple(fits.split()), 0) == len(fits.split())
    assert pattern.length(tuple(["is", "not", "put"]), 0) == 0
    assert pattern.firsts() == {"is", "has"}
    assert not is_pattern("(?)")


def test_a_pattern_is_found_by_its_first_two_words() -> None:
    """What may be left out changes the second word, and one that may end with the first is tried before any word."""
    words = {"be": ["is", "has been"], "not": ["not (yet|)", "never"]}
    written = ("(<be>|) <not> told", "is (so|) (far|)", "has been (told|said)", "not told", "never", "has (been|)")
    patterns = [(Pattern.of(one, words), f"sense {number}") for number, one in enumerate(written)]
    phrases = Phrases.of((), patterns)
    assert Pattern.of("is (so|) (far|)", words).seconds("is") == {"so", "far", ""}
    assert Pattern.of("(<be>|) <not> told", words).seconds("not") == {"yet", "told"}
    sentence = "is has been not yet never told said so far not told has been told is never told not"
    told = sentence.split()
    for place in range(len(told)):
        for end in range(place + 1, len(told) + 1):
            tokens = tuple(told[place:end])
            longest = max(pattern.length(tokens, 0) for pattern, _ in patterns)
            meant = [meaning for pattern, meaning in patterns if pattern.length(tokens, 0) == longest]
            assert phrases.at(tokens, 0) == ((longest, "|".join(meant)) if longest else None), tokens


@pytest.mark.parametrize(
    "text", ["She doesn't have gout.", "She hasn’t had gout.", "She can't have gout.", "Isn't gout."]
)
def test_a_joined_negation_denies(text: str) -> None:
    """ "not" denies where it is joined to its verb too."""
    assert [one.sense for one in knowledge().terms.matcher.mentions(text)] == ["absent"]
