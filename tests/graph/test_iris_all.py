"""Each kind of IRI and address by its whole text, under our base and under another."""

import pytest

from graph.errors import TermError
from graph.iris import Addresses, Iris

OURS, OTHER = Iris(), Iris("https://a.example/")


def test_each_iri_of_another_base() -> None:
    assert OTHER.space == "https://a.example/id/"
    assert OTHER.thing("county", "05") == "<https://a.example/id/county/05>"
    assert OTHER.graph("seeds") == "<https://a.example/graph/seeds>"
    assert OTHER.endpoint() == "<https://a.example/sparql>"
    assert OTHER.dataset() == "<https://a.example/.well-known/void#dataset>"
    assert OTHER.dataset("class-Project") == "<https://a.example/.well-known/void#class-Project>"
    assert OTHER.place("dumps/1") == "<https://a.example/dumps/1>"
    assert OTHER.stored("mine") == "<https://a.example/store/mine>"
    assert OTHER.release("2026-11-29") == "https://a.example/dumps/2026-11-29"
    assert OTHER.feed() == "https://a.example/feed.atom"
    assert OTHER.reference("area-set/oms-2023") == "<https://a.example/id/area-set/oms-2023>"
    assert OTHER.digest("match", "a") == "<https://a.example/id/match/ca978112ca1bbdca>"


def test_concepts_of_our_schemes_keep_our_base() -> None:
    assert OTHER.thing("status", "planned") == OURS.thing("status", "planned")


@pytest.mark.parametrize(("kind", "key"), [("county", "a/b"), ("a/b", "05"), ("County", ""), ("county", "")])
def test_what_is_refused_is_told(kind: str, key: str) -> None:
    with pytest.raises(TermError) as refused:
        OURS.thing(kind, key)
    told = f"{kind}/{key} is not a kind and a key in plain letters, digits and - . _"
    assert str(refused.value) == told


@pytest.mark.parametrize("root", ["https://a.example", "https://a.example/", "https://a.example/#"])
def test_each_address(root: str) -> None:
    there = Addresses(root)
    assert there.at("/x") == "https://a.example/x"
    assert there.catalog == "https://a.example/catalog"
    assert there.named("series") == "https://a.example/catalog#series"
    assert there.dump("1") == "https://a.example/dumps/1/"
    assert there.dump("1", "all.nt.gz") == "https://a.example/dumps/1/all.nt.gz"
