"""The net under all else: a fault of ours becomes a plain 500 with the request's id; the log has the rest."""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.door.answers import answer
from api.door.log import Log

SENTENCE = (
    "Something went wrong here, and it is our fault. Try again; if it stays, tell whoever runs this server "
    "the number of this request: {id}"
)


class Errors:
    """Catch what nothing else caught; `cuts` are errors that mean to end an answer in its middle."""

    def __init__(self, app: ASGIApp, log: Log, cuts: tuple[type[Exception], ...] = ()) -> None:
        self._app, self._log, self._cuts = app, log, cuts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the server cuts the connection of an answer that has begun and did not end."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        try:
            return await self._app(scope, receive, send)
        except Exception as error:  # noqa: BLE001  # this is the place where all are caught
            record = scope["record"]
            if not isinstance(error, self._cuts):
                self._log.fault(record.id, error)
            if not record.status:
                await answer(send, 500, SENTENCE.format(id=record.id))
