"""A snapshot as two stores: the merge alone in memory, which most queries ask, and the whole behind it.

In the engine's memory a quad of a named graph lies between those of the merge, and a query that asks the
merge only walks over both. Which store answers never shows: a query that names no graph cannot tell.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager

from pyoxigraph import Quad, RdfFormat

from graph.asked import Answer, Asked, Cell, Dataset, Node, Sink
from graph.store import Store

_COMMENT = re.compile(r"^[ \t]*#[^\r\n]*", re.MULTILINE)
_NAME = re.compile(r"[:?$][a-z_][a-z0-9_-]*")  # what begins so is one name with all letters that follow


class Split(Asked):
    """A store whose merge is held apart; `whole` is called when the whole is first needed."""

    def __init__(self, merge: Store, whole: Callable[[], Store]) -> None:
        self._merge, self._make = merge, whole
        self._made: Store | None = None

    def __len__(self) -> int:
        return len(self._whole)

    @property
    def _whole(self) -> Store:
        if self._made is None:
            self._made = self._make()
        return self._made

    def run(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Answer:
        """Run any SPARQL query over the merge of all graphs, or over those of a dataset."""
        asked = self._merge if dataset is None and not _may_name_graphs(query) else self._whole
        return asked.run(query, dataset, base)

    def match(
        self,
        subject: Node | None = None,
        predicate: str | None = None,
        value: Cell = None,
        named: bool = False,
    ) -> Iterator[Quad]:
        """Yield the quads of the merge, or of the `named` graphs, that match, in the order of an index."""
        return (self._whole if named else self._merge).match(subject, predicate, value, named)

    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        return self._whole.graphs()

    def raw(self, graph: str | None = None) -> Iterator[bytes]:
        """Yield a graph's triples, or those of the merge, as N-Triples lines with dot and line end."""
        return (self._merge if graph is None else self._whole).raw(graph)

    def write(
        self, out: Sink, form: RdfFormat, graph: str | None, prefixes: Mapping[str, str] | None = None
    ) -> None:
        """Write a graph's triples, or those of the merge, to a file in a format."""
        (self._merge if graph is None else self._whole).write(out, form, graph, prefixes)

    def close(self) -> None:
        """Let go of both stores."""
        self._merge.close()
        if self._made is not None:
            self._made.close()

    def _refusals(self) -> AbstractContextManager[None]:
        return self._merge._refusals()


def _may_name_graphs(query: str) -> bool:
    """Tell whether a query may speak of named graphs; letters may be written as escapes.

    `samspel:fromDocument`, `?from` and lines of comment say nothing: most catalogued queries have one.
    """
    text = query.lower()
    if "\\u" in text or not _named(text):
        return "\\u" in text
    if '"""' not in text and "'''" not in text:  # else a line may begin with # in the midst of a text
        text = _COMMENT.sub("", text)
    return _named(_NAME.sub("", text))


def _named(text: str) -> bool:
    return "graph" in text or "from" in text
