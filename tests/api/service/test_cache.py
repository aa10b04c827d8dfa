"""Answers are kept while there is room; the least used go first."""

from api.service.cache import Cache, Kept
from api.service.quick import Quick


def kept(size: int) -> Kept:
    """Return an answer of a size."""
    return Kept(200, [], b"x" * size)


def test_the_least_used_goes_first() -> None:
    cache = Cache(room=250)
    for name in "abc":
        cache.put(name, kept(100))
    assert cache.get("a") is None and cache.get("b") is not None
    cache.put("d", kept(100))
    assert cache.get("c") is None and cache.get("b") is not None and cache.get("d") is not None
    cache.clear()
    assert cache.get("d") is None


def test_a_large_answer_is_not_kept() -> None:
    cache = Cache()
    cache.put("a", kept(1_000_000))
    assert cache.get("a") is None


def test_a_request_is_answered_byte_for_byte() -> None:
    quick, request = Quick(room=1_000), b"GET / HTTP/1.1\r\n\r\n"
    quick.put(request, 200, [(b"etag", b'"1"'), (b"x-request-id", b"of another")], b"body")
    assert quick.get(request) == (b'HTTP/1.1 200 OK\r\netag: "1"\r\n', b"\r\nbody")
    assert quick.get(request + b" ") is None
    quick.put(b"other", 200, [], b"x" * 990)
    assert quick.get(request) is None and quick.get(b"other") is not None
    quick.put(b"x" * 5_000, 200, [], b"")
    assert quick.get(b"x" * 5_000) is None
