"""What the catalogue describes: datasets, their distributions, services; for RDF and for the page alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.publishing import Publisher
from api.words_catalog import CATALOG_WORDS
from graph.iris import Addresses
from graph.release_files import WHOLE, File
from graph.releases import Described, Part, Release

CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
Both = tuple[str, str]  # Swedish and English


@dataclass(frozen=True)
class Distribution:
    """A way to get a dataset: a dump (with its file), or a service that answers."""

    key: str
    form: str  # nq, trig, ttl, or sparql
    title: Both
    url: str
    licence: str
    file: File | None = None
    issued: str = ""


@dataclass(frozen=True)
class Dataset:
    """A dataset of the catalogue."""

    key: str
    title: Both
    about: Both
    licence: str
    mixed: bool
    period: Both
    issued: str
    provenance: Both
    identifier: str
    distributions: tuple[Distribution, ...]
    landing: str
    version: str = ""
    previous: str = ""
    source: str = ""  # the address of the source that it was read from


@dataclass(frozen=True)
class Service:
    """A service of the catalogue."""

    key: str
    title: Both
    about: Both
    url: str
    description: str
    standard: str
    standard_name: str
    landing: str
    form: str


@dataclass(frozen=True)
class Catalogue:
    """Everything that the catalogue describes."""

    at: Addresses
    publisher: Publisher
    issued: str
    modified: str
    releases: tuple[Dataset, ...]  # members of the series, the newest first
    datasets: tuple[Dataset, ...]  # the others
    services: tuple[Service, ...]


def say(key: str, **values: object) -> Both:
    """Return a text of the catalogue in both languages."""
    sv, en = CATALOG_WORDS[key]
    return sv.format(**values), en.format(**values)


def catalogue(
    at: Addresses,
    publisher: Publisher,
    releases: Sequence[Release],
    described: Mapping[str, Described],
    made: str,
    live: bool = True,
) -> Catalogue:
    """Return the catalogue of the releases (the newest first), or of the graphs in service before the first.

    `live` tells whether a server stands behind it: a site of files has no services to describe.
    """
    days = [release.date for release in releases] or [made[:10]]
    parts = releases[0].parts if releases else _served(described)
    sources = [_source(at, part, releases[:1], live, days[0]) for part in parts if part.source]
    return Catalogue(
        at=at,
        publisher=publisher,
        issued=min(days),
        modified=max([*days, made[:10]] if live else days),
        releases=tuple(_release(at, release) for release in releases),
        datasets=(*([_live(at, parts, made)] if live else ()), *sources),
        services=_services(at) if live else (),
    )


def _served(described: Mapping[str, Described]) -> list[Part]:
    """Return the graphs in service as parts, before there is a release."""
    return [Part(graph.rpartition("/")[2], graph, 0, "", said) for graph, said in sorted(described.items())]


def _release(at: Addresses, release: Release) -> Dataset:
    key = f"release-{release.version}"
    sources = [part for part in release.parts if part.source]
    licence, mixed = _licence(at, sources)
    triples = f"{release.triples:,}"
    numbers = {"version": release.version, "sources": len(sources)}
    return Dataset(
        key=key,
        title=say("catalog_release", version=release.version),
        about=(
            say("catalog_release_about", triples=triples.replace(",", " "), **numbers)[0],
            say("catalog_release_about", triples=triples, **numbers)[1],
        ),
        licence=licence,
        mixed=mixed,
        period=_period(sources, release.date),
        issued=release.date,
        provenance=say("catalog_provenance_whole"),
        identifier=at.named(key),
        distributions=_dumps(at, release, WHOLE, licence),
        landing=at.dump(release.version),
        version=release.version,
        previous=f"release-{release.previous}" if release.previous else "",
    )


def _source(at: Addresses, part: Part, newest: Sequence[Release], live: bool, day: str) -> Dataset:
    said, key = part.described, f"source-{part.name}"
    dumps = tuple(each for release in newest for each in _dumps(at, release, part.name, said.licence))
    title = (f"samspel: {said.title_sv}", f"samspel: {said.title_en}")
    return Dataset(
        key=key,
        title=title,
        about=say("catalog_source_about", name=part.name, publisher=said.publisher),
        licence=said.licence,
        mixed=False,
        period=_period([part], day),
        issued=day,
        provenance=say("catalog_provenance", address=said.address, publisher=said.publisher, day=said.day),
        identifier=part.graph,
        distributions=(*dumps, *([_by_sparql(at, key, title, said.licence)] if live else ())),
        landing=at.at(f"/sources#{part.name}"),
        source=said.address,
    )


def _live(at: Addresses, parts: Sequence[Part], made: str) -> Dataset:
    sources = [part for part in parts if part.source]
    licence, mixed = _licence(at, sources)
    title = say("catalog_live")
    return Dataset(
        key="live",
        title=title,
        about=say("catalog_live_about"),
        licence=licence,
        mixed=mixed,
        period=_period(sources, made[:10]),
        issued=made[:10],
        provenance=say("catalog_provenance_whole"),
        identifier=at.named("live"),
        distributions=(_by_sparql(at, "live", title, licence),),
        landing=at.at("/"),
    )


def _dumps(at: Addresses, release: Release, part: str, licence: str) -> tuple[Distribution, ...]:
    return tuple(
        Distribution(
            key=f"file-{release.version}-{file.name}",
            form=file.name.split(".")[-2],
            title=(file.name, file.name),
            url=at.dump(release.version, file.name),
            licence=licence,
            file=file,
            issued=release.date,
        )
        for file in release.dumps(part)
    )


def _by_sparql(at: Addresses, key: str, title: Both, licence: str) -> Distribution:
    sv, en = title
    return Distribution(
        f"{key}-sparql", "sparql", (f"{sv} (SPARQL)", f"{en} (SPARQL)"), at.at("/sparql"), licence
    )


def _licence(at: Addresses, parts: Sequence[Part]) -> tuple[str, bool]:
    """Return the one licence of all sources, or the page that lists them when they differ."""
    found = {part.described.licence for part in parts}
    return (found.pop(), False) if len(found) == 1 else (at.at("/sources"), True)


def _period(parts: Sequence[Part], day: str) -> Both:
    """Return the first and the last day that the facts speak of; of undated facts the day of their review."""
    dates = [
        (part.described.first or part.described.day, part.described.last or part.described.day)
        for part in parts
    ]
    first, last = min((a for a, _ in dates if a), default=day), max((b for _, b in dates if b), default=day)
    return f"{first}-01-01"[:10] if len(first) == 4 else first[:10], f"{last}-12-31" if len(
        last
    ) == 4 else last[:10]


def _services(at: Addresses) -> tuple[Service, ...]:
    return (
        Service(
            key="sparql",
            title=("samspel: SPARQL", "samspel: SPARQL"),
            about=say("catalog_sparql_about"),
            url=at.at("/sparql"),
            description=at.at("/sparql"),
            standard="https://www.w3.org/TR/sparql11-protocol/",
            standard_name="SPARQL 1.1 Protocol",
            landing=at.at("/sparql"),
            form="sparql",
        ),
        Service(
            key="api",
            title=("samspel: REST-API", "samspel: REST API"),
            about=say("catalog_api_about"),
            url=at.at("/api"),
            description=at.at("/openapi.json"),
            standard="https://spec.openapis.org/oas/v3.1.0",
            standard_name="OpenAPI Specification 3.1.0",
            landing=at.at("/docs"),
            form="json",
        ),
    )
