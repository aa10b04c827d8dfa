"""Every IRI of ours has one form; what cannot be a kind or a key is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import TermError
from graph.iris import Iris
from graph.terms import text

KINDS = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6}){0,2}", fullmatch=True)
KEYS = st.from_regex(r"[A-Za-z0-9]{1,6}([._-][A-Za-z0-9]{1,6}){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("kind", "key", "wanted"),
    [
        ("county", "05", "<https://w3id.org/samspel/id/county/05>"),
        ("nuts", "SE12", "<https://w3id.org/samspel/id/nuts/SE12>"),
        ("area-set", "oms-2023", "<https://w3id.org/samspel/id/area-set/oms-2023>"),
        ("participation", "skiss.a-b.owner", "<https://w3id.org/samspel/id/participation/skiss.a-b.owner>"),
    ],
)
def test_a_thing_is_named_by_kind_and_key(kind: str, key: str, wanted: str) -> None:
    assert Iris().thing(kind, key) == wanted


@given(KINDS, KEYS)
def test_a_reference_leads_to_the_thing(kind: str, key: str) -> None:
    assert Iris().reference(f"{kind}/{key}") == Iris().thing(kind, key)


@pytest.mark.parametrize("kind", ["", "County", "area_set", "län", "a--b", "-a", "a/b", "county\n"])
def test_a_bad_kind_is_refused(kind: str) -> None:
    with pytest.raises(TermError, match="is not a kind and a key in plain letters"):
        Iris().thing(kind, "05")


@pytest.mark.parametrize(
    "key", ["", "östergötland", "a b", "a/b", "..", "a..b", "-a", "a.", "a#b", "a?b", "05\n"]
)
def test_a_bad_key_is_refused(key: str) -> None:
    with pytest.raises(TermError, match="is not a kind and a key in plain letters"):
        Iris().thing("county", key)


@pytest.mark.parametrize(
    "reference", ["", "county", "county/", "/05", "county/05/x", "https://example.org/x"]
)
def test_a_bad_reference_is_refused(reference: str) -> None:
    with pytest.raises(TermError, match="is not a kind and a key"):
        Iris().reference(reference)


def test_a_graph_is_named_by_its_source() -> None:
    assert Iris().graph("s3_areas") == "<https://w3id.org/samspel/graph/s3_areas>"
    with pytest.raises(TermError):
        Iris().graph("two words")


def test_another_base_moves_every_iri() -> None:
    iris = Iris("http://127.0.0.1:8000/")
    found = [
        iris.thing("county", "05"),
        iris.graph("seeds"),
        iris.digest("statement", "a"),
        iris.reference("a/b"),
    ]
    assert all(term.startswith("<http://127.0.0.1:8000/") for term in found)


def test_a_digest_is_the_same_on_every_machine() -> None:
    assert Iris().digest("statement", "a", "b") == "<https://w3id.org/samspel/id/statement/f04cdced9736a69d>"


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=2, max_size=4, unique=True))
def test_a_digest_tells_its_parts_and_their_order_apart(values: list[str]) -> None:
    parts = [text(value) for value in values]
    assert Iris().digest("match", *parts) == Iris().digest("match", *parts)
    assert Iris().digest("match", *parts) != Iris().digest("match", *reversed(parts))
    assert Iris().digest("match", *parts) != Iris().digest("match", "".join(parts))
