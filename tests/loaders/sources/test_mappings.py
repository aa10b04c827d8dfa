"""The mappings: every area has one or is listed, each rests on words that stand there, and SKOS holds."""

import csv
import shutil
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from loaders.source import SNAPSHOTS, Intake, Loaded
from loaders.sources.mappings import SOURCE, load
from ontology import names as n

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
ID = "<https://w3id.org/samspel/id/"
NACE, SDG = "<http://data.europa.eu/ux2/nace2.1/", "<http://metadata.un.org/sdg/"
CLOSE, RELATED = n.closeMatch, n.relatedMatch
BROAD, NARROW = n.SKOS + "broadMatch", n.SKOS + "narrowMatch"
Triples = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def triples() -> Triples:
    intake = Intake(SOURCE, SNAPSHOTS / "mappings")
    load(intake)
    return _triples(intake.result())


def _triples(loaded: Loaded) -> Triples:
    found = (line.split(" ", 2) for line in loaded.lines)
    return {(s, p[1:-1], o) for s, p, o in found}


def _rows(source: str, file: str) -> list[dict[str, str]]:
    with (SNAPSHOTS / source / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _names() -> dict[str, tuple[str, str]]:
    """Return every area's Swedish names and its English one, as the two other sources give them."""
    found = {
        row["area"]: (f"{row['name_sv']}|{row['also_sv']}".rstrip("|"), row["name_en"])
        for row in _rows("s3_areas", "areas.csv")
    }
    for row in _rows("seeds", "things.csv"):
        kind, _, key = row["thing"].partition("/")
        if kind == "area":
            found[key] = (row["label_sv"], row["label_en"])
    return found


def test_every_area_is_mapped_or_listed_with_a_reason() -> None:
    mapped = {row["area"] for row in _rows("mappings", "mappings.csv")}
    unmapped = {row["area"] for row in _rows("mappings", "unmapped.csv")}
    assert mapped | unmapped == set(_names()) and len(mapped | unmapped) == 108
    assert mapped & unmapped == set()
    assert unmapped == {"varmland-vardeskapande-tjanster-2015"}


def test_no_area_has_more_than_three_concepts_of_a_scheme() -> None:
    counts = Counter((row["area"], row["scheme"]) for row in _rows("mappings", "mappings.csv"))
    assert max(counts.values()) <= 3
    assert sum(counts.values()) == 297


def test_the_wording_stands_in_the_name_of_the_area() -> None:
    names = _names()
    for row in _rows("mappings", "mappings.csv"):
        swedish, english = names[row["area"]]
        assert row["word_sv"].casefold() in swedish.casefold(), row
        assert row["word_en"].casefold() in english.casefold(), row


@pytest.mark.parametrize(("column", "language"), [("words_sv", 0), ("words_en", 1)], ids=["sv", "en"])
def test_the_wording_of_a_pair_stands_in_both_names(column: str, language: int) -> None:
    names = _names()
    for row in _rows("mappings", "related_areas.csv"):
        both = [names[row[key]][language].casefold() for key in ("area", "other")]
        words = [word.casefold() for word in row[column].split("|")]
        assert all(any(word in name for word in words) for name in both), row
        assert all(any(word in name for name in both) for word in words), row


def test_versions_that_share_a_name_share_their_concepts() -> None:
    names = _names()
    found: dict[str, set[tuple[str, str, str]]] = {}
    for row in _rows("mappings", "mappings.csv"):
        found.setdefault(row["area"], set()).add((row["scheme"], row["code"], row["relation"]))
    same = [
        (row["area"], row["replaces"])
        for row in _rows("s3_areas", "replacements.csv")
        if names[row["area"]][0].casefold() == names[row["replaces"]][0].casefold()
    ]
    assert len(same) == 9
    for newer, older in same:
        assert found[newer] == found[older], (newer, older)


def test_pairs_are_of_latest_versions_said_once_and_not_those_of_the_seeds() -> None:
    older = {row["replaces"] for row in _rows("s3_areas", "replacements.csv")}
    pairs = [frozenset((row["area"], row["other"])) for row in _rows("mappings", "related_areas.csv")]
    assert len(pairs) == len(set(pairs)) == 124
    assert not {area for pair in pairs for area in pair} & older
    said = {
        frozenset((row["subject"].removeprefix("area/"), row["value"].removeprefix("area/")))
        for row in _rows("seeds", "facts.csv")
        if row["predicate"] == "closeMatch"
    }
    assert len(said) == 3 and not said & set(pairs)


def test_pairs_are_stated_both_ways(triples: Triples) -> None:
    inverse = {CLOSE: CLOSE, RELATED: RELATED, BROAD: NARROW, NARROW: BROAD}
    between = {
        (s, p, o)
        for s, p, o in triples
        if p in inverse and s.startswith(f"{ID}area/") and o.startswith(f"{ID}area/")
    }
    assert Counter(p for _, p, _ in between) == {CLOSE: 98, RELATED: 92, BROAD: 29, NARROW: 29}
    assert {(o, inverse[p], s) for s, p, o in between} == between


def test_nothing_is_both_broader_and_related(triples: Triples) -> None:
    """SKOS S27: related is disjoint with the transitive broader; nor may broader run in a circle."""
    broader: dict[str, set[str]] = {}
    for s, p, o in triples:
        if p in (BROAD, NARROW):
            broader.setdefault(s if p == BROAD else o, set()).add(o if p == BROAD else s)
    above = {thing: _above(thing, broader) for thing in broader}
    assert all(thing not in found for thing, found in above.items())
    for s, p, o in triples:
        if p == RELATED:
            assert o not in above.get(s, set()) and s not in above.get(o, set()), (s, o)


def _above(thing: str, broader: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    left = [thing]
    while left:
        new = broader.get(left.pop(), set()) - seen
        seen |= new
        left += new
    return seen


def test_concepts_are_named_numbered_and_in_a_scheme(triples: Triples) -> None:
    concepts = {s for s, p, o in triples if (p, o) == (n.type_, f"<{n.Concept}>")}
    kinds = Counter(
        "nace" if c.startswith(NACE) else "sdg" if c.startswith(SDG) else c.removeprefix(ID).partition("/")[0]
        for c in concepts
    )
    assert kinds == {"euroscivoc": 51, "nace": 32, "sdg": 9}
    schemes = {s for s, p, o in triples if (p, o) == (n.type_, f"<{n.SKOS}ConceptScheme>")}
    assert schemes == {f"{ID}scheme/{key}>" for key in ("euroscivoc", "nace2.1", "sdg")}
    for concept in concepts:
        said = Counter(p for s, p, _ in triples if s == concept)
        assert (said[n.prefLabel], said[n.notation], said[n.inScheme]) == (2, 1, 1)
    used = {o for s, p, o in triples if p in (CLOSE, BROAD, NARROW, RELATED) and f"{ID}area/" not in o}
    assert used == concepts
    assert (f"{NACE}10>", n.prefLabel, '"Manufacture of food products"@en') in triples
    assert (f"{ID}euroscivoc/377>", n.notation, '"377"') in triples


def test_a_mapping_leads_to_our_judgement_and_its_words(triples: Triples) -> None:
    mapping = (f"{ID}area/gotland-livsmedel>", NARROW, f"{NACE}10>")
    assert mapping in triples
    (statement,) = (
        {s for s, p, o in triples if (p, o) == (n.subject, mapping[0])}
        & {s for s, p, o in triples if (p, o) == (n.predicate, f"<{NARROW}>")}
        & {s for s, p, o in triples if (p, o) == (n.object_, mapping[2])}
    )
    said = {(p, o) for s, p, o in triples if s == statement}
    assert (n.fromDocument, f"{ID}document/samspel-mappings-2026>") in said
    assert (n.status, f"{ID}status/inferred>") in said
    assert (n.comment, '"Av ordalydelsen ”Livsmedel” i områdets namn"@sv') in said
    assert (n.comment, "\"From the wording 'Livsmedel' (Food) in the area's name\"@en") in said


def test_what_has_no_concept_is_stated_as_unknown(triples: Triples) -> None:
    area = f"{ID}area/varmland-vardeskapande-tjanster-2015>"
    (statement,) = (
        {s for s, p, o in triples if (p, o) == (n.unknownKind, f"{ID}unknown/not-stated>")}
        & {s for s, p, o in triples if (p, o) == (n.subject, area)}
        & {s for s, p, o in triples if (p, o) == (n.predicate, f"<{RELATED}>")}
    )
    assert not [o for s, p, o in triples if (s, p) == (statement, n.object_)]
    assert len([o for s, p, o in triples if (s, p) == (statement, n.comment)]) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "reject"),
    [
        pytest.param(
            "mappings.csv",
            "blekinge-ict,nace2.1,K,closeMatch",
            "blekinge-ict,nace2.1,K,nearMatch",
            "mappings.csv:2: relation is 'nearMatch': expected one of closeMatch, relatedMatch, broadMatch, "
            "narrowMatch",
            id="no relation of SKOS",
        ),
        pytest.param(
            "mappings.csv",
            "blekinge-ict,nace2.1,K,",
            "blekinge-ict,nace2.1,Z,",
            "mappings.csv:2: code is 'Z': concepts.csv names no such concept of 'nace2.1'",
            id="unknown code",
        ),
        pytest.param(
            "related_areas.csv",
            "blekinge-ict,closeMatch,vastra-gotaland-ikt",
            "blekinge-ict,closeMatch,blekinge-ict",
            f"related_areas.csv:2: other is '{ID}area/blekinge-ict>': an area cannot be mapped to itself",
            id="itself",
        ),
        pytest.param(
            "concepts.csv",
            "euroscivoc,33,",
            "eurovoc,33,",
            "concepts.csv:3: scheme is 'eurovoc': expected one of euroscivoc, nace2.1, sdg",
            id="unknown scheme",
        ),
    ],
)
def test_bad_row_is_set_aside_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, reject: str
) -> None:
    folder = Path(shutil.copytree(SNAPSHOTS / "mappings", tmp_path / "mappings"))
    content = (folder / file).read_text(encoding="utf-8")
    assert content.count(old) == 1
    (folder / file).write_text(content.replace(old, new), encoding="utf-8")
    intake = Intake(replace(SOURCE, at_least={}), folder)
    load(intake)
    assert str(intake.result().rejects[0]) == reject


