"""What all commands share: their options, the settings made of them, and how they speak."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api import settings
from graph.errors import CheckFailed, GraphError, StoreError
from graph.generations import Home
from graph.iris import Iris
from graph.store import Store
from loaders.errors import LoadError, UnknownSource
from queries.errors import AskError, MeaninglessError, ParameterError

StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="Folder of the store.", envvar="SAMSPEL_STORE", show_envvar=True),
]
BaseOption = Annotated[
    str | None,
    typer.Option("--base", help="What our IRIs begin with.", envvar="SAMSPEL_BASE", show_envvar=True),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
GivenArgument = Annotated[list[str] | None, typer.Argument(help="Parameters, each written name=value.")]

_NO, _WRONGLY_ASKED, _NO_STORE = 1, 2, 3


@dataclass(frozen=True)
class Session:
    """What a command works with: the settings, the store's folder, and whether it may talk."""

    settings: settings.Settings
    quiet: bool = False

    @property
    def home(self) -> Home:
        """The store's folder."""
        return Home(self.settings.store)

    @property
    def iris(self) -> Iris:
        """The mint of IRIs under the base that is set."""
        return Iris(self.settings.base)

    def open(self) -> Store:
        """Open the generation in service."""
        return self.home.open()

    def say(self, message: str) -> None:
        """Tell something on stderr, unless asked to be quiet."""
        if not self.quiet:
            Console(stderr=True, highlight=False).print(message)

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
    """Print a table that fits the terminal; without a terminal, one that is never cut."""
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=160)
    table = Table(caption=caption, caption_justify="left", header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else _short(cell) for cell in row))
    console.print(table)


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
        raise StoreError(f"{path}: cannot be written: {error.strerror}.") from error
    session.say(f"Wrote {path}")


def explain(error: Exception) -> int:
    """Print an error as a sentence on stderr; return the exit code that it means."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"samspel: {error}")
    if isinstance(error, StoreError):
        return _NO_STORE
    if isinstance(error, CheckFailed | MeaninglessError):
        return _NO
    return _WRONGLY_ASKED if not isinstance(error, LoadError) or isinstance(error, UnknownSource) else _NO


EXPLAINED = (GraphError, LoadError, AskError, settings.SettingsError)


def _short(cell: object) -> str:
    return f"{cell:.4f}" if isinstance(cell, float) else str(cell)
