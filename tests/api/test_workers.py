"""The threads for free queries: results, errors, and a queue that ends."""

import threading

import pytest

from api.workers import WAITING, Busy, Workers
from graph.store import Store


def test_jobs_give_results_and_errors() -> None:
    workers = Workers(2)
    assert workers.submit(lambda: 2 + 3).result(5) == 5
    with pytest.raises(ZeroDivisionError):
        workers.submit(lambda: 1 // 0).result(5)
    workers.close()


def test_what_is_no_ordinary_error_does_not_end_the_thread() -> None:
    workers = Workers(1)

    def panic() -> None:
        raise KeyboardInterrupt

    with pytest.raises(RuntimeError, match="broke off"):
        workers.submit(panic).result(5)
    assert workers.submit(lambda: "still here").result(5) == "still here"
    workers.close()


def test_a_full_queue_refuses_and_recovers() -> None:
    workers, gate = Workers(1), threading.Event()
    waiting = [workers.submit(lambda: gate.wait(30)) for _ in range(1 + WAITING)]
    with pytest.raises(Busy):
        workers.submit(lambda: True)
    gate.set()
    assert all(future.result(5) for future in waiting)
    assert workers.submit(lambda: True).result(5)
    workers.close()


def test_deep_recursion_has_room() -> None:
    """The engine overflows the stack of an ordinary thread on this one, and the process ends."""
    workers, text = Workers(1), "SELECT * { FILTER(" + "!" * 60_000 + "true) }"
    assert len(workers.submit(lambda: Store.memory().rows(text)).result(60).rows) == 1
    workers.close()
