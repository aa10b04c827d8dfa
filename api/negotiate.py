"""Choose what to answer with by an Accept header, as RFC 9110 (section 12.5.1) wants it; garbage is no error.

Of the ranges that fit an offer, the most specific tells its q. Of offers with the same q, the one named
most closely wins, then the first: `text/turtle, */*` means Turtle, `*/*` means what we like best.
A range with parameters that an offer does not state (`text/html;level=1`) still fits it, but less than
the bare range does, and never excludes it. `charset=utf-8` is met by every offer. A q that is no number
excludes; parts that are no media range are skipped; a header without one readable part asks for nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

_LONGEST = 512  # characters of a header that is worth remembering
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_NUMBER = re.compile(r"\d+\.?\d*|\.\d+", re.ASCII)
_COMMA, _SEMICOLON = (re.compile(rf'(?:[^{mark}"]|"(?:\\.|[^"\\])*"?)+') for mark in ",;")
_PARAMETERS, _EXACT, _LOOSE, _SPELT, _MAIN, _ANY = 6, 5, 4, 3, 2, 1
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Range:
    main: str
    sub: str
    parameters: frozenset[str]
    q: float

    @property
    def name(self) -> str:
        return f"{self.main}/{self.sub}"

    def fit(self, offer: "_Range", spelt: Mapping[str, str]) -> tuple[int, int]:
        """Return how closely the range names an offer, (0, 0) when not at all."""
        if self.name == "*/*":
            return _ANY, 0
        if self.sub == "*":
            return (_MAIN, 0) if self.main == offer.main else (0, 0)
        if self.name != offer.name:
            return (_SPELT, 0) if self.q and spelt.get(self.name) == offer.name else (0, 0)
        if not self.parameters:
            return _EXACT, 0
        if self.parameters <= offer.parameters:
            return _PARAMETERS, len(self.parameters)
        return (_LOOSE, 0) if self.q else (0, 0)


def choose(
    accept: str | None, offers: Sequence[str], spellings: Mapping[str, str] | None = None
) -> str | None:
    """Return the offer that the reader likes best, or None when none will do.

    `spellings` are other names that clients use for an offer: `application/x-turtle` for `text/turtle`.

    >>> choose("text/html;q=0.5, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose(None, ["text/html", "text/turtle"])
    'text/html'
    >>> choose("image/png", ["text/html"]) is None
    True
    """
    if not accept or not accept.strip():
        return offers[0]
    spelt = tuple(spellings.items()) if spellings else ()
    if len(accept) > _LONGEST:
        return _choose(accept, tuple(offers), spelt)
    return _remembered(accept, tuple(offers), spelt)


def _choose(accept: str, offers: tuple[str, ...], spelt: tuple[tuple[str, str], ...]) -> str | None:
    ranges = [found for part in _pieces(_COMMA, ",", accept) if (found := _range(part))]
    if not ranges:
        return offers[0]
    names = dict(spelt) or _NONE
    judged = [_quality(offer, ranges, names) for offer in offers]
    best = max(judged)
    return offers[judged.index(best)] if best[0] > 0 else None


_remembered = lru_cache(maxsize=2048)(_choose)


def _quality(offer: str, ranges: Sequence[_Range], spelt: Mapping[str, str]) -> tuple[float, tuple[int, int]]:
    """Return the q of an offer by the most specific range that fits it, and how specific that is."""
    own = _range(offer)
    fits = [(found.fit(own, spelt), found.q) for found in ranges] if own else []
    fit, q = max(fits, default=((0, 0), 0.0))
    return (q, fit) if fit > (0, 0) else (0.0, (0, 0))


def _range(part: str) -> _Range | None:
    name, *rest = [piece.strip() for piece in _pieces(_SEMICOLON, ";", part)] or [""]
    main, slash, sub = ("*", "/", "*") if name == "*" else name.lower().partition("/")
    if not slash or not _TOKEN.fullmatch(main) or not _TOKEN.fullmatch(sub) or (main == "*" != sub):
        return None
    found, q = set[str](), 1.0
    for parameter in rest:
        key, _, value = (piece.strip() for piece in parameter.lower().partition("="))
        if key == "q":
            q = _q(value)
            break  # what follows q belongs to no media type
        if key and (key, value.strip('"')) not in (("charset", "utf-8"), ("charset", "utf8")):
            found.add("=".join((key, value.strip('"'))))
    return _Range(main, sub, frozenset(found), q)


def _q(value: str) -> float:
    return min(float(value), 1.0) if _NUMBER.fullmatch(value) else 0.0


def _pieces(pattern: re.Pattern[str], mark: str, text: str) -> list[str]:
    """Split a text at a mark, but not inside quotation marks."""
    return pattern.findall(text) if '"' in text else text.split(mark)
