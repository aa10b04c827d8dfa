"""The bench of the explorer runs when tiny, and both contestants are given the same network."""

import numpy as np
import pytest

from benchmarks import explorer
from benchmarks.networks_data import made


def test_large_projects_are_left_out() -> None:
    whole = made(60)
    found = explorer.small(whole)
    assert np.bincount(found.project).max() <= explorer.TEAM < np.bincount(whole.project).max()
    assert len(found.amount) == len(found.organisation) < len(whole.organisation)


@pytest.mark.browser
def test_the_bench_draws_both_and_says_ratios(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explorer, "TIMES", 1)
    explorer.main((30,))
    said = capsys.readouterr().out
    assert "  30 nodes, " in said and said.count("pyvis") == 2 and "nan" not in said
