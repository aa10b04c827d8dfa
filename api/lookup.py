"""Answer the plainest queries from what is kept of each thing, without an engine: lookups by a thing's IRI.

A lookup asks what is said of one thing: `SELECT ?p ?o { <thing> ?p ?o }`, or with properties given, several
of them after `;`, with prefixes, with LIMIT, or as ASK. Whatever is not exactly that (another form, an odd
IRI, an unnamed node, a large thing, a thing that nothing is said of) is for a worker.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from api.plain_sparql import IRI, PROLOGUE, SHORT, VARIABLE, S, prefixes, term
from graph.keyed import Keyed

MEDIA: Final = "application/sparql-results+json"
LARGEST: Final = 16_384  # bytes of lines of a thing
_MOST: Final = 500  # rows
_VALUE = rf"(?:{VARIABLE}|{IRI}|{SHORT})"
_PAIR = rf"(?:a|{_VALUE}){S}+{_VALUE}"
_LOOKUP = re.compile(
    rf"(?P<prologue>{PROLOGUE})"
    rf"(?:(?i:SELECT){S}+(?P<columns>\*|{VARIABLE}(?:{S}+{VARIABLE})*){S}*|(?i:ASK){S}*)(?:(?i:WHERE){S}*)?"
    rf"\{{{S}*(?P<subject>{IRI}|{SHORT}){S}+(?P<pairs>{_PAIR}(?:{S}*;{S}*{_PAIR})*){S}*\.?{S}*\}}{S}*"
    rf"(?:(?i:LIMIT){S}+(?P<limit>[0-9]{{1,6}}){S}*)?"
)
_LINE = re.compile(
    rb"<[^>\n]*> <([^>\\\n]*)> "
    rb'(?:<([^>\\\n]*)>|"([^"\\\n]*(?:\\[^U\n][^"\\\n]*)*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^<([^>\\\n]*)>)?)'
    rb" \.\n"
)
_FORM = re.compile(rf"([^{{<]*\{{{S}*)({IRI})(.*)", re.DOTALL)
_ANY = "<http://a.org/>"
_FORMS: Final = 256  # spellings of lookups whose parts are kept
_VERBS: Final = 1024  # properties whose JSON is kept
Pair = tuple[str, str]
Row = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A lookup: the thing, pairs of property and value (IRIs in brackets, or variables), what is asked."""

    subject: str
    pairs: tuple[Pair, ...]
    columns: tuple[str, ...] | None  # None: whether there is a row
    limit: int | None


def read(query: str) -> Lookup | None:
    """Return a query as a lookup when it is one.

    Who asks for one thing after the other spells all but the thing alike, and that is read once.
    """
    found = _FORM.fullmatch(query)
    if found is None:
        return _read(query)
    begin, subject, end = found.groups()
    form = _form(begin, end)
    return None if form is None else Lookup(subject, form.pairs, form.columns, form.limit)


@lru_cache(_FORMS)
def _form(begin: str, end: str) -> Lookup | None:
    return _read(f"{begin}{_ANY}{end}")


def _read(query: str) -> Lookup | None:
    found = _LOOKUP.fullmatch(query)
    if found is None:
        return None
    prologue, columns, subject, pairs, limit = found.groups()
    known = prefixes(prologue)
    try:
        thing = term(subject, known)
        said = tuple(
            (term(verb, known), term(value, known)) for verb, value in map(str.split, pairs.split(";"))
        )
    except KeyError:
        return None  # a prefix that is not told of: the engine says so
    there = tuple(dict.fromkeys(each for pair in said for each in pair if each[0] == "?"))
    if columns is None:
        return Lookup(thing, said, None, None) if limit is None else None
    shown = there if columns == "*" else tuple(columns.split())
    if not shown or not set(shown) <= set(there) or len(set(shown)) < len(shown):
        return None
    return Lookup(thing, said, shown, None if limit is None else int(limit))


def answer(keyed: Keyed, asked: Lookup) -> bytes | None:
    """Return the answer to a lookup in JSON; None when a worker must find it."""
    block = keyed.lines(asked.subject.encode(), LARGEST)
    said = None if block is None else _said(block)
    if said is None:
        return None
    columns, pairs, limit = asked.columns, asked.pairs, asked.limit
    if columns is not None and pairs == (columns,):  # two variables: all that is said, which most ask for
        return _table(columns, said[:limit]) if len(said) <= _MOST else None
    rows = _rows(said, pairs)
    if rows is None:
        return None
    if columns is None:
        return b'{"head":{},"boolean":true}' if rows else b'{"head":{},"boolean":false}'
    return _table(columns, [tuple([row[name] for name in columns]) for row in rows[:limit]])


def _table(columns: tuple[str, ...], rows: Sequence[tuple[bytes, ...]]) -> bytes:
    head, row = _frame(columns)
    return head + b",".join([row % each for each in rows]) + b"]}}"


@lru_cache(_FORMS)
def _frame(columns: tuple[str, ...]) -> tuple[bytes, bytes]:
    """Return how a table begins, and a row of it with places for the values."""
    names = [f'"{name[1:]}"' for name in columns]
    head = f'{{"head":{{"vars":[{",".join(names)}]}},"results":{{"bindings":['
    return head.encode(), b"{%s}" % b",".join(name.encode() + b":%s" for name in names)


def _said(block: bytes) -> list[tuple[bytes, bytes]] | None:
    """Return properties and values as JSON; None when one is no IRI and no literal.

    The engine escapes literals in N-Triples as JSON does, so that they can be taken as they are.
    """
    found = _LINE.findall(block)
    if len(found) != block.count(b"\n"):
        return None
    return [
        (_verb(verb), _iri(iri) if iri else _literal(text, language, datatype))
        for verb, iri, text, language, datatype in found
    ]


def _iri(value: bytes) -> bytes:
    return b'{"type":"uri","value":"%s"}' % value


_verb = lru_cache(_VERBS)(_iri)


def _literal(text: bytes, language: bytes, datatype: bytes) -> bytes:
    if language:
        return b'{"type":"literal","value":"%s","xml:lang":"%s"}' % (text, language)
    if datatype:
        return b'{"type":"literal","value":"%s","datatype":"%s"}' % (text, datatype)
    return b'{"type":"literal","value":"%s"}' % text


def _rows(said: list[tuple[bytes, bytes]], pairs: tuple[Pair, ...]) -> list[Row] | None:
    """Return the ways in which all pairs hold at once; None when they are too many."""
    rows: list[Row] = [{}]
    for pair in pairs:
        rows = [more for row in rows for one in said if (more := _bound(row, pair, one)) is not None]
        if len(rows) > _MOST:
            return None
    return rows


def _bound(row: Row, pair: Pair, said: tuple[bytes, bytes]) -> Row | None:
    """Return a row with what a pair binds; None when what is said does not fit."""
    for each, found in zip(pair, said, strict=True):
        if each[0] != "?":
            if _iri(each[1:-1].encode()) != found:
                return None
        elif row.get(each, found) != found:
            return None
        else:
            row = {**row, each: found}
    return row
