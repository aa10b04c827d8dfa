"""Find out which language the reader wants, and write numbers as that language does."""

from dataclasses import dataclass

from starlette.requests import Request

from api.negotiate import choose

LANGUAGES = ("sv", "en")
COOKIE = "lang"


@dataclass(frozen=True)
class Reader:
    """A reader's language; `chosen` when the address names it, so that a cookie keeps it."""

    language: str
    chosen: bool = False

    def number(self, value: float) -> str:
        """Write a number: thin spaces and a comma in Swedish, commas and a point in English.

        >>> Reader("sv").number(12500.5), Reader("en").number(12500.5)
        ('12\\u202f500,5', '12,500.5')
        """
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
        if self.language == "en":
            return shown
        return shown.replace(",", "\u202f").replace(".", ",")


def read(request: Request, default: str) -> Reader:
    """Return the reader of a request: the address first, then the cookie, then Accept-Language."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return Reader(asked, chosen=True)
    kept = request.cookies.get(COOKIE)
    if kept in LANGUAGES:
        return Reader(kept)
    return Reader(_accepted(request.headers.get("accept-language"), default))


def _accepted(header: str | None, default: str) -> str:
    if not header:
        return default
    ranges = ", ".join(_as_media(part) for part in header.split(","))
    offers = sorted((f"{language}/x" for language in LANGUAGES), key=lambda offer: offer[:2] != default)
    chosen = choose(ranges, offers)
    return chosen[:2] if chosen else default


def _as_media(part: str) -> str:
    """Return a language range as a media range, so that one reading of q-values serves both."""
    tag, semicolon, q = part.strip().partition(";")
    main = tag.strip().split("-")[0].lower()
    return f"{'*/*' if main == '*' else f'{main}/x'}{semicolon}{q}"
