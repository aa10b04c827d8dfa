"""Run the front under uvicorn: the loop, the parser, the times it waits, and how it ends."""

import uvicorn

from api.server import Server
from api.settings import Settings

_GRACE = 8  # seconds for what runs when the server is told to end


def configured(settings: Settings, log_level: str = "warning") -> uvicorn.Config:
    """Return how the server is run over a store."""
    return uvicorn.Config(
        Server(settings),
        log_level=log_level,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        timeout_graceful_shutdown=_GRACE,
        server_header=False,
    )
