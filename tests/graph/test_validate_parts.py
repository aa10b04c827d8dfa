"""Validation in parts: what is found is what the whole graph shows, however small the parts are."""

import random
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest
from rdflib import Graph

import graph.validate
from graph import parts
from graph.class_index import ClassIndex
from graph.compiler import compiled
from graph.errors import StoreError, TermError
from graph.findings import Report, in_order
from graph.reach import Reach, reach
from graph.store import Store
from graph.triples import SUBCLASS, TYPE, Triples
from graph.validate import lines, validate
from ontology import names as n
from ontology import vocabulary

EX = "https://example.org/"
PREFIXES = f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <{EX}> . @prefix rdf: <{n.RDF}> .\n"
INVALID = sorted((vocabulary.ROOM / "examples" / "invalid").glob("*.ttl"))
_THING = re.compile(rf"<{n.BASE}id/(?!(?:scheme|{'|'.join(n.SCHEMES)})/)[^>]+(?=>)")
SHAPES = {
    "a class of what is led to": "sh:property [ sh:path ex:p ; sh:class ex:B ; sh:message 'X' ]",
    "the thing's own class": "sh:not [ sh:class ex:B ] ; sh:message 'X'",
    "backwards": """sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:message 'X' ;
        sh:minCount 2 ; sh:class ex:B ]""",
    "backwards from what is led to": """sh:property [ sh:path ex:p ; sh:message 'X' ; sh:node
        [ sh:property [ sh:path [ sh:inversePath ex:q ] ; sh:minCount 1 ; sh:class ex:B ] ] ]""",
    "in a row": "sh:property [ sh:path ( ex:p ex:q ex:r ) ; sh:class ex:B ; sh:minCount 1 ; sh:message 'X' ]",
    "one of two": """sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:message 'X' ;
        sh:or ( [ sh:class ex:B ] [ sh:property [ sh:path ex:r ; sh:maxCount 0 ] ] ) ]""",
    "properties of properties": """sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ;
        sh:property [ sh:path [ sh:inversePath ex:r ] ; sh:class ex:B ; sh:maxCount 1 ;
            sh:message 'X' ] ] ]""",
    "beside a property away": """sh:property [ sh:path ex:p ; sh:property [ sh:path ex:v ;
        sh:lessThanOrEquals ex:w ; sh:message 'X' ] ]""",
    "so many of a kind": """sh:property [ sh:path ex:p ; sh:message 'X' ; sh:qualifiedMinCount 1 ;
        sh:qualifiedValueShape [ sh:not [ sh:class ex:B ] ;
            sh:property [ sh:path rdf:type ; sh:hasValue ex:A ] ] ]""",
    "what has it as class": """sh:property [ sh:path [ sh:inversePath rdf:type ] ; sh:message 'X' ;
        sh:maxCount 0 ]""",
}
MEMORY = Path("/dev/shm")  # noqa: S108  # 128 files without a name for each graph cost a disk most of the time
BELOW = (("C", "B"), ("D", "A"), ("D", "C"))
TARGETS = ("sh:targetClass ex:A", "sh:targetObjectsOf ex:q , ex:v", "sh:targetSubjectsOf ex:r")


def made(seed: int) -> list[str]:
    """Return a random graph in which everything leads everywhere, and some classes are below others."""
    chance = random.Random(seed)  # noqa: S311  (no secrets here)
    things = [f"<{EX}thing{number}>" for number in range(30)] + ["_:a", f"<{EX}A>", f"<{EX}å>"]
    found = [
        f"{chance.choice(things)} <{EX}{chance.choice('pqr')}> {chance.choice(things)}" for _ in range(90)
    ]
    found += [f"{thing} {TYPE} <{EX}{chance.choice('ABCD')}>" for thing in things for _ in range(2)]
    found += [f"<{EX}{low}> {SUBCLASS} <{EX}{high}>" for low, high in [chance.choice(BELOW)]]
    found += [
        f'{chance.choice(things)} <{EX}{chance.choice("vw")}> "{chance.randrange(9)}"' for _ in range(60)
    ]
    return sorted(set(found))


def shaped(target: str, demands: str) -> Graph:
    return Graph().parse(data=f"{PREFIXES} ex:S a sh:NodeShape ; {target} ; {demands} .", format="turtle")


def in_parts(said: Iterable[str], shapes: Graph | None = None, around: Iterable[str] = ()) -> Report:
    """Return the report of a graph cut as small as it can be."""
    rules = compiled(Triples(lines(vocabulary.SHAPES if shapes is None else shapes)))
    reached = reach(rules)
    assert reached.in_parts
    raw = (f"{line} .\n".encode() for line in said)
    found = set(parts.findings(rules, reached, around, raw, MEMORY if MEMORY.is_dir() else None, size=1))
    return Report(tuple(sorted(found, key=in_order)))


def schemes() -> list[str]:
    return [line for path in vocabulary.schemes() for line in lines(path)]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("demands", SHAPES.values(), ids=SHAPES.keys())
