"""The command that publishes: a release of what is in service, and the whole as files for any web server."""

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from api import publishing
from api.options import BaseOption, JsonOption, QuietOption, Session, StoreOption, as_json, session, show
from api.settings import SettingsError
from graph.errors import CheckFailed
from graph.release_files import WHOLE
from graph.releases import Release


def _option(flag: str, metavar: str, told: str) -> typer.models.OptionInfo:
    name = f"SAMSPEL_{flag.removeprefix('--').replace('-', '_').upper()}"
    return typer.Option(flag, metavar=metavar, help=told, envvar=name)  # type: ignore[no-any-return]  # typer says Any


def publish(
    static: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the whole site as files into this folder, too.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Make a release even if nothing has changed.")] = False,
    address: Annotated[str | None, _option("--address", "URL", "Where the public finds it.")] = None,
    publisher: Annotated[str | None, _option("--publisher", "NAME", "Who publishes.")] = None,
    publisher_url: Annotated[str | None, _option("--publisher-url", "URL", "The publisher's page.")] = None,
    publisher_type: Annotated[str | None, _option("--publisher-type", "KIND", "Its kind by ADMS.")] = None,
    contact: Annotated[str | None, _option("--contact", "MAILBOX", "The mailbox of a role.")] = None,
    store: StoreOption = None,
    base: BaseOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Make a dated release with dumps, checksums, changes and catalogue; or the whole site as files."""
    here = session(
        store,
        base,
        quiet,
        address=address,
        publisher=publisher,
        publisher_url=publisher_url,
        publisher_type=publisher_type,
        contact=contact,
    )
    if here.remote:
        raise SettingsError(
            f"The store is {here.settings.endpoint}, a remote endpoint: releases are made of a folder with "
            "generations. Name one: --store DIR"
        )
    release, new = publishing.publish(here.settings, force)
    _say(here, release, new)
    if json:
        as_json(release.json() | {"new": new})
    else:
        _table(release)
    if static is not None:
        _write_static(here, release, static)


def _say(here: Session, release: Release, new: bool) -> None:
    if new:
        here.say(f"Release {release.version} lies in {here.settings.store / 'releases' / release.version}")
    else:
        here.say(
            f"Nothing has changed since release {release.version}: no release was made. To make one all the "
            "same: samspel publish --force"
        )
    if publishing.publisher(here.settings).unset:
        here.say(
            f"The catalogue names {here.settings.publisher!r} as publisher, and as contact "
            f"{here.settings.contact}, which reaches nobody: set SAMSPEL_PUBLISHER and "
            "SAMSPEL_CONTACT before others harvest it (docs/publishing.md)."
        )


def _table(release: Release) -> None:
    changes = release.changes or {}
    rows = [
        (
            name,
            triples,
            sum(file.bytes for file in release.dumps(name)),
            *((found.added, found.removed, found.changed) if (found := changes.get(name)) else ("", "", "")),
        )
        for name, triples in [
            *((part.name, part.triples) for part in release.parts),
            (WHOLE, release.triples),
        ]
    ]
    before = f", changes since {release.previous}" if release.previous else ""
    show(
        ("graph", "triples", "bytes", "added", "removed", "changed"),
        rows,
        f"Release {release.version} of generation {release.generation}{before}",
    )


def _write_static(here: Session, release: Release, target: Path) -> None:
    from api import static_site  # asks the pages, and only here

    began = perf_counter()
    with here.status() as tell:
        written = static_site.write(here.settings, release, target, tell)
    here.say(
        f"Wrote {written.pages:,} pages and {written.files:,} other files to {target} "
        f"in {perf_counter() - began:.0f} s"
    )
    if written.broken:
        shown = "\n  ".join(f"{path} ({status})" for path, status in written.broken[:20])
        raise CheckFailed(f"{len(written.broken)} links lead nowhere:\n  {shown}")
