"""links: what leads nowhere is found, and nothing else."""

from pathlib import Path

import pytest

from graph import links
from graph.findings import Finding
from graph.store import Store
from graph.validate import lines
from ontology import names as n
from ontology import vocabulary

KNOWN = links.subjects(line for path in vocabulary.files() for line in lines(path))
COUNTY = f"{n.BASE}id/county/05"
REGION = f"{n.BASE}id/nuts/SE12"
WITHIN = f"<{COUNTY}> <{n.within}> <{REGION}>"
NAMED = f'<{REGION}> <{n.prefLabel}> "Östra Mellansverige"@sv'
TERM = f'<{n.within}> <{n.RDFS}label> "within"@en'


def where(found: tuple[Finding, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(each.focus, each.path, each.value) for each in found]


def test_no_link_of_the_real_graph_leads_nowhere(store: Store) -> None:
    assert links.dangling(store.lines()) == ()


def test_a_thing_taken_out_of_the_real_graph_is_missed_wherever_it_is_used(store: Store) -> None:
    kept = [line for line in store.lines() if not line.startswith(f"<{COUNTY}> ")]
    uses = {line for line in kept if line.endswith(f" <{COUNTY}>")}
    assert len(uses) > 5
    found = links.dangling(kept)
    assert {f"<{each.focus}> <{each.path}> <{each.value}>" for each in found} == uses
    assert len(found) == len(uses)


def test_a_finding_says_what_leads_where_in_both_languages() -> None:
    (found,) = links.dangling([WITHIN, TERM])
    assert (found.focus, found.path, found.value, found.value_is_iri) == (COUNTY, n.within, REGION, True)
    assert (found.shape, found.severity) == (f"{n.BASE}shapes#Link", "Violation")
    assert found.message_en.startswith(f"The link leads to {REGION}, which nothing describes;")
    assert found.message_sv.startswith(f"Länken leder till {REGION}, som ingenting beskriver;")
    assert links.dangling([WITHIN, NAMED, TERM]) == ()


def test_a_property_that_the_vocabulary_does_not_have_is_found() -> None:
    misspelt = f"<{COUNTY}> <{n.SAMSPEL}witin> <{REGION}>"
    (found,) = links.dangling([misspelt, NAMED])
    assert (found.focus, found.path, found.value) == (COUNTY, f"{n.SAMSPEL}witin", None)
    assert found.message_en == f"The vocabulary has no property {n.SAMSPEL}witin; look for a misprint."


def test_links_of_others_texts_and_names_of_versions_are_passed_over() -> None:
    said = [
        f"<{REGION}> <{n.exactMatch}> <http://data.europa.eu/nuts/code/SE12>",
        f'<{REGION}> <{n.comment}> "see <{COUNTY}>"',
        f"<{n.BASE}ontology> <http://www.w3.org/2002/07/owl#versionIRI> <{n.BASE}ontology/9.9.9>",
    ]
    assert links.dangling(said) == ()


def test_in_another_base_its_own_things_and_the_vocabulary_are_followed() -> None:
    lost = "<https://example.org/id/county/05> <http://purl.org/dc/terms/source> <https://example.org/id/x/y>"
    address = lost.replace("https://example.org/id/x/y", f"{n.BASE}graph/seeds")
    role = lost.replace("https://example.org/id/x/y", f"{n.BASE}id/role/none")
    assert len(links.dangling([lost], "https://example.org/")) == 1
    assert links.dangling([address], "https://example.org/") == ()
    assert len(links.dangling([role], "https://example.org/")) == 1


def test_in_a_part_of_the_graph_only_the_vocabulary_must_be_there() -> None:
    lost = f"<{COUNTY}> <{n.actorKind}> <{n.BASE}id/actor-kind/wizard>"
    unknown = f"<{COUNTY}> <{n.type_}> <{n.SAMSPEL}Castle>"
    assert where(links.dangling([WITHIN, lost, unknown], described=KNOWN)) == [
        (COUNTY, n.type_, f"{n.SAMSPEL}Castle"),
        (COUNTY, n.actorKind, f"{n.BASE}id/actor-kind/wizard"),
    ]


@pytest.mark.parametrize(
    "path", sorted((vocabulary.ROOM / "examples").glob("*.ttl")), ids=lambda path: path.stem
)
def test_the_examples_use_no_term_that_there_is_not(path: Path) -> None:
    assert links.dangling(lines(path), described=KNOWN) == ()


def test_the_link_shape_is_described() -> None:
    assert f"<{links.SHAPE}>" in KNOWN


def test_lines_that_can_be_read_only_once_and_a_store_give_the_same() -> None:
    said = [WITHIN, TERM]
    store = Store.memory()
    store.replace("https://example.org/g", said)
    assert links.dangling(iter(said)) == links.dangling(store.stream()) == links.dangling(said) != ()


def test_of_a_misprint_made_a_million_times_some_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST", 3)
    said = [f"<{COUNTY}{number}> <{n.SAMSPEL}witin> <{REGION}>" for number in range(5)]
    assert len(links.dangling([*said, NAMED])) == 3
