"""Load an outside source from files or addresses, tell what became of every record, and compare reloads."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.build import Report
from api.commands_data import run_build
from api.commands_fetch import CacheOption, fetch_into, is_address
from api.options import Session, as_json, show
from loaders import run
from loaders.feed import Balance, Options, Tell
from loaders.run import Fed
from queries.errors import ParameterError

_SHOWN = 10

FilesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|URL ...]", help="Files of an outside source; none: its official ones."),
]
MaxErrorsOption = Annotated[
    int | None,
    typer.Option("--max-errors", metavar="N", min=0, help="Change nothing when more records are refused."),
]
RejectsOption = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="FILE", help="Where refused records go (CSV); else beside the store."),
]
PostcodesOption = Annotated[
    Path | None,
    typer.Option("--postcodes", metavar="FILE", help="A table of postcodes and NUTS 3 codes of your own."),
]
__all__ = [
    "CacheOption",
    "FilesArgument",
    "MaxErrorsOption",
    "PostcodesOption",
    "RejectsOption",
    "load_outside",
]


def load_outside(
    here: Session,
    name: str,
    files: Sequence[str],
    json: bool,
    dry_run: bool,
    max_errors: int | None,
    rejects: Path | None,
    postcodes: Path | None,
) -> None:
    """Read the files; put what they say into the store in place of what the source said before."""
    inputs = _inputs(here, name, files)
    start = perf_counter()
    home = here.place if dry_run else here.begin()
    rejects = rejects or home.folder / "rejects" / f"{name}.csv"
    removals = home.folder / "removals.csv"
    with home.workspace() as work:
        target = None if dry_run else work / f"{name}.nt"
        with _progress(here, name) as tell:
            options = Options(max_errors=max_errors, postcodes=postcodes, removals=removals, tell=tell)
            fed = run.read_outside(name, inputs, here.iris, target, rejects, options)
        report = None
        if not dry_run:
            bundled: list[str] | None = None if home.current() is None else []
            report = run_build(here, bundled, outside=[fed])
    if json:
        as_json(_told(here, fed, report, perf_counter() - start))
    else:
        _show(here, fed, report, perf_counter() - start)


def _inputs(here: Session, name: str, files: Sequence[str]) -> list[Path]:
    """Return the files to read; addresses are fetched into the cache first."""
    source = run.outside()[name].SOURCE
    wanted = list(files) or list(source.download)
    if not wanted:
        raise ParameterError(
            f"{name} has no official file that samspel knows of; name one: samspel load {name} FILE. "
            f"See {source.url}"
        )
    return [fetch_into(here, one).path if is_address(one) else _file(one) for one in wanted]


def _file(name: str) -> Path:
    path = Path(name)
    if not path.exists():
        raise ParameterError(f"{name}: there is no such file.")
    return path


def _told(here: Session, fed: Fed, report: Report | None, seconds: float) -> dict[str, object]:
    """Return the answer in JSON: the contract's fields first."""
    balance = fed.balance
    quads = next((line.quads for line in report.lines if line.source == fed.source.name), 0) if report else 0
    return {
        "source": fed.source.name,
        "graph": here.iris.graph(fed.source.name)[1:-1],
        "read": balance.read,
        "loaded": balance.loaded,
        "rejected": balance.rejected,
        "quads": quads,
        "seconds": round(seconds, 3),
        "rejects_file": str(fed.rejects) if balance.rejected else None,
        "duplicates": balance.duplicates,
        "repaired": balance.repaired,
        "left_out": balance.left_out,
        "personal_fields_dropped": balance.personal,
        "notes": dict(sorted(balance.notes.items())),
        "unmapped_columns": sorted(balance.unmapped),
        "files": {
            name: {"sha256": digest, "read_as": balance.forms.get(name)} for name, digest in fed.files.items()
        },
        "things": dict(sorted(fed.counts.items())),
        "changed": report.changed if report else False,
        "generation": report.generation if report else None,
    }


def _show(here: Session, fed: Fed, report: Report | None, seconds: float) -> None:
    balance = fed.balance
    lines = list(_sentences(fed, balance, seconds))
    if report is None:
        lines.append("Nothing was changed: this was a dry run.")
    else:
        state = "is in service" if report.changed else "is unchanged and stays in service"
        lines.append(f"Generation {report.generation} {state} in {here.home.folder}")
    things = ((kind, count) for kind, count in sorted(fed.counts.items()))
    show(("thing", "count"), things, "\n".join(lines))


def _sentences(fed: Fed, balance: Balance, seconds: float) -> Iterator[str]:
    yield (
        f"{fed.source.name}: {balance.read} records read, {balance.loaded} loaded, "
        f"{balance.rejected} refused, {balance.duplicates} duplicates, in {seconds:.1f} s"
    )
    for name, form in balance.forms.items():
        yield f"  {name}: {form}"
    if balance.personal:
        yield f"  {balance.personal} filled fields about persons were dropped."
    if balance.left_out:
        yield f"  {balance.left_out} of the refused records tell of persons, or their removal was asked for."
    if balance.repaired:
        yield f"  {balance.repaired} records had broken quotes that could be mended."
    for remark, count in sorted(balance.notes.items()):
        yield f"  {remark} ({count})"
    for column in sorted(balance.unmapped):
        yield f"  {column}: nothing is known of this column; it was not read."
    for reject in fed.first_rejects[:_SHOWN]:
        yield f"  refused: {reject}"
    if balance.rejected:
        yield f"  All refused records stand in {fed.rejects}"


@contextmanager
def _progress(here: Session, name: str) -> Iterator[Tell]:
    """Show records, rate and refusals on a terminal's stderr while reading."""
    console = Console(stderr=True, quiet=here.quiet)
    if not console.is_terminal or here.quiet:
        yield lambda *_: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"Reading {name}")

        def tell(read: int, rejected: int) -> None:
            elapsed = bar.tasks[0].elapsed or 1
            bar.update(task, description=f"{name}: {read} read, {read / elapsed:.0f}/s, {rejected} refused")

        yield tell
