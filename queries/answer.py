"""Ask a catalogued query with typed parameters, and write the answer as csv, tsv, json or markdown."""

import csv
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from io import StringIO

from pyoxigraph import Literal

from graph.asked import Asked, Cell, Rows, shown
from graph.terms import Term, day, integer, iri, text, year
from ontology.names import XSD
from queries.catalogue import Parameter, Query, values_blocks
from queries.collation import natural, swedish
from queries.errors import ParameterError

FORMATS = ("csv", "tsv", "json", "markdown")
BETWEEN = " | "
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what begins a formula
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True)
class Answer:
    """What a query answered: the query, the parameters it ran with, and its rows in order."""

    query: Query
    parameters: Mapping[str, str]
    rows: Rows

    def write(self, form: str, ending: str = "\n") -> str:
        """Write the rows in one of FORMATS."""
        return write(self.rows, form, ending)


def ask(store: Asked, query: Query, given: Mapping[str, str] | None = None) -> Answer:
    """Run a catalogued SELECT with parameters; rows come sorted by its `order` columns, as Swedes sort."""
    parameters, sparql = bind(query, given or {})
    return Answer(query, parameters, sort(_even(store.rows(sparql), query.lists), query.order))


def ask_part(store: Asked, query: Query, given: Mapping[str, str], limit: int, offset: int) -> Rows:
    """Run a catalogued SELECT for some of its rows, in the order in which the store has them."""
    return store.rows(f"{bind(query, given)[1]}\nLIMIT {limit:d} OFFSET {offset:d}")


