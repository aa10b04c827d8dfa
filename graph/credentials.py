"""Let ourselves in at an endpoint by user and password: Basic, or Digest where the endpoint asks for that."""

from collections.abc import Generator

import httpx2


class Credentials(httpx2.Auth):
    """Sends Basic until the endpoint asks for Digest; from then on, or from the start, Digest."""

    def __init__(self, user: str, password: str, digest: bool = False) -> None:
        self._basic = httpx2.BasicAuth(user, password)
        self._digest = httpx2.DigestAuth(user, password)
        self._asked = digest

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Yield the request with what lets us in, again when the endpoint wants it otherwise."""
        if not self._asked:
            (basic,) = self._basic.auth_flow(request)
            response = yield basic
            asked = response.headers.get("www-authenticate", "").lower()
            if response.status_code != httpx2.codes.UNAUTHORIZED or not asked.startswith("digest"):
                return
            self._asked = True
            del request.headers["Authorization"]
        yield from self._digest.auth_flow(request)
