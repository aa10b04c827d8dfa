"""Names are taken apart into words: in lower case, with and without accents; numbers without hyphens too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.search_words import entered, folded, plain, spelled


@pytest.mark.parametrize(
    ("text", "bare"), [("Å é Ö", "a e o"), ("Straße", "strasse"), ("Ærø", "aero"), ("ABC", "abc")]
)
def test_case_and_accents_go(text: str, bare: str) -> None:
    assert folded(text) == bare


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert plain(spelled(plain(spelled(text)))) == plain(spelled(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a-b_c", ["a", "b", "c"]),
        ("20-30", ["20", "30", "2030"]),
        ("år 20-30", ["år", "20", "30"]),
        ("–", []),
    ],
)
def test_words_end_at_signs(text: str, words: list[str]) -> None:
    assert entered(text) == words
