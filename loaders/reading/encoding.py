"""Find out in one pass how a file's text is written, and give that text line by line.

UTF-8 is told from cp1252 by what the bytes say: text in cp1252 holds hardly a sequence that is good
UTF-8, so a file with more good sequences than bad bytes is UTF-8 with a few spoilt lines. A spoilt byte
comes through as a lone surrogate (`surrogateescape`), so that `faults.py` can name it in its record.
"""

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.errors import FileError
from loaders.reading.limits import Limits
from loaders.reading.package import Part

_BOMS = ((codecs.BOM_UTF8, "UTF-8", "utf-8"), (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
         (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"))  # fmt: skip
_NOT_LEAD = bytes(range(0xC0))


@dataclass(frozen=True)
class Encoding:
    """How a text is written: its name for people, Python's codec, the mark's length, the bytes' digest."""

    name: str
    codec: str
    bom: int
    sha256: str


def detect(part: Part, limits: Limits) -> Encoding:
    """Read a part once: its digest, its byte order mark, and which encoding its bytes are."""
    digest = hashlib.sha256()
    good = bad = 0
    rest = head = b""
    with part.open() as stream:
        while block := stream.read(limits.block):
            digest.update(block)
            head = head if len(head) > 3 else head + block[:4]
            if rest or not block.isascii():
                data = rest + block
                cut = _boundary(data)
                rest = data[cut:]
                more_good, more_bad = _weigh(data[:cut])
                good, bad = good + more_good, bad + more_bad
    good_end, bad_end = _weigh(rest)
    good, bad = good + good_end, bad + bad_end
    for mark, name, codec in _BOMS:
        if head.startswith(mark):
            told = f"{name} with a byte order mark"
            return Encoding(told, codec, len(mark), digest.hexdigest())
    name, codec = ("cp1252", "cp1252") if bad > good else ("UTF-8", "utf-8")
    return Encoding(name, codec, 0, digest.hexdigest())


def digest_of(part: Part, limits: Limits) -> str:
    """Return the SHA-256 of a part's bytes."""
    digest = hashlib.sha256()
    with part.open() as stream:
        while block := stream.read(limits.block):
            digest.update(block)
    return digest.hexdigest()


def _boundary(data: bytes) -> int:
    """Return where data can be cut with no UTF-8 sequence torn."""
    for at in range(len(data) - 1, max(len(data) - 4, -1), -1):
        if data[at] < 0x80:
            return at + 1
        if data[at] >= 0xC0:
            return at
    return len(data)


def _weigh(data: bytes) -> tuple[int, int]:
    """Count the good sequences of more than one byte, and the bad bytes."""
    if data.isascii():
        return 0, 0
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
        beyond = len(text) - len(text.encode("ascii", "ignore"))
        bad = len(data) - len(text.encode("utf-8", "ignore"))
        return beyond - bad, bad
    return len(data.translate(None, _NOT_LEAD)), 0


def chunks(part: Part, encoding: Encoding, limits: Limits) -> Iterator[bytes]:
    """Yield a part's bytes without the mark; UTF-16 comes as UTF-8."""
    wide = encoding.codec.startswith("utf-16")
    decoder = codecs.getincrementaldecoder(encoding.codec)("surrogatepass") if wide else None
    with part.open() as stream:
        stream.read(encoding.bom)
        try:
            while block := stream.read(limits.block):
                yield decoder.decode(block).encode("utf-8", "surrogatepass") if decoder else block
            if decoder and (last := decoder.decode(b"", final=True)):
                yield last.encode("utf-8", "surrogatepass")  # half a character, to be told of
        except UnicodeDecodeError as error:
            raise FileError(f"{part.name}: is not {encoding.name}: {error.reason}.") from error


def texts(part: Part, encoding: Encoding, limits: Limits) -> Iterator[str]:
    """Yield a part's text in pieces of any length; spoilt bytes as lone surrogates."""
    codec = "utf-8" if encoding.codec.startswith("utf-16") else encoding.codec
    decoder = codecs.getincrementaldecoder(codec)("surrogateescape")
    for block in chunks(part, encoding, limits):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def blocks(part: Part, encoding: Encoding, limits: Limits) -> Iterator[str]:
    """Yield a part's text in pieces of whole lines, each about as long as `limits.block`.

    A line longer than any record may be is cut short, yet stays longer than any record may be.
    """
    codec = "utf-8" if encoding.codec.startswith("utf-16") else encoding.codec
    longest = 4 * (limits.record_chars + 1)
    rest: list[bytes] = []
    held = 0
    for block in chunks(part, encoding, limits):
        cut = block.rfind(b"\n") + 1
        if not cut:
            if held <= longest:
                rest.append(block)
                held += len(block)
            continue
        yield b"".join((*rest, block[:cut])).decode(codec, "surrogateescape")
        rest, held = ([block[cut:]], len(block) - cut) if cut < len(block) else ([], 0)
    if rest:
        yield b"".join(rest).decode(codec, "surrogateescape")
