"""Run the steps on Spark: the same texts, transpiled by sqlglot; each table is a folder of Parquet files."""

import shutil
import socket
from functools import cache
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlsplit

from queries.columnar.export import WORK, Export
from queries.errors import ParameterError

_CONNECT: Final = 15002  # the port of Spark Connect where none is named
_PATIENCE: Final = 10.0  # seconds until its server takes a connection


class OnSpark:
    """A session of Spark, on this machine, on a cluster, or by Spark Connect (a master `sc://HOST`)."""

    name = "spark"

    def __init__(self, export: Export, master: str, partitions: int) -> None:
        try:
            pyspark, _ = import_module("pyspark.sql"), import_module("sqlglot")
        except ImportError as error:
            raise ParameterError(
                f"{error.name} is not installed, which the engine spark needs; install it with "
                "`pip install pyspark sqlglot`, or use the engine duckdb."
            ) from error
        self._folder = (export.folder / WORK / "spark").resolve()
        self._session = _session(pyspark, master, partitions)
        for table in export.tables:
            folder = (export.folder / table).resolve()
            self._session.read.parquet(f"file://{folder}").createOrReplaceTempView(table)
        for table in self.stored():
            self._session.read.parquet(f"file://{self._folder / table}").createOrReplaceTempView(table)

    def stored(self) -> frozenset[str]:
        """Return the names of the folders that were written to the end."""
        return frozenset(path.parent.name for path in self._folder.glob("*/_SUCCESS"))

    def keep(self, table: str, sql: str) -> None:
        """Write the rows of a query to a folder, and read them from there from now on."""
        folder = f"file://{self._folder / table}"
        made = self._session.sql(transpiled(sql))
        made.write.mode("overwrite").parquet(folder)
        self._session.read.schema(made.schema).parquet(folder).createOrReplaceTempView(table)

    def see(self, name: str, sql: str) -> None:
        """Make a view of a query."""
        self._session.sql(transpiled(sql)).createOrReplaceTempView(name)

    def alias(self, name: str, table: str) -> None:
        """Make a view of a table."""
        self._session.table(table).createOrReplaceTempView(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return [tuple(row) for row in self._session.sql(transpiled(sql)).collect()]

    def drop(self, table: str) -> None:
        """Remove the folder of a table."""
        shutil.rmtree(self._folder / table)

    def close(self) -> None:
        """End the session."""
        self._session.stop()


@cache
def transpiled(sql: str) -> str:
    """Return a text of DuckDB's SQL as Spark's."""
    found: str = import_module("sqlglot").transpile(sql, read="duckdb", write="spark", comments=False)[0]
    return found


def _session(pyspark: Any, master: str, partitions: int) -> Any:
    remote = master.startswith("sc://")
    settings: dict[str, object] = {"spark.sql.shuffle.partitions": partitions}
    if not remote:  # what a server of Spark Connect decides for itself
        settings |= {"spark.ui.enabled": False, "spark.ui.showConsoleProgress": False}
        settings |= {"spark.log.level": "ERROR"}
    try:
        if remote:
            _knock(master)
        builder = pyspark.SparkSession.builder.appName("samspel")
        builder = builder.remote(master) if remote else builder.master(master)
        for name, value in settings.items():
            builder = builder.config(name, value)
        return builder.getOrCreate()
    except Exception as error:  # Py4J, gRPC and Spark each have their own
        said = (str(error) or type(error).__name__).splitlines()[0]
        more = "; Spark Connect needs `pip install 'pyspark[connect]'`" if remote else ""
        raise ParameterError(
            f"Spark cannot be reached at {master!r} ({said}); SAMSPEL_SPARK_MASTER names it, such as "
            f"local[*], spark://HOST:7077 or sc://HOST; it needs Java 17 or later{more}."
        ) from error


def _knock(master: str) -> None:
    """Open a connection to a server of Spark Connect and close it: gRPC itself tries for many minutes."""
    where = urlsplit(master)
    socket.create_connection((where.hostname or "", where.port or _CONNECT), _PATIENCE).close()
