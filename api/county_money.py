"""The money of counties: which projects each has, what they were granted, and how sure the sums are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from api.snapshot import Snapshot
from graph.asked import Rows
from queries.answer import ask
from queries.catalogue import query

QUERY: Final = "county-projects"
Line = tuple[str, str, str]  # currency, fund, year
K = TypeVar("K")


@dataclass(frozen=True)
class Entry:
    """An amount as it stands in one county; `holder` is the grant, project or participation that has it."""

    county: str
    project: str
    holder: str
    fund: str
    year: str
    currency: str
    amount: float


@dataclass(frozen=True)
class Sum:
    """What is summed of some entries in a county, and between which bounds it must lie.

    An amount of several counties is parted equally in `amount`; `least` leaves it out, `most` has it whole.
    """

    amount: float = 0.0
    least: float = 0.0
    most: float = 0.0
    projects: int = 0

    @property
    def parted(self) -> bool:
        """Tell whether any of it had to be parted."""
        return self.most > self.least


@dataclass(frozen=True)
class Money:
    """What the counties' projects were granted: sums by currency, and by fund and year within each."""

    projects: Mapping[str, int]
    priced: Mapping[str, int]
    totals: Mapping[str, Mapping[str, Sum]] = field(default_factory=dict)  # currency, county
    lines: Mapping[Line, Mapping[str, Sum]] = field(default_factory=dict)

    def of(self, currency: str, counties: Sequence[str]) -> list[Line]:
        """Return the lines of a currency in which any of these counties has something."""
        return [
            line
            for line, sums in self.lines.items()
            if line[0] == currency and any(each in sums for each in counties)
        ]

    def currencies(self, counties: Sequence[str]) -> list[str]:
        """Return the currencies in which any of these counties has money."""
        return [key for key, sums in self.totals.items() if any(each in sums for each in counties)]


def money(snapshot: Snapshot) -> Money:
    """Return the money of all counties, gathered once a generation."""
    return snapshot.kept(("county-money",), lambda: gather(ask(snapshot.store, query(QUERY)).rows))


def gather(rows: Rows) -> Money:
    """Sum the rows of the query.

    Where the parts of a project are known, what the whole project was granted is left out.
    """
    found = [{key: value or "" for key, value in row.items()} for row in rows.dicts()]
    in_parts = {row["project"] for row in found if row["basis"] == "part"}
    entries = [
        Entry(
            county=row["county"],
            project=row["project"],
            holder=row["holder"],
            fund=row["fund"],
            year=row["year"],
            currency=row["currency"],
            amount=float(row["amount"]),
        )
        for row in found
        if row["amount"] and (row["basis"] == "part" or row["project"] not in in_parts)
    ]
    return Money(
        _counted((row["county"], row["project"]) for row in found),
        _counted((each.county, each.project) for each in entries),
        _nested(_summed(entries, lambda each: each.currency)),
        _nested(_summed(entries, lambda each: (each.currency, each.fund, each.year))),
    )


def _counted(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    within: dict[str, set[str]] = defaultdict(set)
    for county, project in pairs:
        within[county].add(project)
    return {county: len(each) for county, each in within.items()}


def _summed(entries: Sequence[Entry], of: Callable[[Entry], K]) -> dict[tuple[K, str], Sum]:
    everywhere: dict[str, set[tuple[str, str]]] = defaultdict(set)
    groups: dict[tuple[K, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for each in entries:
        everywhere[each.holder].add((each.county, each.fund))
        groups[of(each), each.county][each.holder].append(each)
    return {
        key: _sum(holders, {holder: len(everywhere[holder]) for holder in holders})
        for key, holders in groups.items()
    }


def _sum(holders: Mapping[str, Sequence[Entry]], places: Mapping[str, int]) -> Sum:
    """Sum what holders have in one county: the amount by the part of its places that are here."""
    amount = least = most = 0.0
    projects = set()
    for holder, entries in holders.items():
        whole, here = entries[0].amount, len({each.fund for each in entries})
        amount += whole * here / places[holder]
        least += whole if here == places[holder] else 0.0
        most += whole
        projects.add(entries[0].project)
    return Sum(amount, least, most, len(projects))


def _nested(sums: Mapping[tuple[K, str], Sum]) -> dict[K, dict[str, Sum]]:
    found: dict[K, dict[str, Sum]] = defaultdict(dict)
    for (key, county), each in sums.items():
        found[key][county] = each
    return dict(found)
