"""How much each node works with its partners."""

from queries.errors import MeaninglessError
from queries.measure import Column, Measure, Measured, MeasureResult, Note, require, result
from queries.measures.degree import partners
from queries.network import Network, Weight
from queries.triangles import node_sums
from queries.weighting import weighting

MEASURE = Measure(
    name="strength",
    title_sv="Samarbetets omfattning",
    title_en="Strength of ties",
    summary_sv="Summan av vikterna på nodens kanter: hur mycket den samarbetar, inte bara med hur många.",
    summary_en="The sum of the weights of a node's edges: how much it works with others, not just how many.",
    parameters=(weighting("count", "none"),),
)


def measure(network: Network, weight: Weight = "count") -> MeasureResult:
    """Sum the weights of each node's edges.

    Idea: two partners in ten projects are closer than ten partners in one. By count a large project
    weighs heavily, since every pair in it gets a full 1. Newman's weight divides each project by the
    number of the others in it, so a project gives each of its actors exactly 1 in all.

    Formula: s_i = sum over j of w_ij. With weight=count w_ij = sum over e of b_ie b_je; with
    weight=newman w_ij = sum over e with k_e > 1 of b_ie b_je / (k_e - 1). b_ie is 1 if actor i takes part
    in event e and else 0; k_e is the number of actors in e. Under newman s_i is therefore the number of
    events in which i has any partner at all.

    Parameters: weight, as above.

    Odd input: an isolate has 0; no nodes are refused. A two-mode network has only edges of weight 1, so
    its strength is its degree (said in a note) and newman is refused.

    Reference: Newman (2001), Scientific collaboration networks II, Physical Review E 64, 016132.

    >>> rows = [{"actor": a, "event": e} for a, e in ("ap", "bp", "cp", "aq", "bq", "dr")]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"), weight="newman")
    >>> [(key, value) for key, _, value in found.values]
    [('a', 2.0), ('b', 2.0), ('c', 1.0), ('d', 0.0)]
    """
    require(MEASURE, network)
    if weight == "none":
        raise MeaninglessError("Strength without weights is the degree; ask for the measure 'degree'.")
    sums = node_sums(network, network.weights(weight))
    return told(network, sums.tolist(), partners(network).tolist(), weight, "scipy")


def told(
    network: Measured, sums: list[float], degrees: list[int], weight: Weight, engine: str
) -> MeasureResult:
    """Put the sums that an engine found together with the numbers of partners."""
    return result(
        MEASURE,
        network,
        sums,
        engine=engine,
        parameters={"weight": weight},
        columns=[Column("partners", "Antal partner", "Partners", tuple(degrees))],
        notes=[_TWO_MODE] if network.mode == "two-mode" else [],
    )


_TWO_MODE = Note(
    "I ett nätverk med två slags noder väger varje kant ett: omfattningen är lika med antalet partner.",
    "In a two-mode network every edge weighs one: the strength equals the number of partners.",
)
