"""What the explorer reads is the network, whole; and what its page brings along is ours or told of."""

import hashlib
import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

import api
from api import asking, explorer, layout
from api.snapshot import Snapshots
from api.words_explorer import EXPLORER_WORDS, SCRIPT_WORDS
from graph.generations import Home
from ontology.names import BASE
from queries import catalogue
from queries.measure import measures
from queries.network import Network

STATIC = Path(api.__file__ or "").parent / "static"
TEMPLATES = STATIC.parent / "templates"
SCRIPTS = sorted((STATIC / "explorer").glob("*.js"))


def texts(coded: dict[str, list[str] | list[int]]) -> list[str | None]:
    """Return the text of each node or event."""
    known, of = coded["texts"], coded["of"]
    return [None if at == -1 else str(known[int(at)]) for at in of]


@pytest.mark.parametrize("name", sorted(catalogue.networks()))
def test_the_columns_are_the_network(client: TestClient, built: Home, name: str) -> None:
    found = client.get(f"/api/networks/{name}/explorer").json()
    network = asking.network(Snapshots(built).current(), name)
    nodes, events, edges = found["nodes"], found["events"], found["edges"]
    assert [key.replace("~", f"{BASE}id/") for key in nodes["id"]] == list(network.ids)
    assert nodes["label"] == [node.label for node in network.nodes]
    assert texts(nodes["kind"]) == [node.kind for node in network.nodes]
    assert texts(nodes["territory"]) == [node.territory for node in network.nodes]
    assert nodes["side"] == "".join(node.side[0] for node in network.nodes)
    assert np.isfinite([*nodes["x"], *nodes["y"]]).all()
    assert texts(events["fund"]) == [event.fund for event in network.events]
    assert events["since"] == [int(event.since[:4]) if event.since else None for event in network.events]
    assert found["ties"]["actor"] == network.tie_actor.tolist()
    assert found["ties"]["event"] == network.tie_event.tolist()
    assert (edges["source"], edges["target"]) == (network.sources.tolist(), network.targets.tolist())
    assert edges["weight"] == network.counts.tolist()
    assert found["snapshot"] == network.snapshot and found["layout"]["seed"] == 1
    assert set(found["measures"]) <= set(measures())


def test_names_are_in_the_language_that_was_asked_for(client: TestClient) -> None:
    """Filters and files take the Swedish names of places, so the columns keep them; the page renames them."""
    sv, en = (client.get(f"/api/networks/counties/explorer?lang={each}").json() for each in ("sv", "en"))
    at = sv["nodes"]["id"].index("~county/05")
    assert (sv["nodes"]["label"][at], en["nodes"]["label"][at]) == (
        "Östergötlands län",
        "Östergötland County",
    )
    assert en["nodes"]["territory"] == sv["nodes"]["territory"]
    assert {**en, "nodes": {**en["nodes"], "label": 0}, "events": 0} == {
        **sv,
        "nodes": {**sv["nodes"], "label": 0},
        "events": 0,
    }
    assert "Smart industri" in sv["events"]["label"] and "Smart industry" in en["events"]["label"]
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    page = unescape(client.get("/networks/counties", headers=headers).text)
    assert '"\\u00d6stra Mellansverige": "East-Central Sweden"' in page
    assert "<td>East-Central Sweden</td>" in page
    picture = client.get("/networks/counties/picture", headers=headers).text
    assert "Östergötland County" in picture and "Östra Mellansverige" not in picture


def test_areas_and_funds_are_offered_in_the_readers_language(client: TestClient) -> None:
    """Events have them in Swedish, as filters take them; the page knows what they are called."""
    columns = client.get("/api/networks/organisations/explorer?lang=en").json()["events"]
    used = {text for key in ("area", "fund") for each in columns[key]["texts"] for text in each.split("|")}
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    page = unescape(client.get("/networks/organisations", headers=headers).text)
    for sv, en in (
        ("Europeiska regionalfonden", "European Regional Development Fund (ERDF)"),
        ("Smart industri", "Smart industry"),
    ):
        assert sv in used and f"{json.dumps(sv)}: {json.dumps(en)}" in page
    swedish = unescape(
        client.get("/networks/organisations", headers={**headers, "Accept-Language": "sv"}).text
    )
    assert '"Smart industry"' not in swedish


