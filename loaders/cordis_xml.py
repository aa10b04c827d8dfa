"""Read the project XML of CORDIS: one project a file, with its participants, programmes and fields.

It says what the tables say, in the same words. A participant that seems to be a natural person is left out
alone; any other fault refuses the project.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from graph.terms import Term
from loaders import cordis_words as words
from loaders.cordis_named import Named
from loaders.cordis_organisations import Organisations
from loaders.errors import PersonalData, RecordError
from loaders.feed import Feed
from loaders.free_text import described
from loaders.reading.limits import Limits
from loaders.reading.package import parts
from loaders.reading.xml import elements
from loaders.source import Facts
from loaders.values import amount, day, digits, english, plain, plain_day
from ontology import names as n

_TABLES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx")
_ASSOCIATED = "relations/associations/"


def holds_xml(path: Path, limits: Limits) -> bool:
    """Tell whether a path is an XML file or a package with some."""
    found = list(parts(path, limits))
    return any(
        part.name.lower().endswith(".xml") or (len(found) == 1 and part.head(64).lstrip()[:1] == b"<")
        for part in found
    )


def holds_tables(path: Path, limits: Limits) -> bool:
    """Tell whether a path is to be read as tables: it holds some by their names, or no XML."""
    named = any(part.name.lower().endswith(_TABLES) for part in parts(path, limits))
    return named or not holds_xml(path, limits)


class Projects:
    """The projects of XML files."""

    def __init__(self, feed: Feed, named: Named, organisations: Organisations) -> None:
        self._feed, self._named, self._organisations = feed, named, organisations
        self._objective = described(english, feed.note, "objective")

    @staticmethod
    def pairs(paths: Sequence[Path], limits: Limits) -> Iterator[tuple[str, str]]:
        """Yield each PIC with the VAT number beside it."""
        for path in paths:
            for batch in elements(path, "organization", lambda _: None, limits):
                for _, each in batch.records():
                    yield _text(each, "id"), _text(each, "vatNumber")

    def read(self, paths: Sequence[Path]) -> None:
        """Read every project of the files."""
        for path in paths:
            for batch in elements(path, "project", self._feed.refuse, self._feed.options.limits):
                self._feed.records(batch, lambda project: _text(project, "id"), self._project, personal=True)

    def _project(self, project: Element, facts: Facts) -> None:
        says = _Says(facts, project)
        number = says.value("id", lambda value: self._named.project(value, _text(project, "acronym")))
        if not number:
            raise RecordError("id", "", "a value is required here")
        subject = facts.iris.thing("project", f"cordis.{number}")
        facts.a(subject, n.Project)
        if not _text(project, "title"):
            raise RecordError("title", "", "a value is required here")
        self._describe(says, subject)
        says.say(subject, n.identifier, "id", plain)
        word, basis = self._programmes(says, subject, project)
        self._grant(says, subject, number, word, basis)
        for each in project.iterfind(_ASSOCIATED + "organization"):
            self._participant(facts, subject, number, each)
        for each in project.iterfind("relations/categories/category[@classification='euroSciVoc']"):
            self._field(facts, subject, each)
        self._named.row_of_project(number)

    def _describe(self, says: "_Says", subject: Term) -> None:
        says.say(subject, n.prefLabel, "title", english)
        says.say(subject, n.altLabel, "acronym", plain)
        says.say(subject, n.description, "objective", self._objective)
        start, end = (says.value(name, day) for name in ("startDate", "endDate"))
        if start and end and plain_day(start) > plain_day(end):
            raise RecordError("endDate", plain_day(end), "the end comes before the start")
        says.say(subject, n.startDate, "startDate", day)
        says.say(subject, n.endDate, "endDate", day)
        says.say(subject, n.modified, "contentUpdateDate", day)
        says.say(subject, n.seeAlso, "identifiers/grantDoi", words.doi)
        says.amount(subject, n.totalBudget, "totalCost")
        says.amount(subject, n.euContribution, "ecMaxContribution")

    def _programmes(self, says: "_Says", subject: Term, project: Element) -> tuple[str, str]:
        """Say legal bases and topics; return the words by which the framework programme is known."""
        basis = word = ""
        for each in project.iterfind(_ASSOCIATED + "programme"):
            code, kind = _text(each, "code"), each.get("type")
            if kind == "relatedLegalBasis" and code:
                basis = basis or code
                part = self._named.part(code, _text(each, "title"))
                self._named.use("part", part)
                says.link(subject, n.isPartOf, "programme", part)
            elif kind == "relatedTopic" and code:
                word = word or _text(each, "frameworkProgramme")
                topic = self._named.topic(code, _text(each, "title"))
                self._named.use("topic", topic)
                says.link(subject, n.topic, "cordis-topic", topic)
        return word, basis

    def _grant(self, says: "_Says", subject: Term, number: str, word: str, basis: str) -> None:
        grant = says.facts.iris.thing("grant", f"cordis.{number}")
        says.facts.a(grant, n.Grant)
        try:
            programme = words.programme_word(word, basis)
        except ValueError as error:
            raise RecordError("frameworkProgramme", word, str(error)) from None
        says.put(grant, n.prefLabel, english(f"{programme or 'CORDIS'} grant {number}"))
        says.put(subject, n.fundedBy, grant)
        if programme:
            self._named.use_programme(programme)
            says.link(grant, n.underScheme, "programme", words.programmes()[programme][0])
        says.amount(grant, n.schemaAmount, "ecMaxContribution")

    def _participant(self, facts: Facts, project: Term, number: str, found: Element) -> None:
        pic, activity = _text(found, "id"), _activity(found)
        asked = (pic, activity, found.get("sme", ""), _text(found, "vatNumber"))
        try:
            self._organisations.refuse_person(*asked, _text(found, "address/city"), _text(found, "legalName"))
        except PersonalData:
            self._feed.note("organization: left out where it seems to be a natural person")
            return
        says = _Says(facts, found)
        key = says.given("organization/id", pic, self._organisations.key)
        role = says.given("organization/@type", found.get("type", ""), words.ROLES.__getitem__)
        order = says.given("organization/@order", found.get("order", ""), digits)
        iri = facts.iris.thing
        participation = iri("participation", f"cordis.{number}.{key}.{role}.{order.lstrip('0') or '0'}")
        facts.a(participation, n.Participation)
        facts.add(project, n.hasParticipation, participation)
        facts.add(participation, n.byOrganisation, iri("organisation", key))
        facts.add(participation, n.inRole, iri("role", role))
        says.amount(participation, n.euContribution, "@ecContribution")
        says.amount(participation, n.totalBudget, "@totalCost")
        self._organisation(says, iri("organisation", key), pic, activity)

    def _organisation(self, says: "_Says", subject: Term, pic: str, activity: str) -> None:
        facts, known = says.facts, self._organisations
        facts.a(subject, n.Organisation)
        says.say(subject, n.altLabel, "legalName", plain)
        says.say(subject, n.hiddenLabel, "shortName", plain)
        numbers = ((n.identifier, known.pic), (n.identifier, known.vat), (n.organisationNumber, known.number))
        for predicate, convert in numbers:
            if found := convert(pic):
                says.put(subject, predicate, found)
        if activity:
            kind = says.given("category/code", activity, words.kinds().__getitem__)
            says.link(subject, n.actorKind, "actor-kind", kind)
            if company := words.classes()[activity]:
                says.put(subject, n.type_, company)
        if size := says.value("@sme", words.SIZES.__getitem__):
            says.link(subject, n.actorKind, "actor-kind", size)

    def _field(self, facts: Facts, project: Term, category: Element) -> None:
        path, code = _text(category, "displayCode"), _text(category, "code")
        try:
            field = self._named.field(path, code)
        except ValueError as error:
            raise RecordError("category/displayCode", path, str(error)) from None
        self._named.use("field", field)
        facts.add(project, n.topic, facts.iris.thing("euroscivoc", field))


class _Says:
    """Say what an element holds, by converters; what they refuse is told with the name of its place."""

    def __init__(self, facts: Facts, element: Element) -> None:
        self.facts, self._element = facts, element

    def value(self, place: str, convert: Callable[[str], str | None]) -> str | None:
        """Return what a converter makes of a text (or of an attribute, `@name`), None of an empty one."""
        found = self._element.get(place[1:], "") if place[0] == "@" else _text(self._element, place)
        return self._held(place, found, convert) if found else None

    def given(self, place: str, value: str, convert: Callable[[str], str | None]) -> str:
        """Return what a converter makes of a value that must be there."""
        found = self._held(place, value, convert) if value else None
        if not found:
            raise RecordError(place, value, "a value is required here")
        return found

    def say(self, subject: Term, predicate: str, place: str, convert: Callable[[str], str | None]) -> None:
        """Say a text, when it is there."""
        if found := self.value(place, convert):
            self.put(subject, predicate, found)

    def put(self, subject: Term, predicate: str, term: str) -> None:
        """Say a term that a converter made."""
        self.facts.add(subject, predicate, Term(term))

    def link(self, subject: Term, predicate: str, kind: str, key: str) -> None:
        """Lead to another thing."""
        self.facts.add(subject, predicate, self.facts.iris.thing(kind, key))

    def amount(self, subject: Term, predicate: str, place: str) -> None:
        """Lead to an amount in euro, when it is there."""
        if found := self.value(place, amount):
            node = self.facts.iris.thing("amount", f"EUR-{found}")
            self.facts.add(subject, predicate, node)
            self.facts.a(node, n.MonetaryAmount)
            self.put(node, n.amount, f'"{found}"^^<{n.XSD}decimal>')
            self.put(node, n.currency, '"EUR"')

    def _held(self, place: str, value: str, convert: Callable[[str], str | None]) -> str | None:
        try:
            return convert(value)
        except RecordError:
            raise
        except ValueError as error:
            raise RecordError(place, value, str(error)) from None


def _text(element: Element, path: str) -> str:
    return element.findtext(path) or ""


def _activity(organisation: Element) -> str:
    path = "relations/categories/category[@classification='organizationActivityType']/code"
    return _text(organisation, path)
