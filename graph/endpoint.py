"""Send queries to a SPARQL 1.1 endpoint over HTTP, and take its answers whole or tell why not, in a sentence.

An answer is received whole before a row of it is given, so that one that breaks off is an error and never
a shorter answer.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import httpx2

from graph.credentials import Credentials
from graph.errors import AnswerCut, QueryError, StoreError, StoreUnwell

SECONDS: Final = 60
LIMIT: Final = 256 << 20  # bytes of one answer
CHUNK: Final = 50_000  # triples read or written at once
TRIES: Final = 5  # of what may be asked again
_CONNECT: Final = 5.0  # seconds
_TOLD: Final = 300  # characters of what an endpoint says
_UNWELL: Final = (408, 425, 429)  # statuses that tell to come again
_CUT: Final = ("x-sparql-maxrows", "x-sql-state")  # Virtuoso gave a part of the answer only
_POOL: Final = httpx2.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=20)


@dataclass(frozen=True)
class Endpoint:
    """Where a remote store answers, and how it is asked.

    `default_graph` names the graph that holds the merge, where the endpoint's own default graph is another
    one; `headers` may carry what lets us in, and are never told to anybody; `limit` is the largest answer
    taken, in bytes. `update` and `store` are the addresses of SPARQL Update and of the Graph Store Protocol
    (`none`: it has none), guessed from `url` when they are empty; `chunk` triples go at once, what fails for
    a while is tried `tries` times, with pauses that begin at `pause` seconds.
    """

    url: str
    default_graph: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    user: tuple[str, str] | None = field(default=None, repr=False)
    seconds: float = SECONDS
    limit: int = LIMIT
    update: str = ""
    store: str = ""
    chunk: int = CHUNK
    tries: int = TRIES
    pause: float = 0.5

    @property
    def name(self) -> str:
        """The address as it may be told: without user, password and parameters."""
        return _bare(self.url)


class Line:
    """The connections to an endpoint: one pool a process, since a forked one must not share sockets."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.engine = ""  # as it names itself, once it has answered
        self._clients: dict[int, httpx2.Client] = {}
        self._lock = Lock()
        self.sent = 0  # requests so far

    def send(
        self, query: str, media: str, named: Sequence[str] = (), default: Sequence[str] | None = None
    ) -> bytes:
        """Return the whole answer to a query in a media type, over its own graphs or those that are named."""
        own = [self.endpoint.default_graph] if self.endpoint.default_graph else []
        form: dict[str, str | list[str]] = {"query": query}
        if merged := list(own if default is None else default):
            form["default-graph-uri"] = merged
        if named:
            form["named-graph-uri"] = list(named)
        self.sent += 1
        end = monotonic() + self.endpoint.seconds
        with self._troubles():
            request = partial(self._client().stream, "POST", self.endpoint.url, data=form)
            try:
                with request(headers={"Accept": media}) as response:
                    return self._received(response, media, end)
            except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError):
                if not self._was_idle(end):
                    raise
            with request(headers={"Accept": media}) as response:
                return self._received(response, media, end)

    def change(self, method: str, body: bytes, media: str, graph: str = "") -> None:
        """Send what changes the endpoint's data; whether it may be sent twice, the caller knows."""
        self.sent += 1
        end = monotonic() + self.endpoint.seconds
        parameters = {"graph": graph} if graph else {}
        sending = partial(self._client().stream, method, self.endpoint.url, params=parameters)
        with self._troubles(), sending(content=body, headers={"Content-Type": media}) as response:
            if not response.is_success:
                self._refused(response, end)
            self._body(response, end, self.endpoint.limit)

    def close(self) -> None:
        """Close the connections of this process."""
        if client := self._clients.pop(os.getpid(), None):
            client.close()

    def __del__(self) -> None:
        """Close the connections of one that nobody asks any more."""
        self.close()

    def _client(self) -> httpx2.Client:
        with self._lock:
            client = self._clients.get(os.getpid())
            if client is None:
                client = self._clients[os.getpid()] = httpx2.Client(
                    auth=self._credentials(),
                    verify=not self.endpoint.url.startswith("http:"),  # reading the authorities takes long
                    headers=self.endpoint.headers,
                    timeout=httpx2.Timeout(self.endpoint.seconds, connect=_CONNECT),
                    limits=_POOL,
                    follow_redirects=False,
                    trust_env=False,
                )
            return client

    def _credentials(self) -> Credentials | None:
        user = self.endpoint.user
        return None if user is None else Credentials(*user, digest=self.endpoint.url.endswith("-auth"))

    def _was_idle(self, end: float) -> bool:
        """Tell whether a connection broke at once, as a kept one does that the other side has closed."""
        return end - monotonic() > self.endpoint.seconds - 1

    def _received(self, response: httpx2.Response, media: str, end: float) -> bytes:
        self.engine = response.headers.get("server", self.engine)
        if response.status_code != 200:
            self._refused(response, end)
        found = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if found != media:
            raise StoreError(
                f"{self.endpoint.name}: {media} was expected, {found or 'nothing named'} came. "
                "Is this the address of a SPARQL endpoint, such as http://host/sparql?"
            )
        if cut := next((name for name in _CUT if name in response.headers), None):
            raise AnswerCut(
                f"{self.endpoint.name}: only a part of the answer came ({cut}: {response.headers[cut]}). "
                "Let the endpoint give more (Virtuoso: ResultSetMaxRows, MaxQueryExecutionTime)."
            )
        return self._body(response, end, self.endpoint.limit)

    def _body(self, response: httpx2.Response, end: float, limit: int) -> bytes:
        data = bytearray()
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limit:
                raise QueryError(
                    f"{self.endpoint.name}: the answer is larger than {limit} bytes. "
                    "Ask for less: LIMIT, or fewer columns."
                )
            if monotonic() > end:
                raise self._late()
        return bytes(data)

    def _refused(self, response: httpx2.Response, end: float) -> None:
        status, name = response.status_code, self.endpoint.name
        if response.is_redirect:
            where = response.headers.get("location", "")
            raise StoreError(
                f"{name}: it leads on to {_bare(where)!r} (status {status}). Name that address instead."
            )
        if status in (401, 403):
            raise StoreError(
                f"{name}: it lets us not in (status {status}). Set SAMSPEL_STORE_USER and "
                "SAMSPEL_STORE_PASSWORD, or SAMSPEL_STORE_AUTHORIZATION."
            )
        said = _first_line(b"".join(_start(response, end)))
        if status == 400:
            raise QueryError(f"The query cannot be run: {name} says: {said}")
        if status in (404, 405, 406, 415):
            raise StoreError(f"{name}: there is no SPARQL endpoint (status {status}). It says: {said}")
        failed = f"{name}: it failed (status {status}). It says: {said}"
        raise StoreUnwell(failed, answered=True) if status in _UNWELL or status >= 500 else StoreError(failed)

    def _late(self) -> StoreError:
        return StoreUnwell(
            f"{self.endpoint.name}: no whole answer came within {self.endpoint.seconds:g} seconds. "
            "Ask for less, or set SAMSPEL_STORE_SECONDS."
        )

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        name = self.endpoint.name
        try:
            yield
        except httpx2.ConnectTimeout as error:
            raise StoreUnwell(f"{name}: nobody answers there within {_CONNECT:g} seconds.") from error
        except httpx2.TimeoutException as error:
            raise self._late() from error
        except httpx2.ConnectError as error:
            raise StoreUnwell(f"{name}: cannot be reached: {error}. Does the endpoint run?") from error
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            raise StoreUnwell(f"{name}: the answer broke off: {str(error).rstrip('.')}.") from error
        except httpx2.InvalidURL as error:
            raise StoreError(f"{name}: is no address: {error}.") from error


def _start(response: httpx2.Response, end: float) -> Iterator[bytes]:
    """Yield the beginning of what an endpoint says; what keeps coming is not waited for."""
    size = 0
    for chunk in response.iter_bytes():
        yield chunk
        size += len(chunk)
        if size > 10 * _TOLD or monotonic() > end:
            return


def _first_line(data: bytes) -> str:
    text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", data.decode("utf-8", "replace"), flags=re.S)
    line = next((line for line in text.splitlines() if line.strip()), "nothing")
    line = " ".join("".join(char if char.isprintable() else " " for char in line).split())
    return line if len(line) <= _TOLD else f"{line[:_TOLD]}…"


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.netloc else parts.path
