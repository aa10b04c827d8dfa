"""Nested JSON gives its objects one by one, in one form."""

from pathlib import Path

import pytest

from loaders.errors import FileError
from loaders.reading.json_stream import Number
from loaders.reading.objects import objects
from loaders.source import Reject


def test_objects_come_nested_in_nfc_and_with_numbers_as_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '[\n{"n": [{"v": " Malmo\u0308 "}], "x": 1.10, "y": null, "z": true},\n{"n": "\\u0007"}]', "utf-8"
    )
    rejects = list[Reject]()
    (each,) = objects(path, rejects.append)
    ((line, value),) = each.records()
    assert (line, value) == (2, {"n": [{"v": "Malmö"}], "x": "1.10", "y": None, "z": True})
    assert isinstance(value["x"], Number)
    assert (each.read, [(reject.line, reject.reason) for reject in rejects]) == (
        2,
        [(3, "control character U+0007 at position 1 is refused")],
    )


def test_a_path_without_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="holds no JSON"):
        next(objects(tmp_path, lambda reject: None))
