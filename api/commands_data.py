"""Commands that bring data in and look after it: build, validate, dump, verify."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api import build as building
from api import installed
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
from graph import links
from graph.errors import StoreError
from graph.releases import Releases
from graph.validate import Report, lines, validate
from loaders.run import Fed
from loaders.source import Loaded
from ontology import vocabulary
from queries import catalogue
from queries.errors import ParameterError


class Engine(StrEnum):
    """What holds data against the shapes."""

    fast = "fast"
    pyshacl = "pyshacl"


class ReportForm(StrEnum):
    """How a validation report is written."""

    table = "table"
    ttl = "ttl"
    json = "json"


def build(
    store: StoreOption = None, base: BaseOption = None, quiet: QuietOption = False, json: JsonOption = False
) -> None:
    """Load the bundled sources into the store, validate them and put them into service."""
    here = session(store, base, quiet)
    tell_build(here, run_build(here), json)


def validate_command(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="An RDF file (.ttl, .nt, .nq or .trig) instead.")
    ] = None,
    format: Annotated[ReportForm, typer.Option(help="How to write the report.")] = ReportForm.table,
    engine: Annotated[Engine, typer.Option(help="Ours, or the reference: both find the same.")] = Engine.fast,
    store: StoreOption = None,
) -> None:
    """Hold the store, or a file, against the shapes, and follow its links; exit with 1 on violations."""
    report = _file_report(file, engine) if file else _store_report(session(store), engine)
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
    view: Annotated[
        str | None, typer.Option(metavar="NAME", help="In other terms instead: eurio, org or schema.")
    ] = None,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write all graphs as sorted N-Quads, or a view as Turtle and N-Triples: same facts, same bytes."""
    here = session(store, quiet=quiet)
    for path in dumping.dump(here.open(), target) if view is None else _dump_view(here, view, target):
        here.say(f"Wrote {path}")


def verify(store: StoreOption = None) -> None:
    """Compare every graph, file, release and installed file with its hash; exit with 3 when one differs."""
    here = session(store)
    if wrong := [*installed.differing()]:
        raise StoreError("samspel is not as it was installed:\n  " + "\n  ".join(wrong))
    if here.remote:
        _verify_remote(here)
        return
    if wrong := [*here.home.verify(), *Releases(here.settings.store).verify()]:
        raise StoreError("The store does not hold what its manifest says:\n  " + "\n  ".join(wrong))
    here.say(f"Generation {here.home.current()} holds what its manifest says.")


def _verify_remote(here: Session) -> None:
    with here.status() as tell:
        wrong = here.mirror.verify(tell)
    if wrong:
        raise StoreError("The endpoint does not hold what its working copy has:\n  " + "\n  ".join(wrong))
    here.say(f"{here.settings.endpoint} holds, triple by triple, what {here.place.folder} has.")


def run_build(
    here: Session,
    names: list[str] | None = None,
    beside: Sequence[Loaded] = (),
    outside: Sequence[Fed] = (),
) -> building.Report:
    """Build with a sign of life on stderr."""
    home = here.begin()
    with here.status() as tell:
        report = building.build(home, here.iris, names, tell, beside, outside)
        here.send(tell)
    return report


def tell_build(here: Session, report: building.Report, json: bool) -> None:
    """Tell what a build came to."""
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
    show(columns, rows, f"Generation {report.generation} {state} in {here.place.folder}")


def _dump_view(here: Session, name: str, folder: Path) -> list[Path]:
    parts = [part.text for part in catalogue.view(name)]
    if folder.suffix == ".nq":
        raise ParameterError(f"{folder}: a view is two files, {name}.ttl and {name}.nt; name a folder.")
    return dumping.dump_view(here.open(), name, parts, folder)


def _store_report(here: Session, engine: Engine) -> Report:
    store = here.home.open()
    lost = links.dangling(store.stream(), here.iris.base)
    return Report(validate(store, engine=engine.value).findings + lost)


def _file_report(file: Path, engine: Engine) -> Report:
    """Follow the links of a file to the vocabulary only: other things may be described elsewhere."""
    known = links.subjects(line for path in vocabulary.files() for line in lines(path))
    return Report(validate(file, engine=engine.value).findings + links.dangling(lines(file), described=known))


def _table(report: Report) -> None:
    rows = [(f.severity, f.shape.rpartition("#")[2], f.focus, f.message_en) for f in report.findings]
    verdict = "conform" if report.conforms else "do not conform"
    counts = ", ".join(f"{shape.rpartition('#')[2]} {count}" for shape, count in report.counts().items())
    show(
        ("severity", "shape", "focus", "message"),
        rows,
        f"The data {verdict}: {len(report.violations)} violations, "
        f"{len(report.findings) - len(report.violations)} warnings{counts and f' ({counts})'}",
    )


__all__ = ["build", "dump", "out", "run_build", "tell_build", "validate_command", "verify"]
