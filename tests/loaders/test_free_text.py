"""Free text: cleaned for showing, and withheld when it seems to name a person."""

import pytest

from loaders.free_text import cleaned, names_person, personal


@pytest.mark.parametrize(
    "text",
    [
        "Ledd av professor Namn Namnsson vid KTH.",
        "Projektledare: Namn Namnsson",
        "Tack till Karin Namnsson.",
        "Med Anna-Karin af Namnsson.",
        "Enligt professor Namnsson.",
        "Efter Q. Namnsson m.fl.",
        "Grunden lades av Qwerty Asdfgh.",
    ],
)
def test_a_text_that_names_somebody_is_personal(text: str) -> None:
    assert personal(text) == "the name of a person"


@pytest.mark.parametrize(
    "text",
    [
        "Projektet leds av KTH Kungliga Tekniska Högskolan och Sandvik Coromant.",
        "Urban Mobility i Stockholm och Västra Götaland.",
        "Horizon Europe, artikel 5. Målet är nya material.",
        "Vi odlar E. coli i labb.",
        "",
    ],
)
def test_a_text_about_a_matter_is_not(text: str) -> None:
    assert personal(text) is None


def test_contact_details_are_told_by_kind() -> None:
    assert personal("skriv till n@example.org") == "an e-mail address"


def test_a_company_may_bear_a_given_name() -> None:
    assert names_person("Erik Namnsson")
    assert not names_person("Erik Namnsson Plåt AB")
    assert not names_person("Exempelbolaget Kvarnen")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Syfte:<br/><p>Att  växa &amp; frodas</p>", "Syfte:\nAtt växa & frodas"),
        ("a < 5 och b > 3", "a < 5 och b > 3"),
        ("ett\r\n\r\n två", "ett\ntvå"),
        ("<p></p>", ""),
    ],
)
def test_marks_are_taken_out_and_lines_kept(value: str, shown: str) -> None:
    assert cleaned(value) == shown
