"""Commands that ask: query, queries, networks, network, measures, measure, match."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, serialize

from api import commands_specialise, exporting
from api import network_options as part
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
from graph.asked import Asked, Rows, shown
from queries import answer, catalogue, match, matrix_measure, measure, network_reading
from queries import format as formats
from queries.errors import ParameterError
from queries.network import Network

OutOption = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write to this file.")]
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
    gexf_dynamic = "gexf_dynamic"
    pajek = "pajek"
    vosviewer = "vosviewer"
    graphology = "graphology"
    cytoscape = "cytoscape"
    rdf = "rdf"
    html = "html"


class TableForm(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"


class Language(StrEnum):
    """The languages of pages."""

    sv = "sv"
    en = "en"


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


def measures(json: JsonOption = False) -> None:
    """List the measures."""
    rows = [
        {
            "name": name,
            "title": it.title_en,
            "about": it.summary_en,
            "parameters": [p.name for p in it.parameters],
        }
        for name, it in sorted((measure.measures() | matrix_measure.measures()).items())
    ]
    if json:
        as_json(rows)
    else:
        show(
            ("name", "title", "parameters", "about"),
            ((r["name"], r["title"], ", ".join(r["parameters"]), r["about"]) for r in rows),
        )


def network(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the network; see `samspel networks`.")],
    given: GivenArgument = None,
    format: Annotated[
        NetworkForm,
        typer.Option(
            help="csv: the edges; nodes: the nodes as csv; gexf_dynamic: with years; pajek: several files; "
            "rdf: values of measures; html: an interactive page."
        ),
    ] = NetworkForm.csv,
    output: OutOption = None,
    measures: Annotated[
        str | None,
        typer.Option(metavar="NAME,NAME", help="Measures whose values go with the nodes, such as degree."),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a byte order mark, for Excel and Pajek.")
    ] = False,
    language: Annotated[Language, typer.Option(help="Language of the html page.")] = Language.sv,
    since: part.FromOption = None,
    until: part.ToOption = None,
    territory: part.TerritoryOption = None,
    area: part.AreaOption = None,
    fund: part.FundOption = None,
    kind: part.KindOption = None,
    min_weight: part.MinWeightOption = None,
    max_size: part.MaxSizeOption = None,
    large: part.LargeOption = "set_aside",
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a network as edges, nodes, a graph file, or an interactive page."""
    here = session(store, quiet=quiet)
    names = exporting.named(measures, list(measure.measures()))
    _refuse_what_does_nothing(format, names, bom)
    wanted = part.chosen(since, until, territory, area, fund, kind, min_weight, max_size, large)
    found = wanted.apply(read_network(here.open(), name, pairs(given), here.version()))
    for note in found.notes:
        here.say(f"Note: {note.en}")
    if format == NetworkForm.html:
        from api.draw import draw  # heavy: pyvis brings IPython

        out(draw(found, catalogue.network(name).title(language), language), output, here)
        return
    form = formats.format_of(format)
    positions = exporting.placed(found) if "positions" in form.takes else None
    values = [measure.run(each, found) for each in names]
    files = formats.files(format, formats.Export(found, values, positions, bom, here.iris))
    if output is not None:
        here.say(f"Wrote {', '.join(map(str, exporting.to_disk(files, output)))}")
        return
    first, *others = files.values()
    sys.stdout.writelines(first)
    if others:
        here.say(f"{len(others)} more files go with it; write them with -o FILE.{form.ending} or -o FILE.zip")


def _refuse_what_does_nothing(format: NetworkForm, names: list[str], bom: bool) -> None:
    takes = () if format == NetworkForm.html else formats.format_of(format).takes
    for flag, given, option in (("--measures", bool(names), "measures"), ("--bom", bom, "bom")):
        if given and option not in takes:
            able = [name for name, each in formats.formats().items() if option in each.takes]
            raise ParameterError(f"{flag} does nothing for {format}; it does for {', '.join(able)}.")


def measure_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the measure; see `samspel measures`.")],
    given: GivenArgument = None,
    network: Annotated[str, typer.Option(metavar="NETWORK", help="Name of the network.")] = "organisations",
    matrix: Annotated[
        str | None, typer.Option(metavar="MATRIX", help="Name of a matrix; see `samspel matrices`.")
    ] = None,
    format: Annotated[TableForm, typer.Option(help="How to write the values.")] = TableForm.table,
    since: part.FromOption = None,
    until: part.ToOption = None,
    territory: part.TerritoryOption = None,
    area: part.AreaOption = None,
    fund: part.FundOption = None,
    kind: part.KindOption = None,
    min_weight: part.MinWeightOption = None,
    max_size: part.MaxSizeOption = None,
    large: part.LargeOption = "set_aside",
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Measure the nodes of a network, or a matrix of regions and areas; warnings come with the numbers."""
    here = session(store, quiet=quiet)
    wanted = part.chosen(since, until, territory, area, fund, kind, min_weight, max_size, large)
    if of := commands_specialise.wanted(name, matrix):
        commands_specialise.measure(here, name, of, pairs(given), format)
        return
    read = read_network(here.open(), network, {}, here.version())
    found = measure.run(name, wanted.apply(read), **pairs(given))
    for note in found.notes:
        here.say(f"Note: {note.en}")
    if format == TableForm.json:
        as_json(_result(found))
    elif format == TableForm.csv:
        typer.echo(answer.csv_text(found.header, found.rows), nl=False)
    else:
        show(found.header[1:], (row[1:] for row in found.rows), _told(found))
        for table in found.tables:
            show(table.header, table.rows, table.title_en)


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


def read_network(store: Asked, name: str, given: dict[str, str], snapshot: str = "") -> Network:
    """Read a catalogued network from the store."""
    return network_reading.read(store, catalogue.network(name), given, snapshot)


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


def _result(found: measure.MeasureResult) -> dict[str, object]:
    return {
        "measure": found.measure.name,
        "network": found.network,
        "nodes": found.nodes,
        "edges": found.edges,
        "components": found.components,
        "engine": f"{found.engine} {found.engine_version}",
        "parameters": dict(found.parameters),
        "filters": dict(found.filters),
        "facts": {fact.name: fact.value for fact in found.facts},
        "notes": [note.en for note in found.notes],
        "snapshot": found.snapshot,
        "tables": {table.name: table.dicts() for table in found.tables},
        "values": [dict(zip(found.header, row, strict=True)) for row in found.rows],
    }


def _told(found: measure.MeasureResult) -> str:
    facts = "".join(f"; {fact.title_en} {fact.value:.4g}" for fact in found.facts)
    settings = ", ".join(f"{name}={value}" for name, value in found.parameters)
    return (
        f"{found.measure.title_en} of {found.network}: {found.nodes} nodes, {found.edges} edges, "
        f"{found.components} components{f'; {settings}' if settings else ''}; "
        f"{found.engine} {found.engine_version}{facts}"
    )


__all__ = ["Session", "match_command", "measure_command", "network", "queries", "query", "read_network"]
