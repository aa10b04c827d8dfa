"""Find links of ours that lead nowhere: terms, concepts and things that are used but described nowhere."""

from collections.abc import Iterable, Iterator
from itertools import islice

from graph.findings import Finding, in_order
from graph.triples import plain
from ontology import names as n

MOST = 10_000
SHAPE = f"{n.BASE}shapes#Link"
_OWL = "http://www.w3.org/2002/07/owl#"
_LEADS_TO_NO_THING = (f"<{_OWL}versionIRI>", f"<{_OWL}priorVersion>")  # these name a version
_VOCABULARY = (n.SAMSPEL, *(f"{n.BASE}id/{scheme}/" for scheme in (*n.SCHEMES, "scheme")))


def dangling(
    lines: Iterable[str], base: str = n.BASE, described: Iterable[str] | None = None
) -> tuple[Finding, ...]:
    """Return a finding for each use of an IRI of ours, as object or predicate, that nothing describes.

    The lines are the whole graph, unless `described` names what the vocabulary describes: then they
    are a part of it, and links to things, which another part may describe, are passed over. Lines
    that can be read again (a list, `Store.stream()`) are never held in memory. No more than MOST
    findings are told: one misprint in a mapping makes a million of them.
    """
    again = list(lines) if isinstance(lines, Iterator) else lines
    ours = _VOCABULARY if described is not None else (base, *_VOCABULARY)
    begins = tuple(f"<{each}" for each in ours)
    lost = _lost(again, begins, described or ())
    return tuple(sorted(islice(_once(_told(again, lost)), MOST), key=in_order)) if lost else ()


def subjects(lines: Iterable[str]) -> frozenset[str]:
    """Return what lines describe, to be given as `described`."""
    return frozenset(line.partition(" ")[0] for line in lines)


def _lost(lines: Iterable[str], begins: tuple[str, ...], described: Iterable[str]) -> set[int]:
    """Return the hashes of what is used and not described; a hash takes a third of an IRI's memory."""
    known, used, last = {hash(iri) for iri in described}, set[int](), ""
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject != last:
            last = subject
            known.add(hash(subject))
            used.discard(hash(subject))
        for iri in _uses(predicate, value):
            if iri.startswith(begins) and hash(iri) not in known:
                used.add(hash(iri))
    return used


def _uses(predicate: str, value: str) -> tuple[str, ...]:
    """Return the IRIs that a triple uses beside its subject."""
    follows = value[0] == "<" and predicate not in _LEADS_TO_NO_THING
    return (predicate, value) if follows else (predicate,)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    met = set[Finding]()
    for finding in findings:
        if finding not in met:
            met.add(finding)
            yield finding


def _told(lines: Iterable[str], lost: set[int]) -> Iterator[Finding]:
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if hash(predicate) in lost:
            yield _unknown_property(subject, predicate)
        if predicate not in _LEADS_TO_NO_THING and hash(value) in lost:
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
