"""Hold the physical lines of a CSV file that are not used up yet, and fetch more as they are wanted."""

from collections.abc import Iterator
from io import StringIO

from loaders.reading.faults import sound


class Lines:
    """A window on the lines of a text: `held[at:]` are next, and `number` is the line number of the first.

    `sound` tells that all that is held is free of foreign characters and in NFC.
    """

    def __init__(self, blocks: Iterator[str]) -> None:
        self._blocks = blocks
        self.held: list[str] = []
        self.at = 0
        self.number = 1
        self.sound = True
        self.ascii = True

    def more(self) -> bool:
        """Fetch a block when nothing is left; False at the end of the file."""
        if self.at >= len(self.held):
            self.held, self.at, self.sound, self.ascii = [], 0, True, True
            return self._fetch()
        return True

    def line(self, ahead: int) -> str | None:
        """Return the line so many places ahead, or None after the last."""
        while self.at + ahead >= len(self.held):
            if not self._fetch():
                return None
        return self.held[self.at + ahead]

    def use(self, count: int) -> None:
        """Go on after so many lines."""
        self.at += count
        self.number += count

    def _fetch(self) -> bool:
        block = next(self._blocks, None)
        if block is None:
            return False
        self.sound = self.sound and sound(block)
        self.ascii = self.ascii and block.isascii()
        del self.held[: self.at]
        self.at = 0
        self.held += StringIO(block, newline="\n")
        return True
