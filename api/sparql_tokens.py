"""Take a SPARQL text apart into tokens: strings, IRIs, variables, words, signs; comments are dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<word>@?(?:[^\W\d]|:)(?:[\w:.%-]|\\[^\w\s])*|\d[\w.]*)
    | (?P<sign>\|\||&&|\^\^|<<|>>|<=|>=|!=|\{\||\|\}|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
OPENING, CLOSING = "({[", ")}]"


@dataclass(frozen=True)
class Token:
    """A piece of a query: its kind, its text and where it begins."""

    kind: str
    text: str
    at: int

    @property
    def word(self) -> str:
        """The text in capitals when it can be a keyword, else nothing."""
        return self.text.upper() if self.kind == "word" and ":" not in self.text else ""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query; what is no SPARQL comes out as signs, for the engine to refuse."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def form(found: list[Token]) -> str:
    """Return the form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; empty when it is none."""
    return next((token.word for token in found if token.word in _FORMS), "")


def star(found: list[Token]) -> Token | None:
    """Return the `*` of an outermost `SELECT *`, or None."""
    for before, token in pairwise(found):
        if before.word in _FORMS or before.word in ("DISTINCT", "REDUCED"):
            if token.text == "*":
                return token
            if token.word not in ("DISTINCT", "REDUCED"):
                return None
    return None


def in_order(found: list[Token], variables: list[str]) -> list[str]:
    """Sort variables by where they first stand in the query."""
    first: dict[str, int] = {}
    for token in found:
        if token.kind == "variable":
            first.setdefault(token.text[1:], token.at)
    return sorted(variables, key=lambda name: first.get(name, 0))
