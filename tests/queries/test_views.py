"""The views: the same graph in the terms of EURIO, schema.org and ORG, and three EURIO queries on it.

The three are those of docs/views.md. What they answer is held against goldens, and against what our own
competency questions say of the same facts.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse
from rdflib import SDO, Graph

from graph.dump import view as written
from graph.store import Rows, Store
from ontology import names as n
from queries import catalogue
from queries.answer import ask, sort, write
from queries.catalogue import Query
from queries.errors import UnknownName

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "views"
EURIO, SCHEMA = "http://data.europa.eu/s66#", "https://schema.org/"
NAMES = ("eurio", "org", "schema")
PARTS = [part for parts in catalogue.views().values() for part in parts]
EVERY = pytest.mark.parametrize("part", PARTS, ids=[f"{part.category}-{part.name}" for part in PARTS])
QUESTIONS = re.findall(r"```sparql\n(.*?)```", (ROOT / "docs" / "views.md").read_text("utf-8"), re.DOTALL)
LABELS = {"eurio": n.RDFS + "label", "org": n.prefLabel, "schema": SCHEMA + "name"}
LINKS = {n.exactMatch, n.homepage, SCHEMA + "url", SCHEMA + "sameAs"}  # lead out of the graph
SAYS = "PREFIX samspel: <https://w3id.org/samspel/ontology#> "
NEWER = {"funding"}  # in schema.org, not in rdflib's closed list


@pytest.fixture(scope="module")
def views(store: Store) -> dict[str, Store]:
    """Each view's triples, alone in a store of their own: nothing else of ours is there to answer from."""
    found = {}
    for name in NAMES:
        alone = Store.memory()
        lines = triples(store, name).removesuffix(" .\n").split(" .\n")
        alone.replace("https://example.org/view", lines)
        found[name] = alone
    return found


def triples(store: Store, name: str) -> str:
    return written(store, [part.text for part in catalogue.view(name)], RdfFormat.N_TRIPLES).decode()


def rows(store: Store, query: str) -> list[dict[str, str | None]]:
    return list(store.rows(query).dicts())


def count(store: Store, pattern: str) -> int:
    (found,) = rows(store, f"{SAYS} SELECT (COUNT(DISTINCT *) AS ?n) WHERE {{ {pattern} }}")
    return int(found["n"] or 0)


def golden(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "golden" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pick(
    found: Iterable[dict[str, str | None]] | list[dict[str, str]], *columns: str
) -> list[tuple[str, ...]]:
    return sorted({tuple(row[column] or "" for column in columns) for row in found})


def answer(store: Store, number: int) -> Rows:
    found = store.rows(QUESTIONS[number])
    return sort(found, found.columns)


# The files


def test_the_views_are_found_by_their_folders() -> None:
    assert tuple(catalogue.views()) == NAMES
    assert {part.path for part in PARTS} == set((ROOT / "queries" / "views").rglob("*.rq"))


def test_a_view_that_there_is_not_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"There is no view 'eurios'\. Did you mean 'eurio'\?"):
        catalogue.view("eurios")


@EVERY
def test_a_part_says_in_both_languages_what_it_makes(part: Query, store: Store) -> None:
    assert part.makes_triples
    assert part.title_sv != part.title_en
    assert part.about_sv != part.about_en
    assert store.construct(part.text)


def test_no_two_parts_share_a_title() -> None:
    titles = Counter(title for part in PARTS for title in (part.title_sv, part.title_en))
    assert [title for title, times in titles.items() if times > 1] == []


@EVERY
def test_a_part_uses_no_term_of_ours_that_there_is_not(part: Query) -> None:
    terms = set(re.findall(r"\bsamspel:(\w+)", part.body))
    assert terms
    assert sorted(term for term in terms if getattr(n, term, None) != n.SAMSPEL + term) == []


# What comes out


