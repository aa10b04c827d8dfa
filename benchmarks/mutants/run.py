"""Mutation testing: `make mutants`; some groups: `python -m benchmarks.mutants.run GROUP ...`.

A seeded sample of each module's mutants is tried; the table says how many the tests killed, and the list
below it what survived. SAMSPEL_MUTANTS_SEED is the dice, SAMSPEL_MUTANTS_SAMPLE how many of a module are
tried at most (0: all). It ends with 1 when a group's share of killed mutants is below AIM.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from benchmarks.mutants import bench, changes
from benchmarks.mutants.groups import GROUPS, ROOT, Group

SEED, SAMPLE, AIM = 8, 25, 0.80


@dataclass(frozen=True)
class Tried:
    """A mutant and what became of it."""

    path: Path
    mutant: changes.Mutant
    outcome: int

    def __str__(self) -> str:
        where = f"{self.path.relative_to(ROOT)}:{self.mutant.line}"
        return f"{where}: {_short(self.mutant.before)}  ->  {_short(self.mutant.after)}"


def main(*names: str) -> int:
    """Try the groups, each in a process of its own; return 1 when one is below the aim."""
    if len(names) == 1:
        return _group(next(group for group in GROUPS if group.name == names[0]))
    command = [sys.executable, "-m", "benchmarks.mutants.run"]
    groups = [group.name for group in GROUPS if not names or group.name in names]
    return max(subprocess.run([*command, name], check=False).returncode for name in groups)  # noqa: S603


def sample(path: Path, seed: int, most: int) -> list[changes.Mutant]:
    """Return a seeded sample of a module's mutants; all of them when `most` is 0."""
    source = path.read_text("utf-8")
    many = changes.count(source)
    chosen = list(range(many))
    if 0 < most < many:
        chosen = sorted(Random(f"{seed} {path.name}").sample(chosen, most))  # noqa: S311  # dice, no secret
    return [changes.mutant(source, number) for number in chosen]


def _group(group: Group) -> int:
    seed = int(os.environ.get("SAMSPEL_MUTANTS_SEED", SEED))
    most = int(os.environ.get("SAMSPEL_MUTANTS_SAMPLE", SAMPLE))
    tried: list[Tried] = []
    begun = time.monotonic()
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[threads] = "1"  # a fork would wait for the others for ever

    def work(found: bench.Bench) -> None:
        _hold(found)
        for path in group.files():
            print(f"{path.relative_to(ROOT)} ...", file=sys.stderr)
            tried.extend(Tried(path, each, found.survives(path, each)) for each in sample(path, seed, most))

    plugin = bench.Bench(group.files(), work)
    options = [
        "-q",
        "-s",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-o",
        "tmp_path_retention_policy=failed",
    ]
    pytest.main([*options, *group.asked()], plugins=[plugin])
    if not tried:
        return 2
    print(table(group, tried))
    survivors = [each for each in tried if each.outcome == bench.SURVIVED]
    print(
        f"\n{group.name}: {len(plugin.items)} tests ({plugin.slow} too slow), seed {seed}, "
        f"{time.monotonic() - begun:.0f} s; survived: {len(survivors)}"
    )
    for each in survivors:
        print(f"  {each}")
    return 0 if 1 - len(survivors) / len(tried) >= AIM else 1


def _hold(found: bench.Bench) -> None:
    """Raise when tests fail without any mutant: nothing could be said then."""
    failed = found.failed or ([] if found.holds() else ["one in a fork"])
    if failed:
        raise RuntimeError(
            f"Without any mutant there fail {len(failed)}, as {', '.join(failed[:9])}; mend these first."
        )


def table(group: Group, tried: list[Tried]) -> str:
    """Return the figures as lines of Markdown, one a module and one for the group."""
    lines = [
        "| module | mutants | killed | of these by time | survived | share |",
        "|---|---|---|---|---|---|",
    ]
    for path in (*dict.fromkeys(each.path for each in tried), None):
        outcomes = Counter(each.outcome for each in tried if path in (None, each.path))
        whole, survived = outcomes.total(), outcomes[bench.SURVIVED]
        name = str(path.relative_to(ROOT)) if path else f"**{group.name}**"
        lines.append(
            f"| {name} | {whole} | {whole - survived} | {outcomes[bench.TIMED]} | {survived} "
            f"| {1 - survived / whole:.0%} |"
        )
    return "\n".join(lines)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:97]}..."


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
