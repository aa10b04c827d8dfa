"""Draw compared measures as SVG: a dot for each number, a line for its interval, the sizes beside it."""

import io
import re
import warnings
from dataclasses import dataclass
from threading import Lock
from typing import Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from queries.compare import ALL, CHANCE, Compared, Comparison

_BLUE, _RED, _GREY, _INK = "#004488", "#BB5566", "#BBBBBB", "#222222"  # Paul Tol, high contrast
_WIDE, _HIGH, _MARGIN = 8.0, 0.34, 1.5  # inches: the picture, a row, what stands above and below
_LONGEST = 40
_CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = re.compile(r'style="([^"]*)"')
_SHEET = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_FONT = re.compile(r"(?:.*\s)?([0-9.]+px)\s+(.*)")
_LINES: Final = 'stroke-linejoin="round" stroke-linecap="butt"'  # what its sheet says
_XML: Final = '<?xml version="1.0" encoding="utf-8"?>\n'
_DRAWING = Lock()  # matplotlib's settings belong to the process


@dataclass(frozen=True)
class _Words:
    by: dict[str, str]
    names: dict[str, str]
    title: str
    interval: str
    chance: str
    aside: str
    told: str


_WORDS: Final = {
    "sv": _Words(
        {
            "territory": "per territorium",
            "kind": "per slag av aktör",
            "period": "per programperiod",
            "year": "per år",
            "fund": "per fond",
            "null": "mot slumpen",
        },
        {ALL: "Alla", CHANCE: "Slumpen"},
        "{measure}: {fact}, {by}",
        "95 %-intervall ur {runs} dragningar av händelserna",
        "slumpen: medel av {runs} slumpade nätverk",
        "{many} delar för små, utanför",
        "Nätverket {network}; N = noder/händelser; frö {seed}; data {snapshot}",
    ),
    "en": _Words(
        {
            "territory": "by territory",
            "kind": "by kind of actor",
            "period": "by programme period",
            "year": "by year",
            "fund": "by fund",
            "null": "against chance",
        },
        {ALL: "All", CHANCE: "Chance"},
        "{measure}: {fact}, {by}",
        "95 % interval of {runs} draws of the events",
        "chance: mean of {runs} rewired networks",
        "{many} parts too small, set aside",
        "Network {network}; N = nodes/events; seed {seed}; data {snapshot}",
    ),
}


def svg(found: Comparison, language: str = "sv") -> str:
    """Return the picture of a comparison, with a title and a text that says the same for those who listen."""
    words = _WORDS[language]
    out = io.StringIO()
    settings = mpl.rc_context(
        {
            "svg.hashsalt": "samspel",  # the same input gives the same bytes
            "svg.fonttype": "none",  # texts stay texts: they can be read aloud, searched and copied
            "text.parse_math": False,  # a dollar sign in a name is a dollar sign
            "font.family": ["DejaVu Sans"],
            "font.size": 10,
        }
    )
    with _DRAWING, settings, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        figure = Figure(figsize=(_WIDE, _MARGIN + _HIGH * len(found.rows)), layout="constrained")
        FigureCanvasSVG(figure)
        _draw(figure.add_subplot(), found, words, language)
        figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return _described(out.getvalue(), title(found, language), description(found, language), language)


def title(found: Comparison, language: str) -> str:
    """Return what the picture shows, in a line."""
    words = _WORDS[language]
    measure = found.measure.title_en if language == "en" else found.measure.title_sv
    fact = found.title_en if language == "en" else found.title_sv
    return words.title.format(measure=measure, fact=fact, by=words.by[found.by])


def description(found: Comparison, language: str) -> str:
    """Return the numbers of the picture as a text."""
    words = _WORDS[language]
    lines = (
        f"{_name(row, words)} ({_size(row)}): {_number(row.value, language)}{_around(row, language)}."
        for row in found.rows
    )
    return " ".join([f"{_foot(found, words)}.", *lines])


