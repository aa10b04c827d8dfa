"""The command that serves: pages, linked data and SPARQL."""

import socket
from contextlib import ExitStack, suppress
from typing import Annotated

import typer

from api import commands_data, fronts
from api.options import BaseOption, QuietOption, StoreOption, session
from api.settings import Settings, SettingsError


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", metavar="HOST", envvar="SAMSPEL_HOST")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on.", metavar="PORT", envvar="SAMSPEL_PORT")
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            help="Language of a reader who states none: sv or en.",
            metavar="LANGUAGE",
            envvar="SAMSPEL_LANGUAGE",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="How many queries run at once.", metavar="NUMBER", envvar="SAMSPEL_WORKERS"),
    ] = None,
    many: Annotated[
        int | None,
        typer.Option(
            "--fronts",
            help="How many processes take requests, each with its part of the workers.",
            metavar="NUMBER",
            envvar="SAMSPEL_FRONTS",
        ),
    ] = None,
    max_query_bytes: Annotated[
        int | None,
        typer.Option(help="Longest query taken.", metavar="BYTES", envvar="SAMSPEL_MAX_QUERY_BYTES"),
    ] = None,
    max_result_bytes: Annotated[
        int | None,
        typer.Option(help="Largest answer given.", metavar="BYTES", envvar="SAMSPEL_MAX_RESULT_BYTES"),
    ] = None,
    query_seconds: Annotated[
        int | None,
        typer.Option(help="How long a query may run.", metavar="SECONDS", envvar="SAMSPEL_QUERY_SECONDS"),
    ] = None,
    page_seconds: Annotated[
        int | None,
        typer.Option(
            help="How long the making of a page may take.",
            metavar="SECONDS",
            envvar="SAMSPEL_PAGE_SECONDS",
        ),
    ] = None,
    memory_mb: Annotated[
        int | None,
        typer.Option(
            help="How much memory a query may take.", metavar="MEGABYTES", envvar="SAMSPEL_MEMORY_MB"
        ),
    ] = None,
    service_addresses: Annotated[
        str | None,
        typer.Option(
            help="Endpoints that SERVICE in a query may ask.",
            metavar="ADDRESSES",
            envvar="SAMSPEL_SERVICE_ADDRESSES",
        ),
    ] = None,
    max_upload_bytes: Annotated[
        int | None,
        typer.Option(
            help="Largest graph or update taken.", metavar="BYTES", envvar="SAMSPEL_MAX_UPLOAD_BYTES"
        ),
    ] = None,
    write_seconds: Annotated[
        int | None,
        typer.Option(help="How long a write may take.", metavar="SECONDS", envvar="SAMSPEL_WRITE_SECONDS"),
    ] = None,
    write_memory_mb: Annotated[
        int | None,
        typer.Option(
            help="How much memory a write may take.", metavar="MEGABYTES", envvar="SAMSPEL_WRITE_MEMORY_MB"
        ),
    ] = None,
    rate: Annotated[
        int | None,
        typer.Option(
            help="Requests of one client answered in a second; 0 for any number.",
            metavar="NUMBER",
            envvar="SAMSPEL_RATE",
        ),
    ] = None,
    burst: Annotated[
        int | None,
        typer.Option(
            help="Requests of one client answered at once.", metavar="NUMBER", envvar="SAMSPEL_BURST"
        ),
    ] = None,
    body_seconds: Annotated[
        int | None,
        typer.Option(
            help="How long a body may stand still, coming or going.",
            metavar="SECONDS",
            envvar="SAMSPEL_BODY_SECONDS",
        ),
    ] = None,
    header_seconds: Annotated[
        int | None,
        typer.Option(
            help="How long the head of a request may take.",
            metavar="SECONDS",
            envvar="SAMSPEL_HEADER_SECONDS",
        ),
    ] = None,
    log: Annotated[
        str | None,
        typer.Option(
            help="A line on stderr for each request: json, none, or auto (json unless stderr is a terminal).",
            metavar="HOW",
            envvar="SAMSPEL_LOG",
        ),
    ] = None,
    proxies: Annotated[
        str | None,
        typer.Option(
            help="Addresses or networks whose X-Forwarded-For is believed, or none.",
            metavar="ADDRESSES",
            envvar="SAMSPEL_PROXIES",
        ),
    ] = None,
    store: StoreOption = None,
    base: BaseOption = None,
    quiet: QuietOption = False,
) -> None:
    """Serve pages, linked data and SPARQL; builds first when the store is empty."""
    from api.build import outdated  # heavy, as the others, and only here
    from api.door.ending import Server
    from api.serving import configured

    here = session(
        store,
        base,
        quiet,
        host=host,
        port=port,
        language=language,
        workers=workers,
        fronts=many,
        max_query_bytes=max_query_bytes,
        max_result_bytes=max_result_bytes,
        query_seconds=query_seconds,
        page_seconds=page_seconds,
        memory_mb=memory_mb,
        service_addresses=service_addresses,
        max_upload_bytes=max_upload_bytes,
        write_seconds=write_seconds,
        write_memory_mb=write_memory_mb,
        rate=rate,
        burst=burst,
        body_seconds=body_seconds,
        header_seconds=header_seconds,
        log=log,
        proxies=proxies,
    )
    fronts.hold(here.settings)
    if (door := fronts.inherited()) is not None:
        with door:
            Server(configured(fronts.part(here.settings), quiet)).run(sockets=[door])
        return
    if here.remote:
        here.say(f"The store is {here.settings.endpoint}, which holds {len(here.open())} quads.")
    elif here.home.current() is None:
        here.say(f"The store {here.settings.store} is empty: building the bundled data first.")
        commands_data.run_build(here)
    elif stale := outdated(here.home, here.iris):
        here.say(f"The store was built from older facts of {', '.join(stale)}. Renew it: samspel build")
    with ExitStack() as stack:
        doors = [stack.enter_context(door) for door in _listening(here.settings)]
        here.say(f"samspel is on http://{here.settings.host}:{here.settings.port} (end it with Ctrl+C)")
        if len(doors) > 1:
            fronts.keep(doors)
            return
        with suppress(KeyboardInterrupt):
            Server(configured(here.settings, quiet)).run(sockets=doors)


def _listening(settings: Settings) -> list[socket.socket]:
    """Open a door a front before anything is said of them; say plainly when another holds the port."""
    try:
        return fronts.opened(settings.host, settings.port, settings.fronts)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {settings.host} port {settings.port}: {error.strerror}. "
            "Name another port: samspel serve --port 8001"
        ) from error
