"""Names in free text, and what the words around them make of them."""

from __future__ import annotations

import pytest

from calcinosis.terminology.matcher import Matcher
from calcinosis.terminology.names import Mention, Phrases
from calcinosis.terminology.tokens import normal, tokens_of, words_of_text

CONTEXT = {
    "absent": {
        "before": ["no", "not", "denies", "no evidence of", "nor"],
        "after": ["absent", "ruled out", "not seen"],
    },
    "absent_to_comma": {"before": ["without", "absence of"]},
    "absent_answer": {"after": ["no"]},
    "uncertain": {"before": ["possible", "suspected", "likely"], "after": ["likely", "cannot be excluded"]},
    "uncertain_next": {"before": ["?"], "after": ["?"]},
    "past_next": {"before": ["off"]},
    "history": {"before": ["history of"]},
    "family": {"before": ["mother", "family history of"], "after": ["in mother"]},
    "past": {"before": ["previous", "healed"], "after": ["resolved", "stopped"]},
    "hypothetical": {"before": ["risk of", "if"], "after": ["if needed"]},
    "hypothetical_next": {"after": ["prophylaxis", "risk"]},
    "ends": ["but", "however"],
    "not_a_negation": ["no doubt", "not only"],
    "not_a_name": ["gout weed"],
}
NAMES = [
    ("gout", "gout"),
    ("gouty tophus", "tophus"),
    ("systemic sclerosis", "sclerosis"),
    ("limited systemic sclerosis", "limited"),
    ("sclerosis", "any_sclerosis"),
    ("oedema", "oedema"),
    ("anaemia", "anaemia"),
    ("tumour", "tumour"),
    ("calcified nodule", "nodule"),
    ("biopsy", "biopsy"),
    ("Sjögren's syndrome", "sjogren"),
    ("second degree block", "av_block=second_degree"),
    ("complete heart block", "av_block=third_degree"),
    ("phosphate", "phosphate"),
    ("serum phosphate", "phosphate"),
    ("fever", "fever"),
    ("chill", "chills"),
    ("pain", "pain"),
    ("anticoagulation", "anticoagulation"),
    ("no pulse", "pulseless"),
    ("warfarin", "warfarin"),
]
MATCHER = Matcher.of(NAMES, CONTEXT)


def senses(text: str) -> dict[str, str]:
    """Return the sense of each fact mentioned."""
    return {mention.fact: mention.sense for mention in MATCHER.mentions(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gout.", "present"),
        ("She has gout", "present"),
        ("No gout", "absent"),
        ("The patient denies gout", "absent"),
        ("There is no evidence of gout", "absent"),
        ("Gout was ruled out", "absent"),
        ("gout: absent", "present"),
        ("gout absent", "absent"),
        ("Gout, absent of pain", "present"),
        ("No fever. Gout.", "present"),
        ("No fever; gout", "present"),
        ("no fever but gout", "absent_no_more"),
        ("However no fever, gout however", "absent"),
        ("There is no doubt about gout", "present"),
        ("not only fever, also gout", "present"),
        ("Possible gout", "uncertain"),
        ("? gout", "uncertain"),
        ("?gout", "uncertain"),
        ("gout likely", "uncertain"),
        ("Gout cannot be excluded", "uncertain"),
        ("Previous gout", "past"),
        ("gout, now resolved", "past"),
        ("gout resolved", "past"),
        ("mother had gout", "family"),
        ("Family history of gout", "family"),
        ("gout in mother", "family"),
        ("risk of gout", "hypothetical"),
        ("colchicine if gout", "hypothetical"),
        ("gout prophylaxis", "hypothetical"),
        ("gout and its prophylaxis", "present"),
        ("no risk of gout", "hypothetical"),
        ("mother has no gout", "family"),
        ("no previous gout", "absent"),
        ("possible previous gout", "uncertain"),
        ("gout, resolved in 2020", "past"),
        ("gout, resolved fever", "present"),
        ("gout, fever resolved", "present"),
        ("gout: no", "absent"),
        ("gout: no fever", "present"),
        ("gout, no", "absent"),
        ("gout and fever, no", "present"),
        ("gout?", "uncertain"),
        ("fever? gout", "present"),
        ("off gout", "past"),
        ("off the wall, gout", "present"),
        ("gout with likely fever", "present"),
        ("gout likely with fever", "uncertain"),
        ("history of gout", "past"),
    ],
)
def test_sense(text: str, expected: str) -> None:
    """The strongest word that reaches the name decides; a sentence end or a turn stops it."""
    wanted = "present" if expected == "absent_no_more" else expected
    assert senses(text)["gout"] == wanted


