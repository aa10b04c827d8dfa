"""Converters of fields: what they make of the forms that sources use, and what they refuse."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from graph.iris import Iris
from loaders import values as v


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("103437,5", "103437.5"),
        ("103437.5", "103437.5"),
        ("103437.50", "103437.5"),
        ("0", "0"),
        ("0,00", "0"),
        ("4 973 906", "4973906"),
        ("4\u00a0973\u00a0906,10", "4973906.1"),
        ("007", "7"),
        ("1788682.0", "1788682"),
    ],
)
def test_an_amount_has_one_form_however_it_is_written(text: str, canonical: str) -> None:
    assert v.amount(text) == canonical


@pytest.mark.parametrize(
    "text", ["", "12a", "1.2.3", "1,234,567", "-1", "1e5", "1 00", "NaN", "٣", ",5", "5,"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        v.amount(text)


@pytest.mark.parametrize(
    "text", ["2026-05-01", "2026-05-01 12:00:00", "01/05/2026", "2026-05-01T12:00:00", "2026-05-01 12:00"]
)
def test_a_day_is_read_in_the_forms_that_sources_use(text: str) -> None:
    assert v.plain_day(v.day(text)) == "2026-05-01"


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-45",
        "2026-02-30",
        "31/02/2026",
        "20260501",
        "2026-W18-5",
        "1.5.2026",
        "2026-05-01 25:00",
        "0201-01-01",
        "x",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="day"):
        v.day(text)


def test_a_year_alone_stays_a_year() -> None:
    assert v.day_or_year("2013").endswith("gYear>") and v.day_or_year("2013-01-01").endswith("date>")


@pytest.mark.parametrize(
    ("convert", "text", "made"),
    [
        (v.key, "2025-00966_Vinnova", "2025-00966_Vinnova"),
        (v.key, "A//B..c", "A-B-c"),
        (v.key, "å ä/ö", "a-a-o"),
        (v.slug, "Östra Göinge & Co AB", "ostra-goinge-co-ab"),
        (v.digits, "0123", "0123"),
        (v.boolean, "True", "true"),
        (v.address, "www.liu.se", "<https://www.liu.se>"),
        (v.english, 'say "x"\n', '"say \\"x\\"\\n"@en'),
        (v.prefixed("PIC"), "999", '"PIC 999"'),
        (v.one_of({"a": "b"}), "a", "b"),
    ],
)
def test_a_converter_makes_the_form_that_the_graph_has(
    convert: Callable[[str], str], text: str, made: str
) -> None:
    assert convert(text) == made


@pytest.mark.parametrize(
    ("convert", "text"),
    [
        (v.key, "//"),
        (v.slug, "&"),
        (v.digits, "12a"),
        (v.digits, "१२"),
        (v.boolean, "ja"),
        (v.address, "not there"),
        (v.address, "http://a b"),
        (v.one_of({"a": "b"}), "c"),
    ],
)
def test_a_converter_refuses_what_it_cannot_turn(convert: Callable[[str], str], text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        convert(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Syfte:<br/><p>Att  växa &amp; frodas</p>", "Syfte:\nAtt växa & frodas"),
        (
            "<P class='x'>Hej <b>du</b>, <i>där</i></P><ul><li>ett</li><li>två</li></ul>",
            "Hej du, där\nett\ntvå",
        ),
        ("a < 5 och b > 3", "a < 5 och b > 3"),
        ("ett\r\n\r\n två", "ett\ntvå"),
        ("<p></p>&nbsp;", ""),
    ],
)
def test_marks_are_taken_out_and_lines_kept(value: str, shown: str) -> None:
    assert v.cleaned(value) == shown


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_makes_a_line_that_the_store_reads_back_as_it_was(text: str) -> None:
    line = f"<urn:a> <urn:b> {v.swedish(text)} ."
    (quad,) = parse(line.encode(), format=RdfFormat.N_TRIPLES)
    assert quad.object.value == text


@settings(max_examples=300)
@given(st.text(min_size=1))
def test_a_key_or_slug_is_always_one_that_an_iri_takes(text: str) -> None:
    for convert in (v.key, v.slug):
        try:
            made = convert(text)
        except ValueError:
            continue
        assert Iris().thing("thing", made)
