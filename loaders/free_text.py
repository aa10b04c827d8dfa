"""Bring the summaries of a register into a form to be shown, and withhold those that hold contact details.

No rule is certain to find a person's name in a text. So texts that researchers write about their own work,
in which many are named, are not taken in at all (their columns are `personal`). What is let through here are
the summaries that an authority publishes of an operation, but for those that hold contact details.
"""

from collections.abc import Callable

from loaders.personal_data import found_in
from loaders.values import Converter, cleaned


def described(say: Converter, note: Callable[[str], None], field: str) -> Callable[[str], str | None]:
    """Return a converter of summaries: HTML is taken out, and contact details withhold one, with a note."""

    def convert(value: str) -> str | None:
        text = cleaned(value)
        if found := found_in(text):
            note(f"{field}: withheld where it seems to hold {found}")
            return None
        return say(text) if text else None

    return convert