@pytest.mark.parametrize("name", NAMES)
def test_a_view_is_the_same_bytes_twice_and_its_turtle_says_the_same(name: str, store: Store) -> None:
    parts = [part.text for part in catalogue.view(name)]
    lines = triples(store, name)
    turtle = written(store, parts, RdfFormat.TURTLE)
    assert lines == triples(store, name)
    assert lines.splitlines() == sorted(set(lines.splitlines()))
    assert turtle == written(store, reversed(parts), RdfFormat.TURTLE)
    assert sorted(f"{quad.triple} ." for quad in parse(turtle, format=RdfFormat.TURTLE)) == lines.splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_everything_of_ours_in_a_view_is_typed_and_nothing_is_blank(name: str, store: Store) -> None:
    typed, met = set(), set()
    for quad in parse(triples(store, name).encode(), format=RdfFormat.N_TRIPLES):
        assert not isinstance(quad.subject, BlankNode)
        assert isinstance(quad.object, NamedNode | Literal)
        met.add(quad.subject.value)
        if quad.predicate.value == n.type_:
            typed.add(quad.subject.value)
        elif isinstance(quad.object, NamedNode) and quad.predicate.value not in LINKS:
            met.add(quad.object.value)
    assert sorted(met - typed) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_view_says_nothing_in_our_own_terms(name: str, store: Store) -> None:
    for quad in parse(triples(store, name).encode(), format=RdfFormat.N_TRIPLES):
        assert not quad.predicate.value.startswith(n.BASE)
        assert n.SAMSPEL not in f"{quad.subject} {quad.object}"


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_carried_in_both_languages(name: str, store: Store, views: dict[str, Store]) -> None:
    classes = "samspel:Project samspel:Organisation" + (
        "" if name == "org" else " samspel:Grant samspel:Fund"
    )
    said = store.rows(
        f"{SAYS} SELECT DISTINCT ?x ?label WHERE "
        f"{{ VALUES ?class {{ {classes} }} ?x a ?class ; <{n.prefLabel}> ?label }}"
    )
    carried = views[name].rows(f"SELECT ?x ?label WHERE {{ ?x <{LABELS[name]}> ?label }}")
    assert {cell.language for _, cell in said.rows if isinstance(cell, Literal)} == {"sv", "en"}
    assert set(said.rows) <= set(carried.rows)


@pytest.mark.parametrize(
    ("name", "theirs", "ours"),
    [
        ("eurio", f"?x a <{EURIO}Project>", "?x a samspel:Project"),
        ("schema", f"?x a <{SCHEMA}Project>", "?x a samspel:Project"),
        ("eurio", f"?x a <{EURIO}Organisation>", "?x a samspel:Organisation"),
        ("schema", f"?x a <{SCHEMA}Organization>", "?x a samspel:Organisation"),
        (
            "org",
            f"?x a <{n.ORG}Organization>",
            "{ ?x a samspel:Organisation } UNION { ?x a samspel:Project }",
        ),
        (
            "eurio",
            f"?p <{EURIO}hasInvolvedParty> ?x . ?x a <{EURIO}OrganisationRole>",
            "?p a samspel:Project ; samspel:hasParticipation ?x",
        ),
        ("schema", f"?x a <{SCHEMA}OrganizationRole>", "?p a samspel:Project ; samspel:hasParticipation ?x"),
        (
            "org",
            f"?x a <{n.ORG}Membership> ; <{n.ORG}organization> ?p",
            "?p a samspel:Project ; samspel:hasParticipation ?x",
        ),
        ("eurio", f"?x a <{EURIO}Grant> ; <{EURIO}funds> ?p", "?p samspel:fundedBy ?x"),
        ("schema", f"?x a <{SCHEMA}MonetaryGrant> ; <{SCHEMA}fundedItem> ?p", "?p samspel:fundedBy ?x"),
        (
            "eurio",
            f"?x a <{EURIO}FundingScheme>",
            "{ ?x a samspel:Fund } UNION { ?x a samspel:Programme }",
        ),
        ("eurio", f"?x a <{EURIO}MonetaryAmount>", "?x a samspel:MonetaryAmount"),
        ("eurio", f"?x a <{EURIO}AdministrativeArea>", "?x a samspel:Territory"),
        ("schema", f"?x a <{SCHEMA}AdministrativeArea>", "?x a samspel:Territory"),
        ("schema", f"?x a <{SCHEMA}DefinedTermSet>", "?x a samspel:AreaSet"),
        (
            "schema",
            f"?x a <{SCHEMA}DefinedTerm> ; <{SCHEMA}inDefinedTermSet> ?set",
            f"?x a samspel:PriorityArea ; <{n.inScheme}> ?set",
        ),
        ("eurio", f"?x a <{EURIO}Site>", "?o samspel:locatedIn ?x"),
        ("org", f"?x a <{n.ORG}Site>", "?o samspel:locatedIn ?x"),
        ("org", f"?x a <{n.Post}>", f"?x a <{n.Post}>"),
        ("org", f"?x a <{n.ORG}ChangeEvent>", f"?x a samspel:Organisation ; <{n.replaces}> ?before"),
    ],
)
def test_the_counts_are_those_of_the_graph(
    name: str, theirs: str, ours: str, store: Store, views: dict[str, Store]
) -> None:
    assert count(views[name], theirs) == count(store, ours)


