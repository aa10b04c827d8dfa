"""Networks given out as files: where nodes stand, zips that are the same, and files beside one another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api import exporting
from queries.errors import ParameterError, UnknownName
from queries.format import format_of
from queries.network import Network


def net(many: int) -> Network:
    return Network.from_rows(
        "x", [{"actor": f"{at:03}", "event": str(at // 3)} for at in range(many)], "one-mode"
    )


def parts() -> dict[str, Iterator[str]]:
    return {"net": iter(["*Vertices 1\n", '1 "å"\n']), "degree.vec": iter(["*Vertices 1\n", "0\n"])}


@pytest.mark.parametrize("many", [10, 700])
def test_every_node_has_a_place_of_its_own(many: int) -> None:
    found = exporting.placed(net(many))
    assert len(found) == len(set(found)) == many
    assert exporting.placed(net(many)) == found
    assert exporting.placed(net(0)) == ()


def test_the_same_files_give_the_same_zip() -> None:
    assert exporting.zipped("x", parts()) == exporting.zipped("x", parts())


def test_files_are_written_beside_one_another(tmp_path: Path) -> None:
    assert exporting.to_disk(parts(), tmp_path / "a.net") == [tmp_path / "a.net", tmp_path / "a.degree.vec"]
    assert (tmp_path / "a.net").read_bytes() == '*Vertices 1\n1 "å"\n'.encode()
    assert exporting.to_disk(parts(), tmp_path / "a.zip") == [tmp_path / "a.zip"]


@pytest.mark.parametrize("name", ["x.net", "x.zip"])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(ParameterError, match=f"{name}: cannot be written: No such file"):
        exporting.to_disk(parts(), tmp_path / "no" / name)


def test_names_are_parted_by_commas_and_known() -> None:
    assert exporting.named("b, a,b", ("a", "b")) == ["b", "a"]
    assert exporting.named(None, ("a",)) == exporting.named("", ("a",)) == []
    with pytest.raises(UnknownName, match="There is no measure 'c'"):
        exporting.named("a,c", ("a", "b"))


def test_a_file_is_named_by_its_network_and_its_format() -> None:
    assert exporting.file_name("x", format_of("vosviewer")) == "x.vosviewer.json"
    assert exporting.file_name("x", format_of("pajek")) == "x.pajek.zip"
