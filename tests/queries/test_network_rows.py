"""Rows: what is gathered from them, and which are refused."""

import pytest

from queries.network_rows import Event, NetworkError, Node, Row, Tie, gather


def test_columns_become_attributes() -> None:
    row: Row = {
        "actor": "https://x/id/organisation/a",
        "actorLabel": "A",
        "actorKind": "cluster",
        "actorTerritory": "Kalmar län",
        "event": "https://x/id/project/p",
        "eventLabel": "P",
        "eventKind": "project",
        "role": "owner",
        "amount": "1250.5",
        "from": "2024-04-01",
        "to": "2029-03-29",
    }
    found = gather("x", [row])
    assert found.actors == (Node("https://x/id/organisation/a", "A", "cluster", "Kalmar län"),)
    assert found.events == (Event("https://x/id/project/p", "P", "project", "2024-04-01", "2029-03-29"),)
    assert found.ties == (Tie(found.actors[0].id, found.events[0].id, ("owner",), 1250.5),)


def test_several_roles_make_one_tie_and_their_amounts_a_sum() -> None:
    rows: list[Row] = [
        {"actor": "a", "event": "p", "role": "owner", "amount": "10"},
        {"actor": "a", "event": "p", "role": "financier", "amount": "2.5"},
        {"actor": "a", "event": "p", "role": "owner", "amount": "10"},
    ]
    assert gather("x", rows).ties == (Tie("a", "p", ("financier", "owner"), 12.5),)


def test_several_values_are_all_kept_and_dates_reach_outermost() -> None:
    rows: list[Row] = [
        {"actor": "a", "actorLabel": "B", "actorKind": "sme", "event": "p", "from": "2020", "to": "2021"},
        {"actor": "a", "actorLabel": "A", "actorKind": "company", "event": "p", "from": "2019", "to": "2022"},
    ]
    found = gather("x", rows)
    assert (found.actors[0].label, found.actors[0].kind) == ("A", "company|sme")
    assert (found.events[0].since, found.events[0].until) == ("2019", "2022")


@pytest.mark.parametrize(
    ("key", "label"),
    [("https://x/id/area/besoksnaring", "besoksnaring"), ("urn:a#Område", "Område"), ("/", "/")],
)
def test_without_a_label_the_end_of_the_iri_stands_in(key: str, label: str) -> None:
    assert gather("x", [{"actor": key}]).actors[0].label == label


def test_a_row_of_neither_actor_nor_event_is_refused_by_number() -> None:
    with pytest.raises(NetworkError, match=r"'x', row 2: neither .* \(columns: event, label\)"):
        gather("x", [{"actor": "a"}, {"event": None, "label": "?"}])


@pytest.mark.parametrize("amount", ["25 Mkr", "nan", "inf"])
def test_an_amount_that_is_no_number_is_refused(amount: str) -> None:
    with pytest.raises(NetworkError, match=f"a in p: the amount '{amount}' is not a number"):
        gather("x", [{"actor": "a", "event": "p", "amount": amount}])
