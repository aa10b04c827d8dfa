"""Run a command and write what it took to a file: `measured.py REPORT COMMAND...`.

A small process of its own, since what the kernel tells of a child's memory begins with its parent's.
"""

import json
import os
import sys
from time import perf_counter


def main(report: str, *command: str) -> int:
    """Run the command, its own children included, and return its exit code."""
    start = perf_counter()
    number = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(number, 0)
    wall = perf_counter() - start
    with open(report, "w", encoding="utf-8") as out:  # noqa: PTH123  (pathlib would make this process larger)
        json.dump({"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}, out)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