def test_values_of_measures_are_those_of_the_network(client: TestClient) -> None:
    answer = client.get("/api/networks/organisations/explorer").json()
    found, ids = answer["measures"], [key.replace("~", f"{BASE}id/") for key in answer["nodes"]["id"]]
    rows = client.get("/api/measures/betweenness?network=organisations").json()["rows"]
    told = {row["id"]: row["betweenness"] for row in rows}
    assert found["betweenness"] == pytest.approx([told[key] for key in ids], rel=1e-5)
    assert all(len(column) == len(ids) for column in found.values())


def test_it_is_kept_and_given_anew_only_with_new_data(built: Home, tmp_path: Path) -> None:
    snapshot = replace(Snapshots(built).current(), beside=tmp_path, _kept={})
    made = explorer.data(snapshot, "counties", BASE)
    assert len(list(tmp_path.glob("*.bin"))) == 2, "the points, and the columns"
    again = replace(snapshot, _kept={})
    assert explorer.data(again, "counties", BASE) == made
    assert explorer.data(replace(snapshot, beside=None, _kept={}), "counties", BASE) == made
    assert explorer.data(replace(snapshot, _kept={}), "counties", "https://example.org/") != made


def test_ids_of_others_and_numbers_that_are_not_there_are_told_as_such() -> None:
    rows = [
        {"actor": "javascript:alert(1)", "actorLabel": "</script><b>", "event": f"{BASE}id/project/p"},
        {"actor": f"{BASE}id/organisation/a", "event": f"{BASE}id/project/p", "from": "2014-05-01"},
    ]
    network = Network.from_rows("x", rows, "one-mode")
    found = json.loads(explorer.packed(network, layout.made(network), [], BASE))
    assert found["nodes"]["id"] == ["~organisation/a", "javascript:alert(1)"]
    assert found["nodes"]["kind"] == {"texts": [], "of": [-1, -1]}
    assert (found["events"]["since"], found["events"]["until"]) == ([2014], [None])


def test_the_address_answers_as_others_do(client: TestClient) -> None:
    assert client.get("/api/networks/nope/explorer").status_code == 404
    assert client.get("/api/networks/counties/explorer?x=1").status_code == 400
    accept = {"Accept": "text/csv"}
    assert client.get("/api/networks/counties/explorer", headers=accept).status_code == 406


def test_the_page_names_its_data_and_its_words(client: TestClient) -> None:
    text = client.get("/networks/organisations", headers={"Accept": "text/html"}).text
    assert (
        text.count("<script") == 1 and '<script type="module" async src="/static/explorer/main.js">' in text
    )
    assert 'data-address="/api/networks/organisations/explorer?lang=sv"' in text
    assert 'href="/api/networks/organisations/explorer?lang=sv"' in text  # fetched ahead: the same address
    assert "<noscript><iframe" in text and text.count("<table") == 3


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_makes_no_html(path: Path) -> None:
    content = path.read_text("utf-8")
    assert len(content.splitlines()) < 400 and content.startswith("// ")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?://(?!www\.w3)", content
    )
    assert '"style"' not in content


def test_every_word_of_the_scripts_is_used_and_every_word_used_is_there() -> None:
    content = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    used = set(re.findall(r"\bwords\.([a-z_]+)", content)) | set(re.findall(r"\bwords\[(\w+)\]", content))
    given = {"kinds", "names", "measures", "groups", "language", "number", "name"}
    assert used - given <= set(SCRIPT_WORDS)
    assert set(SCRIPT_WORDS) - used <= {"kind", "territory"}, "taken by name in controls.js"
    template = (TEMPLATES / "explorer.html").read_text("utf-8") + (TEMPLATES / "network.html").read_text(
        "utf-8"
    )
    said = set(re.findall(r'"((?:ex_|nodes_shown)\w*)"', template))
    assert said == set(EXPLORER_WORDS)


def test_the_bundle_is_the_file_that_its_note_names() -> None:
    folder = STATIC / "sigma"
    note, code = (folder / "SOURCE.md").read_text("utf-8"), (folder / "sigma.min.js").read_bytes()
    assert hashlib.sha256(code).hexdigest() in note
    lock = json.loads((STATIC.parents[1] / "assets" / "explorer" / "package-lock.json").read_text("utf-8"))
    for name in ("sigma", "graphology", "graphology-utils", "events"):
        found = lock["packages"][f"node_modules/{name}"]
        assert f"| {name} | {found['version']} | MIT" in note and found["integrity"] in note
        assert "ermission is hereby granted" in (folder / f"LICENSE-{name}").read_text("utf-8")
    assert not re.search(rb"\beval\(|new Function\(|sourceMappingURL", code)
