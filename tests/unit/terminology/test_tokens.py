"""The words of a text: each has a letter, whatever is joined to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcinosis.terminology.tokens import words_of_text


@given(st.text(st.sampled_from("nt's骨ßé²٣ n'T1,.aſ"), max_size=12))
def test_no_word_is_empty(text: str) -> None:
    """What is joined to nothing is a word as it stands, with its place."""
    words = words_of_text(text)
    assert all(words.tokens)
    assert all(start < end for start, end in zip(words.starts, words.ends, strict=True))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("isn't can't n't", ("is", "not", "cannot", "nt")),
        ("骨's Sjögren's", ("骨", "sjogren")),
    ],
)
def test_what_is_joined(text: str, tokens: tuple[str, ...]) -> None:
    """A verb with "not" is two words; letters that have no plain form are kept."""
    assert words_of_text(text).tokens == tokens
