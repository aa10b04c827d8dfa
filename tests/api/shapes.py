"""What a page is made of: each element by what it is, stands in and holds, so that pages alike are told."""

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

Shape = tuple[str, ...]
ROWS = 9  # of rows alike, so many are looked at
_EMPTY = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
}
_OWN = {  # attributes whose value says what something is; of others it counts that they are there
    *("aria-atomic", "aria-current", "aria-expanded", "aria-haspopup", "aria-hidden", "aria-invalid"),
    *("aria-live", "aria-modal", "aria-pressed", "aria-selected", "class", "dir", "lang", "open", "role"),
    *("scope", "tabindex", "type"),
}
_DRAWN = {  # attributes that say where something is drawn
    *("cx", "cy", "d", "height", "points", "r", "transform", "viewbox", "width", "x", "x1", "x2"),
    *("y", "y1", "y2"),
}
_TEXT = "text"


class _Reading(HTMLParser):
    """Go through a page and note each shape, and which script makes more of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[Shape] = set()
        self.scripted = False
        self._within: list[str] = []
        self._children: list[list[str]] = [[]]  # of each element that is open
        self._said: set[int] = set()  # how deep the elements are that have text of their own
        self._skipped = 0  # elements open in a row that is not looked at

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        alike = self._children[-1]
        alike.append(tag)
        if self._skipped or (len(alike) > ROWS and alike[ROWS - 1] == tag and "main" in self._tags()):
            self._skipped += 1
        told = (name + (f"={value}" if name in _OWN else "") for name, value in attrs if name not in _DRAWN)
        self._within.append(" ".join((tag, *sorted(told))))
        self._children.append([])
        self.scripted |= tag == "script" and any(name == "src" for name, _ in attrs)
        if tag in _EMPTY:
            self._leave()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._tags():
            return
        while self._tags()[-1] != tag:  # an element whose end need not be written
            self._leave()
        self._leave()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self._leave()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._said.add(len(self._within))

    def close(self) -> None:
        """End all that is still open."""
        super().close()
        while self._within:
            self._leave()

    def _leave(self) -> None:
        said = len(self._within) in self._said
        holds = sorted({*self._children.pop(), *((_TEXT,) if said else ())})
        if self._skipped:
            self._skipped -= 1
        else:
            self.found.add((*self._within, " ".join(holds)))
        self._said.discard(len(self._within))
        self._within.pop()

    def _tags(self) -> list[str]:
        return [each.partition(" ")[0] for each in self._within]


def shapes(page: str) -> tuple[frozenset[Shape], bool]:
    """Return the shapes of a page, and whether a script makes more of it."""
    reading = _Reading()
    reading.feed(page)
    reading.close()
    return frozenset(reading.found), reading.scripted


def fewest(pages: Mapping[str, frozenset[Shape]], certain: Iterable[str]) -> tuple[str, ...]:
    """Return the certain pages and as few others as together have every shape of all."""
    chosen = list(dict.fromkeys(certain))
    left = frozenset[Shape]().union(*pages.values()).difference(*(pages[each] for each in chosen))
    while left:
        best = max(pages, key=lambda each: len(pages[each] & left))
        chosen.append(best)
        left -= pages[best]
    return tuple(chosen)
