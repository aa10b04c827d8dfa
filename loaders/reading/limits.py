"""Declare how much of a file is believed: sizes that no honest file of ours comes near."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The bounds within which a file is read; what is outside is refused with a reason.

    `ratio` is bytes unpacked for a byte packed, looked at from `ratio_from` bytes unpacked on:
    a small sheet of equal cells may well shrink to a thousandth.
    """

    total_bytes: int = 16 << 30  # unpacked, all members of a package together
    ratio: int = 200
    ratio_from: int = 64 << 20
    members: int = 200_000
    block: int = 1 << 18  # bytes taken at a time; no result depends on it
    record_lines: int = 1_000
    record_chars: int = 4_000_000
    field_chars: int = 1_000_000
    shared_chars: int = 200_000_000  # texts that the sheets of one workbook share
    columns: int = 2_000
    depth: int = 64  # of nested JSON and XML
