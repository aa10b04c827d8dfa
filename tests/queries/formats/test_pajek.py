"""Pajek: igraph reads both modes, networkx the one-mode; partitions and vectors stand in its order."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import igraph
import networkx as nx
import pytest

from queries.attributes import Clean
from queries.format import BOM, Export, files, write
from queries.formats.pajek import NO_VALUE
from queries.network import Network

SAID = "Åäö & <b>'Ö'</b> 'x' rad två | tre; fyra, fem / sex"  # the nasty label as Pajek can hold it


@pytest.fixture
def path(text: Callable[[str], str], tmp_path: Path) -> Path:
    file = tmp_path / "x.net"
    file.write_text(text("pajek"), "utf-8", newline="\n")
    return file


def test_igraph_reads_labels_weights_and_sides(
    path: Path, network: Network, told_edges: dict[tuple[str, str], Clean]
) -> None:
    graph = igraph.Graph.Read_Pajek(str(path))
    order = sorted(network.nodes, key=lambda node: node.side == "event")
    assert graph.vs["id" if "id" in graph.vs.attributes() else "name"][:2] == [SAID, f"{SAID} (2)"]
    found = {(order[edge.source].id, order[edge.target].id): edge["weight"] for edge in graph.es}
    assert found == {ends: edge["count"] for ends, edge in told_edges.items()}
    assert not graph.is_directed()
    if network.mode == "two-mode":
        assert path.read_text("utf-8").startswith("*Vertices 8 5\n")
        assert graph.vs["type"] == [node.side == "event" for node in order]


@pytest.mark.parametrize("mode", ["one-mode"], indirect=True)
def test_networkx_reads_one_mode(path: Path, told_edges: dict[tuple[str, str], Clean]) -> None:
    graph: nx.Graph[str] = nx.Graph(nx.read_pajek(path))
    assert list(graph)[:3] == [SAID, f"{SAID} (2)", "  blank fore and aft  "]
    counts = sorted(float(edge["count"]) for edge in told_edges.values())
    assert sorted(data["weight"] for *_, data in graph.edges(data=True)) == counts


def test_every_measure_is_a_partition_or_a_vector_of_the_same_order(
    export: Export, told_nodes: dict[str, Clean]
) -> None:
    found = {ending: "".join(text).splitlines() for ending, text in files("pajek", export).items()}
    order = [node.id for node in sorted(export.network.nodes, key=lambda node: node.side == "event")]
    assert {"net", "degree.vec", "strength.vec", "strength_partners.vec", "communities.clu"} <= set(found)
    for ending, (head, *values) in found.items():
        if ending == "net":
            continue
        name = ending.rpartition(".")[0]
        assert head == f"*Vertices {len(order)}"
        assert [float(value) for value in values] == [
            told_nodes[key].get(name, float(NO_VALUE)) for key in order
        ]


@pytest.mark.parametrize("mode", ["one-mode"], indirect=True)
def test_what_is_undefined_is_pajeks_own_number_for_it(export: Export) -> None:
    values = "".join(files("pajek", export)["constraint.vec"]).splitlines()
    assert values[3] == "999999998"


def test_positions_are_moved_into_the_square(path: Path) -> None:
    lines = path.read_text("utf-8").partition("*Edges")[0].splitlines()[1:]
    points = [tuple(map(float, line.rpartition('"')[2].split())) for line in lines]
    assert all(0 < part < 1 for point in points for part in point)
    assert len(set(points)) == len(points)


def test_positions_are_left_out_where_there_are_none(network: Network) -> None:
    assert write("pajek", Export(network)).splitlines()[1] == f'1 "{SAID}"'


def test_a_byte_order_mark_is_for_pajek_itself(export: Export) -> None:
    assert write("pajek", dataclasses.replace(export, bom=True)).startswith(f"{BOM}*Vertices")