def test_the_four_projects_and_what_hangs_on_them_are_there(views: dict[str, Store]) -> None:
    assert count(views["eurio"], f"?x a <{EURIO}Project>") == 4
    assert count(views["eurio"], f"?x a <{EURIO}Grant>") == 4
    assert count(views["eurio"], f"?x a <{EURIO}Country> ; <{EURIO}hasISOCountryCode> 'SE'") == 1


def test_a_company_that_is_something_else_too_is_not_called_for_profit(
    store: Store, views: dict[str, Store]
) -> None:
    park = "samspel:SciencePark, samspel:Company"
    assert count(store, f"?x a {park}") > 0
    assert count(views["eurio"], f"?x a <{EURIO}ForProfitOrganisation>") == 1
    assert count(views["schema"], f"?x a <{SCHEMA}Corporation>") == 1


def test_the_amount_of_the_eu_stands_on_the_only_grant(views: dict[str, Store]) -> None:
    asked = (
        f"SELECT ?title ?sum WHERE {{ ?g <{EURIO}hasFundingAmount>/<{EURIO}value> ?sum ;"
        f" <{EURIO}funds>/<{EURIO}title> ?title }}"
    )
    assert rows(views["eurio"], asked) == [{"title": "S3-plattform Småland och Öarna", "sum": "10000000"}]


def test_a_project_of_two_grants_leaves_open_which_is_of_the_eu() -> None:
    thing = n.BASE + "id/"
    project, amount = f"<{thing}project/p>", f"<{thing}amount/a>"
    lines = [
        f"{project} <{n.type_}> <{n.Project}>",
        f"{project} <{n.euContribution}> {amount}",
        *(f"{project} <{n.fundedBy}> <{thing}grant/{key}>" for key in "gh"),
        *(f"<{thing}grant/{key}> <{n.type_}> <{n.Grant}>" for key in "gh"),
    ]
    two = Store.memory()
    two.replace("https://example.org/g", lines)
    assert "hasFundingAmount" not in triples(two, "eurio")
    one = Store.memory()
    one.replace("https://example.org/g", [line for line in lines if "grant/h" not in line])
    assert f"<{thing}grant/g> <{EURIO}hasFundingAmount> {amount} ." in triples(one, "eurio")


# Three queries in EURIO terms only


@pytest.mark.parametrize("number", range(3))
def test_a_question_is_asked_in_terms_of_eurio_only(number: int) -> None:
    assert len(QUESTIONS) == 3
    assert re.findall(r"<([^>]+)>", QUESTIONS[number]) == [EURIO]
    assert set(re.findall(r"(\w+):\w", QUESTIONS[number].replace(EURIO, ""))) == {"eurio"}


@pytest.mark.parametrize("number", range(3))
def test_a_question_prints_its_golden(number: int, views: dict[str, Store]) -> None:
    expected = (GOLDEN / f"eurio-{number + 1}.csv").read_text("utf-8")
    assert write(answer(views["eurio"], number), "csv") == expected


def test_who_takes_part_is_what_cq11_says(store: Store, views: dict[str, Store]) -> None:
    everyone = ask(store, catalogue.query("cq11"), {"organisationName": "all", "level": "all"}).rows
    columns = ("organisation", "project", "role")
    found = pick(answer(views["eurio"], 0).dicts(), *columns)
    assert found == pick(everyone.dicts(), *columns)
    assert set(pick(golden("queries/cq11.csv"), *columns)) <= set(found)


def test_who_funds_is_what_cq12_says(views: dict[str, Store]) -> None:
    grants = [row for row in golden("queries/cq12.csv") if row["role"] == "grant"]
    found = pick(answer(views["eurio"], 1).dicts(), "project", "scheme", "agency")
    assert found == pick(grants, "project", "fund", "agency")


def test_where_the_intermediaries_are_is_what_cq18_says(views: dict[str, Store]) -> None:
    found = pick(answer(views["eurio"], 2).dicts(), "organisation", "area")
    assert found == pick(golden("queries/cq18.csv"), "organisation", "county")


def test_the_codes_of_the_areas_are_those_of_cq19(views: dict[str, Store]) -> None:
    codes = {row["county"]: row["code"] for row in golden("queries/cq19.csv")}
    found = pick(answer(views["eurio"], 2).dicts(), "area", "nuts")
    assert found
    assert all(codes[area] == nuts for area, nuts in found)


