"""The W3C's tests of the protocol, the graph store and the service description, against the real server."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import httpx2
import pytest

from api.settings import Settings

TOKEN = "Qx7"  # noqa: S105  # of this test
DIRECT = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
PASSED = {"protocol": 34, "graph-store-protocol": 13, "service-description": 3}


@pytest.mark.shared_data
def test_all_of_the_protocol_is_spoken(
    tmp_path: Path, shared: Path, serve: Callable[[Settings], AbstractContextManager[str]]
) -> None:
    with serve(Settings(store=tmp_path / "store", token=TOKEN)) as address:
        made = httpx2.post(f"{address}/sparql", content="CREATE GRAPH <urn:a>", headers=DIRECT, timeout=60)
        assert made.status_code == 200, made.text
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
                *("--header", f"Authorization: {DIRECT['Authorization']}"),
            ],
            capture_output=True,
            text=True,
        )
    lines = [f"{suite}: {count} passed, 0 failed, 0 skipped" for suite, count in PASSED.items()]
    assert ended.stdout.splitlines() == lines, ended.stdout + ended.stderr
