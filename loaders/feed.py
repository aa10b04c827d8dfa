"""The intake of outside files: it streams their records to a sink, counts, and keeps what was refused.

Whatever a file says is mapped, passed over by name, or reported; of a record all triples are kept, or none.
read = loaded + rejected + duplicates, always.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from graph.errors import TermError
from graph.iris import Iris
from loaders.compiler import compile_layout
from loaders.errors import LayoutError, LoadError, PersonalData, RecordError
from loaders.mapping import Layout, Seen
from loaders.matching import Matcher
from loaders.persons import Removals
from loaders.places import Places
from loaders.reading.limits import Limits
from loaders.reading.table import Table, tables
from loaders.sink import RejectsFile, Sink
from loaders.source import Facts, Reject, Source
from ontology import names as n

Tell = Callable[[int, int], None]  # records read, records refused
_EVERY = 5_000
_FIRST = 10
_HIDDEN = "(not shown: the record may tell of a person)"
_TYPE = f"<{n.type_}>"


@dataclass
class Balance:
    """What became of the records; of tables also what was mended, dropped and not known."""

    read: int = 0
    loaded: int = 0
    rejected: int = 0
    duplicates: int = 0
    repaired: int = 0
    personal: int = 0  # filled fields about persons that were dropped
    left_out: int = 0  # of the rejected: persons, and what the removal list holds
    unmapped: Counter[str] = field(default_factory=Counter)  # columns that nothing is known of
    notes: Counter[str] = field(default_factory=Counter)  # how odd values were understood
    forms: dict[str, str] = field(default_factory=dict)  # file -> what it was read as

    def hold(self) -> None:
        """Raise LoadError when a record got lost; this cannot happen, and so it is looked at."""
        if self.read != self.loaded + self.rejected + self.duplicates:
            raise LoadError(
                f"{self.read} records were read, but {self.loaded} loaded, {self.rejected} refused and "
                f"{self.duplicates} duplicates; a record got lost. Report this as a fault of samspel."
            )


class TooManyErrors(LoadError):
    """More records were refused than the caller allows; nothing was changed."""


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Part(Protocol):
    """What every reader tells of a file when its records have been gone through."""

    @property
    def name(self) -> str:
        """The file as a person knows it."""

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""

    @property
    def read(self) -> int:
        """How many records were met, refused ones included."""


class Batch(Part, Protocol[T_co]):
    """Records that are no rows, such as JSON objects and XML elements, with the lines on which they begin."""

    def records(self) -> Iterator[tuple[int, T_co]]:
        """Yield each record with its line."""


@dataclass(frozen=True)
class Options:
    """How to read: bounds of the readers, refusals allowed, tables of the user's own, and whom to tell."""

    limits: Limits = field(default_factory=Limits)
    max_errors: int | None = None
    postcodes: Path | None = None
    removals: Path | None = None
    tell: Tell = lambda *_: None


