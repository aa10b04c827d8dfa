"""Answer a read at the front: from what is kept, by 304, or by a job; with ETag, Vary and HEAD."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import Scope, Send

from api.reader import COOKIE
from api.service.cache import Cache, Kept
from api.service.service import Refusal, Reply

_WANTED = (b"accept", b"accept-language", b"accept-encoding", b"cookie", b"host", b"if-none-match")
_COOKIE = COOKIE.encode() + b"="
_KEPT_STATUS = (200, 303)


@dataclass(frozen=True, slots=True)
class Read:
    """A read: what is asked, and all of the request that its answer may depend on."""

    path: str
    query: bytes
    accept: str | None
    language: bytes
    packed: bool
    host: bytes
    scheme: str
    head: bool
    tag: bytes | None

    @property
    def key(self) -> tuple[object, ...]:
        """What two reads have in common that have the same answer."""
        return self.path, self.query, self.accept, self.language, self.packed, self.host, self.scheme


def read(scope: Scope) -> Read:
    """Return what a request reads."""
    found = dict.fromkeys(_WANTED, b"")
    for name, value in scope["headers"]:
        if name in found:
            found[name] = found[name] + b"," + value if found[name] else value
    return Read(
        scope["path"],
        scope["query_string"],
        found[b"accept"].decode("latin-1") or None,
        found[b"accept-language"] + _chosen(found[b"cookie"]),
        b"gzip" in found[b"accept-encoding"]
        and b"gzip;q=0" not in found[b"accept-encoding"].replace(b" ", b""),
        found[b"host"],
        scope["scheme"],
        scope["method"] == "HEAD",
        found[b"if-none-match"] or None,
    )


class Conditional:
    """Reads, answered by jobs once for each version of the data."""

    def __init__(self) -> None:
        self.cache = Cache()

    def kept(self, asked: Read, version: str) -> Kept | None:
        """Return the answer that is kept for a read."""
        return self.cache.get((version, asked.key))

    def same(self, asked: Read, version: str) -> bool:
        """Tell whether the reader has the answer already."""
        return asked.tag is not None and _matches(asked.tag, etag(version, asked.key))

    async def answer(
        self, asked: Read, version: str, make: Callable[[], Awaitable[Reply]], scope: Scope, send: Send
    ) -> None:
        """Answer a read; `make` is called when nothing that is kept answers it."""
        tag = etag(version, asked.key)
        if self.same(asked, version):
            await _start(send, 304, [(b"etag", tag), (b"vary", _VARY)])
            return await _finish(send)
        kept = self.cache.get((version, asked.key))
        if kept is None:
            reply = await make()
            if reply.pieces is not None:
                return await stream(reply, tag, asked.head, send)
            kept = Kept(reply.status, complete(reply, tag), reply.body)
            if reply.status in _KEPT_STATUS:
                self.cache.put((version, asked.key), kept)
        elif kept.status == 200:  # it was asked for twice: more is done for a third time
            scope["kept"] = version, kept
        await _start(send, kept.status, kept.headers)
        return await _finish(send, b"" if asked.head else kept.body)


_VARY = b"Accept, Accept-Language, Accept-Encoding, Cookie"


def etag(version: str, key: tuple[object, ...]) -> bytes:
    """Return the name of an answer: of the version of the data, and of what was asked."""
    said = hashlib.blake2b(repr(key).encode(), digest_size=8).hexdigest()
    return f'"{version}-{said}"'.encode()


def complete(reply: Reply, tag: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers of a whole answer."""
    named = [] if reply.status != 200 else [(b"etag", tag), (b"cache-control", b"no-cache")]
    return [*_varied(reply.headers), *named, (b"content-length", str(len(reply.body)).encode())]


async def stream(reply: Reply, tag: bytes | None, head: bool, send: Send) -> None:
    """Send an answer piece by piece; raise Broken, which cuts the connection, when it does not end whole."""
    pieces = reply.pieces
    if pieces is None:
        return
    try:
        named = [] if tag is None else [(b"etag", tag), (b"cache-control", b"no-cache")]
        await _start(send, reply.status, [*_varied(reply.headers), *named])
        while not head and (piece := await pieces.next()) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    finally:
        pieces.close()
    await _finish(send)


async def plain(send: Send, refusal: Refusal) -> None:
    """Answer with a sentence."""
    body = f"{refusal}\n".encode()
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await _start(send, refusal.status, [*head, *refusal.headers])
    await _finish(send, body)


def _varied(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add to Vary what the front itself looks at."""
    if not any(name == b"vary" for name, _ in headers):
        return [*headers, (b"vary", b"Accept, Accept-Encoding")]
    said = b", ".join(value for name, value in headers if name == b"vary")
    rest = [pair for pair in headers if pair[0] != b"vary"]
    named = {each.strip().lower() for each in said.split(b",")}
    more = [each for each in (b"Accept", b"Accept-Encoding") if each.lower() not in named]
    return [*rest, (b"vary", b", ".join(filter(None, [said, *more])))]


def _matches(given: bytes, tag: bytes) -> bool:
    return given == b"*" or tag in [each.strip().removeprefix(b"W/") for each in given.split(b",")]


def _chosen(cookies: bytes) -> bytes:
    """Return the language cookie; no other changes an answer."""
    return b"".join(each.strip() for each in cookies.split(b";") if each.strip().startswith(_COOKIE))


async def _start(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _finish(send: Send, body: bytes = b"") -> None:
    await send({"type": "http.response.body", "body": body})
