"""Pieces of words: weights by hand, laws, and the pieces that are told."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.grams import Grams, cosine, counted, grams, pieces

TEXTS = ("effektiv logistik", "hållbar energi", "logistik")


def test_a_word_comes_apart_with_its_edges() -> None:
    assert grams("el") == ("·el·",)
    assert grams("skog") == ("skog", "·skog", "skog·")
    assert counted("tåg och tåg") == {"·tåg·": 2}


def test_weights_by_hand() -> None:
    """Of three texts one holds el: ln(4/2) + 1; none holds ål: (ln(4/1) + 1) of half."""
    found = Grams(["el", "ö", "ö"], unknown=0.5).vector("el ål")
    known, strange = math.log(2) + 1, (math.log(4) + 1) / 2
    length = math.hypot(known, strange)
    assert found == pytest.approx({"·el·": known / length, "·ål·": strange / length})


def test_a_rare_piece_weighs_more() -> None:
    bags = Grams(TEXTS, unknown=1.0)
    asked = bags.vector("energi logistik")
    assert cosine(asked, bags.vector("energi")) > cosine(asked, bags.vector("logistik"))


def test_a_compound_is_like_its_part() -> None:
    bags = Grams(TEXTS, unknown=0.5)
    asked = bags.vector("bygglogistiken")
    assert (
        cosine(asked, bags.vector("effektiv logistik")) > 0.2 > cosine(asked, bags.vector("hållbar energi"))
    )


def test_no_words_no_weights() -> None:
    bags = Grams(TEXTS, unknown=0.0)
    assert bags.vector("") == bags.vector("och i") == bags.vector("1234") == {}


def test_pieces_are_the_longest_shared() -> None:
    assert pieces("träbyggande", "träförädling och bygg") == {("bygg", "träbyggande", "bygg")}
    assert pieces("klimat", "mat") == pieces("samband", "samhälle") == set(), "three letters say nothing"
    assert pieces("tåg", "tåg") == {("tåg", "tåg", "tåg")}


@given(st.text(), st.text())
def test_texts_are_alike_when_they_share_a_piece(one: str, other: str) -> None:
    bags = Grams([*TEXTS, other], unknown=0.5)
    found = cosine(bags.vector(one), bags.vector(other))
    assert 0 <= found < 1 or math.isclose(found, 1)
    assert bool(pieces(one, other)) == (found > 0)
    assert found == pytest.approx(cosine(bags.vector(other), bags.vector(one)))


@given(st.text(min_size=1))
def test_a_text_is_like_itself(text: str) -> None:
    vector = Grams(TEXTS, unknown=0.5).vector(text)
    assert not vector or cosine(vector, vector) == pytest.approx(1)