@pytest.mark.shared_data
@needs_shared
def test_english_names_are_those_of_the_publishers() -> None:
    with (SHARED / "euroscivoc" / "euroscivoc_taxonomy_from_cordis_2026-04.csv").open(
        encoding="utf-8"
    ) as file:
        science = {
            row["euroSciVocCode"].rpartition("/")[2]: (
                row["euroSciVocTitle"],
                row["euroSciVocPath"].lstrip("/"),
            )
            for row in csv.DictReader(file)
        }
    with (SHARED / "nace" / "nace_rev2_1_en.csv").open(encoding="utf-8") as file:
        industry = {row["code"]: (row["name"], "") for row in csv.DictReader(file) if row["level"] in "12"}
    for row in _rows("mappings", "concepts.csv"):
        known = {"euroscivoc": science, "nace2.1": industry}.get(row["scheme"])
        assert known is None or (row["name_en"], row["path"]) == known[row["code"]], row


@pytest.mark.shared_data
@needs_shared
def test_goals_are_named_as_the_united_nations_name_them() -> None:
    content = (SHARED / "sdg" / "sdg-kos-goals-targets-indicators.ttl").read_text("utf-8")
    goals = [row for row in _rows("mappings", "concepts.csv") if row["scheme"] == "sdg"]
    assert len(goals) == 9
    for row in goals:
        (said,) = (
            block
            for block in content.split("\n\n")
            if block.startswith(f"sdg:{row['code']} ") and '"@en' in block and "prefLabel" in block
        )
        assert f'"{row["name_en"]}"@en' in said


def test_concepts_stand_in_order() -> None:
    order = {"euroscivoc": 0, "nace2.1": 1, "sdg": 2}
    keys = [
        (order[row["scheme"]], row["code"].isdigit(), row["code"].zfill(10))
        for row in _rows("mappings", "concepts.csv")
    ]
    assert all(one < two for one, two in pairwise(keys))
