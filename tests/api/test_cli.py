"""The command line as a person meets it: data on stdout, talk on stderr, exit codes 0 to 3, no traceback."""

import csv
import io
import json
import re
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
import typer.main
from pyoxigraph import Literal, RdfFormat, parse

from api import cli
from api.settings import Settings, variable
from graph.generations import Home
from queries import catalogue, matrix_measure, measure

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "queries"
INVALID = sorted((ROOT / "ontology" / "examples" / "invalid").glob("*.ttl"))
GROUP = typer.main.get_group(cli.app)
CONTEXT = typer.Context(GROUP)
COMMANDS = sorted(GROUP.list_commands(CONTEXT))
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <https://w3id.org/samspel/id/county/05> } ?s ?p ?o }"
ROWS = 'SELECT ?code WHERE { ?x <https://w3id.org/samspel/ontology#scbCode> ?code FILTER(?code = "05") }'


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Samspel = Callable[..., Said]


@pytest.fixture
def samspel(built: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Samspel:
    """Run the command as its entry point does, on the built store unless --store names another."""

    def run(*args: str | Path, stdin: str = "") -> Said:
        monkeypatch.setenv("SAMSPEL_STORE", str(built.folder))
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setattr(sys, "argv", ["samspel", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return Said(int(ended.value.code or 0), shown.out, shown.err)

    return run


def table(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_without_a_command_the_commands_are_listed(samspel: Samspel) -> None:
    said = samspel()
    assert [
        name for name in COMMANDS if not re.search(rf"^  {name} ", said.out + said.err, re.MULTILINE)
    ] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(samspel: Samspel, command: str) -> None:
    said = samspel(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert re.search(rf"Usage: samspel {command} \[OPTIONS\]", said.out)
    about = " ".join(said.out.split("\n\n")[1].split())
    assert about.endswith(".") and about[0].isupper()
    assert f" {command} {about.partition('. ')[0].rstrip('.')}" in " ".join(samspel("--help").out.split())
    found = GROUP.get_command(CONTEXT, command)
    for parameter in found.params if found else ():
        assert getattr(parameter, "help", None), f"{command}: {parameter.name} has no help"


@pytest.mark.parametrize("golden", ["cq01", "cq14", "cq24"])
def test_a_query_by_name_prints_the_golden(samspel: Samspel, golden: str) -> None:
    expected = (GOLDEN / f"{golden}.csv").read_text("utf-8")
    assert samspel("query", golden, "--format", "csv") == Said(0, expected, "")


def test_a_query_takes_parameters(samspel: Samspel) -> None:
    said = samspel("query", "cq23", "thing=Östra Mellansverige", "--format", "csv")
    assert said.out == (GOLDEN / "cq23-ostra-mellansverige.csv").read_text("utf-8")


def test_a_query_as_a_table_says_what_it_asks(samspel: Samspel) -> None:
    said = samspel("query", "cq10")
    assert (said.code, said.err) == (0, "")
    assert "Science Park Jönköping AB" in said.out
    assert said.out.splitlines()[-1] == "Who to call: which organisation leads the matched area? (1 row)"


def test_a_query_from_a_file_with_a_header(samspel: Samspel) -> None:
    path = catalogue.query("cq03").path
    golden = (GOLDEN / "cq03.csv").read_text("utf-8")
    assert samspel("query", path, "level=seed", "--format", "csv").out == golden


def test_a_query_from_a_file_without_a_header(samspel: Samspel, tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text(f"# my own\n{ROWS}\n", "utf-8")
    assert samspel("query", tmp_path / "own.rq", "--format", "csv") == Said(0, "code\n05\n", "")


def test_a_query_from_stdin_and_as_text(samspel: Samspel) -> None:
    assert samspel("query", "-", "--format", "csv", stdin=ROWS) == Said(0, "code\n05\n", "")
    assert samspel("query", ROWS, "--format", "tsv") == Said(0, "code\n05\n", "")


def test_rows_in_every_format(samspel: Samspel) -> None:
    def asked(form: str) -> str:
        return samspel("query", "cq03", "--format", form).out

    rows = json.loads(asked("json"))
    assert [list(row.values()) for row in rows] == table(asked("csv"))[1:] == table(asked("tsv"), "\t")[1:]
    assert list(rows[0]) == ["area", "lead", "evidence"]
    assert asked("markdown").splitlines()[0] == "| area | lead | evidence |"
    assert asked("table").splitlines()[0].split() == ["area", "lead", "evidence"]


@pytest.mark.parametrize(
    ("form", "name"), [("ttl", "ttl"), ("nt", "nt"), ("jsonld", "jsonld"), ("table", "ttl")]
)
def test_triples_in_every_format(samspel: Samspel, form: str, name: str) -> None:
    said = samspel("query", TRIPLES, "--format", form)
    found = {quad.object for quad in parse(said.out.encode(), format=RdfFormat.from_extension(name))}
    assert (said.code, said.err) == (0, "")
    assert Literal("Östergötlands län", language="sv") in found
    described = samspel("query", "DESCRIBE <https://w3id.org/samspel/id/county/05>", "--format", "nt").out
    assert set(described.splitlines()) >= set(samspel("query", TRIPLES, "--format", "nt").out.splitlines())


def test_yes_and_no(samspel: Samspel) -> None:
    ask = "ASK {{ ?x <https://w3id.org/samspel/ontology#scbCode> '{}' }}"
    assert samspel("query", ask.format("05")) == Said(0, "true\n", "")
    assert samspel("query", ask.format("99")) == Said(1, "false\n", "")


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["query", "cq99"], 2, "There is no query 'cq99'. Did you mean 'cq"),
        (["query", "none.rq"], 2, "none.rq: cannot be read: No such file or directory."),
        (["query", "SELECT {"], 2, "The query cannot be parsed: error at 1:9"),
        (
            ["query", ROWS, "--format", "ttl"],
            2,
            "Rows cannot be written as 'ttl': expected csv, tsv, json, markdown.",
        ),
        (
            ["query", TRIPLES, "--format", "csv"],
            2,
            "Triples cannot be written as 'csv': expected ttl, nt, jsonld.",
        ),
        (
            ["query", ROWS, "level=all"],
            2,
            "Parameters go with catalogued queries and .rq files that declare them.",
        ),
        (["query", "cq03", "level"], 2, "'level' is no parameter; write it as name=value."),
        (["query", "cq03", "lvl=all"], 2, "Query 'cq03' takes no parameter 'lvl'; it takes level."),
        (["query", "cq03", "level=page"], 2, "Parameter level is 'page': expected one of seed, all."),
        (
            ["query", "cq13", "day=1 april"],
            2,
            "Parameter day is '1 april': expected a day such as 2024-04-01.",
        ),
        (
            ["query", "cq01", "--store", "/no/store"],
            3,
            "/no/store: there is no store here yet. Make one: samspel build",
        ),
        (["publish", "--store", "http://x.org/sparql"], 2, "http://x.org/sparql"),
        (["network", "organisation"], 2, "There is no network 'organisation'. Did you mean 'organisations'"),
        (
            ["network", "organisations", "-o", "/no/x.csv"],
            2,
            "/no/x.csv: cannot be written: No such file or directory.",
        ),
        (["measure", "degre"], 2, "There is no measure 'degre'. Did you mean 'degree'?"),
        (["measure", "degree", "--network", "x"], 2, "There is no network 'x'."),
        (["measure", "degree", "x=1"], 2, "The measure 'degree' has no parameter 'x'"),
        (["match", "https://x.org/"], 2, "There is no need 'https://x.org/'."),
        (["load", "x"], 2, "There is no source 'x'; there are actors, cordis, erdf_se,"),
        (["validate", "/no/x.ttl"], 2, "/no/x.ttl: cannot be read: No such file or directory."),
        (["verify", "--store", "/no/store"], 3, "/no/store: there is no store here yet."),
        (["dump", "/no", "--store", "/no/store"], 3, "/no/store: there is no store here yet."),
        (["build", "--store", "/dev/null/x"], 3, "/dev/null/x: cannot be written: Not a directory."),
        (["build", "--base", "x"], 2, "base is 'x': expected an address"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_errors_are_sentences_on_stderr(samspel: Samspel, args: list[str], code: int, message: str) -> None:
    said = samspel(*args)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith("samspel: ") and message in said.err
    assert said.err.count("\n") == 1, "a message is one line, however long"


@pytest.mark.parametrize(
    "args",
    [["none"], ["query"], ["query", "cq01", "--format", "pdf"], ["network", "counties", "--language", "de"]],
)
def test_wrong_usage_is_told_with_the_way_to_help(samspel: Samspel, args: list[str]) -> None:
    said = samspel(*args)
    assert (said.code, said.out) == (2, "")
    assert "Usage: samspel" in said.err and "--help' for help." in said.err


def test_a_bad_setting_is_wrongly_asked(samspel: Samspel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSPEL_LANGUAGE", "de")
    assert samspel("check") == Said(
        2, "", "samspel: language is 'de': expected sv or en (SAMSPEL_LANGUAGE).\n"
    )


def test_the_catalogues(samspel: Samspel) -> None:
    for command, known in (("queries", catalogue.queries()), ("networks", catalogue.networks())):
        listed = json.loads(samspel(command, "--json").out)
        assert [each["name"] for each in listed] == list(known)
        assert set(listed[0]) == {"name", "category", "title_sv", "title_en", "parameters", "returns"}
        told = samspel(command).out
        assert all(name in told for name in known)
    assert [each["name"] for each in json.loads(samspel("measures", "--json").out)] == sorted(
        measure.measures() | matrix_measure.measures()
    )
    said = samspel("measures").out
    assert all(name in said for name in measure.measures() | matrix_measure.measures())


def test_a_network_in_every_format(samspel: Samspel, tmp_path: Path) -> None:
    def written(form: str) -> str:
        said = samspel("network", "organisations", "--format", form)
        assert (said.code, said.err) == (0, "")
        return said.out

    assert len(table(written("csv"))) == 1 + 52
    assert len(table(written("nodes"))) == 1 + 17
    assert json.loads(written("json"))
    assert ElementTree.fromstring(written("graphml")).tag.endswith("graphml")  # noqa: S314  # our own text
    assert ElementTree.fromstring(written("gexf")).tag.endswith("gexf")  # noqa: S314  # our own text
    assert samspel("network", "organisations").out == written("csv")
    said = samspel("network", "organisations", "--format", "gexf", "-o", tmp_path / "x.gexf")
    assert said == Said(0, "", f"Wrote {tmp_path / 'x.gexf'}\n")
    assert (tmp_path / "x.gexf").read_text("utf-8") == written("gexf")


def test_a_network_as_a_page(samspel: Samspel, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    for language, title in (
        ("sv", "Organisationer som samarbetar"),
        ("en", "Organisations that work together"),
    ):
        arguments = ("--format", "html", "--language", language, "--out", path, "--quiet")
        assert samspel("network", "organisations", *arguments) == Said(0, "", "")
        assert title in path.read_text("utf-8")


def test_a_measure_in_every_format(samspel: Samspel) -> None:
    rows = table(samspel("measure", "degree", "--format", "csv").out)
    told = json.loads(samspel("measure", "degree", "--format", "json").out)
    assert (told["network"], told["nodes"], told["edges"], told["components"]) == ("organisations", 17, 52, 2)
    assert [list(map(str, value.values())) for value in told["values"]] == rows[1:]
    shown = samspel("measure", "degree")
    assert shown.out.splitlines()[-1].startswith(
        "Number of partners of organisations: 17 nodes, 52 edges, 2 components;"
    )


def test_notes_of_a_measure_are_talk(samspel: Samspel) -> None:
    said = samspel("measure", "betweenness", "--format", "csv")
    notes = json.loads(samspel("measure", "betweenness", "--format", "json").out)["notes"]
    assert notes and said.err == "".join(f"Note: {note}\n" for note in notes)
    assert "Note" not in said.out
    assert samspel("measure", "betweenness", "--format", "csv", "--quiet").err == ""


def test_matching_the_needs(samspel: Samspel) -> None:
    found = json.loads(samspel("match", "--format", "json").out)
    first = {each["needLabel"]: each["areaLabel"] for each in reversed(found)}
    assert first["Digitala tjänster i omsorgen"] == "Digital tjänsteutveckling"
    rows = table(samspel("match", "--format", "csv").out)
    assert rows[0] == ["need", "score", "area", "territory", "led by", "evidence", "because"]
    assert [(row[0], row[2]) for row in rows[1:]] == [
        (each["needLabel"], each["areaLabel"]) for each in found
    ]
    shown = samspel("match", "digitala tjänster i omsorgen")
    assert shown.code == 0 and "Science Park Jönköping AB" in shown.out
    assert shown.err.startswith("Inferred by samspel, method compound-ngram-2")


def test_a_need_that_nothing_meets_is_a_no(samspel: Samspel) -> None:
    assert samspel("match", "xyzzy") == Said(1, "", "No area matches 'xyzzy'.\n")
    assert samspel("match", "xyzzy", "--format", "json") == Said(1, "[]\n", "No area matches 'xyzzy'.\n")


def test_the_store_conforms(samspel: Samspel) -> None:
    said = samspel("validate", "--format", "json")
    assert (said.code, said.err) == (0, "")
    report = json.loads(said.out)
    assert report["conforms"] and {each["severity"] for each in report["findings"]} <= {"Warning"}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_does_not_conform(samspel: Samspel, path: Path) -> None:
    said = samspel("validate", path)
    assert said.code == 1
    assert re.search(r"The data (do not )?conform: \d+ violations, \d+ warnings", said.out.splitlines()[-1])


def test_a_report_in_every_format(samspel: Samspel) -> None:
    path = INVALID[0]
    report = json.loads(samspel("validate", path, "--format", "json").out)
    graph = rdflib.Graph().parse(data=samspel("validate", path, "--format", "ttl").out, format="turtle")
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))) == len(report["findings"])
    assert len(report["findings"]) > 0


def test_two_dumps_are_equal(samspel: Samspel, tmp_path: Path) -> None:
    said = samspel("dump", tmp_path / "one")
    assert said == Said(0, "", f"Wrote {tmp_path / 'one' / 'samspel.nq'}\n")
    assert samspel("dump", tmp_path / "two.nq", "-q") == Said(0, "", "")
    one = (tmp_path / "one" / "samspel.nq").read_bytes()
    assert one == (tmp_path / "two.nq").read_bytes()
    assert all(first < second for first, second in pairwise(graphs(one)))


def graphs(dump: bytes) -> list[bytes]:
    """Return the graphs of a dump in the order in which they come."""
    return [graph for graph, _ in groupby(line.rsplit(b" ", 2)[1] for line in dump.splitlines())]


def test_the_store_holds_what_its_manifest_says(samspel: Samspel) -> None:
    assert samspel("verify") == Said(0, "", "Generation 1 holds what its manifest says.\n")


def test_check_tells_of_the_token_only_that_it_is_set(
    samspel: Samspel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMSPEL_TOKEN", "hemligt")
    for said in (samspel("check"), samspel("check", "--json")):
        assert "hemligt" not in said.out + said.err
        assert re.search(r"token\W.*set", said.out)


def test_check_prints_every_setting(samspel: Samspel, built: Home, tmp_path: Path) -> None:
    said = samspel("check")
    for field in fields(Settings):
        assert re.search(rf"^{field.name} +{variable(field.name)} +\S", said.out, re.MULTILINE)
    assert re.fullmatch(r"Generation 1, made .*, \d+ triples\.\n", said.err)
    told = json.loads(samspel("check", "--json").out)
    assert told["generation"] == 1
    assert list(told["settings"]) == [field.name for field in fields(Settings)]
    assert (told["settings"]["port"], told["settings"]["store"]) == (8000, str(built.folder))
    empty = samspel("check", "--store", tmp_path)
    assert (empty.code, empty.err) == (0, "There is no store yet. Make one: samspel build\n")
    assert json.loads(samspel("check", "--json", "--store", tmp_path).out)["generation"] is None


def test_the_sources(samspel: Samspel, tmp_path: Path) -> None:
    found = json.loads(samspel("sources", "--json").out)
    bundled = [each for each in found if each["kind"] == "bundled"]
    assert [each["source"] for each in bundled] == ["actors", "mappings", "s3_areas", "seeds", "sweden"]
    assert all(each["layout"] and not each["loaded"] for each in found if each["kind"] == "outside")
    for each in bundled:
        assert each["read"] > 0 and each["rejected"] == 0 and each["age_days"] >= 0
        assert {"title", "publisher", "licence", "url", "reviewed", "sha256"} <= set(each)
        assert each["loaded"] and each["triples"] > 0
    assert "seeds" in samspel("sources").out
    unbuilt = json.loads(samspel("sources", "--json", "--store", tmp_path).out)
    assert {each["triples"] for each in unbuilt} == {None}


def test_a_reader_that_leaves_early_is_no_error(samspel: Samspel, monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(cli, "app", leave)
    assert samspel("queries") == Said(0, "", "")


def test_a_busy_port_is_told_before_anything_is_served(samspel: Samspel, built: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        said = samspel("serve", "--port", str(door.getsockname()[1]), "--store", str(built.folder))
    assert said.code == 2 and "Name another port" in said.err
    assert "samspel is on" not in said.err
