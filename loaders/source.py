"""Declare a source, read its files strictly, and collect what they say with its evidence."""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from graph.errors import TermError
from graph.iris import Iris
from graph.terms import Term, Triple, iri, text
from loaders.errors import BoundsError, LayoutError, LoadError, RecordError
from ontology import names as n

SNAPSHOTS = Path(__file__).parent / "snapshots"


@dataclass(frozen=True)
class Source:
    """What a source is, whose it is, and how much of what it must hold.

    `at_least` and `at_most` count things by the local name of their class.
    """

    name: str
    title_sv: str
    title_en: str
    publisher: str
    licence: str
    url: str
    as_of: str  # the day on which the snapshot was reviewed
    at_least: Mapping[str, int]
    at_most: Mapping[str, int] = field(default_factory=dict)
    download: tuple[str, ...] = ()  # the addresses of the official files, for `samspel fetch` and `load`
    outside: bool = False  # read from the world's files by `samspel load`, not bundled
    layout: str = ""  # of an outside source: what its layout rests on, files seen or documents only

    def hold_bounds(self, counts: Mapping[str, int]) -> None:
        """Raise BoundsError with a sentence for every class outside its bounds."""
        wrong = [
            f"{counts.get(name, 0)} {name}, at least {bound} expected"
            for name, bound in sorted(self.at_least.items())
            if counts.get(name, 0) < bound
        ] + [
            f"{counts.get(name, 0)} {name}, at most {bound} expected"
            for name, bound in sorted(self.at_most.items())
            if counts.get(name, 0) > bound
        ]
        if wrong:
            raise BoundsError(
                f"Source {self.name!r} is out of its declared bounds: {'; '.join(wrong)}. "
                f"Mend the files, or change the bounds in loaders/sources/{self.name}.py with a reason."
            )


@dataclass(frozen=True)
class Note:
    """A remark of ours on a statement, in both languages."""

    sv: str
    en: str


@dataclass(frozen=True)
class Evidence:
    """Where a statement comes from: document, lines in it, status, the name as printed there, our note."""

    document: Term
    status: str
    lines: str | None = None
    printed: str | None = None
    note: Note | None = None


@dataclass(frozen=True)
class Reject:
    """A record that was set aside: where it stands, what was found, and why."""

    file: str
    line: int
    field: str
    value: str
    reason: str
    record: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field} is {self.value!r}: {self.reason}"


Put = Callable[[Reject], None]


class Record:
    """One row of a file; fields are taken out as they are mapped, and what is left over is an error."""

    def __init__(self, file: str, line: int, fields: Mapping[str, str]) -> None:
        self.file, self.line = file, line
        self._all = dict(fields)
        self._left = dict(fields)

    def take(self, name: str) -> str:
        """Take a required field; raise RecordError when it is empty."""
        value = self.take_optional(name)
        if value is None:
            raise RecordError(name, "", "a value is required here")
        return value

    def take_optional(self, name: str) -> str | None:
        """Take a field that may be empty; raise LayoutError when the file has no such column."""
        if name not in self._left:
            raise LayoutError(f"{self.file}: column {name!r} is missing; found {sorted(self._all)}.")
        return self._left.pop(name).strip() or None

    def ignore(self, *fields: str) -> None:
        """Pass over columns by name: known, and not wanted."""
        for name in fields:
            self._left.pop(name, None)

    def left_over(self) -> list[str]:
        """Return the columns that nobody took or ignored."""
        return sorted(self._left)

    def __str__(self) -> str:
        return ",".join(self._all.values())


class Facts:
    """The triples that one record says; kept whole or not at all."""

    def __init__(self, iris: Iris) -> None:
        self.iris = iris
        self.triples: list[Triple] = []

    def add(self, subject: Term, predicate: str, obj: Term) -> None:
        """Add a plain triple; `predicate` is an IRI of `ontology.names`."""
        self.triples.append((subject, iri(predicate), obj))

    def a(self, subject: Term, *classes: str) -> None:
        """Say what a thing is."""
        for name in classes:
            self.add(subject, n.type_, iri(name))

    def state(self, subject: Term, predicate: str, obj: Term, evidence: Evidence) -> None:
        """Add a triple together with the Statement that leads to its evidence."""
        self.add(subject, predicate, obj)
        self._statement(subject, predicate, n.object_, obj, evidence)

    def unknown(self, subject: Term, predicate: str, kind: str, evidence: Evidence) -> None:
        """Say that a source leaves something unknown: field-empty, not-stated or not-named."""
        self._statement(subject, predicate, n.unknownKind, self.iris.thing("unknown", kind), evidence)

    def _statement(self, subject: Term, predicate: str, slot: str, obj: Term, evidence: Evidence) -> None:
        statement = self.iris.digest(
            "statement", subject, predicate, obj, evidence.document, evidence.lines or "", evidence.status
        )
        self.a(statement, n.Statement)
        self.add(statement, n.subject, subject)
        self.add(statement, n.predicate, iri(predicate))
        self.add(statement, slot, obj)
        self.add(statement, n.fromDocument, evidence.document)
        self.add(statement, n.status, self.iris.thing("status", evidence.status))
        for name, value in ((n.lines, evidence.lines), (n.asPrinted, evidence.printed)):
            if value is not None:
                self.add(statement, name, text(value))
        if evidence.note is not None:
            self.add(statement, n.comment, text(evidence.note.sv, "sv"))
            self.add(statement, n.comment, text(evidence.note.en, "en"))


