"""The command that downloads a source's official files into the cache and tells where they lie."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from api.options import JsonOption, QuietOption, Session, as_json, session
from loaders import fetching, run
from loaders.cached import Fetched
from loaders.errors import FetchError, UnknownSource
from loaders.web import address, last_part
from queries.errors import ParameterError

CacheOption = Annotated[
    str | None,
    typer.Option("--cache", metavar="DIR", help="Folder of fetched files.", envvar="SAMSPEL_CACHE"),
]


def fetch(
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE|URL", help="Name of a source (see `samspel sources`), or an address."),
    ],
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Another address of the source's file.")
    ] = None,
    sha256: Annotated[
        str | None,
        typer.Option("--sha256", metavar="HEX", help="Take the file only if it has this checksum."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="BYTES", min=1, help="The largest file taken.")
    ] = fetching.LIMIT,
    cache: CacheOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Download a source's official files, or a file by its address, into the cache; print each path."""
    here = session(quiet=quiet, cache=cache)
    wanted, checksum = _addresses(source, url), _checksum(sha256)
    if checksum and len(wanted) > 1:
        raise ParameterError(
            f"Source {source!r} has {len(wanted)} official files, and a checksum is of one; "
            f"name its address: samspel fetch {wanted[0]} --sha256 HEX"
        )
    told = [_told(here, fetch_into(here, one, limit=limit, sha256=checksum), json) for one in wanted]
    if json:
        as_json(told if len(told) > 1 else told[0])


def _told(here: Session, found: Fetched, json: bool) -> dict[str, object]:
    """Return the facts of a file; unless they are wanted in JSON, print its path as soon as it is there."""
    if not json:
        typer.echo(str(found.path))
        state = "Fetched" if found.fresh else "Unchanged"
        here.say(f"{state}: {found.size} bytes from {found.final_url}, sha256 {found.sha256}")
    return {name: getattr(found, name) for name in _TOLD} | {"path": str(found.path)}


_TOLD = ("path", "url", "final_url", "sha256", "size", "etag", "last_modified", "fresh", "media_type")


def fetch_into(here: Session, url: str, *, limit: int = fetching.LIMIT, sha256: str | None = None) -> Fetched:
    """Fetch an address into the cache that is set, with a progress bar on a terminal."""
    with _progress(here, last_part(url) or url) as tell:
        patience = fetching.Patience(
            busy=lambda: here.say("Another process is fetching this file; waiting for it.")
        )
        return fetching.fetch(
            url, here.settings.cache, limit=limit, tell=tell, sha256=sha256, patience=patience
        )


def is_address(text: str) -> bool:
    """Tell whether a text is meant as an address on the web, and not as a file or a source's name."""
    return "://" in text


def _addresses(source: str, url: str | None) -> list[str]:
    """Return what to fetch: an address alone, that of `--url`, or all of the source's official files."""
    if is_address(source):
        if url is not None:
            raise ParameterError("Two addresses are given; name a source with --url, or an address alone.")
        return [_held(source)]
    known = run.every()
    if source not in known:
        raise UnknownSource(f"There is no source {source!r}; there are {', '.join(sorted(known))}.")
    found = (url,) if url else known[source].download
    if not found:
        raise ParameterError(
            f"Source {source!r} has no official file to fetch; name an address: "
            f"samspel fetch {source} --url URL"
        )
    return [_held(one) for one in found]


def _held(url: str) -> str:
    try:
        return address(url)
    except FetchError as error:
        raise ParameterError(str(error)) from error


def _checksum(text: str | None) -> str | None:
    try:
        return None if text is None else fetching.checksum(text)
    except FetchError as error:
        raise ParameterError(str(error)) from error


@contextmanager
def _progress(here: Session, name: str) -> Iterator[fetching.Tell]:
    """Show how much has come, how fast and how long it will take; nothing where nobody looks."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    hidden = here.quiet or not console.is_terminal
    with Progress(*columns, console=console, disable=hidden, transient=True) as progress:
        task = progress.add_task(name, total=None)

        def tell(done: int, total: int | None) -> None:
            progress.update(task, completed=done, total=total)

        yield tell
