"""Answers that the door gives by itself: a status and a sentence."""

from collections.abc import Sequence

from starlette.types import Send

TEXT = (b"content-type", b"text/plain; charset=utf-8")


async def answer(
    send: Send, status: int, sentence: str, headers: Sequence[tuple[bytes, bytes]] = (), whole: bool = True
) -> None:
    """Answer with a sentence; `whole=False` leaves the end of the answer to be sent later."""
    body = f"{sentence}\n".encode() if sentence else b""
    told = [TEXT, (b"content-length", str(len(body)).encode())] if body else []
    await send({"type": "http.response.start", "status": status, "headers": [*told, *headers]})
    await send({"type": "http.response.body", "body": body, "more_body": not whole})
