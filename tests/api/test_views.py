"""Views on the command line and over HTTP: two files, the same bytes, and refusals in sentences."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api import cli
from api.options import Session, session
from graph.dump import FORMS, dump_view
from graph.errors import StoreError
from graph.generations import Home
from queries import catalogue

NAMES = tuple(catalogue.views())
MEDIA = {"ttl": "text/turtle; charset=utf-8", "nt": "application/n-triples"}


@pytest.fixture
def here(built: Home) -> Session:
    return session(str(built.folder))


def dumped(built: Home, folder: Path, *options: str) -> tuple[int, str]:
    said = CliRunner().invoke(cli.app, ["dump", str(folder), "--store", str(built.folder), *options])
    return said.exit_code, said.stderr if said.exception is None else str(said.exception)


@pytest.mark.parametrize("name", NAMES)
def test_a_view_is_two_files_and_nothing_else_and_the_same_twice(
    name: str, built: Home, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    code, err = dumped(built, one, "--view", name)
    assert (code, err.split()) == (0, ["Wrote", str(one / f"{name}.ttl"), "Wrote", str(one / f"{name}.nt")])
    assert dumped(built, two, "--view", name, "-q") == (0, "")
    assert sorted(path.name for path in one.iterdir()) == [f"{name}.nt", f"{name}.ttl"]
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()
    turtle, lines = (
        {str(quad) for quad in parse(path=str(one / f"{name}.{form.file_extension}"), format=form)}
        for form in FORMS
    )
    assert turtle == lines
    assert len(lines) > 1000


def test_a_view_that_there_is_not_is_told(built: Home, tmp_path: Path) -> None:
    code, err = dumped(built, tmp_path, "--view", "euro")
    assert code != 0
    assert err == "There is no view 'euro'. Did you mean 'eurio'?"


def test_a_view_is_no_file_of_quads(built: Home, tmp_path: Path) -> None:
    code, err = dumped(built, tmp_path / "all.nq", "--view", "org")
    assert code != 0
    assert err.endswith("all.nq: a view is two files, org.ttl and org.nt; name a folder.")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(here: Session, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(StoreError, match=r"org\.ttl: cannot be written: .+\."):
        dump_view(here.open(), "org", [part.text for part in catalogue.view("org")], tmp_path / "file")


def test_a_part_runs_as_it_stands(built: Home) -> None:
    path = catalogue.view("eurio")[0].path
    said = CliRunner().invoke(
        cli.app, ["query", str(path), "--format", "nt", "--store", str(built.folder)], catch_exceptions=False
    )
    assert "<http://data.europa.eu/s66#Grant>" in said.stdout


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", MEDIA)
def test_a_view_over_http_is_the_file(
    name: str, ending: str, here: Session, client: TestClient, tmp_path: Path
) -> None:
    dump_view(here.open(), name, [part.text for part in catalogue.view(name)], tmp_path)
    answer = client.get(f"/dumps/view/{name}.{ending}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA[ending])
    assert answer.content == (tmp_path / f"{name}.{ending}").read_bytes()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/dumps/view/euro.ttl", "There is no view 'euro'"),
        ("/dumps/view/org.rdf", "It comes as ttl, nt, not as rdf."),
    ],
)
def test_what_is_not_there_is_told_over_http(path: str, told: str, client: TestClient) -> None:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert told in answer.text.replace("&#39;", "'")


def test_turtle_is_short_where_it_can_be(client: TestClient) -> None:
    text = client.get("/dumps/view/eurio.ttl").text
    assert "@prefix eurio: <http://data.europa.eu/s66#> ." in text
    assert "samspel/ontology#" not in text
    assert len(list(parse(text.encode(), format=RdfFormat.TURTLE))) > 1000
