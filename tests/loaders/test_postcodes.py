"""Tests of loaders.postcodes: how postcodes are printed, and the tables that a user may have."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import LayoutError, LoadError
from loaders.postcodes import normalise, regions


@pytest.mark.parametrize(
    "printed", ["581 83", "58183", "58 183", "SE-58183", "S-581 83", "se 581 83", " 581\u00a083 "]
)
def test_every_way_of_printing_gives_five_digits(printed: str) -> None:
    assert normalise(printed) == "58183"


@pytest.mark.parametrize(
    "printed", ["", "8122101", "5818", "081 83", "FI-00100", "DK-2100", "581  83", "٥٨١٨٣"]
)
def test_what_is_no_swedish_postcode_is_none(printed: str) -> None:
    assert normalise(printed) is None


def test_both_layouts_are_read(tmp_path: Path) -> None:
    ours, gisco = tmp_path / "ours.csv", tmp_path / "gisco.csv"
    ours.write_text("postcode,nuts3\n581 83,SE123\n11350,SE110\n", "utf-8")
    gisco.write_bytes(
        b"\xef\xbb\xbfNUTS3;CODE\r\n'SE123';'581 83'\r\n'FI1B1';'00100'\r\n'SE110';'113 50'\r\n"
    )
    assert regions(ours) == regions(gisco) == {"58183": "SE123", "11350": "SE110"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", r":1: the columns"),
        ('"postcode,nuts3', r":1: .*check the quotes"),
        ("a,b\n1,2\n", r":1: the columns"),
        ("postcode,nuts3\n581 83\n", r":2: 1 fields where the header has 2"),
        ("postcode,nuts3\n581 83,Linköping\n", r":2: 'Linköping' is no NUTS 3 code"),
        ("postcode,nuts3\n58,SE123\n", r":2: '58' is no Swedish postcode"),
        ("postcode,nuts3\n581 83,SE123\n58183,SE110\n", r":3: .* lies in SE110 here and in SE123 above"),
        ("postcode,nuts3\n00100,FI1B1\n", r"no Swedish postcode in this table"),
        ('postcode,nuts3\n"581 83,SE123\n', r":2: .*check the quotes"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused(content: str, told: str, tmp_path: Path) -> None:
    table = tmp_path / "codes.csv"
    table.write_text(content, "utf-8")
    with pytest.raises(LayoutError, match=told):
        regions(table)


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"absent\.csv: cannot be read"):
        regions(tmp_path / "absent.csv")


@given(st.sampled_from([b"", b"postcode,nuts3\n581 83,SE123\n"]), st.binary(max_size=60))
def test_any_bytes_give_a_table_or_a_typed_error(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, data: bytes
) -> None:
    table = tmp_path_factory.getbasetemp() / "any.csv"
    table.write_bytes(start + data)
    try:
        found = regions(table)
    except LoadError as error:
        assert "any.csv" in str(error)
    else:
        assert found["58183"] == "SE123"
