"""Read the change history of the vocabulary, CHANGELOG.md, in the form of Keep a Changelog, in two languages.

A version is `## [0.2.0] - 2026-11-21`, a kind of change `### Removed`, and a change a line that names its
terms, with its sentence in each language below:

    - `follows`, `mentions`
      - sv: …
      - en: …
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "CHANGELOG.md"
KINDS: Final = ("Added", "Changed", "Deprecated", "Removed", "Fixed")
_VERSION = re.compile(r"## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)")
_TERM = re.compile(r"`(\w+)`")


@dataclass(frozen=True)
class Change:
    """A change of a version: its kind, the terms it is about (none: the whole), and what happened."""

    version: str
    date: str
    kind: str
    terms: tuple[str, ...]
    sv: str
    en: str

    def told(self, language: str) -> str:
        """Return what happened in the reader's language."""
        return self.en if language == "en" else self.sv


@cache
def changes() -> tuple[Change, ...]:
    """Return the changes of the file, in its order: the newest version first."""
    return read(FILE.read_text("utf-8"))


def of(term: str) -> tuple[Change, ...]:
    """Return the changes that are about a term."""
    return tuple(change for change in changes() if term in change.terms)


def told() -> dict[str, frozenset[str]]:
    """Return the terms that each version names."""
    found: dict[str, set[str]] = {}
    for change in changes():
        found.setdefault(change.version, set()).update(change.terms)
    return {version: frozenset(terms) for version, terms in found.items()}


def read(text: str) -> tuple[Change, ...]:
    """Read the text of a change history; raise ValueError with line and what was expected."""
    return tuple(_changes(text.splitlines()))


def _changes(lines: list[str]) -> Iterator[Change]:
    version = date = kind = ""
    for number, line in enumerate(lines, start=1):
        if line.startswith("## "):
            version, date = _version(number, line)
        elif line.startswith("### "):
            kind = _kind(number, line.removeprefix("### ").strip())
        elif line.startswith("- "):
            if not version or not kind:
                raise ValueError(f"CHANGELOG.md:{number}: a change stands before any version and kind.")
            sv, en = (_sentence(lines, number + at, language) for at, language in enumerate(("sv", "en")))
            yield Change(version, date, kind, tuple(_TERM.findall(line)), sv, en)


def _version(number: int, line: str) -> tuple[str, str]:
    found = _VERSION.fullmatch(line)
    if found is None:
        raise ValueError(
            f"CHANGELOG.md:{number}: {line!r} was found, '## [1.2.0] - 2026-11-21' was expected."
        )
    return found[1], found[2]


def _kind(number: int, kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"CHANGELOG.md:{number}: the kind {kind!r} is none of {', '.join(KINDS)}.")
    return kind


def _sentence(lines: list[str], at: int, language: str) -> str:
    """Return the sentence of a language; `at` counts from nought, so it is the line after a numbered one."""
    line = lines[at] if at < len(lines) else ""
    if not line.startswith(f"  - {language}: "):
        raise ValueError(f"CHANGELOG.md:{at + 1}: '  - {language}: …' was expected, {line!r} was found.")
    return line.removeprefix(f"  - {language}: ").strip()
