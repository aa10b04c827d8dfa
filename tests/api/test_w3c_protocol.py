"""The W3C's tests of the protocol, the graph store and the service description, against the real server."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from api.settings import Settings
from graph.generations import Home

TOKEN = "Qx7"  # noqa: S105  # of this test
PASSED = {"protocol": 34, "graph-store-protocol": 13, "service-description": 3}


@pytest.mark.shared_data
def test_all_of_the_protocol_is_spoken(
    tmp_path: Path, shared: Path, serve: Callable[[Settings], AbstractContextManager[str]]
) -> None:
    with Home(tmp_path / "store").draft() as draft:  # a few triples, so that each of 100 writes is soon done
        draft.replace("urn:a", ["<urn:s> <urn:p> <urn:o>"])
    with serve(Settings(store=tmp_path / "store", token=TOKEN)) as address:
        ended = subprocess.run(
            [
                *(sys.executable, shared / "protocol-tests" / "run_protocol.py", "--gsp-direct"),
                *(
                    "--query",
                    f"{address}/sparql",
                    "--update",
                    f"{address}/sparql",
                    "--gsp",
                    f"{address}/store",
                ),
                *("--header", f"Authorization: Bearer {TOKEN}"),
            ],
            capture_output=True,
            text=True,
        )
    lines = [f"{suite}: {count} passed, 0 failed, 0 skipped" for suite, count in PASSED.items()]
    assert ended.stdout.splitlines() == lines, ended.stdout + ended.stderr
