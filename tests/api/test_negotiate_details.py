"""Content negotiation to the letter: lone stars, quotation marks, charsets, and what is not remembered."""

import pytest

from api import negotiate
from api.negotiate import choose

OFFERS = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("image/*", None),
        ("image/*, text/turtle;q=0.1", "text/turtle"),
        ("image/png;q=0.9, *;q=0.1", "text/html"),
        ("*;q=0", None),
        ("*/turtle", "text/html"),  # no media range, so nothing is asked for
        ("text/html;, text/turtle", "text/html"),
        ("text/html;charset=utf-8, text/turtle", "text/html"),
        ("text/html;charset=UTF8, text/turtle", "text/html"),
        ('text/html;charset="utf-8", text/turtle', "text/html"),
        ("text/html;charset=latin1, text/turtle", "text/turtle"),
        ("text/turtle;q=7, text/html", "text/html"),  # no q is above 1
        ('application/ld+json;a=",text/turtle,"', "application/ld+json"),
        ('application/ld+json;a=";q=0;", text/html;q=0.5', "application/ld+json"),
        ("text/turtle;level=1;q=0, */*;q=0.5", "text/html"),
    ],
)
def test_to_the_letter(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


def test_an_offer_with_parameters_is_met_by_the_range_that_names_most_of_them() -> None:
    offers = ("a/b;x=1", "a/b;x=1;y=2")
    assert choose("a/b;x=1;y=2, a/b;x=1;q=0.9", offers) == "a/b;x=1;y=2"
    assert choose("a/b;y=2;q=0.9, a/b;x=1;q=0.1", offers) == "a/b;x=1;y=2"


def test_only_short_headers_are_remembered() -> None:
    negotiate._remembered.cache_clear()
    choose("text/turtle".ljust(512), OFFERS)
    assert negotiate._remembered.cache_info().currsize == 1
    choose("text/turtle".ljust(513), OFFERS)
    assert negotiate._remembered.cache_info().currsize == 1
