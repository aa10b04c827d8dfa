"""What a parameter of an address is: its description for OpenAPI, and how a wrong one is refused."""

from collections.abc import Iterable

Json = dict[str, object]


class Refusal(Exception):
    """A request that is not answered; `status` is the HTTP status, the message the sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def asked(name: str, text: str, schema: Json, required: bool = False) -> Json:
    """Return a parameter of an address as OpenAPI describes it."""
    return {"name": name, "in": "query", "required": required, "description": text, "schema": schema}


def one_of(value: str, known: Iterable[str], name: str) -> str:
    """Return a value that is one of those known; refuse another."""
    if value not in (choices := list(known)):
        raise Refusal(400, f"Parameter {name!r} is {value!r}; expected one of {', '.join(choices)}.")
    return value
