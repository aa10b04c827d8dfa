"""Make the notebooks of docs/notebooks from their readable sources, run them and keep what they show.

`python scripts/notebooks.py` builds a scratch store, loads the files of ../shared/data named here, and writes
docs/notebooks/*.ipynb. In a source `# %%` begins a cell of code and `# %% [markdown]` one of text.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "notebooks"
SOURCES = tuple(sorted((FOLDER / "src").glob("*.py")))
SHARED = ROOT.parent / "shared" / "data"
FILES = {
    "erdf_se": "tillvaxtverket_erdf_2014_2020/projektbanken_eruf_2014-2020_2016-10-14.json",
    "cordis": "cordis_h2020/h2020_organizations_out_formatted_latest.csv",
}
SECONDS = 120  # that one notebook may take


def main() -> None:
    """Build the store and write every notebook with its outputs."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "store")
        for source in SOURCES:
            made = run(notebook(source), Path(folder) / "store")
            target(source).write_text(written(made), "utf-8")
            print(source.stem)


def target(source: Path) -> Path:
    """Return the notebook's file of a source."""
    return FOLDER / f"{source.stem}.ipynb"


def written(made: NotebookNode) -> str:
    """Return a notebook as it is kept: two runs over the same data give the same text."""
    text: str = nbformat.writes(made)  # type: ignore[no-untyped-call]  # it has no types
    return text + "\n"


def fill(store: Path, files: Mapping[str, str] = FILES) -> None:
    """Build the bundled sources into a store and load those of the files that are there."""
    _samspel("build", store=store)
    for source, file in files.items():
        if (SHARED / file).exists():
            _samspel("load", source, SHARED / file, store=store)


def notebook(source: Path) -> NotebookNode:
    """Return the notebook of a source, not run; its cells are numbered so that a rerun changes no ids."""
    cells = []
    for number, part in enumerate(source.read_text("utf-8").split("# %%")[1:], start=1):
        kind, _, text = part.partition("\n")
        lines = text.strip().splitlines()
        cell: dict[str, object] = {"cell_type": "code", "execution_count": None, "outputs": []}
        if kind.strip() == "[markdown]":
            cell = {"cell_type": "markdown"}
            lines = [line.removeprefix("#").removeprefix(" ") for line in lines]
        cells.append({**cell, "id": f"cell-{number}", "metadata": {}, "source": "\n".join(lines)})
    named = {"name": "python3", "display_name": "Python 3", "language": "python"}
    held = {"cells": cells, "metadata": {"kernelspec": named}, "nbformat": 4, "nbformat_minor": 5}
    made: NotebookNode = nbformat.from_dict(held)  # type: ignore[no-untyped-call]  # it has no types
    return made


def run(made: NotebookNode, store: Path) -> NotebookNode:
    """Run a notebook against a store, in the notebooks' folder; raise CellExecutionError on any error."""
    told = {"metadata": {"path": str(FOLDER)}}
    with tempfile.TemporaryDirectory() as folder:  # the kernel talks through files there, not through ports
        talk = Config(ConnectionFileMixin={"transport": "ipc", "ip": f"{folder}/kernel"})
        client = NotebookClient(made, config=talk, timeout=SECONDS, record_timing=False, resources=told)
        client.execute(env=_environment(store))
    made["metadata"].pop(
        "language_info", None
    )  # the version of Python, which is not what we say anything about
    return made


def _samspel(*command: str | Path, store: Path) -> None:
    """Run our command on a store."""
    program = Path(sys.executable).with_name("samspel")
    subprocess.run(  # noqa: S603
        [program, *map(str, command), "--store", str(store)],
        check=True,
        cwd=ROOT,
        env=_environment(store),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _environment(store: Path) -> dict[str, str]:
    return {**os.environ, "SAMSPEL_STORE": str(store), "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    main()
