"""Draw a network as one HTML file that asks for nothing outside itself: pyvis with a page of our own."""

import ast
import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from api.draw_marks import Look, NodeMark, edge_marks, looks, node_marks, strongest, title_of
from api.draw_texts import WORDS, Words
from queries.errors import ParameterError
from queries.measure import MeasureResult
from queries.network import Network, NetworkError

_ROOM: Final = Path(__file__).parent
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_ADDED: Final = re.compile(  # vis-network adds style sheets of its own: empty at first, then with these texts
    r"""\b\w\(("(?:div)?\.vis[^"]*\{[^"]*"|'(?:div)?\.vis[^']*\{[^']*')\)"""
)
_OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False, "color": {"color": "#8A8A8A", "highlight": "#111111", "opacity": 0.55}},
    "nodes": {"borderWidth": 1},
    "interaction": {"hover": True, "tooltipDelay": 120},
}


@dataclass(frozen=True)
class _Page:
    """What the template shows beside the drawing; `policy` admits our scripts and styles alone."""

    language: str
    words: Words
    lines: Sequence[str]
    notes: Sequence[str]
    legend: Sequence[Look]
    headings: Sequence[str]
    marks: Sequence[NodeMark]
    options: Mapping[str, object]
    scripts: Sequence[str]
    policy: str


def draw(
    network: Network,
    title: str,
    language: str = "sv",
    values: MeasureResult | None = None,
    max_nodes: int = 500,
    max_edges: int = 3000,
    kinds: Mapping[str, str] | None = None,
) -> str:
    """Return a page that draws the network: points sized by the values, coloured and shaped by kind.

    Above the limits the strongest nodes and edges are drawn and the page says how many are left out.
    A measure whose values are groups colours the points instead of sizing them. `kinds` gives the
    text to show for a kind.
    """
    if language not in WORDS:
        raise ParameterError(f"A drawing cannot be in {language!r}; ask for one of {', '.join(WORDS)}.")
    if values and tuple(key for key, _, _ in values.values) != network.ids:
        raise NetworkError(
            f"The measure {values.measure.name!r} is of {values.network!r} and has other nodes than "
            f"{network.name!r}; measure the network that is drawn."
        )
    kept = strongest(network, max_nodes, max_edges)
    looked = looks(network, kept, language, values, kinds or {})
    marks = node_marks(network, kept, looked, language, values, kinds or {})
    left_out = len(network.nodes) - len(kept.nodes), len(network.sources) - len(kept.edges)
    page = _Page(
        language=language,
        words=WORDS[language],
        lines=_lines(network, left_out, language, values),
        notes=[note.sv if language == "sv" else note.en for note in values.notes] if values else [],
        legend=sorted(set(looked.values()), key=lambda look: (-look.many, look.text)),
        headings=_headings(language, values),
        marks=marks,
        options=_OPTIONS,
        scripts=_scripts(),
        policy=policy(),
    )
    return _rendered(title, page, edge_marks(network, kept, language))


@cache
def policy() -> str:
    """Return the Content-Security-Policy of a drawing, which admits what it holds by its hash."""
    page = (_ROOM / "templates" / "drawing.html").read_text("utf-8")
    library, _ = _scripts()
    added = [str(ast.literal_eval(found)) for found in _ADDED.findall(library)]
    scripts = " ".join(f"'{_hash(each)}'" for each in _scripts())
    styles = " ".join(f"'{_hash(each)}'" for each in (*_STYLE.findall(page), "", *added))
    return f"default-src 'none'; img-src data:; script-src {scripts}; style-src {styles}"


def _rendered(title: str, page: _Page, edges: list[dict[str, object]]) -> str:
    from pyvis.network import Network as Pyvis

    drawing = Pyvis(cdn_resources="in_line", heading=title)
    drawing.nodes = [dict(mark.drawn) for mark in page.marks]
    drawing.edges = edges  # set as a list: add_edge looks through all edges each time
    drawing.set_template_dir(f"{_ROOM / 'templates'}/", "drawing.html")
    drawing.templateEnv.autoescape = True
    drawing.templateEnv.globals["page"] = page
    return str(drawing.generate_html())


def _lines(
    network: Network, left_out: tuple[int, int], language: str, values: MeasureResult | None
) -> list[str]:
    words = WORDS[language]
    if not network.nodes:
        return [words["empty"]]
    counted = {"nodes": len(network.nodes), "edges": len(network.sources), "parts": len(network.components)}
    sized = values and not values.measure.groups
    size = title_of(values, language) if values and sized else words["partners"]
    lines = [words["counted"].format(**counted)]
    if any(left_out):
        lines.append(words["left_out"].format(nodes=left_out[0], edges=left_out[1]))
    lines.append(f"{words['size']}: {size}. {words['width_two' if network.mode == 'two-mode' else 'width']}")
    return lines


def _headings(language: str, values: MeasureResult | None) -> list[str]:
    words = WORDS[language]
    fixed = [words["name"], words["kind"], words["territory"], words["degree"]]
    return [*fixed, title_of(values, language)] if values else fixed


@cache
def _scripts() -> tuple[str, ...]:
    """Return vis-network, without the address of its source map, and the script of our page."""
    library = (_ROOM / "static" / "vis-network" / "vis-network.min.js").read_text("utf-8")
    ours = (_ROOM / "static" / "drawing.js").read_text("utf-8")
    return library[: library.rindex("//# sourceMappingURL=")], ours


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
