"""Commands of networks: network, measures, measure."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api import commands_specialise, exported, exporting
from api import network_options as part
from api.options import (
    GivenArgument,
    JsonOption,
    Language,
    OutOption,
    QuietOption,
    Session,
    StoreOption,
    TableForm,
    as_json,
    out,
    pairs,
    session,
    show,
)
from graph.asked import Asked
from queries import answer, catalogue, matrix_measure, measure, network_reading
from queries import format as formats
from queries.errors import ParameterError
from queries.network import Network
from queries.network_filters import Filter


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


class LargeEngine(StrEnum):
    """What measures networks as Parquet files."""

    duckdb = "duckdb"
    spark = "spark"


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
    around: part.AroundOption = None,
    steps: part.StepsOption = 1,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a network as edges, nodes, a graph file, or an interactive page."""
    here = session(store, quiet=quiet)
    names = exporting.named(measures, list(measure.measures()))
    _refuse_what_does_nothing(format, names, bom)
    near = around, steps
    wanted = part.chosen(since, until, territory, area, fund, kind, min_weight, max_size, large, *near)
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
    engine: Annotated[
        LargeEngine | None,
        typer.Option(help="What computes over Parquet files, for networks beyond memory."),
    ] = None,
    parquet: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="An export to measure, instead of the store; see `samspel export`."),
    ] = None,
    since: part.FromOption = None,
    until: part.ToOption = None,
    territory: part.TerritoryOption = None,
    area: part.AreaOption = None,
    fund: part.FundOption = None,
    kind: part.KindOption = None,
    min_weight: part.MinWeightOption = None,
    max_size: part.MaxSizeOption = None,
    large: part.LargeOption = "set_aside",
    around: part.AroundOption = None,
    steps: part.StepsOption = 1,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Measure the nodes of a network, or a matrix of regions and areas; warnings come with the numbers."""
    here = session(store, quiet=quiet)
    near = around, steps
    wanted = part.chosen(since, until, territory, area, fund, kind, min_weight, max_size, large, *near)
    if of := commands_specialise.wanted(name, matrix):
        commands_specialise.measure(here, name, of, pairs(given), format)
        return
    chosen = _engine(engine, pairs(given), parquet)
    if chosen is None:
        read = read_network(here.open(), network, {}, here.version())
        found = measure.run(name, wanted.apply(read), **pairs(given))
    else:
        found = _of_export(here, name, chosen, pairs(given), parquet, network, wanted)
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


def _engine(wanted: LargeEngine | None, given: dict[str, str], parquet: Path | None) -> LargeEngine | None:
    """Return the engine over Parquet files that is asked for by --engine, or as engine=NAME."""
    named = given.get("engine")
    found = LargeEngine(named) if wanted is None and named in list(LargeEngine) else wanted
    if found is None and parquet is not None:
        raise ParameterError("--parquet DIR is measured by an engine: add --engine duckdb or --engine spark.")
    return found


def _of_export(
    here: Session,
    name: str,
    engine: LargeEngine,
    given: dict[str, str],
    parquet: Path | None,
    network: str,
    wanted: Filter,
) -> measure.MeasureResult:
    if parquet is not None and wanted.told:
        raise ParameterError(
            "An export is measured whole: give its part (--from, --territory and others) to `samspel export`."
        )
    settings = {key: value for key, value in given.items() if (key, value) != ("engine", str(engine))}
    with exported.opened(here, parquet, network, wanted) as made:
        return exported.measure(here, name, engine, made, settings)


def read_network(store: Asked, name: str, given: dict[str, str], snapshot: str = "") -> Network:
    """Read a catalogued network from the store."""
    return network_reading.read(store, catalogue.network(name), given, snapshot)


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
