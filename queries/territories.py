"""Count what there is in each territory, and what has no place, from plain rows.

The engine takes seconds to count over joins of many participations; to read the rows of `territory-ties`
takes it a fraction of that, and sets of Python do the rest. The counts are those of
the queries of the same names.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from graph.asked import Asked
from ontology import names as n
from queries.answer import bind
from queries.catalogue import query

Sets = Mapping[str, set[str]]
Table = list[dict[str, str]]


class Ties:
    """What ties things to territories: by kind of tie, the others of each thing."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for thing, tie, other in rows:
            found[tie][thing].add(other)
        self._found = found

    def municipality_counts(self) -> Table:
        """Count actors and projects of each municipality."""
        return [
            {
                "municipality": iri,
                "code": code,
                "actors": str(len(self._present.get(iri, ()))),
                "projects": str(len(self._covered.get(iri, set()) | self._acting(iri))),
            }
            for iri, code in self._coded(n.Municipality)
        ]

    def without_place(self) -> Table:
        """Count organisations, areas and projects, and those of them that have no place."""
        placed, covering = self._of("place").keys(), self._of("covers").keys()
        acted = {project for actor in placed for project in self._projects.get(actor, ())}
        counts = []
        for class_, here in (
            (n.Organisation, placed),
            (n.PriorityArea, covering),
            (n.Project, covering | acted),
        ):
            every = self._members(class_) - self._of("replaced").keys()
            if every:
                counts.append({"class": class_, "n": str(len(every - here)), "all": str(len(every))})
        return sorted(counts, key=lambda row: row["class"])

    def _of(self, tie: str) -> Sets:
        return self._found[tie]

    def _members(self, class_: str) -> set[str]:
        return {thing for thing, classes in self._of("class").items() if class_ in classes}

    def _coded(self, class_: str) -> list[tuple[str, str]]:
        """Return the territories of a class with their codes, in the order of these."""
        codes = self._of("code")
        coded = ((iri, code) for iri in self._members(class_) for code in codes.get(iri, ()))
        return sorted(coded, key=lambda each: (each[1], each[0]))

    def _within(self, tie: str, things: Iterable[str]) -> Sets:
        """Return which of some things each other is tied to."""
        found: dict[str, set[str]] = defaultdict(set)
        for thing in things:
            for other in self._of(tie).get(thing, ()):
                found[other].add(thing)
        return found

    @cached_property
    def _placed(self) -> Sets:
        """All that lies in each territory or governs it."""
        return self._within("place", self._of("place"))

    @cached_property
    def _present(self) -> Sets:
        """All that lies in each territory or governs it, less what is replaced."""
        return self._within("place", self._of("place").keys() - self._of("replaced").keys())

    @cached_property
    def _covered(self) -> Sets:
        """The projects that cover each territory."""
        return self._within("covers", self._members(n.Project))

    @cached_property
    def _projects(self) -> Sets:
        """The projects of each organisation."""
        participations, organisations = self._of("participation"), self._of("organisation")
        found: dict[str, set[str]] = defaultdict(set)
        for project in self._members(n.Project):
            for participation in participations.get(project, ()):
                for organisation in organisations.get(participation, ()):
                    found[organisation].add(project)
        return found

    def _acting(self, territory: str) -> set[str]:
        """Return the projects with an actor in a territory."""
        return _union(self._projects, self._placed.get(territory, set()))


def ties(store: Asked) -> Ties:
    """Read what ties things to territories."""
    read = store.columns(bind(query("territory-ties"), {})[1])
    columns = (
        [each.texts[code] for code in each.codes] for each in (read["thing"], read["tie"], read["other"])
    )
    return Ties(zip(*columns, strict=True))


def _union(sets: Sets, keys: Iterable[str]) -> set[str]:
    return set().union(*(sets.get(key, ()) for key in keys))
