"""How often a client may ask: so many requests a second, and a burst; then 429 with the time to wait."""

from collections.abc import Callable
from math import ceil
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from api.door.answers import answer
from api.door.clients import client_of, own

CLIENTS = 20_000  # remembered at once: the one heard of longest ago is forgotten first
_ALWAYS = ("/health", "/ready")


class Rate:
    """Buckets of tokens, one a client, each kept as the moment at which it is full again."""

    def __init__(
        self, rate: int, burst: int, clients: int = CLIENTS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._step, self._depth = 1 / rate, burst / rate
        self._clients, self._clock = clients, clock
        self._full: dict[str, float] = {}

    def __len__(self) -> int:
        """Return how many clients are remembered."""
        return len(self._full)

    def wait(self, client: str) -> float:
        """Take a token and return 0, or take none and return the seconds until there is one."""
        now = self._clock()
        full = max(self._full.pop(client, now), now)
        late = full + self._step - now - self._depth
        if late <= _EXACT:
            self._full[client] = full + self._step
            if len(self._full) > self._clients:
                del self._full[next(iter(self._full))]
            return 0.0
        self._full[client] = full
        return late


_EXACT = 1e-9  # the sums of steps are not exact


class Limited:
    """Refuse the requests of a client that asks too often; this machine's own user is never refused."""

    def __init__(
        self, app: ASGIApp, rate: int, burst: int, refused: Callable[[], None] = lambda: None
    ) -> None:
        self._app, self._refused = app, refused
        self.buckets = Rate(rate, burst)
        self._sentence = (
            f"More requests came from your address than are answered: {rate} a second, {burst} at once. "
            "Wait as long as Retry-After says; whoever needs much takes all data at once from /dumps/."
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"] in _ALWAYS or own(scope):
            return await self._app(scope, receive, send)
        wait = self.buckets.wait(client_of(scope))
        if not wait:
            return await self._app(scope, receive, send)
        self._refused()
        return await answer(send, 429, self._sentence, [(b"retry-after", str(ceil(wait)).encode())])
