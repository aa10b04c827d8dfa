"""What a row becomes, to the letter: order, counts, what is said once, what is left out and why."""

from collections.abc import Sequence

import pytest

from loaders.compiler import compile_layout
from loaders.errors import LayoutError, PersonalData, RecordError
from loaders.mapping import Amount, Check, Field, Layout, Link, RowMapper, Say, Seen, Thing, fields_in
from ontology import names as n

TYPE = f"<{n.type_}>"


def plain(text: str) -> str:
    """Refuse what says so, and give a text as it is."""
    if text == "bad":
        raise ValueError("it is bad")
    if text == "worse":
        raise RecordError("its own", text, "it is worse")
    return text


def joined(*texts: str) -> str | None:
    """Give several columns as one text."""
    return "+".join(texts) or None


A, B = Field("a", "a|A", plain, required=True), Field("b", "b", plain)
MANY = Field("m", "m", str.split, many=True)


def mapper(columns: str, *things: Thing, seen: Seen | None = None, **more: object) -> RowMapper:
    """Return the mapper of a layout with fields a (required), b and m, unless others are given."""
    given: dict[str, object] = {"kind": "rows", "fields": (A, B, MANY), "things": things, **more}
    return compile_layout(Layout(**given), columns.split(), "https://x.se/", seen or Seen())  # type: ignore[arg-type]  # of all kinds


def iri(path: str) -> str:
    return f"<https://x.se/id/{path}>"


def test_a_row_is_written_in_the_order_of_its_mapping() -> None:
    seen = Seen()
    thing = Thing(
        "t/{a}",
        ("u:Class", "u#Other"),
        (Say("u:b", "b"), Link("u:m", "m/{m}.{a}"), Link("u:l", "l/{b}"), Amount("u:n", "a", "SEK")),
    )
    mapped = mapper("a b m", thing, Thing("role/{a}", (), (Say("u:a", "a"),)), seen=seen)
    money = iri("amount/SEK-1")
    assert mapped(["1", "2", "x y"]) == (
        f"{iri('t/1')} {TYPE} <u:Class> .\n{iri('t/1')} {TYPE} <u#Other> .\n"
        f"{money} {TYPE} <{n.MonetaryAmount}> .\n"
        f'{money} <{n.amount}> "1"^^<{n.XSD}decimal> .\n{money} <{n.currency}> "SEK" .\n'
        f"{iri('t/1')} <u:b> 2 .\n{iri('t/1')} <u:m> {iri('m/x.1')} .\n{iri('t/1')} <u:m> {iri('m/y.1')} .\n"
        f"{iri('t/1')} <u:l> {iri('l/2')} .\n{iri('t/1')} <u:n> {money} .\n"
        f"<{n.BASE}id/role/1> <u:a> 1 .\n"
    )
    assert seen.counts == {"u:Class": 1, "Other": 1, "MonetaryAmount": 1}
    assert mapped(["1", "", ""]) == (
        f"{iri('t/1')} {TYPE} <u:Class> .\n{iri('t/1')} {TYPE} <u#Other> .\n{iri('t/1')} <u:n> {money} .\n"
        f"<{n.BASE}id/role/1> <u:a> 1 .\n"
    )
    assert seen.counts == {"u:Class": 2, "Other": 2, "MonetaryAmount": 1}


def test_what_many_rows_tell_of_is_said_once_and_anew_when_it_says_more() -> None:
    seen = Seen()
    once = Thing("t/{a}", ("u:C",), (Say("u:b", "b"),), once=True)
    other = Thing("t/{a}", ("u:D",), once=True)
    mapped = mapper("a b m", once, other, seen=seen)
    types = f"{iri('t/1')} {TYPE} <u:C> .\n", f"{iri('t/1')} {TYPE} <u:D> .\n"
    assert mapped(["1", "2", ""]) == f"{types[0]}{iri('t/1')} <u:b> 2 .\n{types[1]}"
    assert mapped(["1", "2", ""]) == ""
    assert mapped(["1", "3", ""]) == f"{iri('t/1')} <u:b> 3 .\n"
    assert seen.counts == {"u:C": 1, "u:D": 1}
    assert (len(seen.subjects), len(seen.blocks), seen.rows) == (2, 2, {})


def test_a_thing_may_hang_on_a_field() -> None:
    mapped = mapper("a b m", Thing("t/{a}", (), (Say("u:a", "a"),), when="b"), Thing("t/{b}", ("u:C",)))
    assert mapped(["1", "", ""]) == ""
    assert mapped(["1", "2", ""]) == f"{iri('t/1')} <u:a> 1 .\n{iri('t/2')} {TYPE} <u:C> .\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["bad", "", ""], ("a", "bad", "it is bad")),
        (["worse", "", ""], ("its own", "worse", "it is worse")),
        (["", "2", ""], ("a", "", "a value is required here")),
        (["1", "bad", ""], ("b", "bad", "it is bad")),
    ],
)
def test_a_bad_value_is_told_with_its_column(row: list[str], told: tuple[str, str, str]) -> None:
    with pytest.raises(RecordError) as refused:
        mapper("a b m")(row)
    assert (refused.value.field, refused.value.value, refused.value.reason) == told


