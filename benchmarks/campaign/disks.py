"""Disks that are full or cannot be written: small tmpfs in a mount namespace of their own (needs unshare)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from benchmarks.campaign.cases import Case, Seen
from benchmarks.campaign.lab import ENVIRONMENT, PATIENCE, ROOT, Lab
from benchmarks.campaign.served import TOKEN, insert, serving

_FULL, _DONE = "refused, what was there stays", "there was room enough"
_READ_ONLY = "reading works, writing is refused"
_NO_UNSHARE = "not run: no unshare here"


def cases() -> Iterator[Case]:
    """Yield a full disk under each command that writes, and a disk that cannot be written."""
    for name in _COMMANDS:
        yield Case(f"disk full: {name}", (_FULL, _DONE, _NO_UNSHARE), _inside(f"full {name}"))
    yield Case("disk full: update over HTTP", (_FULL, _NO_UNSHARE), _inside("update"), 2)
    yield Case("disk read-only", (_READ_ONLY, _NO_UNSHARE), _inside("read-only"), 2)


def _inside(what: str) -> Callable[[Lab, Random], Seen]:
    """Run one of the functions below in a mount namespace; it tells what it saw as JSON."""

    def run(lab: Lab, chance: Random) -> Seen:
        if shutil.which("unshare") is None:
            return Seen(_NO_UNSHARE)
        me = [sys.executable, "-m", __name__, what, str(lab.folder), str(lab.shared), str(chance.random())]
        found = subprocess.run(  # noqa: S603  # ourselves
            ["unshare", "-rm", *me],  # noqa: S607  # wherever it lies
            cwd=ROOT,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 3,
            check=False,
        )
        if found.returncode:
            return Seen(f"the run broke off with {found.returncode}", found.stderr[-500:])
        return Seen(**json.loads(found.stdout.splitlines()[-1]))

    return run


@dataclass(frozen=True)
class _Tight:
    """A command on a small disk: what is there before, how many bytes of room there may be, the words."""

    built: bool
    room: int
    words: Callable[[Lab, Path], Sequence[object]]


def _load(lab: Lab, store: Path) -> Sequence[object]:
    return ["load", "cordis", lab.source(1, 3000), "--store", store]


_COMMANDS = {
    "build": _Tight(False, 14_000_000, lambda lab, store: ["build", "--store", store]),
    "load": _Tight(True, 9_000_000, _load),
    "publish": _Tight(True, 1_500_000, lambda lab, store: ["publish", "--force", "--store", store]),
    "backup": _Tight(True, 12_000_000, lambda lab, store: ["backup", store.parent / "b", "--store", store]),
    "restore": _Tight(False, 20_000_000, lambda lab, store: ["restore", lab.backup, "--store", store]),
}


def _full(name: str, lab: Lab, disk: Path, chance: float) -> Seen:
    """Run a command on a disk that has a random part of the room that the command needs."""
    tight, store = _COMMANDS[name], disk / "store"
    size = _size(lab.built) if tight.built else 0
    _mount(disk, size + 300_000 + int(chance * tight.room))
    if tight.built:
        shutil.copytree(lab.built, store)
    words = tight.words(lab, store)
    before, ended, after = lab.state(store), lab.run(*words), lab.state(store)
    if ended.code == 0:
        return Seen(_DONE) if not after.wrong else Seen("done and damaged", str(after.wrong))
    if (before.graphs, before.releases) != (after.graphs, after.releases) or after.wrong or after.left:
        return Seen("what was there is not as it was", f"{after.error} {after.wrong} {after.left}")
    if ended.code != 3 or "traceback" in ended.said.lower():
        return Seen(f"ended with {ended.code}", ended.said[-500:])
    return Seen(_FULL, ended.sentence)


def _update(lab: Lab, disk: Path) -> Seen:
    """Write until the disk is full; then what was acknowledged is there, and reading goes on."""
    store = disk / "store"
    _mount(disk, _size(lab.built) + 1_500_000)
    shutil.copytree(lab.built, store)
    with serving(lab, store, SAMSPEL_TOKEN=TOKEN) as server:
        for number in range(50):
            answer = server.update(insert(str(number)))
            if answer.status != 200:
                break
        reads, ready = server.ask("ASK { ?s ?p ?o }").status, server.get("/ready").status
    state = lab.state(store)
    if (answer.status, reads, ready) != (507, 200, 200) or state.error or state.wrong or state.left:
        return Seen(f"{answer.status}, reading {reads}, ready {ready}", f"{answer.text} {state}")
    return Seen(_FULL, f"507 {answer.text}")


def _read_only(lab: Lab, disk: Path) -> Seen:
    store = disk / "store"
    _mount(disk, _size(lab.built) + 20_000_000)
    shutil.copytree(lab.built, store)
    _run("mount", "-o", "remount,ro", str(disk))
    reads = [lab.run(*words, "--store", store) for words in (["verify"], ["query", "cq03"], ["check"])]
    reads.append(lab.run("backup", lab.folder / "elsewhere.tar", "--store", store))
    writes = [lab.run(*words, "--store", store) for words in (["build"], _load(lab, store)[:3], ["publish"])]
    with serving(lab, store, SAMSPEL_TOKEN=TOKEN) as server:
        page, ready, answer = server.get("/").status, server.get("/ready").status, server.update(insert("0"))
    if [each.code for each in reads] != [0] * 4 or (page, ready) != (200, 200):
        return Seen(
            "reading does not work", f"{[(each.code, each.sentence) for each in reads]} {page} {ready}"
        )
    if [each.code for each in writes] != [3] * 3 or answer.status not in (500, 503, 507):
        return Seen("writing is not refused", f"{[(each.code, each.said) for each in writes]} {answer}")
    return Seen(_READ_ONLY, f"{writes[0].sentence} Over HTTP {answer.status}: {answer.text}")


def _mount(disk: Path, size: int) -> None:
    disk.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603  # mount, in a namespace of our own


def _size(folder: Path) -> int:
    return sum(each.stat().st_blocks * 512 for each in folder.rglob("*") if each.is_file())


def _main(what: str, folder: str, shared: str, chance: str) -> None:
    lab, disk = Lab(Path(folder), Path(shared)), Path(folder) / "disk"
    if what == "update":
        seen = _update(lab, disk)
    elif what == "read-only":
        seen = _read_only(lab, disk)
    else:
        seen = _full(what.removeprefix("full "), lab, disk, float(chance))
    print(json.dumps(asdict(seen)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
