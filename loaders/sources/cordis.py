"""CORDIS: the projects of the EU's framework programmes, who takes part in them, and their fields.

Tables (project, organization, euroSciVoc, topics, legalBasis) as CSV, XLSX or JSON, in the package as
published or alone, and project XML. webLink and webItem are passed over. A first look at all organisations
collects the VAT number of each PIC, since it may stand in some rows only. A project that no row describes
bears its acronym as its name, until the table project is loaded with the others.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from loaders.cordis_layouts import legal_bases, passed_over, projects, science_fields, topics
from loaders.cordis_named import Named
from loaders.cordis_organisations import Organisations
from loaders.cordis_participations import DERIVED, participations
from loaders.cordis_xml import Projects, holds_tables, holds_xml
from loaders.feed import Feed
from loaders.source import Source

SOURCE = Source(
    name="cordis",
    title_sv="EU:s forskningsprojekt (CORDIS)",
    title_en="EU research projects (CORDIS)",
    publisher="European Union",
    licence="https://creativecommons.org/licenses/by/4.0/",
    url="https://cordis.europa.eu",
    as_of="2026-11-21",
    at_least={"Project": 1},
    download=(
        "https://cordis.europa.eu/data/cordis-HORIZONprojects-csv.zip",
        "https://cordis.europa.eu/data/cordis-h2020projects-csv.zip",
        "https://cordis.europa.eu/data/cordis-fp7projects-csv.zip",
    ),
    outside=True,
    layout=(
        "organization and topics of H2020 (2023); euroSciVoc, topics, legalBasis and web links of HORIZON "
        "(2023 and 2026); of the table project one row, and of the XML one shortened project"
    ),
)


def load(feed: Feed) -> None:
    """Read the tables and the XML files."""
    in_xml = [path for path in feed.inputs if holds_xml(path, feed.options.limits)]
    in_tables = [path for path in feed.inputs if holds_tables(path, feed.options.limits)]
    named = Named()
    pairs = _pairs(feed, in_tables, in_xml)
    organisations = Organisations(feed.matcher, pairs, feed.note)
    feed.tables(
        projects(named, feed.note),
        participations(named, organisations, feed.places, feed.note),
        participations(named, organisations, feed.places, feed.note, DERIVED),
        science_fields(named, feed.note),
        topics(named),
        legal_bases(named),
        *passed_over(),
        of=in_tables,
    )
    Projects(feed, named, organisations).read(in_xml)
    named.say(feed)


def _pairs(feed: Feed, in_tables: Sequence[Path], in_xml: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield each PIC with the VAT number beside it."""
    yield from ((pic, vat) for pic, vat in feed.peek("organisationID", "vatNumber", of=in_tables))
    yield from Projects.pairs(in_xml, feed.options.limits)
