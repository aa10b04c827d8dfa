"""Open an address on the web: only http and https, redirects weighed, nothing private behind a public one.

`http.client` is used as it stands: `urllib.request` follows redirects by rules of its own and opens file: and
ftp:, and a further client would be one more thing to keep, for one GET at a time. Proxies come from the
environment.
"""

import ipaddress
import re
import socket
import ssl
import string
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from loaders.errors import FetchError

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SCHEMES = ("http", "https")
_LAST_LOOK = 0.2  # seconds given to a server to send more than it announced
_ASKING = {"User-Agent": "samspel", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
_BLANK = re.compile(r"[\x00-\x20\x7f]")


class Broken(Exception):
    """A connection failed so that another try may mend it; `met` tells whether the server was reached."""

    def __init__(self, reason: str, met: bool = True, wait: float = 0.0) -> None:
        self.reason, self.met, self.wait = reason, met, wait
        super().__init__(reason)


class Guard:
    """Sees who is at the other end of each connection before anything is asked there."""

    def __init__(self, public: bool = False) -> None:
        self.public = public

    def meet(self, peer: str) -> None:
        """Note a public place; refuse a private one that a public one led to."""
        if _is_public(peer):
            self.public = True
        elif self.public:
            raise FetchError(
                f"A public address leads to the private one {peer}; that is refused. "
                "Name the private address itself if you mean it."
            )

    def meet_name(self, host: str) -> None:
        """Do the same by name alone, where a proxy makes the connection."""
        self.meet("127.0.0.1" if host == "localhost" else host if _is_literal(host) else "1.1.1.1")


@dataclass(frozen=True)
class Reply:
    """What a server answered: where from, its status and headers, and the body still to be read."""

    url: str
    status: int
    headers: Message
    length: int | None  # what the server announces; None where it does not
    _response: HTTPResponse
    _sock: socket.socket

    def header(self, name: str) -> str:
        """Return a header, or an empty text."""
        return str(self.headers.get(name) or "")

    def read(self) -> bytes:
        """Return what comes next, nothing at the end; one read of the socket, so that a drip is seen."""
        with _explained(self.url):
            return self._response.read1(1 << 16)

    def ends(self) -> bool:
        """Tell whether the body is over where the server said it would be."""
        self._sock.settimeout(_LAST_LOOK)
        try:
            return not self._response.read1(1)
        except (OSError, HTTPException):
            return True


def address(url: str) -> str:
    """Return an address as it is asked for; refuse what is not http or https, or holds credentials."""
    if _BLANK.search(url):
        raise FetchError("The address holds a blank or a control character; write it without.")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        raise FetchError(f"{_bare(url)!r} is no address; write it as https://host/path.") from None
    if parts.scheme not in _SCHEMES or not host:
        raise FetchError(
            f"{_bare(url)!r} cannot be fetched: an address with http:// or https:// is expected."
        )
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"The address of {host} holds a user name or a password; name one without.")
    named = f"[{host}]" if ":" in host else host
    place = named if port is None else f"{named}:{port}"
    target = quote(parts.path or "/", safe=string.punctuation)
    query = f"?{quote(parts.query, safe=string.punctuation)}" if parts.query else ""
    return f"{parts.scheme}://{place}{target}{query}"


def shown(url: str) -> str:
    """Return an address for people and files: a query may hold a key, so it is left out."""
    return url.partition("?")[0] + ("?…" if "?" in url else "")


def last_part(url: str) -> str:
    """Return the last part of an address's path, as a person wrote it."""
    return unquote(urlsplit(url).path.rpartition("/")[2], errors="replace")


