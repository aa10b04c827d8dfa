"""What tests share: a store built once from the bundled sources, and where the shared data lie."""

from pathlib import Path

import pytest

from api.build import build
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The bundled sources, built once for all tests; nobody writes to it."""
    home = Home(tmp_path_factory.mktemp("store"))
    build(home, Iris())
    return home


@pytest.fixture(scope="session")
def store(built: Home) -> Store:
    """The built store, in memory."""
    return built.open().in_memory()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data beside the repository; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: this test needs the shared data, which are not committed")
    return folder
