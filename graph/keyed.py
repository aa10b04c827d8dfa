"""What is said of each thing, as N-Triples lines, found by the thing's name without an engine.

A file holds the lines, those of a subject together, then a table: the sorted marks (CRC-32) of the subjects,
where the lines of each begin, and how long they are. It is mapped; to find a subject takes two looks.
"""

import mmap
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from typing import BinaryIO
from zlib import crc32

import numpy as np

_END = struct.Struct("=QQ")  # the last bytes of a file: where the table begins, how many subjects there are


class Keyed:
    """A mapped file of lines; it stays mapped as long as anybody holds this."""

    def __init__(self, descriptor: int) -> None:
        self._data = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
        table, count = _END.unpack_from(self._data, len(self._data) - _END.size)
        view, wide = memoryview(self._data), 8 * count
        self._begins = view[table : table + wide].cast("Q")
        self._lengths = view[table + wide : table + 2 * wide].cast("Q")
        self._marks = view[table + 2 * wide : table + 2 * wide + 4 * count].cast("I")

    def __len__(self) -> int:
        return len(self._marks)

    def lines(self, subject: bytes, most: int) -> bytes | None:
        """Return the lines of a subject (`<IRI>`); None when there are none, or more than `most` bytes."""
        mark = crc32(subject)
        at = bisect_left(self._marks, mark)
        while at < len(self._marks) and self._marks[at] == mark:
            begin, length = self._begins[at], self._lengths[at]
            if self._data[begin : begin + len(subject) + 1] == subject + b" ":
                return self._data[begin : begin + length] if length <= most else None
            at += 1
        return None


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
