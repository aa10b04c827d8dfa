"""Ask again what failed for a while: with pauses that double.

There is some chance in them, so that many who wait do not knock at the same moment.
"""

from collections.abc import Callable
from random import uniform
from time import sleep
from typing import TypeVar

from graph.endpoint import Endpoint
from graph.errors import StoreUnwell

T = TypeVar("T")
_LONGEST = 30.0  # seconds


def patiently(endpoint: Endpoint, act: Callable[[], T]) -> T:
    """Return what an act gives that may be done twice; the last failure is told with the number of tries."""
    for number in range(1, endpoint.tries):
        try:
            return act()
        except StoreUnwell:
            wait(endpoint, number)
    try:
        return act()
    except StoreUnwell as error:
        raise StoreUnwell(f"{error} Tried {endpoint.tries} times.", answered=error.answered) from error


def wait(endpoint: Endpoint, number: int) -> None:
    """Wait after a try: each time about twice as long."""
    sleep(min(_LONGEST, endpoint.pause * 2 ** (number - 1)) * uniform(0.5, 1.5))  # noqa: S311  # no secret
