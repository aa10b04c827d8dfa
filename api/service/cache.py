"""Keep answers as long as the data are the same: the least used go first when room is short."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from api.service.frames import Headers

_ROOM = 64_000_000  # bytes of bodies
_LARGEST = 512_000
_MANY = 20_000  # answers


@dataclass(frozen=True)
class Kept:
    """An answer that is kept."""

    status: int
    headers: Headers
    body: bytes


class Cache:
    """Answers by what was asked."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room, self._size = room, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        """Return the answer to what was asked before."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer, unless it is very large."""
        if len(kept.body) > _LARGEST or key in self._kept:
            return
        self._kept[key] = kept
        self._size += len(kept.body)
        while self._size > self._room or len(self._kept) > _MANY:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.body)

    def clear(self) -> None:
        """Forget all answers."""
        self._kept.clear()
        self._size = 0
