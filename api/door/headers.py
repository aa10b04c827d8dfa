"""Headers that keep a browser from running, fetching or telling anything that it need not."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Head = list[tuple[bytes, bytes]]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
DATA_POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
_UNUSED = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()"
)
_ALL: Head = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # queries stand in addresses, and are nobody else's business
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", _UNUSED.encode()),
]
_PAGE: Head = [
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    *_ALL,
]
_ASSET: Head = [
    (b"content-security-policy", DATA_POLICY.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    *_ALL,
]
_DATA: Head = [
    (b"content-security-policy", DATA_POLICY.encode()),
    (b"cross-origin-resource-policy", b"cross-origin"),
    *_ALL,
]
_SECURE: Head = [(b"strict-transport-security", b"max-age=31536000")]
_NAMES = frozenset(name for name, _ in (*_PAGE, *_SECURE))


def guarded(headers: Sequence[tuple[bytes, bytes]], path: str, secure: bool) -> Head:
    """Return the headers of an answer with those that protect; what the answer says itself stays."""
    said = dict(headers)
    media = said.get(b"content-type", b"")
    more = _PAGE if media.startswith(b"text/html") else _ASSET if path.startswith("/static/") else _DATA
    if secure:
        more = [*more, *_SECURE]
    if _NAMES.isdisjoint(said):
        return [*headers, *more]
    return [*headers, *(pair for pair in more if pair[0] not in said)]


class Headers:
    """Add the headers to every answer that does not set them itself.

    An answer without a body (304) gets none: a browser would put them over those of the page that it has
    kept, and nothing in it tells what it was.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the head of its answer."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] != 304:
                head = message.get("headers", ())
                message["headers"] = guarded(head, scope["path"], scope["scheme"] == "https")
            await send(message)

        return await self._app(scope, receive, complete)
