"""Choose what to answer with by an Accept header: q-values, and the most specific range wins."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class _Range:
    main: str
    sub: str
    q: float

    def fit(self, offer: str) -> int:
        """Return how closely the range names an offer: 3 exactly, 2 by its main type, 1 as */*, 0 not."""
        main, _, sub = offer.partition("/")
        if (self.main, self.sub) == ("*", "*"):
            return 1
        if self.main != main:
            return 0
        return 3 if self.sub == sub else 2 if self.sub == "*" else 0


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return the offer that the reader likes best (the first of equals), or None when none will do.

    >>> choose("text/html;q=0.5, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose(None, ["text/html", "text/turtle"])
    'text/html'
    >>> choose("image/png", ["text/html"]) is None
    True
    """
    if not accept or not accept.strip():
        return offers[0]
    ranges = [found for part in accept.split(",") if (found := _range(part))]
    best, chosen = 0.0, None
    for offer in offers:
        q = _quality(offer, ranges)
        if q > best:
            best, chosen = q, offer
    return chosen


def _quality(offer: str, ranges: Sequence[_Range]) -> float:
    fit, q = max(((found.fit(offer), found.q) for found in ranges), default=(0, 0.0))
    return q if fit else 0.0


def _range(part: str) -> _Range | None:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    main, slash, sub = name.lower().partition("/")
    if not slash or not main or not sub:
        return None
    return _Range(main, sub, _q(parameters))


def _q(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