def test_a_phrase_that_holds_a_name() -> None:
    """A longer phrase that means something else hides the name."""
    assert senses("gout weed, fever") == {"fever": "present"}


def test_the_history_of_what_lasts_is_its_presence() -> None:
    """A disease that does not go away is there if it ever was."""
    lasting = Matcher.of(NAMES, CONTEXT, lasting=frozenset({"gout"}))
    assert [one.sense for one in lasting.mentions("history of gout")] == ["present"]
    assert [one.sense for one in lasting.mentions("history of fever")] == ["past"]
    assert [one.sense for one in lasting.mentions("no history of gout")] == ["absent"]


def test_a_turn_changes_what_follows_only() -> None:
    """`but` ends what was negated before it."""
    assert senses("no fever but gout") == {"fever": "absent", "gout": "present"}
    assert senses("gout but no fever") == {"fever": "absent", "gout": "present"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no fever, chills or pain", ["absent", "absent", "absent"]),
        ("no fever, chills, pain", ["absent", "absent", "absent"]),
        ("without fever, chills or pain", ["absent", "absent", "absent"]),
        ("without fever, chills nor pain", ["absent", "absent", "absent"]),
        ("without fever, chills, pain", ["absent", "present", "present"]),
        ("without fever, with chills and pain", ["absent", "present", "present"]),
        ("absence of fever or chills, pain", ["absent", "absent", "absent"]),
        ("fever, chills and no pain", ["present", "present", "absent"]),
        ("fever, chills or pain not seen", ["present", "absent", "absent"]),
        ("possible fever, chills", ["uncertain", "uncertain"]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    """`without` ends at a comma unless "or" shows that its list goes on; words after a list speak of its last name."""
    assert list(senses(text).values()) == expected


def test_the_list_of_another_sentence_does_not_count() -> None:
    """An "or" behind a full stop is no part of the list."""
    assert senses("without fever, chills. Pain or gout.")["chills"] == "present"


def test_reach() -> None:
    """A word ahead of a name reaches twelve words, one behind it five."""
    assert senses(f"no {'very ' * 12}gout")["gout"] == "absent"
    assert senses(f"no {'very ' * 13}gout")["gout"] == "present"
    assert senses(f"gout {'very ' * 5}resolved")["gout"] == "past"
    assert senses(f"gout {'very ' * 6}resolved")["gout"] == "present"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("calcified nodules", "nodule"),
        ("Calcified  Nodule", "nodule"),
        ("calcified-nodule", "nodule"),
        ("calcified\nnodule", "nodule"),
        ("edema", "oedema"),
        ("anemias", "anaemia"),
        ("anæmia", ""),
        ("tumors", "tumour"),
        ("tumours", "tumour"),
        ("biopsies", "biopsy"),
        ("Sjogren syndrome", "sjogren"),
        ("Sjögren’s syndrome", "sjogren"),
        ("SJÖGREN'S SYNDROME", "sjogren"),
        ("Sjo\u0308gren syndrome", "sjogren"),
        ("nodule calcified", ""),
        ("calcified, nodule", ""),
        ("gouts", "gout"),
        ("gouty", ""),
        ("out", ""),
        ("ragout", ""),
    ],
)
def test_spelling(text: str, fact: str) -> None:
    """Plural, hyphen, British, American and accented forms are one; the order of words is kept."""
    assert [mention.fact for mention in MATCHER.mentions(text)] == ([fact] if fact else [])


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (("haemodialysis", "hemodialysis"), True),
        (("sulphate", "sulfate", "sulphates"), True),
        (("calcification", "calcifications"), True),
        (("mineralisation", "mineralization"), True),
        (("analyse", "analyze"), True),
        (("colour", "color", "colours", "colors"), True),
        (("fibre", "fibres"), True),
        (("biopsy", "biopsies"), True),
        (("lupus", "lupu"), False),
        (("sclerosis", "sclerosi"), False),
        (("mass", "masses"), True),
        (("patch", "patches"), True),
        (("rash", "rashes"), True),
        (("sinus", "sinuses"), True),
        (("ache", "aches"), True),
        (("cause", "causes"), True),
        (("mass", "mas"), False),
        (("hour", "hor"), False),
    ],
)
def test_normal(words: tuple[str, ...], same: bool) -> None:
    """One spelling for the forms of a word, and none for words that only look alike."""
    assert (len({normal(word) for word in words}) == 1) is same


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("limited systemic sclerosis", ["limited"]),
        ("systemic sclerosis", ["sclerosis"]),
        ("multiple sclerosis", ["any_sclerosis"]),
        ("gouty tophus and gout", ["tophus", "gout"]),
        ("no pulse", ["pulseless"]),
    ],
)
def test_the_longest_name_wins(text: str, expected: list[str]) -> None:
    """A name within a longer one is not read again; a name goes before a context word as long as it."""
    assert [mention.fact for mention in MATCHER.mentions(text)] == expected


