"""Sorting: as Swedes do, and numbers inside a text by their size."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.collation import natural, swedish


def turned(texts: Sequence[str]) -> list[str]:
    return list(reversed(texts))


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=1)


@pytest.mark.parametrize(
    "in_order",
    [
        ["Zorn", "Åre", "Ängelholm", "Örebro"],
        ["ekonom", "Ekonomi", "ekonomisk"],
        ["Kalmar", "Kronoberg", "Östergötland"],
        ["eda", "éda", "edb"],
        ["Västmanland", "Växjö", "Wien"],
        ["", "a"],
        ["æbler", "Örebro", "østers"],
    ],
    ids=" < ".join,
)
def test_names_sort_as_swedes_sort_them(in_order: list[str]) -> None:
    assert sorted(turned(in_order), key=swedish) == in_order


def test_the_swedish_alphabet_is_in_its_order() -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    assert sorted(turned(alphabet), key=swedish) == list(alphabet)


def test_composed_and_decomposed_letters_sort_alike() -> None:
    assert swedish("A\u030are")[0] == swedish("Åre")[0]


@given(LETTERS)
def test_case_only_breaks_ties(word: str) -> None:
    assert swedish(word.upper())[0] == swedish(word)[0]
    assert swedish(word) < swedish(word + "a")


@given(st.lists(st.text(), max_size=6))
def test_any_texts_have_one_order(texts: list[str]) -> None:
    found = sorted(texts, key=swedish)
    assert found == sorted(turned(texts), key=swedish)
    assert all(swedish(one) <= swedish(other) for one, other in pairwise(found))


@pytest.mark.parametrize(
    "in_order",
    [
        ["002:9 literal", "002:13 literal", "002:51 literal"],
        ["004:5 derived", "004:20 derived", "004:20 literal"],
        ["SE9", "SE10", "SEa"],
        ["Ängen 2", "Ängen 10", "Öarna 1"],
    ],
    ids=lambda texts: texts[0],
)
def test_natural_order_puts_numbers_by_size(in_order: list[str]) -> None:
    assert sorted(turned(in_order), key=natural) == in_order
