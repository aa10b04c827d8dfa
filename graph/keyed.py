"""What is said of each thing, as N-Triples lines, found by the thing's name without an engine.

A file holds the lines, those of a subject together, then a table: the sorted marks (CRC-32) of the subjects,
where the lines of each begin, and how long they are. To find those of a subject takes one read.
"""

import os
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from typing import BinaryIO
from weakref import finalize
from zlib import crc32

import numpy as np

_END = struct.Struct("=QQ")  # the last bytes of a file: where the table begins, how many subjects there are


class Keyed:
    """A file of lines; its table is held in memory. It is open until it is closed, or nobody holds this."""

    def __init__(self, descriptor: int) -> None:
        self._file = os.dup(descriptor)
        self._close = finalize(self, os.close, self._file)
        end = os.fstat(descriptor).st_size - _END.size
        at, count = _END.unpack(os.pread(descriptor, _END.size, end))
        self._begins, self._lengths, self._marks = array("Q"), array("Q"), array("I")
        for column in (self._begins, self._lengths, self._marks):
            column.frombytes(os.pread(descriptor, column.itemsize * count, at))
            at += column.itemsize * count

    def __len__(self) -> int:
        return len(self._marks)

    def close(self) -> None:
        """Let go of the file; nothing is found after this."""
        self._marks = array("I")
        self._close()

    def lines(self, subject: bytes, most: int) -> bytes | None:
        """Return the lines of a subject (`<IRI>`).

        None when there are none, when they are more than `most` bytes, or when the disk does not give them.
        """
        mark = crc32(subject)
        at = bisect_left(self._marks, mark)
        while at < len(self._marks) and self._marks[at] == mark:
            found = self._read(at, most)
            if found is not None and found.startswith(subject + b" "):
                return found
            at += 1
        return None

    def _read(self, at: int, most: int) -> bytes | None:
        length = self._lengths[at]
        if length > most:
            return None
        try:
            found = os.pread(self._file, length, self._begins[at])
        except OSError:
            return None
        return found if len(found) == length else None


def write(lines: Iterable[bytes], out: BinaryIO) -> bool:
    """Write lines that come subject by subject, and their table; False when a subject comes twice."""
    begins, marks, subject, at = array("Q"), array("I"), b"", 0
    subjects = list[bytes]()
    for line in lines:
        if not subject or not line.startswith(subject):
            subject = line[: line.index(b" ") + 1]
            subjects.append(subject)
            begins.append(at)
            marks.append(crc32(subject[:-1]))
        out.write(line)
        at += len(line)
    order = np.argsort(np.frombuffer(marks, np.uint32), kind="stable") if marks else np.empty(0, np.int64)
    if _twice(order.tolist(), marks, subjects):
        return False
    starts = np.frombuffer(begins, np.uint64) if begins else np.empty(0, np.uint64)
    lengths = np.diff(starts, append=np.uint64(at))
    sorted_marks = np.frombuffer(marks, np.uint32)[order] if marks else np.empty(0, np.uint32)
    for column in (starts[order], lengths[order], sorted_marks):
        out.write(column.tobytes())
    out.write(_END.pack(at, len(begins)))
    out.flush()
    return True


def _twice(order: list[int], marks: "array[int]", subjects: list[bytes]) -> bool:
    """Tell whether a subject comes twice; different ones may have the same mark."""
    found: dict[int, set[bytes]] = {}
    for one, other in pairwise(order):
        if marks[one] == marks[other]:
            known = found.setdefault(marks[one], {subjects[one]})
            if subjects[other] in known:
                return True
            known.add(subjects[other])
    return False
