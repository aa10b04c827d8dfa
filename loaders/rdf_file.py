"""Read an RDF file (Turtle, N-Triples, RDF/XML) of bounded size as subjects with what is said of each.

Vocabularies are small, so a file is held whole. Of RDF/XML a document type is refused before anything is
parsed: a few hundred bytes of entities would make the parser take gigabytes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from loaders.errors import FileError
from loaders.reading.limits import Limits
from loaders.reading.package import Part, parts

LARGEST = 32 << 20  # bytes of one file; EuroSciVoc with all its labels in six languages is about 10 MB

Object = NamedNode | BlankNode | Literal | Triple
Said = Mapping[str, list[Object]]  # predicate -> objects

_FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}
_DECLARED = re.compile("<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOCAL = re.compile(r"[/#:]([\w.-]*\w)")


@dataclass(frozen=True)
class Subject:
    """A subject that has an IRI, and what a file says of it."""

    iri: str
    said: Said

    def iris(self, predicate: str) -> list[str]:
        """Return the IRIs that a predicate leads to, sorted."""
        return sorted(each.value for each in self.said.get(predicate, []) if isinstance(each, NamedNode))

    def texts(self, predicate: str, language: str | None = None) -> list[str]:
        """Return the texts of a predicate, sorted: in a language, or in all and none."""
        found = [each for each in self.said.get(predicate, []) if isinstance(each, Literal)]
        return sorted(each.value for each in found if language in (None, each.language))

    def __str__(self) -> str:
        return self.iri


@dataclass
class RdfFile:
    """The subjects of one RDF file, by IRI, in its order; `read` counts those given as records."""

    name: str
    sha256: str
    form: str
    subjects: dict[str, Subject]
    lines: dict[str, int] = field(repr=False)
    read: int = 0

    def only(self, wanted: Iterable[Subject]) -> Iterator[tuple[int, Subject]]:
        """Yield these subjects as records, each with the line on which it is first named."""
        self.read = 0
        for subject in wanted:
            self.read += 1
            yield self.lines.get(_local(subject.iri), 1), subject


def rdf_files(path: Path, limits: Limits | None = None) -> Iterator[RdfFile]:
    """Yield the RDF files of a path, passing over others in a package; FileError when there is none."""
    found = False
    for part in parts(path, limits or Limits()):
        if (format_ := _FORMATS.get(Path(part.name).suffix.lower())) is not None:
            found = True
            yield _read(part, format_)
    if not found:
        raise FileError(f"{path}: holds no RDF file (.ttl, .nt, .rdf, .xml or .owl was expected).")


def _read(part: Part, format_: RdfFormat) -> RdfFile:
    with part.open() as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FileError(f"{part.name}: is larger than the {LARGEST} bytes that a vocabulary may have.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(f"{part.name}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
    if format_ == RdfFormat.RDF_XML and (_DECLARED.search(text) or "\0" in text):
        raise FileError(
            f"{part.name}: declares a document type or entities, which can be a bomb; nothing of it is read. "
            "Save the file without a DOCTYPE."
        )
    subjects = _subjects(part.name, text, format_)
    form = f"{format_.name}, {len(subjects)} subjects"
    return RdfFile(part.name, sha256(data).hexdigest(), form, subjects, _lines(text, subjects))


def _subjects(name: str, text: str, format_: RdfFormat) -> dict[str, Subject]:
    found: dict[str, dict[str, list[Object]]] = {}
    try:
        for quad in parse(text, format=format_):
            if isinstance(quad.subject, NamedNode):
                said = found.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
                if quad.object not in said:
                    said.append(quad.object)
    except (SyntaxError, ValueError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise FileError(f"{name}{line}: this is not {format_.name}: {error}.") from error
    return {iri: Subject(iri, said) for iri, said in found.items()}


def _lines(text: str, subjects: Iterable[str]) -> dict[str, int]:
    """Return the first line on which each subject's local name stands in the file."""
    wanted = {_local(iri) for iri in subjects}
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _LOCAL.finditer(line):
            if match[1] in wanted:
                found.setdefault(match[1], number)
    return found


def _local(iri: str) -> str:
    return re.split("[/#:]", iri)[-1]
