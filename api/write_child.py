"""One write in a process of its own: no sockets, bounded memory; it can be killed and nothing is half done.

The request comes on stdin (a line of JSON, then the body, unless it is in a file), the outcome goes to
stdout as a line of JSON. The process starts ahead of its request, so that a write need not wait for it.
"""

import errno
import gc
import json
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad

from api import edits
from api.confine import STACK, limit_memory, no_core, no_sockets
from api.guard import Refused
from api.update_run import Dataset
from api.uploads import documents
from api.write_request import Answer, Request
from graph.errors import CheckFailed, EditRefused, GraphError, QueryError, StoreBusy, StoreError, TermError
from graph.generations import Home
from graph.iris import Iris
from graph.validate import validate
from queries import executables

_STATUS = ((CheckFailed, 422), (EditRefused, 409), (TermError, 400), (QueryError, 400), (StoreBusy, 503))


def main() -> None:
    """Wait for a request, carry it out, and tell the outcome."""
    prepare()
    serve(sys.stdin.buffer, sys.stdout.buffer)


def prepare() -> None:
    """Read what every write needs, before there is anything to check."""
    validate([])
    executables.lines(Iris())


def serve(asks: BinaryIO, answers: BinaryIO) -> None:
    """Take one request, carry it out, and tell the outcome."""
    no_core()
    no_sockets()
    gc.disable()  # this process ends before its memory could run short of it
    head = asks.readline()
    if not head:
        return
    request = Request(**json.loads(head))
    body = Path(request.path).read_bytes() if request.path else asks.read()
    if request.memory:
        limit_memory(request.memory)
    answers.write(json.dumps(asdict(_in_deep_thread(lambda: answer(request, body)))).encode() + b"\n")
    answers.flush()


def answer(request: Request, body: bytes) -> Answer:
    """Carry out a request; what goes wrong becomes a status and a sentence."""
    try:
        done = _write(request, body)
    except Refused as error:
        return Answer(error.status, str(error))
    except GraphError as error:
        return Answer(_status(error), str(error))
    except MemoryError:
        return Answer(413, "The write needs more memory than it may have; write less at once.")
    except OSError as error:
        return Answer(507 if error.errno == errno.ENOSPC else 500, f"The store cannot be written: {error}.")
    if not done.found:
        return Answer(404, f"There is no graph {request.graph}.", generation=done.generation)
    return Answer(201 if done.created else 200, done.sentence(), done.created, done.generation)


def _write(request: Request, body: bytes) -> edits.Done:
    home, iris = Home(Path(request.store)), Iris(request.base)

    def sent(graph: str) -> list[Quad]:
        return documents(body, request.media, graph)

    if request.kind == "update":
        dataset = Dataset(tuple(request.using), tuple(request.using_named))
        return edits.update(home, iris, _text(body), dataset)
    if request.kind == "delete":
        return edits.delete(home, iris, request.graph)
    return (edits.put if request.kind == "put" else edits.post)(home, iris, request.graph, sent)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"The update is not UTF-8 (byte {error.start}).") from error


def _status(error: GraphError) -> int:
    if isinstance(error, StoreError) and "no space left" in str(error).lower():
        return 507
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def _in_deep_thread(job: Callable[[], Answer]) -> Answer:
    """Run a job where deep recursion in the engine has room."""
    found: list[Answer] = []
    threading.stack_size(STACK)
    thread = threading.Thread(target=lambda: found.append(job()))
    thread.start()
    thread.join()
    return found[0] if found else Answer(500, "The write broke off; nothing was changed.")


if __name__ == "__main__":
    main()
