"""Find links of ours that lead nowhere: terms, concepts and things that are used but described nowhere."""

from collections.abc import Iterable, Iterator

from graph.findings import Finding, in_order
from graph.triples import Triples, is_iri, plain
from ontology import names as n

SHAPE = f"{n.BASE}shapes#Link"
_OWL = "http://www.w3.org/2002/07/owl#"
_LEADS_TO_NO_THING = (f"<{_OWL}versionIRI>", f"<{_OWL}priorVersion>")  # these name a version
_VOCABULARY = (n.SAMSPEL, *(f"{n.BASE}id/{scheme}/" for scheme in (*n.SCHEMES, "scheme")))


def dangling(
    lines: Iterable[str], base: str = n.BASE, described: Iterable[str] | None = None
) -> tuple[Finding, ...]:
    """Return a finding for each use of an IRI of ours, as object or predicate, that nothing describes.

    The lines are the whole graph, unless `described` names what the vocabulary describes: then they
    are a part of it, and links to things, which another part may describe, are passed over.
    """
    triples = Triples(lines)
    known = triples.subjects() | frozenset(described or ())
    ours = _VOCABULARY if described is not None else (base, *_VOCABULARY)
    return tuple(sorted(_lost(triples, known, ours), key=in_order))


def subjects(lines: Iterable[str]) -> frozenset[str]:
    """Return what lines describe, to be given as `described`."""
    return Triples(lines).subjects()


def _lost(triples: Triples, known: frozenset[str], ours: tuple[str, ...]) -> Iterator[Finding]:
    begins = tuple(f"<{each}" for each in ours)
    for predicate in triples.predicates():
        strange = predicate.startswith(begins) and predicate not in known
        for subject, values in triples.by(predicate).items():
            if strange:
                yield _unknown_property(subject, predicate)
            if predicate in _LEADS_TO_NO_THING:
                continue
            for value in values:
                if is_iri(value) and value.startswith(begins) and value not in known:
                    yield _nowhere(subject, predicate, value)


def _unknown_property(subject: str, predicate: str) -> Finding:
    return _finding(
        subject,
        predicate,
        None,
        f"Vokabulären har ingen egenskap {plain(predicate)}; leta efter ett skrivfel.",
        f"The vocabulary has no property {plain(predicate)}; look for a misprint.",
    )


def _nowhere(subject: str, predicate: str, value: str) -> Finding:
    return _finding(
        subject,
        predicate,
        plain(value),
        f"Länken leder till {plain(value)}, som ingenting beskriver; beskriv det eller ta bort länken.",
        f"The link leads to {plain(value)}, which nothing describes; describe it or take the link away.",
    )


def _finding(subject: str, predicate: str, value: str | None, sv: str, en: str) -> Finding:
    return Finding(
        shape=SHAPE,
        focus=plain(subject),
        path=plain(predicate),
        value=value,
        severity="Violation",
        message_sv=sv,
        message_en=en,
        component=SHAPE,
        value_is_iri=value is not None,
    )
