"""The needs that a page asks about: those stated, those written there, for a place, with what meets them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from starlette.datastructures import QueryParams

from api import asking
from api.snapshot import Snapshot
from api.view import View
from queries.answer import ask, csv_text, harmless
from queries.catalogue import query
from queries.errors import UnknownName
from queries.match import Match
from queries.needs import Need

LONGEST = 500  # letters of a need
MOST = 20  # needs of one's own at once
ANSWERS = ("right", "wrong")
_WORD = re.compile(r"([^\W\d_]{2,})")


@dataclass(frozen=True)
class Place:
    """A county or a municipality: its code, its name and its county."""

    iri: str
    code: str
    label: str
    county: str

    @property
    def municipality(self) -> bool:
        """Tell whether the place lies in its county."""
        return self.iri != self.county


@dataclass(frozen=True)
class Known:
    """What the graph knows of areas besides: whom to ask, and which projects did something like it."""

    contacts: Mapping[str, tuple[str, ...]]
    projects: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """What was asked: a place, a stated need, needs in own words; and the needs that come of it."""

    place: Place | None
    need: str
    texts: tuple[str, ...]
    needs: tuple[Need, ...]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of an address that asks the same."""
        given = [("place", self.place.code if self.place else ""), ("need", self.need)]
        return [each for each in given if each[1]] + [("text", text) for text in self.texts]


def asked(snapshot: Snapshot, given: QueryParams, alone: bool = False) -> Asked:
    """Read an address: a need a line in `text`, a stated one in `need`, whose they are in `place`.

    The needs that the place has stated come along, unless those that are named are asked for `alone`.
    """
    lines = (" ".join(line.split())[:LONGEST] for text in given.getlist("text") for line in text.splitlines())
    texts = tuple(dict.fromkeys(line for line in lines if line))[:MOST]
    place = _place(snapshot, given.get("place", "").strip())
    need = given.get("need", "").strip()
    home = place.county if place else None
    stated = asking.matcher(snapshot).needs
    if need:
        chosen = [each for each in stated if each.iri == need]
        if not chosen:
            raise UnknownName("need", need, (str(each.iri) for each in stated))
    elif texts and (alone or not place):
        chosen = []
    else:
        chosen = [each for each in stated if home is None or each.territory in (home, place and place.iri)]
    year = datetime.now(UTC).year
    own = [Need(None, text, home, year) for text in texts]
    stated_there = [replace(each, territory=home or each.territory) for each in chosen]
    return Asked(place, need, texts, (*own, *stated_there))


def matched(snapshot: Snapshot, needs: Iterable[Need]) -> list[tuple[Need, tuple[Match, ...]]]:
    """Return what meets the needs, the own county's first."""
    matcher = asking.matcher(snapshot)
    return [(need, matcher.matches(need)) for need in needs]


def places(snapshot: Snapshot) -> tuple[Place, ...]:
    """Return the counties, then the municipalities, as Swedes sort them."""

    def read() -> tuple[Place, ...]:
        rows = ask(snapshot.store, query("match-places")).rows.dicts()
        columns = ("place", "code", "label", "county")
        found = [Place(*(str(row[column]) for column in columns)) for row in rows]
        return tuple(sorted(found, key=lambda place: place.municipality))

    return snapshot.kept(("places",), read)


def known(snapshot: Snapshot) -> Known:
    """Return whom to ask about each area, and the projects within it."""

    def read(name: str, column: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for row in ask(snapshot.store, query(name)).rows.dicts():
            area = str(row["area"])
            found[area] = (*found.get(area, ()), str(row[column]))
        return found

    return snapshot.kept(
        ("match-known",), lambda: Known(read("match-contacts", "post"), read("match-projects", "project"))
    )


def marked(text: str, telling: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Return a text in pieces, each told whether it is a word that gave the score.

    >>> list(marked("Digitala tjänster, nu", frozenset({"tjänster"})))
    [('Digitala ', False), ('tjänster', True), (', nu', False)]
    """
    said, plain = _WORD.split(text), ""
    for piece in said:
        if piece.casefold() in telling:
            yield from ([(plain, False)] if plain else [])
            yield piece, True
            plain = ""
        else:
            plain += piece
    yield from ([(plain, False)] if plain else [])


def listed(view: View, found: Sequence[tuple[Need, tuple[Match, ...]]], excel: bool) -> str:
    """Write the list of what meets the needs as CSV; a need that nothing meets has a row of its own."""
    told = known(view.snapshot)
    columns = ("need", "own_county", "area", "territory", "lead", "contact", "like_projects", "score")
    more = ("matching_words", "because", "status", "method")
    header = [*(view.say(each) for each in (*columns, *more)), "IRI"]
    rows = [
        (need.label, *cells)
        for need, matches in found
        for cells in _rows(view, told, matches, len(header) - 1)
    ]
    return _csv(header, rows, excel)


def _rows(view: View, told: Known, matches: Sequence[Match], columns: int) -> Iterator[tuple[str, ...]]:
    if not matches:
        yield ("", view.say("match_none"), *[""] * (columns - 2))
    for each in matches:
        yield (
            view.say("in_county" if each.own_county else "not_in_county"),
            view.name(each.area.iri).text,
            view.name(each.area.territory).text,
            "; ".join(label for _, label in each.area.leads) or view.say("unknown_lead"),
            _named(view, told.contacts.get(each.area.iri, ())) or view.say("unknown_contact"),
            _named(view, told.projects.get(each.area.iri, ())) or view.say("unknown_projects"),
            view.fixed(each.score),
            ", ".join(sorted(each.telling)),
            each.because(view.language),
            view.say("inferred"),
            each.method,
            each.area.iri,
        )


def judged(view: View, found: Sequence[tuple[Need, tuple[Match, ...]]], given: QueryParams) -> str:
    """Write the answers right and wrong as CSV to be reviewed: nothing of them is kept here."""
    header = ("need", "need_iri", "area", "area_iri", "score", "method", "answer", "data")
    rows = [
        (need.label, need.iri or "", each.area.label, each.area.iri, f"{each.score:.4f}", each.method, answer)
        for need, matches in found
        for each in matches
        if (answer := given.get(view.key(each.area.iri), "")) in ANSWERS
    ]
    return _csv(header, ((*row, view.snapshot.version) for row in rows), excel=False)


def _named(view: View, iris: Iterable[str]) -> str:
    return "; ".join(view.name(iri).text for iri in iris)


def _csv(header: Iterable[str], rows: Iterable[Iterable[str]], excel: bool) -> str:
    """Write CSV; what a reader wrote is never taken for a formula by a spreadsheet."""
    cells = [[harmless(cell) for cell in row] for row in rows]
    mark, between = ("\ufeff", ";") if excel else ("", ",")
    return mark + csv_text(header, cells, between, "\r\n")


def _place(snapshot: Snapshot, code: str) -> Place | None:
    if not code:
        return None
    found = {place.code: place for place in places(snapshot)}
    if code not in found:
        raise UnknownName("county or municipality", code, found)
    return found[code]
