"""Tokens of SPARQL: strings, IRIs and comments are no code; the order of variables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sparql_tokens import form, in_order, star, tokens


def words(text: str) -> list[str]:
    """Return the words of a text that may be keywords."""
    return [token.word for token in tokens(text) if token.word]


@pytest.mark.parametrize(
    "text",
    [
        '"SERVICE"',
        "'SERVICE'",
        '"""a " SERVICE\n"""',
        "'''a ' SERVICE\n'''",
        '"\\" SERVICE"',
        "<urn:SERVICE>",
        "<urn:\\u0041#SERVICE>",
        "# SERVICE",
        "?SERVICE",
        "$service",
        "ex:SERVICE",
        "SERVICE:x",
        ":SERVICE",
    ],
)
def test_what_is_no_keyword_is_not_taken_for_one(text: str) -> None:
    assert "SERVICE" not in words(text)


@pytest.mark.parametrize(
    "text", ["SERVICE", "service", "{SERVICE<urn:x>", '"a"SERVICE', "#x\nSERVICE", "}SERVICE?x"]
)
def test_a_keyword_is_seen(text: str) -> None:
    assert "SERVICE" in words(text)


@given(st.text())
def test_any_text_comes_apart_without_loss(text: str) -> None:
    found = list(tokens(text))
    assert all(text[token.at : token.at + len(token.text)] == token.text for token in found)


def test_the_form_and_the_star_are_found() -> None:
    found = list(tokens("PREFIX a: <urn:a> # ASK\nSELECT DISTINCT * { ?b ?a 1 * 2 }"))
    assert form(found) == "SELECT"
    asterisk = star(found)
    assert asterisk is not None and asterisk.at == 40
    assert star(list(tokens("SELECT ?x (COUNT(*) AS ?n) {}"))) is None
    assert in_order(found, ["a", "b"]) == ["b", "a"]