def test_a_name_that_begins_with_a_context_word() -> None:
    """The `no` of a name negates nothing."""
    assert senses("no pulse, gout") == {"pulseless": "present", "gout": "present"}


def test_choice_words() -> None:
    """A name of a word of a choice gives the fact with its word."""
    first, second = MATCHER.mentions("Second-degree block, no complete heart block")
    assert (first.fact, first.word, first.sense) == ("av_block", "second_degree", "present")
    assert (second.fact, second.word, second.sense) == ("av_block", "third_degree", "absent")


def test_every_mention_has_its_place() -> None:
    """The same name twice is two mentions, each with its own sense."""
    assert MATCHER.mentions("gout, no gout") == (
        Mention("gout", "", 0, 1, "present"),
        Mention("gout", "", 3, 4, "absent"),
    )


def test_nothing() -> None:
    """A text without names has no mentions."""
    assert MATCHER.mentions("") == ()
    assert MATCHER.mentions("...") == ()
    assert MATCHER.mentions("He is well.") == ()


def test_a_text_is_read_alike_twice() -> None:
    """What is remembered is what was read."""
    assert MATCHER.mentions("possible gout") is MATCHER.mentions("possible gout")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Phosphate", "phosphate"),
        ("serum phosphate", "phosphate"),
        ("Phosphate [Mass/volume] in Serum or Plasma", "phosphate"),
        ("Phosphate (inorganic) in serum", "phosphate"),
        ("phosphate level", "phosphate"),
        ("phosphate concentration in blood", "phosphate"),
        ("phosphate in urine", ""),
        ("phosphate and calcium", ""),
        ("no phosphate", ""),
        ("tubular reabsorption of phosphate", ""),
        ("", ""),
        ("[x]", ""),
        ("level", ""),
    ],
)
def test_covers(text: str, fact: str) -> None:
    """A test measures a fact only if its whole name means it, brackets and specimen apart."""
    found = MATCHER.covers(text)
    assert (found.fact if found is not None else "") == fact


def test_tokens() -> None:
    """Words and the marks that carry meaning, no others."""
    assert tokens_of("Calcium-phosphate (Ca×P): 55; pain?") == (
        "calcium",
        "phosphate",
        "ca",
        "p",
        ":",
        "55",
        ";",
        "pain",
        "?",
    )


def test_words_of_a_text_have_their_places() -> None:
    """Each word stands where the text has it; a point in a number or of an abbreviation ends nothing."""
    text = "Ca 2.62 mmol/L vs. i.v. calcium.\nNext"
    words = words_of_text(text)
    assert words.tokens == ("ca", "2.62", "mmol", "/", "l", "vs", "i", "v", "calcium", ".", "next")
    assert [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)][1] == "2.62"


def test_the_longest_phrase_at_a_place() -> None:
    """Phrases that begin alike are tried longest first."""
    phrases = Phrases.of([("a b", "two"), ("a", "one"), ("a b c", "three"), ("", "nothing")])
    assert phrases.at(("a", "b", "c"), 0) == (3, "three")
    assert phrases.at(("a", "b", "d"), 0) == (2, "two")
    assert phrases.at(("a", "d"), 0) == (1, "one")
    assert phrases.at(("d", "a"), 0) is None
