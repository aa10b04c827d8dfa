"""EuroSciVoc: the same concepts from a table of paths and from the publisher's RDF, and no bomb."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.iris import Iris
from loaders.concepts import BROADER
from loaders.errors import FileError, LayoutError
from ontology import names as n

Outside = Callable[..., Any]  # the fixture of tests/loaders/conftest.py
File = Callable[..., Path]

HEADER = "euroSciVocCode,euroSciVocPath,euroSciVocTitle"
NUTRITION = "/21/33/117,/medical and health sciences/health sciences/nutrition,nutrition"
NAMESPACE = "http://data.europa.eu/8mn/euroscivoc/"
RDF = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#" xmlns:xl="http://www.w3.org/2008/05/skos-xl#"
  xmlns:owl="http://www.w3.org/2002/07/owl#">
<skos:Concept rdf:about="{NAMESPACE}aaaa">
  <skos:notation>117</skos:notation><skos:notation>aaaa-1</skos:notation>
  <skos:prefLabel xml:lang="en">nutrition</skos:prefLabel>
  <skos:prefLabel xml:lang="pl">odżywianie</skos:prefLabel>
  <skos:altLabel xml:lang="en">food science of man</skos:altLabel>
  <skos:broader rdf:resource="{NAMESPACE}cccc"/>
</skos:Concept>
<skos:Concept rdf:about="{NAMESPACE}bbbb">
  <skos:notation>99999901</skos:notation>
  <xl:prefLabel rdf:resource="{NAMESPACE}label"/>
  <skos:broader rdf:resource="{NAMESPACE}aaaa"/>
  <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
</skos:Concept>
<xl:Label rdf:about="{NAMESPACE}label"><xl:literalForm xml:lang="en">new field</xl:literalForm></xl:Label>
</rdf:RDF>
"""


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Write a file, a table of these rows unless a text is given."""

    def write(*rows: str, name: str = "fields.csv", text: str | None = None) -> Path:
        path = tmp_path / name
        path.write_text("\n".join((HEADER, *rows, "")) if text is None else text, "utf-8")
        return path

    return write


def said(read: Any, number: str, predicate: str) -> set[str]:
    start = f"{Iris().thing('euroscivoc', number)} <{predicate}> "
    return {line.removeprefix(start) for line in read.lines if line.startswith(start)}


def test_a_path_gives_its_field_and_those_above(outside: Outside, file: File) -> None:
    read = outside("euroscivoc", file(NUTRITION))
    iris = Iris()
    assert said(read, "117", BROADER) == {iris.thing("euroscivoc", "33")}
    assert said(read, "33", BROADER) == {iris.thing("euroscivoc", "21")}
    assert said(read, "117", n.prefLabel) == {'"nutrition"@en'}
    assert said(read, "117", n.notation) == {'"117"'}
    assert (read.fed.balance.read, read.fed.counts["Concept"]) == (1, 3)
    assert read.violations() == []


def test_a_code_that_is_cut_short_leads_to_the_same_field(outside: Outside, file: File) -> None:
    short = NUTRITION.replace("/21/33/117", "/117")
    assert sorted(outside("euroscivoc", file(short)).lines) == sorted(
        outside("euroscivoc", file(NUTRITION)).lines
    )


def test_a_field_of_every_project_is_one_concept(outside: Outside, file: File) -> None:
    text = f"projectID,{HEADER}\n101,{NUTRITION}\n102,{NUTRITION}\n"
    read = outside("euroscivoc", file(text=text))
    assert (read.fed.balance.read, read.fed.balance.loaded, read.fed.balance.duplicates) == (2, 1, 1)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("/21,,medical and health sciences", "euroSciVocPath"),
        ("/21,/medical and health sciences,nutrition", "euroSciVocTitle"),
    ],
    ids=["path", "title"],
)
def test_a_bad_row_is_refused_and_the_rest_loads(outside: Outside, file: File, row: str, field: str) -> None:
    read = outside("euroscivoc", file(row, NUTRITION))
    assert (read.fed.balance.loaded, read.fed.balance.rejected) == (1, 1)
    assert [(each.line, each.field) for each in read.fed.first_rejects] == [(2, field)]


def test_the_publishers_rdf_gives_the_same_concepts_and_their_iris(outside: Outside, file: File) -> None:
    read = outside("euroscivoc", file(name="fields.rdf", text=RDF))
    iris = Iris()
    assert said(read, "117", n.exactMatch) == {f"<{NAMESPACE}aaaa>"}
    assert said(read, "117", n.prefLabel) == {'"nutrition"@en'}
    assert '"food science of man"@en' in said(read, "117", n.altLabel)
    assert said(read, "117", BROADER) == {iris.thing("euroscivoc", "33")}
    assert said(read, "99999901", n.prefLabel) == {'"new field"@en'}
    assert said(read, "99999901", BROADER) == {iris.thing("euroscivoc", "117")}
    assert said(read, "99999901", "http://www.w3.org/2002/07/owl#deprecated") == {
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    }
    assert read.fed.balance.notes == {"a broader field that the file does not describe was passed over": 1}
    assert read.violations() == []


def test_table_and_rdf_load_together_without_contradiction(outside: Outside, file: File) -> None:
    read = outside("euroscivoc", file(NUTRITION), file(name="fields.rdf", text=RDF))
    assert (read.fed.balance.read, read.fed.balance.loaded, read.fed.balance.rejected) == (3, 3, 0)
    assert said(read, "117", n.prefLabel) == {'"nutrition"@en'}


def test_another_name_of_a_known_field_is_another_name(outside: Outside, file: File) -> None:
    text = RDF.replace('"en">nutrition<', '"en">dietetics<')
    read = outside("euroscivoc", file(name="fields.rdf", text=text))
    assert said(read, "117", n.prefLabel) == {'"nutrition"@en'}
    assert '"dietetics"@en' in said(read, "117", n.altLabel)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("<skos:notation>99999901</skos:notation>", "", "skos:notation"),
        (f'<xl:prefLabel rdf:resource="{NAMESPACE}label"/>', "", "skos:prefLabel"),
    ],
    ids=["number", "name"],
)
def test_a_field_without_number_or_name_is_refused(
    outside: Outside, file: File, old: str, new: str, field: str
) -> None:
    read = outside("euroscivoc", file(name="fields.rdf", text=RDF.replace(old, new)))
    assert (read.fed.balance.loaded, read.fed.balance.rejected) == (1, 1)
    (reject,) = read.fed.first_rejects
    assert (reject.field, reject.line) == (field, 12)
    assert read.violations() == []


@pytest.mark.parametrize("declaration", ['<!DOCTYPE r [<!ENTITY a "b">]>', "<!doctype r>"])
def test_a_document_type_is_refused_before_anything_is_parsed(
    outside: Outside, file: File, declaration: str
) -> None:
    text = RDF.replace("<rdf:RDF", f"{declaration}<rdf:RDF")
    with pytest.raises(FileError, match="DOCTYPE"):
        outside("euroscivoc", file(name="fields.rdf", text=text))


def test_a_document_type_in_other_letters_is_refused_too(outside: Outside, tmp_path: Path) -> None:
    text = RDF.replace("UTF-8", "UTF-16").replace("<rdf:RDF", "<!DOCTYPE r><rdf:RDF")
    path = tmp_path / "fields.rdf"
    path.write_bytes(text.encode("utf-16"))
    with pytest.raises(FileError, match="not UTF-8"):
        outside("euroscivoc", path)
    path.write_bytes(text.encode("utf-16-le"))
    with pytest.raises(FileError, match="DOCTYPE"):
        outside("euroscivoc", path)


def test_files_of_something_else_are_refused(outside: Outside, file: File) -> None:
    with pytest.raises(LayoutError, match="euroSciVocPath"):
        outside("euroscivoc", file(text="a,b\n1,2\n"))
    with pytest.raises(LayoutError, match="no concept under"):
        outside("euroscivoc", file(name="other.ttl", text="<http://x.org/1> a <http://x.org/2> ."))
    with pytest.raises(FileError, match="this is not RDF/XML"):
        outside("euroscivoc", file(name="broken.rdf", text=RDF[:200]))


@pytest.mark.shared_data
def test_the_real_table_gives_970_fields_and_the_17_above_that_have_no_row(
    outside: Outside, shared: Path
) -> None:
    read = outside(
        "euroscivoc", shared / "data" / "euroscivoc" / "euroscivoc_taxonomy_from_cordis_2026-04.csv"
    )
    balance = read.fed.balance
    assert (balance.read, balance.loaded, balance.rejected) == (970, 970, 0)
    assert read.fed.counts["Concept"] == 970 + 17
    assert not balance.unmapped
    assert sum(f"<{n.notation}>" in line for line in set(read.lines)) == 987
    labelled = {line for line in (*read.lines, *read.store.lines()) if f"<{n.prefLabel}>" in line}
    fields = [line.split()[0] for line in labelled if "/id/euroscivoc/" in line and line.endswith("@en")]
    assert len(fields) == len(set(fields)) == 987
    assert read.violations() == []


@pytest.mark.shared_data
def test_the_real_excerpt_of_the_rdf_gives_its_two_fields(outside: Outside, shared: Path) -> None:
    read = outside("euroscivoc", shared / "data" / "euroscivoc" / "euroscivoc_sample.rdf")
    assert (read.fed.balance.read, read.fed.balance.loaded) == (2, 2)
    assert said(read, "1717", n.exactMatch) == {f"<{NAMESPACE}87ff3577-527a-4a40-9c76-2f9d3075e2ba>"}
    assert said(read, "1717", BROADER) >= {Iris().thing("euroscivoc", "1225")}
    assert not read.fed.balance.unmapped
    assert read.violations() == []
