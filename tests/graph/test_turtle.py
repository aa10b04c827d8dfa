"""Turtle comes out as the same lines each time, blank nodes included."""

from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from graph.errors import TermError
from graph.iris import Iris
from graph.turtle import lines
from ontology import vocabulary

ONE = """@prefix e: <https://example.org/> .
e:a e:p [ e:q "1" ; e:r [ e:q "2"@sv ] ] , ( e:b e:c ) .
"""
OTHER_ORDER = """@prefix e: <https://example.org/> .
_:y e:q "2"@sv .
e:a e:p ( e:b e:c ) .
_:x e:r _:y ; e:q "1" .
e:a e:p _:x .
"""


def _file(folder: Path, content: str, name: str = "some.ttl") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def test_blank_nodes_come_out_the_same_twice(tmp_path: Path) -> None:
    path = _file(tmp_path, ONE)
    assert lines([path], Iris()) == lines([path], Iris())


def test_blank_nodes_do_not_depend_on_how_the_file_is_written(tmp_path: Path) -> None:
    one, other = _file(tmp_path / "one", ONE), _file(tmp_path / "other", OTHER_ORDER)
    assert lines([one], Iris()) == lines([other], Iris())


def test_blank_nodes_become_well_known_iris_and_nothing_is_lost(tmp_path: Path) -> None:
    found = lines([_file(tmp_path, ONE)], Iris("http://example.net/"))
    assert not [line for line in found if "_:" in line]
    assert any(line.startswith("<http://example.net/.well-known/genid/some-") for line in found)
    again = "".join(f"{line} .\n" for line in found).replace("<http://example.net/.well-known/genid/", "_:")
    again = again.replace("some-c14n0>", "some0").replace("some-c14n1>", "some1")
    again = again.replace("some-c14n2>", "some2").replace("some-c14n3>", "some3")
    assert isomorphic(Graph().parse(data=again, format="nt"), Graph().parse(data=ONE, format="turtle"))


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    paths = [_file(tmp_path, '[] <a:p> "x" .', f"{name}.ttl") for name in ("one", "two")]
    assert len(lines(paths, Iris())) == 2


def test_two_files_of_one_name_are_refused_for_their_blank_nodes_would_meet(tmp_path: Path) -> None:
    paths = [_file(tmp_path / folder, f'[] <a:p> "{folder}" .') for folder in ("one", "two")]
    with pytest.raises(TermError, match=f"{paths[1]}: another file is named 'some' too"):
        lines(paths, Iris())


def test_a_triple_in_two_files_is_one_line(tmp_path: Path) -> None:
    paths = [_file(tmp_path, "<a:s> <a:p> <a:o> .", f"{name}.ttl") for name in ("one", "two")]
    assert lines(paths, Iris()) == ["<a:s> <a:p> <a:o>"]


@pytest.mark.parametrize("content", ["<a:s> <a:p> ", 'e:a e:p "x" .', "<a:s> <a:p> <b c> ."])
def test_what_is_no_turtle_is_told_with_the_file(tmp_path: Path, content: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(TermError, match=f"{path}: no Turtle: .+"):
        lines([path], Iris())


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TermError, match=r"none\.ttl: cannot be read: "):
        lines([tmp_path / "none.ttl"], Iris())


def test_the_vocabulary_comes_out_sorted_and_without_blank_nodes() -> None:
    found = lines([vocabulary.CORE, *vocabulary.schemes()], Iris())
    assert found == sorted(set(found))
    assert len(found) > 1000
    assert not [line for line in found if line.startswith("_:") or " _:" in line]