@dataclass(frozen=True)
class Loaded:
    """What one source came to: sorted N-Triples lines, counts, rejects and the files read (sha256)."""

    source: Source
    lines: tuple[str, ...]
    counts: Mapping[str, int]
    read: int
    rejects: tuple[Reject, ...]
    files: Mapping[str, str]


class Intake:
    """The only way a loader meets the world: it gives records and keeps what they say."""

    def __init__(self, source: Source, folder: Path, iris: Iris | None = None) -> None:
        self.source, self.folder, self.iris = source, folder, iris or Iris()
        self._lines: set[str] = set()
        self._rejects: list[Reject] = []
        self._files: dict[str, str] = {}
        self._read = 0

    def each(self, file: str, handle: Callable[[Record, Facts], None]) -> None:
        """Give every record of a CSV file to `handle`; a bad record is set aside whole."""
        for record in self._records(file):
            self._read += 1
            facts = Facts(self.iris)
            try:
                handle(record, facts)
                if left := record.left_over():
                    raise LayoutError(f"{file}:{record.line}: columns {left} were neither read nor ignored.")
            except RecordError as error:
                self._reject(record, error.field, error.value, error.reason)
            except TermError as error:
                self._reject(record, "record", str(record), str(error))
            else:
                self._keep(facts)

    def say(self, tell: Callable[[Facts], None]) -> None:
        """Keep facts that stand in no record (a scheme, a country)."""
        facts = Facts(self.iris)
        tell(facts)
        self._keep(facts)

    def result(self) -> Loaded:
        """Return what was read, after holding it against the source's bounds."""
        counts = _count_classes(self._lines)
        try:
            self.source.hold_bounds(counts)
        except BoundsError as error:
            first = "".join(f"\n  set aside: {reject}" for reject in self._rejects[:10])
            raise BoundsError(f"{error}{first}") from error
        return Loaded(
            self.source,
            tuple(sorted(self._lines)),
            counts,
            self._read,
            tuple(self._rejects),
            dict(self._files),
        )

    def _keep(self, facts: Facts) -> None:
        self._lines.update(f"{s} {p} {o}" for s, p, o in facts.triples)

    def _reject(self, record: Record, name: str, value: str, reason: str) -> None:
        self._rejects.append(Reject(record.file, record.line, name, value, reason, str(record)))

    def _records(self, file: str) -> Iterator[Record]:
        path = self.folder / file
        try:
            data = path.read_bytes()
            content = data.decode("utf-8-sig")
        except OSError as error:
            raise LoadError(f"{path}: cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise LayoutError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
        self._files[file] = hashlib.sha256(data).hexdigest()
        reader = csv.reader(StringIO(content, newline=""), strict=True)
        start = 1
        try:
            header = next(reader, None)
            if not header or len(set(header)) != len(header):
                raise LayoutError(
                    f"{file}:1: a header of distinct column names was expected, found {header!r}."
                )
            start = reader.line_num + 1
            for row in reader:
                if len(row) != len(header):
                    raise LayoutError(
                        f"{file}:{start}: {len(row)} fields where the header has {len(header)}: {row!r}."
                    )
                yield Record(file, start, dict(zip(header, row, strict=True)))
                start = reader.line_num + 1
        except csv.Error as error:
            raise LayoutError(f"{file}:{start}: {error}; check the quotes of this row.") from error


def _count_classes(lines: set[str]) -> Mapping[str, int]:
    mark = f" <{n.type_}> <{n.SAMSPEL}"
    return Counter(line.rpartition("#")[2][:-1] for line in lines if mark in line)
