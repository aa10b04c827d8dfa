"""Measure a network that is exported as Parquet, on DuckDB or Spark: what the commands do with an export."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from api.options import Session
from queries import catalogue, network_reading
from queries.columnar import export, measured
from queries.columnar.export import Export
from queries.columnar.large import LargeNetwork
from queries.measure import MeasureResult
from queries.network_filters import Filter


def written(here: Session, name: str, wanted: Filter, folder: Path) -> Export:
    """Write a catalogued network, or what a filter leaves of it, to a folder."""
    query = catalogue.network(name)
    if query.network_mode() == "two-mode" or wanted.told:
        network = network_reading.read(here.open(), query, {}, here.version())
        return export.write(folder, wanted.apply(network))
    ties = network_reading.ties(here.open(), query)  # never projected in memory
    return export.write_ties(folder, name, ties, here.version())


def measure(
    here: Session, name: str, engine: str, given: Export, settings: Mapping[str, str]
) -> MeasureResult:
    """Run a measure on an engine over an export."""
    one = here.settings
    runner = measured.runner(
        given,
        engine,
        master=one.spark_master,
        partitions=one.spark_partitions,
        memory_mb=one.duckdb_memory_mb,
    )
    try:
        return measured.run(name, LargeNetwork(given, runner), **settings)
    finally:
        runner.close()


@contextmanager
def opened(here: Session, folder: Path | None, name: str, wanted: Filter) -> Iterator[Export]:
    """Open an export, or make one of the store's network for as long as it is asked."""
    if folder is not None:
        yield export.read(folder)
        return
    with tempfile.TemporaryDirectory(prefix="samspel-") as work:
        yield written(here, name, wanted, Path(work) / "export")
