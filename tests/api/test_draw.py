"""The drawing: whole in one file, safe with any label, capped, and drawn by a real browser."""

import doctest
import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import api.draw
import api.draw_texts
from api.draw import draw
from queries.errors import ParameterError
from queries.measure import run
from queries.network import Network, NetworkError, Row

EVIL = [
    "</script><script>window.hacked=1</script>",
    '"><img src=x onerror="window.hacked=1">',
    "<a href='javascript:window.hacked=1'>href</a>",
    "{{ 7*7 }}{% raw %}",
    "'-window.hacked=1-'",
    "<!--<script>",
]
STATIC = Path(api.draw.__file__ or "").parent / "static"


def network(pairs: dict[str, str], mode: str = "one-mode", **more: str) -> Network:
    rows: list[Row] = [
        {"actor": f"urn:{a}", "actorLabel": a, "event": f"urn:{e}", "eventLabel": f"Projekt {e}", **more}
        for a, events in pairs.items()
        for e in events
    ]
    return Network.from_rows("prov", rows, "two-mode" if mode == "two-mode" else "one-mode")


def data(html: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return dict(json.loads(found.group(1)))


def own(html: str) -> str:
    """The page without the library, whose comments name addresses."""
    library, _ = api.draw._scripts()
    assert library in html
    return html.replace(library, "")


@pytest.fixture
def small() -> Network:
    return network({"Åsa & Co": "pq", "Örn": "p", "Berg": "pq", "Ensam": "r"}, actorKind="cluster")


def test_the_page_is_a_whole_document(small: Network) -> None:
    html = draw(small, "Kluster & <parker>", "sv")
    assert html.startswith('<!doctype html>\n<html lang="sv">')
    for part in (
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<title>Kluster &amp; &lt;parker&gt;</title>",
        "<h1>Kluster &amp; &lt;parker&gt;</h1>",
        "Nätverket har 4 noder, 3 kanter och 2 sammanhängande delar.",
        "cluster (4)",
    ):
        assert part in html


def test_the_page_asks_for_nothing_outside(small: Network) -> None:
    page = own(draw(small, "x"))
    assert "http:" not in page
    assert "https:" not in page
    assert not re.search(r"\b(src|href)\s*=|url\(|@import|sourceMappingURL", page)
    assert "default-src 'none'" in page


def test_the_policy_admits_our_two_scripts_by_their_hashes(small: Network) -> None:
    html = draw(small, "x")
    assert html.split("script-src")[1].split(";")[0].count("'sha256-") == 2
    assert html.count("<script>") == 2
    assert "'unsafe" not in html


def test_english(small: Network) -> None:
    html = draw(small, "x", "en")
    assert '<html lang="en">' in html
    assert "The network has 4 nodes, 3 edges and 2 components." in html
    assert "sammanhängande" not in html


def test_the_examples_of_numbers_hold() -> None:
    found = doctest.testmod(api.draw_texts)
    assert (found.attempted, found.failed) == (1, 0)


def test_both_languages_have_the_same_words() -> None:
    sv, en = (api.draw_texts.WORDS[language] for language in ("sv", "en"))
    assert sv.keys() == en.keys()
    for key, text in sv.items():
        assert re.findall(r"{\w*}", text) == re.findall(r"{\w*}", en[key])


def test_an_unknown_language_is_refused(small: Network) -> None:
    with pytest.raises(ParameterError, match="'fi'; ask for one of sv, en"):
        draw(small, "x", "fi")


def test_edges_tell_what_is_shared(small: Network) -> None:
    texts = {str(edge["title"]) for edge in data(draw(small, "x"))["edges"]}
    assert "Berg – Åsa & Co\nGemensamt (2): Projekt p; Projekt q" in texts
    widths = {str(edge["title"]).split("\n")[0]: edge["width"] for edge in data(draw(small, "x"))["edges"]}
    assert widths["Berg – Åsa & Co"] == 2
    assert widths["Berg – Örn"] == 1


def test_many_shared_events_are_cut_short_and_counted() -> None:
    found = data(draw(network({"a": "abcdefghijkl", "b": "abcdefghijkl"}), "x", "en"))
    assert str(found["edges"][0]["title"]).endswith("Projekt h; and 4 more")


def test_values_size_the_points_and_stand_in_the_table(small: Network) -> None:
    html = draw(small, "x", "sv", run("strength", small, weight="newman"))
    sizes = {node["name"]: float(str(node["size"])) for node in data(html)["nodes"]}
    assert sizes["Åsa & Co"] == sizes["Berg"] > sizes["Örn"] > sizes["Ensam"]
    assert "Punktens storlek: Samarbetets omfattning." in html
    assert '<th scope="col" class="number">Samarbetets omfattning</th>' in html
    assert "färre än 10 noder (4)" in html


def test_undefined_values_are_said_so(small: Network) -> None:
    html = draw(small, "x", "sv", run("constraint", small))
    assert '<td class="number">inte definierat</td>' in html


def test_communities_colour_the_points(small: Network) -> None:
    html = draw(small, "x", "sv", run("communities", small))
    looks = {node["name"]: (node["color"], node["shape"]) for node in data(html)["nodes"]}
    assert looks["Berg"] == looks["Örn"] == looks["Åsa & Co"] != looks["Ensam"]
    assert "Grupp 1 (3)" in html


def test_a_measure_of_another_network_is_refused(small: Network) -> None:
    with pytest.raises(NetworkError, match="has other nodes than 'prov'"):
        draw(small, "x", values=run("degree", network({"a": "p"})))


def test_kinds_differ_in_colour_and_shape_and_take_their_given_names() -> None:
    rows: list[Row] = [{"actor": f"a{at:02}", "actorKind": f"kind-{at:02}"} for at in range(40)]
    html = draw(Network.from_rows("x", [*rows, {"actor": "z"}], "one-mode"), "x", kinds={"kind-07": "Sju"})
    looks = [(node["color"], node["shape"]) for node in data(html)["nodes"]]
    assert len(set(looks)) == 41
    assert "Sju (1)" in html
    assert "kind-07" not in html
    assert "slag ej angivet (1)" in html


def test_two_modes_show_both_sides(small: Network) -> None:
    two = network({"a": "pq", "b": "p"}, "two-mode", actorKind="cluster", eventKind="project", role="owner")
    html = draw(two, "x")
    assert "cluster (2)" in html
    assert "project (2)" in html
    assert "En linje binder en aktör till det den deltar i." in html
    assert {edge["title"] for edge in data(html)["edges"]} >= {"a – Projekt p\nowner"}


def test_what_is_left_out_is_said_and_the_strongest_stay() -> None:
    chain = {f"n{at}": f"{chr(97 + at)}{chr(98 + at)}" for at in range(10)}
    chain["n4"] += "!"
    chain["n5"] += "!"
    html = draw(network(chain), "x", max_nodes=6, max_edges=2)
    found = data(html)
    assert "4 noder och 7 kanter är utelämnade" in html
    assert (len(found["nodes"]), len(found["edges"])) == (6, 2)
    assert "n4 – n5\nGemensamt (2)" in str(found["edges"][0]["title"])
    assert "utelämnade" not in draw(network(chain), "x")


def test_an_empty_network_says_so() -> None:
    assert "Nätverket är tomt." in draw(Network.from_rows("x", [], "one-mode"), "x")


def test_the_same_network_gives_the_same_page(small: Network) -> None:
    assert draw(small, "x") == draw(small, "x")


@pytest.mark.parametrize("evil", EVIL)
def test_no_label_breaks_out_of_the_page(evil: str) -> None:
    plain = draw(network({"a": "p", "b": "p"}), "x")
    rows: list[Row] = [
        {
            "actor": f"urn:{side}{evil}",
            "actorLabel": f"{side}{evil}",
            "actorKind": evil,
            "actorTerritory": evil,
            "event": f"urn:{evil}",
            "eventLabel": evil,
        }
        for side in "ab"
    ]
    html = draw(Network.from_rows(evil, rows, "one-mode"), evil)
    for tag in ("<script", "</script", "<img", "<a ", "<!--"):
        assert html.count(tag) == plain.count(tag)
    assert {node["name"] for node in data(html)["nodes"]} == {f"a{evil}", f"b{evil}"}


def test_vis_network_is_the_file_that_its_note_names() -> None:
    folder = STATIC / "vis-network"
    note = (folder / "SOURCE.md").read_text("utf-8")
    code = (folder / "vis-network.min.js").read_bytes()
    assert hashlib.sha256(code).hexdigest() in note
    version = re.search(rb"@version ([0-9.]+)", code)
    assert version
    assert f"Version {version.group(1).decode()} " in note
    assert b"</script" not in code.lower()
    assert "MIT" in (folder / "LICENSE-MIT").read_text("utf-8")
    assert "Apache License" in (folder / "LICENSE-APACHE-2.0").read_text("utf-8")


class Visit:
    """A page that notes what it says and asks for."""

    def __init__(self, browser: Browser, width: int = 1200, height: int = 900) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": height})
        self.trouble: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def drawn(self) -> bool:
        """Whether the canvas holds points of a colour of ours."""
        return bool(
            self.page.evaluate(
                """() => {
                  const canvas = document.querySelector("canvas");
                  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                  for (let at = 0; at < data.length; at += 4)
                    if (data[at] === 0x44 && data[at + 1] === 0x77 && data[at + 2] === 0xaa) return true;
                  return false;
                }"""
            )
        )


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1200, 900), (390, 844)], ids=["desktop", "phone"])
def test_a_browser_draws_it_from_the_file_without_errors_or_requests(
    browser: Browser, small: Network, tmp_path: Path, width: int, height: int
) -> None:
    file = tmp_path / "network.html"
    file.write_text(draw(small, "Prov", "sv", run("betweenness", small)), "utf-8")
    visit = Visit(browser, width, height)
    visit.page.goto(file.as_uri())
    visit.page.wait_for_function("document.querySelector('canvas')?.width > 0")
    assert visit.drawn()
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visit.page.get_by_text("Visa som tabell").click()
    visit.page.get_by_role("button", name="Örn").click()
    assert "Örn" in visit.page.locator("#said").inner_text()
    visit.page.get_by_role("button", name="Zooma in").click()
    visit.page.get_by_role("button", name="Visa allt").click()
    assert (visit.trouble, visit.asked) == ([], [file.as_uri()])
    visit.page.close()


