"""The command that serves: pages, linked data and SPARQL."""

import socket
from contextlib import suppress
from typing import Annotated

import typer

from api import commands_data
from api.options import BaseOption, QuietOption, StoreOption, session
from api.settings import SettingsError


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
    if here.remote:
        here.say(f"The store is {here.settings.endpoint}, which holds {len(here.open())} quads.")
    elif here.home.current() is None:
        here.say(f"The store {here.settings.store} is empty: building the bundled data first.")
        commands_data.run_build(here)
    elif stale := outdated(here.home, here.iris):
        here.say(f"The store was built from older facts of {', '.join(stale)}. Renew it: samspel build")
    with _listening(here.settings.host, here.settings.port) as door:
        here.say(f"samspel is on http://{here.settings.host}:{here.settings.port} (end it with Ctrl+C)")
        with suppress(KeyboardInterrupt):
            Server(configured(here.settings, quiet)).run(sockets=[door])


def _listening(host: str, port: int) -> socket.socket:
    """Open the door before anything is said of it; say plainly when another holds it."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise SettingsError(
            f"Cannot listen on {host} port {port}: {error.strerror}. "
            "Name another port: samspel serve --port 8001"
        ) from error
