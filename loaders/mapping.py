"""Declare how the columns of a table become things: fields, paths of IRIs, what is said of each.

A mapping is data. `loaders.compiler` turns it, once a header, into the code that maps one row: all its
triples or, by RecordError, none. Paths are written as `KIND/KEY` below `BASE id/`, with fields in braces:
`participation/cordis.{project}.{pic}.{role}`. What needs a field that the row leaves empty is not said.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Convert = Callable[..., str | Sequence[str] | None]
Note = Callable[[str], None]  # `Feed.note`, as converters are given it
_BRACES = re.compile(r"\{(\w+)\}")


def fields_in(path: str) -> tuple[str, ...]:
    """Return the names of the fields in a path.

    >>> fields_in("participation/cordis.{project}.{pic}")
    ('project', 'pic')
    """
    return tuple(_BRACES.findall(path))


@dataclass(frozen=True)
class Field:
    """A value of the row: its name in paths, its column, and the converter that makes a term or a key of it.

    A column may have had several names: `"Beneficiary_Name|Beneficiary"` takes the first that the table has.
    Of several `columns` the converter gets all texts, empty ones too. `many`: the converter gives a list.
    A field that is `required` is refused when its (first) column is empty; when the table lacks the column
    altogether, the mapping does not fit it. An `absent` column (not required) leaves the field empty.
    """

    name: str
    columns: str | tuple[str, ...]
    convert: Convert
    required: bool = False
    many: bool = False

    def names(self) -> tuple[tuple[str, ...], ...]:
        """Return, for each column, the names that it may have."""
        columns = (self.columns,) if isinstance(self.columns, str) else self.columns
        return tuple(tuple(column.split("|")) for column in columns)


@dataclass(frozen=True)
class Say:
    """Say a field, whose converter made a term of it; of a field with many values, each."""

    predicate: str
    field: str


@dataclass(frozen=True)
class Link:
    """Lead to another thing by its path."""

    predicate: str
    path: str


@dataclass(frozen=True)
class Amount:
    """Lead to the amount of money in a field; the currency is three letters, or a field in braces."""

    predicate: str
    field: str
    currency: str


@dataclass(frozen=True)
class Thing:
    """Something that a row tells of: its path, its classes, and what is said of it.

    `once`: many rows tell of the same thing (an organisation), and what was said already is not said again.
    `when`: it is told of only in rows that fill this field.
    """

    path: str
    classes: tuple[str, ...]
    says: tuple[Say | Link | Amount, ...] = ()
    once: bool = False
    when: str | None = None


@dataclass(frozen=True)
class Check:
    """Hold fields of a row against one another; it is passed over when one of them is empty."""

    fields: tuple[str, ...]
    holds: Callable[..., bool]
    column: str
    reason: str
    person: bool = False  # a row that fails tells of a person: it is left out and not shown
    duplicate: bool = False  # a row that fails is known to repeat another: it is counted as a duplicate


@dataclass(frozen=True)
class Layout:
    """A table's mapping: which columns are read, passed over or dropped as personal, and what the rows mean.

    key: the columns that tell rows apart: a row that repeats another whole is counted as a duplicate, one
    that repeats only its key is refused. ignored: columns that are known and not wanted. personal: columns
    about persons; they are dropped, counted, and never shown. kind: which of several tables this is.
    """

    kind: str
    fields: tuple[Field, ...]
    things: tuple[Thing, ...]
    key: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    marks: tuple[str, ...] = ()  # columns that tell this table from others with the same required ones

    def required(self) -> set[tuple[str, ...]]:
        """Return the columns, each with its other names, without which a table is not of this layout."""
        found = {field.names()[0] for field in self.fields if field.required}
        return found | {(mark,) for mark in self.marks} | {tuple(column.split("|")) for column in self.key}

    def fits(self, columns: Sequence[str]) -> bool:
        """Tell whether a table with these columns can be of this layout."""
        there = set(columns)
        return all(there.intersection(names) for names in self.required())

    def known(self) -> set[str]:
        """Return the names of all columns that are read, passed over or dropped."""
        read = {name for field in self.fields for names in field.names() for name in names}
        keys = {name for column in self.key for name in column.split("|")}
        return read | keys | {*self.marks, *self.ignored, *self.personal}


@dataclass
class Seen:
    """What the rows so far have told of: hashes of keys and rows, subjects, blocks; counts by class."""

    rows: dict[int, int] = field(default_factory=dict)
    subjects: set[int] = field(default_factory=set)
    blocks: set[int] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)


RowMapper = Callable[[Sequence[str]], str | None]
