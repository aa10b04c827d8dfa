"""What the registers of Swedish research funders share: descriptions, kinds of actors, order of days."""

from collections.abc import Callable

from loaders.free_text import cleaned, personal
from loaders.reviewed import LOOKUPS, rows
from loaders.values import Converter, plain_day

Note = Callable[[str], None]
Headings = frozenset[str]


def description(field: str, headings: Headings, say: Converter, note: Note) -> Callable[..., str | None]:
    """Return a converter of an abstract and its translation.

    An abstract of headings alone is not taken in; one that seems to name a person, itself or in the other
    language, is withheld.
    """

    def convert(value: str, other: str) -> str | None:
        text = cleaned(value)
        if headings.issuperset(text.split("\n")):
            if value:
                note(f"{field}: nothing but headings, not taken in")
            return None
        if found := personal(text) or personal(cleaned(other)):
            note(f"{field}: withheld, since it or its translation seems to hold {found}")
            return None
        return say(text)

    return convert


def actor_kinds(source: str) -> dict[str, str]:
    """Return the kinds of actors by the words of a source."""
    return {
        row["word"]: row["kind"] for _, row in rows(LOOKUPS / "actor_kinds.csv") if row["source"] == source
    }


def in_order(start: str, end: str) -> bool:
    """Tell whether a day comes no later than another."""
    return plain_day(start) <= plain_day(end)
