"""Our mapping alone, FILE to OUT.nt, or into a durable store in a new folder: what the peers do and no more.

`samspel load` goes further: it names organisations, matches, and holds the whole store against the shapes.
"""

import sys
from pathlib import Path

from graph.generations import Home
from graph.iris import Iris
from loaders.run import read_outside


def main() -> None:
    """Map, and load the result when the target is no .nt file."""
    source, target = map(Path, sys.argv[1:])
    if target.suffix == ".nt":
        read_outside("cordis", [source], Iris(), target)
        return
    home = Home(target)
    with home.workspace() as work:
        fed = read_outside("cordis", [source], Iris(), work / "cordis.nt")
        with home.draft() as draft:
            draft.replace_file(Iris().graph("cordis")[1:-1], work / "cordis.nt", fed.fingerprint)


main()
