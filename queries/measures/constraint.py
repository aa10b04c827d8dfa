"""How closed the circle around each node is: Burt's constraint."""

import numpy as np
from scipy.sparse import csr_array, diags_array

from queries.errors import MeaninglessError
from queries.measure import Measure, MeasureResult, Note, Parameter, require, result
from queries.network import Floats, Network, Sparse, Weight

ROWS_AT_ONCE = 500  # bounds the memory of P P, which is far denser than P

MEASURE = Measure(
    name="constraint",
    title_sv="Inlåsning (Burts constraint)",
    title_en="Burt's constraint",
    summary_sv="Hur mycket nodens partner också hänger ihop med varandra; lågt värde tyder på en mäklare.",
    summary_en="How far a node's partners are tied to each other as well; a low value suggests a broker.",
    parameters=(
        Parameter(
            name="weight",
            default="none",
            summary_sv="count: gemensamma projekt; newman: projekten delade på sina par; none: alla lika.",
            summary_en="count: shared projects; newman: projects shared among their pairs; none: all alike.",
            choices=("count", "newman", "none"),
        ),
    ),
    order="lowest first",
)


def measure(network: Network, weight: Weight = "none") -> MeasureResult:
    """Compute Burt's constraint of each node.

    Idea: a node whose partners do not know each other sits over a structural hole and can carry things
    across. Constraint says how much of a node's work leads, directly or through others, back to the same
    partner: low for a broker, high inside one closed circle.

    Formula: c_i = sum over partners j of i of (p_ij + sum over q of p_iq p_qj)^2 with
    p_ij = w_ij / sum over k of w_ik. w_ij is the weight of the edge between i and j; p_ij is the share of
    i's work that goes to j; q runs over the nodes other than i and j.

    Parameters: weight, what w_ij is: the number of shared events (count), Newman's share of them
    (newman), or 1 (none).

    Odd input: an isolate has no partners, its constraint is undefined (None, counted in a note). With one
    partner it is 1: such a node is never a broker. In small closed circles it can be above 1. In a
    two-mode network partners are never tied to each other: refused.

    Reference: Burt (1992), Structural Holes, Harvard University Press, chapter 2;
    Borgatti (1997), Structural holes: unpacking Burt's redundancy measures, Connections 20, 35-38.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "bq", "cq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 1.0), ('b', 0.5), ('c', 1.0), ('d', None)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    if network.mode == "two-mode":
        raise MeaninglessError(
            f"Constraint asks how a node's partners are tied to each other; in the two-mode network "
            f"{network.name!r} they never are. Ask it of a one-mode network."
        )
    adjacency = network.adjacency(weight)
    found = _constraint(adjacency)
    alone = np.diff(adjacency.indptr) == 0
    return result(
        MEASURE,
        network,
        [None if lonely else float(value) for value, lonely in zip(found, alone, strict=True)],
        engine="scipy",
        parameters={"weight": weight},
        notes=[_undefined(int(alone.sum()))] if alone.any() else [],
    )


def _constraint(adjacency: Sparse) -> Floats:
    sums: Floats = adjacency.sum(axis=1)
    share: Sparse = csr_array(diags_array(1 / np.where(sums > 0, sums, 1)) @ adjacency)
    blocks = [np.zeros(0)]
    for first in range(0, len(sums), ROWS_AT_ONCE):
        direct = share[first : first + ROWS_AT_ONCE]
        through: Sparse = csr_array((direct @ share).multiply(direct > 0))  # to partners of i only
        both: Sparse = csr_array(direct + through)
        blocks.append(np.asarray(both.power(2).sum(axis=1)))
    return np.concatenate(blocks)


def _undefined(many: int) -> Note:
    return Note(
        f"{many} {'nod' if many == 1 else 'noder'} utan partner har inget värde: måttet är odefinierat där.",
        f"{many} {'node' if many == 1 else 'nodes'} without partners have no value: it is undefined there.",
    )