class Feed:
    """The only way an outside source meets its files."""

    def __init__(
        self,
        source: Source,
        inputs: Sequence[Path],
        sink: Sink,
        rejects: Path | None = None,
        iris: Iris | None = None,
        options: Options | None = None,
    ) -> None:
        self.source, self.inputs, self.sink = source, tuple(inputs), sink
        self.iris, self.options = iris or Iris(), options or Options()
        self.balance = Balance()
        self.files: dict[str, str] = {}  # name -> sha256
        self.first: list[Reject] = []
        self._rejects = RejectsFile(rejects, self._refused)
        self._seen = Seen()
        self._hide = False
        self._met = 0

    @cached_property
    def matcher(self) -> Matcher:
        """The table that tells which organisation a record means."""
        return Matcher.reviewed()

    @cached_property
    def places(self) -> Places:
        """The territories by name, code, coordinates and postcode."""
        return Places(postcodes=self.options.postcodes)

    @cached_property
    def removals(self) -> Removals:
        """The list of records that were asked to be left out."""
        more = self.options.removals
        return Removals.read() if more is None else Removals.read(more)

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many things were told of, by the local name of their class."""
        return dict(self._seen.counts)

    def tables(self, *layouts: Layout, of: Sequence[Path] | None = None) -> None:
        """Map every table of every input (or of some) by the layout that its columns fit best."""
        for path in self.inputs if of is None else of:
            for table in tables(path, self.refuse, self.options.limits):
                self._table(table, _fitting(table, layouts))

    def peek(self, *columns: str, of: Sequence[Path] | None = None) -> Iterator[tuple[str, ...]]:
        """Go through these columns once before, in the tables that have them all; refuse nothing yet."""
        for path in self.inputs if of is None else of:
            for table in tables(path, lambda _: None, self.options.limits):
                if set(columns) <= set(table.columns):
                    places = [table.columns.index(column) for column in columns]
                    for _, values in table.rows():
                        yield tuple(values[place] for place in places)

    def records(
        self,
        batch: Batch[T],
        key: Callable[[T], str],
        handle: Callable[[T, Facts], None],
        personal: bool = False,
    ) -> None:
        """Give every record of a batch to `handle`; `key` tells records apart and names their removal.

        personal: a refused record is not shown, since it may tell of a person.
        """
        self._hide = personal
        for line, record in batch.records():
            self._progress()
            try:
                text = self._handled(record, key(record), handle)
            except RecordError as error:
                self._set_aside(batch.name, line, error, str(record))
            except TermError as error:
                self._set_aside(batch.name, line, RecordError("record", "", str(error)), str(record))
            else:
                self._keep(text)
        self._finish(batch)

    def say(self, tell: Callable[[Facts], None]) -> None:
        """Keep facts that stand in no record: what records only name, said when all of them were read."""
        facts = Facts(self.iris)
        tell(facts)
        self._count(facts)
        self.sink.write("".join(f"{s} {p} {o} .\n" for s, p, o in facts.triples))

    def note(self, remark: str) -> None:
        """Count a remark on how something was understood, told when the load has ended."""
        self.balance.notes[remark] += 1

    def refuse(self, reject: Reject) -> None:
        """Take what a reader refuses; its text is not shown where the file may tell of persons."""
        self._rejects.put(replace(reject, value="…", record=_HIDDEN) if self._hide else reject)

    def close(self) -> None:
        """Finish the files of what was refused, also when reading broke off."""
        self._rejects.close()

    def result(self) -> Balance:
        """Return the balance, after holding it and what was refused."""
        self.balance.hold()
        allowed = self.options.max_errors
        if allowed is not None and self.balance.rejected > allowed:
            raise TooManyErrors(
                f"{self.balance.rejected} of {self.balance.read} records were refused, more than the "
                f"{allowed} that are allowed; the store was not changed. "
                f"See {self._rejects.path}, or allow more: --max-errors {self.balance.rejected}"
            )
        return self.balance

    def _table(self, table: Table, layout: Layout) -> None:
        self.files[table.name] = table.sha256
        if not layout.things:
            self.balance.forms[table.name] = f"{layout.kind}, passed over"
            return
        self.balance.forms[table.name] = f"{layout.kind}: {table.form}"
        self.balance.unmapped.update(
            f"{table.name}: {column}" for column in table.columns if column not in layout.known()
        )
        places = [table.columns.index(column) for column in layout.personal if column in table.columns]
        self._hide = bool(places)
        mapped = compile_layout(layout, table.columns, self.iris.base, self._seen)
        removed = self._removed(table, layout)
        for line, values in table.rows():
            self._progress()
            try:
                removed(values)
                text = mapped(values)
            except RecordError as error:
                self._set_aside(table.name, line, error, ",".join(values))
            else:
                self._keep(text)
            for place in places:
                self.balance.personal += bool(values[place])
        self.balance.repaired += table.repaired
        self._finish(table)

    def _removed(self, table: Table, layout: Layout) -> Callable[[Sequence[str]], None]:
        """Return what refuses the rows that the removal list holds."""
        if not self.removals.records:
            return lambda _: None
        named = [column.split("|") for column in layout.key]
        places = [
            next(table.columns.index(name) for name in names if name in table.columns) for names in named
        ]

        def refuse(values: Sequence[str]) -> None:
            self._refuse_removed("|".join(values[place] for place in places))

        return refuse

    def _refuse_removed(self, key: str) -> None:
        if self.removals.holds(self.source.name, key):
            raise PersonalData("record", "this record is on the removal list")

    def _handled(self, record: T, key: str, handle: Callable[[T, Facts], None]) -> str | None:
        self._refuse_removed(key)
        facts = Facts(self.iris)
        handle(record, facts)
        text = "".join(f"{s} {p} {o} .\n" for s, p, o in facts.triples)
        mark, whole = hash((self.source.name, key)), hash(text)
        if (before := self._seen.rows.get(mark)) is not None:
            if before == whole:
                return None
            raise RecordError("record", key, "an earlier record has the same key and says something else")
        self._seen.rows[mark] = whole
        self._count(facts)
        return text

    def _count(self, facts: Facts) -> None:
        for subject, predicate, obj in facts.triples:
            if predicate == _TYPE and (mark := hash((subject, obj))) not in self._seen.subjects:
                self._seen.subjects.add(mark)
                short = obj[1:-1].rpartition("#")[2]
                self._seen.counts[short] = self._seen.counts.get(short, 0) + 1

    def _keep(self, text: str | None) -> None:
        if text is None:
            self.balance.duplicates += 1
        else:
            self.balance.loaded += 1
            self.sink.write(text)

    def _set_aside(self, file: str, line: int, error: RecordError, record: str) -> None:
        person = isinstance(error, PersonalData)
        self.balance.left_out += person
        shown = _HIDDEN if person or self._hide else record
        self._rejects.put(Reject(file, line, error.field, error.value, error.reason, shown))

    def _refused(self, reject: Reject) -> None:
        self.balance.rejected += 1
        if len(self.first) < _FIRST:
            self.first.append(reject)

    def _progress(self) -> None:
        self._met += 1
        if self._met % _EVERY == 0:
            self.options.tell(self._met, self.balance.rejected)

    def _finish(self, part: Part) -> None:
        self.balance.read += part.read
        self.files[part.name] = part.sha256
        self.options.tell(self._met, self.balance.rejected)


def _fitting(table: Table, layouts: Sequence[Layout]) -> Layout:
    """Return the layout that a table's columns fit; the one that knows most of them when several do."""
    fitting = [layout for layout in layouts if layout.fits(table.columns)]
    if fitting:
        return max(fitting, key=lambda layout: len(layout.known().intersection(table.columns)))
    wanted = "; ".join(
        f"{layout.kind}: {', '.join(sorted('|'.join(names) for names in layout.required()))}"
        for layout in layouts
    )
    raise LayoutError(
        f"{table.name}: its columns fit no layout of this source. Found: {', '.join(table.columns)}. "
        f"Expected, at least, {wanted}."
    )
