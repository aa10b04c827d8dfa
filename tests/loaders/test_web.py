"""Addresses of the web: what is asked for, where redirects may lead, and what is never said."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders.errors import FetchError
from loaders.fetching import fetch
from loaders.web import Guard, address, onward, opened, shown

if TYPE_CHECKING:
    from tests.loaders.conftest import Get, Server, Step

Lies = Callable[[], set[str]]


def status(code: int, **headers: str) -> "Step":
    return lambda handler: handler.answer(code, b"no", **headers)


def sends_to(location: str) -> "Step":
    return lambda handler: handler.answer(302, Location=location)


def test_redirects_are_followed(server: "Server", get: "Get") -> None:
    url = server.plays(sends_to("/b"), sends_to("c?key=secret"), server.whole)
    found = get(url)
    assert [asked["path"] for asked in server.asked] == ["/data/latest_SE.csv", "/b", "/c?key=secret"]
    assert (found.final_url, found.path.name[-13:]) == (server.at("c?…"), "latest_SE.csv")


def test_redirects_in_a_circle_are_refused(server: "Server", get: "Get") -> None:
    with pytest.raises(FetchError, match="go round in a circle"):
        get(server.plays(sends_to("/b"), sends_to("/data/latest_SE.csv")))
    assert len(server.asked) == 2


def test_too_many_redirects_are_refused(server: "Server", get: "Get") -> None:
    steps = [sends_to(f"/{number}") for number in range(9)]
    with pytest.raises(FetchError, match="more than 5 redirects"):
        get(server.plays(*steps))
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("file:///etc/passwd", "cannot be fetched"),
        ("ftp://example.org/x", "cannot be fetched"),
        ("https://name:word@example.org/", "holds a user name or a password"),
        ("", "without saying where"),
    ],
)
def test_a_redirect_out_of_the_web_is_refused(
    server: "Server", get: "Get", location: str, message: str
) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        get(server.plays(sends_to(location)))
    assert "word" not in str(caught.value).replace("password", "")


def test_a_step_down_to_http_is_refused_and_a_step_up_is_not() -> None:
    with pytest.raises(FetchError, match=r"from https down to http://x\.org/b"):
        onward(["https://x.org/a"], "http://x.org/b")
    assert onward(["http://x.org/a"], "https://x.org/b") == "https://x.org/b"
    assert onward(["https://x.org/a/b"], "c d") == "https://x.org/a/c%20d"


@pytest.mark.parametrize(
    "peer", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%1"]
)
def test_a_public_address_leads_to_no_private_one(peer: str) -> None:
    guard = Guard()
    guard.meet(peer)
    guard.meet("193.10.1.1")
    with pytest.raises(FetchError, match="leads to the private one"):
        guard.meet(peer)


def test_a_private_place_is_refused_before_it_is_asked(server: "Server") -> None:
    with (
        pytest.raises(FetchError, match="private"),
        opened(server.plays(server.whole), {}, 5.0, Guard(public=True)),
    ):
        pytest.fail("it was opened")
    assert server.asked == []


def test_behind_a_proxy_names_are_judged() -> None:
    guard = Guard()
    guard.meet_name("cordis.europa.eu")
    for host in ("localhost", "127.0.0.1"):
        with pytest.raises(FetchError, match="private"):
            guard.meet_name(host)


def test_a_proxy_is_asked_with_its_own_key(
    server: "Server", get: "Get", monkeypatch: pytest.MonkeyPatch
) -> None:
    server.plays(server.whole)
    monkeypatch.setenv("http_proxy", server.at("").replace("//", "//ann:word@"))
    assert get("http://data.example/x.csv").sha256 == server.sha
    assert server.asked[0]["path"] == "http://data.example/x.csv"
    assert server.asked[0]["proxy-authorization"] == "Basic YW5uOndvcmQ="


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://x.org:8443/a?b=c#d", "https://x.org:8443/a?b=c"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("https://länet.se/å b.csv".replace(" ", "%20"), "https://xn--lnet-loa.se/%C3%A5%20b.csv"),
    ],
)
def test_an_address_is_asked_for_in_one_form(url: str, asked: str) -> None:
    assert address(url) == asked
    assert address(asked) == asked


@pytest.mark.parametrize(
    "url",
    [
        "https://ann:word@x.org/",
        "https://word@x.org/",
        "https://ann:w/word@x.org/",
        "ftp://ann:word@x.org/",
        "https://x.org:port/",
        "https:///word",
        "x.csv",
        "file:///word",
        "http://x.org/a\r\nHost: word",
        "http://x.org/a b",
        "http://a..b/",
        "http://[::1/",
        "",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(url, tmp_path / "none")
    assert not re.search(r"\bann\b|:word\b|\bword@", str(caught.value))
    assert not (tmp_path / "none").exists()


def test_no_key_in_a_query_is_written_or_said(server: "Server", get: "Get", tmp_path: Path) -> None:
    server.plays(server.whole, status(404))
    url = server.at("export.csv?token=hush")
    assert "hush" not in repr(get(url))
    with pytest.raises(FetchError) as caught:
        get(url)
    written = "".join(p.name + p.read_text("utf-8") for p in tmp_path.glob("*.json"))
    assert "hush" not in written + str(caught.value)
    assert shown(url) == server.at("export.csv?…")