@pytest.mark.parametrize(("level", "codes"), [(3, 21), (2, 8)])
def test_organisations_per_area_are_counted_as_in_the_graph(
    level: int, codes: int, store: Store, views: dict[str, Store]
) -> None:
    theirs = rows(
        views["eurio"],
        f"PREFIX eurio: <{EURIO}> SELECT ?nuts (COUNT(DISTINCT ?o) AS ?n) WHERE {{ "
        f"?area eurio:hasNUTS{level}code ?nuts "
        "OPTIONAL { ?o a eurio:Organisation ; eurio:hasSite/eurio:hasGeographicalLocation ?area } } "
        "GROUP BY ?nuts",
    )
    ours = rows(
        store,
        f"{SAYS} SELECT ?nuts (COUNT(DISTINCT ?o) AS ?n) WHERE {{ ?area samspel:nutsCode ?nuts "
        f"FILTER(STRLEN(?nuts) = {level + 2}) "
        "OPTIONAL { ?o samspel:locatedIn ?at . ?at samspel:within* ?area } } GROUP BY ?nuts",
    )
    assert len(theirs) == codes
    assert pick(theirs, "nuts", "n") == pick(ours, "nuts", "n")
    assert sum(int(row["n"] or 0) for row in theirs) > 100


# One query for each of the others


def test_schema_tells_what_funds_a_project_and_what_it_is_about(views: dict[str, Store]) -> None:
    asked = (
        f"PREFIX schema: <{SCHEMA}> SELECT ?fund (COUNT(DISTINCT ?term) AS ?terms) WHERE {{ "
        "?p a schema:Project ; schema:name 'S3-plattform Småland och Öarna'@sv ; schema:keywords ?term . "
        "?term a schema:DefinedTerm ; schema:inDefinedTermSet ?set . "
        "?set schema:name 'Småland och Öarnas kunskapsområden'@sv . "
        "?p schema:funding/schema:funder ?scheme . ?scheme a schema:FundingScheme ; schema:name ?fund "
        "FILTER(LANG(?fund) = 'sv') } GROUP BY ?fund"
    )
    assert rows(views["schema"], asked) == [{"fund": "Europeiska regionalfonden", "terms": "5"}]


def test_schema_keeps_financiers_apart_from_members(views: dict[str, Store]) -> None:
    asked = (
        f"PREFIX schema: <{SCHEMA}> SELECT ?name WHERE {{ "
        "?p schema:name 'S3-plattform Småland och Öarna'@sv ; schema:funder ?role . "
        "?role a schema:OrganizationRole ; schema:funder/schema:name ?name "
        "FILTER(LANG(?name) = 'sv') }"
    )
    payers = [row for row in golden("queries/cq12.csv") if row["role"] == "co-financier"]
    assert pick(rows(views["schema"], asked), "name") == pick(payers, "payer")


def test_org_tells_who_is_a_member_of_a_project_in_which_role(views: dict[str, Store]) -> None:
    asked = (
        f"PREFIX org: <{n.ORG}> PREFIX skos: <{n.SKOS}> SELECT ?project ?role WHERE {{ "
        "?m a org:Membership ; org:member ?o ; org:organization ?c ; org:role/skos:notation ?role . "
        "?o a org:FormalOrganization ; skos:prefLabel 'Region Östergötland'@sv . "
        "?c a org:OrganizationalCollaboration ; skos:prefLabel ?project FILTER(LANG(?project) = 'sv') }"
    )
    assert pick(rows(views["org"], asked), "project", "role") == pick(
        golden("queries/cq11.csv"), "project", "role"
    )


# Every foreign term exists where it is said to come from


def terms(namespace: str, prefix: str) -> set[str]:
    return {namespace + name for part in PARTS for name in re.findall(rf"\b{prefix}:(\w+)", part.body)}


@pytest.mark.shared_data
def test_terms_exist_in_eurio(shared: Path) -> None:
    with (shared / "data" / "eurio" / "eurio_terms.tsv").open(encoding="utf-8") as file:
        known = {row["iri"] for row in csv.DictReader(file, delimiter="\t")}
    assert terms(EURIO, "eurio")
    assert sorted(terms(EURIO, "eurio") - known) == []


@pytest.mark.shared_data
def test_terms_exist_in_org(shared: Path) -> None:
    held = Graph().parse(shared / "data" / "ontologies" / "org.ttl", format="turtle")
    known = {str(subject) for subject in held.subjects()}
    assert terms(n.ORG, "org")
    assert sorted(terms(n.ORG, "org") - known) == []


def test_terms_of_schema_org_are_those_that_rdflib_lists() -> None:
    found = {iri.removeprefix(SCHEMA) for iri in terms(SCHEMA, "schema")}
    assert found
    assert [term for term in sorted(found - NEWER) if term not in SDO] == []
