"""Stream XML through expat: no DOCTYPE, so no entities; depth and the length of one token are bounded."""

from collections.abc import Callable, Iterator
from xml.parsers import expat

from loaders.errors import FileError
from loaders.reading.limits import Limits
from loaders.reading.package import Part

Start = Callable[[str, dict[str, str]], None]


class MarkupError(FileError):
    """The XML is not well-formed from this line on."""

    def __init__(self, name: str, line: int, why: str) -> None:
        self.line, self.why = line, why
        super().__init__(f"{name}:{line}: {why}; nothing from this line on could be read.")


class Markup:
    """One pass over an XML part; handlers keep what they want, and `pieces` gives time to hand it on."""

    def __init__(self, part: Part, limits: Limits, start: Start, end: Callable[[str], None]) -> None:
        self._part, self._limits, self._start, self._end = part, limits, start, end
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed

    def hear(self, text: Callable[[str], object] | None) -> None:
        """Give the text from here on to a handler, or to none."""
        self._parser.CharacterDataHandler = text

    @property
    def line(self) -> int:
        """The line that is being read."""
        return self._parser.CurrentLineNumber

    def pieces(self) -> Iterator[None]:
        """Parse the part piece by piece; raise MarkupError where it is not well-formed."""
        taken = 0
        with self._part.open() as stream:
            while block := stream.read(self._limits.block):
                self._feed(block, final=False)
                taken += len(block)
                if taken - self._parser.CurrentByteIndex > self._limits.record_chars + self._limits.block:
                    raise MarkupError(self._part.name, self.line, "a tag or comment here has no end")
                yield
        self._feed(b"", final=True)
        yield

    def _feed(self, data: bytes, final: bool) -> None:
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            raise MarkupError(self._part.name, error.lineno, expat.ErrorString(error.code)) from error
        except (LookupError, ValueError) as error:  # an encoding that Python does not know, or not by bytes
            raise MarkupError(self._part.name, self.line, f"the encoding cannot be read: {error}") from error

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise MarkupError(
                self._part.name, self.line, f"elements lie deeper than {self._limits.depth} levels"
            )
        self._start(tag, attributes)

    def _closed(self, tag: str) -> None:
        self._depth -= 1
        self._end(tag)

    def _refuse(self, *_: object) -> None:
        raise FileError(
            f"{self._part.name}:{self.line}: holds a DOCTYPE, which may hide an entity bomb; nothing of it "
            "is read. Take the declaration away if you trust the file."
        )