def _draw(axes: Axes, found: Comparison, words: _Words, language: str) -> None:
    axes.set_title(title(found, language), loc="left", fontsize=11, color=_INK, wrap=True)
    alone = any(row.group == CHANCE for row in found.rows)
    for at, row in enumerate(found.rows):
        _mark(axes, at, row, alone)
    whole = next((row.value for row in found.rows if row.group == ALL), None)
    if whole is not None:
        axes.axvline(whole, color=_GREY, linewidth=1, linestyle="--", zorder=0)
    axes.set_yticks(range(len(found.rows)), [f"{_name(row, words)} · {_size(row)}" for row in found.rows])
    axes.set_ylim(len(found.rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter(lambda value, _: _number(value, language))
    axes.grid(axis="x", color="#EEEEEE", zorder=0)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel(_below(found, words), fontsize=8, color=_INK, loc="left")
    right = axes.secondary_yaxis("right")
    right.set_yticks(range(len(found.rows)), [_beside(row, language) for row in found.rows])
    right.tick_params(axis="y", length=0, labelsize=9)
    right.spines["right"].set_visible(False)


def _mark(axes: Axes, at: int, row: Compared, alone: bool) -> None:
    """Draw one number: filled and blue for what was seen, hollow and red for chance (once)."""
    chance = row.group == CHANCE
    if row.low is not None and row.high is not None:
        colour = _RED if chance else _BLUE
        axes.plot([row.low, row.high], [at, at], color=colour, linewidth=2, marker="|", markersize=8)
    if row.value is not None and not chance:
        axes.plot([row.value], [at], color=_BLUE, linestyle="", marker="o", markersize=7)
    expected = row.value if chance else None if alone else row.chance
    if expected is not None:
        axes.plot(
            [expected],
            [at if chance else at + 0.2],
            color=_RED,
            linestyle="",
            marker="D",
            markersize=6,
            markerfacecolor="white",
        )


def _below(found: Comparison, words: _Words) -> str:
    drawn = any(row.low is not None and row.group != CHANCE for row in found.rows)
    what = [f"● {words.interval.format(runs=found.runs)}"] if drawn else []
    if any(row.chance is not None or row.group == CHANCE for row in found.rows):
        what.append(f"◇ {words.chance.format(runs=found.runs)}")
    if found.aside:
        what.append(words.aside.format(many=len(found.aside)))
    return "; ".join(what) + "\n" + _foot(found, words)


def _foot(found: Comparison, words: _Words) -> str:
    text = words.told.format(network=found.network, seed=found.seed, snapshot=found.snapshot or "–")
    return _CONTROL.sub("", text)


def _name(row: Compared, words: _Words) -> str:
    text = _CONTROL.sub("", words.names.get(row.group, row.group))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _size(row: Compared) -> str:
    return f"{row.nodes}/{row.events}"


def _beside(row: Compared, language: str) -> str:
    z = "" if row.z is None else f" · z {_number(row.z, language)}"
    return f"{_number(row.value, language)}{z}"


def _around(row: Compared, language: str) -> str:
    interval = "" if row.low is None else f" [{_number(row.low, language)}; {_number(row.high, language)}]"
    z = "" if row.z is None else f", z = {_number(row.z, language)}"
    return interval + z


def _number(value: float | None, language: str) -> str:
    if value is None:
        return "–"
    text = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return text.replace("-", "−") if language == "en" else text.replace("-", "−").replace(".", ",")


def _described(drawn: str, title: str, text: str, language: str) -> str:
    """Put a title and a text into the picture, and let it do without styles, which our pages forbid."""
    start = drawn.index("<svg")
    end = drawn.index(">", start)
    said = f'role="img" xml:lang="{language}" aria-labelledby="title desc"'
    names = f'\n <title id="title">{escape(title)}</title>\n <desc id="desc">{escape(text)}</desc>'
    body = _SHEET.sub("", _STYLE.sub(_attributes, drawn[end + 1 :]))
    return f"{_XML}{drawn[start:end]} {said} {_LINES}>{names}{body}"


def _attributes(found: re.Match[str]) -> str:
    """Return a style as the attributes that mean the same."""
    made = []
    for each in found[1].split(";"):
        name, _, value = (part.strip() for part in each.partition(":"))
        short = _FONT.fullmatch(value) if name == "font" else None
        told = {"font-size": short[1], "font-family": short[2]} if short else {name: value}
        made += [f'{key}="{it}"' for key, it in told.items() if key]
    return " ".join(made)
