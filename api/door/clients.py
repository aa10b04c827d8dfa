"""Who asks: the client's address, cut to what may be counted by and to what may be written down."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import Scope

UNKNOWN = "unknown"
FORWARDING = frozenset({b"x-forwarded-for", b"x-real-ip", b"forwarded", b"via"})
_KNOWN = 8192  # addresses whose cut forms are kept


def client_of(scope: Scope) -> str:
    """Return what a client is counted by: its IPv4 address, or the /64 of its IPv6 address."""
    client = scope.get("client")
    return counted(client[0]) if client else UNKNOWN


def own(scope: Scope) -> bool:
    """Tell whether this machine's own user asks: from the loopback address, and forwarded by nobody."""
    client = scope.get("client")
    if not client or not loopback(client[0]):
        return False
    return all(name not in FORWARDING for name, _ in scope["headers"])


@lru_cache(_KNOWN)
def counted(address: str) -> str:
    """Return the address of an IPv4 client, the /64 of an IPv6 client.

    >>> counted("192.0.2.7"), counted("2001:db8:1:2:3::4"), counted("::ffff:192.0.2.7"), counted("x")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7', 'unknown')
    """
    found = _read(address)
    if found is None:
        return UNKNOWN
    return str(found) if isinstance(found, IPv4Address) else _cut(found, 64)


@lru_cache(_KNOWN)
def told(address: str) -> str:
    """Return as much of an address as may be written down: the /24 or the /48 that it lies in.

    >>> told("192.0.2.7"), told("2001:db8:1:2:3::4"), told("")
    ('192.0.2.0/24', '2001:db8:1::/48', 'unknown')
    """
    found = _read(address)
    if found is None:
        return UNKNOWN
    return _cut(found, 24 if isinstance(found, IPv4Address) else 48)


@lru_cache(_KNOWN)
def loopback(address: str) -> bool:
    """Tell whether an address is this machine's own."""
    found = _read(address)
    return found is not None and found.is_loopback


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _cut(address: IPv4Address | IPv6Address, bits: int) -> str:
    return str(ip_network((int(address) if address.version == 4 else address.packed, bits), strict=False))
