"""The cells of a region's folder: days, years, amounts, addresses, numbers and evidence, each checked."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from graph.errors import TermError
from graph.terms import Term, day, decimal, iri, text, year
from loaders.curated import STATUSES
from loaders.personal_data import luhn
from loaders.region_tables import Row
from loaders.source import Evidence

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINES = re.compile(r"\d+(-\d+)?(, ?\d+(-\d+)?)*")
_NUMBER = re.compile(r"\d{6}-\d{4}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_OTHER_DAYS = (
    re.compile(r"(?P<d>\d\d?)[./-](?P<m>\d\d?)[./-](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[./]?(?P<m>\d\d)[./]?(?P<d>\d\d)"),
)


def slug(value: str) -> str:
    """Return a text as a key.

    >>> slug("Värmlands Örnar & co")
    'varmlands-ornar-co'
    """
    plain = unicodedata.normalize("NFKD", value.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


def day_of(row: Row, column: str) -> Term | None:
    """Return a day; one that is none, or is written otherwise, is told."""
    value = row.take(column)
    if value is None:
        return None
    try:
        if len(value) == len("2024-04-01"):
            return day(value)
    except TermError:
        pass
    row.wrong(column, "a day in the form 2024-04-01", _meant(value))
    return None


def year_of(row: Row, column: str) -> Term | None:
    """Return a year of four digits."""
    value = row.take(column)
    try:
        return year(value) if value else None
    except TermError:
        row.wrong(column, "a year of four digits", "Write it as 2024.")
        return None


def between(row: Row, first: str, last: str) -> None:
    """Tell when a time ends before it begins."""
    begins, ends = row.take(first), row.take(last)
    if begins and ends and ends < begins:
        row.wrong(last, f"{begins} ({first}) or later", "Change places, or mend the one that is wrong.")


def amount(row: Row, column: str) -> Term | None:
    """Return an amount of money; its currency stands in the column beside."""
    value = row.take(column)
    if value is None:
        if row.take("currency") and not row.cells.get(column):
            row.wrong("currency", "no currency without a budget", "Fill in the budget, or take it away.")
        return None
    if not _CURRENCY.fullmatch(row.take("currency") or ""):
        row.wrong("currency", "a currency of three letters beside the budget", "Write SEK or EUR.")
    try:
        found = Decimal(value)
        if found.is_finite() and found >= 0:
            return decimal(found)
    except InvalidOperation:
        pass
    row.wrong(column, "an amount in digits, such as 25000000", "Take spaces and words away.")
    return None


def web_address(row: Row, column: str) -> str | None:
    """Return an address of the web."""
    value = row.take(column)
    if value is None:
        return None
    try:
        if value.startswith(("https://", "http://")):
            iri(value)
            return value
    except TermError:
        pass
    hint = f"Did you mean {'https://' + value!r}?" if re.fullmatch(r"[\w.-]+\.\w+(/\S*)?", value) else None
    row.wrong(column, "an address that begins with https:// or http://", hint or "Copy it from the browser.")
    return None


def organisation_number(row: Row, column: str) -> Term | None:
    """Return an organisation number; a personal number is told without being repeated."""
    value = row.take(column)
    if value is None:
        return None
    if not _NUMBER.fullmatch(value):
        digits = re.sub(r"\D", "", value)
        hint = f"Did you mean {digits[:6] + '-' + digits[6:]!r}?" if len(digits) == 10 else "Look it up."
        row.wrong(column, "six digits, a hyphen and four digits", hint)
    elif int(value[2]) < 2:
        row.told.add(column)
        row.report(
            f"{column} has what may be a personal number",
            "an organisation number, whose third digit is 2 or more",
            "Take it away: samspel holds no personal data.",
        )
    elif not luhn(value.replace("-", "")):
        row.wrong(column, "a number whose last digit is the check digit", "Look for a misprinted digit.")
    else:
        return text(value)
    return None


def evidence_of(row: Row, document: Term) -> Evidence:
    """Return where the facts of a row come from."""
    status, lines = row.take("status"), row.take("lines")
    if status and status not in STATUSES:
        row.unknown("status", status, f"one of {', '.join(STATUSES)}", STATUSES)
    if lines and not _LINES.fullmatch(lines):
        row.wrong("lines", "line numbers, such as 12 or 12-14", "Leave it empty when there are no lines.")
    return Evidence(document, status or STATUSES[0], lines, row.take("printed"))


def _meant(value: str) -> str:
    for form in _OTHER_DAYS:
        if found := form.fullmatch(value):
            try:
                meant = date(int(found["y"]), int(found["m"]), int(found["d"]))
                return f"Did you mean {meant.isoformat()!r}?"
            except ValueError:
                break
    return "Look up the day; leave the cell empty when only the year is known."
