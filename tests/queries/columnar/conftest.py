"""What the tests of engines share: networks, and how close an engine must come to our arrays."""

from queries.errors import MeaninglessError
from queries.measure import MeasureResult, Setting, run
from queries.network import Network, Row

WITHIN = {
    "pagerank": 1e-9
}  # absolute; of all other measures only sums of shares differ, in their last digits
CASES: tuple[tuple[str, dict[str, Setting]], ...] = (
    ("degree", {}),
    ("strength", {"weight": "newman"}),
    ("strength", {"weight": "amount"}),
    ("components", {}),
    ("pagerank", {"weight": "newman", "damping": 0.5}),
    ("k_core", {}),
    ("label_propagation", {"weight": "count"}),
    ("flows", {"counting": "fractional"}),
    ("dynamics", {"counting": "start"}),
)


def dated() -> Network:
    """Eleven actors of three counties in projects of three periods with money; one alone, one undated."""
    projects = (("p", "2008", "abc"), ("q", "2015", "abd"), ("r", "2015", "cdei"), ("s", "2022", "fgh"))
    rows: list[Row] = [
        {
            "actor": actor,
            "actorLabel": f"Aktör å{actor} 'x'",
            "actorTerritory": "XYZ"[ord(actor) % 3],
            "actorKind": "company" if actor in "abf" else "university|agency",
            "event": event,
            "from": f"{year}-02-01",
            "to": f"{int(year) + 2}-01-31",
            "eventAmount": str(1000 * (at + 1)),
            "eventCurrency": "EUR",
            "role": "partner",
        }
        for at, (event, year, actors) in enumerate((*projects, ("t", "2023", "ha")))
        for actor in actors
    ]
    rows += [{"actor": "j"}, *({"actor": actor, "event": "u"} for actor in "kb")]
    return Network.from_rows("dated", rows, "one-mode")


def of_arrays(name: str, network: Network, given: dict[str, Setting]) -> MeasureResult | MeaninglessError:
    """Measure by our arrays, or say why it is refused."""
    takes = {"engine": "scipy"} if name in ("pagerank", "k_core", "label_propagation") else {}
    try:
        return run(name, network, **given, **takes)
    except MeaninglessError as error:
        return error
