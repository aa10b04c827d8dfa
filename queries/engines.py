"""Which library computes a measure: our own code on scipy, igraph, networkit or networkx."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec

from queries.errors import MeaninglessError, ParameterError
from queries.measure import Parameter

ENGINES = ("scipy", "igraph", "networkit", "networkx")
NETWORKX_UP_TO = 5_000  # nodes; above, networkx would take minutes and gigabytes

ENGINE = Parameter(
    name="engine",
    default="auto",
    summary_sv="Vilket bibliotek som räknar; auto: det snabbaste som finns.",
    summary_en="Which library computes; auto: the fastest that is installed.",
    choices=("auto", *ENGINES),
)


def pick(measure: str, wanted: str, known: Sequence[str], nodes: int) -> str:
    """Return the engine for a measure: the one wanted, or of `known`, the best first, one that is there.

    Refused are an engine that cannot compute the measure or is not installed, and networkx on more than
    NETWORKX_UP_TO nodes.
    """
    if wanted == "auto":
        wanted = next((each for each in known if installed(each)), known[-1])
    if wanted not in known:
        raise ParameterError(
            f"The measure {measure!r} is not computed by {wanted}; it can be by {', '.join(known)}."
        )
    if not installed(wanted):
        raise ParameterError(
            f"{wanted} is not installed; install it with `pip install {wanted}`, or use engine=auto."
        )
    if wanted == "networkx" and nodes > NETWORKX_UP_TO:
        raise MeaninglessError(
            f"networkx would take too long for {measure!r} of {nodes} nodes (at most {NETWORKX_UP_TO}): "
            "install igraph (`pip install igraph`), or give pivots where the measure has them."
        )
    return wanted


@cache
def installed(engine: str) -> bool:
    """Tell whether an engine can be imported."""
    return find_spec(engine) is not None
