"""What goes with numbers to warn of what they cannot tell, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """A warning that goes with the numbers."""

    sv: str
    en: str
