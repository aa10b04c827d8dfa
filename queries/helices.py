"""Kinds of actor as helices: university, company, public and civil society."""

from typing import Final

HELICES: Final = ("university", "company", "public", "civil")
_OF: Final = {
    "university": "university",
    "education-establishment": "university",
    "research-institute": "university",
    "research-organisation": "university",
    "competence-centre": "university",
    "company": "company",
    "sme": "company",
    "cluster": "company",
    "agency": "public",
    "authority": "public",
    "archive": "public",
    "development-authority": "public",
    "eu-body": "public",
    "healthcare-provider": "public",
    "municipality": "public",
    "public-body": "public",
    "public-need-owner": "public",
    "region-authority": "public",
    "regional-organisation": "public",
    "research-funder": "public",
    "non-profit": "civil",
}


def helix(kind: str | None) -> int:
    """Return the number of the helix of a kind of actor, -1 where it has none, or several that differ.

    Science parks, incubators and other go-betweens belong to none: they are meant to stand between.

    >>> [HELICES[helix(kind)] for kind in ("sme", "agency|municipality")], helix("science-park"), helix(None)
    (['company', 'public'], -1, -1)
    """
    found = {_OF[each] for each in (kind or "").split("|") if each in _OF}
    return HELICES.index(found.pop()) if len(found) == 1 else -1
