"""What can go wrong when the graph is asked by name.

AskError
├── UnknownName      there is no query, network or measure of that name
├── HeaderError      a file found by convention has no proper header
├── ParameterError   a parameter is unknown, missing or of the wrong type
└── MeaninglessError the numbers asked for would mean nothing
"""

from collections.abc import Iterable
from difflib import get_close_matches

_MANY = 12


class AskError(Exception):
    """Anything this room refuses; the message is a sentence for the person who asked."""


class UnknownName(AskError):
    """There is no query, network or measure of that name."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=3)
        if near:
            hint = f"Did you mean {' or '.join(map(repr, near))}?"
        else:
            more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
            hint = f"There are: {', '.join(names[:_MANY])}{more}."
        super().__init__(f"There is no {kind} {name!r}. {hint}")


class HeaderError(AskError):
    """A file found by convention has no proper header."""


class ParameterError(AskError):
    """A parameter is unknown, missing or of the wrong type."""


class MeaninglessError(AskError):
    """The numbers asked for would mean nothing."""
