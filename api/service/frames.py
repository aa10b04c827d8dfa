"""What front and workers say to one another: a job goes one way, frames of its answer come back.

job      length, a dictionary
WHOLE    status, headers, body           the answer, all of it
START    status, headers                 the answer begins; then
DATA     bytes                           any number of pieces of its body; then
END                                      it was all, or
BROKEN   a sentence                      it ends here, and is not whole
"""

import marshal
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

WHOLE, START, DATA, END, BROKEN = range(5)
Headers = list[tuple[bytes, bytes]]
Job = dict[str, object]
_FRAME, _HEAD, _LENGTH = struct.Struct("!BI"), struct.Struct("!HI"), struct.Struct("!I")


@dataclass(frozen=True)
class Head:
    """How an answer begins."""

    status: int
    headers: Headers


@dataclass(frozen=True)
class Frame:
    """A piece of an answer; `head` stands in WHOLE and START only."""

    kind: int
    data: bytes
    head: Head | None = None

    @property
    def last(self) -> bool:
        """Tell whether nothing comes after it."""
        return self.kind in (WHOLE, END, BROKEN)


def write_job(job: Mapping[str, object]) -> bytes:
    """Write a job for a worker."""
    text = marshal.dumps(dict(job))  # plain values; both ends are of one program
    return _LENGTH.pack(len(text)) + text


def read_job(file: BinaryIO) -> Job | None:
    """Read the next job; None when the front has gone."""
    length = file.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    text = file.read(_LENGTH.unpack(length)[0])
    return cast("Job", marshal.loads(text))  # noqa: S302  # from the front, which is ours


def whole(status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> bytes:
    """Write an answer in one frame."""
    head = _head(status, headers)
    return _FRAME.pack(WHOLE, len(head) + len(body)) + head + body


def start(status: int, headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Write how an answer begins."""
    head = _head(status, headers)
    return _FRAME.pack(START, len(head)) + head


def data(piece: bytes) -> bytes:
    """Write a piece of an answer's body."""
    return _FRAME.pack(DATA, len(piece)) + piece


def end() -> bytes:
    """Write that an answer is whole."""
    return _FRAME.pack(END, 0)


def broken(sentence: str) -> bytes:
    """Write that an answer ends before it is whole."""
    text = sentence.encode()
    return _FRAME.pack(BROKEN, len(text)) + text


class Incoming:
    """Takes bytes as they come and gives the frames that are complete."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Take bytes; yield each frame that they complete."""
        held: bytes | bytearray = data
        if self._held:
            self._held += data
            held = self._held
        at, size = 0, len(held)
        while size - at >= _FRAME.size:
            kind, length = _FRAME.unpack_from(held, at)
            begin = at + _FRAME.size
            if size - begin < length:
                break
            at = begin + length
            yield _frame(kind, bytes(held[begin:at]))
        if held is self._held:
            del self._held[:at]
        else:
            self._held += data[at:]


def _frame(kind: int, content: bytes) -> Frame:
    if kind not in (WHOLE, START):
        return Frame(kind, content)
    status, length = _HEAD.unpack_from(content)
    text = content[_HEAD.size : _HEAD.size + length]
    pairs = [cast("tuple[bytes, bytes]", tuple(line.split(b"\0"))) for line in text.split(b"\n") if line]
    return Frame(kind, content[_HEAD.size + length :], Head(status, pairs))


def _head(status: int, headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    text = b"\n".join(name + b"\0" + value for name, value in headers)
    return _HEAD.pack(status, len(text)) + text
