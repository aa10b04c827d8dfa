"""The command that writes a network for engines beyond memory: export."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api import exported
from api import network_options as part
from api.options import QuietOption, StoreOption, session


class ExportForm(StrEnum):
    """What large networks are exported as."""

    parquet = "parquet"


def export(
    form: Annotated[ExportForm, typer.Argument(metavar="FORM", help="parquet: a folder of Parquet files.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an export to be replaced.")],
    network: Annotated[str, typer.Option(metavar="NETWORK", help="Name of the network.")] = "organisations",
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
    """Write who took part in what as Parquet files, to be measured by DuckDB or Spark."""
    here = session(store, quiet=quiet)
    near = around, steps
    wanted = part.chosen(since, until, territory, area, fund, kind, min_weight, max_size, large, *near)
    made = exported.written(here, network, wanted, folder)
    here.say(f"Wrote {', '.join(made.tables)} of the network {network} to {folder}")
