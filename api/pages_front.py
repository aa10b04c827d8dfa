"""Pages at the front: a GET is answered by a worker with the app of pages, or from what is kept."""

from starlette.types import Receive, Scope, Send

from api.conditional import Conditional, read
from api.door.clients import client_of
from api.service.service import Asked, Refusal, Reply, Service
from api.settings import Settings

_PASSED = (b"accept", b"accept-language", b"cookie", b"host", b"user-agent")
_FAST = 2.0  # processor seconds of the fast lane: pages are ours, and no stranger can make one long
_ALLOW = [(b"allow", b"GET, HEAD, OPTIONS")]


class Pages:
    """All that is read by GET and is no query."""

    def __init__(self, settings: Settings, service: Service, conditional: Conditional) -> None:
        self._settings, self._service, self._conditional = settings, service, conditional

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a GET or HEAD; raise Refusal when it is not answered."""
        if scope["method"] not in ("GET", "HEAD"):
            raise Refusal(405, f"{scope['path']} is read by GET.", _ALLOW)
        asked = read(scope)

        async def make() -> Reply:
            job = {
                "do": "page",
                "path": scope["path"],
                "query_string": scope["query_string"].decode("latin-1"),
                "headers": [
                    (name.decode("latin-1"), value.decode("latin-1"))
                    for name, value in scope["headers"]
                    if name in _PASSED
                ],
                "scheme": scope["scheme"],
                "server": scope.get("server"),
                "gzip": asked.packed,
            }
            return await self._service.ask(
                Asked(job, client_of(scope), lambda: scope["path"], self._settings.page_seconds, _FAST)
            )

        await self._conditional.answer(asked, self._service.page_version, make, scope, send)
