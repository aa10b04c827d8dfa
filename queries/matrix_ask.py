"""Read a catalogued matrix from the store, and tell its parameters from those of a measure."""

from collections.abc import Callable, Iterable, Mapping
from typing import cast

from graph.asked import Asked
from queries import catalogue
from queries.answer import ask
from queries.matrix import Counting, Matrix, Row
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
    return made(name, lambda own: ask(store, query, own).rows.dicts(), given or {}, snapshot)


def made(
    name: str,
    rows: Callable[[Mapping[str, str]], Iterable[Row]],
    given: Mapping[str, str],
    snapshot: str = "",
) -> Matrix:
    """Return a matrix of the rows that are returned for its own parameters, by ours."""
    ours = {key: str(OURS[key].read(value)) for key, value in given.items() if key in OURS}
    own = {key: value for key, value in given.items() if key not in OURS}
    counting = cast("Counting", ours.get("counting", COUNTING.default))
    found = Matrix.from_rows(name, rows(own), counting, snapshot)
    period = ours.get("period", "all")
    return found if period == "all" else found.in_period(period)
