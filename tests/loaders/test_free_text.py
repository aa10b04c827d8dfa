"""Summaries: cleaned for showing, and withheld with a note when they hold contact details."""

from collections import Counter

import pytest

from loaders.free_text import described
from loaders.values import swedish


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<p>Skriv till n&#64;example.org</p>", "an e-mail address"),
        ("Ring 013-12 34 56.", "a telephone number"),
        ("Sökande: 811218-9876", "a personal number"),
    ],
)
def test_contact_details_withhold_the_text_and_are_noted_by_kind(text: str, kind: str) -> None:
    notes = Counter[str]()
    assert described(swedish, lambda note: notes.update([note]), "Om")(text) is None
    assert notes == {f"Om: withheld where it seems to hold {kind}": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "<p>Att växa &amp; frodas 2021-2027, 5 000 000 kr</p>",
            '"Att växa & frodas 2021-2027, 5 000 000 kr"@sv',
        ),
        ("ett<br>två", '"ett\\ntvå"@sv'),
        ("<p></p>", None),
    ],
)
def test_another_text_is_said_without_marks(text: str, said: str | None) -> None:
    notes: list[str] = []
    assert (described(swedish, notes.append, "Om")(text), notes) == (said, [])
