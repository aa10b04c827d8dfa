"""The spelling of SPARQL that short ways read: a part of the language in which nothing means two things."""

import re
from typing import Final

from ontology.names import RDF

S: Final = r"[ \t\r\n]"
NAME: Final = r"[A-Za-z_][A-Za-z0-9_]*"
VARIABLE: Final = rf"\?{NAME}"
IRI: Final = r"<https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?(?:#[A-Za-z0-9._~-]*)?>"
_PREFIX = r"[A-Za-z][A-Za-z0-9]*"
SHORT: Final = rf"{_PREFIX}:[A-Za-z][A-Za-z0-9_]*"
PROLOGUE: Final = rf"(?:{S}*(?i:PREFIX){S}+{_PREFIX}:{S}*{IRI})*{S}*"
_BEGINNING = re.compile(PROLOGUE)
_PREFIXES = re.compile(rf"({_PREFIX}):{S}*({IRI})")


def prologue(query: str) -> str:
    """Return what a query begins with, as far as it is prefixes in plain spelling."""
    found = _BEGINNING.match(query)
    return found.group() if found else ""


def prefixes(prologue: str) -> dict[str, str]:
    """Return what the prefixes of a prologue stand for, as IRIs in brackets.

    >>> prefixes("PREFIX e: <http://e.org/> ")
    {'e': '<http://e.org/>'}
    """
    return dict(_PREFIXES.findall(prologue)) if prologue else {}


def term(text: str, known: dict[str, str]) -> str:
    """Return a variable as it is, all else as an IRI in brackets; raise KeyError for an unknown prefix.

    >>> term("a", {}), term("e:x", {"e": "<http://e.org/>"}), term("?x", {})
    ('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://e.org/x>', '?x')
    """
    if text[0] in "?<":
        return text
    if text == "a":
        return f"<{RDF}type>"
    prefix, _, local = text.partition(":")
    return f"{known[prefix][:-1]}{local}>"
