"""Steps of SQL on an engine; the rows of each are kept, and a run that was broken off goes on from there."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Final, Protocol

from queries.errors import MeaninglessError

Span = tuple[int, int, int]
Given = str | int | float | Sequence[Span]
_STEPS: Final = Path(__file__).parent / "steps"
_OPEN: Final = re.compile(r"[^A-Za-z0-9_]")


class Runner(Protocol):
    """An engine that runs the steps; a table is there whole or not at all, also after it was killed."""

    @property
    def name(self) -> str:
        """Its name among the engines."""

    def stored(self) -> frozenset[str]:
        """Return the names of the tables that are kept."""

    def keep(self, table: str, sql: str) -> None:
        """Keep the rows of a query as a table on the disk: the checkpoint of a step."""

    def see(self, name: str, sql: str) -> None:
        """Let the steps that follow see the rows of a query under a name, anew each time they look."""

    def alias(self, name: str, table: str) -> None:
        """Let the steps that follow see a kept table under a name."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""

    def drop(self, table: str) -> None:
        """Drop a kept table."""

    def close(self) -> None:
        """Let go of the engine; what is kept stays."""


def filled(step: str, given: Mapping[str, Given]) -> str:
    """Return the text of a step with its `$name` filled in.

    >>> print(filled("ranks_start", {"nodes": 34}).splitlines()[1])
    SELECT node, strength, 1 / CAST(34 AS DOUBLE) AS rank, 1 AS moved FROM degrees
    """
    return Template(_text(step)).substitute({name: _literal(value) for name, value in given.items()})


def steps() -> tuple[str, ...]:
    """Return the names of all steps."""
    return tuple(sorted(path.stem for path in _STEPS.glob("*.sql")))


@cache
def _text(step: str) -> str:
    return (_STEPS / f"{step}.sql").read_text("utf-8")


def _literal(value: Given) -> str:
    if isinstance(value, str):
        return "'{}'".format(value.replace("'", "''"))
    if isinstance(value, float):
        return f"CAST({value!r} AS DOUBLE)"
    return str(value) if isinstance(value, int) else ", ".join(str(each) for each in value)


class Work:
    """Steps on one engine over one export; `key` tells tables of different settings apart."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner

    def make(self, name: str, *settings: str | float, step: str = "", **given: Given) -> None:
        """Keep the rows of the step of a name, unless they are there, and let others see them by it."""
        table = _table(name, settings)
        if table not in self.runner.stored():
            self.runner.keep(table, filled(step or name, given))
        self.runner.alias(name, table)

    def see(self, name: str, **given: Given) -> None:
        """Let others see the rows of a step without keeping them."""
        self.runner.see(name, filled(name, given))

    def rows(self, step: str, **given: Given) -> list[tuple[Any, ...]]:
        """Return the rows of a step."""
        return self.runner.rows(filled(step, given))

    def settle(
        self,
        name: str,
        *settings: str | float,
        rounds: int,
        of: Callable[[int], Mapping[str, Given]] = lambda _: {},
        enough: float = 0,
        still: int = 1,
    ) -> bool:
        """Repeat the step NAME_step, which reads NAME, until it moves no more; tell whether it came to that.

        `of` gives what each round is filled with; a round that moves at most `enough` counts as still, and
        so many in a row end it. Each round is kept until the next one is.
        """
        table = _table(name, settings)
        for ending, settled in (("settled", True), ("stopped", False)):
            if f"{table}__{ending}" in self.runner.stored():
                self.runner.alias(name, f"{table}__{ending}")
                return settled
        self._begin(name, table, of(0))
        quiet = 0
        for round in range(self._last(table), rounds):
            before, after = f"{table}__{round:04}", f"{table}__{round + 1:04}"
            self.runner.alias(name, before)
            self.runner.keep(after, filled(f"{name}_step", of(round)))
            self.runner.alias("latest", after)
            quiet = quiet + 1 if float(self.rows("moved")[0][0]) <= enough else 0
            self.runner.drop(before)
            if quiet == still:
                break
        self.runner.alias("latest", f"{table}__{self._last(table):04}")
        ended = f"{table}__{'settled' if quiet == still else 'stopped'}"
        self.runner.keep(ended, filled("latest", {}))
        self.runner.alias(name, ended)
        self.runner.drop(f"{table}__{self._last(table):04}")
        return quiet == still

    def _begin(self, name: str, table: str, given: Mapping[str, Given]) -> None:
        if self._last(table) < 0:
            self.runner.keep(f"{table}__0000", filled(f"{name}_start", given))

    def _last(self, table: str) -> int:
        """Return the last round that is kept, -1 where none is."""
        numbers = [each.removeprefix(f"{table}__") for each in self.runner.stored() if each.startswith(table)]
        return max((int(number) for number in numbers if number.isdigit()), default=-1)


def refuse_unsettled(name: str, rounds: int) -> MeaninglessError:
    """Say that a loop which must settle did not."""
    return MeaninglessError(f"{name} had not settled after {rounds} rounds, so there is nothing to tell.")


def _table(name: str, settings: Sequence[str | float]) -> str:
    return "_".join([name, *(_OPEN.sub("_", str(each)) for each in settings)])
