"""No page breaks a rule of WCAG 2.1 A or AA that a machine can find, scrolls sideways, or complains.

Looked at are, on a phone in Swedish and light, on a desktop in English and dark: a page of every route, one
that tells what is wrong, every page that a script makes more of, and as few others as together have each
shape of all pages in that language: an element by tag, class, attributes, what it stands in and what it holds
(`shapes`). Rules judge an element by these and by the styles that they lead to: a page without a shape of its
own breaks none that the chosen do not. What hangs on one page (ids, and what points at them) is checked in
all pages by `test_html`. A theme changes colours and nothing else, a language words and nothing else.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import httpx2
import pytest
from playwright.sync_api import Browser, Page

from api.settings import Settings
from tests.api.conftest import Reached
from tests.api.shapes import Shape, fewest, shapes
from tests.api.watching import watched

AXE = Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js"
RULES = """async () => {
  // Rows alike tell nothing new and cost the most: nine of them are enough.
  for (const each of document.querySelectorAll("main, main *"))
    while (each.children.length > 9 && each.children[8].tagName === each.lastElementChild.tagName)
      each.lastElementChild.remove();
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const options = { runOnly, resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, options);
  const shown = rule => rule.nodes.slice(0, 3).map(node => node.html).join(" | ");
  return found.violations.map(rule => rule.id + ": " + shown(rule));
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCRIPT = "script:not([type$=json])"
ALSO = (  # long or wide, so that they might not stay within a phone
    *("/networks/organisations", "/networks/organisations/picture"),
    *("/networks/organisations/picture?size=degree", "/map?show=parks&county=14", "/ontology/StrengthArea"),
    *("/page/county/05", "/page/organisation/region-ostergotland", "/queries/cq24", "/queries/cq03"),
    *("/ontology/ledBy", "/page/area/smaland-oarna-digital-tjansteutveckling"),
    "/page/project/s3-plattform-smaland-oarna",
)
pytestmark = pytest.mark.browser


class Seen(NamedTuple):
    """In what window a page is looked at."""

    language: Literal["sv", "en"]
    scheme: Literal["light", "dark"]
    width: int
    height: int


PAIRS = (Seen("sv", "light", 390, 844), Seen("en", "dark", 1280, 720))


@dataclass(frozen=True)
class Visit:
    """What a look at a page found."""

    broken: list[str]
    wrong: list[str]
    wider: int


@dataclass(frozen=True)
class Window:
    """A page in a browser, and the list to which is written what goes wrong in it."""

    page: Page
    wrong: list[str]

    def visit(self, address: str, judged: bool) -> Visit:
        """Look at a page, by the rules if it is one of those judged."""
        self.wrong.clear()
        answer = self.page.goto(address)
        assert answer is not None
        if self.page.locator(SCRIPT).count():  # a script makes what is to be read
            self.page.wait_for_load_state("networkidle")
        wider = int(self.page.evaluate(WIDER))
        told = f"status of {answer.status} "  # a browser complains of that a page is not there
        wrong = [each for each in self.wrong if answer.ok or told not in each]
        return Visit(list(self.page.evaluate(RULES)) if judged else [], wrong, wider)


@pytest.fixture(scope="module")
def served(serve: Callable[[Settings], AbstractContextManager[str]], published: Settings) -> Iterator[str]:
    """The address of a server that has a release."""
    with serve(published) as address:
        yield address


@pytest.fixture(scope="module")
def windows(browser: Browser, served: str) -> Iterator[dict[Seen, Window]]:
    """A window of each pair."""
    with ExitStack() as stack:
        found = {}
        for pair in PAIRS:
            context = stack.enter_context(
                browser.new_context(
                    base_url=served,
                    locale=pair.language,
                    color_scheme=pair.scheme,
                    viewport={"width": pair.width, "height": pair.height},
                )
            )
            context.add_init_script(AXE.read_text("utf-8"))
            found[pair] = Window(*watched(context, served))
        yield found


@pytest.fixture(scope="module")
def shaped(served: str, addresses: tuple[str, ...]) -> dict[Seen, dict[str, tuple[frozenset[Shape], bool]]]:
    """The shapes of each page in each language, and whether a script makes more of it."""
    with httpx2.Client(base_url=served, follow_redirects=True, timeout=30) as client:
        return {
            pair: {
                each: shapes(
                    client.get(each, headers={"Accept": "text/html", "Accept-Language": pair.language}).text
                )
                for each in addresses
            }
            for pair in PAIRS
        }


@pytest.fixture(scope="module")
def visits(
    windows: dict[Seen, Window],
    shaped: Mapping[Seen, Mapping[str, tuple[frozenset[Shape], bool]]],
    routes: Mapping[str, Reached | None],
) -> dict[tuple[str, Seen], Visit]:
    """What was found on each page that was looked at, in each window."""
    certain = *(each.address for each in routes.values() if each and each.page), "/nope"
    found = {}
    for pair, window in windows.items():
        pages = {address: made for address, (made, _) in shaped[pair].items()}
        scripted = [address for address, (_, more) in shaped[pair].items() if more]
        chosen = fewest(pages, (*certain, *scripted))
        phone = ALSO if pair.width < 400 else ()
        for address in dict.fromkeys((*chosen, *phone)):
            found[address, pair] = window.visit(address, address in chosen)
    return found


def test_every_route_was_reached(routes: dict[str, object]) -> None:
    """A page that no page leads to would not be looked at: link to it, or say here that it is none."""
    assert {path for path, reached in routes.items() if reached is None} == {
        *("/id/{kind}/{key}", "/regions/{key}", "/dumps/{version}"),  # lead on
        *("/ontology.{ending}", "/sitemap/{number:int}.xml"),  # are for programs
    }


def test_no_rule_is_broken(visits: Mapping[tuple[str, Seen], Visit]) -> None:
    """No part of a page is left out, what others have made (the query editor) neither."""
    assert {place: visit.broken for place, visit in visits.items() if visit.broken} == {}


def test_no_page_scrolls_sideways(visits: Mapping[tuple[str, Seen], Visit]) -> None:
    assert {place: visit.wider for place, visit in visits.items() if visit.wider > 0} == {}


def test_no_page_complains_or_asks_elsewhere(visits: Mapping[tuple[str, Seen], Visit]) -> None:
    assert {place: visit.wrong for place, visit in visits.items() if visit.wrong} == {}


def test_what_is_bad_is_found(windows: dict[Seen, Window]) -> None:
    window = windows[PAIRS[0]]
    window.visit("/sources", judged=False)
    window.page.evaluate("document.querySelector('h1').innerHTML = '<img width=900 src=/static/icon.svg>'")
    window.page.evaluate("console.error('no')")
    assert window.page.evaluate(WIDER) > 0
    (found,) = window.page.evaluate(RULES)
    assert found.startswith("image-alt: ")
    assert window.wrong == ["no"]


def test_the_file_of_rules_is_the_one_that_is_told_of() -> None:
    told = (AXE.parent / "SOURCE.md").read_text("utf-8")
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() in told
    assert "Mozilla Public License" in (AXE.parent / "LICENSE").read_text("utf-8")
