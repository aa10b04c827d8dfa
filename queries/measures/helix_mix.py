"""How evenly universities, companies, public bodies and civil society meet."""

import math

import numpy as np
from scipy.sparse import csr_array

from queries.errors import MeaninglessError
from queries.grouping import Grouping, grouping
from queries.helices import HELICES, helix
from queries.measure import Cell, Column, Fact, Measure, MeasureResult, Note, Table, Value, require, result
from queries.network import Floats, Ints, Network

MEASURE = Measure(
    name="helix_mix",
    title_sv="Blandning av aktörsslag",
    title_en="Helix mix",
    summary_sv="0: alla partner är av ett slag; 1: lika många universitet, företag, offentliga och civila.",
    summary_en="0: all partners are of one sort; 1: as many universities, companies, public and civil ones.",
)


def measure(network: Network) -> MeasureResult:
    """Tell how mixed each node's partners are, each event, and each territory's actors.

    Idea: the triple and quadruple helix hold that innovation comes where universities, companies, the
    public and civil society meet. An even mix is 1, a single sort 0.

    Formula: with p_h the share of helix h of the four, the normalised Shannon entropy is
    H = - sum over h of p_h ln p_h / ln 4 and Blau's index 1 - sum over h of p_h^2. For node i, p is over
    its partners; for an event over its actors; for a territory over its actors.

    Odd input: actors of no helix (science parks, incubators, unknown kinds) or of several are left out, and
    a note counts them, and another the events with no other actors, which do not reach three; a node none of
    whose partners has a helix has no value. Refused are two-mode networks,
    and those in which no two helices are found.

    Reference: Shannon (1948), A mathematical theory of communication; Blau (1977), Inequality and
    Heterogeneity; Etzkowitz and Leydesdorff (2000), The dynamics of innovation, Research Policy 29, 109-123.

    >>> rows = [
    ...     {"actor": a, "actorKind": k, "event": "p"}
    ...     for a, k in (("a", "sme"), ("b", "agency"), ("c", "sme"))
    ... ]
    >>> found = measure(Network.from_rows("example", rows, "one-mode"))
    >>> [(key, value) for key, _, value in found.values]
    [('a', 0.5), ('b', 0.0), ('c', 0.5)]
    """
    require(MEASURE, network, nodes=2, edges=1)
    if network.mode == "two-mode":
        raise MeaninglessError(
            f"The partners in the two-mode network {network.name!r} are events, which have no helix; ask a "
            "one-mode network."
        )
    codes = np.array([helix(node.kind) for node in network.nodes], dtype=np.intp)
    if len(set(codes[codes >= 0].tolist())) < 2:
        raise MeaninglessError(
            f"The actors of the network {network.name!r} are of fewer than two of the helices "
            f"{', '.join(HELICES)}; let its query return actorKind."
        )
    n = len(network.nodes)
    ends = np.concatenate([network.sources, network.targets])
    others = np.concatenate([network.targets, network.sources])
    partners = _counts(ends, codes[others], n)
    events = _counts(network.tie_event, codes[network.tie_actor], len(network.events))
    many = np.count_nonzero(events, axis=1)
    tied = np.bincount(network.tie_event, minlength=len(events)) > 0
    facts = [
        Fact(f"actors_{name}", name, name, int(np.count_nonzero(codes == at)))
        for at, name in enumerate(HELICES)
    ]
    if tied.any():
        three = float(np.mean(many[tied] >= _THREE))
        facts.append(
            Fact("three_helices", "Andel händelser med minst tre", "Share of events of at least three", three)
        )
    return result(
        MEASURE,
        network,
        [shannon(row) for row in partners],
        engine="scipy",
        columns=[Column("blau", "Blaus index", "Blau's index", tuple(blau(row) for row in partners))],
        facts=facts,
        notes=[*_left_out(codes), *_unknown(int(np.count_nonzero(tied & (many == 0))))],
        tables=[
            Table("events", "Händelser", "Events", _EVENTS, _by_event(network, events)),
            *_by_territory(network, codes),
        ],
    )


_THREE = 3
_EVENTS = ("event", *HELICES, "shannon", "blau")


def shannon(counts: Floats) -> Value:
    """Return the entropy of counts by that of four even ones; None without any.

    >>> round(shannon(np.array([10.0, 5, 3, 2])), 4), shannon(np.zeros(4))
    (0.8714, None)
    """
    total = float(counts.sum())
    shares = [count / total for count in counts.tolist() if count]
    return abs(sum(p * math.log(p) for p in shares)) / math.log(len(HELICES)) if shares else None


def blau(counts: Floats) -> Value:
    """Return the chance that two drawn with replacement differ; None without any.

    >>> round(blau(np.array([10.0, 5, 3, 2])), 4)
    0.655
    """
    total = float(counts.sum())
    return 1 - float(((counts / total) ** 2).sum()) if total else None


def _counts(rows: Ints, codes: Ints, height: int) -> Floats:
    known = codes >= 0
    places = rows[known], codes[known]
    found = csr_array((np.ones(int(known.sum())), places), shape=(height, len(HELICES)))
    return np.asarray(found.toarray(), dtype=np.float64)


def _by_event(network: Network, counts: Floats) -> tuple[tuple[Cell, ...], ...]:
    there = np.flatnonzero(counts.sum(axis=1))
    return tuple(
        (network.events[at].label, *(int(c) for c in counts[at]), shannon(counts[at]), blau(counts[at]))
        for at in there
    )


def _by_territory(network: Network, codes: Ints) -> list[Table]:
    try:
        groups: Grouping = grouping(MEASURE, network, "territory", least=1)
    except MeaninglessError:
        return []
    known = groups.codes >= 0
    counts = _counts(groups.codes[known], codes[known], len(groups.names))
    rows = tuple(
        (name, *(int(c) for c in counts[at]), shannon(counts[at]), blau(counts[at]))
        for at, name in enumerate(groups.names)
    )
    return [Table("territories", "Län", "Territories", ("territory", *HELICES, "shannon", "blau"), rows)]


def _unknown(events: int) -> list[Note]:
    if not events:
        return []
    return [
        Note(
            f"Händelser utan aktör av känt slag räknas som om de inte nådde tre: {events}.",
            f"Events with no actor of a known helix count as not reaching three: {events}.",
        )
    ]


def _left_out(codes: Ints) -> list[Note]:
    left = int(np.count_nonzero(codes < 0))
    if not left:
        return []
    return [
        Note(
            f"{left} av {len(codes)} aktörer är inte med: mellanaktörer, okända eller av flera slag.",
            f"{left} of {len(codes)} actors are left out: go-betweens, unknown or of several helices.",
        )
    ]