@pytest.mark.parametrize(
    ("columns", "row", "given"),
    [
        ("a x y", ["1", "2", "3"], "2+3"),
        ("a y x", ["1", "3", ""], "+3"),
        ("a y", ["1", "3"], "+3"),
        ("a X", ["1", "2"], "2+"),
        ("a", ["1"], ""),
        ("a x y", ["1", "", ""], ""),
    ],
)
def test_a_field_of_several_columns_gets_all_texts(columns: str, row: Sequence[str], given: str) -> None:
    both = Field("both", ("x|X", "y"), joined)
    mapped = mapper(columns, Thing("t/{a}", (), (Say("u:b", "both"),)), fields=(A, both))
    assert mapped(row) == (f"{iri('t/1')} <u:b> {given} .\n" if given else "")
    assert both.names() == (("x", "X"), ("y",))


def test_a_required_field_asks_its_first_column_only() -> None:
    both = Field("a", ("x", "y"), joined, required=True)
    mapped = mapper("x y", Thing("t/{a}", ("u:C",)), fields=(both,))
    assert mapped(["1", ""]) == f"{iri('t/1+')} {TYPE} <u:C> .\n"
    with pytest.raises(RecordError, match="a value is required here"):
        mapped(["", "2"])
    with pytest.raises(LayoutError) as refused:
        mapper("y", fields=(both,))
    assert str(refused.value) == "A table of rows needs a column 'x'."


def test_a_check_is_held_when_its_fields_are_filled() -> None:
    def check(**more: bool) -> RowMapper:
        held = Check(("a", "b"), lambda a, b: a < b, "b|B", "b is not above a", **more)
        return mapper("a b m", Thing("t/{a}", ("u:C",)), checks=(held,))

    assert check()(["2", "", ""]) == check()(["2", "3", ""]) == f"{iri('t/2')} {TYPE} <u:C> .\n"
    with pytest.raises(RecordError) as refused:
        check()(["2", "1", ""])
    assert (refused.value.field, refused.value.value, refused.value.reason) == (
        "b|B",
        "1",
        "b is not above a",
    )
    assert check(duplicate=True)(["2", "1", ""]) is None
    with pytest.raises(PersonalData) as personal:
        check(person=True)(["2", "1", ""])
    assert "b is not above a" in str(personal.value)


def test_the_value_of_a_check_is_empty_where_its_column_is_not() -> None:
    held = Check(("a",), lambda a: False, "nowhere", "never")
    with pytest.raises(RecordError) as refused:
        mapper("a", fields=(A,), checks=(held,))(["1"])
    assert (refused.value.field, refused.value.value) == ("nowhere", "")


def test_rows_are_told_apart_by_their_key() -> None:
    seen = Seen()
    mapped = mapper("a b m", Thing("t/{a}", ("u:C",)), key=("a|A", "b"), seen=seen)
    assert mapped(["1", "2", ""]) and mapped(["1", "3", ""])
    assert mapped(["1", "2", ""]) is None
    with pytest.raises(RecordError) as refused:
        mapped(["1", "2", "x"])
    why = "an earlier row has the same a|A, b and says something else"
    assert (refused.value.field, refused.value.value, refused.value.reason) == ("a|A, b", "1, 2", why)
    assert len(seen.rows) == 2
    assert mapper("a b m", Thing("t/{a}", ("u:C",)), key=("a|A", "b"), seen=Seen())(["1", "2", "x"])
    other = mapper("a b m", Thing("t/{a}", ("u:C",)), kind="others", key=("a|A", "b"), seen=seen)
    assert other(["1", "2", "x"])  # another table's rows are others


def test_a_layout_without_a_key_takes_a_row_twice() -> None:
    mapped = mapper("a b m", Thing("t/{a}", ("u:C",)))
    assert mapped(["1", "", ""]) == mapped(["1", "", ""]) != ""


def test_an_amount_needs_its_currency_and_is_told_of_once() -> None:
    seen = Seen()
    mapped = mapper(
        "a b m", Thing("t/{a}", (), (Amount("u:n", "b", "{a}"), Amount("u:o", "a", "{b}"))), seen=seen
    )
    assert mapped(["1", "", ""]) == ""
    text = str(mapped(["1", "2", ""]))
    assert text.endswith(
        f"{iri('t/1')} <u:n> {iri('amount/1-2')} .\n{iri('t/1')} <u:o> {iri('amount/2-1')} .\n"
    )
    assert seen.counts == {"MonetaryAmount": 2}
    assert mapped(["1", "2", ""]) == text[text.index(iri("t/1")) :]
    assert seen.counts == {"MonetaryAmount": 2}


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        (Thing("t/{x}", ()), "rows: the mapping declares no field 'x'."),
        (Thing("t/{a}", (), (Amount("u:n", "a", "{x}"),)), "rows: the mapping declares no field 'x'."),
        (Thing("t/{a}", (), when="x"), "rows: the mapping declares no field 'x'."),
    ],
)
def test_what_is_not_declared_is_told(thing: Thing, told: str) -> None:
    with pytest.raises(LayoutError) as refused:
        mapper("a b m", thing)
    assert str(refused.value) == told


def test_a_layout_knows_what_it_needs_and_fits() -> None:
    layout = Layout("rows", (A, B), (), key=("b|B",), marks=("sign",), ignored=("i",), personal=("p",))
    assert layout.required() == {("a", "A"), ("b", "B"), ("sign",)}
    assert layout.known() == {"a", "A", "b", "B", "sign", "i", "p"}
    assert layout.fits(["A", "B", "sign", "else"]) and not layout.fits(["a", "b"])
    assert not layout.fits(["a", "sign"])
    assert fields_in("t/{a}.{b_c}.d") == ("a", "b_c")
