"""Read the first line of a CSV file: its delimiter and the names of its columns."""

from unicodedata import normalize

from loaders.errors import LayoutError
from loaders.reading.csv_record import DELIMITERS, Parser
from loaders.reading.faults import fault, shown
from loaders.reading.limits import Limits


def hold_names(name: str, line: int, found: list[str], limits: Limits) -> tuple[str, ...]:
    """Return the column names in NFC with single blanks; raise LayoutError when they name no columns."""
    names = [" ".join(normalize("NFC", column).split()) for column in found]
    if foreign := next((told for column in names if (told := fault(column, "text"))), None):
        raise LayoutError(f"{name}:{line}: the header cannot be read: {foreign}.")
    doubled = sorted({column for column in names if names.count(column) > 1}) if len(names) < 10_000 else []
    if len(names) > limits.columns:
        raise LayoutError(f"{name}:{line}: {len(names)} columns, at most {limits.columns} are read.")
    if "" in names:
        raise LayoutError(
            f"{name}:{line}: column {names.index('') + 1} of {len(names)} has no name; each needs one."
        )
    if doubled:
        raise LayoutError(f"{name}:{line}: columns {doubled} stand twice in the header; names must differ.")
    return tuple(names)


def read_header(name: str, line: int, lines: list[str], limits: Limits) -> tuple[str, list[str], int]:
    """Return the delimiter that gives most columns, these, and how many physical lines they fill."""
    read = [_read(lines, delimiter, limits) for delimiter in DELIMITERS]
    columns, used, delimiter = max(
        ((found, used, delimiter) for (found, used), delimiter in zip(read, DELIMITERS, strict=True)),
        key=lambda each: len(each[0]),
    )
    if len(columns) < 2:
        raise LayoutError(
            f"{name}:{line}: the first line was expected to name the columns, parted by ; , | or tab; "
            f"found {shown(lines[0], 100)!r}."
        )
    return delimiter, columns, used


def _read(lines: list[str], delimiter: str, limits: Limits) -> tuple[list[str], int]:
    parser = Parser(delimiter, limits.columns)
    for used, line in enumerate(lines[:100], 1):
        parser.feed(line)
        if parser.ended and not parser.broken:
            return parser.fields, used
        if parser.broken:
            break
    return [], 0
