"""A text in words: one spelling for the forms of a word, where each word stands, and where sentences end."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)?|[?;:!,/☐⊖]|\.(?=[\s\"')\]”’]|$)|\f"
    r"|\n(?=[^\S\n]*\n|[^\S\n]*(?:[-*•–]|\d{1,2}[.)])\s)"
)
"""A number with its decimals, a word, a mark, an empty box; a point before a space; where a paragraph or item ends."""
_SPELLINGS = (("ae", "e"), ("oe", "e"), ("sulph", "sulf"), ("isation", "ization"), ("yse", "yze"), ("ll", "l"))
_SHORT = {"dz": "disease", "bx": "biopsy", "vit": "vitamin"}
"""Words that are always written for another."""
_WITH = re.compile(r"/(?:(?=\s)|(?P<out>o)(?![^\W_]))", re.IGNORECASE)
"""What follows "w" in "w/" for "with", and in "w/o" for "without"."""
_MARKS = frozenset("?.;:!,/")
_ENDS_ITEM = frozenset("\n\f")
_ABBREVIATIONS = frozenset(
    {
        "vs",
        "dr",
        "prof",
        "mr",
        "mrs",
        "ms",
        "approx",
        "ca",
        "eg",
        "ie",
        "incl",
        "resp",
        "dept",
        "bds",
        "tds",
        "pt",
        "esp",
    }
)
"""Words after which a point ends no sentence."""
_LONG = 8
_NOT_JOINED = "n't"
_BEFORE_NOT = {"wo": "will", "sha": "shall", "ai": "is"}
"""What is left of a verb to which "not" is joined."""
_REMEMBERED = 2000
"""Letters up to which a text is remembered."""
_LONGEST_SENTENCE = 200
"""Words after which a sentence without an end is parted, so that a text takes time in proportion to its length."""
_OPENS = {"(": ")", "[": "]"}
SENTENCE_MARKS = frozenset(".!")


@lru_cache(maxsize=65536)
def normal(token: str) -> str:
    """Return one spelling for British, American, accented, plural and possessive forms of a word."""
    if not token.isascii():
        plain = unicodedata.normalize("NFKD", token).encode("ascii", "ignore").decode()
        token = plain if plain.partition("'")[0] else token
    token = token.lower().replace("'s", "").replace("'", "")
    token = _SHORT.get(token, token)
    for british, common in _SPELLINGS:
        token = token.replace(british, common)
    if len(token) > 4 and token.endswith("our"):
        token = token[:-3] + "or"
    if len(token) > 4 and token.endswith("ours"):
        token = token[:-4] + "or"
    if len(token) > 5 and token.endswith("ise"):
        token = token[:-3] + "ize"
    elif len(token) > _LONG and token.endswith(("ised", "ising")):  # "agonising", but not "bruising"
        token = token.replace("ised", "ized").replace("ising", "izing")
    return _singular(token)


def _singular(token: str) -> str:
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 5 and token.endswith(("sses", "shes", "tches", "nches", "nuses", "ruses")):
        return token[:-2]
    if len(token) > 3 and token.endswith("s") and not token.endswith(("ss", "us", "is")):
        return token[:-1]
    return token


class Words(Struct, frozen=True):
    """The normal words and the punctuation of a text, and where each starts and ends in it, in letters."""

    tokens: tuple[str, ...]
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words from one place to another stand in the text."""
        return self.starts[start], self.ends[end - 1]

    def at_letter(self, place: int) -> int:
        """Return the word that stands at a letter, or the last before it."""
        return max(0, bisect_right(self.starts, place) - 1)


def words_of_text(text: str) -> Words:
    """Return the words of a text with their places; hyphens separate words."""
    tokens, starts, ends = _tokens(text.replace("’", "'"))
    return Words(tuple(tokens), tuple(starts), tuple(ends))


def _tokens(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the words of a text, and where each starts and ends."""
    tokens: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    before, passed = "", 0
    for match in _TOKEN.finditer(text):
        found = match[0]
        if passed and match.start() < passed:
            continue
        if found == "/" and before == "w" and (short := _WITH.match(text, match.start())) is not None:
            before = tokens[-1] = "without" if short["out"] else "with"
            passed = ends[-1] = short.end()
            continue
        if found in _ENDS_ITEM:
            if not before or before in SENTENCE_MARKS:
                continue
            before = "."
        elif found == "." and (before in _ABBREVIATIONS or (len(before) == 1 and _goes_on(text, match.end()))):
            continue
        elif found[:-3] and found[-3:].lower() == _NOT_JOINED:
            verb = normal(found[:-3])
            if verb == "ca":
                before = "cannot"
            else:
                tokens.append(_BEFORE_NOT.get(verb, verb))
                starts.append(match.start())
                ends.append(match.end() - 3)
                before = "not"
                tokens.append(before)
                starts.append(match.end() - 3)
                ends.append(match.end())
                continue
        else:
            before = found if found in _MARKS else normal(found)
        start, end = match.span()
        tokens.append(before)
        starts.append(start)
        ends.append(end)
    return tokens, starts, ends


def _goes_on(text: str, place: int) -> bool:
    """Whether a small letter follows, as in "i.v. calcium"."""
    return text[place : place + 2].strip()[:1].islower()


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the normal words and the punctuation of a text; hyphens separate words."""
    return _remembered_tokens(text) if len(text) <= _REMEMBERED else _composed_tokens(text)


def _composed_tokens(text: str) -> tuple[str, ...]:
    return tuple(_tokens(unicodedata.normalize("NFC", text.replace("’", "'")))[0])


_remembered_tokens = lru_cache(maxsize=4096)(_composed_tokens)


def forget_texts() -> None:
    """Forget the texts and words that were read."""
    _remembered_tokens.cache_clear()
    normal.cache_clear()


def before_words(words: Words, text: str) -> frozenset[int]:
    """Return the question marks that stand right before a word: "thigh ?calciphylaxis"."""
    return frozenset(
        place
        for place, token in enumerate(words.tokens)
        if token == "?" and text[words.ends[place] : words.ends[place] + 1].isalpha()
    )


def sentences(tokens: tuple[str, ...], queries: frozenset[int] = frozenset()) -> Iterator[tuple[int, int]]:
    """Yield the places between the ends of sentences; a question mark ends one of more than three words.

    ``queries`` are question marks that belong to the word behind them, and end none.
    """
    start = 0
    for place, token in enumerate(tokens):
        if token in SENTENCE_MARKS or (token == "?" and place - start > 3 and place not in queries):
            yield start, place
            start = place + 1
        elif place - start >= _LONGEST_SENTENCE:
            yield start, place
            start = place
    if start < len(tokens):
        yield start, len(tokens)


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets; one that is never closed, or was never opened, is left."""
    opened: list[tuple[str, int]] = []
    waiting = dict.fromkeys(_OPENS.values(), 0)
    kept: list[str] = []
    for sign in text:
        if sign in _OPENS:
            opened.append((_OPENS[sign], len(kept)))
            waiting[_OPENS[sign]] += 1
        elif waiting.get(sign):
            end, place = "", 0
            while end != sign:
                end, place = opened.pop()
                waiting[end] -= 1
            del kept[place:]
            sign = " "
        kept.append(sign)
    return "".join(kept)
