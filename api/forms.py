"""The forms that things and terms come in: media types, endings, clients' names for them, and links.

A thing has an IRI (`/id/KIND/KEY`), which leads by 303 to a document about it: the page or the data in a
form. Each document names the others in its Link header, in references relative to the server, so that no
header of the request gets into them. `canonical` of a page is its own address without parameters (the
IRI would lead back to it by 303); data have one address each and need none: they tell the IRI of what
they describe. `describedby` leads from a thing and its page to the data, and from data to the description
of the whole dataset.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from pyoxigraph import RdfFormat, Triple, serialize
from starlette.responses import Response

from api import compact
from api.negotiate import choose
from api.sparql_run import PREFIXES

FORMS: Final = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", RdfFormat.RDF_XML),
}
HTML: Final = "text/html"
DATA: Final = tuple(media for media, _ in FORMS.values())
OFFERS: Final = (HTML, *DATA)
SPELLINGS: Final = {
    "application/xhtml+xml": HTML,
    "application/x-turtle": "text/turtle",
    "application/turtle": "text/turtle",
    "text/n3": "text/turtle",  # Turtle is N3
    "text/rdf+n3": "text/turtle",
    "application/json": "application/ld+json",
    "text/plain": "application/n-triples",  # its type before 2014, and it reads as text
    "text/ntriples": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/rdf": "application/rdf+xml",
}
ENDINGS: Final = {media: ending for ending, (media, _) in FORMS.items()}
WHOLE: Final = "/.well-known/void"


class Unfit(Exception):
    """No form on offer is one that the reader takes; the message is the offers."""


def wanted(accept: str | None, offers: Sequence[str] = OFFERS) -> str:
    """Return the ending of the form that an Accept header wants, `html` for the page; raise Unfit."""
    media = choose(accept, offers, SPELLINGS)
    if media is None:
        raise Unfit(", ".join(offers))
    return ENDINGS.get(media, "html")


def written(triples: Iterable[Triple], ending: str) -> bytes:
    """Write triples in a form, with the prefixes that people know."""
    if ending == "jsonld":
        return compact.text(triples).encode()
    out = BytesIO()
    serialize(triples, out, format=FORMS[ending][1], prefixes=PREFIXES)
    return out.getvalue()


def answer(content: bytes, ending: str, links: Iterable[str]) -> Response:
    """Return data in a form with its links."""
    return Response(content, 200, {"Link": ", ".join(links)}, FORMS[ending][0])


def split(name: str) -> tuple[str, str]:
    """Return a name and the ending of a form (or html), empty when it has none.

    >>> split("05.ttl"), split("05"), split("a.b")
    (('05', 'ttl'), ('05', ''), ('a.b', ''))
    """
    stem, _, ending = name.rpartition(".")
    return (stem, ending) if stem and (ending in FORMS or ending == "html") else (name, "")


def alternates(data: str, page: str, without: str = "") -> list[str]:
    """Return links to the forms of a document: `data` and an ending, and the page; less the one at hand."""
    found = [
        f'<{data}.{ending}>; rel="alternate"; type="{media}"'
        for ending, (media, _) in FORMS.items()
        if ending != without
    ]
    return found if without == "html" else [*found, f'<{page}>; rel="alternate"; type="{HTML}"']


def page_links(data: str, page: str) -> list[str]:
    """Return the links of a page: its other forms, its own address, its data."""
    return [*alternates(data, page, "html"), f'<{page}>; rel="canonical"', described(f"{data}.ttl")]


def data_links(data: str, page: str, ending: str, iri: str) -> list[str]:
    """Return the links of data: their other forms, the thing that they describe, the whole dataset."""
    return [*alternates(data, page, ending), f'<{iri}>; rel="describes"', described(WHOLE)]


def described(by: str) -> str:
    """Return the link to what describes a document or a thing."""
    return f'<{by}>; rel="describedby"; type="text/turtle"'
