"""Commands that ask: query, queries, networks, network, measures, measure, match."""

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
    Session,
    StoreOption,
    as_json,
    out,
    pairs,
    session,
    show,
)
from graph.store import Rows, Store, shown
from queries import answer, catalogue, match, measure, network_files
from queries.errors import ParameterError, UnknownName
from queries.network import Network

OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file.")]
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


class NetworkForm(StrEnum):
    """How a network is written."""

    csv = "csv"
    nodes = "nodes"
    json = "json"
    graphml = "graphml"
    gexf = "gexf"
    html = "html"


class TableForm(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    asked: Annotated[str, typer.Argument(help="A catalogued name, a .rq file, - for stdin, or SPARQL.")],
    given: GivenArgument = None,
    format: Annotated[Form, typer.Option(help="How to write the answer.")] = Form.table,
    store: StoreOption = None,
) -> None:
    """Ask a catalogued query by name, or any SPARQL query."""
    opened, parameters = session(store).open(), pairs(given)
    found = _catalogued(asked)
    if found is None:
        if parameters:
            raise ParameterError("Parameters go with catalogued queries and .rq files that declare them.")
        _answer(opened, sys.stdin.read() if asked == "-" else asked, format)
    elif format == Form.table:
        answered = answer.ask(opened, found, parameters)
        _table(answered.rows, f"{found.title_en} ({len(answered.rows.rows)} rows)")
    else:
        typer.echo(answer.ask(opened, found, parameters).write(format), nl=False)


def queries(json: JsonOption = False) -> None:
    """List the catalogued queries."""
    _catalogue(catalogue.queries(), json)


def networks(json: JsonOption = False) -> None:
    """List the networks."""
    _catalogue(catalogue.networks(), json)


def measures(json: JsonOption = False) -> None:
    """List the measures."""
    rows = [
        {
            "name": name,
            "title": it.title_en,
            "about": it.summary_en,
            "parameters": [p.name for p in it.parameters],
        }
        for name, it in sorted(measure.measures().items())
    ]
    if json:
        as_json(rows)
    else:
        show(
            ("name", "title", "parameters", "about"),
            ((r["name"], r["title"], ", ".join(r["parameters"]), r["about"]) for r in rows),
        )


def network(
    name: Annotated[str, typer.Argument(help="Name of the network; see `samspel networks`.")],
    given: GivenArgument = None,
    format: Annotated[NetworkForm, typer.Option(help="csv: edges; nodes: nodes as csv.")] = NetworkForm.csv,
    output: OutOption = None,
    language: Annotated[str, typer.Option(help="Language of the html page: sv or en.")] = "sv",
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a network as edges, nodes, a graph file, or an interactive page."""
    here = session(store, quiet=quiet)
    found = read_network(here.open(), name, pairs(given))
    if format == NetworkForm.html:
        from api.draw import draw  # heavy: pyvis brings IPython

        content = draw(found, catalogue.network(name).title(language), language)
    elif format == NetworkForm.nodes:
        content = network_files.nodes_csv(found)
    else:
        content = network_files.write(found, format)
    out(content, output, here)


def measure_command(
    name: Annotated[str, typer.Argument(help="Name of the measure; see `samspel measures`.")],
    given: GivenArgument = None,
    network: Annotated[str, typer.Option(help="Name of the network.")] = "organisations",
    format: Annotated[TableForm, typer.Option(help="How to write the values.")] = TableForm.table,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Measure the nodes of a network; warnings come with the numbers."""
    here = session(store, quiet=quiet)
    found = measure.run(name, read_network(here.open(), network, {}), **pairs(given))
    for note in found.notes:
        here.say(f"Note: {note.en}")
    if format == TableForm.json:
        as_json(_result(found))
    elif format == TableForm.csv:
        typer.echo(answer.csv_text(found.header, found.rows), nl=False)
    else:
        show(found.header[1:], (row[1:] for row in found.rows), _told(found))


def match_command(
    need: Annotated[str | None, typer.Argument(help="IRI of a need, or a need in your own words.")] = None,
    format: Annotated[TableForm, typer.Option(help="How to write the matches.")] = TableForm.table,
    store: StoreOption = None,
) -> None:
    """Match needs to areas that can meet them: scored, with reasons and the lead organisation."""
    matcher = match.Matcher(session(store).open())
    found = [item for one in _needs(matcher, need) for item in matcher.matches(one)]
    if format == TableForm.json:
        as_json([item.json() for item in found])
        return
    columns = ("need", "score", "area", "territory", "led by", "evidence", "because")
    rows = [
        (
            item.need.label,
            f"{item.score:.2f}",
            item.area.label,
            item.area.territory_label,
            ", ".join(label for _, label in item.area.leads) or "unknown",
            item.area.level,
            item.because("en").partition(" = ")[2],
        )
        for item in found
    ]
    if format == TableForm.csv:
        typer.echo(answer.csv_text(columns, rows), nl=False)
    else:
        show(columns, rows, f"Inferred by samspel, method {match.METHOD}; own county first, then by score")
    if not found:
        raise typer.Exit(1)


def read_network(store: Store, name: str, given: dict[str, str]) -> Network:
    """Read a catalogued network from the store."""
    found = catalogue.network(name)
    return Network.from_rows(name, answer.ask(store, found, given).rows.dicts(), found.network_mode())


def _needs(matcher: match.Matcher, need: str | None) -> list[match.Need]:
    if need is None:
        return list(matcher.needs)
    known = [one for one in matcher.needs if need in (one.iri, one.label)]
    if not known and need.startswith(("http://", "https://")):
        raise UnknownName("need", need, (one.iri or "" for one in matcher.needs))
    return known or [match.Need(None, need)]


def _catalogued(asked: str) -> catalogue.Query | None:
    if asked.endswith(".rq") and Path(asked).is_file():
        return catalogue.read(Path(asked))
    if asked == "-" or "{" in asked:
        return None
    return catalogue.query(asked)


def _answer(store: Store, sparql: str, form: Form) -> None:
    found = store.run(sparql)
    if isinstance(found, QueryBoolean):
        typer.echo("true" if found else "false")
        raise typer.Exit(0 if found else 1)
    if isinstance(found, QuerySolutions):
        rows = Rows(tuple(v.value for v in found.variables), tuple(tuple(row) for row in found))
        if form == Form.table:
            _table(rows)
        else:
            typer.echo(answer.write(rows, form), nl=False)
        return
    written = serialize(found, format=_GRAPHS.get(form, RdfFormat.TURTLE))
    typer.echo((written or b"").decode(), nl=False)


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


def _result(found: measure.MeasureResult) -> dict[str, object]:
    return {
        "measure": found.measure.name,
        "network": found.network,
        "nodes": found.nodes,
        "edges": found.edges,
        "components": found.components,
        "engine": f"{found.engine} {found.engine_version}",
        "parameters": dict(found.parameters),
        "facts": {fact.name: fact.value for fact in found.facts},
        "notes": [note.en for note in found.notes],
        "values": [dict(zip(found.header, row, strict=True)) for row in found.rows],
    }


def _told(found: measure.MeasureResult) -> str:
    facts = "".join(f"; {fact.title_en} {fact.value:.4g}" for fact in found.facts)
    settings = ", ".join(f"{name}={value}" for name, value in found.parameters) or "none"
    return (
        f"{found.measure.title_en} of {found.network}: {found.nodes} nodes, {found.edges} edges, "
        f"{found.components} components; parameters {settings}; {found.engine} {found.engine_version}{facts}"
    )


__all__ = ["Session", "match_command", "measure_command", "network", "queries", "query", "read_network"]
