"""The reader's language: the address wins, then the cookie, then the browser's wishes."""

import pytest
from starlette.requests import Request

from api.reader import Reader, read


def request(query: str = "", **headers: str) -> Request:
    """Return a request with a query string and headers."""
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": pairs}
    )


@pytest.mark.parametrize(
    ("asked", "reader"),
    [
        (request(), Reader("sv")),
        (request("lang=en"), Reader("en", chosen=True)),
        (request("lang=de"), Reader("sv")),
        (request("lang=sv", cookie="lang=en"), Reader("sv", chosen=True)),
        (request(cookie="lang=en", accept_language="sv"), Reader("en")),
        (request(cookie="lang=<script>"), Reader("sv")),
        (request(accept_language="en-GB,en;q=0.8"), Reader("en")),
        (request(accept_language="en;q=0.5, sv-SE;q=0.9"), Reader("sv")),
        (request(accept_language="de, *;q=0.1"), Reader("sv")),
        (request(accept_language="nonsense;;"), Reader("sv")),
    ],
)
def test_the_language_is_found(asked: Request, reader: Reader) -> None:
    assert read(asked, "sv") == reader


def test_the_server_may_prefer_english() -> None:
    assert read(request(accept_language="de, *;q=0.1"), "en").language == "en"


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [(0, "0", "0"), (1234567, "1\u202f234\u202f567", "1,234,567"), (0.5, "0,5", "0.5"), (2.0, "2", "2")],
)
def test_numbers_are_written_as_the_language_does(value: float, sv: str, en: str) -> None:
    assert (Reader("sv").number(value), Reader("en").number(value)) == (sv, en)
