"""Open a file, a folder, a gzip file or a zip archive as parts; refuse bombs and paths that leave it.

Sizes are counted on the bytes that come out, never on those that an archive declares. The parts of one
package share a `_Meter`; a part that is read twice counts once.
"""

import gzip
import io
import lzma
import re
import stat
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast
from weakref import finalize
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from loaders.errors import FileError
from loaders.reading.limits import Limits

# What the standard library raises over broken archives; ValueError holds UnicodeError.
BROKEN = (
    BadZipFile, EOFError, KeyError, OSError, OverflowError, RuntimeError, ValueError,
    lzma.LZMAError, struct.error, zlib.error,
)  # fmt: skip
_KNOWN = (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)
_LEVELS = 2  # a package, and packages in it
_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|\\|\0|(^|/)\.\.(/|$)")
_CLUTTER = re.compile(r"(^|/)(__MACOSX/|\.[^/]*$|Thumbs\.db$)")


@dataclass(frozen=True)
class Part:
    """One file of a package, from its first byte as often as it is opened; `packed`: out of an archive."""

    name: str  # as a person knows it: "cordis.zip/organization.csv"
    opener: Callable[[], BinaryIO] = field(repr=False)
    packed: bool = False

    def open(self) -> BinaryIO:
        """Open the part's bytes; whoever opens closes."""
        return self.opener()

    def head(self, size: int = 4096) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(size)


class _Meter:
    """The bytes that came out of one package, held against its bounds."""

    def __init__(self, name: str, packed: int, limits: Limits) -> None:
        self.name, self.packed, self.limits = name, max(packed, 1), limits
        self._out: dict[str, int] = {}
        self._sum = 0

    def count(self, part: str, position: int) -> None:
        """Note that a part was read up to a position; raise FileError over a bound."""
        if (more := position - self._out.get(part, 0)) <= 0:
            return
        self._out[part] = position
        self._sum += more
        limits = self.limits
        if self._sum > limits.total_bytes:
            raise FileError(
                f"{self.name}: unpacks to more than {limits.total_bytes} bytes; nothing of it is read. "
                "Unpack it yourself if it is honest, or raise Limits.total_bytes."
            )
        if self._sum > max(limits.ratio_from, limits.ratio * self.packed):
            raise FileError(
                f"{self.name}: {self.packed} bytes unpack to over {limits.ratio} times as much, as a bomb "
                "does; nothing of it is read. Unpack it yourself if it is honest, or raise Limits.ratio."
            )


