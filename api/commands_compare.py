"""The command that compares: one measure over parts of a network, or against chance."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, cast

import typer

from api import comparing
from api import network_options as part
from api.commands_network import read_network
from api.options import (
    GivenArgument,
    Language,
    OutOption,
    QuietOption,
    StoreOption,
    out,
    pairs,
    session,
    show,
)
from queries.compare import HEADER, compare
from queries.errors import ParameterError
from queries.nulls import LEAST_RUNS, MOST_RUNS

if TYPE_CHECKING:
    from queries.groups import By


class CompareForm(StrEnum):
    """How a comparison is written."""

    table = "table"
    csv = "csv"
    json = "json"
    svg = "svg"


class ByOption(StrEnum):
    """What a network is parted by; null: it is compared with chance."""

    territory = "territory"
    kind = "kind"
    period = "period"
    year = "year"
    fund = "fund"
    null = "null"


def compare_command(
    name: Annotated[
        str, typer.Argument(metavar="MEASURE", help="Name of the measure; see `samspel measures`.")
    ],
    given: GivenArgument = None,
    network: Annotated[str, typer.Option(metavar="NETWORK", help="Name of the network.")] = "organisations",
    by: Annotated[
        ByOption, typer.Option(help="What to part it by; null: compare the whole with rewired networks.")
    ] = ByOption.territory,
    fact: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="A fact of the measure, or mean, median or highest of the nodes, edges, components.",
        ),
    ] = "",
    runs: Annotated[
        int, typer.Option(min=LEAST_RUNS, max=MOST_RUNS, help="How many draws or rewired networks.")
    ] = 200,
    seed: Annotated[int, typer.Option(min=0, help="Seed: the same gives the same numbers.")] = 0,
    null: Annotated[bool, typer.Option("--null", help="Give each part a z against chance too.")] = False,
    format: Annotated[CompareForm, typer.Option(help="How to write it; svg: a picture.")] = CompareForm.table,
    since: part.FromOption = None,
    until: part.ToOption = None,
    territory: part.TerritoryOption = None,
    area: part.AreaOption = None,
    fund: part.FundOption = None,
    kind: part.KindOption = None,
    max_size: part.MaxSizeOption = None,
    large: part.LargeOption = "set_aside",
    output: OutOption = None,
    language: Annotated[Language, typer.Option(help="Language of the picture.")] = Language.sv,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Compare a measure over territories, periods or funds, or against chance, with intervals."""
    if output is not None and format == CompareForm.table:
        raise ParameterError("A table is for the screen; for a file give --format csv, json or svg.")
    here = session(store, quiet=quiet)
    wanted = part.chosen(since, until, territory, area, fund, kind, None, max_size, large)
    read = wanted.apply(read_network(here.open(), network, {}, here.version()))
    found = compare(name, read, cast("By", str(by)), fact, runs, seed, null=null, parameters=pairs(given))
    for note in found.notes:
        here.say(f"Note: {note.en}")
    if format == CompareForm.svg:
        from api.plot import svg  # heavy: matplotlib

        out(svg(found, language), output, here)
    elif format == CompareForm.csv:
        out(comparing.as_csv(found), output, here)
    elif format == CompareForm.json:
        out(json.dumps(comparing.told(found), ensure_ascii=False, indent=1) + "\n", output, here)
    else:
        show(HEADER, (row.cells for row in found.rows), comparing.summary(found))
        if found.aside:
            show(("set aside", "why"), ((each.group, each.reason) for each in found.aside))
