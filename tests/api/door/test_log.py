"""The log: whole lines of JSON, nothing secret in them, and nobody waits for a reader that sleeps."""

import json
import os
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from api.door.around import around
from api.door.log import Line, Log, log
from api.door.metrics import Registry

if TYPE_CHECKING:
    from tests.api.door.conftest import Tools


def _line(**changes: object) -> Line:
    said: dict[str, object] = {
        "id": "x-1",
        "method": "GET",
        "path": "/",
        "query": b"",
        "status": 200,
        "sent": 5,
        "seconds": 0.0123,
        "address": "192.0.2.77",
        "agent": b"curl/8",
        "at": 0.0,
    }
    return Line(**{**said, **changes})  # type: ignore[arg-type]  # one dict holds texts and numbers


def _written(lines: list[Line]) -> list[str]:
    inner, outer = os.pipe()
    told = Log(True, outer)
    for line in lines:
        told.put(line)
    told.close()
    os.close(outer)
    with os.fdopen(inner, encoding="utf-8") as stream:
        return stream.read().splitlines()


def test_a_line_says_what_who_how_long_and_how_much() -> None:
    assert json.loads(_written([_line()])[0]) == {
        "time": "1970-01-01T00:00:00.000Z",
        "id": "x-1",
        "method": "GET",
        "path": "/",
        "status": 200,
        "bytes": 5,
        "ms": 12.3,
        "client": "192.0.2.0/24",
        "agent": "curl/8",
    }


def test_a_query_is_told_as_a_digest_that_is_the_same_for_the_same_query() -> None:
    one, same, other = map(
        json.loads, _written([_line(query=b"q=x"), _line(query=b"q=x"), _line(query=b"q=y")])
    )
    assert one["query"] == same["query"] != other["query"]
    assert "q=x" not in str(one)


@pytest.mark.parametrize(
    "text", ['\n{"status": 200}', "\x1b[31mred\x1b[0m", "\r\n", "\x00\x7f\x85\u2028", '"']
)
def test_nothing_from_outside_begins_a_line_or_colours_a_terminal(text: str) -> None:
    written = _written([_line(path=f"/{text}", agent=text.encode(), address=text, method=text), _line()])
    assert len(written) == 2
    assert all(" " <= sign <= "~" for line in written for sign in line)
    assert json.loads(written[0])["path"] == f"/{text}"


def test_long_texts_are_cut() -> None:
    said = json.loads(_written([_line(path="/" * 9999, agent=b"a" * 9999)])[0])
    assert (len(said["path"]), len(said["agent"])) == (500, 200)


def test_nobody_waits_for_a_reader_that_sleeps_and_the_lost_are_counted() -> None:
    inner, outer = os.pipe()
    told = Log(True, outer, held=500)
    begun = monotonic()
    for _ in range(3000):
        told.put(_line(path="/" * 400))
    assert monotonic() - begun < 1
    pieces, ended = b"", False
    while not ended:
        pieces += os.read(inner, 1 << 20)
        ended = b'"lost"' in pieces
    told.close()
    os.close(outer)
    lines = [json.loads(line) for line in pieces.splitlines()]
    lost = sum(line.get("lost", 0) for line in lines)
    assert lost and lost + sum("path" in line for line in lines) <= 3000


def test_a_request_is_told_without_its_secrets(tools: "Tools") -> None:
    inner, outer = os.pipe()
    told = Log(True, outer)
    app = around(tools.echo, tools.settings, Registry(), told)
    _, head, _ = tools.ask(
        app, path="/x", authorization="Bearer abc123", cookie="lang=sv; s=abc123", user_agent="me"
    )
    status, failed, body = tools.ask(app, path="/fault", client="2001:db8:1:2::9")
    told.close()
    os.close(outer)
    with os.fdopen(inner, encoding="utf-8") as stream:
        text = stream.read()
    well, fault, line = map(json.loads, text.splitlines())
    assert (well["id"], well["status"], well["agent"]) == (head["x-request-id"], 200, "me")
    assert (status, line["status"], line["client"]) == (500, 500, "2001:db8:1::/48")
    assert fault["id"] == failed["x-request-id"] == line["id"]
    assert fault["fault"] == ["builtins.KeyError"] and any(" echo" in each for each in fault["traceback"])
    assert line["id"].encode() in body and b"Traceback" not in body and b"KeyError" not in body
    assert "abc123" not in text and "secret-token" not in text and "192.0.2.7" not in text
    assert "content-security-policy" in failed


@pytest.mark.parametrize(
    ("setting", "quiet", "told"),
    [("json", True, True), ("none", False, False), ("auto", True, False), ("auto", False, True)],
)
def test_auto_tells_unless_a_person_looks(
    monkeypatch: pytest.MonkeyPatch, setting: str, quiet: bool, told: bool
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    assert log(setting, quiet).requests is told


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        *[("abc-1.2_3", True), ("x" * 64, True), ("x" * 65, False), ("", False), ("a b", False)],
        *[("a\n", False), ("é", False), ("../x", False)],
    ],
)
def test_a_sane_id_is_kept_and_any_other_replaced(tools: "Tools", given: str, kept: bool) -> None:
    app = around(tools.echo, tools.settings, Registry(), Log(False))
    one, two = (tools.ask(app, x_request_id=given)[1]["x-request-id"] for _ in range(2))
    assert (one == given == two) if kept else (one != given and one != two)


def test_requests_are_counted_by_kind_method_and_status(tools: "Tools") -> None:
    registry = Registry()
    app = around(tools.echo, tools.settings, registry, Log(False))
    for path in ("/id/county/05", "/wp-login.php", "/fault"):
        tools.ask(app, path=path)
    tools.ask(app, "BREW")
    text = registry.text().decode()
    for labels in (
        'kind="id",method="GET",status="2xx"',
        'kind="other",method="GET",status="5xx"',
        'kind="home",method="other",status="2xx"',
    ):
        assert f"samspel_requests_total{{{labels}}} 1" in text
    assert "samspel_requests_in_flight 0" in text
    assert 'samspel_request_seconds_count{kind="id"} 1' in text
