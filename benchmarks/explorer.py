"""Draw networks of made-up projects in the explorer and by stock pyvis, in one browser; prints ratios.

Both stand in one Chromium without a graphics card: WebGL is drawn by its software (SwiftShader), which is
hard on ours alone, since a canvas needs no card. pyvis has physics off and our points, which spares it a
layout of its own; it is a file, ours a page of a running server that has answered once before. Measured are
the time from the navigation to the frame after the first drawing, and the script of a frame: what Chromium
counts as ScriptDuration while the picture is dragged, by the frames that were drawn meanwhile.
`SAMSPEL_BENCH_NODES=200,1000` chooses other sizes.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite, isinf, nan
from pathlib import Path
from statistics import median
from threading import Thread
from time import monotonic

import httpx2
import numpy as np
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pyvis.network import Network as Pyvis

from api.serving import configured
from api.settings import Settings
from benchmarks.networks_data import Data, made
from graph.generations import Home
from ontology.names import BASE

SIZES = (200, 1_000, 5_000, 20_000)
TEAM = 5  # organisations of a project at most; larger ones are left out, as edges grow by their square
LIMIT = 120  # seconds in which a page is drawn, or said not to be
TIMES, MOVES = 3, 12  # visits, of which the median is taken; steps of a drag
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_WATCH = """
  window.drawnAt = 0; window.framesDrawn = 0;
  let marks = 0;
  const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function (...how) { marks++; return fill.apply(this, how); };
  const frame = window.requestAnimationFrame.bind(window);
  let last = -1;
  window.requestAnimationFrame = (act) => frame((now) => {
    const before = marks;
    act(now);
    if (now !== last) { last = now; window.framesDrawn++; }
    if (!window.drawnAt && marks - before > window.expected / 2) {
      window.drawnAt = -1;
      frame(() => setTimeout(() => { window.drawnAt = performance.now(); }));
    }
  });
"""


@dataclass(frozen=True)
class Seen:
    """Milliseconds from navigation to drawn, of script in a frame, and until sigma has taken over."""

    drawn: float
    script: float
    swift: float = 0.0


def main(sizes: Sequence[int] = ()) -> None:
    """Compare both at each size."""
    asked = os.environ.get("SAMSPEL_BENCH_NODES", "")
    wanted = sizes or [int(each) for each in asked.split(",") if each] or SIZES
    chromium = shutil.which("chromium")
    if chromium is None:
        print("explorer: no chromium on the path: install it with scripts/browser.sh")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        print(f"explorer: Chromium {browser.version}, WebGL by software, window 1280 x 900")
        for many in wanted:
            with tempfile.TemporaryDirectory() as folder:
                compare(browser, many, Path(folder))
        browser.close()


def compare(browser: Browser, many: int, work: Path) -> None:
    """Compare both at a size, and say what came of it."""
    small(made(2 * many)).write(work / "data.nt")
    lines = {line.removesuffix(" .") for line in (work / "data.nt").read_text("utf-8").splitlines()}
    with Home(work / "store").draft() as draft:
        draft.replace(f"{BASE}graph/bench", sorted(lines))
    config = configured(Settings(store=work / "store", query_seconds=600, page_seconds=600), quiet=True)
    config.port = 0  # any that is free
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    try:
        address = _address(server)
        page = f"{address}/networks/organisations"
        data = httpx2.get(f"{address}/api/networks/organisations/explorer", timeout=600).raise_for_status()
        httpx2.get(page, headers={"Accept": "text/html"}, timeout=600).raise_for_status()
        (work / "pyvis.html").write_text(_pyvis(data.json()), "utf-8")
        turns = []
        for _ in range(TIMES):
            turns.append((_visit(browser, page, 0), _visit(browser, (work / "pyvis.html").as_uri(), many)))
            if any(isinf(each.drawn) for each in turns[-1]):
                break  # once is enough to know it
    finally:
        server.should_exit = True
        thread.join(60)
    ours, theirs = (_middle([turn[at] for turn in turns]) for at in (0, 1))
    edges = len(data.json()["edges"]["source"])
    print(f"  {many} nodes, {edges} edges:")
    print(f"    drawn after {_told(ours)}; pyvis {_told(theirs)}{_ratio(many, ours.drawn, theirs.drawn, 3)}")
    if ours.swift:
        print(f"    by sigma, with all that stands around it, after {ours.swift:.0f} ms")
    print(
        f"    script of a frame {ours.script:.1f} ms{_goal(many, ours.script <= 16, 'at most 16 ms')}; pyvis "
        f"{theirs.script:.1f} ms{_ratio(many, ours.script, theirs.script, 10)}"
    )


def _told(seen: Seen) -> str:
    return f"not within {LIMIT} s" if isinf(seen.drawn) else f"{seen.drawn:.0f} ms"


def _ratio(many: int, ours: float, theirs: float, goal: int) -> str:
    """Say how many times as much theirs is; nothing where either is not known."""
    if not (isfinite(ours) and isfinite(theirs)):
        return ""
    return f", {theirs / ours:.1f} times as much{_goal(many, theirs / ours >= goal, f'at least {goal}')}"


def small(data: Data) -> Data:
    """Return the data without the participations of projects larger than TEAM."""
    keep = np.bincount(data.project, minlength=len(data.since))[data.project] <= TEAM
    parts = {"project": data.project[keep], "organisation": data.organisation[keep]}
    return replace(data, **parts, amount=data.amount[keep])


def _address(server: uvicorn.Server) -> str:
    while not server.started:
        pass
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    return f"http://{host}:{port}"


def _pyvis(data: dict[str, dict[str, list[float]]]) -> str:
    """Return the page that pyvis makes of the same network: all as it comes, but for physics."""
    drawing = Pyvis(height="600px", width="100%", cdn_resources="in_line")
    nodes, edges = data["nodes"], data["edges"]
    points = zip(nodes["label"], nodes["x"], nodes["y"], strict=True)
    drawing.nodes = [  # set as lists: add_node and add_edge look through all that are there each time
        {"id": at, "label": label, "shape": "dot", "x": x * 40, "y": y * 40}
        for at, (label, x, y) in enumerate(points)
    ]
    ends = zip(edges["source"], edges["target"], strict=True)
    drawing.edges = [{"from": source, "to": target} for source, target in ends]
    drawing.toggle_physics(False)
    drawing.set_options(json.dumps({"physics": {"enabled": False}}))
    return str(drawing.generate_html())


def _visit(browser: Browser, address: str, many: int) -> Seen:
    """Open a page in a new window until it is drawn, then drag the picture."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.add_init_script(f"window.expected = {many or 'Infinity'};{_WATCH}")
        if many:
            context.route(lambda url: url.startswith("http"), lambda route: route.abort())
        page.goto(address, wait_until="commit", timeout=600_000)
        if isinf(drawn := _drawn(page, many)):
            return Seen(drawn, nan)
        swift = 0.0 if many else _swift(page)
        return Seen(drawn, _dragged(context, page, "#mynetwork canvas" if many else "#ex-box"), swift)


