"""A region's own folder: areas, actors, projects and needs with their evidence, as a graph of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from graph.errors import TermError
from graph.iris import Iris
from graph.terms import Term, iri, text
from loaders import run
from loaders.region_cells import (
    KEY,
    amount,
    between,
    day_of,
    evidence_of,
    organisation_number,
    slug,
    web_address,
    year_of,
)
from loaders.region_layout import ACTOR_KINDS, AREA_KINDS, LAYOUTS, REGION
from loaders.region_tables import FolderError, Mistake, Row, Table, read
from loaders.source import Evidence, Facts, Intake, Loaded, Source
from ontology import names as n
from ontology import vocabulary


@dataclass(frozen=True)
class Bundled:
    """What a region's folder may refer to by `organisation/KEY` and `area/KEY`, and the counties by code."""

    counties: Mapping[str, str]
    keys: Mapping[str, frozenset[str]]


def source_name(name: str) -> str:
    """Return the name of a region's source and graph."""
    return f"region-{name}"


def read_folder(folder: Path, iris: Iris) -> Loaded:
    """Read a region's folder whole; raise FolderError with every mistake in it, and load nothing."""
    mistakes: list[Mistake] = []
    head = read(folder, REGION, mistakes)
    tables = {kind: read(folder, layout, mistakes) for kind, layout in LAYOUTS.items()}
    known = bundled(iris)
    source, counties = _source(head, known, mistakes)
    region = _Region(source, iris, counties, known, tables)
    intake = Intake(source, folder, iris)
    for kind, handle in region.handlers().items():
        for row in tables[kind].rows:
            _keep(row, handle, intake, iris)
    if mistakes:
        raise FolderError(mistakes)
    files = {REGION.file: head.sha256} | {
        layout.file: tables[kind].sha256 for kind, layout in LAYOUTS.items()
    }
    count = len(head.rows) + sum(len(table.rows) for table in tables.values())
    return replace(intake.result(), read=count, files=files)


@cache
def bundled(iris: Iris) -> Bundled:
    """Read what the bundled sources name, for references and county codes."""
    lines = [line for name in run.sources() for line in run.read(name, iris).lines]
    types = {(kind, f"<{cls}>") for kind, cls in (("organisation", n.Organisation), ("area", n.PriorityArea))}
    keys: dict[str, set[str]] = {"organisation": set(), "area": set()}
    counties = {}
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        kind, _, key = subject[1:-1].rpartition("/id/")[2].partition("/")
        if predicate == f"<{n.type_}>" and (kind, value) in types:
            keys[kind].add(key)
        elif kind == "county" and predicate == f"<{n.prefLabel}>" and value.endswith("@sv"):
            counties[key] = value[1:-4]
    return Bundled(counties, {kind: frozenset(found) for kind, found in keys.items()})


def _keep(row: Row, handle: Callable[[Row, Facts], None], intake: Intake, iris: Iris) -> None:
    """Keep what a row says; only facts without a mistake ever reach a store."""
    facts = Facts(iris)
    try:
        handle(row, facts)
    except TermError as error:
        advice = "Take the odd character away."
        row.report(str(error).rstrip("."), "plain text", advice)
    else:
        intake.say(lambda whole: whole.triples.extend(facts.triples))


def _source(head: Table, known: Bundled, mistakes: list[Mistake]) -> tuple[Source, frozenset[str]]:
    """Return the region as a source, and its counties (all of them where they cannot be read)."""
    rows = head.rows
    if len(rows) != 1 and not head.lost and head.sha256:
        advice = "Describe the region in one row; see README.md."
        mistakes.append(Mistake(REGION.file, 1, f"{len(rows)} rows", "a header and one row", advice))
    row = rows[0] if rows else Row(REGION.file, 2, {}, [])
    name = _slug(row, "name")
    counties = [_county(row, part, known.counties) for part in (row.take("county") or "").split("|")]
    day_of(row, "as_of")
    source = Source(
        name=source_name(name),
        title_sv=row.take("title_sv") or "",
        title_en=row.take("title_en") or "",
        publisher=row.take("publisher") or "",
        licence=web_address(row, "licence") or "",
        url=web_address(row, "url") or "",
        as_of=row.take("as_of") or "",
        at_least={},
    )
    found = [code for code in counties if code]
    return source, frozenset(found if len(found) == len(counties) else known.counties)


def _slug(row: Row, column: str) -> str:
    value = row.take(column) or ""
    if value and not KEY.fullmatch(value):
        row.wrong(column, "a key of a-z, 0-9 and hyphens", f"Write {slug(value)!r}.")
    return slug(value)


