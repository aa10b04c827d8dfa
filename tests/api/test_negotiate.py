"""Content negotiation: q-values, specificity, and what fits nothing."""

import pytest

from api.negotiate import choose

OFFERS = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle; q=0.5, text/html;q=0.4", "text/turtle"),
        ("text/*;q=0.3, application/ld+json;q=0.9", "application/ld+json"),
        ("*/*;q=0.1, text/turtle;q=0", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("image/png", None),
        ("text/html;q=0", None),
        ("text/html;q=nonsense", None),
        ("nonsense, text/turtle", "text/turtle"),
    ],
)
def test_the_best_fit_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen
