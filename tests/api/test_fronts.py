"""Several fronts on one port: all answer, one that breaks is begun again, and none outlives its keeper."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from api import fronts
from api.settings import Settings, SettingsError
from benchmarks.processes import free_port
from graph.generations import Home

FRONT = """
import os
from api import fronts
with fronts.inherited() as door:
    while True:
        connection, _ = door.accept()
        connection.sendall(b"%d" % os.getpid())
        if connection.recv(10) == b"break":
            os._exit(3)
        connection.close()
"""
KEEPER = """
import sys
from api import fronts
fronts._SOON = float(sys.argv[2])
fronts.keep(fronts.opened("127.0.0.1", int(sys.argv[1]), 2), (sys.executable, "-c", sys.argv[3]))
"""


@contextmanager
def keeping(port: int, soon: float = 0.0, front: str = FRONT) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a keeper of two small fronts."""
    command = (sys.executable, "-c", KEEPER, str(port), str(soon), front)
    with subprocess.Popen(command, stderr=subprocess.PIPE) as keeper:
        try:
            yield keeper
        finally:
            keeper.kill()


def asked(port: int, word: bytes = b"-") -> int:
    """Return the process that answers a new connection; it waits until there is a door."""
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 30) as connection:
                process = int(connection.recv(20))
                connection.sendall(word)
                return process
        except (ConnectionError, ValueError):
            continue


def both(port: int) -> set[int]:
    """Return the processes of both fronts: the system gives connections now to one, now to the other."""
    found: set[int] = set()
    while len(found) < 2:
        found.add(asked(port))
    return found


def alive(process: int) -> bool:
    """Tell whether a process runs that is not ours to wait for."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_two_answer_and_one_that_breaks_is_begun_again() -> None:
    port = free_port()
    with keeping(port) as keeper:
        before = both(port)
        assert asked(port, b"break") in before
        after: set[int] = set()
        while not after - before:
            after.add(asked(port))
        keeper.terminate()
        assert keeper.wait(30) == 0
        assert not any(alive(each) for each in before | after)


def test_fronts_end_with_a_keeper_that_was_killed() -> None:
    port = free_port()
    with keeping(port) as keeper:
        found = both(port)
        keeper.kill()
        while any(alive(each) for each in found):
            pass


def test_a_front_that_cannot_begin_ends_all_with_a_sentence() -> None:
    with keeping(free_port(), 60, "raise SystemExit(7)") as keeper:
        _, said = keeper.communicate(timeout=60)
        assert keeper.returncode == 1
        assert b"A front ended with code 7 as it began; see what it said." in said


def test_a_port_of_another_is_not_shared() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(OSError, match="in use"):
        fronts.opened("127.0.0.1", int(other.getsockname()[1]), 2)


def test_what_several_fronts_cannot_do_is_refused() -> None:
    fronts.hold(Settings(store=Path(), fronts=2))
    fronts.hold(Settings(store=Path(), token="secret"))  # noqa: S106  # of nothing
    with pytest.raises(SettingsError, match=r"fronts is 2 and SAMSPEL_TOKEN is set: .* Set one of the two\."):
        fronts.hold(Settings(store=Path(), fronts=2, token="secret"))  # noqa: S106


@pytest.mark.parametrize(("workers", "many", "each"), [(4, 2, 2), (4, 3, 1), (1, 4, 1)])
def test_each_has_its_part_of_the_workers(workers: int, many: int, each: int) -> None:
    assert fronts.part(Settings(store=Path(), workers=workers, fronts=many)).workers == each


def test_the_server_runs_with_two(built: Home) -> None:
    port = free_port()
    command = (sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", str(port))
    settings = {"SAMSPEL_FRONTS": "2", "SAMSPEL_WORKERS": "2", "SAMSPEL_LOG": "none"}
    with subprocess.Popen(
        (*command, "--store", str(built.folder)), env=os.environ | settings, stderr=subprocess.DEVNULL
    ) as keeper:
        try:
            runs: set[str] = set()
            while len(runs) < 2:
                try:
                    answer = httpx2.get(f"http://127.0.0.1:{port}/ready", timeout=60)
                except httpx2.TransportError:
                    assert keeper.poll() is None
                    continue
                assert answer.json()["ready"]
                runs.add(answer.headers["x-request-id"].partition("-")[0])
        finally:
            keeper.send_signal(signal.SIGINT)
            assert keeper.wait(60) == 0
