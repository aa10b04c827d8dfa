"""The cache of fetched files: names, facts that are believed, and a place that cannot be written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders.cached import Place, safe
from loaders.errors import FetchError
from loaders.fetching import fetch
from loaders.web import address

if TYPE_CHECKING:
    from tests.loaders.conftest import Get, Server

Lies = Callable[[], set[str]]


@pytest.mark.parametrize("spoil", ["file", "facts", "list"])
def test_a_spoilt_cache_is_not_believed(server: "Server", get: "Get", spoil: str) -> None:
    url = server.plays(server.whole)
    path = get(url).path
    facts = path.with_name(f"{path.name}.facts.json")
    if spoil == "file":
        path.write_bytes(b"X" + server.body[1:])
    else:
        facts.write_text("{" if spoil == "facts" else "[]", "utf-8")
    assert get(url).path.read_bytes() == server.body
    assert "if-none-match" not in server.asked[1]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("å ä.csv", "-.csv".lstrip("-.")),
        ("", "file"),
        ("..", "file"),
        ("x" * 300 + ".zip", "x" * 76 + ".zip"),
    ],
)
def test_a_name_in_the_cache_is_safe(name: str, kept: str) -> None:
    assert safe(name).endswith(kept) and len(safe(name)) <= 80
    assert "/" not in safe(name) and not safe(name).startswith(".")


def test_names_tell_addresses_apart_and_keep_the_form(server: "Server", get: "Get") -> None:
    server.plays(lambda h: h.answer(200, b"{}", **{"Content-Type": "application/json"}))
    paths = [get(server.at(path)).path for path in ("a/x.csv", "b/x.csv", "x?id=1", "x?id=2")]
    assert len(set(paths)) == 4
    assert [path.suffix for path in paths] == [".csv", ".csv", ".json", ".json"]


def test_a_cache_that_cannot_be_written_is_a_sentence(server: "Server", tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FetchError, match=r"the cache cannot be written: .*Name another with --cache DIR"):
        fetch(server.plays(server.whole), tmp_path / "file" / "x")


def test_facts_that_name_another_place_are_kept_inside(server: "Server", get: "Get", tmp_path: Path) -> None:
    url = server.plays(server.whole)
    facts = tmp_path / f"{get(url).path.name}.facts.json"
    outside = tmp_path.parent / "outside.csv"
    outside.write_bytes(server.body)
    facts.write_text(json.dumps(json.loads(facts.read_text("utf-8")) | {"file": "../outside.csv"}), "utf-8")
    assert Place(tmp_path, address(url)).kept() is None
