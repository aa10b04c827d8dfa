"""Other sites may read, and only read."""

from typing import TYPE_CHECKING

import pytest
from starlette.types import Receive, Scope, Send

from api.door.cors import Cors

if TYPE_CHECKING:
    from tests.api.door.conftest import Tools

OPEN = "access-control-allow-origin"


@pytest.mark.parametrize(
    ("method", "path", "media", "is_open"),
    [
        ("GET", "/data/county/05.ttl", "", True),
        ("HEAD", "/", "", True),
        ("GET", "/metrics", "", False),
        ("POST", "/sparql", "application/sparql-query", True),
        ("POST", "/sparql", "application/sparql-query; charset=utf-8", True),
        ("POST", "/sparql", "application/x-www-form-urlencoded", True),
        ("POST", "/sparql", "application/sparql-update", False),
        ("POST", "/sparql", "", False),
        ("POST", "/store", "text/turtle", False),
        ("PUT", "/store", "text/turtle", False),
        ("DELETE", "/store", "", False),
        ("POST", "/api/queries", "application/sparql-query", False),
    ],
)
def test_reads_are_open_and_writes_are_not(
    tools: "Tools", method: str, path: str, media: str, is_open: bool
) -> None:
    head = tools.ask(Cors(tools.echo), method, path, content_type=media)[1]
    assert (head.get(OPEN) == "*") is is_open
    assert ("ETag" in head.get("access-control-expose-headers", "")) is is_open
    assert "access-control-allow-credentials" not in head


def test_a_form_that_is_taken_as_an_update_is_not_open(tools: "Tools") -> None:
    async def update(scope: Scope, receive: Receive, send: Send) -> None:
        scope["writes"] = True
        await tools.echo(scope, receive, send)

    head = tools.ask(Cors(update), "POST", "/sparql", content_type="application/x-www-form-urlencoded")[1]
    assert OPEN not in head


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        *[("/sparql", "POST", 204), ("/sparql", "GET", 204), ("/data/county/05.ttl", "GET", 204)],
        *[("/", "POST", 403), ("/store", "GET", 204), ("/store", "PUT", 403), ("/sparql", "DELETE", 403)],
    ],
)
def test_preflights_allow_reads_only(tools: "Tools", path: str, asked: str, status: int) -> None:
    got, head, body = tools.ask(
        Cors(tools.echo), "OPTIONS", path, origin="https://example.org", access_control_request_method=asked
    )
    assert got == status
    assert (head.get(OPEN) == "*") is (status == 204)
    allowed = head.get("access-control-allow-headers", "")
    assert "Authorization" not in allowed and ("Content-Type" in allowed) is (status == 204)
    assert (asked in head["access-control-allow-methods"]) if status == 204 else (asked.encode() in body)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/sparql", "GET, HEAD, POST, OPTIONS"),
        ("/store", "GET, HEAD, POST, PUT, DELETE, OPTIONS"),
        ("/storey", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_tell_the_methods_of_a_path(tools: "Tools", path: str, allowed: str) -> None:
    status, head, body = tools.ask(Cors(tools.echo), "OPTIONS", path)
    assert (status, head["allow"], body) == (204, allowed, b"")
