"""Read a catalogued matrix from the store, and tell its parameters from those of a measure."""

from collections.abc import Mapping
from typing import cast

from graph.asked import Asked
from queries import catalogue
from queries.answer import ask
from queries.matrix import Counting, Matrix
from queries.matrix_rows import PERIODS
from queries.measure import Parameter

COUNTING = Parameter(
    name="counting",
    default="auto",
    summary_sv="full: räknas helt i varje cell; fractional: delas lika; auto: delas om det är pengar.",
    summary_en="full: whatever stands in several cells counts fully in each; fractional: is parted equally; "
    "auto: parted if it is money.",
    choices=("auto", "full", "fractional"),
)
PERIOD = Parameter(
    name="period",
    default="all",
    summary_sv="Bara projekt som började i programperioden.",
    summary_en="Only projects that began in the programme period.",
    choices=("all", *(f"{first}-{last}" for first, last in PERIODS)),
)
OURS: Mapping[str, Parameter] = {each.name: each for each in (COUNTING, PERIOD)}


def parted(name: str, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Part parameters into those of a matrix and the others, which are a measure's."""
    own = {*OURS, *(each.name for each in catalogue.matrix(name).parameters)}
    mine = {key: value for key, value in given.items() if key in own}
    return mine, {key: value for key, value in given.items() if key not in own}


def read(store: Asked, name: str, given: Mapping[str, str] | None = None, snapshot: str = "") -> Matrix:
    """Return a catalogued matrix, by its own parameters and ours: how to count, and which period."""
    query = catalogue.matrix(name)
    own = {key: str(OURS[key].read(value)) for key, value in (given or {}).items() if key in OURS}
    rows = ask(store, query, {key: value for key, value in (given or {}).items() if key not in OURS})
    counting = cast("Counting", own.get("counting", COUNTING.default))
    found = Matrix.from_rows(name, rows.rows.dicts(), counting, snapshot)
    period = own.get("period", "all")
    return found if period == "all" else found.in_period(period)
