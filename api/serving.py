"""Put the server together: the front, the door around it, and how uvicorn runs both."""

import uvicorn

from api.door import log as logs
from api.door.around import around, config
from api.door.metrics import Registry
from api.door.quickly import Remembering, quickly
from api.door.rate import Rate
from api.server import Front
from api.service.quick import Quick
from api.service.service import Broken
from api.settings import Settings


def configured(settings: Settings, quiet: bool = False) -> uvicorn.Config:
    """Return how the whole server is run over a store."""
    registry, quick = Registry(), Quick()
    front = Front(settings, registry, quick.renew)
    watched = around(
        front,
        settings,
        registry,
        logs.log(settings.log, quiet),
        cuts=(Broken,),
        upload_bytes=settings.max_upload_bytes,
    )
    rate = Rate(settings.rate, settings.burst) if settings.rate else None
    return config(Remembering(watched, quick), settings, quickly(quick, watched, rate, front.express))
