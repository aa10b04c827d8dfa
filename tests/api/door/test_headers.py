"""Headers of every answer: strict, kept when the answer says its own, and HSTS over https only."""

from typing import TYPE_CHECKING

import pytest
from starlette.types import Receive, Scope, Send

from api.door.headers import DATA_POLICY, POLICY, Headers, guarded

if TYPE_CHECKING:
    from tests.api.door.conftest import Tools


def test_a_page_may_use_our_own_files_only(tools: "Tools") -> None:
    status, head, _ = tools.ask(Headers(tools.echo))
    assert (status, head["content-security-policy"]) == (200, POLICY)
    assert head["x-content-type-options"] == "nosniff"
    assert head["referrer-policy"] == "same-origin"
    assert head["cross-origin-opener-policy"] == head["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=()" in head["permissions-policy"]


@pytest.mark.parametrize("policy", [POLICY, DATA_POLICY])
def test_policies_begin_with_nothing_and_allow_nothing_unsafe(policy: str) -> None:
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


def test_data_run_nothing_and_may_be_read_by_programs_of_other_sites() -> None:
    head = dict(guarded([(b"content-type", b"text/turtle")], "/data/county/05.ttl", secure=False))
    assert head[b"content-security-policy"] == DATA_POLICY.encode()
    assert head[b"cross-origin-resource-policy"] == b"cross-origin"
    file = dict(guarded([(b"content-type", b"text/css")], "/static/samspel.css", secure=False))
    assert file[b"cross-origin-resource-policy"] == b"same-origin"


def test_what_an_answer_says_itself_stays_and_is_said_once(tools: "Tools") -> None:
    async def own(scope: Scope, receive: Receive, send: Send) -> None:
        head = [(b"content-security-policy", b"sandbox"), (b"content-type", b"text/html")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body"})

    assert tools.ask(Headers(own))[1]["content-security-policy"] == "sandbox"
    names = [name for name, _ in guarded([(b"x-content-type-options", b"nosniff")], "/", secure=True)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("client", "there"), [("192.0.2.7", False), ("https 192.0.2.7", True)])
def test_https_is_asked_for_by_https_only(tools: "Tools", client: str, there: bool) -> None:
    head = tools.ask(Headers(tools.echo), client=client)[1]
    assert ("strict-transport-security" in head) is there


def test_an_answer_that_nothing_has_changed_leaves_the_headers_that_a_browser_has_kept(
    tools: "Tools",
) -> None:
    async def same(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", b"x")]})
        await send({"type": "http.response.body"})

    status, head, _ = tools.ask(Headers(same))
    assert status == 304 and "content-security-policy" not in head
