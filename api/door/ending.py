"""A server that ends within ten seconds of SIGTERM, whatever its clients do."""

import asyncio
import os
import signal
import socket
import threading
from contextlib import suppress
from types import FrameType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

GRACE = 5  # seconds for what runs to end by itself
CANCELLED, LEFT, KILLED = GRACE + 1, GRACE + 3.0, GRACE + 4.5


class Server(uvicorn.Server):
    """Ends in steps: no new connections and idle ones closed, then connections cut, tasks cancelled, the end.

    Told to end, it answers what runs for GRACE seconds; then it cuts the connections that are left, after
    CANCELLED (uvicorn's `timeout_graceful_shutdown`) it cancels what still runs, after LEFT it waits for
    nothing more; a thread ends the process after KILLED seconds should the loop itself be stuck.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End."""
        cutting = asyncio.get_running_loop().call_later(GRACE, self._cut)
        with suppress(TimeoutError):
            await asyncio.wait_for(super().shutdown(sockets), LEFT)
        cutting.cancel()
        self._captured_signals = [each for each in self._captured_signals if each != signal.SIGTERM]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        if not self.should_exit:
            watchdog = threading.Timer(KILLED, os._exit, (1,))
            watchdog.daemon = True
            watchdog.start()
        super().handle_exit(sig, frame)

    def _cut(self) -> None:
        for connection in list(self.server_state.connections):
            if isinstance(connection, HttpToolsProtocol) and connection.transport is not None:
                connection.transport.abort()
