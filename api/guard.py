"""Refuse queries that would reach other machines, change data, or bring the engine down.

The limits come from trials with pyoxigraph 0.5.13: 930 nested brackets, or a chain of some thousand
operators, overflow an ordinary thread's stack and end the process; `workers` gives threads more room.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.sparql_tokens import CLOSING, OPENING, Token, form, tokens

MAX_DEPTH = 60
MAX_OPERATORS = 500
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_PROLOGUE = ("PREFIX", "BASE", "VERSION")
_SIGNS = ("||", "&&", "+", "-", "*", "/", "|", "!", "^", "^^", "=", "!=", "<", ">", "<=", ">=")
_WORDS = ("UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "GRAPH", "EXISTS", "AS")
_SHORT, _FEW_SIGNS, _FEW_BRACKETS = 1_000, 150, 40  # characters of a plain query
_SIGNS_OF_ONE = "|&+-/!^=<>"
_NOT_PLAIN = ("service", "load", "*", "#")  # also stars and comments
_BEGINNING = re.compile(
    r"\s*(?:(?:PREFIX\s+[\w.-]*:|BASE)\s*<[^<>]*>\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:.%-])",
    re.IGNORECASE,
)
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
# The engine's keywords need no end: it reads `SERVICE:x`, `SERVICESILENT:x`, `1.SERVICE`, `'a'@en.SERVICE` as
# SERVICE, and `LOAD:x` as LOAD. Only what follows the colon of a prefixed name is surely a part of the name.
_GLUED = re.compile(r"LOAD|[^:]*SERVICE|.*:[.-][^:]*SERVICE", re.IGNORECASE | re.DOTALL)


class Refused(Exception):
    """A query is not let through; `status` is the HTTP status of the answer."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Checked:
    """A query that may run: its text, its form and its tokens; those of a plain one were not needed."""

    text: str
    form: str
    tokens: list[Token]


def check(text: str, max_bytes: int, services: frozenset[str] = frozenset()) -> Checked:
    """Return the query when it may run; raise Refused with the reason when it may not.

    `services` are the addresses that SERVICE may ask.
    """
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise Refused(413, f"The query has {size} bytes; at most {max_bytes} are taken.")
    text = text.removeprefix("\ufeff")
    if plain := _plain(text):
        return Checked(text, plain, [])
    found = list(_without_towers(text))
    _no_update(found)
    _no_service(found, services)
    kind = form(found)
    if not kind:
        raise Refused(400, "A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE (after its prefixes).")
    return Checked(text, kind, found)


def check_update(text: str) -> list[Token]:
    """Return the tokens of an update when it may run; raise Refused with the reason when it may not."""
    found = list(_without_towers(text, update=True))
    if any(token.kind == "word" and token.text.upper().startswith("LOAD") for token in found):
        raise Refused(403, "LOAD is refused: nothing is fetched from elsewhere. Send the graph to /store.")
    _no_service(found, frozenset())
    return found


def place(text: str, at: int) -> str:
    """Return where an index stands in a text, as line and column.

    >>> place("a\\nbc", 3)
    'line 2, column 2'
    """
    before = text[:at]
    return f"line {before.count(chr(10)) + 1}, column {at - before.rfind(chr(10))}"


def _no_update(found: list[Token]) -> None:
    at = 0
    while at < len(found) and found[at].word in _PROLOGUE:
        at += 3 if found[at].word == "PREFIX" else 2
    if at < len(found) and found[at].word in _UPDATES:
        raise Refused(
            403, f"{found[at].word} changes data; this endpoint only reads. Ask with SELECT or CONSTRUCT."
        )


def _no_service(found: list[Token], allowed: frozenset[str]) -> None:
    """Refuse SERVICE, also where the engine may read `<` as less-than while we read an IRI (`?a<?b)…#>`)."""
    for at, token in enumerate(found):
        if allowed and token.word == "SERVICE" and _service(found, at) in allowed:
            continue
        hidden = (token.kind == "iri" and ")" in token.text) or (
            token.kind == "string" and "\n" in token.text
        )
        glued = token.kind == "word" and _GLUED.match(token.text)
        if glued or (hidden and _SERVICE.search(token.text)):
            raise Refused(403, _closed(allowed))


def _closed(allowed: frozenset[str]) -> str:
    others = f" but {', '.join(sorted(allowed))}" if allowed else ""
    return (
        "SERVICE and LOAD are refused: this endpoint answers from its own graph and asks no other "
        f"machine{others}. (Nor may a text of several lines, or an IRI with brackets, hold the word SERVICE, "
        "or a prefix begin with LOAD or hold SERVICE.)"
    )


def _plain(text: str) -> str:
    """Return the form of a query that is too short and simple to be dangerous; empty when it must be read."""
    if (
        len(text) > _SHORT
        or sum(map(text.count, _SIGNS_OF_ONE)) > _FEW_SIGNS
        or sum(map(text.count, OPENING)) > _FEW_BRACKETS
    ):
        return ""
    found = _BEGINNING.match(text)
    if found is None or "\\" in text:  # an escape can stand for any sign
        return ""
    lowered = text[found.start(1) :].lower()  # the IRIs of prefixes can hold anything
    return "" if any(each in lowered for each in _NOT_PLAIN) else found[1].upper()


def _service(found: list[Token], at: int) -> str:
    """Return the address that a SERVICE asks, when it is written out."""
    asked = [token for token in found[at + 1 : at + 3] if token.word != "SILENT"]
    return asked[0].text[1:-1] if asked and asked[0].kind == "iri" and "\\" not in asked[0].text else ""


def _without_towers(text: str, update: bool = False) -> Iterator[Token]:
    """Yield the tokens as long as brackets and operators stay within what the engine stands.

    In an update each operation counts for itself, and the mark of a literal's type is no operator.
    """
    depth = operators = 0
    for token in tokens(text):
        if update and token.text in (";", "^^"):
            operators = 0 if token.text == ";" and depth == 0 else operators
            yield token
            continue
        if token.kind == "sign":
            depth += (token.text == "<<" or token.text[0] in OPENING) - (
                token.text == ">>" or token.text[-1] in CLOSING
            )
        operators += token.text in _SIGNS or token.word in _WORDS
        if depth > MAX_DEPTH:
            raise Refused(
                400,
                f"Brackets are nested more than {MAX_DEPTH} deep at {place(text, token.at)}; flatten it.",
            )
        if operators > MAX_OPERATORS:
            raise Refused(
                400,
                f"The query has more than {MAX_OPERATORS} operators (at {place(text, token.at)}); "
                "split it, or write long lists of values with VALUES.",
            )
        yield token
