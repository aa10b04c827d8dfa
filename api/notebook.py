"""What a notebook shows: tables that say what they rest on, and drawings inside the page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader

from api import draw, settings
from graph.generations import Home
from graph.store import Store
from queries import answer, catalogue, network_reading
from queries.errors import MeaninglessError
from queries.matrix import Matrix
from queries.matrix_measure import MatrixResult
from queries.measure import Cell, MeasureResult
from queries.network import Event, Network, Node, Row

_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Text:
    """What a notebook shows as formatted text."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        """Return the same where there is nothing that formats it."""
        return self.markdown


@dataclass(frozen=True)
class Drawing:
    """What a notebook shows in a frame of its own."""

    page: str
    title: str

    def _repr_html_(self) -> str:
        return (
            Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
            .get_template("frame.html")
            .render(page=self.page, title=self.title)
        )

    def __repr__(self) -> str:
        """Return the title where nothing can be drawn."""
        return f"A drawing of {self.title}"


def open_store() -> Store:
    """Open the store that SAMSPEL_STORE names, in memory, which answers faster."""
    return Home(settings.read({}).store).open().in_memory()


def read_network(store: Store, question: str | Path) -> Network:
    """Read a catalogued network by name, or one of one's own by the path of its `.rq`."""
    found = catalogue.read(question) if isinstance(question, Path) else catalogue.network(question)
    return network_reading.read(store, found)


def rows(network: Network) -> list[Row]:
    """Return who takes part in what as rows, to choose among them; those in nothing are rows too."""
    nodes = {node.id: node for node in network.actors}
    events = {event.id: event for event in network.events}
    found = [_row(nodes[tie.actor], events[tie.event]) for tie in network.ties]
    there = {tie.actor for tie in network.ties}
    return found + [_row(node, None) for node in network.actors if node.id not in there]


def read_matrix(store: Store, name: str, **given: str) -> Matrix:
    """Read a catalogued matrix with its parameters."""
    return Matrix.from_rows(name, answer.ask(store, catalogue.matrix(name), given).rows.dicts())


def asked(store: Store, name: str, most: int = 12, **given: str) -> Text:
    """Ask a catalogued query and show its rows."""
    found = answer.ask(store, catalogue.query(name), given)
    return table(found.rows.columns, (list(row.values()) for row in found.rows.dicts()), most)


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]], most: int = 12) -> Text:
    """Show rows as a table; of more than `most` it says how many it leaves out.

    >>> table(["county", "projects"], [["Örebro", 3], ["Uppsala", None]])
    | county | projects |
    | --- | --- |
    | Örebro | 3 |
    | Uppsala |  |
    <BLANKLINE>
    """
    found = [list(map(_written, row)) for row in rows]
    lines = [list(map(_written, header)), ["---"] * len(header), *found[:most]]
    text = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    left = len(found) - most
    return Text(text + (f"\nand {left} more\n" if left > 0 else ""))


def values(found: MeasureResult | MatrixResult, most: int = 10) -> Text:
    """Show a measure: its first rows without ids, what it rests on, its facts and its warnings."""
    named = [
        at for at, name in enumerate(found.header) if f"{name}Label" not in found.header and name != "id"
    ]
    shown = table([found.header[at] for at in named], ([row[at] for at in named] for row in found.rows), most)
    return Text(shown.markdown + rests_on(found).markdown)


def rests_on(found: MeasureResult | MatrixResult) -> Text:
    """Say what the numbers of a measure were computed from and by, with its facts and its warnings."""
    given = ", ".join(f"{name} {value}" for name, value in found.parameters) or "no parameters"
    lines = [
        f"{found.measure.title_en}: N = {_size(found)}; {given}; {found.engine} {found.engine_version}.",
        *(f"{fact.title_en}: {_written(fact.value)}." for fact in found.facts),
        *(note.en for note in found.notes),
    ]
    return Text("".join(f"\n{line}\n" for line in lines))


def refused(work: Callable[[], object]) -> Text:
    """Show why a measure is refused; raise ValueError when it is not, since the text about it would lie."""
    try:
        work()
    except MeaninglessError as reason:
        return Text(f"Refused: {reason}\n")
    raise ValueError("This was expected to be refused and is not: the text around it is no longer true.")


def drawing(network: Network, title: str, found: MeasureResult | None = None) -> Drawing:
    """Draw a network with pyvis in a frame that asks for nothing outside itself."""
    return Drawing(draw.draw(network, title, "en", found), title)


def _size(found: MeasureResult | MatrixResult) -> str:
    if isinstance(found, MatrixResult):
        return f"{found.regions} regions, {found.areas} areas, {found.cells} cells with something in them"
    return f"{found.nodes} nodes, {found.edges} edges, {found.components} components"


def _row(node: Node, event: Event | None) -> Row:
    who = {
        "actor": node.id,
        "actorLabel": node.label,
        "actorKind": node.kind,
        "actorTerritory": node.territory,
    }
    if event is None:
        return {**who, "event": None}
    what = {"event": event.id, "eventLabel": event.label, "eventKind": event.kind}
    return {**who, **what, "from": event.since, "to": event.until}


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4g}"
    return str(cell).replace("|", "\\|")