@pytest.mark.browser
def test_a_sandboxed_frame_draws_it(browser: Browser, small: Network, tmp_path: Path) -> None:
    (tmp_path / "network.html").write_text(draw(small, "Prov"), "utf-8")
    outer = tmp_path / "outer.html"
    outer.write_text('<!doctype html><iframe sandbox="allow-scripts" src="network.html"></iframe>', "utf-8")
    visit = Visit(browser)
    visit.page.goto(outer.as_uri())
    visit.page.frame_locator("iframe").locator("canvas").wait_for()
    assert visit.trouble == []
    assert len(visit.asked) == 2
    visit.page.close()


@pytest.mark.browser
def test_no_label_runs_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    rows: list[Row] = [
        {"actor": f"urn:{at}", "actorLabel": evil, "actorKind": evil, "event": "urn:p", "eventLabel": evil}
        for at, evil in enumerate(EVIL)
    ]
    evil = Network.from_rows("x", rows, "one-mode")
    file = tmp_path / "network.html"
    file.write_text(draw(evil, "".join(EVIL), "sv", run("degree", evil)), "utf-8")
    visit = Visit(browser)
    visit.page.goto(file.as_uri())
    box = visit.page.locator("#drawing").bounding_box()
    assert box
    visit.page.get_by_text("Visa som tabell").click()
    for button in visit.page.locator("[data-node]").all():
        button.click()  # puts the point in the middle and tells of it
        frame = visit.page.locator("#drawing").bounding_box()
        assert frame
        visit.page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
        visit.page.locator(".vis-tooltip").wait_for(state="visible")  # the text of the point, hovered
        visit.page.mouse.move(0, 0)
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("#drawing img, #drawing a, #said *").count() == 0
    assert (visit.trouble, visit.asked) == ([], [file.as_uri()])
    visit.page.close()


@pytest.mark.browser
def test_the_largest_drawing_opens(browser: Browser, tmp_path: Path) -> None:
    rows: list[Row] = [
        {"actor": f"a{at % 600:03}", "event": f"e{(at * 7) % 331}", "actorKind": "cluster"}
        for at in range(2400)
    ]
    large = Network.from_rows("x", rows, "one-mode")
    assert len(large.nodes) > 500
    file = tmp_path / "network.html"
    file.write_text(draw(large, "Stort"), "utf-8")
    visit = Visit(browser)
    visit.page.goto(file.as_uri())
    visit.page.wait_for_function("document.querySelector('canvas')?.width > 0")
    assert visit.drawn()
    assert visit.trouble == []
    visit.page.close()
