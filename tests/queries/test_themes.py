"""Themes of texts: where their words may stand, and how alike two sets of them are."""

import math

import pytest

from graph.store import Store
from queries import needs
from queries.themes import Theme, Themes
from queries.words import Lexicon

FEW = {
    "environment": Theme(("miljö", "environment"), ("miljö", "klimat")),
    "work": Theme(("arbetsliv", "working life"), ("arbetsmiljö", "jobb")),
    "energy": Theme(("energi", "energy"), ("energi", "el", "värme")),
}


@pytest.fixture
def few() -> Themes:
    return Themes(FEW, Lexicon.of(["klimat", "jobb"]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("miljön i stan", {"environment": ("miljön",)}),
        ("närmiljö", {"environment": ("närmiljö",)}),
        ("arbetsmiljön", {"work": ("arbetsmiljön",)}),  # the longer word of the two
        ("el", {"energy": ("el",)}),
        ("eller elev", {}),  # a short word means only itself
        ("fjärrvärmens klimat", {"energy": ("fjärrvärmens",), "environment": ("klimat",)}),
        ("inomhusklimat", {"environment": ("inomhusklimat",)}),
        ("", {}),
    ],
)
def test_where_the_words_of_a_theme_may_stand(
    few: Themes, text: str, found: dict[str, tuple[str, ...]]
) -> None:
    assert few.of(text) == found


def test_likeness_by_hand(few: Themes) -> None:
    """Of two texts both are about the environment (ln(3/3)+1), one about energy (ln(3/2)+1)."""
    few.learn(["miljö och el", "miljö"])
    common, rare = 1.0, math.log(1.5) + 1
    assert few.alike(["environment"], ["environment", "energy"]) == pytest.approx(
        common / math.hypot(common, rare)
    )
    assert few.alike(["energy"], ["energy"]) == pytest.approx(1)
    assert few.alike(["energy"], ["environment"]) == few.alike([], ["energy"]) == few.alike([], []) == 0


def test_every_theme_is_about_an_area_of_the_store(store: Store) -> None:
    found = needs.themes(store)
    areas = needs.areas(store)
    texts = needs.texts(store)
    themes = Themes(found, Lexicon.of(area.label for area in areas))
    about = {name for area in areas for name in themes.of(" ".join(texts[area.iri].names))}
    assert set(found) == about, "a theme that no area is about leads nowhere"


def test_no_word_of_a_theme_is_told_twice(store: Store) -> None:
    for theme in needs.themes(store).values():
        assert len(theme.words) == len(set(theme.words))
        assert all(word == word.casefold() and word.replace("-", "").isalpha() for word in theme.words)
