"""Answers are kept while there is room; the least used go first."""

from api.service.cache import Cache, Kept
from api.service.quick import Quick, Ready


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


def asked(raw: bytes) -> dict[str, object]:
    """Return what is known of a request."""
    return {"raw": raw, "path": "/", "method": "GET", "query_string": b""}


def test_a_request_is_answered_byte_for_byte() -> None:
    quick, request = Quick(room=1_000), b"GET / HTTP/1.1\r\n\r\n"
    quick.renew("1")
    quick.put("1", asked(request), 200, [(b"etag", b'"1"'), (b"x-request-id", b"of another")], b"body")
    ready = quick.get(request)
    assert ready is not None and (ready.head, ready.body) == (b'HTTP/1.1 200 OK\r\netag: "1"\r\n', b"body")
    assert quick.get(request + b" ") is None
    quick.put("1", asked(b"other"), 200, [], b"x" * 970)
    assert quick.get(request) is None and quick.get(b"other") is not None
    quick.put("1", asked(b"x" * 5_000), 200, [], b"")
    assert quick.get(b"x" * 5_000) is None


def test_what_is_found_anew_is_kept_when_it_comes_again() -> None:
    quick, ready = Quick(), Ready(200, b"head", b"body", {})
    quick.renew("1")
    quick.again("1", b"request", ready)
    assert quick.get(b"request") is None
    quick.again("1", b"request", ready)
    assert quick.get(b"request") is ready
    for number in range(50_000):
        quick.again("1", b"%d" % number, ready)
    assert len(quick._once) <= 20_000
    quick.again("0", b"0", ready)
    quick.again("0", b"0", ready)
    assert quick.get(b"0") is None, "from older data"


def test_answers_from_older_data_are_not_kept() -> None:
    quick = Quick()
    quick.renew("1")
    quick.put("1", asked(b"a"), 200, [], b"")
    quick.renew("2")
    quick.put("1", asked(b"b"), 200, [], b"")
    assert quick.get(b"a") is None and quick.get(b"b") is None
