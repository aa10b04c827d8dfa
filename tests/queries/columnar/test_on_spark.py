"""Spark: every step is taken by its grammar; one job on two executor processes is what our arrays give."""

import shutil
from pathlib import Path

import pytest
import sqlglot

from queries.columnar import export, measured
from queries.columnar.large import LargeNetwork
from queries.columnar.on_spark import OnSpark, transpiled
from queries.columnar.work import filled, steps
from queries.errors import ParameterError
from queries.measure import MeasureResult
from tests.queries.columnar.conftest import dated, of_arrays
from tests.queries.columnar.test_measured import alike

GIVEN = {
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


@pytest.mark.parametrize("step", steps())
def test_every_step_is_one_text_for_both(step: str) -> None:
    sql = transpiled(filled(step, GIVEN))
    assert sqlglot.parse_one(sql, read="spark").sql("spark") == sql


def test_one_job_on_two_executor_processes(tmp_path: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("Java is not installed: sh scripts/java.sh")
    made = export.write(tmp_path / "export", dated())
    spark = OnSpark(made, "local-cluster[2,1,1024]", 2)
    found = LargeNetwork(made, spark)
    for name, weight in (
        ("degree", {}),
        ("strength", {"weight": "newman"}),
        ("strength", {"weight": "amount"}),
    ):
        expected = of_arrays(name, dated(), {**weight})
        assert isinstance(expected, MeasureResult)
        result = measured.run(name, found, **weight)
        assert (result.engine, result.engine_version[0].isdigit()) == ("spark", True)
        alike(result, expected)
    kept = spark.stored()
    assert {"edges", "shares", "parts__settled"} <= kept  # the loop of components has come to its end
    assert not any(table.startswith("parts__0") for table in kept)  # and left no round behind
    spark.close()


def test_a_master_that_is_none_is_told(tmp_path: Path) -> None:
    if not shutil.which("java"):
        pytest.skip("Java is not installed: sh scripts/java.sh")
    made = export.write(tmp_path / "export", dated())
    with pytest.raises(ParameterError, match="Spark cannot be reached at 'nowhere' .*SAMSPEL_SPARK_MASTER"):
        OnSpark(made, "nowhere", 2)
