"""Changes sent to an endpoint: a graph in chunks, an update in one go; never an update twice by guess."""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Final

from graph.addresses import doors
from graph.endpoint import Endpoint, Line
from graph.errors import QueryError, StoreError, StoreUnwell
from graph.patience import patiently, wait
from graph.remote import GRAPH, text_of

_TRIPLES: Final = "application/n-triples"
_UPDATE: Final = "application/sparql-update"


class Delivery:
    """The two doors by which an endpoint takes changes."""

    def __init__(self, endpoint: Endpoint) -> None:
        update, store = doors(endpoint)
        self.endpoint = endpoint
        self._update = Line(update)
        self._store = None if store is None else Line(store)

    def close(self) -> None:
        """Close the connections."""
        for line in (self._update, self._store):
            if line is not None:
                line.close()

    def fill(self, graph: str, chunks: Iterable[bytes]) -> None:
        """Put N-Triples into a graph in place of what it holds: the first chunk replaces, the others add.

        Each may be sent twice, since a triple that comes again changes nothing. Blank nodes are the
        exception: a graph that has some must come as one chunk.
        """
        method = "PUT"
        for chunk in chunks:
            self._send(method, graph, chunk)
            method = "POST"

    def update(self, steps: Iterable[str]) -> None:
        """Run operations in one request, once."""
        text = " ;\n".join(step.rstrip() for step in steps)
        try:
            self._update.change("POST", text.encode(), _UPDATE)
        except QueryError as error:
            raise StoreError(f"The change is refused: {error}") from error

    def settle(self, steps: Iterable[str], done: Callable[[], bool | None]) -> None:
        """Run operations in one request that must not run twice: after a fault, look what became of them.

        `done` tells: True, they ran; False, nothing happened; None, it is half done.
        """
        held, end = list(steps), self.endpoint.tries
        for number in range(1, end + 1):
            try:
                self.update(held)
                return
            except StoreUnwell as error:
                found = self._look(done, error.answered)
                if found:
                    return
                if found is None or not error.answered or number == end:
                    raise
                wait(self.endpoint, number)

    def again(self, steps: Iterable[str]) -> None:
        """Run operations that may run twice."""
        held = list(steps)
        patiently(self.endpoint, lambda: self.update(held))

    def _look(self, done: Callable[[], bool | None], answered: bool) -> bool | None:
        """Look what became of a request; of one without an answer, for as long as it may still be at work."""
        end, number = monotonic() + self.endpoint.seconds, 1
        while True:
            try:
                found = done()
            except StoreUnwell:
                found = False
            if found or answered or monotonic() > end:
                return found
            wait(self.endpoint, number)
            number += 1

    def _send(self, method: str, graph: str, chunk: bytes) -> None:
        try:
            if self._store is not None:
                line = self._store
                patiently(self.endpoint, lambda: line.change(method, chunk, _TRIPLES, graph))
                return
            steps = [text_of("insert").replace(GRAPH, graph).replace("the-triples", chunk.decode())]
            if method == "PUT":
                steps.insert(0, text_of("drop").replace(GRAPH, graph))
            self.again(steps)
        except QueryError as error:
            raise StoreError(f"Graph {graph}: a part of it is refused: {error}") from error