def _county(row: Row, code: str, counties: Mapping[str, str]) -> str | None:
    """Return a county's code; a name in its place, or an unknown code, is told."""
    if not code or code in counties:
        return code or None
    by_name = {name: found for found, name in counties.items()}
    named = [found for name, found in by_name.items() if name.casefold().startswith(code.casefold()[:5])]
    hint = f"Did you mean {named[0]!r} ({counties[named[0]]})?" if named and not code.isdigit() else None
    row.wrong(
        "county",
        "a county's code of two digits",
        hint or f"The codes are {', '.join(sorted(counties))}.",
    )
    return None


class _Region:
    """Make facts of the rows of one region's folder; every key gets the region's name before it."""

    def __init__(
        self,
        source: Source,
        iris: Iris,
        counties: frozenset[str],
        known: Bundled,
        tables: Mapping[str, Table],
    ) -> None:
        self._name, self._iris, self._counties, self._known = source.name, iris, counties, known
        self._own = {kind: tables[kind].keys(LAYOUTS[kind].columns[0]) for kind in tables}
        self._checked = {kind: table.known for kind, table in tables.items()}
        self._seen: dict[tuple[str, str], int] = {}

    def handlers(self) -> dict[str, Callable[[Row, Facts], None]]:
        """Return what is done with the rows of each file."""
        return {
            "document": self._document,
            "area-set": self._set,
            "organisation": self._actor,
            "area": self._area,
            "project": self._project,
            "need": self._need,
        }

    def _document(self, row: Row, facts: Facts) -> None:
        document = self._new(row, "document")
        facts.a(document, n.SourceDocument)
        title = row.take("title") or ""
        facts.add(document, n.prefLabel, text(title, "sv"))
        facts.add(document, n.title, text(title))
        facts.add(document, n.identifier, text(document[1:-1].rpartition("/")[2]))
        facts.add(document, n.evidenceLevel, self._iris.thing("evidence-level", "page"))
        if address := web_address(row, "url"):
            facts.add(document, n.seeAlso, iri(address))
        for column, predicate in (("issued", n.issued), ("retrieved", n.retrievedOn)):
            if found := day_of(row, column):
                facts.add(document, predicate, found)

    def _set(self, row: Row, facts: Facts) -> None:
        area_set, found = self._named(row, facts, "area-set", n.AreaSet)
        for code in sorted(self._counties):
            facts.state(area_set, n.coversTerritory, self._iris.thing("county", code), found)

    def _actor(self, row: Row, facts: Facts) -> None:
        actor, found = self._named(row, facts, "organisation", n.Organisation)
        if kind := self._one_of(row, "kind", ACTOR_KINDS):
            facts.a(actor, *ACTOR_KINDS[kind])
            facts.state(actor, n.actorKind, self._iris.thing("actor-kind", kind), found)
        if code := _county(row, row.take("county") or "", self._known.counties):
            facts.state(actor, n.locatedIn, self._iris.thing("county", code), found)
        if address := web_address(row, "homepage"):
            facts.state(actor, n.homepage, iri(address), found)
        if number := organisation_number(row, "organisation_number"):
            facts.state(actor, n.organisationNumber, number, found)

    def _area(self, row: Row, facts: Facts) -> None:
        area, found = self._named(row, facts, "area", n.PriorityArea)
        if kind := self._one_of(row, "kind", AREA_KINDS):
            facts.a(area, *AREA_KINDS[kind])
            facts.state(area, n.areaKind, self._iris.thing("area-kind", kind), found)
        self._in_county(row, facts, area, found)
        for column, kind, predicate in (("set", "area-set", n.inScheme), ("lead", "organisation", n.ledBy)):
            if thing := self._one(row, column, kind):
                facts.state(area, predicate, thing, found)
        if as_of := row.take("as_of"):
            facts.add(area, n.asOf, text(as_of))
        first, last = year_of(row, "valid_from"), year_of(row, "valid_until")
        between(row, "valid_from", "valid_until")
        for predicate, value in ((n.validFrom, first), (n.validUntil, last)):
            if value:
                facts.state(area, predicate, value, found)

    def _project(self, row: Row, facts: Facts) -> None:
        project, found = self._named(row, facts, "project", n.Project)
        first, last = day_of(row, "start"), day_of(row, "end")
        between(row, "start", "end")
        for predicate, value in ((n.startDate, first), (n.endDate, last)):
            if value:
                facts.state(project, predicate, value, found)
        for area in self._all(row, "areas", "area"):
            facts.state(project, n.addresses, area, found)
        self._budget(row, facts, project, found)
        for part in filter(None, (row.take("participants") or "").split("|")):
            self._participation(row, facts, project, part.strip(), found)

    def _budget(self, row: Row, facts: Facts, project: Term, found: Evidence) -> None:
        value = amount(row, "budget")
        if value is None:
            return
        budget = self._iris.thing("amount", f"{project[1:-1].rpartition('/')[2]}-budget")
        facts.a(budget, n.MonetaryAmount)
        facts.add(budget, n.prefLabel, text(f"Budget för {row.take('name_sv')}", "sv"))
        facts.add(budget, n.amount, value)
        facts.add(budget, n.currency, text(row.take("currency") or ""))
        facts.state(project, n.totalBudget, budget, found)

    def _participation(self, row: Row, facts: Facts, project: Term, part: str, found: Evidence) -> None:
        actor, colon, role = (piece.strip() for piece in part.partition(":"))
        roles = {concept.rpartition("/")[2] for concept in vocabulary.concepts("role")}
        if not colon:
            row.wrong(
                "participants", "ACTOR:ROLE, with | between", f"Write '{actor}:partner' or another role."
            )
        elif role not in roles:
            row.unknown("participants", role, "a role of the vocabulary", roles)
        elif thing := self._refer(row, "participants", "organisation", actor):
            keys = (term[1:-1].rpartition("/")[2] for term in (project, thing))
            participation = self._iris.thing("participation", ".".join((*keys, role)))
            facts.a(participation, n.Participation)
            facts.add(participation, n.byOrganisation, thing)
            facts.add(participation, n.inRole, self._iris.thing("role", role))
            facts.state(project, n.hasParticipation, participation, found)

    def _need(self, row: Row, facts: Facts) -> None:
        need, found = self._named(row, facts, "need", n.Need)
        self._in_county(row, facts, need, found)
        for column, kind, predicate in (
            ("raised_by", "organisation", n.raisedBy),
            ("project", "project", n.raisedIn),
        ):
            if thing := self._one(row, column, kind):
                facts.state(need, predicate, thing, found)

    def _named(self, row: Row, facts: Facts, kind: str, cls: str) -> tuple[Term, Evidence]:
        """Say what a thing is and what it is called; return it with the evidence of its row."""
        thing = self._new(row, kind)
        document = self._refer(row, "document", "document", row.take("document") or "")
        found = evidence_of(row, document or self._iris.thing("document", "none"))
        facts.a(thing, cls)
        name = row.take("name_sv") or ""
        named = found if found.printed in (None, name) else replace(found, status="derived")
        facts.state(thing, n.prefLabel, text(name, "sv"), named)
        if english := row.take("name_en"):
            facts.add(thing, n.prefLabel, text(english, "en"))
        return thing, found

    def _new(self, row: Row, kind: str) -> Term:
        """Return the thing of a row; a key that stands twice is told."""
        column = LAYOUTS[kind].columns[0]
        key = row.take(column) or ""
        first = self._seen.setdefault((kind, key), row.line)
        if key and first != row.line:
            advice = "Give one of them another key, or take it away."
            row.wrong(column, f"a key that stands once; it stands on line {first} too", advice)
        return self._iris.thing(kind, f"{self._name}.{_slug(row, column)}")

    def _in_county(self, row: Row, facts: Facts, thing: Term, found: Evidence) -> None:
        code = _county(row, row.take("county") or "", self._known.counties)
        if code and code not in self._counties:
            own = ", ".join(sorted(self._counties))
            row.wrong("county", f"a county of the region: {own}", f"Write it so, or mend {REGION.file}.")
        elif code:
            facts.state(thing, n.coversTerritory, self._iris.thing("county", code), found)

    def _one_of(self, row: Row, column: str, kinds: Iterable[str]) -> str | None:
        value = row.take(column)
        if value and value not in kinds:
            row.unknown(column, value, "a kind of the vocabulary", kinds)
            return None
        return value

    def _one(self, row: Row, column: str, kind: str) -> Term | None:
        return self._refer(row, column, kind, row.take(column) or "")

    def _all(self, row: Row, column: str, kind: str) -> list[Term]:
        parts = [part.strip() for part in (row.take(column) or "").split("|") if part.strip()]
        return [thing for part in parts if (thing := self._refer(row, column, kind, part))]

    def _refer(self, row: Row, column: str, kind: str, value: str) -> Term | None:
        """Return a thing by its key in the folder, or `kind/KEY` for one of the bundled data."""
        if not value or column in row.told:
            return None
        if value.partition("/")[0] in self._known.keys and "/" in value:
            return self._refer_bundled(row, column, kind, value)
        if value in self._own[kind] or not self._checked[kind]:
            return self._iris.thing(kind, f"{self._name}.{slug(value)}")
        row.unknown(column, value, f"a key of {LAYOUTS[kind].file}", self._own[kind])
        return None

    def _refer_bundled(self, row: Row, column: str, kind: str, value: str) -> Term | None:
        named, _, key = value.partition("/")
        if named == kind and key in self._known.keys[kind]:
            return self._iris.thing(kind, key)
        known = {f"{kind}/{each}" for each in self._known.keys.get(kind, ())}
        row.unknown(column, value, "a thing of the bundled data, or of the folder", known)
        return None
