"""Spark: every step is taken by its grammar; one job on two executor processes is what our arrays give."""

import shutil
from pathlib import Path

import pytest
import sqlglot

from benchmarks.processes import free_port
from queries.columnar import export, measured
from queries.columnar.large import LargeNetwork
from queries.columnar.on_spark import OnSpark, transpiled
from queries.columnar.work import Given, filled, steps
from queries.errors import ParameterError
from queries.measure import MeasureResult
from tests.queries.columnar.conftest import dated, of_arrays
from tests.queries.columnar.test_measured import alike

GIVEN: dict[str, Given] = {
    "weight": "count",
    "by": "kind",
    "counting": "start",
    "damping": 0.85,
    "nodes": 34,
    "grain": 10,
    "unit": 1,
    "side": 0,
    "first": 2000,
    "last": 2020,
    "periods": [(0, 2000, 2006), (1, 2007, 2013)],
}
QUICKLY = {  # to start and to compile is most of what so small a job takes
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions "
    "-XX:-BytecodeVerificationRemote",
    "PYSPARK_SUBMIT_ARGS": "--conf spark.sql.codegen.wholeStage=false --conf spark.sql.codegen.factoryMode="
    "NO_CODEGEN --conf spark.sql.adaptive.enabled=false pyspark-shell",
    "SPARK_LOCAL_IP": "127.0.0.1",
}


@pytest.mark.parametrize("step", steps())
def test_every_step_is_one_text_for_both(step: str) -> None:
    sql = transpiled(filled(step, GIVEN))
    assert sqlglot.parse_one(sql, read="spark").sql("spark") == sql


def test_one_job_on_two_executor_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("java"):
        pytest.skip("Java is not installed: sh scripts/java.sh")
    for name, value in QUICKLY.items():
        monkeypatch.setenv(name, value)
    made = export.write(tmp_path / "export", dated())
    spark = OnSpark(made, "local-cluster[2,1,1024]", 2)
    found = LargeNetwork(made, spark)
    expected = of_arrays("degree", dated(), {})
    assert isinstance(expected, MeasureResult)
    result = measured.run("degree", found)
    assert (result.engine, result.engine_version[0].isdigit()) == ("spark", True)
    alike(result, expected)
    kept = spark.stored()
    assert {"edges", "shares", "parts__settled"} <= kept  # the loop of components has come to its end
    assert not any(table.startswith("parts__0") for table in kept)  # and left no round behind
    spark.close()


def test_a_server_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    made, master = export.write(tmp_path, dated()), f"sc://127.0.0.1:{free_port()}"
    with pytest.raises(ParameterError) as found:
        OnSpark(made, master, 2)
    said = str(found.value)
    assert said.startswith(f"Spark cannot be reached at '{master}' (") and "pyspark[connect]" in said