class _Metered(io.RawIOBase):
    """Bytes that are counted as they come; what breaks while unpacking becomes FileError."""

    def __init__(self, inner: BinaryIO, part: str, meter: _Meter) -> None:
        self._inner, self._part, self._meter = inner, part, meter
        self._position = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read into a buffer, and count."""
        view = memoryview(cast("bytearray", buffer))
        try:
            data = self._inner.read(len(view))
        except BROKEN as error:
            raise FileError(f"{self._part}: cannot be unpacked: {_told(error)}.") from error
        view[: len(data)] = data
        self._position += len(data)
        self._meter.count(self._part, self._position)
        return len(data)

    def close(self) -> None:
        """Close the bytes beneath too."""
        self._inner.close()
        super().close()


def parts(path: Path, limits: Limits | None = None) -> Iterator[Part]:
    """Yield the files of a package (folder, zip, gzip, one level of these within), in their order there."""
    limits = limits or Limits()
    if not path.is_dir():
        yield from _unpack(_plain(path, path.name), limits, 1)
        return
    root = path.resolve()
    files = [file for file in sorted(path.rglob("*")) if file.is_file()]
    for file in files:
        name = file.relative_to(path).as_posix()
        if not file.resolve().is_relative_to(root):
            raise FileError(f"{path.name}/{name}: leads out of the folder; take the link away.")
        if not _CLUTTER.search(name):
            yield from _unpack(_plain(file, f"{path.name}/{name}"), limits, 2)


def spooled(part: Part, limits: Limits) -> BinaryIO:
    """Copy a part to a nameless temporary file, so that one can seek in it."""
    spool = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - the caller closes it
    try:
        with part.open() as stream:
            while block := stream.read(limits.block):
                spool.write(block)
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return spool


def archive_of(part: Part, limits: Limits) -> ZipFile:
    """Open a part as a zip archive; its file is closed when nobody holds the archive any more."""
    file = spooled(part, limits) if part.packed else part.open()
    try:
        archive = ZipFile(file)
    except BROKEN as error:
        file.close()
        raise FileError(f"{part.name}: is no whole zip archive: {_told(error)}.") from error
    finalize(archive, file.close)
    if len(archive.filelist) > limits.members:
        raise FileError(f"{part.name}: {len(archive.filelist)} members, at most {limits.members} are read.")
    return archive


def members(part: Part, archive: ZipFile, limits: Limits) -> Iterator[Part]:
    """Yield the files in a zip archive, after every name in it was found to stay inside."""
    meter = _Meter(part.name, _size(archive), limits)
    for info in archive.infolist():
        _hold_inside(part.name, info)
    for info in archive.infolist():
        if not info.is_dir() and not _CLUTTER.search(info.filename):
            yield _member(part, archive, info, meter)


def is_workbook(archive: ZipFile) -> bool:
    """Tell whether a zip archive is an XLSX workbook."""
    return "[Content_Types].xml" in archive.NameToInfo


def _unpack(part: Part, limits: Limits, level: int) -> Iterator[Part]:
    head = part.head(4)
    packed = head[:2] == b"\x1f\x8b" or head in (b"PK\x03\x04", b"PK\x05\x06")
    if not packed:
        yield part
    elif head[:2] == b"PK":
        archive = archive_of(part, limits)
        if is_workbook(archive):
            yield part
            return
        _hold_level(part, level)
        for member in members(part, archive, limits):
            yield from _unpack(member, limits, level + 1)
    else:
        _hold_level(part, level)
        yield from _unpack(_gunzipped(part, limits), limits, level + 1)


def _hold_level(part: Part, level: int) -> None:
    if level > _LEVELS:
        raise FileError(f"{part.name}: a package in a package in a package; unpack the outer one first.")


def _plain(path: Path, name: str) -> Part:
    def opener() -> BinaryIO:
        try:
            return path.open("rb")
        except OSError as error:
            raise FileError(f"{path}: cannot be read: {error.strerror}.") from error

    return Part(name, opener)


def _gunzipped(part: Part, limits: Limits) -> Part:
    name = f"{part.name}/{Path(part.name).stem}"
    with part.open() as stream:
        packed = sum(iter(lambda: len(stream.read(limits.block)), 0))
    meter = _Meter(part.name, packed, limits)

    def opener() -> BinaryIO:
        outer = part.open()
        return io.BufferedReader(_Metered(cast("BinaryIO", _Gzip(outer)), name, meter))

    return Part(name, opener, packed=True)


class _Gzip(gzip.GzipFile):
    """A gzip stream that closes the file beneath it."""

    def __init__(self, outer: BinaryIO) -> None:
        super().__init__(fileobj=outer, mode="rb")
        self._outer = outer

    def close(self) -> None:
        super().close()
        self._outer.close()


def _member(part: Part, archive: ZipFile, info: ZipInfo, meter: _Meter) -> Part:
    name = f"{part.name}/{info.filename}"

    def opener() -> BinaryIO:
        if info.flag_bits & 1:
            raise FileError(f"{name}: is encrypted; unpack the archive with its password first.")
        if info.compress_type not in _KNOWN:
            raise FileError(f"{name}: is packed by method {info.compress_type}, which Python cannot unpack.")
        try:
            stream = cast("BinaryIO", archive.open(info))
        except BROKEN as error:
            raise FileError(f"{name}: cannot be unpacked: {_told(error)}.") from error
        return io.BufferedReader(_Metered(stream, name, meter))

    return Part(name, opener, packed=True)


def _hold_inside(package: str, info: ZipInfo) -> None:
    link = info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16)
    if link or not info.filename or _OUTSIDE.search(info.orig_filename):
        outside = "leads out of the archive" if info.filename else "has no name"
        why = "is a symbolic link" if link else outside
        raise FileError(f"{package}: member {info.orig_filename!r} {why}; nothing of it is read.")


def _size(archive: ZipFile) -> int:
    """Return the archive's own size: what its members cannot be packed into more than."""
    file = cast("BinaryIO", archive.fp)
    return file.seek(0, io.SEEK_END)


def _told(error: BaseException) -> str:
    return str(error).rstrip(".") or type(error).__name__
