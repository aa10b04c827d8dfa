"""What the server and the process that writes say to one another."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """What is to be written: `update` with the text as body, or `put`, `post`, `delete` of a graph."""

    store: str
    base: str
    kind: str
    graph: str = ""
    media: str = ""
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    path: str = ""
    memory: int = 0


@dataclass(frozen=True)
class Answer:
    """What came of it, as an HTTP status and a sentence."""

    status: int
    sentence: str
    created: bool = False
    generation: int = 0