def _drawn(page: Page, many: int) -> float:
    """Wait until a page is drawn; infinity when that takes longer than LIMIT."""
    mark = "performance.getEntriesByName('explorer-drawn')[0]?.startTime ?? 0"
    wanted = "Math.max(window.drawnAt, 0)" if many else mark
    until = monotonic() + LIMIT
    while monotonic() < until:
        if found := float(page.evaluate(wanted)):  # a policy without eval forbids to wait for a function
            return found
        page.wait_for_timeout(50)
    return inf


def _swift(page: Page) -> float:
    """Return when sigma had taken over and the rest of the page stood."""
    page.locator("#explorer[data-ready]").wait_for(timeout=600_000)
    return float(page.evaluate("performance.getEntriesByName('explorer-swift')[0]?.startTime ?? 0"))


def _dragged(context: BrowserContext, page: Page, what: str) -> float:
    """Return the milliseconds of script in each frame that was drawn while the picture was dragged."""
    box = page.locator(what).first
    box.scroll_into_view_if_needed()
    frame = box.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    x, y = frame["x"] + frame["width"] - 20, frame["y"] + 20  # a corner without nodes
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 8, y + 8)
    page.wait_for_timeout(500)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    before = _spent(session.send("Performance.getMetrics")), int(page.evaluate("window.framesDrawn"))
    for step in range(MOVES):
        page.mouse.move(x - 16 - 8 * step, y + 16 + 4 * step)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    after = _spent(session.send("Performance.getMetrics")), int(page.evaluate("window.framesDrawn"))
    page.mouse.up()
    return 1000 * (after[0] - before[0]) / max(after[1] - before[1], 1)


def _spent(metrics: dict[str, list[dict[str, str | float]]]) -> float:
    return next(float(each["value"]) for each in metrics["metrics"] if each["name"] == "ScriptDuration")


def _middle(seen: Sequence[Seen]) -> Seen:
    scripts = [each.script for each in seen if isfinite(each.script)]
    return Seen(
        median(each.drawn for each in seen),
        median(scripts) if scripts else nan,
        median(each.swift for each in seen),
    )


def _goal(many: int, reached: bool, goal: str) -> str:
    return f" (goal {goal}: {'reached' if reached else 'missed'})" if many == 5_000 else ""


if __name__ == "__main__":
    main()
