"""The examples: every class has a valid one, every shape an invalid one that it refuses."""

import re
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

from graph.validate import Report, validate
from ontology import vocabulary

FOLDER = vocabulary.ROOM / "examples"
VALID = sorted(FOLDER.glob("*.ttl"))
INVALID = sorted((FOLDER / "invalid").glob("*.ttl"))
REFUSED_BY = "# refused by: "
ABSTRACT = {"Territory", "PriorityArea"}  # seen through their kinds
IN_SCHEMES = {"Role"}


def kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def named_shape(path: Path) -> str:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith(REFUSED_BY), f"{path}: the first line must name the shape that refuses it"
    return first.removeprefix(REFUSED_BY)


@pytest.fixture(scope="module")
def valid() -> Graph:
    return vocabulary.read(VALID)


def with_changed(valid: Graph, path: Path) -> Report:
    """Validate all valid examples, with what the file says in place of what they say of its things."""
    data = vocabulary.read([path])
    said = set(data.subjects())
    for triple in valid:
        if triple[0] not in said:
            data.add(triple)
    return validate(data)


def test_the_valid_examples_conform_without_a_warning(valid: Graph) -> None:
    assert validate(valid).findings == ()


def test_every_class_has_an_example_of_its_own(valid: Graph) -> None:
    stems = {path.stem for path in VALID}
    for iri in vocabulary.classes():
        name = iri.rpartition("#")[2]
        if name in IN_SCHEMES:
            assert (None, RDF.type, URIRef(iri)) in vocabulary.read(vocabulary.schemes())
            continue
        assert (None, RDF.type, URIRef(iri)) in valid, name
        if name not in ABSTRACT:
            assert kebab(name) in stems


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_an_example_is_of_the_class_in_its_name(path: Path) -> None:
    types = {
        kebab(str(t).replace("#", "/").rpartition("/")[2])
        for t in vocabulary.read([path]).objects(None, RDF.type)
    }
    assert path.stem.partition(".")[0] in types  # project.cordis: a project as CORDIS gives it


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_is_refused_by_the_shape_it_names(path: Path, valid: Graph) -> None:
    report = with_changed(valid, path)
    assert named_shape(path) in report.counts()
    if (
        named_shape(path) not in {"https://w3id.org/samspel/shapes#EnglishName"}
        and "legal-names" not in path.stem
    ):
        assert not report.conforms


def test_every_shape_with_a_target_has_an_invalid_example() -> None:
    shapes = vocabulary.read([vocabulary.SHAPES])
    targeted = {
        str(shape)
        for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
        for shape in shapes.subjects(target)
    }
    assert {named_shape(path) for path in INVALID} == targeted


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_is_refused_by_its_shape_when_read_alone(path: Path) -> None:
    assert named_shape(path) in validate(path).counts()
