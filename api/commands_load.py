"""Commands that bring one source in: a bundled one by its name, or a region's own folder."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from api.commands_data import run_build, tell_build
from api.commands_outside import (
    CacheOption,
    FilesArgument,
    MaxErrorsOption,
    PostcodesOption,
    RejectsOption,
    load_outside,
)
from api.options import BaseOption, JsonOption, QuietOption, Session, StoreOption, as_json, session
from loaders import region_kit, run
from loaders.errors import UnknownSource
from loaders.region import read_folder
from loaders.region_tables import FolderError
from loaders.source import Loaded
from queries.errors import ParameterError

_NO = 1


def load(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="Name of a source (see `samspel sources`), or a region's own folder."
        ),
    ],
    files: FilesArgument = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only read and check; change nothing in the store.")
    ] = False,
    max_errors: MaxErrorsOption = None,
    rejects: RejectsOption = None,
    postcodes: PostcodesOption = None,
    cache: CacheOption = None,
    store: StoreOption = None,
    base: BaseOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Load a source, bundled or from files, or a region's folder, replacing its graph and no other."""
    here = session(store, base, quiet, cache=cache)
    if source in run.outside():
        load_outside(here, source, files or [], json, dry_run, max_errors, rejects, postcodes)
        return
    if files:
        raise ParameterError(f"{source} is bundled or a folder and takes no files; leave out {files[0]!r}.")
    folder = None if source in run.sources() else _folder(source)
    try:
        loaded = run.read(source, here.iris) if folder is None else read_folder(folder, here.iris)
    except FolderError as error:
        _refuse(error, json)
    if dry_run:
        _tell_read(here, loaded, json)
    elif folder is None:
        tell_build(here, run_build(here, [source]), json)
    else:
        bundled: list[str] | None = None if here.begin().current() is None else []
        tell_build(here, run_build(here, bundled, [loaded]), json)


def new_region(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; it must be new, or empty.")
    ],
    quiet: QuietOption = False,
) -> None:
    """Write a folder of CSV templates in which a region describes itself, with examples."""
    try:
        region_kit.write(folder)
    except FileExistsError as error:
        raise ParameterError(f"{folder}: the folder holds something already; name a new one.") from error
    except OSError as error:
        raise ParameterError(f"{folder}: cannot be written: {error.strerror}.") from error
    session(quiet=quiet).say(f"Wrote {folder}. Read README.md in it; then: samspel load {folder} --dry-run")


def _folder(source: str) -> Path:
    folder = Path(source)
    if folder.is_dir():
        return folder
    known = ", ".join(sorted(run.every()))
    raise UnknownSource(
        f"There is no source {source!r}; there are {known}. Nor is there a folder of that name."
    )


def _refuse(error: FolderError, json: bool) -> NoReturn:
    """Tell every mistake on a line of its own, and end with 1."""
    if json:
        as_json({"loaded": 0, "rejected": len(error.mistakes), "mistakes": list(map(str, error.mistakes))})
    for mistake in error.mistakes:
        typer.echo(str(mistake), err=True)
    raise typer.Exit(_NO)


def _tell_read(here: Session, loaded: Loaded, json: bool) -> None:
    name, things = loaded.source.name, dict(sorted(loaded.counts.items()))
    if json:
        told = {"source": name, "graph": here.iris.graph(name)[1:-1], "read": loaded.read, "things": things}
        as_json({**told, "loaded": loaded.read, "rejected": 0, "quads": len(loaded.lines), "mistakes": []})
        return
    shown = ", ".join(f"{count} {kind}" for kind, count in things.items())
    typer.echo(f"{name} can be loaded: {loaded.read} rows, {len(loaded.lines)} triples ({shown}).")
