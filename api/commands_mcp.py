"""The command for agents: the graph by the Model Context Protocol, over standard input and output."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import BaseOption, Session, StoreOption, session
from api.settings import Settings, SettingsError, is_address
from graph.errors import StoreError

if TYPE_CHECKING:
    from api.agents import Asker

URL = "http://samspel"  # stands for the server within this process


def mcp_command(
    server: Annotated[
        str | None,
        typer.Option(metavar="URL", help="A samspel server to ask, instead of one within this process."),
    ] = None,
    store: StoreOption = None,
    base: BaseOption = None,
) -> None:
    """Let agents search, describe, query, match and measure by the Model Context Protocol. They only read."""
    try:
        import_module("mcp")
    except ImportError as error:
        raise SettingsError(
            f"{error.name} is not installed, which samspel mcp needs; install it with `pip install mcp`."
        ) from error
    here = session(store, base, quiet=True)
    if server is not None and not is_address(server):
        raise SettingsError(f"--server is {server!r}: expected the address of a samspel server, http://…")
    if server is None and not here.remote and here.home.current() is None:
        raise StoreError(f"The store {here.settings.store} is empty. Build it first: samspel build")
    import anyio

    anyio.run(_serve, here, server)


async def _serve(here: Session, server: str | None) -> None:
    from api import agents

    async with asked(here.settings, server) as asker:
        await agents.server(asker).run_stdio_async()


@asynccontextmanager
async def asked(settings: Settings, server: str | None) -> AsyncIterator["Asker"]:
    """Give what asks a server: the one at an address, else one that runs here as long as it is asked."""
    import httpx2

    from api.agents import PATIENCE, Asker
    from api.door.metrics import Registry
    from api.server import Front

    if server is not None:
        async with httpx2.AsyncClient(base_url=server.rstrip("/"), timeout=PATIENCE) as client:
            yield Asker(client, settings.base)
        return
    front = Front(settings, Registry())
    await front.start()
    try:
        transport = httpx2.ASGITransport(app=front)
        async with httpx2.AsyncClient(transport=transport, base_url=URL, timeout=PATIENCE) as client:
            yield Asker(client, settings.base)
    finally:
        await front.stop()
