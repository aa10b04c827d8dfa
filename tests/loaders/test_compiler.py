"""Layouts and the row mappers made of them: all triples of a row, or none and a reason."""

from collections.abc import Sequence

import pytest

from loaders import values as v
from loaders.compiler import compile_layout
from loaders.errors import LayoutError, PersonalData, RecordError
from loaders.mapping import Amount, Check, Field, Layout, Link, RowMapper, Say, Seen, Thing
from ontology import names as n

COLUMNS = ("id", "name", "sum", "currency", "towns", "start", "end", "person")


def _layout(**changes: object) -> Layout:
    given: dict[str, object] = {
        "kind": "projects",
        "fields": (
            Field("id", "id|ID", v.digits, required=True),
            Field("name", "name", v.swedish, required=True),
            Field("sum", "sum", v.amount),
            Field("currency", "currency", v.one_of({"SEK": "SEK", "EUR": "EUR"})),
            Field("towns", "towns", lambda text: text.split(), many=True),
            Field("start", "start", v.day),
            Field("end", "end", v.day),
        ),
        "things": (
            Thing(
                "project/x.{id}",
                (n.Project,),
                (
                    Say(n.prefLabel, "name"),
                    Say(n.startDate, "start"),
                    Link(n.coversTerritory, "municipality/{towns}"),
                    Amount(n.totalBudget, "sum", "{currency}"),
                ),
            ),
            Thing("role/partner", (n.Role,), once=True),
        ),
        "key": ("id|ID",),
        "personal": ("person",),
        "checks": (
            Check(
                ("start", "end"),
                lambda a, b: bool(v.plain_day(a) <= v.plain_day(b)),
                "end",
                "the end comes first",
            ),
        ),
        **changes,
    }
    return Layout(**given)  # type: ignore[arg-type]  # one dict holds all kinds of values


def _mapper(columns: Sequence[str] = COLUMNS, seen: Seen | None = None, **changes: object) -> RowMapper:
    return compile_layout(_layout(**changes), columns, "https://x.se/", seen or Seen())


def _row(**values: str) -> list[str]:
    return [{"id": "1", "name": "Ett", **values}.get(column, "") for column in COLUMNS]


def _lines(text: str | None) -> set[str]:
    assert text is not None
    return {line.removesuffix(" .") for line in text.splitlines()}


def test_a_row_says_what_its_filled_fields_say() -> None:
    row = _row(sum="10,50", currency="SEK", towns="0580 0581", start="2024-01-01")
    project, amount = "<https://x.se/id/project/x.1>", "<https://x.se/id/amount/SEK-10.5>"
    assert _lines(_mapper()(row)) == {
        f"{project} <{n.type_}> <{n.Project}>",
        f'{project} <{n.prefLabel}> "Ett"@sv',
        f'{project} <{n.startDate}> "2024-01-01"^^<{n.XSD}date>',
        f"{project} <{n.coversTerritory}> <https://x.se/id/municipality/0580>",
        f"{project} <{n.coversTerritory}> <https://x.se/id/municipality/0581>",
        f"{project} <{n.totalBudget}> {amount}",
        f"{amount} <{n.type_}> <{n.MonetaryAmount}>",
        f'{amount} <{n.amount}> "10.5"^^<{n.XSD}decimal>',
        f'{amount} <{n.currency}> "SEK"',
        f"<{n.BASE}id/role/partner> <{n.type_}> <{n.Role}>",
    }


def test_an_amount_without_its_currency_is_not_said() -> None:
    assert not [line for line in _lines(_mapper()(_row(sum="10"))) if "amount" in line]


def test_what_many_rows_tell_of_is_said_once_and_counted_once() -> None:
    seen = Seen()
    mapped = _mapper(seen=seen)
    first, second = mapped(_row(sum="1", currency="EUR")), mapped(_row(id="2", sum="1.0", currency="EUR"))
    assert "MonetaryAmount" in str(first) and "MonetaryAmount" not in str(second)
    assert seen.counts == {"Project": 2, "MonetaryAmount": 1, "Role": 1}


def test_a_row_that_repeats_another_whole_is_a_duplicate() -> None:
    mapped = _mapper()
    assert mapped(_row()) and mapped(_row()) is None


def test_a_row_that_repeats_only_a_key_is_refused() -> None:
    mapped = _mapper()
    mapped(_row())
    with pytest.raises(RecordError, match="an earlier row has the same id"):
        mapped(_row(name="Två"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "x"}, "id"),
        ({"name": ""}, "name"),
        ({"sum": "x"}, "sum"),
        ({"start": "2024-02-30"}, "start"),
        ({"start": "2024-02-02", "end": "2024-02-01"}, "end"),
        ({"currency": "USD", "sum": "1"}, "currency"),
    ],
)
def test_a_bad_row_is_refused_by_its_column(values: dict[str, str], field: str) -> None:
    with pytest.raises(RecordError) as error:
        _mapper()(_row(**values))
    assert (error.value.field, error.value.value) == (field, values[field])


def test_a_refused_row_leaves_nothing_behind() -> None:
    seen = Seen()
    with pytest.raises(RecordError):
        _mapper(seen=seen)(_row(sum="x"))
    assert seen == Seen()


def test_a_row_that_tells_of_a_person_does_not_repeat_it() -> None:
    person = Check(("name",), lambda name: "Ett" not in name, "name", "a person", person=True)
    with pytest.raises(PersonalData) as error:
        _mapper(checks=(person,))(_row())
    assert "Ett" not in str(error.value)


def test_a_column_has_the_name_that_the_release_gives_it() -> None:
    row = _mapper(("ID", "name"))(["7", "Sju"])
    assert "project/x.7" in str(row)


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    turned = tuple(reversed(COLUMNS))
    row = _row(sum="5", currency="SEK", towns="0580", start="2024-01-01")
    assert _mapper(turned)(row[::-1]) == _mapper()(row)


def test_a_table_without_a_required_column_does_not_fit() -> None:
    assert not _layout().fits(("id", "sum"))
    with pytest.raises(LayoutError, match="needs a column 'name'"):
        _mapper(("id", "sum"))


@pytest.mark.parametrize(
    "thing",
    [
        Thing("x/{nowhere}", ()),
        Thing("x/{id}", (), (Say(n.prefLabel, "nowhere"),)),
        Thing("x/{id}", (), (Link(n.within, "{towns}-{more}"),)),
    ],
)
def test_a_mapping_that_names_what_is_not_declared_is_refused_at_once(thing: Thing) -> None:
    fields = (*_layout().fields, Field("more", "person", lambda text: text.split(), many=True))
    with pytest.raises(LayoutError, match=r"declares no field|one field of many"):
        _mapper(things=(thing,), fields=fields)


def test_the_known_columns_are_read_passed_over_or_personal() -> None:
    assert _layout(ignored=("x",)).known() == {*COLUMNS, "ID", "x"}
