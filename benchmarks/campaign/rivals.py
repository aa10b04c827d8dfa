"""Others at the same store: a second writer or server; and a clock or memory that is not as hoped."""

import resource
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random

from benchmarks.campaign.cases import Case, Seen
from benchmarks.campaign.lab import PATIENCE, Lab, command, fork
from benchmarks.campaign.served import PARTS, TOKEN, insert, serving, written

_TOLD = "the second is told who writes, the first comes to its end"
_BOTH = "both serve, what one writes the other shows, all acknowledged writes are there"
_ORDER = "generations and versions go on in their order"
_AS_BEFORE, _ROOM = "ended, what was there stays", "there was memory enough"
_WRITES = 6
_SEEN = 10.0  # seconds until another server shows what was written


def cases() -> Iterator[Case]:
    """Yield the cases."""
    yield Case("a second writer", (_TOLD,), _second_writer)
    yield Case("two servers on one store", (_BOTH,), _two_servers, 2)
    yield Case("clock backwards by a year: load, publish", (_ORDER,), _clock)
    yield Case("memory limit: load", (_AS_BEFORE, _ROOM), _memory)


def _second_writer(lab: Lab, chance: Random) -> Seen:
    """Begin a build while another process writes."""
    store = lab.store()
    begun = lab.folder / "begun"
    first = fork(lambda: _slow_draft(store, begun), lab.folder)
    end = time.monotonic() + PATIENCE
    while not begun.exists():
        if time.monotonic() > end:
            return Seen("the first did not begin", first.wait(1).said)
        time.sleep(0.005)
    words = chance.choice((["build"], ["load", "sweden"], ["publish"], ["restore", lab.backup, "--force"]))
    second = lab.run(*words, "--store", store)
    begun.unlink()
    ended, state = first.wait(), lab.state(store)
    if ended.code or state.wrong or "https://example.org/graph/slow" not in state.graphs:
        return Seen("the first did not come to its end", f"{ended} {state.wrong}")
    if second.code != 3 or f"process {first.pid} is writing" not in second.said:
        return Seen(f"the second ended with {second.code}", second.said)
    return Seen(_TOLD, second.sentence)


def _slow_draft(store: Path, begun: Path) -> None:
    from graph.generations import Home  # the store's room is opened in forks only

    with Home(store).draft() as draft:
        draft.replace(
            "https://example.org/graph/slow", ['<https://example.org/a> <https://example.org/p> "b"']
        )
        begun.touch()
        while begun.exists():
            time.sleep(0.005)


def _two_servers(lab: Lab, _: Random) -> Seen:
    """Write by both at once; each answer is true, and both end up showing the same."""
    store, acknowledged = lab.store(), set[str]()
    with serving(lab, store, SAMSPEL_TOKEN=TOKEN) as one, serving(lab, store, SAMSPEL_TOKEN=TOKEN) as two:

        def write(number: int) -> None:
            server = one if number % 2 else two
            for each in range(number, _WRITES, 2):
                if server.update(insert(str(each))).status == 200:
                    acknowledged.add(str(each))

        threads = [threading.Thread(target=write, args=(number,)) for number in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        count = "SELECT (COUNT(*) AS ?n) WHERE { ?s <urn:faults-part> ?o }"
        want, end = f'"value":"{len(acknowledged) * PARTS}"', time.monotonic() + _SEEN
        while not all(want in each.ask(count).text.replace(" ", "") for each in (one, two)):
            if time.monotonic() > end:
                return Seen("they do not show the same", f"{one.ask(count)} {two.ask(count)} {want}")
            time.sleep(0.1)
        ready = [each.get("/ready").status for each in (one, two)]
    held, state = lab.asked(lambda: written(store)), lab.state(store)
    if set(held) != acknowledged or ready != [200, 200] or state.wrong or state.left:
        return Seen("not whole", f"{held} {acknowledged} {ready} {state.wrong} {state.left}")
    return Seen(_BOTH, counts={"writes sent": _WRITES, "acknowledged": len(acknowledged)})


class _Earlier(datetime):
    """A clock that is a year behind."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_Earlier":
        """Return the time of a year ago."""
        now = datetime.now(tz)
        return cls.fromtimestamp(now.timestamp() - 365 * 86_400, tz)


def _clock(lab: Lab, chance: Random) -> Seen:
    """Load and publish with a clock that was set back since the last release."""
    store = lab.store()
    before = lab.state(store)
    file = lab.source(chance.randrange(1, 5))
    for words in (["load", "cordis", str(file)], ["publish"]):
        ended = fork(partial(_back, [*words, "--store", str(store)]), lab.folder).wait()
        if ended.code:
            return Seen(f"{words[0]} ended with {ended.code}", ended.said)
    after = lab.state(store)
    number = int((store / "CURRENT").read_text("ascii"))
    if number != 2 or after.wrong or after.error or len(after.releases) != 2:
        return Seen("not in order", f"{number} {after}")
    if after.releases[1:] != before.releases or after.releases[0] <= before.releases[0]:
        return Seen("versions went back", str(after.releases))
    return Seen(_ORDER, f"the day today {datetime.now(UTC).date()}, the second release {after.releases[0]}")


def _back(words: list[str]) -> None:
    for module in ("api.publishing", "api.build", "graph.generations"):
        vars(import_module(module))["datetime"] = _Earlier
    command(words, {})


def _memory(lab: Lab, chance: Random) -> Seen:
    """Load with too little memory."""
    store, file = lab.store(), lab.source(chance.randrange(1, 5), 3000)
    before, room = lab.state(store), chance.randrange(1 << 20, 300 << 20)

    def limited() -> None:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (pages + room, pages + room))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        command(["load", "cordis", str(file), "--store", str(store)], {})

    ended, after = fork(limited, lab.folder).wait(), lab.state(store)
    if after.error or after.wrong or after.left:
        return Seen("the store is not whole", f"{after.error} {after.wrong} {after.left}")
    if ended.code == 0:
        return Seen(_ROOM)
    if after.graphs != before.graphs:
        return Seen("refused and changed all the same", ended.said[-500:])
    return Seen(_AS_BEFORE, ended.sentence)
