"""RDF terms as N-Triples text: what loaders write and the store bulk-loads."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import NewType

from pyoxigraph import Literal, NamedNode

from graph.errors import TermError
from ontology.names import XSD

Term = NewType("Term", str)
Triple = tuple[Term, Term, Term]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # but for \n, \r and \t
_UNSAYABLE = {"Cc": "control character", "Cs": "half a character"}


def iri(value: str) -> Term:
    """Return an absolute IRI as a term; refuse what the store's own parser would refuse."""
    try:
        return Term(str(NamedNode(value)))
    except ValueError as error:
        raise TermError(f"{value!r} is not an absolute IRI: {error}.") from error


def text(value: str, language: str | None = None) -> Term:
    """Return a string literal in NFC, with a language tag when one is given."""
    return _quoted(value) if language is None else Term(f"{_quoted(value)}@{_tag(language)}")


def typed(value: str, datatype: str) -> Term:
    """Return a literal of an XSD datatype, named by its local name (`"gYear"`)."""
    return Term(f"{_quoted(value)}^^<{XSD}{datatype}>")


def integer(value: int) -> Term:
    """Return an xsd:integer."""
    return typed(str(value), "integer")


def decimal(value: Decimal) -> Term:
    """Return an xsd:decimal in canonical form (no exponent, no trailing zeros)."""
    if not value.is_finite():
        raise TermError(f"{value!r} is not a finite decimal.")
    shown = format(abs(value) if value == 0 else value, "f")
    return typed(shown.rstrip("0").rstrip(".") if "." in shown else shown, "decimal")


def day(value: str | date) -> Term:
    """Return an xsd:date; a text must be a real day in ISO form, of a moment its day is taken."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
        return typed((found.date() if isinstance(found, datetime) else found).isoformat(), "date")
    except ValueError as error:
        raise TermError(f"{value!r} is not a day in the form 2024-04-01: {error}.") from error


def year(value: str) -> Term:
    """Return an xsd:gYear of four digits."""
    if not (len(value) == 4 and value.isascii() and value.isdigit()):
        raise TermError(f"{value!r} is not a year of four digits.")
    return typed(value, "gYear")


def _tag(language: str) -> str:
    try:
        return Literal("", language=language).language or ""
    except ValueError as error:
        raise TermError(f"{language!r} is no language tag such as 'sv': {error}.") from error


def _quoted(value: str) -> Term:
    shown = unicodedata.normalize("NFC", value)
    if bad := _BAD.search(shown):
        kind = _UNSAYABLE[unicodedata.category(bad.group())]
        raise TermError(f"{value!r} holds the {kind} {bad.group()!r}.")
    return Term(f'"{shown.translate(_ESCAPES)}"')
