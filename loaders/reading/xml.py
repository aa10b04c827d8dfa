"""Read XML files as streams of elements of one tag: CORDIS projects, one a file or many in a zip."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from loaders.errors import FileError
from loaders.reading.encoding import digest_of
from loaders.reading.faults import FOREIGN, fault, shown, tidy
from loaders.reading.limits import Limits
from loaders.reading.markup import Markup, MarkupError
from loaders.reading.package import Part, parts
from loaders.source import Put, Reject

_FORMAT = "XML"


class Elements:
    """The elements of one XML file; tags and attributes come without their namespace."""

    def __init__(self, part: Part, tag: str, reject: Put, limits: Limits) -> None:
        self.name, self.form = part.name, _FORMAT
        self._part, self._tag, self._reject, self._limits = part, tag, reject, limits
        self.sha256 = digest_of(part, limits)
        self.read = 0

    def records(self) -> Iterator[tuple[int, Element]]:
        """Yield each outermost element of the tag with its first line, text in NFC without blanks around.

        Where a file breaks within an element, that one is rejected. If it has others before, or a root of
        another tag, what follows is lost, and FileError says from which line on.
        """
        self.read = 0
        builder = _Builder(self._part, self._tag, self._limits)
        try:
            for _ in builder.markup.pieces():
                yield from self._judged(builder)
        except MarkupError as error:
            yield from self._judged(builder)
            if builder.open_line is None and not (self.read == 0 and builder.depth == 0):
                raise
            self._put(builder.open_line or 1, error.why + f" (line {error.line})", "")
            if builder.depth > 1 or self.read > 1:
                raise

    def _judged(self, builder: "_Builder") -> Iterator[tuple[int, Element]]:
        for line, element, too_long in builder.taken():
            if told := too_long or _tidied(element):
                self._put(line, told, tostring(element, "unicode"))
            else:
                self.read += 1
                yield line, element

    def _put(self, line: int, reason: str, record: str) -> None:
        self.read += 1
        self._reject(Reject(self.name, line, "record", shown(record, 200), reason, shown(record)))


class _Builder:
    """Build the elements of one tag, and nothing of what lies around them."""

    def __init__(self, part: Part, tag: str, limits: Limits) -> None:
        self.markup = Markup(part, limits, self._start, self._end)
        self.open_line: int | None = None
        self.depth = 0  # elements open around the record, itself included
        self._tag, self._limits = tag, limits
        self._inside = self._size = 0
        self._builder = TreeBuilder()
        self._done: list[tuple[int, Element, str | None]] = []

    def taken(self) -> list[tuple[int, Element, str | None]]:
        """Return the elements that are complete, each once."""
        done, self._done = self._done, []
        return done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        local = _local(tag)
        if not self._inside:
            self.depth += 1
            if local != self._tag:
                return
            self._builder, self._size, self.open_line = TreeBuilder(), 0, self.markup.line
            self.markup.hear(self._text)
        self._inside += 1
        self._grown(sum(map(len, attributes.values())) + len(local))
        if self._fits():
            self._builder.start(local, {_local(name): value for name, value in attributes.items()})

    def _end(self, tag: str) -> None:
        if not self._inside:
            self.depth -= 1
            return
        if self._fits():
            self._builder.end(_local(tag))
        self._inside -= 1
        if not self._inside:
            self._close()

    def _close(self) -> None:
        most = self._limits.record_chars
        whole = self._fits()
        element = self._builder.close() if whole else Element(self._tag)
        told = None if whole else f"longer than {most} characters"
        self._done.append((self.open_line or 1, element, told))
        self.markup.hear(None)
        self.open_line = None
        self.depth -= 1

    def _text(self, data: str) -> None:
        self._grown(len(data))
        if self._fits():
            self._builder.data(data)

    def _grown(self, size: int) -> None:
        self._size += size + 1

    def _fits(self) -> bool:
        return self._size <= self._limits.record_chars


def elements(path: Path, tag: str, reject: Put, limits: Limits | None = None) -> Iterator[Elements]:
    """Yield the XML files of a path, to be read as elements of one tag; FileError when there is none."""
    limits = limits or Limits()
    whole = not path.is_dir()
    found = False
    for part in parts(path, limits):
        if part.name.lower().endswith(".xml") or (whole and not part.packed):
            found = True
            yield Elements(part, tag, reject, limits)
    if not found:
        raise FileError(f"{path}: holds no XML file.")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _tidied(element: Element) -> str | None:
    """Bring all text of an element into form; return what is foreign in it, or None."""
    for each in element.iter():
        values = (each.text or "", each.tail or "", *each.attrib.values())
        if foreign := next((value for value in values if FOREIGN.search(value)), None):
            return fault(foreign, "text")
        each.text, each.tail = tidy(each.text or ""), tidy(each.tail or "")
        each.attrib.update({name: tidy(value) for name, value in each.attrib.items()})
    return None