def bind(query: Query, given: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """Return all parameters (given or default) and the query's text with them in place."""
    known = {parameter.name: parameter for parameter in query.parameters}
    if strange := sorted(set(given) - set(known)):
        takes = ", ".join(known)
        raise ParameterError(
            f"Query {query.name!r} takes no parameter {strange[0]!r}; it takes {takes or 'none'}.",
            f"Frågan {query.name!r} tar ingen parameter {strange[0]!r}; den tar {takes or 'ingen'}.",
        )
    values = {name: given.get(name, parameter.default) for name, parameter in known.items()}
    terms = {name: _term(parameter, values[name]) for name, parameter in known.items()}
    return values, values_blocks(known).sub(
        lambda block: f"VALUES ?{block['name']} {{ {terms[block['name']]} }}", query.text
    )


def sort(rows: Rows, order: tuple[str, ...]) -> Rows:
    """Sort rows by columns; numbers by size, texts as Swedes do, `-column` downwards, unbound last."""
    found = list(rows.rows)
    for column in reversed(order):
        name = column.removeprefix("-")
        found.sort(
            key=partial(_key, at=rows.columns.index(name), down=column != name), reverse=column != name
        )
    return Rows(rows.columns, tuple(found))


def _even(rows: Rows, lists: tuple[str, ...]) -> Rows:
    """Put the values of list columns in order, which SPARQL leaves open."""
    at = {rows.columns.index(name) for name in lists}
    return Rows(
        rows.columns,
        tuple(tuple(_in_order(cell) if i in at else cell for i, cell in enumerate(row)) for row in rows.rows),
    )


def _in_order(cell: Cell) -> Cell:
    if not isinstance(cell, Literal):
        return cell
    return Literal(BETWEEN.join(sorted(cell.value.split(BETWEEN), key=natural)))


def write(rows: Rows, form: str, ending: str = "\n") -> str:
    """Write rows in one of FORMATS; lines of csv and tsv have the ending, as RFC 4180 wants it "\\r\\n"."""
    if form == "json":
        return json.dumps([_object(rows, row) for row in rows.rows], ensure_ascii=False, indent=1) + "\n"
    if form == "markdown":
        lines = [rows.columns, tuple("---" for _ in rows.columns), *map(_texts, rows.rows)]
        return "".join(f"| {' | '.join(map(_in_markdown, line))} |\n" for line in lines)
    if form not in FORMATS:
        raise ParameterError(f"Rows cannot be written as {str(form)!r}: expected {', '.join(FORMATS)}.")
    return csv_text(rows.columns, map(_texts, rows.rows), "\t" if form == "tsv" else ",", ending)


def excel(rows: Rows) -> str:
    """Write rows as a Swedish Excel opens them: byte order mark, semicolons, decimal commas, no formulas."""
    cells = (tuple(map(_in_excel, row)) for row in rows.rows)
    return "\ufeff" + csv_text(map(harmless, rows.columns), cells, ";", "\r\n")


def csv_text(
    columns: Iterable[str], rows: Iterable[Iterable[object]], delimiter: str = ",", ending: str = "\n"
) -> str:
    """Write a header and rows as CSV."""
    return "".join(_line(row, delimiter, ending) for row in (columns, *rows))


def _line(row: Iterable[object], delimiter: str, ending: str) -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(row)  # \r\n: a bare \r is quoted too
    return out.getvalue().removesuffix("\r\n") + ending


def _in_excel(cell: Cell) -> str:
    """Return a number with a decimal comma, and a text so that it is never taken for a formula."""
    value = _value(cell)
    if isinstance(value, int | float) and isinstance(cell, Literal):
        return cell.value.replace(".", ",")
    return harmless("" if cell is None else shown(cell))


def harmless(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    >>> harmless("=1+1"), harmless("a=b")
    ("'=1+1", 'a=b')
    """
    return f"'{value}" if value.startswith(_FORMULA) else value


def _texts(row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple("" if cell is None else shown(cell) for cell in row)


def _in_markdown(cell: str) -> str:
    return " ".join(cell.replace("|", "\\|").splitlines())


def _object(rows: Rows, row: tuple[Cell, ...]) -> dict[str, str | int | float | None]:
    return {name: _value(cell) for name, cell in zip(rows.columns, row, strict=True)}


def _value(cell: Cell) -> str | int | float | None:
    if cell is None:
        return None
    if isinstance(cell, Literal) and cell.datatype.value in _NUMBERS:
        return _number(cell)
    return shown(cell)


def _number(cell: Literal) -> str | int | float:
    """Return a number; one that is not finite, or no number at all, stays a text."""
    try:
        found = int(cell.value) if cell.datatype.value.endswith("integer") else float(cell.value)
    except ValueError:
        return cell.value
    return found if math.isfinite(found) else cell.value


def _key(row: tuple[Cell, ...], at: int, down: bool) -> tuple[bool, float, tuple[str, str]]:
    value = _value(row[at])
    empty = (value is None) != down
    if isinstance(value, int | float):
        return empty, float(value), ("", "")
    return empty, 0.0, swedish(value or "")


def _term(parameter: Parameter, value: str) -> Term:
    try:
        return _TERMS[parameter.type](parameter, value)
    except ValueError as error:
        choices = ", ".join(parameter.choices)
        en, sv = _EXPECTED.get(parameter.type) or (f"one of {choices}", f"något av {choices}")
        raise ParameterError(
            f"Parameter {parameter.name} is {value!r}: expected {en}.",
            f"Parametern {parameter.name} är {value!r}: väntade {sv}.",
        ) from error


def _choice(parameter: Parameter, value: str) -> Term:
    if value not in parameter.choices:
        raise ValueError(value)
    return text(value)


def _moment(parameter: Parameter, value: str) -> Term:
    """Return a year or a day as text, so that it compares with bounds of either precision."""
    if value not in parameter.choices:
        _ = year(value) if len(value) == 4 else day(value)
    return text(value)


_TERMS: Mapping[str, Callable[[Parameter, str], Term]] = {
    "choice": _choice,
    "integer": lambda _, value: integer(int(value)),
    "date": lambda _, value: day(value),
    "moment": _moment,
    "iri": lambda _, value: iri(value),
    "iris": lambda _, value: Term(" ".join(iri(each) for each in value.split())),
    "text": lambda _, value: text(value),
}
_IRI = "https://w3id.org/samspel/id/county/05"
_EXPECTED = {
    "integer": ("a whole number", "ett heltal"),
    "date": ("a day such as 2024-04-01", "en dag, till exempel 2024-04-01"),
    "moment": (
        "a year such as 2017 or a day such as 2024-04-01",
        "ett år, till exempel 2017, eller en dag, till exempel 2024-04-01",
    ),
    "iri": (f"an absolute IRI such as {_IRI}", f"en hel IRI, till exempel {_IRI}"),
    "iris": (
        f"absolute IRIs such as {_IRI}, a space between each",
        f"hela IRI:er, till exempel {_IRI}, med mellanslag mellan",
    ),
    "text": ("a text without control characters", "en text utan styrtecken"),
}
