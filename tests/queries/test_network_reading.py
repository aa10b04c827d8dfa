"""Reading networks from a store: the same as from rows, and real projects beside those of the seeds."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from api import cli
from graph.generations import Home
from graph.store import Store
from queries import catalogue, network_reading
from queries.answer import ask
from queries.network import Network
from queries.network_filters import Filter

ERDF = "data/tillvaxtverket_erdf_2014_2020/projektbanken_eruf_2014-2020_2016-10-14.json"


@pytest.mark.parametrize("name", ["counties", "organisations-areas"])
def test_columns_make_the_same_network_as_rows(store: Store, name: str) -> None:
    query = catalogue.network(name)
    one = network_reading.read(store, query, snapshot="7")
    other = Network.from_rows(name, ask(store, query).rows.dicts(), query.network_mode())
    assert (one.nodes, one.events, one.ties, one.snapshot) == (other.nodes, other.events, other.ties, "7")
    assert np.array_equal(one.counts, other.counts)


def test_what_is_told_of_others_makes_no_nodes(store: Store) -> None:
    query = catalogue.network("organisations")
    ties = {row["actor"] for row in ask(store, query).rows.dicts()}
    assert set(network_reading.read(store, query).ids) == ties


@pytest.mark.shared_data
def test_real_projects_of_one_beneficiary_stay_beside_those_of_the_seeds(
    built: Home, shared: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(built.folder, tmp_path / "store"))
    said = CliRunner().invoke(cli.app, ["load", "erdf_se", str(shared / ERDF), "--store", str(home), "-q"])
    assert said.exit_code == 0
    network = network_reading.read(Home(home).open(), catalogue.network("organisations"))
    assert [len(part) for part in network.components][:3] == [9, 8, 1]
    assert len(network.sources) == 52, "the list names one beneficiary a project"
    assert len(network.nodes) > 200 and len(network.events) > 370
    part = Filter(fund="Europeiska regionalfonden", since="2015", until="2015").apply(network)
    assert 0 < len(part.events) < len(network.events)
