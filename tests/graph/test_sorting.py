"""sorting: whatever the length of the runs, lines come as `sorted` gives them, and no file stays."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sorting import in_order

LINES = st.lists(st.text("aå \u2028<").map(lambda text: f"{text}\n".encode()), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, st.integers(1, 50))
def test_lines_come_in_order_and_no_file_stays(tmp_path: Path, lines: list[bytes], run: int) -> None:
    assert list(in_order(lines, tmp_path, run)) == sorted(lines)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(in_order([b"b\n", b"a\n"], tmp_path / "none", 1))
