"""What a page is made of: pages alike have one set of shapes, and what one alone has is told."""

import pytest

from tests.api.shapes import ROWS, fewest, shapes

PAGE = '<main><p class="a">One <a href="/x">two</a></p></main>'


def test_words_and_addresses_make_no_other_shape() -> None:
    assert shapes(PAGE) == shapes(PAGE.replace("One", "Three").replace("two", "four").replace("/x", "/y"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('class="a"', 'class="b"'),
        ("main>", "section>"),
        ("two", ""),
        ("One ", ""),
        ('href="/x"', 'href="/x" title="x"'),
        ('href="/x"', ""),
        ("<main>", "<main><form>"),
        ("</main>", "<p>more</p></main>"),
        ("two", "<img src=x>"),
        ('href="/x"', 'href="/x" lang="sv"'),
    ],
)
def test_what_another_page_may_break_is_another_shape(old: str, new: str) -> None:
    assert shapes(PAGE)[0] != shapes(PAGE.replace(old, new))[0]


def test_no_empty_element_hides_among_full_ones() -> None:
    full, _ = shapes('<main><a href="/x">two</a></main>')
    empty, _ = shapes('<main><a href="/x"></a></main>')
    assert not empty <= full


def test_rows_that_are_not_looked_at_do_not_count() -> None:
    row, odd = "<li>x</li>", '<li class="odd">x</li>'
    assert shapes(f"<main><ul>{row * 20}{odd}</ul></main>") == shapes(f"<main><ul>{row}</ul></main>")
    assert shapes(f"<main><ul>{row * (ROWS - 1)}{odd}</ul></main>") != shapes(f"<main><ul>{row}</ul></main>")


def test_ends_that_need_not_be_written_end_nothing_else() -> None:
    assert shapes("<main><ul><li>x</ul><p>y</p></main>") == shapes("<main><ul><li>x</li></ul><p>y</p></main>")


def test_a_page_that_a_script_makes_more_of_is_told() -> None:
    assert not shapes("<script type='application/ld+json'>{}</script>")[1]
    assert shapes("<script src='/static/map.js'></script>")[1]


def test_as_few_pages_as_have_all_are_chosen() -> None:
    a, b, c = ("a",), ("b",), ("c",)
    pages = {"/1": frozenset({a}), "/2": frozenset({a, b}), "/3": frozenset({a, b, c}), "/4": frozenset({b})}
    assert fewest(pages, ()) == ("/3",)
    assert fewest(pages, ("/1",)) == ("/1", "/3")
