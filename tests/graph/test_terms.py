"""Terms are what the engine reads back unchanged; what is no term is refused in a sentence."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from graph.errors import GraphError, TermError
from graph.terms import Term, day, decimal, integer, iri, text, typed, year
from ontology.names import XSD

SAYABLE = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r\t\\\"'"))


def _read(term: Term) -> object:
    """Return a term as the engine reads it, standing as the object of a triple."""
    (quad,) = parse(f"<a:s> <a:p> {term} .\n".encode(), format=RdfFormat.N_TRIPLES)
    return quad.object


@given(SAYABLE)
def test_a_text_comes_back_as_it_was_in_nfc(value: str) -> None:
    assert _read(text(value)) == Literal(unicodedata.normalize("NFC", value))


@given(SAYABLE, st.sampled_from(["sv", "en", "se-FI", "SV"]))
def test_a_text_comes_back_with_its_language(value: str, language: str) -> None:
    assert _read(text(value, language)) == Literal(unicodedata.normalize("NFC", value), language=language)


@given(SAYABLE)
def test_a_text_stays_on_one_line(value: str) -> None:
    assert "\n" not in text(value)
    assert "\r" not in text(value)


def test_letters_written_in_two_parts_become_one() -> None:
    assert text("Va\u0308xjo\u0308") == text("Växjö") == '"Växjö"'


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x0b", "\x7f", "\x85", "\ud800"], ids=ascii)
def test_a_text_without_meaning_on_paper_is_refused(bad: str) -> None:
    with pytest.raises(TermError, match=r"holds the (control character|half a character) '\\"):
        text(f"Lin{bad}köping")


@pytest.mark.parametrize("bad", ["", "s", "sv SE", "svenska_språket", "sv-", '"'])
def test_a_bad_language_tag_is_refused(bad: str) -> None:
    with pytest.raises(TermError, match="is no language tag such as 'sv'"):
        text("Skog", bad)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_iri_that_is_let_through_is_one_for_the_engine(value: str) -> None:
    try:
        term = iri(f"https://example.org/{value}")
    except TermError:
        return
    assert _read(term) == NamedNode(f"https://example.org/{value}")


@pytest.mark.parametrize(
    "bad",
    ["", "Linköping", "/id/county/05", ":x", "1a:b", "https://example.org/a b", "https://a/<b>", 'https://a/"',
     "https://a/{x}", "https://a/|", "https://a/^", "https://a/`", "https://a/\\", "https://a/\n", "https://a/%zz",
     "http://[", "https://a/\ud800"],
    ids=ascii,
)  # fmt: skip
def test_what_is_no_absolute_iri_is_refused_and_shown(bad: str) -> None:
    with pytest.raises(TermError) as refusal:
        iri(bad)
    assert str(refusal.value).startswith(f"{bad!r} is not an absolute IRI: ")
    assert str(refusal.value).endswith(".")


def test_an_iri_may_hold_swedish_letters() -> None:
    assert iri("https://sv.wikipedia.org/wiki/Linköping") == "<https://sv.wikipedia.org/wiki/Linköping>"


@given(st.dates())
def test_a_day_comes_back(value: date) -> None:
    assert day(value) == day(value.isoformat()) == f'"{value.isoformat()}"^^<{XSD}date>'
    assert _read(day(value)) == Literal(value.isoformat(), datatype=NamedNode(f"{XSD}date"))


def test_of_a_moment_the_day_is_taken() -> None:
    assert day(datetime(2024, 4, 1, 12, 30, tzinfo=UTC)) == day("2024-04-01")


@pytest.mark.parametrize(
    "bad", ["", "2024", "2024-4-1", "2023-02-29", "2021-13-45", "1 april 2024", " 2024-04-01"]
)
def test_what_is_no_day_is_refused(bad: str) -> None:
    with pytest.raises(TermError, match=r"is not a day in the form 2024-04-01: .+\."):
        day(bad)


def test_a_year_has_four_digits() -> None:
    assert year("2024") == f'"2024"^^<{XSD}gYear>'


@pytest.mark.parametrize("bad", ["", "24", "20245", "2o24", "２０２４", "-024", "2024 "])
def test_what_is_no_year_is_refused(bad: str) -> None:
    with pytest.raises(TermError, match=r"is not a year of four digits\."):
        year(bad)


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_an_integer_comes_back(value: int) -> None:
    assert integer(value) == f'"{value}"^^<{XSD}integer>'


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_a_decimal_keeps_its_value_and_has_one_form(value: Decimal) -> None:
    shown = decimal(value).split('"')[1]
    assert Decimal(shown) == value
    assert "E" not in shown
    assert not ("." in shown and shown.endswith(("0", ".")))
    assert decimal(value) == decimal(Decimal(f"{value}0" if "." in str(value) else str(value)))


@pytest.mark.parametrize(
    ("value", "shown"), [("25E+6", "25000000"), ("-0", "0"), ("-0.00", "0"), ("0.50", "0.5"), ("100", "100")]
)
def test_a_decimal_is_written_out(value: str, shown: str) -> None:
    assert decimal(Decimal(value)) == f'"{shown}"^^<{XSD}decimal>'


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_finite_decimal_is_refused(bad: str) -> None:
    with pytest.raises(TermError, match="is not a finite decimal"):
        decimal(Decimal(bad))


def test_a_typed_literal_names_its_datatype() -> None:
    assert typed("P5Y", "duration") == f'"P5Y"^^<{XSD}duration>'


def test_refusals_are_of_the_rooms_own_kind() -> None:
    with pytest.raises(GraphError):
        iri("not an IRI")
