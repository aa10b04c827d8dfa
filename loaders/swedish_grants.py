"""What the registers of Swedish research funders share: kinds of actors, order of days."""

from collections.abc import Callable

from loaders.reviewed import LOOKUPS, rows
from loaders.values import plain_day

Note = Callable[[str], None]


def actor_kinds(source: str) -> dict[str, str]:
    """Return the kinds of actors by the words of a source."""
    return {
        row["word"]: row["kind"] for _, row in rows(LOOKUPS / "actor_kinds.csv") if row["source"] == source
    }


def in_order(start: str, end: str) -> bool:
    """Tell whether a day comes no later than another."""
    return plain_day(start) <= plain_day(end)
