"""What can go wrong when the graph is asked by name.

AskError
├── UnknownName      there is no query, network or measure of that name
├── HeaderError      a file found by convention has no proper header
├── ParameterError   a parameter is unknown, missing or of the wrong type
└── MeaninglessError the numbers asked for would mean nothing
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_MANY = 12
_SWEDISH: Final = {  # what pages are asked for by name
    "county": "inget län",
    "county or municipality": "inget län och ingen kommun",
    "kind": "inget slag",
    "measure": "inget mått",
    "need": "inget behov",
    "network": "inget nätverk",
    "query": "ingen fråga",
}


class AskError(Exception):
    """Anything this room refuses; the message is a sentence for the person who asked.

    Programs and the command line get it in English. What pages tell people has its Swedish in `sv`.

    >>> refused = AskError("It has 1 node.", "Det har 1 nod.")
    >>> str(refused), refused.sv
    ('It has 1 node.', 'Det har 1 nod.')
    """

    def __init__(self, en: str, sv: str | None = None) -> None:
        super().__init__(en)
        self.sv = sv


class UnknownName(AskError):
    """There is no query, network or measure of that name."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = [repr(each) for each in get_close_matches(name, names, n=3)]
        if near:
            hint, tips = f"Did you mean {' or '.join(near)}?", f"Menade du {' eller '.join(near)}?"
        else:
            listed, left = ", ".join(names[:_MANY]), len(names) - _MANY
            hint = f"There are: {listed}{f' and {left} more' if left > 0 else ''}."
            tips = f"Det finns: {listed}{f' och {left} till' if left > 0 else ''}."
        sv = f"Det finns {_SWEDISH[kind]} {name!r}. {tips}" if kind in _SWEDISH else None
        super().__init__(f"There is no {kind} {name!r}. {hint}", sv)


class HeaderError(AskError):
    """A file found by convention has no proper header."""


class ParameterError(AskError):
    """A parameter is unknown, missing or of the wrong type."""


class MeaninglessError(AskError):
    """The numbers asked for would mean nothing."""
