"""Cut files and flip bits: of the store, its pointer, releases, backups, and what is installed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from benchmarks.campaign.cases import Case, Seen
from benchmarks.campaign.lab import Lab

OPENING, VERIFY, REFUSED = "told when it is opened", "told by verify", "refused"
Find = Callable[[Path], list[Path]]
Change = Callable[[bytes, Random], bytes]


def cases() -> Iterator[Case]:
    """Yield each kind of file with each kind of damage."""
    for how, change in _CHANGES.items():
        for what, find in _FILES.items():
            yield Case(f"{what}: {how}", (OPENING, VERIFY), _damaged(find, change))
        yield Case(f"a backup: {how}", (REFUSED,), _backup(change))
        yield Case(f"an installed file: {how}", (VERIFY,), _installed(change))


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _flip(content: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]


_CHANGES: dict[str, Change] = {"cut": _cut, "a bit flipped": _flip}


def _data(store: Path) -> list[Path]:
    return [each for each in store.glob("generations/*/data/*") if not each.name.startswith("LO")]


_FILES: dict[str, Find] = {
    "a data file": _data,
    "the manifest": lambda store: list(store.glob("generations/*/manifest.json")),
    "CURRENT": lambda store: [store / "CURRENT"],
    "a release's file": lambda store: [each for each in store.glob("releases/*/*") if each.is_file()],
}


def _spoil(path: Path, change: Change, chance: Random) -> None:
    """Change a file, through a copy: its content may be linked to another store's."""
    content = changed = path.read_bytes()
    while changed.strip() == content.strip():  # a line end more or less says the same
        changed = change(content, chance)
    path.unlink()
    path.write_bytes(changed)


def _damaged(find: Find, change: Change) -> Callable[[Lab, Random], Seen]:
    def run(lab: Lab, chance: Random) -> Seen:
        store = lab.store()
        path = chance.choice([each for each in sorted(find(store)) if each.stat().st_size])
        _spoil(path, change, chance)
        ended = lab.run("verify", "--store", store)
        if ended.code == 0:
            return Seen("silent", str(path.relative_to(store)))
        if ended.code != 3 or "Traceback" in ended.said:
            return Seen(f"verify ends with {ended.code}", ended.said[-500:])
        return Seen(VERIFY if "its manifest says:" in ended.said else OPENING, ended.sentence)

    return run


def _backup(change: Change) -> Callable[[Lab, Random], Seen]:
    def run(lab: Lab, chance: Random) -> Seen:
        file, store = lab.folder / "backup.tar", lab.folder / "store"
        file.write_bytes(change(lab.backup.read_bytes(), chance))
        ended = lab.run("restore", file, "--store", store)
        there = [each for each in store.rglob("*") if each.name != "lock"] if store.exists() else []
        if ended.code != 3 or there:
            return Seen(f"ended with {ended.code}, left {len(there)} files", ended.said)
        return Seen(REFUSED, ended.sentence)

    return run


def _installed(change: Change) -> Callable[[Lab, Random], Seen]:
    """Damage one bundled file of an installed samspel, which `verify` holds against the wheel's record."""

    def run(lab: Lab, chance: Random) -> Seen:
        place = lab.installed()
        kinds = ("loaders/snapshots/*/*.csv", "queries/sparql/*/*.rq", "ontology/*.ttl", "api/templates/*")
        found = sorted(each for kind in kinds for each in place.glob(kind) if each.stat().st_size)
        path = chance.choice(found)
        _spoil(path, change, chance)
        ended = lab.program(place, "verify", "--store", lab.built)
        if ended.code == 3 and path.name in ended.said:
            return Seen(VERIFY, ended.sentence)
        return Seen(f"verify ends with {ended.code}", f"{path.relative_to(place)}: {ended.said[-300:]}")

    return run
