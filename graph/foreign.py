"""Tell what is none of our business: things of others that stand only in graphs written by hand.

The shapes and the rule that links lead somewhere are for our graph. A graph that somebody puts beside it may
speak of other things in other words, as long as nothing of ours leads there (docs/decisions/0010).
"""

from pyoxigraph import BlankNode, NamedNode, Quad

from graph import links
from graph.findings import Finding
from graph.iris import Iris
from graph.store import Store
from ontology import names as n

EDITS = "edits"  # the graph of what is put into the default graph


def tolerated(store: Store, iris: Iris, finding: Finding) -> bool:
    """Tell whether a finding is about what is none of ours."""
    if finding.shape == links.SHAPE:
        return (finding.value or "").startswith(_stored(iris))
    if finding.focus_is_literal:
        return False
    node = _node(finding.focus)
    about = list(store.match(node, named=True))
    return (
        not _ours(node, iris)
        and all(by_hand(iris, quad) for quad in about)
        and not any(_says_ours(quad) for quad in about)
        and not any(_ours(quad.subject, iris) for quad in store.match(value=node, named=True))
    )


def by_hand(iris: Iris, quad: Quad) -> bool:
    """Tell whether a quad stands in a graph that was written by hand: not that of a source."""
    name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    return name == iris.graph(EDITS)[1:-1] or not name.startswith(f"{iris.base}graph/")


def _says_ours(quad: Quad) -> bool:
    """Tell whether a quad gives its subject one of our classes."""
    kind = quad.object.value if isinstance(quad.object, NamedNode) else ""
    return quad.predicate.value == n.type_ and kind.startswith(n.SAMSPEL)


def _ours(node: object, iris: Iris) -> bool:
    if not isinstance(node, NamedNode):
        return False
    return node.value.startswith((iris.base, n.BASE)) and not node.value.startswith(_stored(iris))


def _stored(iris: Iris) -> str:
    return f"{iris.base}store/"


def _node(text: str) -> NamedNode | BlankNode:
    return BlankNode(text.removeprefix("_:")) if text.startswith("_:") else NamedNode(text)
