"""How long a time is, in words: 5 years instead of P5Y."""

import re
from typing import Final

_WHOLE: Final = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?", re.ASCII)
_UNITS: Final = (  # one of them in Swedish, in English; several
    (("år", "year"), ("år", "years")),
    (("månad", "month"), ("månader", "months")),
    (("dag", "day"), ("dagar", "days")),
)


def told(duration: str, language: str) -> str:
    """Say a duration of years, months and days as XSD writes it; any other stays as it is.

    >>> told("P5Y", "sv"), told("P1Y6M", "en"), told("PT36H", "en")
    ('5 år', '1 year 6 months', 'PT36H')
    """
    found = _WHOLE.fullmatch(duration)
    if not found:
        return duration
    parts = zip(found.groups(), _UNITS, strict=True)
    return " ".join(f"{many} {unit[many != '1'][language == 'en']}" for many, unit in parts if many)
