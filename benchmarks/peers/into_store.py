"""Load a peer's N-Triples into a durable store as ours holds them: a named graph and the merge, flushed."""

import sys
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store


def main(source: Path, folder: Path) -> None:
    """Load the file into a new store in the folder."""
    store = Store(str(folder))
    store.bulk_load(
        path=source, format=RdfFormat.N_TRIPLES, to_graph=NamedNode("https://w3id.org/samspel/graph/cordis")
    )
    store.bulk_load(path=source, format=RdfFormat.N_TRIPLES)
    store.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
