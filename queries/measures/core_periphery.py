"""Whether the network has a dense core with a periphery around it, and who is in the core."""

import numpy as np

from queries.errors import MeaninglessError
from queries.measure import Fact, Measure, MeasureResult, Note, require, result
from queries.network import Floats, Ints, Network
from queries.triangles import node_sums, require_one_mode

WEAK_BELOW = 0.5  # correlation under which a note warns

MEASURE = Measure(
    name="core_periphery",
    title_sv="Kärna och periferi",
    title_en="Core and periphery",
    summary_sv="1 för kärnan, där alla helst möts, 2 för periferin, som helst inte möts inbördes.",
    summary_en="1 for the core, where ideally all meet, 2 for the periphery, which ideally does not.",
    order="lowest first",
    groups=True,
)


def measure(network: Network) -> MeasureResult:
    """Part the nodes in a core and a periphery so that they fit the ideal best.

    Idea: in many networks a few are tied to one another and to everyone, the rest only to those few.
    Ideally all pairs of the core have an edge and no pair of the periphery has; ties between core and
    periphery are left free. The parting that fits this best is sought, and how well it fits is said.

    Formula: the fit is the correlation, over the pairs within the core and within the periphery, of having
    an edge with being in the core; it is 1 where nothing breaks the ideal. Tried is, for each k, the core
    of the k nodes of most partners: of all cores of k nodes it has the most edges within the core less
    those within the periphery. Cores that pass over a node of more partners are not tried.

    Odd input: of equal partings the one with the smallest core is taken; of equal nodes those that come
    first. Refused: no edges, a two-mode network, and one in which all pairs have an edge (no periphery).
    A projection of projects is made of cliques, so a core is easily one large project.

    Reference: Borgatti and Everett (1999), Models of core/periphery structures, Social Networks 21, 375-395;
    Lip (2011), A fast algorithm for the discrete core/periphery bipartitioning problem, arXiv 1102.5511 (why
    the nodes of most partners).

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "aq", "dq", "br", "er", "cs", "fs")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 1), ('b', 1), ('c', 1), ('d', 2), ('e', 2), ('f', 2)]
    """
    require(MEASURE, network, nodes=3, edges=1)
    require_one_mode(MEASURE, network)
    n, m = len(network.nodes), len(network.sources)
    if m == n * (n - 1) // 2:
        raise MeaninglessError(
            f"All pairs of the network {network.name!r} have an edge: it is all core, and has no periphery."
        )
    degrees = node_sums(network, np.ones(m))
    order = np.argsort(-degrees, kind="stable")
    size, fit = _best(network, degrees, order)
    core = np.zeros(n, dtype=bool)
    core[order[:size]] = True
    ends = core[network.sources].astype(np.intp) + core[network.targets]
    both, one, none = (int(np.count_nonzero(ends == count)) for count in (2, 1, 0))
    inside, outside = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    facts = [
        Fact("core", "Noder i kärnan", "Nodes in the core", size),
        *_density("core", "kärnan", "the core", both, inside),
        *_density("between", "kärna och periferi", "core and periphery", one, size * (n - size)),
        *_density("periphery", "periferin", "the periphery", none, outside),
        Fact("fit", "Passning (korrelation)", "Fit (correlation)", fit),
    ]
    return result(
        MEASURE,
        network,
        [1 if inner else 2 for inner in core.tolist()],
        engine="scipy",
        facts=facts,
        notes=[_weak(fit)] if fit < WEAK_BELOW else [],
    )


def _best(network: Network, degrees: Floats, order: Ints) -> tuple[int, float]:
    """Return how many of the nodes of most partners make the core that fits best, and how well."""
    n, m = len(order), len(network.sources)
    rank = np.empty(n, dtype=np.intp)
    rank[order] = np.arange(n)
    later = np.maximum(rank[network.sources], rank[network.targets])
    both = np.cumsum(np.bincount(later, minlength=n))[:-1].astype(np.float64)  # edges among the first k
    none = m - (np.cumsum(degrees[order])[:-1] - both)  # edges with no end among them
    size = np.arange(1, n, dtype=np.float64)
    inside, outside = size * (size - 1) / 2, (n - size) * (n - size - 1) / 2
    pairs, edges = inside + outside, both + none
    spread = np.sqrt(inside * outside * edges * (pairs - edges))
    fit = np.divide(pairs * both - inside * edges, spread, out=np.full(n - 1, -1.0), where=spread > 0)
    fit[(both == inside) & (none == 0)] = 1.0
    best = int(np.argmax(np.round(fit, 12)))
    return best + 1, float(fit[best])


def _density(name: str, sv: str, en: str, edges: int, pairs: float) -> list[Fact]:
    title = f"Täthet i {sv}", f"Density of {en}"
    return [Fact(f"density_{name}", *title, edges / pairs)] if pairs else []


def _weak(fit: float) -> Note:
    return Note(
        f"Passningen är {fit:.2f}: nätverket liknar knappast kärna och periferi.",
        f"The fit is {fit:.2f}: the network hardly looks like a core and a periphery.",
    )
