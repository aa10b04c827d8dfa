"""The made-up networks have the stated shape, all contestants find the same, and the bench runs when tiny."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from scipy.sparse import triu

from api.commands_network import read_network
from benchmarks import networks
from benchmarks.networks_data import Data, Floats, made
from benchmarks.networks_way import LINEAR, OURS, contestant, our_store, timed
from benchmarks.peers import networks as peers
from graph.iris import Iris
from graph.store import Store
from queries.network import Network

if TYPE_CHECKING:
    import igraph
    import networkx as nx


@pytest.fixture(scope="module")
def data() -> Data:
    """Ten thousand projects."""
    return made(10_000)


def _degrees(data: Data) -> Floats:
    met = triu(data.incidence @ data.incidence.T, k=1).tocoo()
    return np.bincount(np.concatenate([met.row, met.col]), minlength=len(data.region)).astype(np.float64)


def test_sizes_are_those_that_were_measured_before(data: Data) -> None:
    degrees = _degrees(data)
    assert len(data.region) == 5_000
    assert len(data.project) == pytest.approx(45_776, rel=0.03)
    assert degrees.sum() / 2 == pytest.approx(140_185, rel=0.05)
    assert np.count_nonzero(np.bincount(data.organisation)) == pytest.approx(4_872, rel=0.02)


def test_a_few_are_in_nearly_everything(data: Data) -> None:
    degrees, teams = _degrees(data), np.bincount(data.project)
    assert degrees.max() > 20 * degrees.mean()
    assert [teams.min(), np.median(teams)] == [1, 3]
    assert 30 < teams.max() <= 60
    often = np.sort(np.bincount(data.organisation))[::-1]
    assert often[:500].sum() > 0.35 * often.sum()  # a tenth of all


def test_most_are_from_one_region(data: Data) -> None:
    teams = np.zeros((len(data.since), 11))
    np.add.at(teams, (data.project, data.region[data.organisation]), 1)
    assert 0.65 < teams.max(axis=1).sum() / teams.sum() < 0.85  # those of any other place may be near too


def test_regions_sectors_years_and_amounts_are_as_stated(data: Data) -> None:
    assert (len(np.unique(data.region)), len(np.unique(data.sector))) == (11, 5)
    assert (data.since.min(), data.since.max(), data.until.max()) == (2000, 2026, 2030)
    assert (data.until > data.since).all()
    assert np.log(data.amount).std() == pytest.approx(1, abs=0.02)


def test_the_same_seed_gives_the_same_data_and_no_pair_twice(data: Data) -> None:
    again, other = made(10_000), made(10_000, seed=2)
    assert np.array_equal(data.organisation, again.organisation)
    assert np.array_equal(data.amount, again.amount)
    assert not np.array_equal(data.organisation[:1_000], other.organisation[:1_000])
    assert data.incidence.nnz == len(data.project)
    assert data.incidence.max() == 1


def test_rows_and_triples_give_the_same_network(tmp_path: Path) -> None:
    few, file = made(60), tmp_path / "data.nt"
    triples = few.write(file)
    repeated = 3 * (len(few.amount) - len(set(few.amount.tolist())))  # equal amounts are one thing
    store = Store.memory()
    store.load(Iris().graph("bench")[1:-1], [file.read_bytes()])
    assert len(store.lines()) == triples - repeated
    read, given = (
        read_network(store, "organisations", {}),
        Network.from_rows("organisations", few.rows(), "one-mode"),
    )
    assert read.ids == given.ids
    assert np.array_equal(read.counts, given.counts)
    assert [node.territory for node in read.nodes] == [node.territory for node in given.nodes]
    assert [node.kind for node in read.nodes] == [node.kind for node in given.nodes]
    assert read.edge_amounts is not None
    assert given.edge_amounts == pytest.approx(read.edge_amounts)


def test_the_smallest_sizes_can_be_made() -> None:
    assert [len(made(many).since) for many in (1, 2, 3, 10)] == [1, 2, 3, 10]


@pytest.mark.parametrize("name", [*OURS, *peers.PEERS])
def test_a_contestant_has_tasks_that_can_be_run(name: str) -> None:
    for _, work in contestant(name)(made(60)):
        assert work() is not None


def test_contestants_project_the_same() -> None:
    few = made(300)
    ours = Network.from_rows("bench", few.rows(), "one-mode")
    counted, shared = [cast("nx.Graph[int]", work()) for _, work in peers.networkx_projection(few)]
    (fast,) = [cast("igraph.Graph", work()) for _, work in peers.igraph_projection(few)]
    assert counted.number_of_edges() == len(ours.counts) == fast.ecount()
    assert counted.size("weight") == ours.counts.sum() == sum(fast.es["weight"])
    assert shared.size("weight") == pytest.approx(ours.weights("newman").sum(), rel=1e-12)


def test_the_bench_runs_and_says_whether_its_goals_are_reached(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(name: str, projects: int, folder: str) -> networks.Took:
        data = made(projects)
        tasks = our_store(data, Path(folder)) if folder else contestant(name)(data)
        took = {task: timed(work) for task, work in tasks}
        cpu, clock = ({task: both[at] for task, both in took.items()} for at in (0, 1))
        return networks.Took(cpu, clock, peak=1.0)

    monkeypatch.setattr(networks, "once", here)
    networks.main((20, 60), full=True, rounds=1)
    said = capsys.readouterr().out
    assert said.count("reached") == 8
    assert "nan" not in said


def test_a_contestant_is_measured_in_a_process_of_its_own() -> None:
    took = networks.once("our linear", 20, "")
    assert set(took.tasks) == set(took.clock) == set(LINEAR)
    assert 0 < took.all < 10
    assert 10e6 < took.peak < 2e9
