"""Commands about the sources: what is loaded, what a reload changed, which names may mean the same."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.options import JsonOption, QuietOption, Session, StoreOption, as_json, session, show
from graph import changes
from graph.asked import Asked
from graph.manifest import GraphEntry
from loaders import candidates as candidates_of
from loaders import run
from loaders.matching import Matcher
from loaders.region import source_name
from loaders.source import Source
from queries import catalogue
from queries.answer import ask
from queries.errors import ParameterError

_COLUMNS = ("source", "kind", "publisher", "licence", "loaded", "read", "rejected", "triples", "sha256")
_SHOWN = 20

Told = dict[str, object]


def sources(store: StoreOption = None, json: JsonOption = False) -> None:
    """List the sources known: bundled, outside and regions' own; when loaded, how much, what was refused."""
    here = session(store)
    held = here.held()
    told = _told(here.open()) if held else {}
    found = [_known(here, source, held, told) for source in run.every().values()]
    found += _regions(here, held, told)
    found.sort(key=lambda row: (str(row["kind"]), str(row["source"])))
    if json:
        as_json(found)
    else:
        rows = [[_short(column, row[column]) for column in _COLUMNS] for row in found]
        show(_COLUMNS, rows, "Addresses, layouts and files: samspel sources --json")


def diff(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A source that was loaded before.")],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Tell what the last reload of a source changed: things that came, went, and say something else."""
    here = session(store)
    graph = here.iris.graph(source)[1:-1]
    pair = here.home.last_two(graph)
    if pair is None:
        known = ", ".join(sorted(run.every()))
        raise ParameterError(f"The store holds no graph of a source {source!r}; there are {known}.")
    older, newer = pair
    found = changes.between(older, newer, graph)
    if json:
        as_json({"source": source, "graph": graph, **found.json()})
        return
    rows = [(kind, thing) for kind, things in found.examples(_SHOWN) for thing in things]
    show(("change", "thing"), rows, f"{source}: {found.sentence()}")


def candidates(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="An outside source that is loaded.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write lines to be reviewed (CSV).")
    ] = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Propose which organisations of a source may be others under another name; nothing is merged."""
    here = session(store, quiet=quiet)
    opened, graph = here.open(), here.iris.graph(source)[1:-1]
    if graph not in opened.graphs():
        raise ParameterError(f"{source} is not loaded; load it first: samspel load {source} FILE")
    unresolved, known = _names(here, opened, graph)
    found = candidates_of.candidates(unresolved, known, Matcher.reviewed())
    if output is not None:
        candidates_of.write_review(output, found)
        here.say(f"Wrote {output}. Fill in the verdict of each line: same or different.")
    elif json:
        as_json(
            [
                {
                    "name": one.name,
                    "key": one.key,
                    "candidate": one.candidate,
                    "candidate_name": one.candidate_name,
                    "score": round(one.score, 3),
                }
                for one in found
            ]
        )
    else:
        rows = [(one.name, one.candidate_name, one.candidate, f"{one.score:.2f}") for one in found]
        show(("name", "may be", "key", "score"), rows, f"{len(found)} candidates for {len(unresolved)} names")


def _names(here: Session, store: Asked, graph: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return the organisations that only this graph tells of, by key, and the names of all others."""
    begin = here.iris.thing("organisation", "x")[1:-2]
    rows = ask(store, catalogue.query("organisation-names"), {"graph": graph}).rows.dicts()
    unresolved: dict[str, str] = {}
    known: dict[str, list[str]] = {}
    for row in rows:
        key, name = str(row["organisation"]).removeprefix(begin), str(row["name"])
        if row["only"] == "true":
            unresolved.setdefault(key, name)
        else:
            known.setdefault(key, []).append(name)
    return unresolved, {key: tuple(names) for key, names in known.items()}


def _known(here: Session, source: Source, held: Mapping[str, GraphEntry], told: dict[str, Told]) -> Told:
    graph = here.iris.graph(source.name)[1:-1]
    entry, origin = held.get(graph), told.get(graph, {})
    return {
        "source": source.name,
        "kind": "outside" if source.outside else "bundled",
        "title": source.title_en,
        "publisher": source.publisher,
        "licence": source.licence,
        "url": source.url,
        "download": list(source.download),
        "layout": source.layout or None,
        "reviewed": source.as_of,
        **_loaded(entry, origin),
    }


def _loaded(entry: GraphEntry | None, origin: Told) -> Told:
    """Return what the store says of a graph: freshness, records, refusals, hash, files."""
    loaded = entry.loaded if entry else ""
    return {
        "loaded": loaded or None,
        "age_days": (datetime.now(UTC) - datetime.fromisoformat(loaded)).days if loaded else None,
        "triples": entry.count if entry else None,
        "sha256": (entry.input_sha256 or None) if entry else None,
        "read": _number(origin.get("read")),
        "rejected": _number(origin.get("rejected")),
    }


def _regions(here: Session, held: Mapping[str, GraphEntry], told: dict[str, Told]) -> list[Told]:
    """Return the graphs in service that came from folders of regions, with what is told of their origin."""
    begin = here.iris.graph(source_name(""))[1:-1]
    return [
        {
            "source": graph.rpartition("/")[2],
            "kind": "region",
            "title": None,
            "publisher": told[graph]["publisher"],
            "licence": told[graph]["licence"],
            "url": told[graph]["address"],
            "download": [],
            "layout": None,
            "reviewed": told[graph]["day"],
            **_loaded(entry, told[graph]),
        }
        for graph, entry in sorted(held.items())
        if graph.startswith(begin) and graph in told
    ]


def _told(store: Asked) -> dict[str, Told]:
    return {str(row["graph"]): dict(row) for row in ask(store, catalogue.query("provenance")).rows.dicts()}


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))


def _short(column: str, value: object) -> object:
    """Return a value as a table shows it: a moment's day, the beginning of a hash, a licence's usual name."""
    if not isinstance(value, str):
        return value
    if column == "licence":
        path = value.partition("creativecommons.org/")[2].strip("/")
        return _LICENCES.get(path, value.split("/")[2] if "//" in value else value)
    return value[: {"loaded": 10, "sha256": 12}.get(column, len(value))]


_LICENCES = {
    "publicdomain/zero/1.0": "CC0 1.0",
    "publicdomain/mark/1.0": "public domain",
    "licenses/by/4.0": "CC BY 4.0",
}
