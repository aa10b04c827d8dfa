"""The house rules that a machine can hold: rooms, files, and all that is found by convention."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from graph.store import Store
from loaders.run import sources
from ontology import names
from queries import catalogue

ROOT = Path(__file__).parent.parent
ROOMS = ("ontology", "graph", "loaders", "queries", "api")
MODULES = sorted(path for room in (*ROOMS, "tests", "benchmarks") for path in (ROOT / room).rglob("*.py"))
SHIPPED = [path for path in MODULES if path.relative_to(ROOT).parts[0] in ROOMS]
QUERIES = {**catalogue.queries(), **catalogue.networks(), **catalogue.attributes(), **catalogue.matrices()}
MEASURES = sorted(path.stem for path in (ROOT / "queries" / "measures").glob("[!_]*.py"))
_SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE)\b[^.]*\{[\s?<]", re.DOTALL)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_comes_from_no_other_distribution(room: str) -> None:
    assert set(packages_distributions().get(room, [])) <= {"samspel"}


def test_tests_are_no_package() -> None:
    assert [_name(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_every_folder_of_tests_mirrors_a_room() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (ROOT / folder).is_dir()] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_is_short_and_says_first_what_it_is_for(path: Path) -> None:
    content = path.read_text("utf-8")
    assert len(content.splitlines()) <= 400
    assert content.startswith('"""')
    assert len(content.partition("\n")[0].strip('" ')) > 10


@pytest.mark.parametrize("path", SHIPPED, ids=_name)
def test_only_the_store_opens_an_oxigraph_store(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    opens = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module == "pyoxigraph" and _names_store(node))
        or (
            isinstance(node, ast.Attribute)
            and node.attr == "Store"
            and ast.unparse(node.value) in ("ox", "pyoxigraph")
        )
    ]
    assert bool(opens) == (_name(path) == "graph/store.py")


def _names_store(node: ast.ImportFrom) -> bool:
    return any(alias.name in ("Store", "*") for alias in node.names)


@pytest.mark.parametrize("path", SHIPPED, ids=_name)
def test_no_sparql_stands_in_python(path: Path) -> None:
    assert [text for text in _texts(ast.parse(path.read_text("utf-8"))) if _SPARQL.search(text)] == []


def _texts(tree: ast.Module) -> Iterator[str]:
    """Yield the texts in a module's code; docstrings, which stand as statements, are none of them."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "{}".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_the_search_for_sparql_finds_it_and_nothing_else() -> None:
    code = ast.parse(
        '"""SELECT ?s { }"""\nx = f"SELECT ?s WHERE {{ ?s {p} ?o }}"\ny = "A SELECT: {}."\nz = "{"'
    )
    found = {text for text in _texts(code) if _SPARQL.search(text)}
    assert "SELECT ?s WHERE { ?s {} ?o }" in found
    assert all(text.startswith("SELECT ?s WHERE") for text in found)


@pytest.mark.parametrize("name", sorted(sources()))
def test_a_source_has_its_snapshot_and_its_rights_written_down(name: str) -> None:
    folder = ROOT / "loaders" / "snapshots"
    assert any((folder / name).glob("*.csv"))
    rows = (folder / "LICENCES.md").read_text("utf-8").splitlines()
    assert [row for row in rows if row.startswith("| ") and name in re.split(r"[ ,|]+", row.split("|")[1])]


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_returns_the_columns_that_its_header_names(name: str) -> None:
    query = QUERIES[name]
    assert Store.memory().rows(query.text).columns == query.returns
    assert {column.removeprefix("-") for column in query.order} | set(query.lists) <= set(query.returns)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_uses_no_term_of_ours_that_there_is_not(name: str) -> None:
    code = re.sub(r"^#.*$", "", QUERIES[name].text, flags=re.MULTILINE)
    terms = set(re.findall(r"\bsamspel:(\w+)", code)) | set(
        re.findall(rf"{re.escape(names.SAMSPEL)}(\w+)", code)
    )
    assert sorted(term for term in terms if getattr(names, term, None) != names.SAMSPEL + term) == []


@pytest.mark.parametrize("name", sorted(catalogue.networks()))
def test_a_network_says_how_its_rows_are_read(name: str) -> None:
    assert catalogue.network(name).network_mode() in ("one-mode", "two-mode")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_two_queries_share_a_title(language: str) -> None:
    titles = Counter(query.title(language).casefold() for query in QUERIES.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_query_file_is_found_by_its_name() -> None:
    files = {path.stem for path in (ROOT / "queries").rglob("*.rq")}
    assert files == set(QUERIES) | {part.name for parts in catalogue.views().values() for part in parts}
    found = (catalogue.queries(), catalogue.networks(), catalogue.attributes(), catalogue.matrices())
    assert len(QUERIES) == sum(map(len, found))


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_carries_the_full_form(name: str) -> None:
    tree = ast.parse((ROOT / "queries" / "measures" / f"{name}.py").read_text("utf-8"))
    (function,) = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "measure")
    told = ast.get_docstring(function) or ""
    parts = ("Idea:", "Formula:", "Odd input:", "Reference:", ">>> ")
    assert [part for part in parts if part not in told] == []
