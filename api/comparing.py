"""A comparison as JSON, as CSV and as lines: the same for the command line and the API."""

from queries.answer import csv_text
from queries.compare import HEADER, Comparison

__all__ = ["Comparison", "as_csv", "summary", "told"]


def told(found: Comparison) -> dict[str, object]:
    """Return a comparison as JSON, with all that is needed to repeat it."""
    return {
        "measure": found.measure.name,
        "network": found.network,
        "by": found.by,
        "fact": found.fact,
        "title": {"sv": found.title_sv, "en": found.title_en},
        "runs": found.runs,
        "seed": found.seed,
        "method": found.method,
        "engine": found.engine,
        "snapshot": found.snapshot,
        "parameters": dict(found.parameters),
        "rows": [dict(zip(HEADER, row.cells, strict=True)) for row in found.rows],
        "aside": [
            {"group": each.group, "nodes": each.nodes, "events": each.events, "reason": each.reason}
            for each in found.aside
        ],
        "notes": [{"sv": note.sv, "en": note.en} for note in found.notes],
    }


def as_csv(found: Comparison) -> str:
    """Return the rows as CSV; parts set aside stand last, without a value."""
    aside = [(each.group, each.nodes, each.events, *[None] * (len(HEADER) - 3)) for each in found.aside]
    return csv_text(HEADER, [*(row.cells for row in found.rows), *aside])


def summary(found: Comparison) -> str:
    """Return how the numbers came about, in a line."""
    settings = ", ".join(f"{name}={value}" for name, value in found.parameters)
    return (
        f"{found.measure.title_en}, {found.title_en}, of {found.network} by {found.by}; "
        f"{f'{settings}; ' if settings else ''}{found.runs} runs, seed {found.seed}; {found.method}; "
        f"{found.engine}; data {found.snapshot or 'of no known version'}"
    )
