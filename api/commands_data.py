"""Commands that bring data in and look after it: build, load, sources, validate, dump, verify, check."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api import build as building
from api.options import (
    BaseOption,
    JsonOption,
    QuietOption,
    Session,
    StoreOption,
    as_json,
    out,
    session,
    show,
)
from graph import dump as dumping
from graph.errors import StoreError
from graph.validate import Report, validate
from loaders import run


class ReportForm(StrEnum):
    """How a validation report is written."""

    table = "table"
    ttl = "ttl"
    json = "json"


def build(
    store: StoreOption = None, base: BaseOption = None, quiet: QuietOption = False, json: JsonOption = False
) -> None:
    """Load the bundled sources into the store, validate them and put them into service."""
    _build(session(store, base, quiet), None, json)


def load(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Name of the source; see `samspel sources`.")
    ],
    store: StoreOption = None,
    base: BaseOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> None:
    """Load one source again, replacing its graph and no other."""
    _build(session(store, base, quiet), [source], json)


def sources(store: StoreOption = None, json: JsonOption = False) -> None:
    """List the sources known: what they are, licence, address, when loaded, how much."""
    here = session(store)
    held = here.home.manifest().graphs if here.home.current() is not None else {}
    found = []
    for name, module in sorted(run.sources().items()):
        entry = held.get(here.iris.graph(name)[1:-1])
        found.append(
            {
                "source": name,
                "title": module.SOURCE.title_en,
                "publisher": module.SOURCE.publisher,
                "licence": module.SOURCE.licence,
                "url": module.SOURCE.url,
                "reviewed": module.SOURCE.as_of,
                "loaded": entry.loaded if entry else None,
                "triples": entry.count if entry else None,
            }
        )
    if json:
        as_json(found)
    else:
        show(found[0], (row.values() for row in found))


def validate_command(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="An RDF file (.ttl, .nt, .nq or .trig) instead.")
    ] = None,
    format: Annotated[ReportForm, typer.Option(help="How to write the report.")] = ReportForm.table,
    store: StoreOption = None,
) -> None:
    """Hold the store, or a file, against the shapes; exit with 1 when something breaks them."""
    report = validate(file if file else (f"{line} ." for line in session(store).open().lines()))
    if format == ReportForm.json:
        typer.echo(report.to_json(), nl=False)
    elif format == ReportForm.ttl:
        typer.echo(report.to_turtle(), nl=False)
    else:
        _table(report)
    raise typer.Exit(0 if report.conforms else 1)


def dump(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="A folder, or a file whose name ends in .nq.")
    ],
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write all graphs as sorted N-Quads: the same bytes for the same facts."""
    here = session(store, quiet=quiet)
    for path in dumping.dump(here.open(), target):
        here.say(f"Wrote {path}")


def verify(store: StoreOption = None) -> None:
    """Compare every graph with the manifest, hash by hash; exit with 3 when one differs."""
    here = session(store)
    if wrong := here.home.verify():
        raise StoreError("The store does not hold what its manifest says:\n  " + "\n  ".join(wrong))
    here.say(f"Generation {here.home.current()} holds what its manifest says.")


def check(store: StoreOption = None, base: BaseOption = None, json: JsonOption = False) -> None:
    """Show every setting with its variable and its value, and the state of the store."""
    here = session(store, base)
    number = here.home.current()
    if json:
        settings = {name: _plain(getattr(here.settings, name)) for name, _, _ in here.settings.items()}
        as_json({"settings": settings, "generation": number})
        return
    show(("setting", "variable", "value"), here.settings.items())
    if number is None:
        here.say("There is no store yet. Make one: samspel build")
    else:
        manifest = here.home.manifest()
        here.say(f"Generation {number}, made {manifest.made}, {manifest.merged} triples.")


def run_build(here: Session, names: list[str] | None = None) -> building.Report:
    """Build with a sign of life on stderr."""
    with here.status() as tell:
        return building.build(here.home, here.iris, names, tell)


def _build(here: Session, names: list[str] | None, json: bool) -> None:
    report = run_build(here, names)
    if json:
        as_json(
            {
                "generation": report.generation,
                "changed": report.changed,
                "sources": [line.json() for line in report.lines],
                "totals": report.totals,
            }
        )
        return
    columns = ("source", "read", "loaded", "rejected", "triples", "seconds")
    rows = [(x.source, x.read, x.loaded, x.rejected, x.quads, f"{x.seconds:.3f}") for x in report.lines]
    state = "is in service" if report.changed else "is unchanged and stays in service"
    show(columns, rows, f"Generation {report.generation} {state} in {here.settings.store}")


def _plain(value: object) -> object:
    return value if isinstance(value, int) else str(value)


def _table(report: Report) -> None:
    rows = [(f.severity, f.shape.rpartition("#")[2], f.focus, f.message_en) for f in report.findings]
    verdict = "conform" if report.conforms else "do not conform"
    show(
        ("severity", "shape", "focus", "message"),
        rows,
        f"The data {verdict}: {len(report.violations)} violations, "
        f"{len(report.findings) - len(report.violations)} warnings",
    )


__all__ = ["build", "check", "dump", "load", "out", "run_build", "sources", "validate_command", "verify"]
