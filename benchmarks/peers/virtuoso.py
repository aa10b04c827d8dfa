"""Debian's Virtuoso 7 over a store of ours: its settings, bulk loader and command; for the tests too."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from graph.store import Store
from ontology.names import BASE

MERGE = f"{BASE}graph/merge"  # the named graph that stands there for our default graph
_LOADING = 600.0  # seconds
_SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtension = 200
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ServerThreads = 20
CheckpointInterval = 0
MaxOptimizeLayouts = 20
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = {rows}
"""


def installed() -> bool:
    """Tell whether Virtuoso is here."""
    return bool(shutil.which("virtuoso-t") and shutil.which("isql-vt"))


def command(folder: Path, sql: int, http: int, rows: int, buffers: int = 10_000) -> Sequence[str]:
    """Write its settings into a folder, and return the command that runs it there.

    `rows` is the largest answer that it gives; of its buffers each holds 8 kB.
    """
    given = {"folder": folder, "sql": sql, "http": http, "rows": rows, "buffers": buffers}
    (folder / "virtuoso.ini").write_text(_SETTINGS.format(**given, dirty=buffers * 3 // 5), "utf-8")
    return "virtuoso-t", "-f", "-c", str(folder / "virtuoso.ini")


def fill(store: Store, folder: Path, sql: int) -> None:
    """Load each named graph of a store into one that runs, and the merge as a graph of its own."""
    steps = []
    for number, graph in enumerate((None, *store.graphs())):
        with (folder / f"{number}.nt").open("wb") as out:
            out.writelines(store.raw(graph))
        steps.append(f"ld_dir('{folder}', '{number}.nt', '{graph or MERGE}');\n")
    (folder / "load.sql").write_text("".join((*steps, "rdf_loader_run();\n")), "utf-8")
    loader = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", str(folder / "load.sql")]
    subprocess.run(loader, check=True, capture_output=True, timeout=_LOADING)  # noqa: S603
