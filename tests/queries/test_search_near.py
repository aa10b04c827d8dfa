"""Words spelled nearly alike: the counts of edits are those of a plain table, and the sieve loses none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.search_near import borne, distances, offsets, signature, texts, within

WORDS = st.text("abcdå", max_size=8)


def counted(one: str, two: str) -> int:
    """Count edits by the textbook: a table with a row a letter."""
    table = [[max(i, j) if not i * j else 0 for j in range(len(two) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(two) + 1):
            cost = one[i - 1] != two[j - 1]
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(WORDS, st.lists(WORDS, max_size=6))
def test_edits_are_those_of_the_textbook(word: str, others: list[str]) -> None:
    assert distances(word, others).tolist() == [counted(word, other) for other in others]


@given(WORDS, st.lists(WORDS, min_size=1, max_size=6), st.integers(0, 3))
def test_no_near_word_is_passed_over(word: str, others: list[str], edits: int) -> None:
    lengths = np.array([len(other) for other in others], np.int32)
    signatures = np.array([signature(other) for other in others], np.int32)
    found = set(within(lengths, signatures, word, edits).tolist())
    assert {at for at, other in enumerate(others) if counted(word, other) <= edits} <= found


def test_the_sieve_holds_back_what_differs_much() -> None:
    others = ["linköping", "norrköping", "malmö"]
    lengths = np.array([len(other) for other in others], np.int32)
    signatures = np.array([signature(other) for other in others], np.int32)
    assert within(lengths, signatures, "linkping", 2).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("word", "edits"), [("ort", 0), ("orten", 1), ("industri", 2), ("202100", 0), ("a" * 33, 0)]
)
def test_long_words_bear_more_edits_and_numbers_none(word: str, edits: int) -> None:
    assert borne(word) == edits


@given(st.lists(st.text()))
def test_texts_are_found_again_where_they_lie(found: list[str]) -> None:
    assert texts("".join(found), offsets(found), np.arange(len(found))) == found
