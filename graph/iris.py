"""Mint every IRI of ours; no other module builds one."""

import hashlib
import re
from dataclasses import dataclass

from graph.errors import TermError
from graph.terms import Term, iri
from ontology.names import BASE, SCHEMES

_KIND = re.compile(r"[a-z]+(-[a-z]+)*\Z")
_KEY = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*\Z")


@dataclass(frozen=True)
class Iris:
    """Mint IRIs under one base; concepts of our schemes belong to the vocabulary and keep its base.

    >>> Iris().thing("county", "05")
    '<https://w3id.org/samspel/id/county/05>'
    """

    base: str = BASE

    def thing(self, kind: str, key: str) -> Term:
        """Return the IRI of a thing: `BASE id/KIND/KEY`, both in plain ASCII."""
        if not _KIND.match(kind) or not _KEY.match(key):
            raise TermError(f"{kind}/{key} is not a kind and a key in plain letters, digits and - . _")
        return iri(f"{BASE if kind in SCHEMES else self.base}id/{kind}/{key}")

    @property
    def space(self) -> str:
        """What the IRIs of things begin with."""
        return f"{self.base}id/"

    def graph(self, source: str) -> Term:
        """Return the named graph of a source."""
        return iri(f"{self.base}graph/{source}")

    def endpoint(self) -> Term:
        """Return the address of the SPARQL service."""
        return iri(f"{self.base}sparql")

    def dataset(self, key: str = "dataset") -> Term:
        """Return the IRI of the whole dataset, or of a part that the VoID description names."""
        return iri(f"{self.base}.well-known/void#{key}")

    def place(self, path: str) -> Term:
        """Return the lasting address of something that is served under the base: `sparql`, a dump."""
        return iri(f"{self.base}{path}")

    def stored(self, path: str) -> Term:
        """Return the graph that the Graph Store Protocol addresses by our own path: `BASE store/PATH`."""
        return iri(f"{self.base}store/{path}")

    def digest(self, kind: str, *parts: str) -> Term:
        """Return the IRI of a thing that is known only by what it says (a statement, a match)."""
        found = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        return self.thing(kind, found[:16])

    def release(self, version: str) -> str:
        """Return the lasting name of a release in the feed: `BASE dumps/VERSION`."""
        return f"{self.base}dumps/{version}"

    def feed(self) -> str:
        """Return the lasting name of the feed of releases."""
        return f"{self.base}feed.atom"

    def reference(self, value: str) -> Term:
        """Return the IRI for a reference written `kind/key`."""
        kind, _, key = value.partition("/")
        return self.thing(kind, key)


@dataclass(frozen=True)
class Addresses:
    """Mint the addresses of a server, or of a site of files, and what its catalogue names.

    >>> Addresses("https://example.org/").named("series")
    'https://example.org/catalog#series'
    """

    root: str

    def at(self, path: str) -> str:
        """Return the address of a path that begins with a slash."""
        return self.root.rstrip("/#") + path

    @property
    def catalog(self) -> str:
        """The catalogue."""
        return self.at("/catalog")

    def named(self, key: str) -> str:
        """Return the IRI of something that the catalogue describes."""
        return f"{self.catalog}#{key}"

    def dump(self, version: str, file: str = "") -> str:
        """Return the address of a release, or of a file of it."""
        return self.at(f"/dumps/{version}/{file}")