def onward(visited: Sequence[str], location: str) -> str:
    """Return where a redirect leads; refuse a loop, too many, a step down to http, and other schemes."""
    here = visited[-1]
    if not location:
        raise FetchError(f"{shown(here)}: the server sends elsewhere without saying where.")
    there = address(urljoin(here, quote(location.strip(), encoding="iso-8859-1", safe=string.punctuation)))
    if here.startswith("https:") and there.startswith("http:"):
        raise FetchError(
            f"{shown(here)}: the server sends from https down to {shown(there)}; that is refused."
        )
    if there in visited:
        raise FetchError(f"{shown(visited[0])}: the redirects go round in a circle by {shown(there)}.")
    if len(visited) > MOST_REDIRECTS:
        raise FetchError(f"{shown(visited[0])}: more than {MOST_REDIRECTS} redirects, one after another.")
    return there


@contextmanager
def opened(
    url: str, headers: Mapping[str, str], timeout: float, guard: Guard | None = None
) -> Iterator[Reply]:
    """Ask for an address and follow its redirects; give the last reply, and close all in the end."""
    guard = guard or Guard()
    visited = [url]
    while True:
        with _asked(visited[-1], headers, timeout, guard) as reply:
            if reply.status not in _REDIRECTS:
                yield reply
                return
            visited.append(onward(visited, reply.header("Location")))


@contextmanager
def _asked(url: str, headers: Mapping[str, str], timeout: float, guard: Guard) -> Iterator[Reply]:
    parts = urlsplit(url)
    proxy = _proxy(parts)
    connection = _connection(parts, proxy, timeout)
    try:
        with _explained(url, met=False):
            connection.connect()
        sock = connection.sock
        with _explained(url):
            if proxy is None:
                guard.meet(str(sock.getpeername()[0]))
            else:
                guard.meet_name(parts.hostname or "")
            connection.request("GET", _target(parts, proxy), headers={**_ASKING, **_key(proxy), **headers})
            response = connection.getresponse()
        with response:
            length = response.length
            if length is not None:
                response.length = length + 1  # look one byte further than is announced
            yield Reply(url, response.status, response.headers, length, response, sock)
    finally:
        connection.close()


def _connection(parts: SplitResult, proxy: SplitResult | None, timeout: float) -> HTTPConnection:
    host, port = (parts.hostname or "", parts.port) if proxy is None else (proxy.hostname or "", proxy.port)
    if parts.scheme == "http":
        return HTTPConnection(host, port, timeout=timeout)
    made = HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    if proxy is not None:
        made.set_tunnel(parts.hostname or "", parts.port or 443, headers=_key(proxy))
    return made


def _proxy(parts: SplitResult) -> SplitResult | None:
    named = getproxies().get(parts.scheme)
    if not named or proxy_bypass(parts.netloc):
        return None
    return urlsplit(named if "//" in named else f"//{named}")


def _target(parts: SplitResult, proxy: SplitResult | None) -> str:
    if proxy is not None and parts.scheme == "http":
        return parts.geturl()
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _key(proxy: SplitResult | None) -> dict[str, str]:
    """Return what the proxy asks for; the servers behind it never see it."""
    if proxy is None or proxy.username is None:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode('ascii')}"}


@contextmanager
def _explained(url: str, met: bool = True) -> Iterator[None]:
    """Turn what can go wrong with a connection into Broken, or FetchError where a new try is in vain."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            f"{shown(url)}: the server's certificate cannot be trusted: {error.verify_message}."
        ) from error
    except socket.gaierror as error:
        raise Broken(
            f"the name {urlsplit(url).hostname} cannot be found: perhaps this machine is offline", met
        ) from error
    except TimeoutError as error:
        raise Broken("the server fell silent", met) from error
    except HTTPException as error:
        raise Broken("the connection ended early, or what came is no HTTP", met) from error
    except OSError as error:
        raise Broken(f"the connection failed ({error.strerror or type(error).__name__})", met) from error


def _is_literal(host: str) -> bool:
    with suppress(ValueError):
        ipaddress.ip_address(host)
        return True
    return False


def _is_public(peer: str) -> bool:
    found = ipaddress.ip_address(peer.partition("%")[0])
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not found.is_multicast


def _bare(url: str) -> str:
    """Return an address without what stands before an @ and after a ?, which may be secret."""
    return shown(url.rpartition("@")[2])
