"""Kill commands and a writing server at random moments: what is in service is the old or the new, whole."""

import fcntl
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.campaign.cases import Case, Seen
from benchmarks.campaign.lab import Lab, State
from benchmarks.campaign.served import PARTS, TOKEN, serving, written

OLD, NEW = "as before", "as it would have been"
_SIGNALS = (signal.SIGKILL, signal.SIGTERM)
_AGAIN = 0.1  # of the runs are followed by the same command, not killed
_OPEN = 1.0  # seconds of processor: the most that opening may take after a kill
Prepare = Callable[[Lab, Random], tuple[Path, list[object]]]


def cases() -> Iterator[Case]:
    """Yield each command, and a server among writes."""
    for command, prepare in _COMMANDS.items():
        yield Case(f"{command}: kill -9 or SIGTERM", (OLD, NEW), _killed(prepare))
    yield Case("update over HTTP, the server: kill -9 or SIGTERM", (_KEPT,), _server)
    yield Case("update over HTTP, the writing process: kill -9", (OLD, NEW), _writer)


def _build(lab: Lab, _: Random) -> tuple[Path, list[object]]:
    return lab.folder / "store", ["build"]


def _load(lab: Lab, chance: Random) -> tuple[Path, list[object]]:
    return lab.store(), ["load", "cordis", lab.source(chance.randrange(1, 5))]


def _publish(lab: Lab, _: Random) -> tuple[Path, list[object]]:
    return lab.store(), ["publish", "--force"]


def _restore(lab: Lab, _: Random) -> tuple[Path, list[object]]:
    return lab.folder / "store", ["restore", lab.backup]


def _restore_over(lab: Lab, _: Random) -> tuple[Path, list[object]]:
    return lab.store(made=lab.loaded), ["restore", lab.backup, "--force"]


_COMMANDS: dict[str, Prepare] = {
    "build": _build,
    "load": _load,
    "publish": _publish,
    "restore": _restore,
    "restore --force": _restore_over,
}


def _killed(prepare: Prepare) -> Callable[[Lab, Random], Seen]:
    """Kill a command at a random moment of the time that it takes when nobody kills it."""

    def run(lab: Lab, chance: Random) -> Seen:
        whole = _whole(prepare, lab)
        store, words = prepare(lab, chance)
        before = _before(prepare, lab, store)
        child = lab.start(*words, "--store", store)
        time.sleep(chance.uniform(0, whole))
        child.kill(chance.choice(_SIGNALS))
        ended = child.wait()
        after = lab.state(store)
        seen = _judged(before, after, ended.code, words)
        return _again(lab, words, store) or seen if chance.random() < _AGAIN else seen

    return run


_TOOK: dict[Prepare, float] = {}
_BEFORE: dict[Prepare, State] = {}


def _before(prepare: Prepare, lab: Lab, store: Path) -> State:
    """Return what a store is like before the command; it is the same each time."""
    if prepare not in _BEFORE:
        _BEFORE[prepare] = lab.state(store)
    return _BEFORE[prepare]


def _whole(prepare: Prepare, lab: Lab) -> float:
    """Return how long a command takes on this machine; measured once, in a room of its own."""
    if prepare not in _TOOK:
        with Lab(lab.shared, lab.shared).room() as room:
            store, words = prepare(room, Random(1))  # noqa: S311  # no secrets here
            begun = time.monotonic()
            room.run(*words, "--store", store)
            _TOOK[prepare] = time.monotonic() - begun
    return _TOOK[prepare]


def _judged(before: State, after: State, code: int, words: list[object]) -> Seen:
    """Say what a store is after a kill."""
    if trouble := _trouble(before, after):
        return Seen("the store is not whole", trouble)
    same = (before.graphs, before.releases) == (after.graphs, after.releases)
    if not same and not after.graphs:
        return Seen("the store is gone", after.error)
    if code == 0 and same:
        return Seen("said to be done and not there", " ".join(map(str, words)))
    return Seen(OLD if same else NEW)


def _again(lab: Lab, words: list[object], store: Path) -> Seen | None:
    """Run the same command, not killed; it must come to its end."""
    again = lab.run(*words, *(["--force"] if words[0] == "restore" else []), "--store", store)
    return Seen("the command cannot be run again", again.said) if again.code else None


def _trouble(before: State, after: State) -> str:
    if after.seconds > _OPEN:
        return f"it took {after.seconds:.2f} s to open"
    if after.error and not (not before.graphs and after.error.startswith("StoreMissing")):
        return after.error
    if after.graphs and after.left:
        return f"left behind: {', '.join(after.left)}"
    return "; ".join(after.wrong)


_KEPT = "every acknowledged write is there, none by half"


def _server(lab: Lab, chance: Random) -> Seen:
    """Kill a server among writes; what it acknowledged must be in the store, and no write by half."""
    store = lab.store()
    with serving(lab, store, SAMSPEL_TOKEN=TOKEN) as server:
        sent, acknowledged = server.write_until(chance.uniform(0.05, 3.0), chance.choice(_SIGNALS))
    _quiet(store)
    state, held = lab.state(store), lab.asked(lambda: written(store))
    if trouble := _trouble(state, state):
        return Seen("the store is not whole", trouble)
    if lost := sorted(acknowledged - set(held)):
        return Seen("an acknowledged write is lost", str(lost))
    if half := [name for name, parts in held.items() if parts != PARTS]:
        return Seen("a write is there by half", str(half))
    return Seen(_KEPT, counts={"writes sent": sent, "acknowledged": len(acknowledged)})


def _quiet(store: Path) -> None:
    """Wait until the process that was writing has ended with its server; while it lives, nothing is swept."""
    with (store / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def _writer(lab: Lab, chance: Random) -> Seen:
    """Kill the process that carries out a write while the server lives; the answer must tell the truth."""
    store = lab.store()
    with serving(lab, store, SAMSPEL_TOKEN=TOKEN) as server:
        answer = server.write_and_kill(0, chance.uniform(0, 0.6))
        ready = server.get("/ready").status
    state, held = lab.state(store), lab.asked(lambda: written(store))
    if trouble := _trouble(state, state):
        return Seen("the store is not whole", trouble)
    if ready != 200:
        return Seen("the server is not ready", str(ready))
    if (answer.status == 200) != (held == {"0": PARTS}) or (answer.status != 200 and held):
        return Seen("the answer is not what the store holds", f"{answer.status} {answer.text}, {held}")
    return Seen(NEW if answer.status == 200 else OLD, "" if answer.status == 200 else answer.text)
