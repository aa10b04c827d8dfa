"""`samspel fetch`: the path on stdout, talk on stderr, and the exit codes of the house."""

import hashlib
import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from api import cli
from loaders import run
from loaders.sources import seeds

BODY = b"id;name\n1;Norden\n"
SHA = hashlib.sha256(BODY).hexdigest()
Samspel = Callable[..., tuple[int, str, str]]


class Handler(BaseHTTPRequestHandler):
    """Has one file."""

    def do_GET(self) -> None:
        """Send the file, 304 when the asker has it, 404 for any other."""
        here = self.path.startswith("/projects.csv")
        has = self.headers.get("If-None-Match") == '"one"'
        self.send_response(404 if not here else 304 if has else 200)
        if here and not has:
            self.send_header("Content-Length", str(len(BODY)))
            self.send_header("Content-Type", "text/csv")
            self.send_header("ETag", '"one"')
        self.end_headers()
        if here and not has:
            self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server with one file."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = False
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_address[1]}"
        finally:
            httpd.shutdown()
            thread.join(10)


@pytest.fixture
def samspel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Samspel:
    """Run the command as its entry point does, with a cache of its own."""

    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setenv("SAMSPEL_CACHE", str(tmp_path / "cache"))
        monkeypatch.setattr(sys, "argv", ["samspel", *args])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return run


@pytest.fixture
def official(monkeypatch: pytest.MonkeyPatch, server: str) -> None:
    """Let one source have an official file, another two."""
    known = {
        "seeds": replace(seeds.SOURCE, download=(f"{server}/projects.csv",)),
        "both": replace(seeds.SOURCE, download=(f"{server}/projects.csv", f"{server}/projects.csv?id=2")),
        "plain": replace(seeds.SOURCE, download=()),
    }
    monkeypatch.setattr(run, "every", lambda: known)


def test_the_path_is_printed_and_the_facts_are_talk(samspel: Samspel, server: str, tmp_path: Path) -> None:
    code, out, err = samspel("fetch", f"{server}/projects.csv")
    path = Path(out.strip())
    assert (code, path.parent, path.read_bytes()) == (0, tmp_path / "cache", BODY)
    assert err == f"Fetched: {len(BODY)} bytes from {server}/projects.csv, sha256 {SHA}\n"
    assert samspel("fetch", f"{server}/projects.csv") == (0, out, err.replace("Fetched", "Unchanged"))
    assert samspel("fetch", f"{server}/projects.csv", "--quiet") == (0, out, "")


def test_the_facts_in_json(samspel: Samspel, server: str) -> None:
    told = json.loads(samspel("fetch", f"{server}/projects.csv", "--json")[1])
    path = told.pop("path")
    url = f"{server}/projects.csv"
    assert path.endswith("-projects.csv")
    assert told == {
        "url": url,
        "final_url": url,
        "sha256": SHA,
        "size": len(BODY),
        "etag": '"one"',
        "last_modified": None,
        "fresh": True,
        "media_type": "text/csv",
    }


def test_a_cache_is_named_by_a_flag(samspel: Samspel, server: str, tmp_path: Path) -> None:
    out = samspel("fetch", f"{server}/projects.csv", "--cache", str(tmp_path / "other"))[1]
    assert Path(out.strip()).parent == tmp_path / "other"
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("official")
def test_a_source_has_its_official_file(samspel: Samspel, server: str) -> None:
    code, out, _ = samspel("fetch", "seeds")
    assert (code, Path(out.strip()).read_bytes()) == (0, BODY)
    other = samspel("fetch", "plain", "--url", f"{server}/projects.csv?id=2")
    assert other[0] == 0 and other[1] != out


@pytest.mark.usefixtures("official")
def test_each_official_file_is_fetched_and_its_path_printed(samspel: Samspel, server: str) -> None:
    code, out, err = samspel("fetch", "both")
    paths = [Path(line) for line in out.splitlines()]
    assert (code, len(set(paths)), err.count("Fetched: ")) == (0, 2, 2)
    assert [path.read_bytes() for path in paths] == [BODY, BODY]
    told = json.loads(samspel("fetch", "both", "--json")[1])
    assert [each["path"] for each in told] == out.splitlines()
    assert [each["url"] for each in told] == [f"{server}/projects.csv", f"{server}/projects.csv?…"]
    assert samspel("fetch", "both", "--url", f"{server}/projects.csv")[1] == f"{paths[0]}\n"


@pytest.mark.usefixtures("official")
def test_a_checksum_is_of_one_file(samspel: Samspel, server: str) -> None:
    code, out, err = samspel("fetch", "both", "--sha256", SHA)
    assert (code, out) == (2, "")
    assert f"has 2 official files, and a checksum is of one; name its address: samspel fetch {server}" in err


@pytest.mark.usefixtures("official")
def test_a_source_without_a_file_is_wrongly_asked(samspel: Samspel) -> None:
    assert samspel("fetch", "plain") == (
        2,
        "",
        (
            "samspel: Source 'plain' has no official file to fetch; "
            "name an address: samspel fetch plain --url URL\n"
        ),
    )
    assert (
        samspel("fetch", "none")[2] == "samspel: There is no source 'none'; there are both, plain, seeds.\n"
    )


@pytest.mark.usefixtures("official")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["https://ann:hush@x.org/a.csv"], "holds a user name or a password"),
        (["ftp://x.org/a.csv"], "an address with http:// or https:// is expected"),
        (["https://x.org/a.csv", "--url", "https://x.org/b.csv"], "Two addresses are given"),
        (["https://x.org/a.csv", "--sha256", "abc"], "'abc' is no sha256: 64 hexadecimal digits"),
        (["https://x.org/a.csv", "--cache", "https://x.org"], "cache is 'https://x.org': name a folder"),
        (["seeds", "--url", "a.csv"], "an address with http:// or https:// is expected"),
    ],
)
def test_what_is_wrongly_asked_ends_with_2(samspel: Samspel, args: list[str], message: str) -> None:
    code, out, err = samspel("fetch", *args)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err and "hush" not in err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["/none.csv"], "the server answers 404: there is no such file"),
        (["/projects.csv", "--sha256", "0" * 64], f"the file has the sha256 {SHA}, expected 0000"),
        (["/projects.csv", "--limit", "3"], "at most 3 are taken. Raise it with --limit BYTES."),
    ],
)
def test_what_cannot_be_had_ends_with_1(samspel: Samspel, server: str, args: list[str], message: str) -> None:
    code, out, err = samspel("fetch", server + args[0], *args[1:])
    assert (code, out) == (1, "")
    assert message in err


def test_a_limit_is_a_number_of_bytes(samspel: Samspel, server: str) -> None:
    code, out, err = samspel("fetch", f"{server}/projects.csv", "--limit", "0")
    assert (code, out) == (2, "") and "Usage: samspel fetch" in err


@pytest.mark.parametrize(("quiet", "shown"), [([], True), (["--quiet"], False)])
def test_progress_is_shown_on_a_terminal_only(
    samspel: Samspel,
    server: str,
    terminal: Any,
    monkeypatch: pytest.MonkeyPatch,
    quiet: list[str],
    shown: bool,
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert samspel("fetch", f"{server}/projects.csv", *quiet)[0] == 0
    assert ("17/17 bytes" in "".join(terminal.written)) == shown
