"""Commands that keep a copy: backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from api.options import JsonOption, QuietOption, StoreOption, as_json, session
from api.settings import SettingsError
from graph import backups

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def backup(
    file: FileArgument,
    force: Annotated[bool, typer.Option(help="Write over a file that is there.")] = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Write what is in service, and the releases, into one file: same store, same bytes."""
    here = session(store, quiet=quiet)
    found = backups.write(here.home.folder, file, force)
    here.say(
        f"Wrote {file}: generation {found.generation}, {found.quads} quads, releases: {len(found.releases)}, "
        f"{file.stat().st_size} bytes."
    )
    if json:
        as_json({**vars(found), "file": str(file), "bytes": file.stat().st_size})


def restore(
    file: FileArgument,
    force: Annotated[
        bool, typer.Option(help="Put it before a store that is there, which stays as an older generation.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only read and check it; change nothing.")
    ] = False,
    store: StoreOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Put a backup into an empty store and into service, whole or not at all."""
    here = session(store, quiet=quiet)
    if here.remote:
        raise SettingsError(
            f"The store is {here.settings.endpoint}, a remote endpoint: a backup is restored into a folder "
            "with generations. Name one: --store DIR"
        )
    folder = here.home.folder
    if dry_run:
        found, number = backups.read(file), None
        here.say(f"{file} is whole: generation {found.generation}, {found.quads} quads.")
    else:
        found, number = backups.restore(folder, file, force)
        here.say(
            f"Generation {number} is in service in {folder}: {found.quads} quads, as generation "
            f"{found.generation} was on {found.made}, releases: {len(found.releases)}."
        )
    if json:
        as_json({**vars(found), "file": str(file), "in_service": number})
