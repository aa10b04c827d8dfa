"""Writes in a child process: who may, what a kill leaves, two writers, a full disk, limits."""

import asyncio
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import pytest

from api import edits
from api.settings import Settings
from api.write_request import Request
from api.writing import Outcome, Writing, authorised, refusal, secret
from graph.generations import Home
from graph.iris import Iris

INSERT = b"INSERT DATA { <x:a> <x:p> 1 }"
DRAWN = random.Random(5)  # noqa: S311  # the same moments each time
Job = Callable[[Writing], Awaitable[Any]]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds one edit and what follows from nothing, to be copied."""
    folder = tmp_path_factory.mktemp("small") / "store"
    edits.update(Home(folder), Iris(), "INSERT DATA { <x:old> <x:p> 1 }")
    return folder


@pytest.fixture
def home(small: Path, tmp_path: Path) -> Home:
    """A copy of the small store that a test may write to."""
    return Home(Path(shutil.copytree(small, tmp_path / "store")))


def _run(settings: Settings, job: Job) -> tuple[Any, list[int]]:
    """Run a job with a Writing; return its result and the generations that were published."""
    published: list[int] = []

    async def publish() -> None:
        published.append(Home(settings.store).current() or 0)

    async def go() -> Any:
        writing = Writing(settings, publish)
        try:
            return await job(writing)
        finally:
            await writing.close()

    return asyncio.run(go()), published


def _settings(home: Home, **more: Any) -> Settings:
    return Settings(store=home.folder, token="tökén", **more)  # noqa: S106  # of this test only


def _leftovers(home: Home) -> list[str]:
    served = f"{home.current():06d}"
    drafts = [
        place.name
        for place in (home.folder / "generations").iterdir()
        if not (place / "manifest.json").exists()
    ]
    assert served not in drafts
    return drafts + [path.name for path in home.folder.glob("CURRENT.new")]


@pytest.mark.parametrize(
    ("sent", "token", "status"),
    [
        ([], b"Qx7", 401),
        ([(b"authorization", b"Bearer wrong")], b"Qx7", 401),
        ([(b"authorization", b"Bearer")], b"Qx7", 401),
        ([(b"authorization", b"Basic Qx7")], b"Qx7", 401),
        ([(b"authorization", "Bearer tökén".encode("latin-1"))], "tökén".encode(), 401),
        ([(b"authorization", b"Bearer \xff\xfe\x00")], b"Qx7", 401),
        ([(b"authorization", b"Bearer Qx7"), (b"authorization", b"Bearer Qx7")], b"Qx7", 401),
        ([(b"authorization", b"Bearer Qx7")], None, 403),
        ([(b"authorization", b"Bearer ")], None, 403),
        ([(b"Authorization", b"bearer  Qx7 ")], b"Qx7", None),
        ([(b"authorization", "Bearer tökén".encode())], "tökén".encode(), None),
    ],
)
def test_only_the_token_opens(
    sent: list[tuple[bytes, bytes]], token: bytes | None, status: int | None
) -> None:
    denied = authorised(sent, token)
    assert (denied and denied.status) == status
    if denied is not None:
        answer = refusal(denied)
        assert ("www-authenticate" in answer.headers) == (status == 401)
        assert token is None or token not in bytes(answer.body)


def test_the_token_is_a_secret(home: Home) -> None:
    settings = _settings(home)
    assert secret(settings) == "tökén".encode()
    assert secret(Settings(store=home.folder)) is None
    assert "tökén" not in f"{settings!r} {settings.items()}"
    assert ("token", "SAMSPEL_TOKEN", "set") in settings.items()
    assert ("token", "SAMSPEL_TOKEN", "not set") in Settings(store=home.folder).items()


def test_a_write_is_published_before_it_is_answered_and_the_child_knows_no_token(home: Home) -> None:
    async def job(writing: Writing) -> tuple[Outcome, bytes, bytes]:
        writing.warm()
        assert writing._next is not None
        child = cast("asyncio.subprocess.Process", await writing._next).pid
        told = Path(f"/proc/{child}/cmdline").read_bytes(), Path(f"/proc/{child}/environ").read_bytes()
        return (await writing.update(INSERT), *told)

    (outcome, arguments, environment), published = _run(_settings(home), job)
    assert outcome == Outcome(200, "1 quads came, 0 went; generation 2 is in service.", False, 2)
    assert published == [2]
    assert "tökén".encode() not in arguments + environment
    assert home.verify() == []


def test_writes_wait_for_each_other(home: Home) -> None:
    async def job(writing: Writing) -> list[Outcome]:
        texts = [f"INSERT DATA {{ <x:{n}> <x:p> 1 }}".encode() for n in range(2)]
        return list(await asyncio.gather(*map(writing.update, texts)))

    outcomes, published = _run(_settings(home), job)
    assert [outcome.status for outcome in outcomes] == [200, 200]
    assert sorted(outcome.generation for outcome in outcomes) == published == [2, 3]
    assert home.manifest().graphs[f"{Iris().base}graph/edits"].count == 3


def test_too_many_writes_do_not_wait(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.writing.WAITING", 0)
    monkeypatch.setattr("api.writing.PATIENCE", 0.01)

    async def job(writing: Writing) -> tuple[Outcome, Outcome]:
        await writing._turn.acquire()
        waits = asyncio.create_task(writing.update(INSERT))
        while not writing._waiting:
            await asyncio.sleep(0)
        refused = await writing.update(INSERT)
        waited = await waits
        writing._turn.release()
        return refused, waited

    (refused, waited), published = _run(_settings(home), job)
    assert (refused.status, waited.status, published) == (503, 503, [])
    assert "wait already" in refused.sentence
    assert "Other writes took more" in waited.sentence
    assert refused.response().headers["retry-after"] == "5"


def test_another_process_that_writes_is_named(home: Home) -> None:
    with home.draft():
        outcome, published = _run(_settings(home), lambda writing: writing.update(INSERT))
    assert (outcome.status, published) == (503, [])
    assert f"process {os.getpid()} is writing to this store" in outcome.sentence


def test_what_takes_too_long_is_broken_off_and_nothing_changes(home: Home) -> None:
    slow = "INSERT { ?a <x:q> ?e } WHERE { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(4)) + " }"
    outcome, published = _run(_settings(home, write_seconds=1), lambda writing: writing.update(slow.encode()))
    assert (outcome.status, published) == (503, [])
    assert outcome.sentence == "The write took more than 1 seconds and was broken off; nothing was changed."
    assert (home.current(), _leftovers(home), home.verify()) == (1, [], [])


def test_what_takes_too_much_memory_ends_alone(home: Home) -> None:
    doubling = (
        "INSERT { <x:a> <x:p> ?z40 } WHERE { BIND('"
        + "x" * 1000
        + "' AS ?z0) "
        + " ".join(f"BIND(CONCAT(?z{n}, ?z{n}) AS ?z{n + 1})" for n in range(40))
        + " }"
    )
    outcome, _ = _run(_settings(home, write_memory_mb=900), lambda writing: writing.update(doubling.encode()))
    assert outcome.status in (413, 500)
    assert "memory" in outcome.sentence or "900 MB" in outcome.sentence
    assert (home.current(), _leftovers(home), home.verify()) == (1, [], [])


def test_the_child_reaches_no_other_machine() -> None:
    code = (
        "import socket; from api.confine import limit_memory, no_sockets; assert no_sockets(); "
        "limit_memory(1 << 30); a, b = socket.socketpair()\n"
        "for family in (socket.AF_INET, socket.AF_INET6):\n"
        "    try: socket.socket(family)\n"
        "    except PermissionError: print('refused')\n"
        "try: bytearray(2 << 30)\n"
        "except MemoryError: print('too much')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n") == ["refused", "refused", "too much", ""]


@pytest.mark.parametrize("moment", [DRAWN.uniform(0, 0.6) for _ in range(3)])
def test_a_kill_leaves_the_old_or_the_new_whole(home: Home, moment: float) -> None:
    request = json.dumps(asdict(Request(str(home.folder), Iris().base, "update"))).encode() + b"\n"
    child = subprocess.Popen(
        [sys.executable, "-m", "api.write_child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child.stdin, child.stdout:
        child.stdin.write(request + INSERT)
        child.stdin.close()
        while not (home.folder / "generations" / "000002").exists():
            assert child.poll() is None
        time.sleep(moment)  # the moment of the kill is what is tried, nothing is waited for
        child.kill()
        child.wait()
    number = home.current()
    assert number in (1, 2)
    assert home.verify() == []
    said = any(line.startswith("<x:a>") for line in home.open().lines())
    assert said == (number == 2)
    done = edits.update(home, Iris(), "INSERT DATA { <x:b> <x:p> 1 }")
    assert (done.generation, _leftovers(home)) == (number + 1, [])


@pytest.fixture
def tight(small: Path, tmp_path: Path) -> Iterator[Home]:
    """A store on a disk that has hardly any room left."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("no disk of a few MB could be mounted: this test needs root")
    try:
        yield Home(Path(shutil.copytree(small, place / "store")))
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_the_old_generation_serves(tight: Home) -> None:
    rows = " . ".join(f"<x:{n}> <x:p> '{os.urandom(500).hex()}'" for n in range(9_000))
    text = f"INSERT DATA {{ {rows} }}".encode()

    async def job(writing: Writing) -> tuple[Outcome, Outcome]:
        return await writing.update(text), await writing.update(INSERT)

    (full, after), published = _run(_settings(tight), job)
    assert full.status == 507, full
    assert "No space left on device" in full.sentence
    assert "What was in service stays" in full.sentence
    assert (after.status, published) == (200, [2])
    assert (_leftovers(tight), tight.verify()) == ([], [])
