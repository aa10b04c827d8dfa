"""A case of the fault campaign: what is done to samspel, what must come of it, and the table of what came."""

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.campaign.lab import Lab

_PLACE = re.compile(r"/\S*samspel-faults-[^/\s]+/(?:run-[^/\s]+)?")


@dataclass(frozen=True)
class Seen:
    """What came of one run: the outcome in a few words, and the sentence that samspel said, if any."""

    outcome: str
    message: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)  # told as sums over the runs


@dataclass(frozen=True)
class Case:
    """A fault: its name, the outcomes that are stated, and how it is run once with dice of its own."""

    name: str
    stated: tuple[str, ...]
    run: Callable[[Lab, Random], Seen]
    times: int | None = None  # at most, where a run takes long


@dataclass
class Row:
    """What came of all runs of a case."""

    case: Case
    outcomes: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    message: str = ""
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def times(self) -> int:
        """How often it was run."""
        return sum(self.outcomes.values())

    def cells(self) -> tuple[str, str, str, str]:
        """Return case, times, outcomes and message as the table shows them."""
        came = "; ".join(f"{outcome} ({count})" for outcome, count in sorted(self.outcomes.items()))
        sums = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return self.case.name, str(self.times), f"{came}: {sums}" if sums else came, self.message


def played(cases: Iterable[Case], lab: Lab, seed: int, times: int) -> list[Row]:
    """Run every case; each run has dice of its own, so that one case can be replayed alone."""
    rows = []
    for case in cases:
        row, begun = Row(case), time.monotonic()
        for number in range(min(case.times or times, times)):
            chance = Random(f"{seed} {case.name} {number}")  # noqa: S311  # a campaign is replayed by its seed
            seen = _once(case, lab, chance)
            row.outcomes[seen.outcome] += 1
            row.counts.update(seen.counts)
            row.message = seen.message or row.message
            if seen.outcome not in case.stated:
                row.wrong.append(f"{case.name}, run {number}: {seen.outcome}: {seen.message}")
        row.seconds = time.monotonic() - begun
        rows.append(row)
        for sentence in row.wrong:
            print(f"  {sentence}", file=sys.stderr)
        mark = "as stated" if not row.wrong else "NOT AS STATED"
        print(f"{case.name}: {row.times} in {row.seconds:.0f} s, {mark}", file=sys.stderr, flush=True)
    return rows


def _once(case: Case, lab: Lab, chance: Random) -> Seen:
    """Run a case once; what the campaign itself cannot make sense of is an outcome that nobody stated."""
    with lab.room() as room:
        try:
            return case.run(room, chance)
        except Exception as error:  # noqa: BLE001  # one case that breaks must not hide the others
            return Seen(f"the run broke off: {type(error).__name__}", str(error))


def table(rows: Sequence[Row]) -> str:
    """Write what came as a table in Markdown, the most frequent outcomes with how often each came."""
    lines = ["| case | times | outcome (how often) | message |", "|---|---|---|---|"]
    lines += ["| " + " | ".join(map(_shown, row.cells())) + " |" for row in rows]
    return "\n".join(lines)


def _shown(text: str) -> str:
    """Return a text on one line, with paths as if the run's folder were the root."""
    return _PLACE.sub("", " ".join(text.split())).replace("|", "\\|")
