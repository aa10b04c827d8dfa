"""Commands about matrices of regions and areas: list them, and measure one."""

import typer

from api.options import JsonOption, Session, as_json, show
from queries import answer, catalogue, matrix_ask, matrix_measure
from queries.errors import ParameterError, UnknownName
from queries.matrix_measure import MatrixResult
from queries.measure import measures as network_measures


def matrices(json: JsonOption = False) -> None:
    """List the matrices of regions and areas."""
    found = catalogue.matrices().values()
    if json:
        as_json(
            [
                {
                    "name": each.name,
                    "title_sv": each.title_sv,
                    "title_en": each.title_en,
                    "parameters": [p.name for p in each.parameters] + [*matrix_ask.OURS],
                }
                for each in found
            ]
        )
    else:
        rows = ((each.name, each.title_en, ", ".join(p.name for p in each.parameters)) for each in found)
        show(("name", "title", "parameters"), rows)


def wanted(name: str, matrix: str | None) -> str | None:
    """Return the matrix that a measure is to be of; None for a measure of networks.

    Refused are a measure of matrices without a matrix, and a measure of networks with one.
    """
    if matrix is None:
        if name in matrix_measure.measures():
            raise ParameterError(
                f"The measure {name!r} is of a matrix of regions and areas; name one: --matrix MATRIX "
                f"(there are: {', '.join(catalogue.matrices())})."
            )
        return None
    if name in network_measures():
        raise ParameterError(
            f"The measure {name!r} is of networks, not of matrices; name one: --network NETWORK."
        )
    if name not in matrix_measure.measures():
        raise UnknownName("measure of matrices", name, matrix_measure.measures())
    return matrix


def measure(here: Session, name: str, matrix: str, given: dict[str, str], form: str) -> None:
    """Measure a matrix and write the rows as a table, csv or JSON; warnings go to stderr."""
    own, others = matrix_ask.parted(matrix, given)
    found = matrix_measure.run(name, matrix_ask.read(here.open(), matrix, own, here.version()), **others)
    for note in found.notes:
        here.say(f"Note: {note.en}")
    if form == "json":
        as_json(told(found, own))
    elif form == "csv":
        typer.echo(answer.csv_text(found.header, found.rows), nl=False)
    else:
        _show(found)


def _show(found: MatrixResult) -> None:
    at = [number for number, column in enumerate(found.header) if f"{column}Label" not in found.header]
    show((found.header[n] for n in at), ((row[n] for n in at) for row in found.rows), _caption(found))
    for table in found.tables:
        show(table.header, table.rows, table.title_en)


def _caption(found: MatrixResult) -> str:
    facts = "".join(f"; {fact.title_en} {fact.value:.4g}" for fact in found.facts)
    settings = ", ".join(f"{name}={value}" for name, value in found.parameters)
    projects = f", {found.projects} projects" if found.projects else ""
    return (
        f"{found.measure.title_en} of {found.matrix}: {found.regions} regions, {found.areas} areas, "
        f"{found.cells} cells{projects}, in {found.unit} ({found.counting} counting)"
        f"{f'; {settings}' if settings else ''}; {found.engine} {found.engine_version}{facts}"
    )


def told(found: MatrixResult, own: dict[str, str]) -> dict[str, object]:
    """Return a result as JSON has it, with the parameters of the matrix."""
    return {
        "measure": found.measure.name,
        "matrix": found.matrix,
        "regions": found.regions,
        "areas": found.areas,
        "cells": found.cells,
        "projects": found.projects,
        "unit": found.unit,
        "counting": found.counting,
        "engine": f"{found.engine} {found.engine_version}",
        "parameters": {**own, **dict(found.parameters)},
        "columns": found.header,
        "rows": found.dicts(),
        "facts": {fact.name: fact.value for fact in found.facts},
        "notes": [note.en for note in found.notes],
        "tables": {table.name: table.dicts() for table in found.tables},
        "snapshot": found.snapshot,
    }
