"""Run the steps on DuckDB: a database file in the export's folder, spilling to the disk beyond its memory."""

import shutil
from importlib import import_module
from typing import Any

from queries.columnar.export import WORK, Export
from queries.errors import ParameterError


class OnDuckDB:
    """A database of its own for an export; one process at a time works in it."""

    name = "duckdb"

    def __init__(self, export: Export, memory_mb: int) -> None:
        try:
            duckdb = import_module("duckdb")
        except ImportError as error:
            raise ParameterError(
                "duckdb is not installed; install it with `pip install duckdb`, or leave out the engine."
            ) from error
        folder = export.folder / WORK / "duckdb"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._spill = folder / "spill"
            made = {
                "memory_limit": f"{memory_mb}MB",
                "temp_directory": str(self._spill),
                "preserve_insertion_order": False,
            }
            self._made = duckdb.connect(str(folder / "work.duckdb"), config=made)
            self._made.execute(_SILENT)
        except (OSError, duckdb.IOException) as error:
            raise ParameterError(
                f"{folder} cannot be worked in ({str(error).splitlines()[0]}): another run may hold it, or "
                "it may not be written; wait for that run, or work on a copy of the export."
            ) from error
        for table in export.tables:
            files = str(export.folder / table / "**" / "*.parquet")
            self._made.read_parquet(files, hive_partitioning=True).create_view(table, replace=True)

    def stored(self) -> frozenset[str]:
        """Return the names of the tables that are kept."""
        return frozenset(name for (name,) in self._made.sql(_TABLES).fetchall())

    def keep(self, table: str, sql: str) -> None:
        """Make a table of a query."""
        self._made.sql(sql).create(table)

    def see(self, name: str, sql: str) -> None:
        """Make a view of a query."""
        self._made.sql(sql).create_view(name, replace=True)

    def alias(self, name: str, table: str) -> None:
        """Make a view of a table, unless it is the table itself."""
        if name != table:
            self._made.table(table).create_view(name, replace=True)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        found: list[tuple[Any, ...]] = self._made.sql(sql).fetchall()
        return found

    def drop(self, table: str) -> None:
        """Drop a table."""
        self._made.execute(f'DROP TABLE "{table}"')

    def close(self) -> None:
        """Close the database."""
        self._made.close()
        shutil.rmtree(self._spill, ignore_errors=True)


_SILENT = "SET enable_progress_bar = false"  # it writes to stdout, which is for data
_TABLES = "SELECT table_name FROM duckdb_tables()"
