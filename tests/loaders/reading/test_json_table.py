"""A JSON file gives every object, with its line, and its numbers as they are written."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.errors import FileError, LayoutError
from loaders.reading.json_table import JsonTable
from loaders.reading.limits import Limits
from loaders.reading.package import Part
from loaders.source import Reject


def read(
    data: str | bytes, limits: Limits | None = None
) -> tuple[JsonTable, list[tuple[int, list[str]]], list[Reject]]:
    content = data.encode() if isinstance(data, str) else data
    rejects = list[Reject]()
    table = JsonTable(Part("x.json", lambda: BytesIO(content)), rejects.append, limits or Limits())
    rows = list(table.rows())
    assert table.read == len(rows) + len(rejects)
    return table, rows, rejects


PRETTY = '[\n {\n  "a": 1,\n  "b": "x"\n },\n %s,\n {\n  "a": 3,\n  "b": "z"\n }\n]\n'
PACKED = '[{"a": 1, "b": "x"}, %s, {"a": 3, "b": "z"}]'
LINES = '{"a": 1, "b": "x"}\n%s\n{"a": 3, "b": "z"}\n'
FORMS = pytest.mark.parametrize("form", [PRETTY, PACKED, LINES], ids=["pretty", "packed", "lines"])


@FORMS
def test_values_are_text_as_they_are_written(form: str) -> None:
    table, rows, rejects = read(form % '{"a": 1.10, "b": null, "c": true, "d": [1.50, {"e": "ö"}, null]}')
    assert table.columns == ("a", "b", "c", "d")
    assert [row for _, row in rows] == [
        ["1", "x", "", ""],
        ["1.10", "", "true", '[1.50, {"e": "ö"}, null]'],
        ["3", "z", "", ""],
    ]
    assert not rejects


def test_an_object_is_known_by_its_first_line() -> None:
    assert [line for line, _ in read(PRETTY % '{"a": 2}')[1]] == [2, 6, 7]
    assert [line for line, _ in read(LINES % '{"a": 2}')[1]] == [1, 2, 3]


@FORMS
@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ('{"a": 2, "b": nope}', "not JSON: expecting value"),
        ('{"a": 2 "b": "y"}', "not JSON: expecting ',' delimiter"),
        ('{"a": 2, "a": 3}', "the key 'a' stands twice"),
        ('{"a": NaN}', "NaN is no JSON number"),
        ('{"a": "\\u0000"}', "control character U+0000"),
        ('{"a": "\\ud800"}', "half a character"),
        ('{"a": "\t"}', "not JSON: invalid control character"),
        ('{"a": ' + "[" * 100 + "]" * 100 + "}", "nested deeper than 64 levels"),
        ('{"a": ' + "[" * 50_000 + "]" * 50_000 + "}", "nested deeper than 64 levels"),
        ("17", "an object was expected here"),
    ],
)
def test_a_bad_object_is_rejected_and_the_next_is_found(form: str, spoilt: str, told: str) -> None:
    _, rows, (reject,) = read(form % spoilt)
    assert [row for _, row in rows] == [["1", "x"], ["3", "z"]]
    assert told in reject.reason
    assert reject.line == {PRETTY: 6, PACKED: 1, LINES: 2}[form]


def test_an_unclosed_string_or_brace_costs_its_object_only_where_objects_begin_their_lines() -> None:
    for spoilt in ('{\n  "a": "2,\n  "b": "y"\n }', '{\n  "a": {"b": 2\n }', '{\n  "a": 2\n '):
        _, rows, rejects = read(PRETTY % spoilt)
        assert [row[0] for _, row in rows] == ["1", "3"]
        assert [reject.line for reject in rejects] == [6]


def test_spoilt_bytes_are_told_of_and_never_taken_for_cp1252() -> None:
    _, rows, (reject,) = read((LINES % '{"a": "Malm?"}').encode().replace(b"?", b"\xf6"))
    assert len(rows) == 2
    assert reject.reason == "byte 0xF6 at position 5 is not UTF-8"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ('[{"a": 1}, {"a": 2}', "ends before its array does"),
        ('[{"a": 1}, {"a": ', "nothing from this line on"),
        ('[{"a": 1} {"a": 2}]', "a comma was expected"),
        ('[{"a": 1}] x', "text follows the end"),
        ("hello", "array or object was expected"),
        ("", "array or object was expected"),
    ],
)
def test_a_file_that_is_torn_is_refused(data: str, told: str) -> None:
    with pytest.raises(FileError, match=told):
        read(data)


@pytest.mark.parametrize("data", ["[]", "[{}]", "[1, 2]", '[{"": 1}]'])
def test_a_file_without_named_values_is_no_table(data: str) -> None:
    with pytest.raises(LayoutError):
        read(data)


def test_an_object_longer_than_a_record_may_be_is_rejected() -> None:
    for form in (PRETTY, PACKED, LINES):
        _, rows, (reject,) = read(form % f'{{"a": "{"x" * 900}"}}', Limits(record_chars=800, block=32))
        assert len(rows) == 2
        assert "longer than 800 characters" in reject.reason


PIECES = st.lists(
    st.sampled_from(
        [
            '{"a": 1}',
            ",",
            "\n",
            "[",
            "]",
            "{",
            "}",
            '"',
            '{"a": nope}',
            '{"a": "\\"}',
            "1.5",
            " ",
            '\n{"a": 2}',
            "ö",
        ]
    ),
    max_size=25,
).map("".join)


def outcome(data: bytes, limits: Limits) -> object:
    try:
        _, rows, rejects = read(data, limits)
    except (FileError, LayoutError) as error:
        return str(error)
    return rows, rejects


@settings(max_examples=400)
@given(PIECES, st.integers(1, 40))
def test_the_size_of_a_block_changes_nothing(text: str, block: int) -> None:
    data = ('[{"a": 0},' + text).encode()
    assert outcome(data, Limits()) == outcome(data, Limits(block=block))
