"""The whole door around an app: the layers in their order, and how uvicorn is to be run."""

from resource import RLIMIT_NOFILE, getrlimit

import uvicorn
from starlette.types import ASGIApp

from api.door import log as logs
from api.door.bodies import Bodies, Refused, caps
from api.door.cors import Cors
from api.door.ending import CANCELLED
from api.door.errors import Errors
from api.door.headers import Headers
from api.door.metrics import Registry
from api.door.protocol import Door, Limits, within
from api.door.rate import Limited
from api.door.watched import Watched
from api.settings import Settings

UPLOADS = 100_000_000
_DESCRIPTORS = 4  # that one connection may cost us, with its share in files and workers


def around(
    app: ASGIApp,
    settings: Settings,
    registry: Registry,
    log: logs.Log | None = None,
    cuts: tuple[type[Exception], ...] = (),
    upload_bytes: int = UPLOADS,
) -> Watched:
    """Return an app with all layers around it; `cuts` are errors that mean to end an answer in its middle."""
    log = log or logs.log(settings.log)
    app = Bodies(app, caps(settings.max_query_bytes, upload_bytes), settings.body_seconds)
    if settings.rate:
        refused = registry.counter("samspel_rate_limited_total", "Requests of clients that ask too often.")
        app = Limited(app, settings.rate, settings.burst, refused.inc)
    return Watched(Headers(Cors(Errors(app, log, (*cuts, Refused)))), log, registry)


def config(app: ASGIApp, settings: Settings, protocol: type[Door] = Door) -> uvicorn.Config:
    """Return how uvicorn serves an app: hardened, without its own log, believing the proxies that are set."""
    trusted = settings.trusted()
    limits = Limits(
        head_seconds=settings.header_seconds,
        still_seconds=settings.body_seconds,
        connections=max(16, min(1000, getrlimit(RLIMIT_NOFILE)[0] // _DESCRIPTORS)),
        trusted=trusted,
    )
    return uvicorn.Config(
        app,
        http=within(protocol, limits),
        loop="uvloop",
        ws="none",
        interface="asgi3",
        log_level="critical",  # our own log tells of each request, also of one that was cut
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=[str(network) for network in trusted],
        timeout_graceful_shutdown=CANCELLED,
    )