def test_parts_find_what_the_whole_shows(demands: str, target: str) -> None:
    shapes, met = shaped(target, demands), set[int]()
    for seed in range(12):
        said = made(seed)
        text = "".join(f"{line} .\n" for line in said)
        report = validate(text, shapes, context=Graph())
        assert in_parts(said, shapes) == report, seed
        met.add(len(report.findings))
    assert met != {0} or "inversePath rdf:type" in demands


@pytest.mark.parametrize("seed", range(4))
def test_the_context_and_the_parts_are_looked_at_together(seed: int) -> None:
    said, chance = made(seed), random.Random(seed)  # noqa: S311  (no secrets here)
    around = chance.sample(said, len(said) // 3)
    rest = [line for line in said if line not in around] + around[:9]  # some is said by both
    for demands in SHAPES.values():
        shapes = shaped(TARGETS[0], demands)
        expected = validate("".join(f"{line} .\n" for line in said), shapes, context=Graph())
        assert in_parts(rest, shapes, around) == expected


def copied(said: list[str], number: int) -> list[str]:
    return [_THING.sub(rf"\g<0>.{number}", line) for line in said]


def test_the_real_graph_with_all_invalid_examples_has_the_same_report(store: Store) -> None:
    said = list(store.lines())
    for number, path in enumerate(INVALID):
        said += copied(lines(path), number)
        said += lines(path)  # under its own name too, where it may spoil things of the real graph
    merged = sorted(set(said))
    report = validate("".join(f"{line} .\n" for line in merged))
    assert len(report.violations) > 2 * len(INVALID)
    assert in_parts(merged, around=schemes()) == report


def test_a_large_store_is_cut_and_a_small_one_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held = Store.memory()
    for number, path in enumerate(INVALID):
        held.replace(f"{EX}graph/{number}", lines(path))
    whole, cut = validate(held), list[int]()
    assert whole.violations and len(held.lines()) < graph.validate.WHOLE

    def counted(*given: object) -> Iterable[object]:
        cut.append(1)
        return real(*given)  # type: ignore[arg-type]  # as it came

    real = parts.findings
    monkeypatch.setattr(parts, "findings", counted)
    assert validate(held) == whole and not cut
    monkeypatch.setattr(graph.validate, "WHOLE", 50)
    assert validate(held, folder=tmp_path) == whole and cut


def test_a_shape_that_parts_cannot_answer_is_held_against_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = shaped(
        "sh:targetClass ex:A",
        "sh:property [ sh:path ex:p ; sh:property [ sh:path [ sh:inversePath rdf:type ] ; sh:maxCount 0 ;"
        " sh:message 'X' ] ]",
    )
    assert not reach(compiled(Triples(lines(shapes)))).in_parts
    held = Store.memory()
    held.replace(f"{EX}graph", [*made(1), f"<{EX}thing1> <{EX}p> <{EX}A>", f"<{EX}thing1> {TYPE} <{EX}A>"])
    whole = validate(held, shapes)
    monkeypatch.setattr(graph.validate, "WHOLE", 10)
    assert validate(held, shapes) == whole
    assert whole.findings


def test_the_reach_of_shapes_is_known() -> None:
    rules = [
        rule for demands in SHAPES.values() for rule in compiled(Triples(lines(shaped(TARGETS[1], demands))))
    ]
    assert reach(rules) == Reach(
        towards=frozenset({f"<{EX}p>", TYPE}),
        objects=frozenset({f"<{EX}q>", f"<{EX}v>"}),
        far=frozenset({SUBCLASS, *(f"<{EX}{name}>" for name in "qrvw")}),
    )


def test_what_our_shapes_read_further_away_is_little() -> None:
    known = reach(compiled(Triples(lines(vocabulary.SHAPES))))
    assert known.far == {SUBCLASS, f"<{n.inScheme}>", f"<{n.evidenceLevel}>"}
    assert f"<{n.hasParticipation}>" in known.towards


def test_a_triple_within_a_triple_is_refused_in_parts_too() -> None:
    with pytest.raises(TermError, match="triple within a triple"):
        in_parts([f"<{EX}a> <{EX}b> <<( <a:a> <a:b> <a:c> )>>"])


def test_a_full_disk_is_told() -> None:
    def lost() -> Iterable[bytes]:
        yield f"<{EX}a> <{EX}p> <{EX}b> .\n".encode()
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="cut into parts to be validated: No space left on device"):
        list(parts.findings((), reach(()), (), lost()))


def test_no_file_is_left(tmp_path: Path) -> None:
    found = parts.findings((), reach(()), (), [f"<{EX}a> <{EX}p> <{EX}b> .\n".encode()], tmp_path)
    assert list(found) == [] and list(tmp_path.iterdir()) == []


def test_the_index_of_classes_tells_all_classes_of_a_thing() -> None:
    index, things = ClassIndex(), [f"<{EX}{number}>" for number in range(3000)]
    for one, other in pairwise(things):
        index.put(one.encode(), f"<{EX}A>".encode())
        index.put(other.encode(), f"<{EX}B>".encode())
    assert sorted(index.lines([things[0], things[7], "_:none", f"<{EX}A>"])) == [
        f"{things[0]} {TYPE} <{EX}A>",
        f"{things[7]} {TYPE} <{EX}A>",
        f"{things[7]} {TYPE} <{EX}B>",
    ]
