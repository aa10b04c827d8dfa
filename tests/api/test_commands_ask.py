"""`samspel network`: every format, the files that go with it, and what is refused before it is read."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api import cli
from api.commands_network import NetworkForm
from graph.generations import Home
from queries.errors import MeaninglessError, ParameterError, UnknownName
from queries.format import BOM, formats

Ask = Callable[..., Result]
FILES = ["x.net", "x.degree.vec", "x.degree_share.vec", "x.communities.clu"]


@pytest.fixture
def ask(built: Home) -> Ask:
    """Ask the built store for its network of organisations."""

    def run(form: str, *args: str | Path) -> Result:
        given = ["network", "organisations", "--format", form, *map(str, args)]
        return CliRunner().invoke(cli.app, given, env={"SAMSPEL_STORE": str(built.folder)})

    return run


def test_the_formats_of_the_command_are_those_there_are() -> None:
    assert sorted(NetworkForm) == sorted([*formats(), "html"])


@pytest.mark.parametrize("form", sorted(set(formats()) - {"rdf", "pajek"}))
def test_a_format_is_the_same_on_stdout_and_in_a_file(ask: Ask, form: str, tmp_path: Path) -> None:
    said = ask(form)
    assert (said.exit_code, said.stderr) == (0, "")
    assert len(said.stdout) > 500
    assert ask(form, "-o", tmp_path / "x").stderr == f"Wrote {tmp_path / 'x'}\n"
    assert (tmp_path / "x").read_text("utf-8") == said.stdout


def test_several_files_are_written_beside_one_another(ask: Ask, tmp_path: Path) -> None:
    said = ask("pajek", "--measures", "degree,communities", "-o", tmp_path / "x.net")
    assert said.stderr.startswith(f"Wrote {', '.join(str(tmp_path / name) for name in FILES)}, ")
    assert all((tmp_path / name).read_text("utf-8").startswith("*Vertices 17\n") for name in FILES)


def test_several_files_are_written_as_one_zip(ask: Ask, tmp_path: Path) -> None:
    asked = ("pajek", "--measures", "degree,communities")
    assert ask(*asked, "-o", tmp_path / "x.zip").stderr == f"Wrote {tmp_path / 'x.zip'}\n"
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert archive.namelist()[:4] == FILES
        assert archive.read("x.net").decode() == ask(*asked).stdout


def test_of_several_files_the_first_goes_to_stdout_and_the_rest_are_told_of(ask: Ask) -> None:
    said = ask("pajek", "--measures", "degree")
    assert said.stdout.startswith("*Vertices 17\n")
    assert said.stderr == "2 more files go with it; write them with -o FILE.net or -o FILE.zip\n"


def test_measures_go_along_when_they_are_named(ask: Ask) -> None:
    header = next(csv.reader(io.StringIO(ask("nodes", "--measures", "degree, k_core").stdout)))
    assert header == ["id", "label", "kind", "territory", "side", "degree", "degree_share", "k_core"]
    assert ask("rdf", "--measures", "degree").stdout.count("a qb:Observation") == 2 * 17


@pytest.mark.parametrize("form", ["csv", "nodes", "pajek"])
def test_a_byte_order_mark_can_be_had(ask: Ask, form: str) -> None:
    assert ask(form, "--bom").stdout == BOM + ask(form).stdout


@pytest.mark.parametrize(
    ("args", "kind", "message"),
    [
        (["json", "--measures", "degre"], UnknownName, "There is no measure 'degre'. Did you mean 'degree'"),
        (["csv", "--measures", "degree"], ParameterError, "--measures does nothing for csv; it does for"),
        (["html", "--bom"], ParameterError, "--bom does nothing for html; it does for csv, nodes, pajek."),
        (["rdf"], MeaninglessError, "Format 'rdf' holds the values of measures, and none is given"),
        (["gexf", "-o", "/no/x"], ParameterError, "/no/x: cannot be written: No such file or directory."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_would_do_nothing_is_refused(ask: Ask, args: list[str], kind: type, message: str) -> None:
    said = ask(*args)
    assert isinstance(said.exception, kind) and message in str(said.exception)
    assert said.stdout == ""
