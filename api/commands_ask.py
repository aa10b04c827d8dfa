"""Commands that ask: query, and the catalogues of queries and networks, and match."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, serialize

from api.options import (
    GivenArgument,
    JsonOption,
    QuietOption,
    StoreOption,
    TableForm,
    as_json,
    pairs,
    session,
    show,
)
from graph.asked import Asked, Rows, shown
from queries import answer, catalogue, match
from queries.errors import ParameterError

_GRAPHS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}


class Form(StrEnum):
    """How an answer is written."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    markdown = "markdown"
    ttl = "ttl"
    nt = "nt"
    jsonld = "jsonld"


def query(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="QUERY", help="A name of the catalogue, a .rq file, SPARQL in quotes, or - for stdin."
        ),
    ],
    given: GivenArgument = None,
    format: Annotated[
        Form, typer.Option(help="Rows: table to markdown; triples: ttl, nt or jsonld.")
    ] = Form.table,
    store: StoreOption = None,
) -> None:
    """Ask a query by name (see `samspel queries`), or any SPARQL query."""
    opened, parameters, found = session(store).open(), pairs(given), _asked(asked)
    if isinstance(found, str):
        if parameters:
            raise ParameterError("Parameters go with catalogued queries and .rq files that declare them.")
        _answer(opened, found, format)
        return
    answered = answer.ask(opened, found, parameters)
    if format == Form.table:
        count = len(answered.rows.rows)
        _table(answered.rows, f"{found.title_en} ({count} {'row' if count == 1 else 'rows'})")
    else:
        _rows(answered.rows, format)


def queries(json: JsonOption = False) -> None:
    """List the catalogued queries."""
    _catalogue(catalogue.queries(), json)


def networks(json: JsonOption = False) -> None:
    """List the networks."""
    _catalogue(catalogue.networks(), json)


def match_command(
    need: Annotated[
        str | None,
        typer.Argument(
            metavar="NEED", help="IRI of a need, or a need in your own words; without it, all needs."
        ),
    ] = None,
    format: Annotated[TableForm, typer.Option(help="How to write the matches.")] = TableForm.table,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Match needs to areas that can meet them: scored, with reasons and the lead organisation."""
    here = session(store, quiet=quiet)
    matcher = match.Matcher(here.open())
    needs = matcher.needs if need is None else matcher.named(need)
    answers = {one: matcher.matches(one) for one in needs}
    found = [item for items in answers.values() for item in items]
    if format == TableForm.json:
        as_json([item.json() for item in found])
    elif format == TableForm.csv:
        typer.echo(answer.csv_text(_MATCHED, map(_matched, found)), nl=False)
    else:
        for one, items in answers.items():
            if items:
                typer.echo(f"\n{one.label}")
                show(_MATCHED[1:], (_matched(item)[1:] for item in items))
        if found:
            here.say(f"Inferred by samspel, method {match.METHOD}; own county first, then by score.")
    if not found:
        here.say(f"No area matches {need!r}." if need else "There are no needs in the store.")
        raise typer.Exit(1)


_MATCHED = ("need", "score", "area", "territory", "led by", "evidence", "because")


def _matched(item: match.Match) -> tuple[str, ...]:
    return (
        item.need.label,
        f"{item.score:.2f}",
        item.area.label,
        item.area.territory_label,
        ", ".join(label for _, label in item.area.leads) or "unknown",
        item.area.level,
        item.because("en").partition(" = ")[2],
    )


def _asked(asked: str) -> catalogue.Query | str:
    """Return the query that was meant: one with a header, or SPARQL as text."""
    if asked == "-":
        return sys.stdin.read()
    if asked.endswith(".rq"):
        return _file(Path(asked))
    if "{" in asked or any(char.isspace() for char in asked):
        return asked
    return catalogue.query(asked)


def _file(path: Path) -> catalogue.Query | str:
    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise ParameterError(f"{path}: cannot be read: {reason}.") from error
    found = catalogue.read(path) if catalogue.has_header(content) else None
    return content if found is None or found.makes_triples else found


def _answer(store: Asked, sparql: str, form: Form) -> None:
    found = store.run(sparql)
    if isinstance(found, QueryBoolean):
        typer.echo("true" if found else "false")
        raise typer.Exit(0 if found else 1)
    if isinstance(found, QuerySolutions):
        _rows(Rows(tuple(v.value for v in found.variables), tuple(tuple(row) for row in found)), form)
        return
    if form not in _GRAPHS and form != Form.table:
        raise ParameterError(f"Triples cannot be written as {str(form)!r}: expected {', '.join(_GRAPHS)}.")
    written = serialize(found, format=_GRAPHS.get(form, RdfFormat.TURTLE))
    typer.echo((written or b"").decode(), nl=False)


def _rows(rows: Rows, form: Form) -> None:
    if form == Form.table:
        _table(rows)
    else:
        typer.echo(answer.write(rows, form), nl=False)


def _catalogue(found: dict[str, catalogue.Query], json: bool) -> None:
    if json:
        as_json(
            [
                {
                    "name": q.name,
                    "category": q.category,
                    "title_sv": q.title_sv,
                    "title_en": q.title_en,
                    "parameters": [p.name for p in q.parameters],
                    "returns": q.returns,
                }
                for q in found.values()
            ]
        )
    else:
        rows = ((q.name, q.title_en, ", ".join(p.name for p in q.parameters)) for q in found.values())
        show(("name", "title", "parameters"), rows)


def _table(rows: Rows, caption: str | None = None) -> None:
    cells = ((None if cell is None else shown(cell) for cell in row) for row in rows.rows)
    show(rows.columns, cells, caption)
