"""What all commands share: their options, the settings made of them, and how they speak."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from api import settings
from graph.asked import Asked
from graph.errors import CheckFailed, GraphError, StoreError
from graph.generations import Home
from graph.iris import Iris
from graph.manifest import GraphEntry
from graph.mirror import Mirror
from graph.remote import Remote
from loaders.errors import LoadError, UnknownSource
from queries.errors import AskError, MeaninglessError, ParameterError

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="DIR|URL",
        help="Folder of the store, or a SPARQL endpoint.",
        envvar="SAMSPEL_STORE",
    ),
]
BaseOption = Annotated[
    str | None,
    typer.Option("--base", metavar="IRI", help="What our things' IRIs begin with.", envvar="SAMSPEL_BASE"),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors on stderr.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
GivenArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME=VALUE", help="Values of parameters, such as level=all."),
]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write to this file.")]

WIDTH = 160
_FIGURE = re.compile(r"-?\d+(\.\d+)?")
_NO, _WRONGLY_ASKED, _NO_STORE = 1, 2, 3


class TableForm(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


class Language(StrEnum):
    """The languages of pages."""

    sv = "sv"
    en = "en"


@dataclass(frozen=True)
class Session:
    """What a command works with: the settings, the store's folder, and whether it may talk."""

    settings: settings.Settings
    quiet: bool = False
    _begun: list[Home] = field(default_factory=list)

    @cached_property
    def home(self) -> Home:
        """The store's folder; of a remote store the working copy, which holds what the endpoint holds."""
        return self.mirror.look(self.say) if self.remote else Home(self.settings.store)

    @property
    def mirror(self) -> Mirror:
        """The working copy of the endpoint."""
        from api.snapshot import version_of  # reads the catalogue of queries, which few commands need

        return Mirror(self.settings.mirror, settings.endpoint(self.settings), version_of)

    def begin(self) -> Home:
        """Make ready to write; return the folder to write to. Of a remote store that is the working copy."""
        if self.remote and not self._begun:
            for sentence in self.mirror.begin():
                self.say(sentence)
            self._begun.append(self.mirror.home)
        return self.place

    @property
    def place(self) -> Home:
        """The folder that is worked in, as it lies there."""
        return self.mirror.home if self.remote else Home(self.settings.store)

    def held(self) -> Mapping[str, GraphEntry]:
        """Return the graphs in service; of an endpoint without a working copy in step their counts alone."""
        if not self.remote:
            return self.home.manifest().graphs if self.home.current() is not None else {}
        if self.mirror.in_step():
            return self.mirror.home.manifest().graphs
        counts = Remote(settings.endpoint(self.settings)).counts()
        return {graph: GraphEntry(count, "", "", "") for graph, count in counts.items()}

    def send(self, tell: Callable[[str], None]) -> None:
        """Send to the endpoint what was changed in its working copy; a folder needs nothing."""
        if self.remote:
            sent = self.mirror.send(tell)
            self.say(
                f"Sent {len(sent.graphs)} graphs with {sent.triples} triples to {self.settings.endpoint}; "
                f"{sent.merge_new} triples came into its merge, {sent.merge_gone} left it."
            )

    @property
    def iris(self) -> Iris:
        """The mint of IRIs under the base that is set."""
        return Iris(self.settings.base)

    @property
    def remote(self) -> bool:
        """Whether the store is an endpoint."""
        return bool(self.settings.endpoint)

    def open(self) -> Asked:
        """Open the generation in service, or the endpoint."""
        return Remote(settings.endpoint(self.settings)) if self.remote else self.home.open()

    def version(self) -> str:
        """Return the version of the data in service; that of an endpoint is not known."""
        return "" if self.remote else self.home.manifest().version()

    def say(self, message: str) -> None:
        """Tell something on stderr, unless asked to be quiet."""
        if not self.quiet:
            _line(_console(stderr=True), message)

    @contextmanager
    def status(self) -> Iterator[Callable[[str], None]]:
        """Give a function that tells what is going on, on a terminal's stderr only."""
        with Console(stderr=True, quiet=self.quiet).status("…") as spinner:
            yield spinner.update


def session(
    store: str | None = None, base: str | None = None, quiet: bool = False, **more: object
) -> Session:
    """Make a session of a command's options."""
    flags = {
        "store": store,
        "base": base,
        **{name: None if v is None else str(v) for name, v in more.items()},
    }
    return Session(settings.read(flags), quiet)


def pairs(given: Sequence[str] | None) -> dict[str, str]:
    """Return parameters written `name=value` as a dictionary."""
    found = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise ParameterError(f"{text!r} is no parameter; write it as name=value.")
        found[name] = value
    return found


def show(columns: Iterable[str], rows: Iterable[Iterable[object]], caption: str | None = None) -> None:
    """Print a table that fits the terminal; without a terminal, lines of at most WIDTH characters."""
    cells = [["" if cell is None else _short(cell) for cell in row] for row in rows]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        figures = bool(cells) and all(_FIGURE.fullmatch(row[number]) for row in cells)
        table.add_column(column, overflow="fold", justify="right" if figures else "left")
    for row in cells:
        table.add_row(*row)
    console = _console(stderr=False)
    console.print(table)
    if caption is not None:
        _line(console, caption)


def as_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def out(content: str, path: Path | None, session: Session) -> None:
    """Write to a file, or to stdout when none is named."""
    if path is None:
        typer.echo(content, nl=not content.endswith("\n"))
        return
    try:
        path.write_text(content, "utf-8", newline="\n")
    except OSError as error:
        raise ParameterError(f"{path}: cannot be written: {error.strerror}.") from error
    session.say(f"Wrote {path}")


def explain(error: Exception) -> int:
    """Print an error as a sentence on stderr; return the exit code that it means."""
    _line(_console(stderr=True), f"samspel: {error}")
    if isinstance(error, StoreError):
        return _NO_STORE
    if isinstance(error, CheckFailed | MeaninglessError):
        return _NO
    return _WRONGLY_ASKED if not isinstance(error, LoadError) or isinstance(error, UnknownSource) else _NO


EXPLAINED = (GraphError, LoadError, AskError, settings.SettingsError)


def _console(stderr: bool) -> Console:
    """Return a console that prints texts as they are: no markup, no emoji, no colours of its own."""
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console


def _line(console: Console, message: str) -> None:
    """Print a message: wrapped between words on a terminal, else in one line however long."""
    console.print(message, soft_wrap=not console.is_terminal)


def _short(cell: object) -> str:
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell)
