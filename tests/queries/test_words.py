"""Swedish words: stems, and compounds taken apart with the words of the built store."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.store import Store
from queries.match import Matcher
from queries.words import Lexicon, stems, words

COMPOUNDS = {
    "bygglogistik": ("bygg", "logistik"),
    "tjänsteutveckling": ("tjänst", "utveckling"),
    "samhällsbyggnadsprocessen": ("samhäll", "byggn", "process"),
    "samhällsbyggande": ("samhäll", "bygg"),
    "välfärdsteknik": ("välfärd", "teknik"),
    "välfärdstjänster": ("välfärd", "tjänst"),
    "energieffektivt": ("energi", "effektiv"),
    "energilösningar": ("energi", "lösning"),
    "livsmedelsförsörjning": ("livsmedel", "försörjning"),
    "hälsoinnovation": ("häls", "innovation"),
    "tjänstedesign": ("tjänst", "design"),
    "äldreomsorg": ("äldr", "omsorg"),
    "tillverkningsindustri": ("tillverkning", "industri"),
    "upplevelseproduktion": ("upplev", "produktion"),
    "produktionssystem": ("produktion", "system"),
    "stadsutveckling": ("stad", "utveckling"),
}
WHOLE = {
    "digitalisering": "digital",  # derived, not composed: it says what digital says
    "digitaliserade": "digital",
    "produktion": "produktion",
    "visualisering": "visualisering",
    "automation": "automation",
    "industriell": "industriell",
    "logistik": "logistik",
    "livsmedel": "livsmedel",
    "material": "material",
    "systemet": "system",
}
SAME = [
    ("hållbar", "hållbart", "hållbara"),
    ("effektiv", "effektivt", "effektiva"),
    ("industriell", "industriellt", "industriella"),
    ("digital", "digitalt", "digitala"),
    ("tjänst", "tjänster", "tjänsterna"),
    ("lösning", "lösningar", "lösningarna"),
    ("omsorg", "omsorgen", "OMSORG"),
]


@pytest.fixture(scope="module")
def lexicon(store: Store) -> Lexicon:
    matcher = Matcher(store)
    return Lexicon.of([*(area.label for area in matcher.areas), *(need.label for need in matcher.needs)])


@pytest.mark.parametrize("word", COMPOUNDS)
def test_a_compound_comes_apart(lexicon: Lexicon, word: str) -> None:
    assert tuple(lexicon.terms(word)) == COMPOUNDS[word]


@pytest.mark.parametrize("word", WHOLE)
def test_a_word_that_is_no_compound_stays_whole(lexicon: Lexicon, word: str) -> None:
    assert lexicon.terms(word) == {WHOLE[word]: 1.0}


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem for form in forms for stem in stems(form)}) == 1


def test_words_without_meaning_and_single_letters_are_left_out() -> None:
    assert words("Vi behöver hjälp med e-hälsa i äldreomsorgen och på S3") == [
        "hjälp",
        "hälsa",
        "äldreomsorgen",
    ]
    assert words("") == []
    assert words("– 25 % / !") == []


def test_a_part_weighs_less_than_a_word_of_its_own() -> None:
    lexicon = Lexicon.of(["logistik"])
    assert lexicon.terms("bygglogistik") == pytest.approx(
        {"bygg": math.sqrt(0.5), "logistik": math.sqrt(0.5)}
    )
    assert lexicon.terms("logistik och bygglogistik")["logistik"] == 1.0


def test_an_empty_lexicon_takes_nothing_apart() -> None:
    assert Lexicon.of([]).terms("bygglogistik") == {"bygglogistik": 1.0}


@given(st.text())
def test_any_text_has_terms_of_weight_up_to_one(text: str) -> None:
    lexicon = Lexicon.of(["digital tjänst", "logistik", "hälsa", text])
    found = lexicon.terms(text)
    assert all(term and 0 < weight <= 1 for term, weight in found.items())
    assert bool(found) == bool(words(text))


@given(st.lists(st.sampled_from([*COMPOUNDS, *WHOLE]), max_size=5), st.randoms())
def test_order_and_case_do_not_matter(lexicon_words: list[str], chance: object) -> None:
    lexicon = Lexicon.of(["digital utveckling logistik välfärd energi"])
    turned = [word.upper() for word in reversed(lexicon_words)]
    assert lexicon.terms(" ".join(turned)) == lexicon.terms(" ".join(lexicon_words))
