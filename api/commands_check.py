"""The command that looks without changing: the settings, or what the data lack."""

from enum import StrEnum
from typing import Annotated

import typer

from api.options import BaseOption, JsonOption, Session, StoreOption, as_json, session, show
from queries import missing


class Subject(StrEnum):
    """What is looked at, other than the settings."""

    data = "data"


def check(
    subject: Annotated[
        Subject | None, typer.Argument(metavar="data", help="Say `data` to see what the data lack.")
    ] = None,
    store: StoreOption = None,
    base: BaseOption = None,
    json: JsonOption = False,
) -> None:
    """Show every setting and the state of the store; with `data`, what the things of each class lack."""
    here = session(store, base)
    if subject is None:
        _settings(here, json)
    else:
        _data(here, json)


def _settings(here: Session, json: bool) -> None:
    number = None if here.remote else here.home.current()
    if json:
        settings = {name: _plain(here.settings.shown(name)) for name, _, _ in here.settings.items()}
        as_json({"settings": settings, "generation": number})
        return
    show(("setting", "variable", "value"), here.settings.items())
    if here.remote:
        here.say(f"The store is remote: {len(here.open())} quads.")
    elif number is None:
        here.say("There is no store yet. Make one: samspel build")
    else:
        manifest = here.home.manifest()
        here.say(f"Generation {number}, made {manifest.made}, {manifest.merged} triples.")


def _data(here: Session, json: bool) -> None:
    store = here.open()
    found = missing.missing(store)
    stated = missing.unknowns(store)
    kept = [] if here.remote else here.home.kept()
    if json:
        as_json(
            {
                "figures": missing.figures(found),
                "stated_unknown": list(stated.dicts()),
                "generations": [
                    {"generation": one.generation, "made": one.made, "counts": dict(one.counts)}
                    for one in kept
                ],
            }
        )
        return
    earlier = [one for one in kept if one.counts][:-1]
    columns = ("class", "lacks", "nothing", "unknown", "of", *(f"nothing in {x.generation}" for x in earlier))
    rows = [
        (*row.values(), *(one.counts.get(f"{row['class']}.{row['lacks']}.nothing") for one in earlier))
        for row in missing.figures(found)
    ]
    show(
        columns,
        rows,
        f"nothing: we have simply nothing. unknown: a source says that it is unknown ({len(stated.rows)} "
        "statements: samspel query stated-unknowns). Which things: samspel query missing-areas, and so on.",
    )


def _plain(value: object) -> object:
    return value if isinstance(value, int) else str(value)
