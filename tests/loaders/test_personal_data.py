"""Personal data are recognised; days, codes, organisation numbers and addresses are not taken for them."""

import csv

import pytest

from loaders.personal_data import found_in, luhn
from loaders.source import SNAPSHOTS


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("811218-9876", "a personal number"),
        ("19811218-9876", "a personal number"),
        ("198112189876", "a personal number"),
        ("8112189876", "a personal number"),
        ("nr 811278-9873 i listan", "a personal number"),
        ("+46 13 12 34 56", "a telephone number"),
        ("tel. 013-12 34 56", "a telephone number"),
        ("0701234567", "a telephone number"),
        ("info@example.org", "an e-mail address"),
    ],
)
def test_personal_data_are_found(text: str, kind: str) -> None:
    assert found_in(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        *("", "2024-04-01", "2021–2027", "232100-0040", "556012-5790", "0580", "25000000", "1204150000"),
        *("https://example.org/2023-01-25-kommuner/1234567", "7, 34, 42", "SE-E", "1/1 2024"),
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert found_in(text) is None


def test_nothing_that_is_bundled_is_taken_for_personal_data() -> None:
    texts = [path.read_text("utf-8") for path in SNAPSHOTS.rglob("*.csv")]
    cells = {cell for text in texts for row in csv.reader(text.splitlines()) for cell in row}
    assert len(cells) > 1000
    assert [cell for cell in cells if found_in(cell)] == []


def test_a_check_digit_catches_every_single_misprint() -> None:
    right = "2321000040"
    assert luhn(right)
    wrong = [
        right[:at] + digit + right[at + 1 :]
        for at in range(10)
        for digit in "0123456789"
        if digit != right[at]
    ]
    assert not any(map(luhn, wrong))
