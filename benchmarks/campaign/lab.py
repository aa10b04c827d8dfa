"""Where the fault campaign works: a store built once and copied, commands run in forks, and their state read.

The campaign's own process opens no store and has no threads, so that it can fork: a command begins at once,
without reading its libraries, and a random moment falls into its work.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar, cast

from api import cli
from benchmarks import cordis_like

ROOT = Path(__file__).parents[2]
T = TypeVar("T")
PATIENCE = 120.0
_LOOK = 0.002
COMMAND = (sys.executable, "-c", "from api.cli import main; main()")
FILTERED = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPEL_")}
ENVIRONMENT = {**FILTERED, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code or the negative number of the signal, and its stderr."""

    code: int
    said: str

    @property
    def sentence(self) -> str:
        """The last line that it said."""
        lines = [line for line in self.said.splitlines() if line.strip()]
        return lines[-1] if lines else ""


@dataclass(frozen=True)
class Child:
    """A fork at work."""

    pid: int
    log: Path

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send it a signal; it has not been waited for, so the number is its own."""
        os.kill(self.pid, number)

    def wait(self, seconds: float = PATIENCE) -> Ended:
        """Wait for its end; after so many seconds it is killed."""
        end = time.monotonic() + seconds
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return Ended(os.waitstatus_to_exitcode(status), self.log.read_text("utf-8", "replace"))
            if time.monotonic() > end:
                self.kill()
            time.sleep(_LOOK)


@dataclass(frozen=True)
class State:
    """What a store is like: processor seconds to open it, what verify says, its hashes, what is left over."""

    seconds: float
    wrong: list[str]
    graphs: dict[str, str]
    releases: list[str]
    left: list[str]
    error: str = ""


class Lab:
    """A folder for one run of a case, and the stores and files that all runs copy."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self.folder, self.shared = folder, shared

    @contextmanager
    def room(self) -> Iterator["Lab"]:
        """Give a folder of its own to one run, gone afterwards."""
        place = Path(tempfile.mkdtemp(prefix="run-", dir=self.folder))
        try:
            yield Lab(place, self.shared)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    @property
    def built(self) -> Path:
        """The store that was built once; nobody writes to it."""
        return self.shared / "built"

    @property
    def backup(self) -> Path:
        """A backup of it."""
        return self.shared / "backup.tar"

    @property
    def loaded(self) -> Path:
        """The built store with a source more."""
        return self.shared / "loaded"

    def store(self, name: str = "store", made: Path | None = None) -> Path:
        """Copy a store that was made once, else the built one: by links, as its files never change."""
        target = self.folder / name
        shutil.copytree(
            made or self.built, target, copy_function=os.link, ignore=shutil.ignore_patterns("lock", "LOCK")
        )
        return target

    def source(self, seed: int, rows: int = 300) -> Path:
        """Write a file of CORDIS's kind; another seed gives other facts."""
        file = self.folder / f"organization-{seed}.csv"
        cordis_like.write(file, rows, seed, faults=0, duplicates=0)
        return file

    def start(self, *words: object, **environment: str) -> Child:
        """Start a command in a fork."""
        return fork(lambda: command([str(word) for word in words], environment), self.folder)

    def run(self, *words: object, **environment: str) -> Ended:
        """Run a command to its end."""
        return self.start(*words, **environment).wait()

    def installed(self) -> Path:
        """Copy what a wheel of this checkout installs, its record too."""
        made = self.shared / "installed"
        if not made.exists():
            wheel = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(self.shared)]
            subprocess.run(wheel, cwd=ROOT, check=True, capture_output=True)  # noqa: S603  # our own words
            with zipfile.ZipFile(next(self.shared.glob("*.whl"))) as file:
                file.extractall(made)
        return Path(shutil.copytree(made, self.folder / "installed", copy_function=os.link))

    def program(self, place: Path, *words: object) -> Ended:
        """Run the command of what is installed in a place."""
        found = subprocess.run(  # noqa: S603  # our own command
            [*COMMAND, *map(str, words)],
            env={**ENVIRONMENT, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Ended(found.returncode, found.stderr)

    def asked(self, work: Callable[[], T]) -> T:
        """Do something in a fork and return what it gives, which must be JSON."""
        out = self.folder / "answer.json"
        ended = fork(lambda: out.write_text(json.dumps(work()), "utf-8"), self.folder).wait()
        if ended.code:
            raise RuntimeError(f"it could not be looked at: {ended.said[-2000:]}")
        return cast("T", json.loads(out.read_text("utf-8")))

    def state(self, store: Path) -> State:
        """Open a store as a new process does, and read all of it."""
        return State(**self.asked(lambda: asdict(_state(store))))


@contextmanager
def lab() -> Iterator[Lab]:
    """Build a store with a release, and make a backup of it, in a folder that is gone afterwards."""
    for module in {name.split(".")[0] for name in cli.COMMANDS.values()}:
        import_module(f"api.{module}")
    with tempfile.TemporaryDirectory(prefix="samspel-faults-") as name:
        made = Lab(Path(name), Path(name) / "shared")
        made.shared.mkdir()
        _make(made, made.built, ["build"], ["publish"], ["backup", made.backup])
        made.store("shared/loaded")
        _make(made, made.loaded, ["load", "cordis", made.source(9)])
        yield made


def _make(made: Lab, store: Path, *commands: Sequence[object]) -> None:
    for words in commands:
        ended = made.run(*words, "--store", store)
        if ended.code:
            raise RuntimeError(f"{words[0]} failed: {ended.said}")


def fork(work: Callable[[], object], folder: Path) -> Child:
    """Do something in a fork, whose stdout is gone and whose stderr is kept."""
    handle, name = tempfile.mkstemp(prefix="log-", dir=folder)
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(handle)
        return Child(pid, Path(name))
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.dup2(handle, 2)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
    code = 99
    try:
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001  # a fork must never go on with its parent's work
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def command(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a command as its entry point does; only to be called in a fork."""
    for name in [name for name in os.environ if name.startswith("SAMSPEL_")]:
        del os.environ[name]
    os.environ.update(environment)
    sys.argv = ["samspel", *words]
    cli.main()


def _state(store: Path) -> State:
    from graph.errors import GraphError  # the store's room is opened in forks only
    from graph.generations import Home
    from graph.releases import Releases

    home, releases = Home(store), Releases(store)
    begun = time.process_time()
    try:
        _, manifest = home.open_with_manifest()
        seconds = time.process_time() - begun
        wrong = [*home.verify(), *releases.verify()]
    except GraphError as error:
        seconds = time.process_time() - begun
        return State(seconds, [], {}, releases.versions(), _left(store), f"{type(error).__name__}: {error}")
    graphs = {name: entry.sha256 for name, entry in manifest.graphs.items()}
    return State(seconds, wrong, graphs, releases.versions(), _left(store))


def _left(store: Path) -> list[str]:
    """Return what stands in a store's folder that no whole store has."""
    known = {"CURRENT", "lock", "generations", "releases", "rejects"}
    found = [path.name for path in store.glob("*") if path.name not in known]
    found += [path.name for path in store.glob("releases/.*")]
    return found + [
        path.name for path in store.glob("generations/*") if not (path / "manifest.json").exists()
    ]
