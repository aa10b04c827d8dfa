"""The notebooks: what is kept is what their sources say, and they run to their end on the real data."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from scripts.notebooks import FOLDER, SOURCES, fill, notebook, run, target, written

MOST = 3_000_000  # bytes of a kept notebook; each holds one drawing with its script


def _named(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def scratch(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled sources and the files that the notebooks read."""
    store = tmp_path_factory.mktemp("notebooks") / "store"
    fill(store)
    return store


def test_every_source_has_its_notebook_and_no_notebook_is_without() -> None:
    assert {target(source) for source in SOURCES} == set(FOLDER.glob("*.ipynb"))
    assert len(SOURCES) == 3


@pytest.mark.parametrize("source", SOURCES, ids=_named)
def test_a_kept_notebook_has_the_cells_of_its_source_and_what_they_show(source: Path) -> None:
    kept, made = json.loads(target(source).read_text("utf-8")), json.loads(written(notebook(source)))
    assert [(cell["id"], cell["source"]) for cell in kept["cells"]] == [
        (cell["id"], cell["source"]) for cell in made["cells"]
    ]
    code = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert sum(bool(cell["outputs"]) for cell in code) > len(code) / 2
    assert kept["metadata"] == made["metadata"]
    assert all(cell["metadata"] == {} for cell in kept["cells"])
    nbformat.validate(kept)


@pytest.mark.parametrize("source", SOURCES, ids=_named)
def test_a_kept_notebook_draws_once_and_names_no_person_and_no_place_on_disk(source: Path) -> None:
    text = target(source).read_text("utf-8")
    assert len(text.encode()) < MOST
    assert text.count("<iframe srcdoc=") == 1
    assert not re.search(r"/work/|/tmp/|/home/", text)
    assert not re.search(r"\b(19|20)\d{6}-?\d{4}\b", text), "a personal number"
    assert not re.search(r"\w@[\w-]+\.(se|eu|com|org)\b", text), "an e-mail address"
    assert "N = " in text and "Limits" in text and "Sources" in text


@pytest.mark.shared_data
@pytest.mark.parametrize("source", SOURCES, ids=_named)
def test_a_notebook_runs_to_its_end(source: Path, scratch: Path) -> None:
    cells = run(notebook(source), scratch)["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert outputs
    assert [output for output in outputs if output["output_type"] in ("error", "stream")] == []
