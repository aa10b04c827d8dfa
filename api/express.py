"""The shortest ways of a new query: a plain GET of /sparql is looked up, or goes to a worker and back.

Plain is a request in one piece with none but the most usual headers. It is answered as on the long way,
by the same functions, only without the layers between. What is not plain, is known to be slow or has a large
answer goes the long way; also when its worker has begun already.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from api import lookup
from api.conditional import Conditional, Read, complete, etag
from api.door.cors import OPEN
from api.door.headers import guarded
from api.negotiate import choose
from api.service.begun import Begun
from api.service.cache import Kept
from api.service.frames import Frame
from api.service.outlet import packed
from api.service.quick import LARGEST_REQUEST, Ready, line
from api.service.service import Asked, Reply, Service
from api.settings import Settings
from api.sparql import MACHINES, Endpoint, only_query, shape
from api.sparql_run import TABLES

BEGINNING = b"GET /sparql?query="
_REQUEST = re.compile(
    rb"GET /sparql\?(query=[A-Za-z0-9%+._~*'()!,;:@/?$=-]+) HTTP/1\.1\r\n((?:[A-Za-z-]+:[\t -~]*\r\n)+)\r\n"
)
_NAMES = frozenset((b"host", b"user-agent", b"accept", b"accept-language", b"accept-encoding", b"connection"))
_SEEN = b"".join(b"%s: %s\r\n" % pair for pair in guarded(OPEN, "/sparql", secure=False))
_KNOWN = 1024  # blocks of headers: a client's are the same each time


def _found(*head: tuple[bytes, bytes]) -> bytes:
    """Return how the answer to a lookup begins: all but its own tag and length."""
    named = complete(Reply(200, [(b"content-type", lookup.MEDIA.encode()), *head], b""), b"")
    return line(200) + b"".join(b"%s: %s\r\n" % (name, value) for name, value in named if name not in _OWN)


_OWN = (b"etag", b"content-length")
_FOUND, _FOUND_PACKED = _found(), _found((b"content-encoding", b"gzip"))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the headers of a plain request say."""

    accept: str | None
    language: bytes
    packed: bool
    host: bytes
    agent: bytes
    last: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain request: what it reads, its query, what it depends on, and who says to ask."""

    asked: Read
    query: str
    version: str
    agent: bytes
    last: bool  # on its connection: such a client is answered on the long way

    @property
    def scope(self) -> dict[str, object]:
        """What is told of it."""
        return {"path": self.asked.path, "method": "GET", "query_string": self.asked.query}


class Express:
    """What connections need to know for the shortest way."""

    def __init__(
        self, settings: Settings, service: Service, conditional: Conditional, endpoint: Endpoint
    ) -> None:
        self._settings, self._service = settings, service
        self._conditional, self._endpoint = conditional, endpoint

    def plain(self, data: bytes) -> Plain | None:
        """Return a request if it may go the shortest way."""
        if len(data) > LARGEST_REQUEST or not self._service.open:
            return None
        found = _REQUEST.fullmatch(data)
        heard = None if found is None else _heard(found[2])
        parameters = None if found is None else only_query(found[1])
        if found is None or heard is None or parameters is None:
            return None
        query = parameters["query"][0]
        if not query.strip() or len(query) > self._settings.max_query_bytes or "service" in query.lower():
            return None
        asked = Read(
            "/sparql",
            found[1],
            heard.accept,
            heard.language,
            heard.packed,
            heard.host,
            "http",
            head=False,
            tag=None,
        )
        version = self._service.version
        if self._conditional.kept(asked, version) is not None:
            return None  # the long way keeps it, byte for byte, for the next time
        return Plain(asked, query, version, heard.agent, heard.last)

    def known(self, plain: Plain) -> Ready | None:
        """Return the answer to a lookup by a thing's IRI; None when a worker must find it."""
        keyed, accept = self._service.keyed, plain.asked.accept
        asked = None if keyed is None else lookup.read(plain.query)
        if keyed is None or asked is None or not _takes_json(accept):
            return None
        body = lookup.answer(keyed, asked)
        if body is None:
            return None
        tag, head = etag(plain.version, plain.asked.key), _FOUND
        if plain.asked.packed:
            body, head = packed(body), _FOUND_PACKED
        own = b"etag: %s\r\ncontent-length: %d\r\n" % (tag, len(body))
        return Ready(200, head + own + _SEEN, body, plain.scope)

    def begin(self, plain: Plain, client: str, heard: Callable[[], None]) -> Begun | None:
        """Give the query to a worker; None when it must go the long way."""
        job = self._endpoint.job(plain.asked, plain.query, {})
        asked = Asked(job, client, partial(shape, plain.query), self._settings.query_seconds)
        return self._service.begin(asked, heard)

    def answer(self, plain: Plain, frame: Frame) -> Ready:
        """Return what is written to the wire for a worker's whole answer."""
        if frame.head is None:
            raise ValueError("A whole answer has a head.")
        key = plain.asked.key
        status, body = frame.head.status, frame.data
        headers = complete(Reply(status, frame.head.headers, body), etag(plain.version, key))
        if status == 200:
            self._conditional.cache.put((plain.version, key), Kept(status, headers, body))
        named = b"".join(b"%s: %s\r\n" % pair for pair in headers)
        return Ready(status, line(status) + named + _SEEN, body, plain.scope)


@lru_cache(_KNOWN)
def _takes_json(accept: str | None) -> bool:
    return choose(accept, tuple(TABLES)) == lookup.MEDIA


@lru_cache(_KNOWN)
def _heard(text: bytes) -> _Heard | None:
    """Return what the headers of a plain request say; None when there are others, or one comes twice."""
    found: dict[bytes, bytes] = {}
    for each in text.split(b"\r\n")[:-1]:
        name, _, value = each.partition(b":")
        name = name.lower()
        if name not in _NAMES or name in found:
            return None
        found[name] = value.strip(b" \t")
    connection = found.get(b"connection", b"keep-alive").lower()
    if b"host" not in found or connection not in (b"keep-alive", b"close"):
        return None
    accept, packing = found.get(b"accept", b"").decode() or None, found.get(b"accept-encoding", b"")
    if choose(accept, (*MACHINES, "text/html")) == "text/html":
        return None
    return _Heard(
        accept,
        found.get(b"accept-language", b""),
        b"gzip" in packing and b"gzip;q=0" not in packing.replace(b" ", b""),
        found[b"host"],
        found.get(b"user-agent", b""),
        connection == b"close",
    )
