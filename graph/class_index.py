"""The classes of very many things in little memory: 12 bytes for each thing and class of it."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from graph.triples import TYPE

_SHARES = 1 << 10


class ClassIndex:
    """Which classes things have; a thing is known by a hash of 64 bits, a class by its number.

    All is put in first and looked up afterwards.
    """

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._classes: list[str] = []
        self._things = [array("q") for _ in range(_SHARES)]
        self._of = [array("I") for _ in range(_SHARES)]
        self._ordered = bytearray(_SHARES)

    def put(self, thing: bytes, name: bytes) -> None:
        """Remember that a thing has a class; both are N-Triples text."""
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._classes)
            self._classes.append(name.decode())
        mark = hash(thing)
        self._things[mark % _SHARES].append(mark)
        self._of[mark % _SHARES].append(number)

    def lines(self, things: Iterable[str]) -> Iterator[str]:
        """Yield what the index holds of things, as N-Triples without the final dot."""
        for thing in things:
            for name in self._named(hash(thing.encode())):
                yield f"{thing} {TYPE} {name}"

    def _named(self, mark: int) -> Iterator[str]:
        share = mark % _SHARES
        if not self._ordered[share]:
            self._order(share)
        things, numbers = self._things[share], self._of[share]
        at = bisect_left(things, mark)
        while at < len(things) and things[at] == mark:
            yield self._classes[numbers[at]]
            at += 1

    def _order(self, share: int) -> None:
        """Sort a share when it is first asked: all at once would take several times the memory."""
        pairs = sorted(zip(self._things[share], self._of[share], strict=True))
        self._things[share] = array("q", [thing for thing, _ in pairs])
        self._of[share] = array("I", [number for _, number in pairs])
        self._ordered[share] = 1
